"""The numbers of a year against a count by hand: every place a duty may stand in, the rates, the year before."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.organisation.tests.cast import House, found_house
from qms.overview.progress import OTHER_MONTH, Numbers, Rate, Tally, tally, year_before

from .duties import answer, extend, owe, withdraw

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
D = date


def counted(house: House, **options: object) -> Tally:
    return tally(Duty.objects.filter(agency=house.agency), year=2026, day=DAY, **options)


def test_every_duty_stands_in_one_place(house: House) -> None:
    head = house["truong"]
    owe(house, "kh", D(2026, 3, 1))
    owe(house, "kh", D(2026, 8, 1))
    answer(owe(house, "kh", D(2026, 8, 1)), head, D(2026, 6, 1), DutyState.IN_PROGRESS)
    answer(owe(house, "kh", D(2026, 3, 1)), head, D(2026, 2, 1), DutyState.IN_PROGRESS)
    answer(owe(house, "kh", D(2026, 3, 1)), head, D(2026, 2, 1))
    answer(owe(house, "kh", D(2026, 3, 1)), head, D(2026, 2, 1), DutyState.NOT_APPLICABLE)
    owe(house, "kh", None, year=2026, waits_for="có thay đổi nhân sự")
    withdraw(owe(house, "kh", D(2026, 3, 1)), D(2026, 2, 1))
    now = counted(house).total.now
    places = (now.done, now.active, now.late, now.open, now.dormant, now.not_applicable)
    assert (places, now.total) == ((1, 1, 2, 1, 1, 1), 7)


def test_a_duty_is_late_from_the_day_after_its_last_day(house: House) -> None:
    owe(house, "kh", DAY)
    owe(house, "kh", D(2026, 6, 30))
    assert counted(house).total.now.late == 1


def test_an_extended_duty_may_be_in_time_by_the_new_day_and_late_by_the_first(house: House) -> None:
    head, secretary = house["truong"], house["thuky"]
    duty = extend(owe(house, "kh", D(2026, 3, 1)), head, secretary, D(2026, 2, 20), D(2026, 4, 1))
    answer(duty, head, D(2026, 3, 20))
    now = counted(house).total.now
    assert (now.rate, now.first_rate) == (Rate(1, 1), Rate(0, 1))


def test_an_open_duty_that_was_extended_counts_against_its_first_day_only(house: House) -> None:
    extend(owe(house, "kh", D(2026, 3, 1)), house["truong"], house["thuky"], D(2026, 2, 20), D(2026, 9, 1))
    now = counted(house).total.now
    assert (now.late, now.rate, now.first_rate) == (0, Rate(0, 0), Rate(0, 1))


def test_the_last_day_itself_is_in_time(house: House) -> None:
    answer(owe(house, "kh", D(2026, 3, 1)), house["truong"], D(2026, 3, 1))
    answer(owe(house, "kh", D(2026, 3, 1)), house["truong"], D(2026, 3, 2))
    now = counted(house).total.now
    assert (now.rate, now.done_late) == (Rate(1, 2), 1)


@pytest.mark.parametrize("state", [DutyState.NOT_APPLICABLE, DutyState.WITHDRAWN, DutyState.DORMANT])
def test_what_cannot_be_done_in_time_is_not_in_the_rate(house: House, state: DutyState) -> None:
    answer(owe(house, "kh", D(2026, 3, 1)), house["truong"], D(2026, 2, 1))
    if state == DutyState.DORMANT:
        owe(house, "kh", None, year=2026, waits_for="sự kiện")
    elif state == DutyState.WITHDRAWN:
        withdraw(owe(house, "kh", D(2026, 3, 1)), D(2026, 4, 1))
    else:
        answer(owe(house, "kh", D(2026, 3, 1)), house["truong"], D(2026, 4, 1), state)
    assert counted(house).total.now.rate == Rate(1, 1)


def test_only_dormant_duties_give_no_rate_at_all_rather_than_nought(house: House) -> None:
    owe(house, "kh", None, year=2026, waits_for="sự kiện")
    rate = counted(house).total.now.rate
    assert (rate.percent, rate.words, rate.long_words) == (None, "–", "chưa có việc nào đến hạn")


def test_a_rate_is_written_the_vietnamese_way() -> None:
    assert [Rate(*pair).words for pair in ((2, 3), (1, 1), (0, 4), (1, 8))] == ["66,7 %", "100 %", "0 %", "12,5 %"]


def test_the_year_before_is_seen_as_it_stood_on_the_same_day(house: House) -> None:
    head = house["truong"]
    answer(owe(house, "kh", D(2025, 3, 1)), head, D(2025, 2, 1))
    answer(owe(house, "kh", D(2025, 3, 1)), head, D(2025, 9, 1))  # still owed on 1 July 2025
    answer(owe(house, "kh", D(2025, 11, 1)), head, D(2025, 10, 1))  # not due yet that day
    owe(house, "kh", D(2026, 3, 1))
    line = counted(house).total
    assert (line.now.rate, line.before.rate, line.before.late, line.before.active) == (Rate(0, 1), Rate(1, 2), 1, 1)


def test_the_day_a_year_earlier_of_a_leap_day() -> None:
    assert (year_before(D(2028, 2, 29)), year_before(DAY)) == (D(2027, 2, 28), D(2025, 7, 1))


def test_each_unit_has_its_own_line_in_the_order_of_the_house(house: House) -> None:
    for unit, late in (("tc", 1), ("kh", 2), ("vp", 0)):
        for _ in range(late):
            owe(house, unit, D(2026, 3, 1))
        owe(house, unit, D(2026, 12, 1))
    lines = [(line.name, line.now.total, line.now.late) for line in counted(house).lines]
    assert lines == [("Văn phòng Sở", 1, 0), ("Phòng Kế hoạch - Tài chính", 3, 2), ("Phòng Tổ chức cán bộ", 2, 1)]


def test_months_hold_what_is_due_in_them(house: House) -> None:
    for due in (D(2026, 3, 1), D(2026, 3, 31), D(2026, 4, 1), D(2027, 1, 15)):
        owe(house, "kh", due, year=2026)
    owe(house, "kh", None, year=2026, waits_for="sự kiện")
    months = counted(house).total.months
    assert {month: numbers.total for month, numbers in months.items()} == {3: 2, 4: 1, OTHER_MONTH: 2}


def test_several_agencies_stand_side_by_side(house: House) -> None:
    other = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    owe(house, "kh", D(2026, 3, 1))
    owe(other, "kh", D(2026, 12, 1))
    found = tally(Duty.objects.all(), year=2026, day=DAY, by="agency")
    lines = [(line.name, line.now.late) for line in found.lines]
    assert lines == [("Sở Khoa học và Công nghệ", 1), ("Sở Tư pháp", 0)]


def test_the_parts_of_the_bar_are_all_but_what_does_not_apply() -> None:
    parts = Numbers(done=1, active=2, late=3, open=4, dormant=5, not_applicable=6).parts
    assert [count for _, count, _ in parts] == [1, 2, 3, 4, 5]


def test_thirty_duties_cost_one_query_as_one_does(house: House) -> None:
    costs = []
    for _ in range(2):
        for month in range(1, 13):
            owe(house, "kh", D(2026, month, 5))
        with CaptureQueriesContext(connection) as context:
            counted(house)
        costs.append(len(context))
    assert costs == [1, 1]
