"""The lists of this room: units as a tree, people, positions; searched, filtered, ordered, and the same for Excel."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from qms.lists import searched
from qms.marks import Mark
from qms.text import short_date

from .enums import Role, UnitKind
from .grants import LEADING
from .models import (
    Agency,
    ComingUnitName,
    Delegation,
    FormerUnitName,
    GroupMember,
    Position,
    PositionHolding,
    Unit,
    User,
)
from .selectors import searched_text


def period_mark(row: Any, on: date) -> Mark | None:
    """What is worth saying about a dated row: it has ended, will end, or has not begun."""
    if row.valid_to and row.valid_to < on:
        return Mark("dormant", "", f"đến hết {short_date(row.valid_to)}")
    if row.valid_from and row.valid_from > on:
        return Mark("active", "◌", f"từ {short_date(row.valid_from)}")
    if row.valid_to:
        return Mark("soon", "", f"chỉ đến hết {short_date(row.valid_to)}")
    return None


# Units


@dataclass
class UnitRow:
    """A unit in the tree: how deep, under which name that day, who leads it, how many people it has."""

    unit: Unit
    name: str
    depth: int = 0
    heads: list[str] = field(default_factory=list)
    people: int = 0
    coming: str = ""
    mark: Mark | None = None
    heading: str = ""


def filtered_units(agency: Agency, asked: Mapping[str, str], *, on: date) -> QuerySet[Unit]:
    """The units that fit `q` (all its words) and `loai`; of that day, or of all times with `xem=tat-ca`."""
    members = GroupMember.objects.in_force(on).filter(group=OuterRef("pk")).order_by().values("group")
    count = Coalesce(Subquery(members.annotate(count=Count("pk")).values("count")), 0)
    units = Unit.objects.filter(agency=agency).select_related("parent").annotate(member_count=count)
    if asked.get("xem") != "tat-ca":
        units = units.in_force(on)
    units = searched(units, asked.get("q", ""))
    kind = asked.get("loai", "")
    return units.filter(kind=kind) if kind in UnitKind.values else units


def unit_rows(agency: Agency, units: Iterable[Unit], *, on: date) -> list[UnitRow]:
    """The units in the order of the tree, with names and people of that day. Three queries beside the units."""
    former, coming = _names_on(agency, on)
    staff = _staff(agency, on)
    rows: list[UnitRow] = []
    kind = ""
    for depth, unit in _as_tree(units):
        holdings = staff[unit.pk]
        people = len({holding.user_id for holding in holdings})
        name, soon = former.get(unit.pk, unit.name), coming.get(unit.pk, "")
        heading = unit.get_kind_display() if depth == 0 and unit.kind != kind else ""
        kind = unit.kind if depth == 0 else kind
        rows.append(UnitRow(unit, name, depth, _heads(unit, holdings), people, soon, period_mark(unit, on), heading))
    return rows


def _heads(unit: Unit, holdings: list[PositionHolding]) -> list[str]:
    """Who leads the unit; in a committee, where offices carry no roles, whoever stands first."""
    leading = [h.user.full_name for h in holdings if LEADING & set(h.position.roles)]
    first = [h.user.full_name for h in holdings[:1]] if unit.kind == UnitKind.COMMITTEE else []
    return leading or first


def _names_on(agency: Agency, on: date) -> tuple[dict[int, str], dict[int, str]]:
    """Names that differ from the present ones that day, and names that wait."""
    former = FormerUnitName.objects.filter(unit__agency=agency, used_until__gte=on).order_by("-used_until")
    names = {row.unit_id: row.name for row in former}
    coming = {}
    for row in ComingUnitName.objects.filter(unit__agency=agency):
        if row.used_from <= on:
            names[row.unit_id] = row.name
        else:
            coming[row.unit_id] = f"{row.name} từ {short_date(row.used_from)}"
    return names, coming


def _staff(agency: Agency, on: date) -> dict[int, list[PositionHolding]]:
    held = PositionHolding.objects.effective(on).filter(position__unit__agency=agency)
    by_unit: dict[int, list[PositionHolding]] = defaultdict(list)
    for holding in held.select_related("position", "user").order_by("position__rank", "pk"):
        by_unit[holding.position.unit_id].append(holding)
    return by_unit


def _as_tree(units: Iterable[Unit]) -> Iterator[tuple[int, Unit]]:
    """(depth, unit), kind by kind; a unit whose superior is not in the list stands at the root."""
    listed = list(units)
    known = {unit.pk for unit in listed}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in listed:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    order = list(UnitKind.values)
    roots = sorted(below[None], key=lambda unit: order.index(unit.kind))
    yield from _branch(roots, below, 0)


def _branch(units: list[Unit], below: dict[int | None, list[Unit]], depth: int) -> Iterator[tuple[int, Unit]]:
    for unit in units:
        yield depth, unit
        yield from _branch(below[unit.pk], below, depth + 1)


UNIT_HEADINGS = (
    "Đơn vị", "Tên viết tắt", "Loại", "Đơn vị cấp trên", "Phụ trách", "Số người", "Từ ngày", "Đến hết ngày",
)  # fmt: skip


def unit_excel_rows(rows: Iterable[UnitRow]) -> Iterator[tuple[Any, ...]]:
    """One row per unit under `UNIT_HEADINGS`."""
    for row in rows:
        unit = row.unit
        above = unit.parent.name if unit.parent else ""
        yield (
            row.name, unit.short_name, unit.get_kind_display(), above, ", ".join(row.heads), row.people,
            unit.valid_from, unit.valid_to,
        )  # fmt: skip


# People

PEOPLE_ORDERS = {"ten": ("sort_name", "pk"), "-ten": ("-sort_name", "pk")}
STATES = (("", "Đang hoạt động"), ("ngung", "Đã ngừng"), ("chua-vi-tri", "Chưa có vị trí"), ("tat-ca", "Tất cả"))


def filtered_people(agency: Agency, asked: Mapping[str, str], *, on: date, reader: User) -> QuerySet[User]:
    """The people that fit `q` as far as the reader may look, `don_vi`, `vai_tro` and `xem`."""
    people = User.objects.filter(agency=agency).alias(said=searched_text(reader))
    people = searched(people, asked.get("q", ""), column="said")
    held = PositionHolding.objects.effective(on).filter(user=OuterRef("pk"))
    unit, role = asked.get("don_vi", ""), asked.get("vai_tro", "")
    if unit.isdecimal():
        people = people.filter(Exists(held.filter(position__unit=int(unit[:15]))))
    if role in Role.values:
        people = people.filter(_has_role(held, role, on))
    return _in_state(people, held, asked.get("xem", ""))


def _has_role(held: QuerySet, role: str, on: date) -> Exists | Q:
    if role == Role.SIGNER:
        return Exists(Delegation.objects.in_force(on).filter(delegate=OuterRef("pk")))
    with_text = held.annotate(role_text=Cast("position__roles", TextField()))
    return Exists(with_text.filter(role_text__contains=f'"{role}"'))


def _in_state(people: QuerySet[User], held: QuerySet, state: str) -> QuerySet[User]:
    if state == "tat-ca":
        return people
    if state == "ngung":
        return people.filter(is_active=False)
    active = people.filter(is_active=True)
    return active.filter(~Exists(held)) if state == "chua-vi-tri" else active


def listed_people(people: QuerySet[User], order: str, *, on: date) -> QuerySet[User]:
    """In the asked order, each with `current_holdings` and `signing_form` (of the delegation held, if any)."""
    holdings = PositionHolding.objects.effective(on).select_related("position__unit").order_by("position__rank", "pk")
    delegations = Delegation.objects.in_force(on).filter(delegate=OuterRef("pk")).order_by("-valid_from")
    listed = people.annotate(signing_form=Subquery(delegations.values("form")[:1]))
    return listed.order_by(*PEOPLE_ORDERS.get(order, PEOPLE_ORDERS["ten"])).prefetch_related(
        Prefetch("holdings", holdings, to_attr="current_holdings")
    )


PEOPLE_HEADINGS = (
    "Họ và tên", "Vị trí", "Đơn vị", "Vai trò", "Đang hoạt động", "Tên đăng nhập", "Thư điện tử", "Điện thoại",
    "Đăng nhập gần nhất",
)  # fmt: skip
_PUBLIC_PEOPLE_COLUMNS = 5


def people_excel(people: Iterable[User], *, inside: bool) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Headings, and one row per person; the account and how to reach the person only for those `inside`."""
    width = len(PEOPLE_HEADINGS) if inside else _PUBLIC_PEOPLE_COLUMNS
    return PEOPLE_HEADINGS[:width], (_people_row(person)[:width] for person in people)


