"""How states and deadlines meet the eye."""

from datetime import date

import pytest

from plans.enums import PlanState
from plans.marks import NO_TIMING, RETURNED, STATE_MARKS, UNCLEAR, next_window, state_mark, timing_mark
from plans.page import due_days
from qms.deadlines import parse_timing

TODAY = date(2026, 3, 9)


def mark(
    text: str, *, confirmed: bool = False, in_force: bool = True, today: date = TODAY
) -> tuple[str, str, str] | None:
    found = timing_mark(parse_timing(text, year=2026), confirmed=confirmed, today=today, in_force=in_force)
    return found and (found.tone, found.shape, found.label)


def test_every_state_has_a_mark_with_a_word_and_a_shape() -> None:
    assert set(STATE_MARKS) == set(PlanState)
    assert all(mark.label and mark.shape for mark in STATE_MARKS.values())


def test_a_returned_draft_says_so_and_nothing_else_does() -> None:
    assert state_mark("draft", returned=True) == RETURNED
    assert state_mark("approval", returned=True) == STATE_MARKS[PlanState.APPROVAL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tháng 02/2026", ("dormant", "○", "đã qua hạn")),
        ("Trước ngày 10/3/2026", ("soon", "▲", "hạn hôm nay")),
        ("Tháng 3/2026", ("soon", "▲", "còn 22 ngày")),
        ("Từ tháng 3 đến tháng 6/2026", ("active", "●", "trong kỳ")),
        ("Quý IV/2026", ("dormant", "○", "chưa đến kỳ")),
        ("Hằng quý", ("soon", "▲", "còn 22 ngày")),
        ("Thường xuyên", ("active", "●", "thường xuyên")),
        ("Khi có sự thay đổi", ("dormant", "◌", "chờ sự kiện")),
        ("Sau khi tổ chức đánh giá nội bộ", ("dormant", "◌", "theo việc khác")),
        ("Theo Kế hoạch kiểm tra của UBND tỉnh", ("dormant", "◌", "chờ cơ quan khác")),
        ("tùy tình hình", (UNCLEAR.tone, UNCLEAR.shape, UNCLEAR.label)),
        ("", (NO_TIMING.tone, NO_TIMING.shape, NO_TIMING.label)),
    ],
)
def test_a_task_in_force_shows_how_it_stands_to_the_calendar(text: str, expected: tuple[str, str, str]) -> None:
    assert mark(text) == expected


@pytest.mark.parametrize("text", ["Tháng 3/2026", "Thường xuyên", "Khi có sự thay đổi"])
def test_before_the_plan_is_in_force_only_doubts_are_marked(text: str) -> None:
    assert mark(text, in_force=False) is None
    assert mark("tùy tình hình", in_force=False) == (UNCLEAR.tone, UNCLEAR.shape, UNCLEAR.label)


def test_a_confirmed_reading_is_in_doubt_no_more() -> None:
    assert mark("Quý III hoặc Quý IV/2026") == (UNCLEAR.tone, UNCLEAR.shape, UNCLEAR.label)
    assert mark("Quý III hoặc Quý IV/2026", confirmed=True) == ("dormant", "○", "chưa đến kỳ")


def test_the_next_period_counts_and_after_the_last_one_the_last() -> None:
    timing = parse_timing("Hằng quý", year=2026)
    found = [next_window(timing, day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1))]
    assert [window and window.due for window in found] == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Tháng 3/2026", ""),
        ("Thường xuyên", ""),
        ("Hằng quý", "Các hạn: 31/03, 30/06, 30/09, 31/12/2026."),
        ("Hằng tháng", "12 kỳ, hạn từ 31/01/2026 đến 31/12/2026."),
    ],
)
def test_repeated_days_stand_in_one_line(text: str, line: str) -> None:
    assert due_days(parse_timing(text, year=2026)) == line
