"""What a person should look at again in one task."""

from plans.content import TaskContent
from qms.deadlines import Timing, parse_timing

from .doubts import Doubts
from .vocabulary import words

_DITTO = {"nt", "nhu tren"}


def note_task(doubts: Doubts, where: str, task: TaskContent, *, asks_lead: bool = True) -> None:
    """Note missing words, "như trên", and a timing that a person must explain."""
    for code, missing in (
        ("title_missing", not task.title),
        ("lead_missing", asks_lead and not task.lead),
        ("timing_missing", not task.timing),
    ):
        if missing:
            doubts.add(code, where, task.title)
    for text in (task.lead, task.support, task.timing):
        if words(text) in _DITTO:
            doubts.add("ditto", where, text)
    timing = parse_timing(task.timing, year=doubts.year)
    if task.timing and timing.needs_confirmation and words(task.timing) not in _DITTO:
        doubts.add("timing_unclear", where, task.timing, " ".join(_reasons(timing)))


def _reasons(timing: Timing) -> list[str]:
    """Why the timing must be confirmed, those of its branches included, each once."""
    own = [*timing.reasons, *(reason for branch in timing.branches for reason in _reasons(branch))]
    return list(dict.fromkeys(own))
