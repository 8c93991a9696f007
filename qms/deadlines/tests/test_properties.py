"""No text, however odd, raises or yields a date that cannot be explained."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from qms.deadlines import Timing, TimingKind, WorkingCalendar, due_after, explain, parse_timing, shift_text
from qms.text import nfc

_FRAGMENTS = (
    "Trước ngày", "Chậm nhất là", "đến hết", "Từ", "đến", "và", "hoặc", ",", ";", "-", "/", ".", "(", ")", ":", "\n",
    "ngày", "tháng", "quý", "năm", "tuần", "ngày làm việc", "đầu", "giữa", "cuối", "hằng", "mỗi", "định kỳ", "lần",
    "Quý I", "Quý IV/2026", "Tháng 2", "6/2024", "31/12", "29/02/2024", "30/2", "2026", "2025-2027", "05", "15",
    "năm (05)", "ba mươi", "6 tháng đầu năm", "tháng cuối quý", "tuần 2 tháng 3", "thường xuyên", "cả năm",
    "khi có thay đổi",
    "sau khi", "trước khi", "kể từ ngày ký", "trong vòng", "1 tuần", "theo kế hoạch của", "Trường hợp có", "Nếu", "thì",
    "số 12/KH-UBND ngày 05/01/2026", "ISO 9001:2015", "đột xuất", "17 giờ", "T3", "QII", "hết năm", "năm sau",
    "dự kiến",
)  # fmt: skip
_phrases = st.lists(st.sampled_from(_FRAGMENTS), min_size=1, max_size=9).map(" ".join)
_years = st.integers(min_value=-5, max_value=10_100)
_texts = st.one_of(_phrases, st.text(max_size=80), st.lists(st.one_of(st.text(max_size=6), _phrases)).map("".join))


def _all(timing: Timing) -> list[Timing]:
    return [timing, *(below for branch in timing.branches for below in _all(branch))]


@settings(max_examples=400, deadline=None)
@given(text=_texts, year=_years)
def test_any_text_gives_a_timing_whose_windows_are_in_order(text: str, year: int) -> None:
    for timing in _all(parse_timing(text, year=year)):
        assert [w for w in timing.occurrences if w.start and w.start > w.due] == []
        assert [w for w in timing.occurrences if not 1899 <= w.due.year <= 2102] == []


@settings(max_examples=400, deadline=None)
@given(text=_texts, year=st.integers(min_value=1995, max_value=2090))
def test_every_due_day_is_in_the_explanation(text: str, year: int) -> None:
    timing = parse_timing(text, year=year)
    said = explain(timing)
    assert [w.due for w in timing.occurrences if f"{w.due:%d/%m}" not in said] == []


@settings(max_examples=200, deadline=None)
@given(text=_phrases)
def test_what_is_unknown_has_no_date_and_what_is_doubtful_says_why(text: str) -> None:
    for timing in _all(parse_timing(text, year=2026)):
        if timing.kind is TimingKind.UNKNOWN:
            assert (timing.occurrences, timing.offset, timing.needs_confirmation) == ((), None, True)
        assert timing.needs_confirmation == any(below.reasons for below in _all(timing))


@settings(max_examples=200, deadline=None)
@given(text=_texts)
def test_a_timing_survives_storage(text: str) -> None:
    timing = parse_timing(text, year=2026)
    stored = json.loads(json.dumps(timing.to_storage(), ensure_ascii=True))
    assert Timing.from_storage(stored) == timing


@settings(max_examples=200, deadline=None)
@given(text=_texts, day=st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)))
def test_a_recorded_event_always_gets_a_working_day_with_its_reason(text: str, day: date) -> None:
    calendar = WorkingCalendar()
    for timing in _all(parse_timing(text, year=2026)):
        if timing.offset and abs(timing.offset.amount) < 3000:
            computed = due_after(day, timing.offset, calendar)
            assert calendar.is_working(computed.day)
            assert f"{computed.day:%d/%m/%Y}" in computed.explanation


@settings(max_examples=200, deadline=None)
@given(text=_texts, from_year=st.integers(2000, 2090), to_year=st.integers(2000, 2090))
def test_moving_to_another_year_changes_nothing_but_what_it_lists(text: str, from_year: int, to_year: int) -> None:
    shift = shift_text(text, from_year=from_year, to_year=to_year)
    restored = shift.text
    for change in reversed(shift.changes):
        end = change.start + len(change.after)
        assert restored[change.start : end] == change.after
        restored = restored[: change.start] + change.before + restored[end:]
    assert restored == nfc(text)
