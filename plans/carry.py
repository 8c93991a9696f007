"""Starting this year's plan from last year's: years moved on, ended units replaced, and a list of what to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from qms.deadlines import TimingKind, parse_timing, shift_text
from qms.organisation.models import User
from qms.organisation.naming import UnitDirectory

from . import rules
from .actions import store_plan
from .content import PlanContent, Signer, TaskContent
from .models import Plan
from .selectors import plan_content


@dataclass(frozen=True)
class Change:
    """One text that was moved on. `where` names the place in Vietnamese."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Look:
    """One place that a person should look at, and why."""

    where: str
    reason: str


@dataclass(frozen=True)
class Carried:
    """The content for the new year, what was changed on the way, and what needs a look."""

    content: PlanContent
    changes: tuple[Change, ...]
    looks: tuple[Look, ...]


def carry_content(plan: Plan, *, year: int) -> Carried:
    """Last year's content moved to another year. Document references keep their dates; nothing is written."""
    old = plan_content(plan)
    directory = UnitDirectory(plan.agency, on=date(year, 1, 1))
    mover = _Mover(plan.year, year, directory)
    agency = plan.agency
    today = replace(old, agency=agency.name, parent_agency=agency.superior, place=agency.place)
    content = mover.plan(replace(today, symbol=f"KH-{agency.abbreviation}", signer=Signer()))
    return Carried(content, tuple(mover.changes), tuple(_looks(content, directory)))


@transaction.atomic
def carry_over(plan: Plan, *, year: int, actor: User, at: datetime) -> tuple[Plan, Carried]:
    """Store last year's plan as a draft of another year. Raises PermissionDenied, or ValidationError for a bad year."""
    reason = rules.why_not_draft(plan, actor)
    if reason:
        raise PermissionDenied(reason)
    if not 2000 <= year <= 2100:
        raise ValidationError({"year": "Năm phải từ 2000 đến 2100."})
    carried = carry_content(plan, year=year)
    new = store_plan(
        agency=plan.agency, content=carried.content, actor=actor, at=at, layout=plan.layout, carried_from=plan
    )
    return new, carried


class _Mover:
    """Moves texts and remembers what it changed."""

    def __init__(self, from_year: int, to_year: int, directory: UnitDirectory) -> None:
        self.from_year = from_year
        self.to_year = to_year
        self.directory = directory
        self.changes: list[Change] = []

    def plan(self, old: PlanContent) -> PlanContent:
        """Number and date are left out; the rest is moved text by text."""
        return replace(
            old,
            number="",
            date=None,
            year=self.to_year,
            subject=self.text("Trích yếu", old.subject),
            intro=self.text("Câu dẫn", old.intro),
            closing=self.text("Câu kết", old.closing),
            sections=tuple(
                replace(s, text=self.text(f"Mục {s.number}", s.text), text_after=self.text("Sau bảng", s.text_after))
                for s in old.sections
            ),
            phases=tuple(
                replace(p, title=self.text(f"Giai đoạn {p.number}", p.title), tasks=tuple(map(self.task, p.tasks)))
                for p in old.phases
            ),
            responsibilities=tuple(
                replace(r, unit=self.unit("Tổ chức thực hiện", r.unit), text=self.text(r.unit, r.text))
                for r in old.responsibilities
            ),
        )

    def task(self, task: TaskContent) -> TaskContent:
        where = f"Nhiệm vụ {task.ordinal}"
        return replace(
            task,
            title=self.text(where, task.title),
            description=self.text(where, task.description),
            outputs=tuple(self.text(f"{where}, sản phẩm", output) for output in task.outputs),
            timing=self.text(f"{where}, thời gian", task.timing),
            lead=self.unit(f"{where}, chủ trì", task.lead),
            support=self.unit(f"{where}, phối hợp", task.support),
            approver=self.unit(f"{where}, duyệt", task.approver),
        )

    def text(self, where: str, before: str) -> str:
        """The text with its years moved on."""
        return self._note(where, before, shift_text(before, from_year=self.from_year, to_year=self.to_year).text)

    def unit(self, where: str, before: str) -> str:
        """The text with ended units replaced by their successors."""
        return self._note(where, before, self.directory.modernise(before))

    def _note(self, where: str, before: str, after: str) -> str:
        if after != before:
            self.changes.append(Change(where, before, after))
        return after


def _looks(content: PlanContent, directory: UnitDirectory) -> Iterator[Look]:
    for basis in content.bases:
        yield Look("Căn cứ", f"Còn hiệu lực cho năm {content.year} không: {basis}")
    for task in content.tasks:
        yield from _looks_of(task, content.year, directory)


def _looks_of(task: TaskContent, year: int, directory: UnitDirectory) -> Iterator[Look]:
    where = f"Nhiệm vụ {task.ordinal}"
    timing = parse_timing(task.timing, year=year)
    if timing.kind == TimingKind.UNKNOWN or timing.needs_confirmation:
        yield Look(where, f"Thời gian cần xác nhận: {task.timing or 'chưa ghi'}")
    elif any(window.due.year != year for window in timing.occurrences):
        yield Look(where, f"Thời gian nằm ngoài năm {year}: {task.timing}")
    for text in (task.lead, task.support, task.approver):
        found = directory.recognise(text)
        for piece in found.unknown:
            yield Look(where, f"Chưa nhận ra đơn vị: {piece}")
        for unit in found.units:
            if not unit.is_in_force(date(year, 1, 1)):
                yield Look(where, f"{unit.name} đã chấm dứt hoạt động, chưa có đơn vị kế thừa.")
