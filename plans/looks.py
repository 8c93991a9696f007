"""Things in a draft that a person should look at, and why. Nothing here stops a step; `checklist.py` does."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from qms.deadlines import TimingKind, parse_timing
from qms.organisation.models import Unit, User
from qms.organisation.naming import UnitDirectory
from qms.text import one_line

from .content import PlanContent, TaskContent
from .editing import lock_draft
from .enums import RowKind
from .models import Plan
from .selectors import plan_content
from .units import directory_of
from .wording import counted_words


@dataclass(frozen=True)
class Look:
    """One place to look at. `where` names it, `position` is the task's place in the plan, `section`
    that of the section, `anchor` its place on screen.

    `code`: "basis", "shift", "timing" (unclear), "year" (outside the plan's year), "unit" (not recognised), "ended".
    `text` are the words in question.
    """

    code: str
    where: str
    reason: str
    position: int | None = None
    anchor: str = ""
    text: str = ""
    section: int | None = None

    @property
    def key(self) -> str:
        """What stands for this look when it is ticked off."""
        return sha256(f"{self.code}|{self.where}|{self.reason}".encode()).hexdigest()[:16]


def task_names(content: PlanContent) -> list[str]:
    """ "Nhiệm vụ 4", with the phase where the number alone would not say which."""
    times = Counter(task.ordinal for task in content.tasks)
    names = []
    for number, phase in enumerate(content.phases, start=1):
        for place, task in enumerate(phase.tasks, start=1):
            name = f"Nhiệm vụ {task.ordinal or place}"
            clear = times[task.ordinal] == 1 or len(content.phases) == 1
            names.append(name if clear else f"{name}, giai đoạn {phase.number or number}")
    return names


def looks_in(content: PlanContent, directory: UnitDirectory, *, on: date) -> Iterator[Look]:
    """What can be seen in the content itself; `on` is the day on which units must be in force."""
    for position, (name, task) in enumerate(zip(task_names(content), content.tasks, strict=True)):
        for code, reason, text in (*_of_timing(task, content.year), *_of_units(task, directory, on)):
            yield Look(code, name, reason, position, text=text)


@dataclass(frozen=True)
class Review:
    """What still needs a look in a draft, and the words that name no known unit with how many rows hold them."""

    looks: tuple[Look, ...]
    unknown: tuple[tuple[str, int], ...]
    units: tuple[Unit, ...]


def review_of(plan: Plan) -> Review:
    """Looks kept from the draft's beginning, and those visible now and not ticked off.

    An unclear timing is left to the checklist, which names it already; units stand by themselves.
    """
    content = plan_content(plan)
    directory = directory_of(plan, timezone.now())
    found = list(looks_in(content, directory, on=directory.day))
    anchors = _anchors(plan)
    shown = (look for look in found if look.code in {"year", "ended"} and look.key not in plan.seen_looks)
    return Review(
        looks=(*(Look(**kept) for kept in plan.looks), *(anchored(look, anchors) for look in shown)),
        unknown=tuple(counted_words(look.text for look in found if look.code == "unit")),
        units=tuple(directory.units),
    )


def anchored(look: Look, anchors: list[str]) -> Look:
    """The look with the place on screen of its task."""
    return look if look.position is None else replace(look, anchor=anchors[look.position])


def _anchors(plan: Plan) -> list[str]:
    pks = plan.tasks.order_by("phase__order", "phase", "order", "pk").values_list("pk", flat=True)
    return [f"{RowKind.TASK.slug}-{pk}" for pk in pks]


def keep_looks(plan: Plan, looks: Collection[Look]) -> None:
    """Keep with a new draft what cannot be seen in it later (bases to check, dates that were moved with a doubt)."""
    anchors = _anchors(plan)
    sections = [f"{RowKind.SECTION.slug}-{section.pk}" for section in plan.sections.all()]
    kept = (look for look in looks if look.code in {"basis", "shift"})
    placed = (
        anchored(look, anchors) if look.section is None else replace(look, anchor=sections[look.section])
        for look in kept
    )
    plan.looks = [asdict(look) for look in placed]
    plan.save(update_fields=["looks"])


@transaction.atomic
def tick_off(plan: Plan, *, key: str, actor: User) -> None:
    """This has been looked at. An unknown key changes nothing."""
    locked = lock_draft(plan, actor)
    kept = [look for look in locked.looks if Look(**look).key != key]
    if len(kept) == len(locked.looks):
        locked.seen_looks = [*locked.seen_looks, key[:16]] if key not in locked.seen_looks else locked.seen_looks
    locked.looks = kept
    locked.save(update_fields=["looks", "seen_looks"])


def _of_timing(task: TaskContent, year: int) -> Iterator[tuple[str, str, str]]:
    timing = parse_timing(task.timing, year=year)
    if timing.kind == TimingKind.UNKNOWN or timing.needs_confirmation:
        yield "timing", f"Thời gian cần xác nhận: {one_line(task.timing) or 'chưa ghi'}", task.timing
    elif any(window.due.year != year for window in timing.occurrences):
        yield "year", f"Thời gian nằm ngoài năm {year}: {one_line(task.timing)}", task.timing


def _of_units(task: TaskContent, directory: UnitDirectory, on: date) -> Iterator[tuple[str, str, str]]:
    for text in dict.fromkeys((task.lead, task.support, task.approver)):
        found = directory.recognise(text)
        for piece in found.unknown:
            yield "unit", f"Chưa nhận ra đơn vị: {one_line(piece)}", one_line(piece)
        for unit in found.units:
            if not unit.is_in_force(on):
                yield "ended", f"{unit.name} không còn hoạt động.", unit.name
