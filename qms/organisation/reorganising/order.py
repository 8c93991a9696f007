"""What a decision orders, and what comes of it: plain data, made without writing anything."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from qms.text import short_date

from ..enums import ReorganisationKind, UnitKind
from ..models import Agency, GroupMember, Position, PositionHolding, Unit, User


@dataclass(frozen=True)
class NewUnit:
    """A unit that the decision founds."""

    name: str
    kind: UnitKind = UnitKind.DIVISION
    short_name: str = ""
    parent: Unit | None = None
    order: int = 100

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Order:
    """The decision: `units` become `into` on `effective_on`.

    Merging: several units, one heir. Splitting: one unit, several heirs; with `keeps_unit` it goes on beside them.
    Renaming: one unit, one NewUnit that bears the name. Dissolving: no heirs. An heir may exist already.
    `moves` says, by position id, which heir (index in `into`) takes a position over; the others end.
    """

    agency: Agency
    kind: ReorganisationKind
    effective_on: date
    units: tuple[Unit, ...]
    into: tuple[Unit | NewUnit, ...] = ()
    keeps_unit: bool = False
    moves: Mapping[int, int] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[Unit, ...]:
        """The units that are gone afterwards."""
        goes_on = self.kind == ReorganisationKind.RENAME or self.keeps_unit
        return () if goes_on else self.units

    @property
    def founds(self) -> tuple[NewUnit, ...]:
        """The units that are new."""
        renames = self.kind == ReorganisationKind.RENAME
        return () if renames else tuple(heir for heir in self.into if isinstance(heir, NewUnit))


@dataclass(frozen=True)
class OpenWork:
    """Something of an upper room that a reorganisation touches: what, what becomes of it, and where to see it."""

    label: str
    becomes: str
    url: str = ""


@dataclass(frozen=True)
class PositionChange:
    """A position of a unit that ends or splits, who holds it, and the heir that takes it over (None: it ends)."""

    position: Position
    holdings: tuple[PositionHolding, ...]
    heir: Unit | NewUnit | None

    @property
    def holders(self) -> list[User]:
        """Each person once."""
        return list({holding.user_id: holding.user for holding in self.holdings}.values())

    @property
    def who(self) -> str:
        """Their names."""
        return ", ".join(map(str, self.holders))


@dataclass(frozen=True)
class Preview:
    """Exactly what applying the order will do. With `problems` it cannot be applied; `hints` are left for people;
    `movable` are all positions for which somebody may say where they go.
    """

    order: Order
    problems: tuple[str, ...] = ()
    memberships: tuple[GroupMember, ...] = ()
    movable: tuple[PositionChange, ...] = ()
    without_post: tuple[User, ...] = ()
    children: tuple[Unit, ...] = ()
    aliases: tuple[str, ...] = ()
    open_work: tuple[OpenWork, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def positions(self) -> tuple[PositionChange, ...]:
        """What happens to positions: those that stay in a unit that goes on are left out."""
        return tuple(change for change in self.movable if change.heir or not self.order.keeps_unit)

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """What happens to units, to their places in groups, and to names, in words under headings."""
        heir = self.order.into[0] if self.order.into else None
        day = short_date(self.order.effective_on)
        names = [f"“{text}” từ ngày {day} được hiểu là {heir}" for text in self.aliases]
        below = [f"{child} chuyển về trực thuộc {heir}" for child in self.children]
        groups = _membership_sentences(self.order, self.memberships)
        parts = [("Đơn vị", _unit_sentences(self.order) + below), ("Nhóm", groups), ("Cách viết khác", names)]
        return [(heading, sentences) for heading, sentences in parts if sentences]

    @property
    def sentences(self) -> list[str]:
        """All of it in words: kept with the decision, and compared when it is applied."""
        return [
            *(sentence for _, sentences in self.parts for sentence in sentences),
            *map(_position_sentence, self.positions),
            *(f"{person} không còn vị trí nào" for person in self.without_post),
            *(f"{work.label}: {work.becomes}" for work in self.open_work),
        ]

    @property
    def fingerprint(self) -> str:
        """Two previews that would do the same have the same one."""
        facts = [self.order.kind, self.order.effective_on.isoformat(), *self.sentences]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _membership_sentences(order: Order, rows: Iterable[GroupMember]) -> list[str]:
    """One sentence per group, naming all members concerned."""
    heirs = ", ".join(map(str, order.into))
    by_group: dict[Unit, list[str]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(str(row.member))
    return [_group_sentence(order, group, ", ".join(members), heirs) for group, members in by_group.items()]


def _group_sentence(order: Order, group: Unit, members: str, heirs: str) -> str:
    if group in order.ends:
        return (
            f"Thành viên của {group} ({members}) vào {heirs}" if heirs else f"{group} không còn thành viên ({members})"
        )
    if not heirs:
        return f"{members} rời {group}"
    return f"{heirs} vào {group} cùng {members}" if order.keeps_unit else f"{heirs} thay {members} trong {group}"


def _unit_sentences(order: Order) -> list[str]:
    day = short_date(order.effective_on)
    if order.kind == ReorganisationKind.RENAME:
        return [f"{order.units[0]} đổi tên thành {order.into[0]} từ ngày {day}"] if order.units and order.into else []
    last = short_date(order.effective_on - timedelta(days=1))
    ended = [f"{unit} hoạt động đến hết ngày {last}" for unit in order.ends]
    founded = [f"{new} được thành lập từ ngày {day}" for new in order.founds]
    return [*ended, *founded]


def _position_sentence(change: PositionChange) -> str:
    who = f" ({change.who})" if change.holdings else " (chưa có người giữ)"
    place = f"{change.position.title}, {change.position.unit}{who}"
    return f"{place}: chuyển sang {change.heir}" if change.heir else f"{place}: kết thúc"
