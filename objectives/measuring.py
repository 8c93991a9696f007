"""Every write of a figure: entered, corrected while its period is open, then amended with a reason; why one missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from qms.duties.actions import Proof, report
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.duties.rules import why_not_report
from qms.organisation.access import require
from qms.organisation.models import User
from qms.text import nfc
from qms.workflow.revisions import refuse_overtaken

from . import rules
from .actions import OVERTAKEN
from .board import family
from .duties import figure_key
from .figures import NotAFigure, check_ratio
from .models import Figure, FigureVersion, MissCause, Objective
from .status import Verdict
from .terms import Measure, Standing


@dataclass(frozen=True)
class Given:
    """What a person says of a period: one of the four. `cause`, `correction` and `action` answer a miss."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    nothing_arose: bool = False
    reached_on: date | None = None
    note: str = ""
    cause: str = ""
    correction: str = ""
    action: str = ""

    def values(self) -> dict[str, object]:
        """The fields of a figure by name."""
        return {name: getattr(self, name) for name in Figure.VALUES} | {"note": nfc(self.note).strip()}


@transaction.atomic
def enter_figure(
    figure: Figure, *, given: Given, revision: int, actor: User, at: datetime, reason: str = "",
    proofs: Iterable[Proof] = (),
) -> Figure:  # fmt: skip
    """Enter the figure of a period, which closes its duty; again, correct it; in a closed period amend it.

    Raises PermissionDenied, ValidationError by field (`cause` where a miss asks for one), or Overtaken; then nothing
    changed.
    """
    today = timezone.localdate(at)
    locked = _lock(figure)
    require(rules.why_not_enter(locked, actor, today))
    refuse_overtaken(locked, revision, OVERTAKEN)
    amending = locked.is_locked(today)
    if amending and not reason.strip():
        raise ValidationError({"reason": "Kỳ đã khóa: ghi lý do đính chính."})
    _check(locked.objective, given, today)
    _write(locked, given, actor, at, reason=nfc(reason).strip(), amending=amending)
    verdict = _verdict_after(locked, today)
    _explain(locked, verdict, given, actor, at, amending=amending)
    _close_duty(locked, list(proofs), actor, at)
    return locked


@transaction.atomic
def record_miss(
    objective: Objective, *, cause: str, correction: str, action: str, actor: User, at: datetime
) -> MissCause:
    """Why an objective as a whole is missed (a milestone that passed, a year that ended). Raises as `enter_figure`."""
    locked = (
        Objective.objects.select_for_update(of=("self",)).select_related("objective_set", "unit").get(pk=objective.pk)
    )
    require(rules.why_not_explain(locked, actor))
    verdict = family(locked, timezone.localdate(at))[locked.pk].verdict
    if verdict.standing != Standing.MISSED:
        raise ValidationError("Mục tiêu này không ở tình trạng không đạt.")
    if not cause.strip():
        raise ValidationError({"cause": "Ghi nguyên nhân không đạt."})
    return _miss(locked, None, verdict, cause, correction, action, actor, at)


def verdict_with(figure: Figure, given: Given, today: date) -> Verdict:
    """How the period would stand with that figure; nothing is written. Raises ValidationError by field."""
    _check(figure.objective, given, today)
    for name, value in given.values().items():
        setattr(figure, name, value)
    return _verdict_after(figure, today)


def _lock(figure: Figure) -> Figure:
    rows = Figure.objects.select_for_update(of=("self",)).select_related(
        "objective__objective_set__unit", "objective__objective_set__agency", "objective__unit", "author"
    )
    return rows.get(pk=figure.pk)


def _check(objective: Objective, given: Given, today: date) -> None:
    """The figure has the shape that the objective asks for."""
    if objective.measure == Measure.MILESTONE:
        if given.reached_on is None:
            raise ValidationError({"reached_on": "Ghi ngày đạt mốc."})
        if given.reached_on > today:
            raise ValidationError({"reached_on": "Ngày đạt mốc không được sau hôm nay."})
        return
    if given.nothing_arose:
        return
    if objective.measure == Measure.RATIO:
        _check_share(given)
    elif given.value is None:
        raise ValidationError({"figure": "Ghi số liệu của kỳ, hoặc chọn không phát sinh."})


