"""Starting this year's plan from last year's: years moved on, ended units replaced, and a list of what to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from qms.deadlines import shift_text
from qms.organisation.models import Agency, User
from qms.organisation.naming import UnitDirectory

from . import rules
from .actions import begun_by_same_press, store_plan
from .content import PhaseContent, PlanContent, ResponsibilityContent, SectionContent, Signer, TaskContent
from .looks import Look, keep_looks, looks_in, task_names
from .models import Plan
from .selectors import plan_content
from .units import directory_for


@dataclass(frozen=True)
class Change:
    """One text that was moved on. `where` names the place in Vietnamese."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Carried:
    """The content for the new year, what was changed on the way, and what needs a look."""

    content: PlanContent
    changes: tuple[Change, ...]
    looks: tuple[Look, ...]


def why_not_carry(plan: Plan, user: User, *, year: int) -> str:
    """Whoever drafts may start from any plan of the agency; the new year must be another one."""
    if not 2000 <= year <= 2100:
        return "Năm phải từ 2000 đến 2100."
    if year == plan.year:
        return f"Kế hoạch gốc đã là của năm {year}; chọn năm khác."
    return rules.why_not_draft(plan, user)


def carry_content(plan: Plan, *, year: int, at: datetime) -> Carried:
    """Last year's content moved to another year. Bases and cited documents keep their dates; nothing is written.

    Units are replaced as of today, but within the new year (`plans.units`); names of the agency are those of today.
    """
    directory = directory_for(plan.agency, year=year, at=at)
    mover = _Mover(plan.year, year, directory)
    content = mover.plan(plan_content(plan), plan.agency)
    looks = (*_bases_to_check(content), *mover.looks, *looks_in(content, directory, on=directory.day))
    return Carried(content, tuple(mover.changes), looks)


@transaction.atomic
def carry_over(plan: Plan, *, year: int, actor: User, at: datetime, seen: int | None = None) -> tuple[Plan, Carried]:
    """Store last year's plan as a draft of another year; once for each press of the button (`seen`).

    Raises PermissionDenied, or ValidationError for a bad year.
    """
    reason = rules.why_not_draft(plan, actor)
    if reason:
        raise PermissionDenied(reason)
    if reason := why_not_carry(plan, actor, year=year):
        raise ValidationError({"year": reason})
    carried = carry_content(plan, year=year, at=at)
    if begun := begun_by_same_press(plan.agency, year=year, actor=actor, seen=seen, carried_from=plan):
        return begun, carried
    new = store_plan(
        agency=plan.agency, content=carried.content, actor=actor, at=at, layout=plan.layout, carried_from=plan
    )
    keep_looks(new, carried.looks)
    return new, carried


def _bases_to_check(content: PlanContent) -> Iterator[Look]:
    for basis in content.bases:
        yield Look("basis", "Căn cứ", f"Còn hiệu lực trong năm {content.year} không: {basis}", anchor="can-cu")


class _Mover:
    """Moves texts to the new year and remembers what it changed and where it was not sure."""

    def __init__(self, from_year: int, to_year: int, directory: UnitDirectory) -> None:
        self.from_year = from_year
        self.to_year = to_year
        self.directory = directory
        self.changes: list[Change] = []
        self.looks: list[Look] = []

    def plan(self, old: PlanContent, agency: Agency) -> PlanContent:
        """Number, date and signature are left out; the rest is moved text by text."""
        today = replace(
            old, number="", date=None, year=self.to_year, signer=Signer(), symbol=f"KH-{agency.abbreviation}",
            agency=agency.name, parent_agency=agency.superior, place=agency.place,
        )  # fmt: skip
        return replace(
            today,
            subject=self.text("Trích yếu", old.subject, anchor="phan-dau"),
            intro=self.text("Câu dẫn", old.intro, anchor="can-cu"),
            sections=tuple(self.section(place, section) for place, section in enumerate(old.sections)),
            phases=self.phases(old),
            responsibilities=tuple(map(self.duty, old.responsibilities)),
            closing=self.text("Câu kết", old.closing, anchor="phan-cuoi"),
        )

    def section(self, place: int, section: SectionContent) -> SectionContent:
        where = f"Mục {section.number}" if section.number else section.heading
        texts = (section.heading, section.text, section.text_after)
        heading, text, text_after = (self.text(where, text, section=place) for text in texts)
        return replace(section, heading=heading, text=text, text_after=text_after)

    def phases(self, old: PlanContent) -> tuple[PhaseContent, ...]:
        names = iter(enumerate(task_names(old)))
        moved = []
        for phase in old.phases:
            tasks = tuple(self.task(task, *next(names)) for task in phase.tasks)
            moved.append(replace(phase, title=self.text(f"Giai đoạn {phase.number}", phase.title), tasks=tasks))
        return tuple(moved)

    def task(self, task: TaskContent, position: int, where: str) -> TaskContent:
        def text(part: str, before: str) -> str:
            return self.text(f"{where}, {part}" if part else where, before, position)

        return replace(
            task,
            title=text("", task.title),
            description=text("diễn giải", task.description),
            outputs=tuple(text("sản phẩm", output) for output in task.outputs),
            timing=text("thời gian", task.timing),
            note=text("ghi chú", task.note),
            lead=self.unit(f"{where}, chủ trì", task.lead),
            support=self.unit(f"{where}, phối hợp", task.support),
            approver=self.unit(f"{where}, duyệt", task.approver),
        )

    def duty(self, duty: ResponsibilityContent) -> ResponsibilityContent:
        where = f"Tổ chức thực hiện, {duty.unit}" if duty.unit else "Tổ chức thực hiện"
        return replace(duty, unit=self.unit(where, duty.unit), text=self.text(where, duty.text))

    def text(
        self, where: str, before: str, position: int | None = None, anchor: str = "", section: int | None = None
    ) -> str:
        """The text with its years moved on."""
        shift = shift_text(before, from_year=self.from_year, to_year=self.to_year)
        for change in shift.changes:
            if change.doubtful:
                reason = f"Đã đổi «{change.before}» thành «{change.after}», cần xem có đúng không."
                self.looks.append(Look("shift", where, reason, position, anchor, section=section))
        return self._note(where, before, shift.text)

    def unit(self, where: str, before: str) -> str:
        """The text with ended units replaced by their successors."""
        return self._note(where, before, self.directory.modernise(before))

    def _note(self, where: str, before: str, after: str) -> str:
        if after != before:
            self.changes.append(Change(where, before, after))
        return after
