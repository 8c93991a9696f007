"""What a message speaks of, told to this room by the rooms above: each in its `subjects.py`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


def _no_address(pk: int, user_id: int) -> str:
    return ""


@dataclass(frozen=True)
class Subject:
    """`still_matters(ids)`: which of these still need telling; the others stay out of the mail.

    `address(id, user_id)`: the link for that person in a mail, a path of this site; without it the message's own.
    """

    still_matters: Callable[[Collection[int]], set[int]]
    address: Callable[[int, int], str] = _no_address


_subjects: dict[str, Subject] = {}


def register(name: str, subject: Subject) -> None:
    """From now on `Message.about == name` is understood."""
    _subjects[name] = subject


def subject_of(name: str) -> Subject | None:
    """What was registered under that name."""
    return _subjects.get(name)
