"""What columns mean, and what is wrong with rows, by line and column."""

from datetime import date
from typing import Any

import pytest

from objectives.satisfaction.importing.checking import Checker, Reading, read_day, read_mark
from objectives.satisfaction.importing.columns import find_heading, layout_errors, recognise
from objectives.satisfaction.importing.tables import Row, read_rows
from objectives.satisfaction.scheme import DEFAULT_CRITERIA, DEFAULT_WORDS, Scheme, Share
from qms.organisation.models import Unit
from qms.text import fold

from .conftest import FIRST, QUARTER, SECOND
from .exports import HEAD, SUMS_HEAD, UNITS, response, responses, xlsx

SCHEME = Scheme()
SCORES = tuple(f"score:{name}" for name in DEFAULT_CRITERIA)
PLACES = {name: Unit(pk=pk, name=name) for pk, name in enumerate(UNITS, start=1)}


def find_unit(words: str) -> tuple[Unit | None, str]:
    unit = PLACES.get(words)
    return unit, "" if unit else "Chưa nhận ra đơn vị."


def read(rows: list[list[Any]], head: tuple[str, ...] = HEAD, unit: Unit | None = None) -> Reading:
    lines = read_rows(xlsx(rows, head=head), "a.xlsx")
    heading = find_heading(lines, SCHEME)
    checker = Checker(roles=heading.roles, scheme=SCHEME, period=QUARTER, find_unit=find_unit, unit=unit)
    for row in lines[heading.place + 1 :]:
        checker.take(row)
    return checker.finish()


def told(reading: Reading) -> list[tuple[int, int | None, str, str]]:
    return [(p.line, p.column, p.value, p.sentence) for p in reading.problems]


def test_columns_of_responses_are_recognised_in_any_order() -> None:
    assert recognise(HEAD, SCHEME) == ("", "unit", "day", *SCORES, "comment")
    assert recognise(HEAD[::-1], SCHEME) == ("comment", *SCORES[::-1], "day", "unit", "")


def test_columns_of_sums_are_recognised_by_words_and_by_numbers() -> None:
    levels = tuple(f"level:{n}" for n in range(1, 6))
    assert recognise(SUMS_HEAD, SCHEME) == ("unit", "criterion", "sent", "received", *levels)
    numbered = ("Đơn vị", "Nội dung đánh giá", *(f"Mức {n}" for n in range(5, 0, -1)))
    assert recognise(numbered, SCHEME) == ("unit", "criterion", *levels[::-1])


