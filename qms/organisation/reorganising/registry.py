"""Upper rooms say here what a reorganisation does to their open work.

on_reorganisation(preview=tasks_touched, apply=move_tasks)   # in AppConfig.ready()
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..models import Reorganisation, Unit
from .order import OpenWork, Order

Heirs = Mapping[int, tuple[Unit, ...]]  # predecessor id → the units that follow it (itself first where it goes on)


@dataclass(frozen=True)
class Room:
    """`preview` lists what would be touched and writes nothing; `apply` does exactly that, inside the transaction."""

    preview: Callable[[Order], list[OpenWork]]
    apply: Callable[[Reorganisation, Heirs], None]


_rooms: list[Room] = []


def on_reorganisation(
    *, preview: Callable[[Order], list[OpenWork]], apply: Callable[[Reorganisation, Heirs], None]
) -> Room:
    """Ask that room from now on."""
    room = Room(preview, apply)
    if room not in _rooms:
        _rooms.append(room)
    return room


def forget_room(room: Room) -> None:
    """Ask it no longer."""
    _rooms.remove(room)


def open_work(order: Order) -> tuple[OpenWork, ...]:
    """What all rooms would do."""
    return tuple(work for room in _rooms for work in room.preview(order))


def move_open_work(reorganisation: Reorganisation, heirs: Heirs) -> None:
    """Let all rooms do it."""
    for room in _rooms:
        room.apply(reorganisation, heirs)
