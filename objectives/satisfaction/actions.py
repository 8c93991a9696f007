"""Every write of surveys that people make by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from objectives.models import Objective
from objectives.periods import Period
from qms.organisation.access import require
from qms.organisation.models import Agency, Unit, User
from qms.text import fold, nfc, one_line
from qms.workflow.revisions import refuse_overtaken

from . import rules
from .models import Answers, Comment, FigureSource, Survey, SurveyImport, SurveyScheme, folded_comment
from .scheme import Counted, Scheme, scheme_errors, survey_errors
from .selectors import scheme_of

_OVERTAKEN = "Khảo sát này vừa được người khác sửa. Mở lại trang rồi ghi phần của mình."


@dataclass(frozen=True)
class Given:
    """What one survey holds. `comments` are (line of the file or None, text)."""

    sent: int | None
    received: int | None
    answers: Mapping[str, Counted]
    comments: Sequence[tuple[int | None, str]] = ()
    note: str = ""


@transaction.atomic
def add_survey(
    *, agency: Agency, unit: Unit | None, period: Period, channel: str, given: Given, actor: User, at: datetime,
    source: SurveyImport | None = None, scheme: Scheme | None = None,
) -> Survey:  # fmt: skip
    """A new survey under the scheme of today. Raises PermissionDenied, or ValidationError by field; then nothing is

    written. An answer's error is under the name of its criterion.
    """
    require(rules.why_not_keep(agency.pk, unit, actor))
    Agency.objects.select_for_update().get(pk=agency.pk)  # two overlapping surveys at once: the second one waits
    scheme = scheme or scheme_of(agency)
    survey = Survey(
        agency=agency, unit=unit, year=period.year, kind=period.kind.value, index=period.index,
        starts_on=period.start, ends_on=period.end, channel=channel, highest=scheme.highest,
        good_from=scheme.good_from, source=source, author=actor, author_name=str(actor), created_at=at, changed_at=at,
    )  # fmt: skip
    _refuse_overlap(survey)
    _refuse_future(survey, at)
    _fill(survey, given)
    add_comments(survey, given.comments)
    return survey


@transaction.atomic
def change_survey(survey: Survey, *, given: Given, revision: int, actor: User, at: datetime) -> Survey:
    """Write its numbers anew, comments are added. Raises as `add_survey`, or Overtaken."""
    locked = lock(survey)
    require(rules.why_not_change(locked, actor))
    refuse_overtaken(locked, revision, _OVERTAKEN)
    locked.changed_at, locked.author, locked.author_name = at, actor, str(actor)
    locked.revision += 1
    _fill(locked, given)
    add_comments(locked, given.comments)
    return locked


@transaction.atomic
def withdraw_survey(survey: Survey, *, reason: str, actor: User, at: datetime) -> Survey:
    """It counts no more and stays to be read. Raises ValidationError without a reason."""
    locked = lock(survey)
    require(rules.why_not_change(locked, actor))
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do bỏ khảo sát này."})
    locked.withdrawn_on, locked.withdrawn_reason = timezone.localdate(at), one_line(reason)[:300]
    locked.changed_at = at
    locked.revision += 1
    locked.save()
    return locked


@transaction.atomic
def handle_comment(comment: Comment, *, handling: str, actor: User, at: datetime) -> Comment:
    """What was done about a comment; written again, the last word stands. Raises ValidationError when it is empty."""
    locked = Comment.objects.select_for_update(of=("self",)).select_related("survey__unit").get(pk=comment.pk)
    require(rules.why_not_handle(locked, actor))
    if not handling.strip():
        raise ValidationError({"handling": "Ghi cách xử lý."})
    locked.handling = nfc(handling).strip()
    locked.handled_by, locked.handled_name, locked.handled_at = actor, str(actor), at
    locked.save()
    return locked


@transaction.atomic
def set_scheme(*, agency: Agency, scheme: Scheme, actor: User, at: datetime) -> SurveyScheme:
    """What the agency asks from now on. Raises ValidationError by field."""
    require(rules.why_not_set(agency.pk, actor))
    errors = scheme_errors(scheme.criteria, scheme.words, scheme.good_from)
    if errors:
        raise ValidationError(errors)
    values = {"criteria": list(scheme.criteria), "words": list(scheme.words), "good_from": scheme.good_from}
    row, _ = SurveyScheme.objects.update_or_create(agency=agency, defaults=values)
    return row


@transaction.atomic
def feed_objective(
    objective: Objective, *, unit: Unit | None, criterion: str, actor: User, at: datetime
) -> FigureSource:
    """The figures of an objective may be taken from surveys from now on."""
    source = FigureSource(objective=objective, unit=unit, criterion=one_line(criterion), author=actor, at=at)
    require(rules.why_not_feed(source, actor))
    values = {"unit": unit, "criterion": source.criterion, "author": actor, "at": at}
    row, _ = FigureSource.objects.update_or_create(objective=objective, defaults=values)
    return row


@transaction.atomic
def unfeed_objective(source: FigureSource, *, actor: User) -> None:
    """The figures of an objective are no longer offered from surveys; what was entered stays."""
    require(rules.why_not_feed(source, actor))
    source.delete()


def lock(survey: Survey) -> Survey:
    """The row as it stands, locked until the transaction ends."""
    return Survey.objects.select_for_update(of=("self",)).select_related("agency", "unit").get(pk=survey.pk)


def add_comments(survey: Survey, comments: Sequence[tuple[int | None, str]]) -> None:
    """Keep what people wrote, in order."""
    texts = [(line, nfc(text).strip()) for line, text in comments]
    Comment.objects.bulk_create(
        Comment(survey=survey, line=line, text=text, search=folded_comment(text)) for line, text in texts if text
    )


def overlapping(agency: Agency, unit: Unit | None, period: Period, channel: str):
    """The standing surveys that the same people would be counted in twice."""
    return Survey.objects.standing().filter(agency=agency, unit=unit, channel=channel).beside(period)


def _refuse_overlap(survey: Survey) -> None:
    other = overlapping(survey.agency, survey.unit, survey.period, survey.channel).first()
    if other:
        raise ValidationError({"period": f"Đã có khảo sát cùng đơn vị và hình thức: {other.period.inline}."})


def _refuse_future(survey: Survey, at: datetime) -> None:
    if survey.starts_on > timezone.localdate(at):
        raise ValidationError({"period": "Kỳ này chưa bắt đầu."})


def _fill(survey: Survey, given: Given) -> None:
    """Numbers, note and answers, judged by the survey's own rule; the old answers give way."""
    answers = {name: _judged(survey, counted) for name, counted in given.answers.items()}
    errors = survey_errors(given.sent, given.received, answers)
    if errors:
        raise ValidationError(errors)
    survey.sent, survey.received, survey.note = given.sent, given.received, nfc(given.note).strip()
    survey.full_clean(validate_unique=False)
    survey.save()
    survey.answers.all().delete()
    Answers.objects.bulk_create(
        Answers(
            survey=survey, order=order, criterion=name, folded=fold(name), counts=list(counted.counts),
            answered=counted.share.answered, satisfied=counted.share.satisfied,
        )
        for order, (name, counted) in enumerate(answers.items())
    )  # fmt: skip


def _judged(survey: Survey, counted: Counted) -> Counted:
    if not counted.counts:
        return counted
    if len(counted.counts) != survey.highest:
        raise ValidationError("Thang khảo sát vừa đổi; mở lại trang rồi ghi lại.")
    return Counted.of(counted.counts, survey.good_from)
