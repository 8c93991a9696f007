"""Who holds what from when to when."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from qms.organisation.access import access_of
from qms.organisation.actions import (
    appoint,
    change_position,
    close_position,
    create_position,
    end_holding,
    hand_over,
)
from qms.organisation.enums import Role, SigningForm
from qms.organisation.grants import GRANTS
from qms.organisation.models import Delegation, OrganisationChange, Position, PositionHolding, User

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, add_person


def by(house: House, username: str = "thuky") -> dict[str, Any]:
    return {"actor": house[username], "at": NOW}


@pytest.fixture
def newcomer(house: House) -> User:
    return add_person(house, "moi", "Bùi Thị Hạnh")


def test_a_position_keeps_its_roles_in_their_order(house: House) -> None:
    position = create_position(unit=house.unit("kh"), title="Phó Trưởng phòng", roles=["staff", "head"], **by(house))
    assert position.roles == ["head", "staff"]


def test_signing_for_the_head_is_no_role_of_a_position(house: House) -> None:
    with pytest.raises(ValidationError) as caught:
        create_position(unit=house.unit("kh"), title="Phó", roles=[Role.SIGNER], **by(house))
    assert list(caught.value.message_dict) == ["roles"]


def test_an_appointment_gives_the_roles_at_once(house: House, newcomer: User) -> None:
    appoint(house.position("lan"), person=newcomer, valid_from=TODAY, **by(house))
    assert access_of(house["moi"]).units == {house.units["kh"].pk: frozenset({"answer_for_unit"})}


def test_an_appointment_is_recorded_with_its_basis(house: House, newcomer: User) -> None:
    appoint(house.position("lan"), person=newcomer, valid_from=TODAY, basis="12/QĐ-SKHCN", **by(house))
    assert OrganisationChange.objects.get().sentence == (
        "bổ nhiệm Bùi Thị Hạnh giữ vị trí Chuyên viên (Phòng Kế hoạch - Tài chính) "
        f"từ ngày {TODAY:%d/%m/%Y}, theo 12/QĐ-SKHCN"
    )


def test_a_position_that_decides_needs_a_decision(house: House, newcomer: User) -> None:
    with pytest.raises(ValidationError) as caught:
        appoint(house.position("giamdoc"), person=newcomer, valid_from=TODAY, **by(house))
    assert caught.value.message_dict == {"basis": ["Vị trí có quyền phê duyệt phải ghi số quyết định bổ nhiệm."]}


def test_the_predecessor_leaves_the_day_before(house: House, newcomer: User) -> None:
    appoint(house.position("truong"), person=newcomer, valid_from=TODAY, replace=True, **by(house))
    assert house.people["truong"].holdings.get().valid_to == YESTERDAY
    assert access_of(house["truong"]).units == {}


def test_the_same_position_is_not_held_twice_at_once(house: House) -> None:
    with pytest.raises(ValidationError) as caught:
        appoint(house.position("lan"), person=house["lan"], valid_from=TODAY, **by(house))
    assert list(caught.value.message_dict) == ["person"]


def test_a_position_may_be_held_again_later(house: House) -> None:
    end_holding(house.people["lan"].holdings.get(), last_day=YESTERDAY, **by(house))
    appoint(house.position("lan"), person=house["lan"], valid_from=TODAY, **by(house))
    assert house["lan"].holdings.count() == 2


@pytest.mark.parametrize("day", [LONG_AGO - timedelta(days=1), TOMORROW])
def test_an_appointment_lies_within_the_life_of_the_position(house: House, newcomer: User, day) -> None:
    close_position(house.position("lan"), last_day=TODAY, **by(house))
    with pytest.raises(ValidationError) as caught:
        appoint(house.position("lan"), person=newcomer, valid_from=day, **by(house))
    assert list(caught.value.message_dict) == ["valid_from"]


def test_laying_down_takes_the_roles_from_the_next_day(house: House) -> None:
    end_holding(house.people["lan"].holdings.get(), last_day=TODAY, **by(house))
    assert access_of(house["lan"]).units != {}
    end_holding(house.people["truong"].holdings.get(), last_day=YESTERDAY, **by(house))
    assert access_of(house["truong"]).units == {}


def test_an_appointment_that_never_begins_is_taken_out(house: House, newcomer: User) -> None:
    holding = appoint(house.position("lan"), person=newcomer, valid_from=TOMORROW, **by(house))
    end_holding(holding, last_day=TODAY, **by(house))
    assert newcomer.holdings.count() == 0


def test_what_ended_is_not_prolonged_by_ending_it(house: House) -> None:
    holding = house.people["lan"].holdings.get()
    end_holding(holding, last_day=YESTERDAY, **by(house))
    with pytest.raises(ValidationError):
        end_holding(holding, last_day=TOMORROW, **by(house))


def test_other_roles_of_a_position_reach_its_holder_at_once(house: House) -> None:
    position = house.position("lan")
    change_position(position, title="Chuyên viên", roles=[Role.AUDITOR], rank=50, **by(house))
    access = access_of(house["lan"])
    assert (access.units, access.agencies) == ({}, {house.agency.pk: frozenset(GRANTS[Role.AUDITOR].agency)})


def test_closing_a_position_ends_who_holds_it(house: House) -> None:
    close_position(house.position("lan"), last_day=YESTERDAY, **by(house))
    assert PositionHolding.objects.get(user=house.people["lan"]).valid_to == YESTERDAY
    assert Position.objects.get(pk=house.position("lan").pk).valid_to == YESTERDAY


def test_handing_over_ends_everything_and_names_heirs(house: House, newcomer: User) -> None:
    holding = house.people["truong"].holdings.get()
    hand_over(house["truong"], last_day=YESTERDAY, heirs={holding.pk: newcomer}, basis="9/QĐ", **by(house))
    new = newcomer.holdings.get()
    assert (new.position, new.valid_from, new.basis) == (holding.position, TODAY, "9/QĐ")
    assert house.people["truong"].holdings.get().valid_to == YESTERDAY


def test_handing_over_ends_the_delegations_held(house: House) -> None:
    delegation = Delegation.objects.create(
        agency=house.agency, grantor=house["giamdoc"], delegate=house["pho"], form=SigningForm.KT,
        valid_from=LONG_AGO, basis="1",
    )  # fmt: skip
    hand_over(house["pho"], last_day=YESTERDAY, heirs={}, **by(house))
    delegation.refresh_from_db()
    assert delegation.valid_to == YESTERDAY
    assert access_of(house["pho"]).agencies == {}


def test_a_hand_over_to_oneself_changes_nothing(house: House) -> None:
    holding = house.people["truong"].holdings.get()
    with pytest.raises(PermissionDenied):
        hand_over(house["truong"], last_day=TODAY, heirs={holding.pk: house["thuky"]}, **by(house))
    holding.refresh_from_db()
    assert holding.valid_to is None


def test_who_holds_nothing_hands_nothing_over(house: House, newcomer: User) -> None:
    with pytest.raises(ValidationError):
        hand_over(newcomer, last_day=TODAY, heirs={}, **by(house))
