"""Short words for the screen about what a row means: its timing, its units."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qms.deadlines import Timing, TimingKind, WorkingCalendar, explain, parse_timing
from qms.organisation.naming import UnitDirectory
from qms.text import fold, one_line, short_date

from .models import Task


@dataclass(frozen=True)
class Note:
    """A few words beside a text; `tone` as in docs/giao-dien.md."""

    tone: str
    text: str


@dataclass(frozen=True)
class Meaning:
    """What a timing phrase means. `asks`: a person must confirm the reading; `unknown`: nothing was understood."""

    text: str
    sentence: str
    asks: bool
    unknown: bool

    @property
    def tone(self) -> str:
        return "soon" if self.asks or self.unknown else "dormant"


def meaning_of(text: str, *, year: int, calendar: WorkingCalendar | None = None) -> Meaning | None:
    """The meaning of a phrase in a plan of that year, None for an empty one."""
    if not text:
        return None
    timing = parse_timing(text, year=year)
    unknown = timing.kind == TimingKind.UNKNOWN
    return Meaning(text, explain(timing, calendar), timing.needs_confirmation and not unknown, unknown)


def short_meaning(task: Task) -> Note | None:
    """The timing of a row in three or four words."""
    if not task.timing_text:
        return None
    timing = task.timing
    if timing.kind == TimingKind.UNKNOWN:
        return None if task.timing_confirmed else Note("soon", "chưa rõ thời gian")
    if timing.needs_confirmation and not task.timing_confirmed:
        return Note("soon", "cần xác nhận")
    return Note("dormant", _span(timing))


def counted_words(pieces: Iterable[str]) -> list[tuple[str, int]]:
    """Each wording once with how often it stands; capitals and marks make no difference."""
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    for piece in pieces:
        first.setdefault(fold(piece), piece)
        times[fold(piece)] += 1
    return [(first[key], count) for key, count in times.items()]


def unknown_units(text: str, directory: UnitDirectory) -> tuple[str, ...]:
    """The pieces of a cell that name no known unit, each on one line."""
    return tuple(dict.fromkeys(one_line(piece) for piece in directory.recognise(text).unknown))


def _span(timing: Timing) -> str:
    windows = timing.occurrences
    if timing.kind == TimingKind.WINDOW and len(windows) == 1:
        return f"hạn {short_date(windows[0].due)}"
    if timing.kind in {TimingKind.WINDOW, TimingKind.RECURRING} and windows:
        return f"{len(windows)} kỳ, kỳ cuối {short_date(windows[-1].due)}"
    return timing.kind.label.lower()
