"""The number register: no hole, no double, nothing forgotten."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from qms.documents.actions import cancel_number, next_number, set_numbering, take_number
from qms.documents.models import NumberSeries, RegisterEntry
from qms.organisation.models import Agency, User
from qms.organisation.tests.cast import House, found_house
from qms.workflow.models import HistoryEntry
from tests.at_once import run_at_once

DAY = date(2026, 3, 5)
AT_ONCE = 20


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def take(agency: Agency, actor: User, kind: str = "KH", on: date = DAY, **given: object) -> RegisterEntry:
    return take_number(
        agency=agency, kind=kind, symbol=f"{kind}-SKHCN", subject="Kế hoạch", issued_on=on, actor=actor,
        at=timezone.now(), **given,
    )  # fmt: skip


def cancel(house: House, reason: str, who: str = "vanthu") -> RegisterEntry:
    return cancel_number(
        agency=house.agency, kind="KH", symbol="KH-SKHCN", reason=reason, on=DAY, actor=house[who], at=timezone.now()
    )


def set_series(house: House, who: str = "vanthu", *, one: bool, elsewhere: bool = False) -> None:
    set_numbering(
        agency=house.agency, one_series=one, numbers_from_elsewhere=elsewhere, actor=house[who], at=timezone.now()
    )


def numbers() -> list[int]:
    return list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))


def test_numbers_run_from_one_within_a_year(house: House) -> None:
    assert [take(house.agency, house["vanthu"]).number for _ in range(3)] == [1, 2, 3]
    assert take(house.agency, house["vanthu"], on=date(2027, 1, 1)).number == 1


def test_each_kind_has_its_own_numbers_unless_the_agency_counts_all_together(house: House) -> None:
    assert [take(house.agency, house["vanthu"], kind).number for kind in ("KH", "QĐ", "KH")] == [1, 1, 2]


def test_one_series_counts_all_kinds_together(house: House) -> None:
    set_series(house, one=True)
    assert [take(house.agency, house["vanthu"], kind).number for kind in ("KH", "QĐ", "KH")] == [1, 2, 3]


def test_another_agency_counts_for_itself(house: House) -> None:
    other = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    take(house.agency, house["vanthu"])
    assert take(other.agency, other["vanthu"]).number == 1


def test_numbers_under_ten_carry_a_zero(house: House) -> None:
    assert str(take(house.agency, house["vanthu"])) == "01/KH-SKHCN"


def test_the_proposed_number_is_the_one_that_is_given(house: House) -> None:
    take(house.agency, house["vanthu"])
    proposed = next_number(house.agency, kind="KH", year=2026)
    assert (proposed, take(house.agency, house["vanthu"]).number) == (2, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_a_typed_number_must_be_the_next_one(house: House, number: int) -> None:
    take(house.agency, house["vanthu"])
    with pytest.raises(ValidationError, match="Số tiếp theo của sổ là 02"):
        take(house.agency, house["vanthu"], number=number)


def test_a_number_from_elsewhere_may_be_any_free_one(house: House) -> None:
    set_series(house, one=False, elsewhere=True)
    assert [take(house.agency, house["vanthu"], number=n).number for n in (17, 5, 18)] == [17, 5, 18]
    with pytest.raises(ValidationError, match="Số 05 đã dùng trong năm 2026"):
        take(house.agency, house["vanthu"], number=5)
    assert next_number(house.agency, kind="KH", year=2026) == 19


def test_a_rolled_back_issue_leaves_no_hole(house: House) -> None:
    take(house.agency, house["vanthu"])
    point = transaction.savepoint()
    take(house.agency, house["vanthu"])
    transaction.savepoint_rollback(point)
    assert take(house.agency, house["vanthu"]).number == 2


def test_a_number_given_up_is_explained_and_not_given_again(house: House) -> None:
    entry = cancel(house, "  Văn bản in hỏng. ")
    assert (entry.number, entry.status, entry.note) == (1, "cancelled", "Văn bản in hỏng.")
    assert take(house.agency, house["vanthu"]).number == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_number_is_not_given_up_without_a_reason(house: House, reason: str) -> None:
    with pytest.raises(ValidationError, match="lý do"):
        cancel(house, reason)


@pytest.mark.parametrize("who", ["thuky", "giamdoc", "lan", "quantri"])
def test_only_the_clerk_gives_a_number_up(house: House, who: str) -> None:
    with pytest.raises(PermissionDenied):
        cancel(house, "Nhầm.", who)


@pytest.mark.parametrize("who", ["giamdoc", "chanh", "lan", "quantri", "tuvan"])
def test_the_way_of_numbering_is_set_by_the_clerk_or_the_secretary(house: House, who: str) -> None:
    set_series(house, "vanthu", one=True)
    set_series(house, "thuky", one=False)
    with pytest.raises(PermissionDenied):
        set_series(house, who, one=True)


def test_the_series_do_not_change_once_the_year_has_a_number(house: House) -> None:
    take(house.agency, house["vanthu"], on=timezone.localdate())
    with pytest.raises(ValidationError, match="Năm nay đã cấp 1 số"):
        set_series(house, one=True)
    set_series(house, one=False, elsewhere=True)


def test_a_change_of_numbering_is_written_down(house: House) -> None:
    set_series(house, one=True)
    entry = HistoryEntry.objects.get()
    assert (str(entry), entry.agency) == ("Vũ Ngọc Ánh đổi cách đánh số văn bản", house.agency)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("register_number_positive", {"number": 0}),
        ("register_cancelled_explained", {"status": "cancelled", "note": ""}),
    ],
)
def test_the_database_keeps_the_register_sound(house: House, constraint: str, changes: dict) -> None:
    entry = take(house.agency, house["vanthu"])
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RegisterEntry.objects.filter(pk=entry.pk).update(**changes)


def test_the_database_refuses_a_number_twice(house: House) -> None:
    entry = take(house.agency, house["vanthu"])
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_search_finds_an_entry_without_marks(house: House) -> None:
    take(house.agency, house["vanthu"])
    assert RegisterEntry.objects.filter(search__contains="01/kh-skhcn ke hoach").exists() is True


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_the_same_moment_have_no_hole_and_no_double() -> None:
    house = found_house()
    agency, clerk = house.agency, house["vanthu"]
    errors = run_at_once(lambda: take(agency, clerk), times=AT_ONCE)
    assert (errors, numbers()) == ([], list(range(1, AT_ONCE + 1)))
    assert NumberSeries.objects.get().last_number == AT_ONCE


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_issues_that_fail_among_others_leave_no_hole() -> None:
    house = found_house()
    agency, clerk = house.agency, house["vanthu"]

    turn = itertools.count()

    def every_third_fails() -> None:
        with transaction.atomic():
            take(agency, clerk)
            if next(turn) % 3 == 0:
                raise RuntimeError("the printer is on fire")

    errors = run_at_once(every_third_fails, times=AT_ONCE)
    given = AT_ONCE - len(errors)
    assert (len(errors), numbers()) == (7, list(range(1, given + 1)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_typed_number_at_the_same_moment_is_given_once() -> None:
    house = found_house()
    agency, clerk = house.agency, house["vanthu"]
    set_series(house, one=False, elsewhere=True)
    errors = run_at_once(lambda: take(agency, clerk, number=7), times=AT_ONCE)
    assert (numbers(), {type(error) for error in errors}, len(errors)) == ([7], {ValidationError}, AT_ONCE - 1)


def test_a_day_of_last_year_is_counted_as_that_year_counted(house: House) -> None:
    last_year = timezone.localdate().year - 1
    take(house.agency, house["vanthu"], on=date(last_year, 12, 30))
    set_series(house, one=True)
    assert take(house.agency, house["vanthu"], on=date(last_year, 12, 31)).number == 2
    assert take(house.agency, house["vanthu"], on=date(last_year + 1, 1, 1)).series.code == ""
