"""What was worked out once and is the same for ever, kept by everything it was made of."""

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")
_NOTHING = object()
_STEADY = (str, int, float, bool, date, type(None))


class Kept(Generic[Thing]):
    """Things by their keys, in the memory of this process. A key holds everything that its thing depends on.

    When `size` things are kept they are forgotten all at once, which costs no more than to make them again.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._things: dict[Hashable, Thing] = {}

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What `make()` gave the first time. Two threads may both make it; they make the same."""
        found = self._things.get(key, _NOTHING)  # type: ignore[arg-type]
        return self._keep(key, make()) if found is _NOTHING else found  # type: ignore[return-value]

    def _keep(self, key: Hashable, thing: Thing) -> Thing:
        if len(self._things) >= self.size:
            self._things.clear()
        self._things[key] = thing
        return thing


def refuse_unsteady(value: Any) -> None:
    """TypeError unless equal values of this kind look alike for ever.

    Safe markup is refused too: it equals the same words unsafe, and would be shown in their place. So are decimals: 1.0
    equals 1.00.
    """
    if type(value) in (tuple, frozenset):
        parts: list[Any] = list(value)
    elif is_dataclass(value) and type(value) is not type:
        parts = [getattr(value, field.name) for field in fields(value)]
    elif type(value) in _STEADY or isinstance(value, Enum):
        parts = []
    else:
        raise TypeError(f"not a value to remember: {value!r}")
    for part in parts:
        refuse_unsteady(part)
