"""What an order would do, found without writing."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from qms.text import short_date

from ..actions.names import check_name_free, why_no_new_name
from ..enums import ReorganisationKind, Role, UnitKind
from ..grants import LEADING
from ..models import Delegation, GroupMember, Position, PositionHolding, Unit, UnitAlias, User
from .order import NewUnit, Order, PositionChange, Preview
from .registry import open_work


def preview_reorganisation(order: Order) -> Preview:
    """Exactly what `apply_reorganisation` will do with this order, or why it cannot."""
    problems = tuple(_problems(order))
    if problems:
        return Preview(order, problems)
    if order.kind == ReorganisationKind.RENAME:
        return Preview(order, open_work=open_work(order))
    movable = tuple(_movable(order))
    positions = Preview(order, movable=movable).positions
    lost = tuple(_without_post(order, positions))
    return Preview(
        order,
        memberships=tuple(_memberships(order)),
        movable=movable,
        without_post=lost,
        children=tuple(_children(order)),
        aliases=tuple(_aliases(order)),
        open_work=open_work(order),
        hints=(*_unled(order, positions), *_idle_signers(order, lost)),
    )


def default_moves(order: Order) -> dict[int, int]:
    """Where there is one heir, everybody but the heads goes along; otherwise people must say."""
    if order.kind != ReorganisationKind.MERGE or len(order.into) != 1:
        return {}
    return {p.pk: 0 for p in _open_positions(order) if not LEADING & {Role(role) for role in p.roles}}


# What stands in the way


def _problems(order: Order) -> Iterator[str]:
    yield from _wrong_numbers(order)
    for unit in order.units:
        yield from _wrong_unit(order, unit)
    for heir in order.into:
        yield from _wrong_new(order, heir) if isinstance(heir, NewUnit) else _wrong_heir(order, heir)
    yield from _doubled_names(order)
    if order.ends and order.kind != ReorganisationKind.MERGE:
        for child in _children(order):
            yield f"{child} đang trực thuộc {child.parent}: chọn đơn vị cấp trên khác trước."


def _wrong_numbers(order: Order) -> Iterator[str]:
    units, heirs = len(order.units), len(order.into)
    fits = {
        ReorganisationKind.MERGE: heirs == 1 and units >= (2 if order.founds else 1),
        ReorganisationKind.SPLIT: units == 1 and heirs >= (1 if order.keeps_unit else 2),
        ReorganisationKind.RENAME: units == 1 and heirs == 1,
        ReorganisationKind.DISSOLVE: units >= 1 and heirs == 0,
    }
    if not fits[order.kind]:
        yield {
            ReorganisationKind.MERGE: "Chọn từ hai đơn vị, hoặc một đơn vị nhập vào đơn vị đang có.",
            ReorganisationKind.SPLIT: "Chọn một đơn vị và ghi từ hai đơn vị nhận; tách thì ghi từ một đơn vị mới.",
            ReorganisationKind.RENAME: "Chọn một đơn vị và ghi tên mới.",
            ReorganisationKind.DISSOLVE: "Chọn đơn vị giải thể.",
        }[order.kind]


def _wrong_unit(order: Order, unit: Unit) -> Iterator[str]:
    day = order.effective_on
    before = day - timedelta(days=1)
    if unit.agency_id != order.agency.pk:
        yield f"{unit} thuộc cơ quan khác."
    elif not unit.is_in_force(before) or not unit.is_in_force(day):
        yield f"{unit} phải đang hoạt động vào ngày {short_date(day)} và ngày trước đó."
    elif unit in order.into:
        yield f"{unit} vừa là đơn vị cũ vừa là đơn vị nhận."
    elif (unit.kind == UnitKind.GROUP) != (order.units[0].kind == UnitKind.GROUP):
        yield "Không sắp xếp nhóm đơn vị chung với đơn vị."
    elif order.kind == ReorganisationKind.RENAME and (why_not := why_no_new_name(unit, day)):
        yield why_not
    elif unit.coming_names.exists():
        yield f"{unit} đang chờ đổi tên theo một quyết định trước."


def _wrong_heir(order: Order, heir: Unit) -> Iterator[str]:
    if heir.agency_id != order.agency.pk or not heir.is_in_force(order.effective_on):
        yield f"{heir} không hoạt động vào ngày {short_date(order.effective_on)}."
    elif order.units and (heir.kind == UnitKind.GROUP) != (order.units[0].kind == UnitKind.GROUP):
        yield "Không sắp xếp nhóm đơn vị chung với đơn vị."


def _wrong_new(order: Order, heir: NewUnit) -> Iterator[str]:
    laid_down = order.units if order.kind == ReorganisationKind.RENAME else order.ends
    names = {unit.pk for unit in laid_down}
    try:
        check_name_free(order.agency, heir.name, begin=order.effective_on, end=None, but=names)
    except ValidationError:
        yield f"Đã có đơn vị mang tên {heir.name} vào ngày {short_date(order.effective_on)}."


def _doubled_names(order: Order) -> Iterator[str]:
    names = [str(heir) for heir in order.into]
    if len(set(names)) < len(names):
        yield "Các đơn vị nhận phải khác nhau."


# What will happen


def _memberships(order: Order) -> Iterable[GroupMember]:
    """Places in groups that pass to the heirs."""
    standing = GroupMember.objects.not_over(order.effective_on).select_related("group", "member")
    as_member = standing.filter(member__in=order.units)
    return [*as_member, *standing.filter(group__in=order.ends).exclude(member__in=order.units)]


def _open_positions(order: Order) -> Iterable[Position]:
    day = order.effective_on
    holdings = PositionHolding.objects.not_over(day).select_related("user")
    positions = Position.objects.not_over(day).filter(unit__in=order.units).select_related("unit")
    return positions.prefetch_related(Prefetch("holdings", holdings, to_attr="standing")).order_by("unit", "rank", "pk")


def _movable(order: Order) -> Iterator[PositionChange]:
    for position in _open_positions(order):
        index = order.moves.get(position.pk)
        heir = order.into[index] if index is not None and 0 <= index < len(order.into) else None
        yield PositionChange(position, tuple(position.standing), heir)


def _without_post(order: Order, positions: tuple[PositionChange, ...]) -> Iterator[User]:
    losers = {user.pk: user for change in positions if change.heir is None for user in change.holders}
    gone = [change.position.pk for change in positions if change.heir is None]
    others = PositionHolding.objects.effective(order.effective_on).exclude(position__in=gone)
    keep = set(others.filter(user__in=losers).values_list("user_id", flat=True))
    moved = {user.pk for change in positions if change.heir for user in change.holders}
    return (user for pk, user in losers.items() if pk not in keep | moved)


def _children(order: Order) -> Iterable[Unit]:
    below = Unit.objects.not_over(order.effective_on).filter(parent__in=order.ends)
    return below.exclude(pk__in=[unit.pk for unit in order.units]).select_related("parent")


def _aliases(order: Order) -> list[str]:
    """Other ways to write the ended units; they mean the heir where there is only one."""
    if len(order.into) != 1 or not order.ends:
        return []
    rows = UnitAlias.objects.filter(unit__in=order.ends)
    return list(dict.fromkeys(rows.order_by("text").values_list("text", flat=True)))


def _unled(order: Order, positions: tuple[PositionChange, ...]) -> Iterator[str]:
    led = {change.heir for change in positions if change.heir and LEADING & {Role(r) for r in change.position.roles}}
    for new in order.founds:
        if new not in led and new.kind != UnitKind.GROUP:
            yield f"Lập vị trí và bổ nhiệm người phụ trách {new}."


def _idle_signers(order: Order, lost: tuple[User, ...]) -> Iterator[str]:
    rows = Delegation.objects.not_over(order.effective_on).filter(delegate__in=lost).select_related("delegate")
    return (f"Chấm dứt ủy nhiệm ký {row.form}. của {row.delegate}, người không còn vị trí." for row in rows)
