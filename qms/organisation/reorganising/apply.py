"""Carrying an order out, in one transaction, exactly as previewed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from qms.text import fold

from ..access import require
from ..actions.common import day_of, end_row, record, save
from ..actions.day import adopt_children
from ..actions.names import rename_unit
from ..actions.units import end_unit
from ..enums import ReorganisationKind
from ..models import (
    GroupMember,
    Position,
    PositionHolding,
    Reorganisation,
    Unit,
    UnitAlias,
    UnitSuccession,
    User,
)
from ..roles import sync_roles_of
from ..rules import why_not_manage
from .order import NewUnit, Order, PositionChange, Preview
from .preview import preview_reorganisation
from .registry import Heirs, move_open_work


@transaction.atomic
def apply_reorganisation(
    order: Order,
    *,
    decision_number: str,
    decision_date: date,
    note: str = "",
    fingerprint: str = "",
    actor: User,
    at: datetime,
) -> Reorganisation:
    """Do what the preview says. `fingerprint` is that of the preview the person saw.

    Raises PermissionDenied; ValidationError where the order cannot be applied or would now do something else.
    """
    require(why_not_manage(order.agency, actor))
    list(Unit.objects.select_for_update().filter(agency=order.agency).order_by("pk"))
    preview = preview_reorganisation(order)
    if preview.problems:
        raise ValidationError(list(preview.problems))
    if fingerprint and fingerprint != preview.fingerprint:
        raise ValidationError("Tổ chức vừa có thay đổi từ lúc xem trước. Xem lại rồi áp dụng.")
    decided = Reorganisation(
        agency=order.agency, kind=order.kind, decision_number=decision_number, decision_date=decision_date,
        effective_on=order.effective_on, note=note, changes=preview.sentences, actor=actor, at=at,
    )  # fmt: skip
    decided.full_clean(exclude=["changes"])
    decided.save()
    _carry_out(decided, preview, actor, at)
    record(agency=order.agency, actor=actor, at=at, sentence=f"{decided} ngày {decision_date:%d/%m/%Y}")
    return decided


def _carry_out(decided: Reorganisation, preview: Preview, actor: User, at: datetime) -> None:
    order = preview.order
    if order.kind == ReorganisationKind.RENAME:
        _rename(decided, order, actor, at)
        heirs: Heirs = {order.units[0].pk: (order.units[0],)}
    else:
        heirs = _restructure(decided, preview, at)
    move_open_work(decided, heirs)


def _rename(decided: Reorganisation, order: Order, actor: User, at: datetime) -> None:
    name = order.into[0]
    rename_unit(
        order.units[0], name=str(name), short_name=name.short_name, from_day=order.effective_on,
        reorganisation=decided, actor=actor, at=at,
    )  # fmt: skip


def _restructure(decided: Reorganisation, preview: Preview, at: datetime) -> Heirs:
    order = preview.order
    last_day = order.effective_on - timedelta(days=1)
    for unit in order.ends:
        end_row(unit, last_day)  # first, so that an heir may take over the name
    heirs = tuple(_found(order, heir) for heir in order.into)
    _pass_memberships(preview.memberships, order, heirs)
    _move_positions(preview.positions, dict(zip(order.into, heirs, strict=True)), decided)
    _copy_aliases(preview, heirs)
    _end_the_rest(preview, last_day)
    for unit in order.units:
        _succeed(decided, unit, heirs)
    adopt_children(on=day_of(at))
    sync_roles_of((user for change in preview.positions for user in change.holders), on=day_of(at))
    return {unit.pk: (unit, *heirs) if order.keeps_unit else heirs for unit in order.units}


def _end_the_rest(preview: Preview, last_day: date) -> None:
    for change in preview.positions:
        for row in (*change.holdings, change.position):
            end_row(row, last_day)
    for unit in preview.order.ends:
        end_unit(unit, last_day)


def _found(order: Order, heir: Unit | NewUnit) -> Unit:
    if isinstance(heir, Unit):
        return heir
    return save(
        Unit(
            agency=order.agency, kind=heir.kind, name=heir.name, short_name=heir.short_name,
            parent=heir.parent, order=heir.order, valid_from=order.effective_on,
        )
    )  # fmt: skip


def _pass_memberships(rows: Iterable[GroupMember], order: Order, heirs: tuple[Unit, ...]) -> None:
    for row in rows:
        for heir in heirs:
            group, member = (heir, row.member) if row.group in order.ends else (row.group, heir)
            _join(group, member, order.effective_on)


def _join(group: Unit, member: Unit, day: date) -> None:
    standing = GroupMember.objects.not_over(day).filter(group=group, member=member)
    if group != member and not standing.exists():
        save(GroupMember(group=group, member=member, valid_from=day))


def _move_positions(
    changes: Iterable[PositionChange], founded: Mapping[Unit | NewUnit, Unit], decided: Reorganisation
) -> None:
    """The office goes on in the heir with the same title and roles, and with whoever held it."""
    day = decided.effective_on
    for change in (change for change in changes if change.heir):
        old = change.position
        new = save(
            Position(unit=founded[change.heir], title=old.title, roles=old.roles, rank=old.rank, valid_from=day)
        )  # fmt: skip
        for holding in change.holdings:
            _move_holding(holding, new, decided)


def _move_holding(holding: PositionHolding, position: Position, decided: Reorganisation) -> None:
    begin = max(holding.valid_from or decided.effective_on, decided.effective_on)
    save(
        PositionHolding(
            position=position, user=holding.user, valid_from=begin, valid_to=holding.valid_to,
            basis=decided.decision_number,
        )
    )  # fmt: skip


def _copy_aliases(preview: Preview, heirs: tuple[Unit, ...]) -> None:
    """The ended unit keeps its own, for the days when it was there."""
    for text in preview.aliases:
        if not heirs[0].aliases.filter(folded=fold(text)[:200]).exists():
            save(UnitAlias(agency=preview.order.agency, unit=heirs[0], text=text))


def _succeed(decided: Reorganisation, unit: Unit, heirs: tuple[Unit, ...]) -> None:
    UnitSuccession.objects.bulk_create(
        UnitSuccession(reorganisation=decided, predecessor=unit, successor=heir) for heir in heirs or (None,)
    )
