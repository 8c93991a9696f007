"""A file from its upload to saved surveys: kept, checked as often as asked, saved once and wholly or not at all."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from objectives.periods import Period
from objectives.satisfaction.actions import Given, add_survey, withdraw_survey
from objectives.satisfaction.models import ImportState, Survey, SurveyImport
from objectives.satisfaction.rules import why_not_keep
from objectives.satisfaction.scheme import Scheme
from objectives.satisfaction.selectors import SURVEYED, scheme_of, units_kept_by
from qms.organisation.access import require
from qms.organisation.models import Agency, Unit, User
from qms.organisation.naming import UnitDirectory
from qms.text import one_line

from .checking import Checker, Draft, FindUnit, Problem, Reading
from .columns import find_heading, layout_errors, role_labels
from .tables import Row, read_rows

log = logging.getLogger(__name__)
DAYS_KEPT = 30
STEP = 500
"""Rows between two signs of life."""
SILENT_AFTER = timedelta(minutes=1)
"""Whoever saves and gives no sign for so long counts as dead; saving may be asked for again."""
UNDER_WAY = (ImportState.QUEUED, ImportState.RUNNING)
_FAILED = "Chưa lưu được vì lỗi của hệ thống; dữ liệu vẫn như trước. Hãy thử lại."


def why_not_import(agency: Agency, user: User, at: datetime) -> str:
    """Whoever enters surveys of some unit may read them from a file."""
    allowed = units_kept_by(user, agency, on=timezone.localdate(at))
    return "" if allowed else "Chỉ người ghi khảo sát của đơn vị hoặc Thư ký ISO nhập được từ tệp."


def receive(
    content: bytes, *, name: str, agency: Agency, unit: Unit | None, period: Period, channel: str, actor: User,
    at: datetime,
) -> SurveyImport:  # fmt: skip
    """Keep what a file holds for its review. Raises NotAnExport, PermissionDenied or ValidationError.

    Files that nobody came back to are forgotten on this occasion.
    """
    require(why_not_import(agency, actor, at))
    if period.start > timezone.localdate(at):
        raise ValidationError({"period": "Kỳ này chưa bắt đầu."})
    rows = read_rows(content, name)
    heading = find_heading(rows, scheme_of(agency))
    data = rows[heading.place + 1 :]
    untitled = [""] * (max((len(row.cells) for row in data), default=0) - len(heading.texts))
    stale = SurveyImport.objects.filter(at__lt=at - timedelta(days=DAYS_KEPT), surveys__isnull=True)
    stale.exclude(state__in=[*UNDER_WAY, ImportState.DONE]).delete()
    return SurveyImport.objects.create(
        agency=agency, user=actor, file_name=one_line(name)[-255:], sha256=hashlib.sha256(content).hexdigest(),
        unit=unit, channel=channel, year=period.year, kind=period.kind.value, index=period.index,
        headings=[*heading.texts, *untitled], roles=[*heading.roles, *untitled], total=len(data),
        rows=[[row.line, list(row.cells)] for row in data], at=at, moved_at=at,
    )  # fmt: skip


@transaction.atomic
def remap(sent: SurveyImport, *, roles: Sequence[str], replaces: bool, at: datetime) -> SurveyImport:
    """What the columns mean, as a person says. Raises ValidationError once it is being saved."""
    locked = SurveyImport.objects.select_for_update().get(pk=sent.pk)
    _require_open(locked)
    known = role_labels(scheme_of(locked.agency))
    locked.roles = [role if role in known else "" for role in roles][: len(locked.headings)]
    locked.replaces, locked.moved_at = replaces, at
    locked.state, locked.problem = ImportState.DRAFT, ""
    locked.save()
    return locked


def check(sent: SurveyImport, *, scheme: Scheme, tell: Callable[[int], None] | None = None) -> Reading:
    """Everything the file holds and everything wrong with it; nothing is written. `tell(n)` after every STEP rows."""
    errors = layout_errors(sent.roles)
    if errors:
        return Reading(problems=[Problem(0, None, "", sentence) for sentence in errors])
    checker = Checker(
        roles=sent.roles, scheme=scheme, period=sent.period, find_unit=_finder(sent), unit=sent.unit
    )  # fmt: skip
    for place, (line, cells) in enumerate(sent.rows, start=1):
        checker.take(Row(line, tuple(cells)))
        if tell and place % STEP == 0:
            tell(place)
    reading = checker.finish()
    reading.problems.extend(_already_there(sent, reading))
    return reading


@transaction.atomic
def ask_to_save(sent: SurveyImport, *, at: datetime) -> SurveyImport:
    """Queue it, again where whoever saved it fell silent. Raises ValidationError when it is saved or under way."""
    locked = SurveyImport.objects.select_for_update().get(pk=sent.pk)
    if locked.state == ImportState.DONE or (locked.state in UNDER_WAY and not is_silent(locked, at)):
        raise ValidationError("Tệp này đang được lưu hoặc đã lưu.")
    locked.state, locked.problem, locked.done, locked.moved_at = ImportState.QUEUED, "", 0, at
    locked.save(update_fields=["state", "problem", "done", "moved_at"])
    return locked


def is_silent(sent: SurveyImport, at: datetime) -> bool:
    """Whether it should be under way and gave no sign of life for long."""
    return sent.state in UNDER_WAY and sent.moved_at < at - SILENT_AFTER


def run(pk: int) -> None:
    """Check and save a queued file. Repeated, killed or run twice at once, it saves once: the last step locks the row

    and looks whether it is still to be saved. Whatever goes wrong is told in `problem`; then no survey was written.
    """
    sent = SurveyImport.objects.select_related("agency", "unit", "user").filter(pk=pk, state__in=UNDER_WAY).first()
    if sent is None:
        return
    _move(sent, 0)
    try:
        problem = _check_and_save(sent)
    except (PermissionDenied, ValidationError) as refusal:
        problem = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    except IntegrityError:
        problem = "Có người vừa ghi khảo sát cùng kỳ; hãy kiểm tra lại rồi lưu."
    except Exception:
        log.exception("Saving the surveys of import %s failed", pk)
        problem = _FAILED
    if problem:
        waiting = SurveyImport.objects.filter(pk=pk, state__in=UNDER_WAY)
        waiting.update(state=ImportState.FAILED, problem=problem, moved_at=timezone.now())


def _check_and_save(sent: SurveyImport) -> str:
    """Why it was not saved, or ""."""
    scheme = scheme_of(sent.agency)
    reading = check(sent, scheme=scheme, tell=lambda place: _move(sent, place))
    if reading.problems:
        return f"Tệp có {len(reading.problems)} chỗ phải sửa."
    _save(sent, reading, scheme)
    return ""


@transaction.atomic
def _save(sent: SurveyImport, reading: Reading, scheme: Scheme) -> None:
    locked = SurveyImport.objects.select_for_update().get(pk=sent.pk)
    if locked.state != ImportState.RUNNING:
        return
    at = timezone.now()
    for draft in reading.drafts.values():
        _save_draft(sent, draft, scheme, at)
    locked.state, locked.rows, locked.done, locked.moved_at = ImportState.DONE, [], locked.total, at
    locked.save(update_fields=["state", "rows", "done", "moved_at"])


def _save_draft(sent: SurveyImport, draft: Draft, scheme: Scheme, at: datetime) -> None:
    if sent.replaces:
        for survey in _same(sent).filter(unit=draft.unit):
            withdraw_survey(survey, reason=f"Thay bằng tệp {sent.file_name}"[:300], actor=sent.user, at=at)
    given = Given(draft.sent, draft.received, draft.answers(scheme), draft.comments)
    add_survey(
        agency=sent.agency, unit=draft.unit, period=sent.period, channel=sent.channel, given=given, actor=sent.user,
        at=at, source=sent, scheme=scheme,
    )  # fmt: skip


def _move(sent: SurveyImport, place: int) -> None:
    """A sign of life that others see at once: written outside the transaction that saves."""
    rows = SurveyImport.objects.filter(pk=sent.pk, state__in=UNDER_WAY)
    rows.update(state=ImportState.RUNNING, done=place, moved_at=timezone.now())


def _same(sent: SurveyImport):
    return Survey.objects.standing().filter(
        agency=sent.agency, channel=sent.channel, year=sent.year, kind=sent.kind, index=sent.index
    )


def _already_there(sent: SurveyImport, reading: Reading) -> list[Problem]:
    """Units whose people would be counted twice."""
    standing = Survey.objects.standing().filter(agency=sent.agency, channel=sent.channel).beside(sent.period)
    problems = []
    for survey in standing.select_related("unit"):
        draft = reading.drafts.get(survey.unit_id)
        same = survey.period == sent.period
        if draft and not (same and sent.replaces):
            advice = "Chọn “Thay khảo sát đã có” để thay." if same else "Hai kỳ trùng ngày, phiếu bị tính hai lần."
            there = f"{survey.owner_name} đã có khảo sát {survey.period.inline}, {survey.get_channel_display()}."
            problems.append(Problem(draft.line, None, "", f"{there} {advice}"))
    return problems


def _finder(sent: SurveyImport) -> FindUnit:
    """Finds the unit of a cell and whether the sender enters its surveys; each wording is looked up once."""
    directory = UnitDirectory(sent.agency, on=min(sent.period.end, timezone.localdate()))
    known: dict[str, tuple[Unit | None, str]] = {}

    def find(words: str) -> tuple[Unit | None, str]:
        if words not in known:
            known[words] = _find(directory, sent, words)
        return known[words]

    return find


def _find(directory: UnitDirectory, sent: SurveyImport, words: str) -> tuple[Unit | None, str]:
    if not words:
        return None, "Thiếu tên đơn vị."
    unit = directory.find(words)
    if unit is None or unit.kind not in SURVEYED:
        return None, "Chưa nhận ra đơn vị; sửa trong tệp hoặc thêm cách viết này ở mục Đơn vị, con người."
    return unit, why_not_keep(sent.agency_id, unit, sent.user)


def _require_open(sent: SurveyImport) -> None:
    if sent.state in (*UNDER_WAY, ImportState.DONE):
        raise ValidationError("Tệp này đang được lưu hoặc đã lưu.")
