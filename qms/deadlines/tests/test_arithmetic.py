from datetime import date

import pytest

from qms.deadlines import DecreedDay, Offset, OffsetUnit, WorkingCalendar, add_months, due_after

CALENDAR = WorkingCalendar()
D, W, WD, M, Y = OffsetUnit.DAY, OffsetUnit.WEEK, OffsetUnit.WORKING_DAY, OffsetUnit.MONTH, OffsetUnit.YEAR


@pytest.mark.parametrize(
    ("event", "amount", "unit", "due"),
    [
        (date(2026, 3, 2), 1, D, date(2026, 3, 3)),  # the day of the event is not counted
        (date(2026, 3, 2), 30, D, date(2026, 4, 1)),
        (date(2026, 3, 2), 5, D, date(2026, 3, 9)),  # Saturday, moved to Monday
        (date(2026, 2, 2), 14, D, date(2026, 2, 23)),  # within Tết
        (date(2026, 1, 5), 5, D, date(2026, 1, 10)),  # a swapped Saturday is a working day
        (date(2026, 8, 15), 1, W, date(2026, 8, 22)),  # another one
        (date(2025, 12, 26), 1, W, date(2026, 1, 5)),  # 02/01/2026 is off by decree
        (date(2026, 3, 2), 2, W, date(2026, 3, 16)),
        (date(2026, 1, 31), 1, M, date(2026, 3, 2)),  # 28 February 2026 is a Saturday
        (date(2024, 1, 31), 1, M, date(2024, 2, 29)),  # last day of a leap February
        (date(2026, 3, 31), 3, M, date(2026, 6, 30)),
        (date(2026, 11, 30), 3, M, date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2024, 2, 29), 1, Y, date(2025, 2, 28)),
        (date(2025, 6, 16), 1, Y, date(2026, 6, 16)),
        (date(2026, 2, 2), 30, WD, date(2026, 3, 23)),
        (date(2026, 2, 13), 1, WD, date(2026, 2, 23)),
        (date(2025, 12, 31), 3, WD, date(2026, 1, 7)),
        (date(2026, 8, 20), 3, WD, date(2026, 8, 24)),
        (date(2026, 3, 7), 1, WD, date(2026, 3, 9)),  # an event on a day off
        (date(2026, 2, 23), -1, W, date(2026, 2, 13)),  # backwards: to the working day before
        (date(2026, 3, 10), -3, D, date(2026, 3, 6)),
        (date(2026, 3, 31), -1, M, date(2026, 2, 27)),
        (date(2026, 9, 3), -2, WD, date(2026, 8, 27)),
        (date(2026, 2, 17), 0, D, date(2026, 2, 23)),
    ],
)
def test_a_deadline_ends_where_the_civil_code_says(event: date, amount: int, unit: OffsetUnit, due: date) -> None:
    assert due_after(event, Offset(amount, unit), CALENDAR).day == due


@pytest.mark.parametrize(
    ("event", "offset", "explanation"),
    [
        (
            date(2026, 2, 2),
            Offset(30, WD),
            "30 ngày làm việc từ 02/02/2026, trừ Tết Bính Ngọ 16–20/02, Thứ Bảy, Chủ nhật: thứ Hai 23/03/2026.",
        ),
        (
            date(2025, 12, 30),
            Offset(8, WD),
            "8 ngày làm việc từ 30/12/2025, trừ Tết Dương lịch 01/01, Nghỉ hoán đổi 02/01, Thứ Bảy, Chủ nhật, "
            "tính cả thứ Bảy 10/01/2026 (làm bù): thứ Hai 12/01/2026.",
        ),
        (
            date(2026, 4, 23),
            Offset(6, WD),
            "6 ngày làm việc từ 23/04/2026, trừ Ngày Giỗ Tổ Hùng Vương 27/04, Ngày Chiến thắng 30/04, "
            "Ngày Quốc tế Lao động 01/05, Thứ Bảy, Chủ nhật: thứ Tư 06/05/2026.",
        ),
        (date(2026, 3, 2), Offset(3, WD), "3 ngày làm việc từ 02/03/2026: thứ Năm 05/03/2026."),
        (date(2026, 3, 2), Offset(1, M), "1 tháng từ 02/03/2026 là thứ Năm 02/04/2026."),
        (
            date(2026, 2, 2),
            Offset(14, D),
            "14 ngày từ 02/02/2026 là thứ Hai 16/02/2026, ngày nghỉ (Tết Bính Ngọ), nên hạn chuyển sang ngày làm việc "
            "tiếp theo: thứ Hai 23/02/2026 (Điều 148 Bộ luật Dân sự).",
        ),
        (
            date(2026, 2, 23),
            Offset(-1, W),
            "1 tuần trước ngày 23/02/2026 là thứ Hai 16/02/2026, ngày nghỉ (Tết Bính Ngọ); đếm lùi nên lấy ngày "
            "làm việc liền trước để không bị chậm: thứ Sáu 13/02/2026.",
        ),
        (
            date(2026, 2, 23),
            Offset(-1, WD),
            "1 ngày làm việc trước ngày 23/02/2026, trừ Tết Bính Ngọ 16–20/02, Thứ Bảy, Chủ nhật: thứ Sáu 13/02/2026.",
        ),
    ],
)
def test_a_due_day_explains_itself_in_one_sentence(event: date, offset: Offset, explanation: str) -> None:
    assert due_after(event, offset, CALENDAR).explanation == explanation


def test_a_newly_decreed_day_off_moves_the_deadline() -> None:
    day = date(2026, 6, 15)
    decreed = WorkingCalendar({day: DecreedDay(day, True, "Nghỉ do bão", "Công điện giả định")})
    offset = Offset(5, WD)
    assert [due_after(date(2026, 6, 8), offset, calendar).day.day for calendar in (CALENDAR, decreed)] == [15, 16]


@pytest.mark.parametrize(
    ("day", "n", "end"),
    [
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_keep_the_day_or_take_the_last_one(day: date, n: int, end: date) -> None:
    assert add_months(day, n) == end


def test_a_deadline_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(OverflowError):
        due_after(date(9990, 1, 1), Offset(20, Y), CALENDAR)
