from datetime import date

import pytest

from qms.documents.model import (
    BLANK,
    Cell,
    Column,
    Form,
    Heading,
    HeadingLevel,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    block_texts,
    reference_line,
)
from qms.text import printable

ISSUER = Issuer("Sở Công Thương")


@pytest.mark.parametrize(
    ("number", "line"), [("5", "Số: 05/KH-SCT"), ("05", "Số: 05/KH-SCT"), ("123", "Số: 123/KH-SCT")]
)
def test_a_number_under_ten_has_its_zero(number: str, line: str) -> None:
    assert OfficialDocument(ISSUER, number=number, symbol="KH-SCT").number_line == line


def test_a_draft_leaves_number_and_date_blank() -> None:
    draft = OfficialDocument(ISSUER, symbol="KH-SCT", place="Hòa Giang", year=2026)
    assert draft.number_line == f"Số: {BLANK}/KH-SCT"
    assert draft.place_date_line == f"Hòa Giang, ngày{BLANK}tháng{BLANK}năm 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 6, 29), "ngày 29 tháng 6 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_their_zero(day: date, words: str) -> None:
    assert OfficialDocument(ISSUER, place="Hòa Giang", date=day).place_date_line == f"Hòa Giang, {words}"


def test_minutes_have_no_place_and_date_and_may_go_without_number() -> None:
    minutes = OfficialDocument(ISSUER, form=Form.MINUTES, place="Hòa Giang", date=date(2026, 2, 5))
    assert (minutes.place_date_line, minutes.number_line) == ("", "")


@pytest.mark.parametrize(
    ("level", "number", "line"),
    [
        (HeadingLevel.PART, "I", "Phần I Chung"),
        (HeadingLevel.CHAPTER, "II", "Chương II Chung"),
        (HeadingLevel.SECTION, "I", "I. Chung"),
        (HeadingLevel.ARTICLE, "3", "Điều 3. Chung"),
        (HeadingLevel.CLAUSE, "4.1", "4.1. Chung"),
        (HeadingLevel.POINT, "đ", "đ) Chung"),
        (HeadingLevel.CLAUSE, "", "Chung"),
    ],
)
def test_each_level_of_heading_writes_its_number_in_its_own_way(level: HeadingLevel, number: str, line: str) -> None:
    assert Heading(level, number, "Chung").line == line


def test_columns_of_one_group_share_an_upper_heading() -> None:
    table = Table((Column("TT"), Column("Chính", group="Trách nhiệm"), Column("Tham mưu", group="Trách nhiệm")))
    assert table.heading_rows == (
        (Cell(("TT",), rows=2), Cell(("Trách nhiệm",), span=2)),
        (Cell(("Chính",)), Cell(("Tham mưu",))),
    )


def test_a_cell_that_reaches_down_moves_the_next_row_aside() -> None:
    table = Table((Column("TT"), Column("Việc"), Column("Hạn")))
    tall, small = Cell(("1",), rows=2), Cell(("x",))
    placed = list(table.placed([(tall, small, small), (small, small), (small, small, small)]))
    assert [[at for at, _ in row] for row in placed] == [[0, 1, 2], [1, 2], [0, 1, 2]]


def test_the_texts_of_blocks_come_in_reading_order() -> None:
    blocks = (
        Heading(HeadingLevel.SECTION, "I", "Chung"),
        Paragraph((Run("Một ", bold=True), Run("hai."))),
        ListItem("ba", "+"),
        Table((Column("TT"), Column("Việc")), ((Cell(("1",)), Cell(("bốn", "năm"))),)),
    )
    assert list(block_texts(blocks)) == ["I. Chung", "Một hai.", "+ ba", "TT", "Việc", "1", "bốn", "năm"]


def test_the_reference_of_an_annex_leaves_number_and_day_blank() -> None:
    document = OfficialDocument(ISSUER, number="5", symbol="KH-SCT", date=date(2026, 2, 5))
    expected = f"(Kèm theo Kế hoạch số {BLANK}/KH-SCT ngày {BLANK} tháng {BLANK} năm 2026 của Sở Công Thương)"
    assert reference_line(document, "Kế hoạch") == expected


def test_printable_text_holds_nothing_that_a_file_format_refuses() -> None:
    assert printable("a\x00b\x0bc\td\ue000\ud800\ufffe\u202ee\u0301") == "ab c d\ue000é"
