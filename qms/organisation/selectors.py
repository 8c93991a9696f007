"""Reads that more than one caller needs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Length, Substr

from .access import access_of
from .enums import Role, SigningForm
from .models import Agency, DecreedDay, Delegation, PositionHolding, Unit, User
from .roles import roles_on


@dataclass(frozen=True)
class SigningLines:
    """The lines over a name: `on_behalf` ("KT. GIÁM ĐỐC", may be empty) and `position` ("PHÓ GIÁM ĐỐC")."""

    on_behalf: str
    position: str
    name: str


def holdings_of(user: User, *, on: date) -> list[PositionHolding]:
    """The positions a person holds that day, highest first."""
    return list(_held(user, on).select_related("position__unit__agency"))


def _held(user: User, on: date) -> QuerySet[PositionHolding]:
    return PositionHolding.objects.effective(on).filter(user=user).order_by("position__rank", "pk")


def title_of(user: User, *, on: date) -> str:
    """The person's first position that day ("Phó Chánh Văn phòng"), or nothing."""
    return _held(user, on).values_list("position__title", flat=True).first() or ""


def units_in_force(agency: Agency, *, on: date):
    """The agency's units of that day."""
    return Unit.objects.in_force(on).filter(agency=agency)


def decreed_days(agency: Agency) -> list[DecreedDay]:
    """The agency's corrections of the calendar."""
    return list(DecreedDay.objects.filter(agency=agency))


def head_of(agency: Agency, *, on: date) -> User | None:
    """The head of the agency that day, if there is one."""
    held = (
        PositionHolding.objects.effective(on).filter(position__unit__agency=agency).select_related("user", "position")
    )
    return next((h.user for h in held.order_by("position__rank", "pk") if Role.DIRECTOR in h.position.roles), None)


def signing_lines(user: User, agency: Agency, *, on: date) -> SigningLines:
    """How that person signs for the agency that day (NĐ 30/2020 Điều 13).

    The head signs plainly; everybody else by the delegation in force. Without either the lines name only the position.
    """
    holdings = [h for h in holdings_of(user, on=on) if h.position.unit.agency_id == agency.pk]
    delegation = _delegation_of(user, agency, on=on)
    own_head = _head_title(holdings)
    if own_head or delegation is None:
        return SigningLines("", own_head or _first_title(holdings), user.full_name)
    head = _title_of_grantor(delegation, on=on) or "GIÁM ĐỐC"
    if delegation.form == SigningForm.Q:
        return SigningLines("", f"Q. {head}", user.full_name)
    return SigningLines(f"{delegation.form}. {head}", _first_title(holdings), user.full_name)


def _delegation_of(user: User, agency: Agency, *, on: date) -> Delegation | None:
    """The latest delegation that counts that day: in force, and held with the office it was given to."""
    held = [h.source for h in roles_on(user, on) if h.role == Role.SIGNER and h.agency.pk == agency.pk]
    return max(held, key=lambda delegation: (delegation.valid_from, delegation.pk), default=None)


def _head_title(holdings: list[PositionHolding]) -> str:
    """The title as head, which may not be the person's first position."""
    return next((h.position.title.upper() for h in holdings if Role.DIRECTOR in h.position.roles), "")


def _first_title(holdings: list[PositionHolding]) -> str:
    return holdings[0].position.title.upper() if holdings else ""


def _title_of_grantor(delegation: Delegation, *, on: date) -> str:
    if delegation.grantor is None:
        return ""
    held = [h for h in holdings_of(delegation.grantor, on=on) if h.position.unit.agency_id == delegation.agency_id]
    return _head_title(held)


def folded_name() -> Substr:
    """For an annotation of people: the folded name alone, with which `search` begins and which is as long as

    `sort_name`.
    """
    return Substr("search", 1, Length("sort_name"))


def searched_text(user: User) -> Case:
    """For an annotation of people: the folded text in which this person may look for them.

    Login names and mail addresses of an overseen agency are its own matter, so that nothing is found by them.
    """
    known = Q(agency__in=access_of(user).inside) | Q(pk=user.pk)
    return Case(When(known, then=F("search")), default=folded_name(), output_field=CharField())


def people_with_title(people: QuerySet[User], *, on: date) -> QuerySet[User]:
    """The people with `first_title` and `first_unit`, their highest position of that day, in one query."""
    held = PositionHolding.objects.effective(on).filter(user=OuterRef("pk")).order_by("position__rank", "pk")
    return people.annotate(
        first_title=Subquery(held.values("position__title")[:1]),
        first_unit=Subquery(held.values("position__unit__name")[:1]),
    ).order_by("sort_name", "pk")


def person_words(person: User) -> str:
    """A person in a list to choose from: "Phan Thị Lan, Chuyên viên, Phòng Kế hoạch"."""
    parts = (person.full_name, getattr(person, "first_title", None), getattr(person, "first_unit", None))
    return ", ".join(part for part in parts if part)
