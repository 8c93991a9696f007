"""Writes about units, their groups and the other ways to write their names."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from qms.text import fold, one_line, short_date

from ..access import require
from ..enums import UnitKind
from ..models import Agency, GroupMember, PositionHolding, Unit, UnitAlias, User
from ..roles import sync_roles_of
from ..rules import why_not_manage, why_not_manage_unit
from .common import ONE_DAY, day_of, end_row, lock, record, refuse, save
from .names import check_name_free

EDITABLE = frozenset({"kind", "name", "short_name", "parent", "order"})


@transaction.atomic
def create_unit(
    *,
    agency: Agency,
    kind: UnitKind | str,
    name: str,
    short_name: str = "",
    parent: Unit | None = None,
    valid_from: date | None = None,
    order: int = 100,
    actor: User,
    at: datetime,
) -> Unit:
    """A new unit. Raises ValidationError by field."""
    require(why_not_manage(agency, actor))
    unit = Unit(
        agency=agency, kind=kind, name=name, short_name=short_name, parent=parent, valid_from=valid_from, order=order
    )
    _check_parent(unit)
    check_name_free(agency, name, begin=valid_from, end=None, but=set())
    save(unit)
    since = f" từ ngày {short_date(valid_from)}" if valid_from else ""
    record(agency=agency, actor=actor, at=at, sentence=f"tạo đơn vị {name}{since}", unit=unit)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, changes: dict[str, Any], actor: User, at: datetime) -> Unit:
    """Correct a unit's entry. Another name by decision is `rename_unit`, which keeps the old one."""
    require(why_not_manage_unit(unit, actor))
    unit = lock(unit)
    for field in EDITABLE & changes.keys():
        setattr(unit, field, changes[field])
    _check_parent(unit)
    check_name_free(unit.agency, unit.name, begin=unit.valid_from, end=unit.valid_to, but={unit.pk})
    save(unit)
    record(agency=unit.agency, actor=actor, at=at, sentence=f"sửa thông tin đơn vị {unit.name}", unit=unit)
    return unit


def _check_parent(unit: Unit) -> None:
    above = unit.parent
    if above and above.agency_id != unit.agency_id:
        refuse("parent", "Đơn vị cấp trên thuộc cơ quan khác.")
    while above:
        if above.pk == unit.pk:
            refuse("parent", "Đơn vị không thể nằm dưới chính mình.")
        above = above.parent


@transaction.atomic
def close_unit(unit: Unit, *, last_day: date, actor: User, at: datetime) -> Unit:
    """Let a unit end without a successor, with its positions and memberships (a team whose work is done).

    Raises ValidationError where units below it go on.
    """
    require(why_not_manage_unit(unit, actor))
    unit = lock(unit)
    below = Unit.objects.filter(parent=unit).not_over(last_day + ONE_DAY)
    if below.exists():
        names = ", ".join(below.values_list("name", flat=True))
        raise ValidationError(f"Còn đơn vị trực thuộc đang hoạt động: {names}.")
    if unit.valid_from and last_day < unit.valid_from:
        refuse("last_day", f"Đơn vị bắt đầu từ ngày {short_date(unit.valid_from)}; ngày kết thúc phải từ ngày đó.")
    people = end_unit(unit, last_day)
    sync_roles_of(people, on=day_of(at))
    sentence = f"kết thúc đơn vị {unit.name}, hoạt động đến hết ngày {short_date(last_day)}"
    record(agency=unit.agency, actor=actor, at=at, sentence=sentence, unit=unit)
    return unit


def end_unit(unit: Unit, last_day: date) -> list[User]:
    """End a unit and everything that hangs on it; the people whose roles change. Asks and records nothing."""
    holdings = PositionHolding.objects.filter(position__unit=unit).not_over(last_day + ONE_DAY)
    people = [holding.user for holding in holdings.select_related("user")]
    for row in [*holdings, *unit.positions.all(), *unit.memberships.all(), *unit.group_memberships.all()]:
        end_row(row, last_day)
    end_row(unit, last_day)
    return people


@transaction.atomic
def reopen_unit(unit: Unit, *, actor: User, at: datetime) -> Unit:
    """Take back the end of a unit that nobody followed. Its positions stay ended."""
    require(why_not_manage_unit(unit, actor))
    unit = lock(unit)
    if unit.succeeded_by.exists():
        raise ValidationError("Đơn vị đã kết thúc theo một quyết định sắp xếp tổ chức, không mở lại được.")
    check_name_free(unit.agency, unit.name, begin=unit.valid_from, end=None, but={unit.pk})
    unit.valid_to = None
    save(unit)
    record(agency=unit.agency, actor=actor, at=at, sentence=f"mở lại đơn vị {unit.name}", unit=unit)
    return unit


@transaction.atomic
def set_members(group: Unit, *, members: Iterable[Unit], from_day: date, actor: User, at: datetime) -> Unit:
    """From that day the group has exactly these members; who leaves was one until the day before."""
    require(why_not_manage_unit(group, actor))
    group = lock(group)
    wanted = {unit.pk: unit for unit in members}
    if any(unit.agency_id != group.agency_id or unit.pk == group.pk for unit in wanted.values()):
        refuse("members", "Chọn đơn vị khác của cùng cơ quan.")
    standing = {row.member_id: row for row in group.memberships.not_over(from_day)}
    for row in (row for pk, row in standing.items() if pk not in wanted):
        end_row(row, from_day - ONE_DAY)
    for member in (unit for pk, unit in wanted.items() if pk not in standing):
        save(GroupMember(group=group, member=member, valid_from=from_day))
    sentence = f"đặt thành viên của {group.name} từ ngày {short_date(from_day)}: {len(wanted)} đơn vị"
    record(agency=group.agency, actor=actor, at=at, sentence=sentence, unit=group)
    return group


@transaction.atomic
def set_aliases(unit: Unit, *, texts: Iterable[str], actor: User, at: datetime) -> Unit:
    """The other ways to write a unit are exactly these. Raises ValidationError where another unit is meant by one."""
    require(why_not_manage_unit(unit, actor))
    wanted = {fold(text): text for text in map(one_line, texts) if text}
    taken = _bearers(unit, wanted).first()
    if taken:
        refuse("texts", f"“{taken.text}” đang chỉ {taken.unit}.")
    unit.aliases.exclude(folded__in=wanted).delete()
    known = set(unit.aliases.values_list("folded", flat=True))
    for folded in wanted.keys() - known:
        save(UnitAlias(agency=unit.agency, unit=unit, text=wanted[folded]))
    record(agency=unit.agency, actor=actor, at=at, sentence=f"sửa cách viết khác của {unit.name}", unit=unit)
    return unit


@transaction.atomic
def learn_alias(unit: Unit, *, text: str) -> UnitAlias:
    """From now on these words mean that unit, and no other that is still there.

    For rooms where people say what a plan's words mean; they ask their own rules first.
    """
    text = one_line(text)
    _bearers(unit, [fold(text)]).delete()
    known = unit.aliases.filter(folded=fold(text)).first()
    return known or save(UnitAlias(agency=unit.agency, unit=unit, text=text))


def _bearers(unit: Unit, folded: Iterable[str]):
    """The aliases of other units that would be read at the same time; those of an ended predecessor may stay."""
    others = UnitAlias.objects.filter(agency=unit.agency, folded__in=[text[:200] for text in folded])
    beside = Unit.objects.not_over(unit.valid_from) if unit.valid_from else Unit.objects.all()
    return others.exclude(unit=unit).filter(unit__in=beside).select_related("unit")
