"""A file of last year's plan: read, looked through, stored. Nothing is a plan before it is confirmed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from qms.deadlines import TimingKind, parse_timing
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.organisation.naming import UnitDirectory
from qms.text import one_line

from .actions import store_plan, take_step
from .content import PlanContent
from .editing import remember_alias
from .importing import Doubt, ImportedPlan, read_plan_safely
from .looks import task_names
from .models import Plan, PlanImport
from .wording import counted_words, unknown_units

DAYS_KEPT = 30
_UNIT_UNKNOWN = "Chưa nhận ra đơn vị này; hãy gán cho một đơn vị của cơ quan hoặc để nguyên."
_TIMING_UNCLEAR = "Thời gian này chưa rõ nghĩa; hãy xác nhận."


@dataclass(frozen=True)
class UnknownWords:
    """Words of a file that name no known unit, and in how many cells they stand."""

    text: str
    times: int


def why_not_import(user: User, agency: Agency) -> str:
    """Whoever drafts plans may read one in."""
    allowed = access_of(user).may("draft_plan", agency.pk)
    return "" if allowed else "Chỉ người được giao soạn kế hoạch nhập được kế hoạch."


def with_meaning_doubts(imported: ImportedPlan, directory: UnitDirectory | None) -> ImportedPlan:
    """The same with what only the house knows: units that nobody bears the name of, timings that nobody can date.

    Without a directory (no agency yet) units are not asked for.
    """
    known = {(doubt.code, doubt.text) for doubt in imported.doubts}
    found = [d for d in _meaning_doubts(imported.content, directory) if (d.code, d.text) not in known]
    return ImportedPlan(imported.content, (*imported.doubts, *found), imported.section_texts)


def unknown_words(content: PlanContent, directory: UnitDirectory) -> list[UnknownWords]:
    """Each piece once, in the order of the plan."""
    cells = (text for task in content.tasks for text in (task.lead, task.support, task.approver))
    return [UnknownWords(*item) for item in counted_words(p for text in cells for p in unknown_units(text, directory))]


def receive(path: Path | str, *, name: str, agency: Agency, user: User, at: datetime) -> PlanImport:
    """Read a file and keep what was read for its review. Raises NotAPlan or PermissionDenied; then nothing is kept.

    Files that nobody came back to are forgotten on this occasion.
    """
    reason = why_not_import(user, agency)
    if reason:
        raise PermissionDenied(reason)
    PlanImport.objects.filter(at__lt=at - timedelta(days=DAYS_KEPT)).delete()
    imported = read_plan_safely(Path(path), name=name)
    return PlanImport.objects.create(
        agency=agency, user=user, file_name=one_line(name)[-255:], content=imported.to_storage(), at=at
    )


@transaction.atomic
def keep_for_later(pending: PlanImport, content: PlanContent) -> None:
    """Store what was corrected so far, to go on another time."""
    read = ImportedPlan.from_storage(pending.content)
    pending.content = ImportedPlan(content, read.doubts, read.section_texts).to_storage()
    pending.save(update_fields=["content"])


@transaction.atomic
def finish_import(
    pending: PlanImport,
    *,
    content: PlanContent,
    units: Mapping[str, Unit],
    confirmed: Collection[str],
    on_paper: bool,
    actor: User,
    at: datetime,
) -> Plan:
    """Make the plan: a draft, or, `on_paper`, the plan already issued on paper, for the clerk to confirm its number.

    `units` says what unknown words mean (remembered for the next plan), `confirmed` are timings read rightly. Raises
    PermissionDenied, ValidationError or, for a plan on paper, `Refused`; then nothing has changed.
    """
    reason = why_not_import(actor, pending.agency)
    if reason:
        raise PermissionDenied(reason)
    if not PlanImport.objects.select_for_update().filter(pk=pending.pk).exists():
        raise ValidationError("Tệp này vừa được nhập hoặc bỏ ở nơi khác.")
    for text, unit in units.items():
        remember_alias(pending.agency, text=text, unit=unit)
    plan = store_plan(agency=pending.agency, content=content, actor=actor, at=at, confirmed=confirmed)
    PlanImport.objects.filter(pk=pending.pk).delete()
    return take_step(plan, "record_paper", actor=actor, at=at) if on_paper else plan


def _meaning_doubts(content: PlanContent, directory: UnitDirectory | None) -> Iterator[Doubt]:
    for name, task in zip(task_names(content), content.tasks, strict=True):
        timing = parse_timing(task.timing, year=content.year)
        if task.timing and (timing.needs_confirmation or timing.kind == TimingKind.UNKNOWN):
            yield Doubt("timing_unclear", name, _TIMING_UNCLEAR, task.timing)
        for text in (task.lead, task.support, task.approver) if directory else ():
            for piece in unknown_units(text, directory):
                yield Doubt("unit_unknown", name, _UNIT_UNKNOWN, piece)
