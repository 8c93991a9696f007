"""What a timing phrase means, as plain data.

`Timing.to_json` is the published form of `manage.py parse_timing`; `to_storage` carries everything, for a JSON column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class TimingKind(StrEnum):
    """How a phrase binds the work to the calendar."""

    WINDOW = "window"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    EVENT = "event"
    AFTER_TASK = "after_task"
    EXTERNAL = "external"
    CONDITIONAL = "conditional"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    TimingKind.WINDOW: "Thời hạn cố định",
    TimingKind.RECURRING: "Định kỳ",
    TimingKind.CONTINUOUS: "Thường xuyên",
    TimingKind.EVENT: "Khi có sự kiện",
    TimingKind.AFTER_TASK: "Theo việc khác",
    TimingKind.EXTERNAL: "Theo cơ quan khác",
    TimingKind.CONDITIONAL: "Tùy trường hợp",
    TimingKind.UNKNOWN: "Chưa rõ",
}


class OffsetUnit(StrEnum):
    """The unit in which a relative deadline counts."""

    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    OffsetUnit.DAY: "ngày",
    OffsetUnit.WORKING_DAY: "ngày làm việc",
    OffsetUnit.WEEK: "tuần",
    OffsetUnit.MONTH: "tháng",
    OffsetUnit.YEAR: "năm",
}


@dataclass(frozen=True, order=True)
class Window:
    """From `start` (None: from whenever) to the last good day `due`, both included."""

    start: date | None
    due: date

    def to_json(self) -> dict[str, str | None]:
        return {"start": self.start.isoformat() if self.start else None, "due": self.due.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Window":
        start = data.get("start")
        return cls(date.fromisoformat(start) if start else None, date.fromisoformat(data["due"]))


@dataclass(frozen=True)
class Offset:
    """So many units after the event (before it when `amount` is negative)."""

    amount: int
    unit: OffsetUnit

    @property
    def label(self) -> str:
        """ "30 ngày làm việc", without the direction."""
        return f"{abs(self.amount)} {self.unit.label}"

    def to_json(self) -> dict[str, Any]:
        return {"amount": self.amount, "unit": self.unit.value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Offset":
        return cls(int(data["amount"]), OffsetUnit(data["unit"]))


@dataclass(frozen=True)
class Timing:
    """The meaning of one timing phrase.

    `text` is the phrase as written (NFC). `occurrences` are the windows it names; `offset` belongs to `event` and
    `after_task`. A `conditional` lists its `branches` and repeats their windows and their first offset, so that a
    reader of the top level misses nothing. `exclusive`: the phrase said "trước", so each due day is the day before
    the one written. `trigger` holds the words of the event, the other task or the other body; `condition` those of
    a branch; `reasons` say in Vietnamese why a person must confirm.
    """

    text: str
    kind: TimingKind
    occurrences: tuple[Window, ...] = ()
    offset: Offset | None = None
    needs_confirmation: bool = False
    branches: tuple["Timing", ...] = ()
    trigger: str = ""
    condition: str = ""
    reasons: tuple[str, ...] = ()
    exclusive: bool = False

    @property
    def last_due(self) -> date | None:
        """The latest day among the windows, None without one."""
        return max((window.due for window in self.occurrences), default=None)

    def to_json(self) -> dict[str, Any]:
        """The published object (DESIGN.md §11), exactly these keys."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "occurrences": [window.to_json() for window in self.occurrences],
            "offset": self.offset.to_json() if self.offset else None,
            "needs_confirmation": self.needs_confirmation,
            "branches": [branch.to_json() for branch in self.branches],
        }

    def to_storage(self) -> dict[str, Any]:
        """All fields, JSON-able; `from_storage` gives an equal object back."""
        return self.to_json() | {
            "branches": [branch.to_storage() for branch in self.branches],
            "trigger": self.trigger,
            "condition": self.condition,
            "reasons": list(self.reasons),
            "exclusive": self.exclusive,
        }

    @classmethod
    def from_storage(cls, data: Mapping[str, Any]) -> "Timing":
        """Reads `to_storage` and `to_json`. KeyError or ValueError when `data` is neither."""
        offset = data.get("offset")
        return cls(
            text=data["text"],
            kind=TimingKind(data["kind"]),
            occurrences=tuple(Window.from_json(window) for window in data.get("occurrences", ())),
            offset=Offset.from_json(offset) if offset else None,
            needs_confirmation=bool(data.get("needs_confirmation", False)),
            branches=tuple(cls.from_storage(branch) for branch in data.get("branches", ())),
            trigger=data.get("trigger", ""),
            condition=data.get("condition", ""),
            reasons=tuple(data.get("reasons", ())),
            exclusive=bool(data.get("exclusive", False)),
        )
