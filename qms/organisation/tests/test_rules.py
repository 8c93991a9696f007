"""Separation of duties: role × object × action."""

from collections.abc import Callable

import pytest

from qms.organisation.enums import SigningForm
from qms.organisation.models import Delegation, User
from qms.organisation.rules import (
    why_not_appoint,
    why_not_change_person,
    why_not_change_position,
    why_not_deactivate,
    why_not_delegate,
    why_not_end_delegation,
    why_not_end_holding,
    why_not_give_password,
    why_not_manage,
    why_not_manage_calendar,
    why_not_manage_unit,
)

from .cast import LONG_AGO, TODAY, House, add_person

MANAGERS = {"thuky", "quantri", "root"}
EVERYBODY = [
    "giamdoc", "pho", "chanh", "thuky", "vanthu", "quantri", "truong", "lan", "danhgia", "tuvan",
    "root", "hangxom", "khongvitri",
]  # fmt: skip
# What is asked, of which object, and who may.
ACTIONS: dict[str, tuple[Callable[[House, User], str], set[str]]] = {
    "agency": (lambda h, u: why_not_manage(h.agency, u), MANAGERS),
    "unit": (lambda h, u: why_not_manage_unit(h.units["kh"], u), MANAGERS),
    "calendar": (lambda h, u: why_not_manage_calendar(h.agency, u), MANAGERS),
    "person": (lambda h, u: why_not_change_person(h.people["nam"], u), MANAGERS),
    "close account": (lambda h, u: why_not_deactivate(h.people["nam"], u), MANAGERS),
    "close the secretary's account": (lambda h, u: why_not_deactivate(h.people["thuky"], u), {"quantri", "root"}),
    "password of staff": (lambda h, u: why_not_give_password(h["nam"], u, on=TODAY), MANAGERS),
    "password of the head": (lambda h, u: why_not_give_password(h["giamdoc"], u, on=TODAY), set()),
    "password of a signer": (lambda h, u: why_not_give_password(h["pho"], u, on=TODAY), set()),
    "password of a superuser": (lambda h, u: why_not_give_password(h["root"], u, on=TODAY), set()),
    "appoint staff": (lambda h, u: why_not_appoint(h.position("lan"), h["nam"], u), MANAGERS),
    "appoint the secretary": (lambda h, u: why_not_appoint(h.position("lan"), h["thuky"], u), {"quantri", "root"}),
    "appoint the administrator": (
        lambda h, u: why_not_appoint(h.position("giamdoc"), h["quantri"], u), {"thuky", "root"},
    ),
    "appoint a stranger": (lambda h, u: why_not_appoint(h.position("lan"), h["hangxom"], u), set()),
    "change a position": (lambda h, u: why_not_change_position(h.position("lan"), u, on=TODAY), MANAGERS),
    "change the administrator's position": (
        lambda h, u: why_not_change_position(h.position("quantri"), u, on=TODAY), {"thuky", "root"},
    ),
    "end a holding": (lambda h, u: why_not_end_holding(h.people["lan"].holdings.get(), u), MANAGERS),
    "delegate to the deputy": (
        lambda h, u: why_not_delegate(h.agency, h["giamdoc"], h["pho"], u, on=TODAY), MANAGERS | {"giamdoc"},
    ),
    "delegate to the administrator": (
        lambda h, u: why_not_delegate(h.agency, h["giamdoc"], h["quantri"], u, on=TODAY), {"giamdoc", "thuky", "root"},
    ),
    "delegate what one does not have": (
        lambda h, u: why_not_delegate(h.agency, h["truong"], h["lan"], u, on=TODAY), MANAGERS,
    ),
    "end a delegation": (lambda h, u: why_not_end_delegation(Delegation.objects.get(), u), MANAGERS | {"giamdoc"}),
}  # fmt: skip


@pytest.fixture
def court(house: House, neighbour: House) -> House:
    house.people["hangxom"] = neighbour["thuky"]
    add_person(house, "khongvitri", "Bùi Thị Hạnh")
    house.people["root"] = User.objects.create(username="root", full_name="Quản trị", is_superuser=True)
    Delegation.objects.create(
        agency=house.agency, grantor=house["giamdoc"], delegate=house["pho"], form=SigningForm.KT,
        valid_from=LONG_AGO, basis="1",
    )  # fmt: skip
    return house


@pytest.mark.parametrize("action", ACTIONS)
def test_only_who_may_may(court: House, action: str) -> None:
    rule, allowed = ACTIONS[action]
    assert {name for name in EVERYBODY if not rule(court, court[name])} == allowed


@pytest.mark.parametrize("action", ACTIONS)
def test_whoever_may_not_is_told_why_in_a_sentence(court: House, action: str) -> None:
    rule, _ = ACTIONS[action]
    reasons = {reason for name in EVERYBODY if (reason := rule(court, court[name]))}
    assert [reason for reason in reasons if not (reason[0].isupper() and reason.endswith("."))] == []


def test_a_secretary_does_not_touch_a_superusers_account(court: House) -> None:
    assert why_not_change_person(court["root"], court["thuky"]) != ""


def test_a_closed_account_is_not_appointed(court: House) -> None:
    User.objects.filter(username="nam").update(is_active=False)
    reason = why_not_appoint(court.position("lan"), court["nam"], court["thuky"])
    assert reason == "Tài khoản của người này đã ngừng hoạt động."
