"""What a message speaks of, told to this room by the rooms above: each in its `subjects.py`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """`still_matters(ids)`: which of these need no telling any more are left out; `address(id, user_id)`: the link for

    that person in a mail, a path of this site.
    """

    still_matters: Callable[[Collection[int]], set[int]]
    address: Callable[[int, int], str]


_subjects: dict[str, Subject] = {}


def register(name: str, subject: Subject) -> None:
    """From now on `Message.about == name` is understood."""
    _subjects[name] = subject


def subject_of(name: str) -> Subject | None:
    """What was registered under that name."""
    return _subjects.get(name)