def _check_share(given: Given) -> None:
    if given.numerator is None or given.denominator is None:
        raise ValidationError({"figure": "Ghi cả tử số và mẫu số, như 12/13, hoặc chọn không phát sinh."})
    try:
        check_ratio(given.numerator, given.denominator)
    except NotAFigure as error:
        raise ValidationError({"figure": str(error)}) from None


def _write(figure: Figure, given: Given, actor: User, at: datetime, *, reason: str, amending: bool) -> None:
    for name, value in given.values().items():
        setattr(figure, name, value)
    figure.author, figure.author_name, figure.at = actor, str(actor), at
    figure.reopened, figure.amended = False, figure.amended or amending
    figure.revision += 1
    figure.full_clean()
    figure.save()
    version = FigureVersion(
        figure=figure, author=actor, author_name=str(actor), at=at, reason=reason, is_amendment=amending,
        **figure.values(),
    )  # fmt: skip
    version.full_clean()
    version.save()


def _verdict_after(figure: Figure, today: date) -> Verdict:
    """How the period stands with the figure as it is in hand, or the whole objective where that is lost already."""
    row = family(figure.objective, today)[figure.objective_id]
    row.figures = [figure if other.pk == figure.pk else other for other in row.figures]
    place = next(place for place, other in enumerate(row.figures) if other.pk == figure.pk)
    return row.period_verdict(place)


def _explain(figure: Figure, verdict: Verdict, given: Given, actor: User, at: datetime, *, amending: bool) -> None:
    """A miss needs its cause; a figure corrected in time that is no miss any more needs none."""
    standing = MissCause.objects.filter(figure=figure).first()
    if verdict.standing != Standing.MISSED:
        if standing and not amending:
            standing.delete()
        return
    if standing and not given.cause.strip():
        return
    if not given.cause.strip():
        raise ValidationError({"cause": f"{verdict.sentence} Ghi nguyên nhân."})
    if standing:
        standing.delete()
    _miss(figure.objective, figure, verdict, given.cause, given.correction, given.action, actor, at)


def _miss(
    objective: Objective, figure: Figure | None, verdict: Verdict, cause: str, correction: str, action: str,
    actor: User, at: datetime,
) -> MissCause:  # fmt: skip
    miss = MissCause(
        objective=objective, figure=figure, finding=f"{objective.statement}. {verdict.sentence}",
        cause=nfc(cause).strip(), correction=nfc(correction).strip(), action=nfc(action).strip(),
        found_on=timezone.localdate(at), author=actor, author_name=str(actor), at=at,
    )  # fmt: skip
    miss.full_clean()
    miss.save()
    return miss


def duty_of(figure: Figure) -> Duty | None:
    """The duty that asks for it."""
    kind = ContentType.objects.get_for_model(Objective)
    return Duty.objects.filter(content_type=kind, object_id=figure.objective_id, key=figure_key(figure)).first()


def _close_duty(figure: Figure, proofs: list[Proof], actor: User, at: datetime) -> None:
    """The figure answers the duty; its words and evidence are the report."""
    duty = duty_of(figure)
    if duty is None or why_not_report(duty, actor):
        _refuse_handed_over(duty, actor)
        return
    words = figure.words(figure.objective.unit_of_measure)
    text = "\n".join(part for part in (words[0].upper() + words[1:], figure.note) if part)
    report(
        duty, state=DutyState.DONE, percent=100, text=text, proofs=proofs, revision=duty.revision, actor=actor, at=at
    )


def _refuse_handed_over(duty: Duty | None, actor: User) -> None:
    """A duty given to one person is answered by that person or the head."""
    if duty is not None and duty.state in (DutyState.OPEN, DutyState.IN_PROGRESS):
        raise PermissionDenied(why_not_report(duty, actor))