def test_titles_above_the_headings_are_passed_over() -> None:
    lines = [Row(1, ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",)), Row(2, ("Kết quả khảo sát quý I",)), Row(4, HEAD)]
    assert find_heading(lines, SCHEME).place == 2


@pytest.mark.parametrize(
    ("roles", "count"),
    [(("unit", SCORES[0]), 0), (("unit", ""), 1), (("criterion", "unit"), 1),
     (("criterion", "answered", "satisfied"), 0), (("unit", "unit", SCORES[0]), 1),
     ((SCORES[0], SCORES[0]), 1), (("criterion", "level:1"), 0)],
)  # fmt: skip
def test_a_layout_that_cannot_be_read_says_what_it_lacks(roles: tuple[str, ...], count: int) -> None:
    assert len(layout_errors(roles)) == count


def test_responses_add_up_by_unit_and_criterion() -> None:
    reading = read(responses(300))
    assert told(reading) == []
    assert [(d.unit.name, d.received) for d in reading.drafts.values()] == [(UNITS[n], 100) for n in (1, 2, 0)]
    shares = [sum((c.share for c in d.answers(SCHEME).values()), Share()) for d in reading.drafts.values()]
    assert sum(shares, Share()) == Share(5 * 270, 5 * 300)
    assert sum(len(draft.comments) for draft in reading.drafts.values()) == 300 // 7


def test_every_bad_cell_is_told_by_line_and_column() -> None:
    rows = responses(4)
    rows[0][3], rows[1][1], rows[2][2], rows[3][4] = 7, "Phòng lạ", "31/02/2026", "tạm được"
    assert told(read(rows)) == [
        (2, 3, "7", "Không phải mức từ 1 đến 5 hoặc tên một mức."),
        (3, 1, "Phòng lạ", "Chưa nhận ra đơn vị."),
        (4, 2, "31/02/2026", "Ngày không đúng, ghi như 05/11/2026."),
        (5, 4, "tạm được", "Không phải mức từ 1 đến 5 hoặc tên một mức."),
    ]


def test_a_day_of_another_period_is_a_bad_row() -> None:
    rows = responses(1)
    rows[0][2] = "05/11/2019"
    assert told(read(rows)) == [(2, 2, "05/11/2019", f"Ngày 05/11/2019 không thuộc {QUARTER.inline}.")]


def test_a_response_without_any_mark_is_a_bad_row() -> None:
    rows = [response(1)[:3] + [""] * 5 + ["chỉ có ý kiến"]]
    assert told(read(rows)) == [(2, None, "", "Phiếu không chấm tiêu chí nào.")]


def test_the_row_of_totals_is_left_out_and_said() -> None:
    rows = [["Tổng cộng", "", "", *[20] * 5, ""]]
    assert read(responses(2) + rows).left_out == [4]


def test_rows_of_unit_and_criterion_become_one_survey_each() -> None:
    rows = [[UNITS[0], FIRST, 220, 200, 1, 2, 6, 91, 100], [UNITS[0], SECOND, 220, 200, 0, 0, 0, 0, 190],
            [UNITS[1], FIRST.upper(), 30, 20, 0, 0, 0, 0, 20]]  # fmt: skip
    reading = read(rows, SUMS_HEAD)
    assert told(reading) == []
    first = reading.drafts[1]
    assert (first.sent, first.received, first.answers(SCHEME)[FIRST].share) == (220, 200, Share(191, 200))
    assert list(reading.drafts[2].answers(SCHEME)) == [FIRST]


def test_sums_that_contradict_themselves_are_told_by_line_and_column() -> None:
    rows = [[UNITS[0], FIRST, 220, 200, 1, 2, 6, 91, 100], [UNITS[0], SECOND, 230, 200, 0, 0, 0, "x", 190],
            [UNITS[0], FIRST, 220, 200, 0, 0, 0, 0, 1], [UNITS[1], FIRST, 10, 20, 0, 0, 0, 0, 21],
            [UNITS[2], "", 10, 10, 0, 0, 0, 0, 1]]  # fmt: skip
    assert told(read(rows, SUMS_HEAD)) == [
        (3, 7, "x", "Ghi số từ 0 trở lên."),
        (4, 1, FIRST, "Tiêu chí này của đơn vị đã có ở dòng trên."),
        (5, None, "", f"{UNITS[1]}, {FIRST}: Cộng các mức được 21 lượt chấm, nhiều hơn 20 phiếu thu về."),
        (5, 3, "", f"{UNITS[1]}: Thu về 20 phiếu, nhiều hơn 10 phiếu phát ra."),
        (6, 1, "", "Thiếu tên tiêu chí."),
    ]


def test_sent_of_one_unit_is_the_same_in_all_its_rows() -> None:
    rows = [[UNITS[0], FIRST, 220, 200, 0, 0, 0, 0, 100], [UNITS[0], SECOND, 230, 200, 0, 0, 0, 0, 190]]
    assert told(read(rows, SUMS_HEAD)) == [(3, 2, "230", "Số phiếu phát ra của đơn vị này ở dòng trên là 220.")]


def test_totals_beside_the_marks_must_agree_with_them() -> None:
    head = (*SUMS_HEAD, "Tổng lượt chấm", "Số lượt hài lòng")
    rows = [[UNITS[0], FIRST, 220, 200, 1, 2, 6, 91, 100, 200, 190]]
    sentence = "Cộng mức hài lòng được 191, không bằng số ghi ở cột này."
    assert told(read(rows, head)) == [(2, 10, "190", sentence)]


def test_a_file_without_a_column_of_units_is_about_the_chosen_one() -> None:
    unit = PLACES[UNITS[2]]
    rows = [[cell for place, cell in enumerate(response(n)) if place != 1] for n in range(1, 5)]
    reading = read(rows, tuple(text for text in HEAD if text != "Đơn vị xử lý"), unit)
    assert [(draft.unit, draft.received) for draft in reading.drafts.values()] == [(unit, 4)]


def test_headings_alone_hold_nothing() -> None:
    assert told(read([])) == [(0, None, "", "Tệp không có dòng dữ liệu nào dưới tiêu đề.")]


@pytest.mark.parametrize(
    ("words", "mark"),
    [("5", 5), ("5,0", 5), ("4.0", 4), ("5 - Rất hài lòng", 5), ("RẤT HÀI LÒNG", 5), ("không hài lòng", 2),
     ("4 điểm", 4), ("0", None), ("6", None), ("4,5", None),
     ("hơi hài lòng", None), ("12", None), ("-3", None), ("4/5", None)],
)  # fmt: skip
def test_marks_are_numbers_or_words(words: str, mark: int | None) -> None:
    named = {fold(word): n for n, word in enumerate(DEFAULT_WORDS, start=1)}
    assert read_mark(words, named, 5) == mark


@pytest.mark.parametrize(
    ("words", "day"),
    [("05/11/2026", date(2026, 11, 5)), ("5-1-2026 10:22", date(2026, 1, 5)), ("2026-02-28T09:00", date(2026, 2, 28)),
     ("29/02/2028", date(2028, 2, 29)), ("29/02/2026", None), ("hôm qua", None), ("13/13/2026", None)],
)  # fmt: skip
def test_days_are_read_as_written_here(words: str, day: date | None) -> None:
    assert read_day(words) == day
