"""Who signs for the head, and the lines over the name."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from qms.organisation.access import access_of
from qms.organisation.actions import appoint, create_delegation, create_position, end_delegation, end_holding
from qms.organisation.enums import SigningForm
from qms.organisation.models import Delegation, PositionHolding
from qms.organisation.selectors import SigningLines, head_of, signing_lines

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, on_day

NEXT_MONTH = TODAY + timedelta(days=30)


def delegate(house: House, **fields: Any) -> Delegation:
    data = {
        "agency": house.agency, "grantor": house["giamdoc"], "delegate": house["pho"], "form": SigningForm.KT,
        "valid_from": TODAY, "basis": "07/TB-SKHCN", "actor": house["thuky"], "at": NOW,
    }  # fmt: skip
    return create_delegation(**(data | fields))


def lines(house: House, username: str, day=TODAY) -> SigningLines:
    return signing_lines(house[username], house.agency, on=day)


def test_the_head_signs_plainly(house: House) -> None:
    assert lines(house, "giamdoc") == SigningLines("", "GIÁM ĐỐC", "Phạm Quang Huy")


def test_the_head_signs_as_head_even_where_another_office_ranks_higher(house: House) -> None:
    committee = create_position(unit=house.unit("nhom"), title="Trưởng ban", rank=0, actor=house["thuky"], at=NOW)
    appoint(committee, person=house["giamdoc"], valid_from=TODAY, actor=house["thuky"], at=NOW)
    assert lines(house, "giamdoc").position == "GIÁM ĐỐC"


def test_a_deputy_signs_for_the_head(house: House) -> None:
    delegate(house)
    assert lines(house, "pho") == SigningLines("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hà")


def test_a_head_of_a_unit_signs_by_order(house: House) -> None:
    delegate(house, form=SigningForm.TL, delegate=house["chanh"])
    assert lines(house, "chanh") == SigningLines("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nguyễn Hữu Phước")


def test_an_authorised_person_signs_for_a_time(house: House) -> None:
    delegate(house, form=SigningForm.TUQ, delegate=house["truong"], valid_to=NEXT_MONTH)
    assert lines(house, "truong") == SigningLines("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "Ngô Văn Thắng")


def test_an_acting_head_signs_in_the_heads_place(house: House) -> None:
    end_holding(house.people["giamdoc"].holdings.get(), last_day=YESTERDAY, actor=house["thuky"], at=NOW)
    delegate(house, form=SigningForm.Q, grantor=None)
    assert lines(house, "pho") == SigningLines("", "Q. GIÁM ĐỐC", "Lê Thị Hà")


def test_outside_its_window_a_delegation_gives_no_line(house: House) -> None:
    delegate(house, valid_from=TOMORROW, valid_to=NEXT_MONTH)
    days = (TODAY, TOMORROW, NEXT_MONTH + timedelta(days=1))
    assert [lines(house, "pho", day).on_behalf for day in days] == ["", "KT. GIÁM ĐỐC", ""]


def test_who_has_neither_office_nor_delegation_signs_with_a_name_only(house: House) -> None:
    PositionHolding.objects.filter(user=house["lan"]).delete()
    assert lines(house, "lan") == SigningLines("", "", "Phan Thị Lan")


def test_the_head_of_a_day_is_known(house: House) -> None:
    assert (head_of(house.agency, on=TODAY), head_of(house.agency, on=LONG_AGO - timedelta(days=1))) == (
        house["giamdoc"], None,
    )  # fmt: skip


def test_a_delegation_lets_the_delegate_approve_at_once(house: House) -> None:
    delegate(house)
    assert access_of(house["pho"]).may("approve_plan", house.agency.pk) is True


def test_ending_it_takes_the_right_away(house: House) -> None:
    delegation = delegate(house, valid_from=LONG_AGO)
    end_delegation(delegation, last_day=YESTERDAY, actor=house["thuky"], at=NOW)
    assert access_of(house["pho"]).may("approve_plan", house.agency.pk) is False


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"form": SigningForm.TUQ}, "__all__"),
        ({"form": SigningForm.TL}, "delegate"),
        ({"delegate": "truong"}, "delegate"),
        ({"delegate": "tuvan", "form": SigningForm.TL}, "delegate"),
        ({"grantor": "pho", "delegate": "truong", "form": SigningForm.TL}, "grantor"),
        ({"grantor": None}, "grantor"),
        ({"form": SigningForm.Q}, "form"),
        ({"basis": ""}, "basis"),
        ({"valid_to": YESTERDAY}, "__all__"),
    ],
)
def test_a_delegation_against_the_decree_is_refused(house: House, change: dict[str, Any], field: str) -> None:
    people = {key: house[value] for key, value in change.items() if value in house.people and key != "form"}
    with pytest.raises(ValidationError) as caught:
        delegate(house, **(change | people))
    assert list(caught.value.message_dict) == [field]


def test_the_authorised_do_not_authorise(house: House) -> None:
    delegate(house)
    with pytest.raises(ValidationError) as caught:
        delegate(house, grantor=house["pho"], delegate=house["chanh"], form=SigningForm.TL)
    assert list(caught.value.message_dict) == ["grantor"]


def test_a_delegate_without_an_office_is_refused(house: House) -> None:
    end_holding(house.people["pho"].holdings.get(), last_day=YESTERDAY, actor=house["thuky"], at=NOW)
    with pytest.raises(ValidationError) as caught:
        delegate(house)
    assert list(caught.value.message_dict) == ["delegate"]


def test_the_head_may_delegate_in_person(house: House) -> None:
    assert delegate(house, actor=house["giamdoc"]).delegate == house["pho"]


def test_the_head_may_take_it_back_in_person(house: House) -> None:
    delegation = delegate(house)
    end_delegation(delegation, last_day=TODAY, actor=house["giamdoc"], at=NOW)
    delegation.refresh_from_db()
    assert delegation.valid_to == TODAY


@pytest.mark.parametrize("username", ["pho", "truong", "vanthu"])
def test_others_do_not_delegate(house: House, username: str) -> None:
    with pytest.raises(PermissionDenied):
        delegate(house, actor=house[username], delegate=house["chanh"], form=SigningForm.TL)


def test_a_delegation_counts_in_its_agency_only(house: House, neighbour: House) -> None:
    delegate(house)
    assert access_of(house["pho"]).may("approve_plan", neighbour.agency.pk) is False


def test_a_deputy_who_becomes_something_else_signs_no_more(house: House) -> None:
    delegate(house)
    house.people["pho"].holdings.update(valid_to=YESTERDAY)
    other = create_position(unit=house.unit("kh"), title="Chuyên viên", roles=["staff"], actor=house["thuky"], at=NOW)
    appoint(other, person=house["pho"], valid_from=TODAY, actor=house["thuky"], at=NOW)
    assert "approve_plan" not in access_of(on_day(house["pho"], TODAY)).agencies[house.agency.pk]


def test_without_the_office_the_line_is_gone_too(house: House) -> None:
    delegate(house)
    house.people["pho"].holdings.update(valid_to=YESTERDAY)
    assert lines(house, "pho") == SigningLines("", "", "Lê Thị Hà")


def test_an_authorised_person_who_left_signs_no_more(house: House) -> None:
    delegate(house, form=SigningForm.TUQ, delegate=house["truong"], valid_to=NEXT_MONTH)
    house.people["truong"].holdings.update(valid_to=YESTERDAY)
    assert access_of(on_day(house["truong"], TODAY)).agencies == {}
