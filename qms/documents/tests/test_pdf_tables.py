"""Tables of the PDF across pages."""

from collections import Counter

import pytest

from qms.documents.model import Align, Cell, Column, Heading, HeadingLevel, OfficialDocument, Paragraph, Table
from qms.documents.pdf import render_pdf
from qms.documents.tests import samples
from qms.documents.tests.reading import Page, read_pdf

COLUMNS = (Column("TT", 6, align=Align.CENTER), Column("Nội dung", 74), Column("Hạn", 20))


def _pages(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = COLUMNS) -> list[Page]:
    document = OfficialDocument(samples.ISSUER, blocks=(Table(columns, rows),), signatures=(samples.DIRECTOR,))
    return read_pdf(render_pdf(document))


def _row(number: int, *lines: str) -> tuple[Cell, ...]:
    return Cell((str(number),)), Cell(lines), Cell((f"hạn {number}",))


def test_both_rows_of_headings_repeat_on_every_page_of_the_table() -> None:
    pages = read_pdf(render_pdf(samples.plan(rows=40)))
    with_rows = [page for page in pages if page.has("Nhiệm vụ thứ")]
    assert len(with_rows) > 2
    for page in with_rows:
        assert [page.has(text) for text in ("TT", "Trách nhiệm", "Chủ trì", "Thời gian")] == [True] * 4


def test_no_row_is_cut_by_a_page() -> None:
    pages = _pages(*(_row(number, *[f"dòng {line} của việc {number}" for line in range(7)]) for number in range(30)))
    for page in pages:
        counts = Counter(words.text.split(" của việc ")[1] for words in page.words if " của việc " in words.text)
        assert set(counts.values()) <= {7}


def test_a_row_taller_than_a_page_loses_nothing() -> None:
    lines = [f"dòng thứ {line}" for line in range(150)]
    text = " ".join(page.text for page in _pages(_row(1, "trước"), _row(2, *lines), _row(3, "sau")))
    assert [line for line in lines if line not in text] == []
    assert "hạn 3" in text


def test_no_heading_of_a_table_is_left_alone_at_the_foot_of_a_page() -> None:
    heading, table = Heading(HeadingLevel.SECTION, "I", "Nhiệm vụ"), Table(COLUMNS, (_row(1, "việc", "việc"),))
    for filler in range(22, 30):
        blocks = (*(Paragraph("Đoạn ngắn.") for _ in range(filler)), heading, table)
        for page in read_pdf(render_pdf(OfficialDocument(samples.ISSUER, blocks=blocks))):
            last = max((words for words in page.words if words.y > 20), key=lambda words: words.y)
            assert last.text not in ("I. NHIỆM VỤ", "TT", "Nội dung", "Hạn")


def test_columns_keep_their_shares_when_their_words_fit() -> None:
    page = _pages(_row(1, "Nội dung công việc"))[0]
    assert page.find("1").middle == pytest.approx(30 + 160 * 0.03, abs=2.5)
    assert page.find("Nội dung công việc").x == pytest.approx(30 + 160 * 0.06 + 1.5, abs=3)
    assert page.find("hạn 1").x == pytest.approx(30 + 160 * 0.8 + 1.5, abs=1)


def test_a_narrow_column_grows_to_its_longest_word() -> None:
    columns = (Column("STT", 2), Column("Nội dung", 90), Column("Thời gian", 4))
    page = _pages((Cell(("1",)), Cell(("việc",)), Cell(("7,8/2024",))), columns=columns)[0]
    assert [page.has(text) for text in ("STT", "7,8/2024")] == [True, True]


def test_a_table_of_many_long_words_still_ends_at_the_margin() -> None:
    columns = tuple(Column("Trách" * 6, 10) for _ in range(8))
    page = _pages(tuple(Cell(("nhiệm" * 8,)) for _ in columns), columns=columns)[0]
    assert max(words.x + words.width for words in page.words) <= 190.6


def test_a_cell_over_several_rows_is_printed_once() -> None:
    rows = ((Cell(("2",), rows=2), Cell(("một",)), Cell(("x",))), (Cell(("hai",)), Cell(("y",))))
    page = _pages(*rows)[0]
    assert [words.text for words in page.words].count("2") == 1
    assert page.find("một").x == page.find("hai").x
    assert page.find("một").y < page.find("2").y < page.find("hai").y


def test_a_cell_over_several_columns_spans_them() -> None:
    rows = ((Cell(("Giai đoạn chuẩn bị",), span=3, bold=True, align=Align.CENTER),), _row(1, "việc"))
    words = _pages(*rows)[0].find("Giai đoạn chuẩn bị")
    assert words.bold
    assert words.middle == pytest.approx(110, abs=0.5)


def test_numbers_and_symbols_of_documents_are_not_broken() -> None:
    text = " ".join(f"{'x' * length} Quyết định số 19{length}2/QĐ-UBND ngày" for length in range(1, 30))
    words = [words.text.strip() for words in _pages(_row(1, text))[0].words]
    assert [word for word in words if word.endswith("/") or word.startswith("QĐ-")] == []


def _numbered(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ((_row(1, "việc"),), (Column(_numbered(1500)), *COLUMNS[1:])),
        (((Cell((_numbered(1500),), rows=2), Cell(("một",)), Cell(("x",))), (Cell(("hai",)), Cell(("y",)))), COLUMNS),
    ],
)
def test_a_head_or_a_merged_cell_taller_than_a_page_loses_nothing(
    rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...]
) -> None:
    words = [words for page in _pages(*rows, columns=columns) for words in page.words]
    assert max(words.y for words in words) <= 277
    assert set(_numbered(1500).split()) <= set(" ".join(words.text for words in words).split())


def test_cells_that_reach_over_each_other_or_out_of_the_table_are_printed_side_by_side() -> None:
    rows = (
        (Cell(("a",)), Cell(("b",), rows=9), Cell(("c",))),
        (Cell(("d",), span=3),),
        (Cell(("f",), span=0, rows=0),),
    )
    texts = [words.text for words in _pages(*rows)[0].words]
    assert [text for text in texts if text in "abcdf"] == ["a", "c", "d", "b", "f"]


@pytest.mark.parametrize("lines", range(28, 36, 2))
def test_a_high_row_below_a_high_merged_heading_stays_above_the_margin(lines: int) -> None:
    heading = Column(" ".join(["Nhiệm"] * 40), 12)
    columns = (heading, Column("Chủ trì", 40, group="Trách nhiệm"), Column("Phối hợp", 40, group="Trách nhiệm"))
    row = (Cell(("1",)), Cell(tuple(f"dòng {line}" for line in range(lines))), Cell(("x",)))
    pages = _pages(row, row, columns=columns)
    assert max(words.y for page in pages for words in page.words) <= 277
    assert sum(words.text.startswith("dòng") for page in pages for words in page.words) == 2 * lines
