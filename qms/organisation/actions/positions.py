"""Writes about positions and who holds them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from qms.text import short_date

from ..access import require
from ..enums import Role
from ..grants import BY_DELEGATION_ONLY, DECIDING
from ..models import Position, PositionHolding, Unit, User
from ..roles import sync_roles, sync_roles_of
from ..rules import why_not_appoint, why_not_change_position, why_not_end_holding, why_not_manage_unit
from .common import ONE_DAY, day_of, end_row, lock, record, refuse, save


@transaction.atomic
def create_position(
    *,
    unit: Unit,
    title: str,
    roles: Iterable[Role | str] = (),
    rank: int = 100,
    valid_from: date | None = None,
    actor: User,
    at: datetime,
) -> Position:
    """A new office in a unit. Raises ValidationError by field."""
    require(why_not_manage_unit(unit, actor))
    _check_roles(roles)
    position = save(Position(unit=unit, title=title, roles=_values(roles), rank=rank, valid_from=valid_from))
    record(agency=unit.agency, actor=actor, at=at, sentence=f"lập vị trí {title}, {_role_words(position)}", unit=unit)
    return position


@transaction.atomic
def change_position(
    position: Position, *, title: str, roles: Iterable[Role | str], rank: int, actor: User, at: datetime
) -> Position:
    """Title, rank and roles. Whoever holds the position gets the roles at once."""
    require(why_not_change_position(position, actor, on=day_of(at)))
    _check_roles(roles)
    position = lock(position)
    position.title, position.roles, position.rank = title, _values(roles), rank
    save(position)
    sync_roles_of(_holders(position, day_of(at)), on=day_of(at))
    sentence = f"sửa vị trí {title} ({position.unit}), {_role_words(position)}"
    record(agency=position.unit.agency, actor=actor, at=at, sentence=sentence, unit=position.unit)
    return position


def _values(roles: Iterable[Role | str]) -> list[str]:
    chosen = {Role(role) for role in roles}
    return [role.value for role in Role if role in chosen]


def _check_roles(roles: Iterable[Role | str]) -> None:
    if BY_DELEGATION_ONLY & {Role(role) for role in roles}:
        refuse("roles", "Quyền ký thay chỉ có theo ủy nhiệm, không gắn với vị trí.")


def _role_words(position: Position) -> str:
    return f"vai trò: {', '.join(position.role_labels)}" if position.roles else "không có vai trò"


def _holders(position: Position, day: date) -> list[User]:
    rows = position.holdings.not_over(day).select_related("user")
    return [holding.user for holding in rows]


@transaction.atomic
def close_position(position: Position, *, last_day: date, actor: User, at: datetime) -> Position:
    """Let an office end, with whoever holds it."""
    require(why_not_manage_unit(position.unit, actor))
    position = lock(position)
    if position.valid_from and last_day < position.valid_from:
        refuse("last_day", f"Vị trí bắt đầu từ ngày {short_date(position.valid_from)}; ngày kết thúc phải từ ngày đó.")
    people = _holders(position, last_day + ONE_DAY)
    for holding in position.holdings.not_over(last_day + ONE_DAY):
        end_row(holding, last_day)
    end_row(position, last_day)
    sync_roles_of(people, on=day_of(at))
    sentence = f"bỏ vị trí {position.title} ({position.unit}) sau ngày {short_date(last_day)}"
    record(agency=position.unit.agency, actor=actor, at=at, sentence=sentence, unit=position.unit)
    return position


@transaction.atomic
def appoint(
    position: Position,
    *,
    person: User,
    valid_from: date,
    valid_to: date | None = None,
    basis: str = "",
    replace: bool = False,
    actor: User,
    at: datetime,
) -> PositionHolding:
    """The person holds the position from that day; with `replace`, who holds it now leaves the day before.

    Raises PermissionDenied (oneself, another agency, a closed account), ValidationError by field.
    """
    require(why_not_appoint(position, person, actor))
    position = lock(position)
    _check_appointment(position, person, valid_from, valid_to, basis)
    if replace:
        _end_others(position, person, valid_from, actor, at)
    holding = PositionHolding(
        position=position, user=person, valid_from=valid_from, valid_to=valid_to, basis=basis
    )  # fmt: skip
    save(holding)
    sync_roles(person, on=day_of(at))
    until = f" đến hết ngày {short_date(valid_to)}" if valid_to else ""
    source = f", theo {basis}" if basis else ""
    what = f"bổ nhiệm {person} giữ vị trí {position.title} ({position.unit})"
    _record_for(position, person, actor, at, f"{what} từ ngày {short_date(valid_from)}{until}{source}")
    return holding


def _check_appointment(position: Position, person: User, begin: date, end: date | None, basis: str) -> None:
    for place in (position, position.unit):
        if not place.is_in_force(begin):
            refuse("valid_from", f"{place} không hoạt động vào ngày {short_date(begin)}.")
    if not basis and DECIDING & {Role(role) for role in position.roles}:
        refuse("basis", "Vị trí có quyền phê duyệt phải ghi số quyết định bổ nhiệm.")
    held = PositionHolding.objects.filter(position=position, user=person).not_over(begin)
    if end:
        held = held.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=end))
    if held.exists():
        refuse("person", f"{person} đã giữ vị trí này trong thời gian đó.")


def _end_others(position: Position, person: User, begin: date, actor: User, at: datetime) -> None:
    for holding in position.holdings.in_force(begin).exclude(user=person):
        end_holding(holding, last_day=begin - ONE_DAY, actor=actor, at=at)


def _record_for(position: Position, person: User, actor: User, at: datetime, sentence: str) -> None:
    unit = position.unit
    record(agency=unit.agency, actor=actor, at=at, sentence=sentence, unit=unit, person=person)


@transaction.atomic
def end_holding(holding: PositionHolding, *, last_day: date, actor: User, at: datetime) -> None:
    """The person lays the position down after that day; an appointment that would not begin at all is taken out."""
    require(why_not_end_holding(holding, actor))
    holding = lock(holding)
    if holding.valid_to and holding.valid_to < last_day:
        refuse("last_day", f"Người này đã thôi giữ vị trí từ sau ngày {short_date(holding.valid_to)}.")
    position, person = holding.position, holding.user
    end_row(holding, last_day)
    sync_roles(person, on=day_of(at))
    sentence = f"cho {person} thôi giữ vị trí {position.title} ({position.unit}) sau ngày {short_date(last_day)}"
    _record_for(position, person, actor, at, sentence)


@transaction.atomic
def hand_over(
    person: User,
    *,
    last_day: date,
    heirs: Mapping[int, User | None],
    basis: str = "",
    actor: User,
    at: datetime,
) -> None:
    """Everything the person holds ends after that day; `heirs` names, by holding id, who takes it up the day after.

    Raises ValidationError where the person holds nothing then, or an heir may not have the position.
    """
    holdings = list(PositionHolding.objects.filter(user=person).not_over(last_day + ONE_DAY))
    if not holdings:
        raise ValidationError("Người này không còn giữ vị trí nào sau ngày đó.")
    for holding in holdings:
        position, heir = holding.position, heirs.get(holding.pk)
        end_holding(holding, last_day=last_day, actor=actor, at=at)
        if heir:
            appoint(position, person=heir, valid_from=last_day + ONE_DAY, basis=basis, actor=actor, at=at)
    for delegation in person.delegations_held.not_over(last_day + ONE_DAY):
        end_row(delegation, last_day)
    sync_roles(person, on=day_of(at))
