from datetime import date

import pytest

from qms.deadlines import Offset, OffsetUnit, Timing, TimingKind, Window, parse_timing


def test_the_published_object_has_exactly_the_agreed_keys() -> None:
    assert parse_timing("Trước ngày 07/5/2026", year=2026).to_json() == {
        "text": "Trước ngày 07/5/2026",
        "kind": "window",
        "occurrences": [{"start": None, "due": "2026-05-06"}],
        "offset": None,
        "needs_confirmation": False,
        "branches": [],
    }


def test_branches_are_published_with_the_same_keys() -> None:
    cell = "Trường hợp có: 10 ngày kể từ ngày nhận. Trường hợp không: tháng 9"
    branches = parse_timing(cell, year=2026).to_json()["branches"]
    assert branches[0] == {
        "text": "Trường hợp có: 10 ngày kể từ ngày nhận",
        "kind": "event",
        "occurrences": [],
        "offset": {"amount": 10, "unit": "day"},
        "needs_confirmation": False,
        "branches": [],
    }


def test_the_last_due_day_is_the_latest_of_all_windows() -> None:
    assert parse_timing("Tháng 3 và tháng 8", year=2026).last_due == date(2026, 8, 31)
    assert parse_timing("Thường xuyên", year=2026).last_due is None


def test_a_published_object_can_be_read_back() -> None:
    timing = Timing("x", TimingKind.EVENT, offset=Offset(3, OffsetUnit.WEEK), needs_confirmation=True)
    assert Timing.from_storage(timing.to_json()) == timing


def test_what_is_no_timing_is_refused() -> None:
    with pytest.raises(ValueError, match="never"):
        Timing.from_storage({"text": "", "kind": "never"})


def test_windows_sort_by_their_days() -> None:
    assert min(Window(date(2026, 5, 1), date(2026, 5, 2)), Window(date(2026, 4, 1), date(2026, 9, 2))).due.month == 9


def test_kinds_and_units_have_vietnamese_labels() -> None:
    assert [kind.label for kind in TimingKind][:3] == ["Thời hạn cố định", "Định kỳ", "Thường xuyên"]
    assert [Offset(-5, unit).label for unit in OffsetUnit] == [
        "5 ngày",
        "5 ngày làm việc",
        "5 tuần",
        "5 tháng",
        "5 năm",
    ]
