"""Invented phrases of a plan for 2026 with their meaning (phrases.tsv), and what a flat table cannot say."""

import csv
from datetime import date
from pathlib import Path

import pytest

from qms.deadlines import Offset, OffsetUnit, TimingKind, Window, parse_timing

_TABLE = (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8")
_ROWS = list(csv.DictReader(_TABLE.splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", _ROWS, ids=[row["phrase"] for row in _ROWS])
def test_a_phrase_has_its_meaning(row: dict[str, str]) -> None:
    timing = parse_timing(row["phrase"], year=2026)
    offset = timing.offset
    assert {
        "phrase": timing.text,
        "kind": timing.kind.value,
        "occurrences": ";".join(f"{w.start or ''}..{w.due}" for w in timing.occurrences),
        "offset": f"{offset.amount} {offset.unit}" if offset else "",
        "confirm": "yes" if timing.needs_confirmation else "no",
    } == row


def _dues(phrase: str) -> list[date]:
    return [window.due for window in parse_timing(phrase, year=2026).occurrences]


def test_a_day_of_every_month_gives_twelve_windows_on_that_day() -> None:
    windows = parse_timing("Ngày 25 hằng tháng", year=2026).occurrences
    assert windows == tuple(Window(date(2026, m, 25), date(2026, m, 25)) for m in range(1, 13))


def test_before_a_day_of_every_month_is_the_day_before_without_a_start() -> None:
    windows = parse_timing("Trước ngày 25 hằng tháng", year=2026).occurrences
    assert windows == tuple(Window(None, date(2026, m, 24)) for m in range(1, 13))


def test_the_last_day_of_a_short_month_stands_for_day_31() -> None:
    timing = parse_timing("Chậm nhất ngày 31 hằng tháng", year=2026)
    assert [w.due.day for w in timing.occurrences] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert timing.needs_confirmation


def test_two_days_of_every_month_give_twenty_four_windows() -> None:
    assert _dues("Ngày 10 và ngày 25 hằng tháng")[:4] == [
        date(2026, 1, 10),
        date(2026, 1, 25),
        date(2026, 2, 10),
        date(2026, 2, 25),
    ]


def test_every_month_of_a_span_gives_one_window_each() -> None:
    windows = parse_timing("Hằng tháng từ tháng 3 đến tháng 9/2026", year=2026).occurrences
    assert [(w.start.month if w.start else 0, w.due.month) for w in windows] == [(m, m) for m in range(3, 10)]


def test_every_week_gives_the_iso_weeks_of_the_year() -> None:
    assert len(_dues("Hằng tuần")) == 53
    assert {day.weekday() for day in _dues("Hằng tuần")} == {6}


def test_a_weekday_gives_all_its_days_in_the_year() -> None:
    days = _dues("Thứ Năm hằng tuần")
    assert (len(days), days[0], days[-1]) == (53, date(2026, 1, 1), date(2026, 12, 31))


def test_a_date_without_a_year_belongs_to_the_year_of_the_plan() -> None:
    phrase = "Trước ngày 10/3"
    assert [parse_timing(phrase, year=y).last_due for y in (2024, 2031)] == [date(2024, 3, 9), date(2031, 3, 9)]


def test_the_end_of_february_follows_the_leap_year() -> None:
    assert [parse_timing("Tháng 2", year=y).last_due for y in (2024, 2026)] == [date(2024, 2, 29), date(2026, 2, 28)]


def test_cases_on_lines_of_their_own_become_branches() -> None:
    cell = "- Trường hợp có sửa đổi: trong vòng 20 ngày làm việc\n- Trường hợp không có sửa đổi: trước ngày 12/9/2026"
    timing = parse_timing(cell, year=2026)
    assert [(b.kind, b.condition, b.offset, b.occurrences) for b in timing.branches] == [
        (TimingKind.EVENT, "có sửa đổi", Offset(20, OffsetUnit.WORKING_DAY), ()),
        (TimingKind.WINDOW, "không có sửa đổi", None, (Window(None, date(2026, 9, 11)),)),
    ]


def test_the_top_of_a_conditional_repeats_what_its_branches_say() -> None:
    timing = parse_timing("Nếu có góp ý thì trong 7 ngày kể từ ngày nhận; nếu không thì Quý IV", year=2026)
    assert (timing.kind, timing.offset, timing.occurrences) == (
        TimingKind.CONDITIONAL,
        Offset(7, OffsetUnit.DAY),
        (Window(date(2026, 10, 1), date(2026, 12, 31)),),
    )


def test_a_branch_with_an_impossible_date_is_unknown_and_the_other_stands() -> None:
    timing = parse_timing("Trường hợp có: trước ngày 31/6. Trường hợp không: tháng 9", year=2026)
    assert [branch.kind for branch in timing.branches] == [TimingKind.UNKNOWN, TimingKind.WINDOW]
    assert timing.needs_confirmation


def test_lines_with_their_own_times_are_read_one_by_one() -> None:
    timing = parse_timing("- Lần 1: Tháng 4\n- Lần 2: Tháng 10", year=2026)
    assert timing.occurrences == (
        Window(date(2026, 4, 1), date(2026, 4, 30)),
        Window(date(2026, 10, 1), date(2026, 10, 31)),
    )


def test_the_words_of_an_event_keep_their_spelling() -> None:
    assert parse_timing("Khi Bộ KH&CN ban hành Thông tư mới", year=2026).trigger == "Bộ KH&CN ban hành Thông tư mới"


@pytest.mark.parametrize(
    ("phrase", "year", "reason"),
    [
        ("", 2026, "Chưa ghi thời gian."),
        (" \t\u00a0", 2026, "Chưa ghi thời gian."),
        ("Trước ngày 30/02/2026", 2026, "Không có ngày 30/2/2026."),
        ("Tháng 13", 2026, "Không có tháng 13."),
        ("Quý VI/2026", 2026, "Không có quý 6."),
        ("Tháng 3/0000", 2026, "Có con số không đọc được ngay sau mốc thời gian."),
        ("Đến năm 9999", 2026, "Năm 9999 nằm ngoài khoảng 1900 đến 2100."),
        ("Tháng 3", 0, "Năm của kế hoạch không hợp lệ."),
        ("x" * 100_000, 2026, "Nội dung quá dài để là một mốc thời gian."),
        ("Từ tháng 9/2026 đến tháng 3/2026", 2026, "Mốc đầu đứng sau mốc cuối."),
    ],
)
def test_what_cannot_be_read_is_unknown_and_says_why(phrase: str, year: int, reason: str) -> None:
    timing = parse_timing(phrase, year=year)
    assert (timing.kind, timing.occurrences, timing.reasons) == (TimingKind.UNKNOWN, (), (reason,))
    assert timing.needs_confirmation


@pytest.mark.parametrize(
    "phrase",
    [
        "Thực hiện Quyết định số 12/2014/QĐ-TTg ngày 05/3/2014",
        "Áp dụng TCVN ISO 9001:2015",
        "Công văn số 6/2025/SKHCN-TĐC",
        "Nghị định 30/2020/NĐ-CP",
        "Bộ luật Dân sự năm 2015",
    ],
)
def test_the_numbers_of_documents_are_no_dates(phrase: str) -> None:
    assert parse_timing(phrase, year=2026).occurrences == ()