def _people_row(person: User) -> tuple[Any, ...]:
    holdings = person.current_holdings
    return (
        person.full_name, "\n".join(h.position.title for h in holdings),
        "\n".join(h.position.unit.name for h in holdings), ", ".join(role_words(person)), person.is_active,
        person.username, person.email, person.phone, person.last_login,
    )  # fmt: skip


def role_words(person: User) -> list[str]:
    """The roles of a listed person, each once."""
    labels = [label for holding in person.current_holdings for label in holding.position.role_labels]
    signing = [f"ký {person.signing_form}."] if person.signing_form else []
    return list(dict.fromkeys(labels + signing))


# Positions


def listed_positions(agency: Agency, asked: Mapping[str, str], *, on: date) -> QuerySet[Position]:
    """The agency's positions that fit `q`, `don_vi`, `vai_tro`, `xem`, each with `current_holdings`."""
    positions = Position.objects.filter(unit__agency=agency).select_related("unit")
    if asked.get("xem") != "tat-ca":
        positions = positions.not_over(on).filter(unit__in=Unit.objects.not_over(on))
    unit, role = asked.get("don_vi", ""), asked.get("vai_tro", "")
    if unit.isdecimal():
        positions = positions.filter(unit=int(unit[:15]))
    if role in Role.values:
        positions = positions.annotate(role_text=Cast("roles", TextField())).filter(role_text__contains=f'"{role}"')
    if asked.get("xem") == "trong":
        positions = positions.filter(~Exists(PositionHolding.objects.in_force(on).filter(position=OuterRef("pk"))))
    holdings = PositionHolding.objects.in_force(on).select_related("user").order_by("pk")
    return positions.order_by("unit__order", "unit__name", "rank", "title", "pk").prefetch_related(
        Prefetch("holdings", holdings, to_attr="current_holdings")
    )
