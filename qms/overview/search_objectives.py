"""What the search finds of objectives and around them: objectives, risks and opportunities, surveys, reports.

None of these grows to a million rows (a department has some hundred objectives a year), so that they need no trigrams.
"""

from datetime import date

from django.db.models import Case, CharField, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from objectives.context.models import Assessment, Risk
from objectives.enums import Level, SetState
from objectives.marks import set_mark
from objectives.models import Objective
from objectives.periods import Period
from objectives.reports.models import ObjectiveReport
from objectives.reports.models import ReportState as ObjectiveReportState
from objectives.satisfaction.models import WHOLE, Channel, Survey
from objectives.terms import PeriodKind
from qms.marks import Mark
from qms.organisation.models import User
from qms.text import short_date

from .models import ProgressReport, ReportState
from .search_kinds import Drawn, Hit, Kind, first, joined


def _objectives(user: User) -> QuerySet:
    return Objective.objects.visible_to(user).exclude(objective_set__state=SetState.DROPPED)


def _draw_objective(hit: Hit, on: date) -> Drawn:
    return Drawn(
        title=hit.title,
        note=joined(hit.note, f"mục tiêu {Level(hit.number).label} năm {hit.year}"),
        url=reverse("objectives:detail", args=[hit.year, hit.pk]),
        mark=set_mark(hit.word),
        day=hit.day,
        day_word="thời hạn",
    )


def _risks(user: User) -> QuerySet:
    return Risk.objects.visible_to(user)


def _with_tone(rows: QuerySet, on: date) -> QuerySet:
    last = Assessment.objects.filter(risk=OuterRef("pk")).order_by("-day", "-pk")
    return rows.annotate(last_tone=Coalesce(Subquery(last.values("tone")[:1]), Value("")))


def _draw_risk(hit: Hit, on: date) -> Drawn:
    kind = Risk.Kind(hit.word).label
    if hit.day:
        mark = Mark("dormant", "", f"thôi theo dõi từ {short_date(hit.day)}")
    else:
        mark = Mark(hit.symbol, "", f"mức {hit.number}") if hit.symbol else None
    return Drawn(hit.title, joined(kind.capitalize(), hit.note), reverse("context:risk", args=[hit.pk]), mark)


def _surveys(user: User) -> QuerySet:
    return Survey.objects.visible_to(user).standing()


def _draw_survey(hit: Hit, on: date) -> Drawn:
    period = Period(hit.year, PeriodKind(hit.word), int(hit.number))
    return Drawn(
        title=f"Khảo sát hài lòng {period.inline}",
        note=joined(hit.title, Channel(hit.note).label, f"{hit.target} phiếu thu về"),
        url=reverse("satisfaction:survey", args=[hit.pk]),
        day=hit.day,
        day_word="đến hết",
    )


def _objective_reports(user: User) -> QuerySet:
    return ObjectiveReport.objects.visible_to(user).exclude(state=ObjectiveReportState.DROPPED)


def _draw_objective_report(hit: Hit, on: date) -> Drawn:
    mark = ObjectiveReport(state=hit.word).mark
    return _drawn_report(hit, mark, reverse("objective_reports:report", args=[hit.pk]))


def _progress_reports(user: User) -> QuerySet:
    return ProgressReport.objects.visible_to(user).exclude(state=ReportState.DROPPED)


def _draw_progress_report(hit: Hit, on: date) -> Drawn:
    return _drawn_report(hit, ProgressReport(state=hit.word).mark, reverse("progress_report", args=[hit.pk]))


def _drawn_report(hit: Hit, mark: Mark, url: str) -> Drawn:
    number = f"{hit.number}/{hit.symbol}" if hit.number else ""
    return Drawn(hit.title, joined(number, hit.note), url, mark, hit.day, "ngày")


_REPORT = {"title": F("subject"), "word": F("state"), "day": F("date"), "number": F("number"), "symbol": F("symbol")}
OBJECTIVE_KINDS = (
    Kind(
        "muc-tieu", "Mục tiêu", _objectives,
        {"year": F("objective_set__year"), "title": F("statement"), "note": F("unit__name"),
         "word": F("objective_set__state"), "day": F("due_on"), "agency": F("objective_set__agency__name"),
         "number": F("level")},
        _draw_objective,
        (first("objective_set__state", SetState.ISSUED), "-objective_set__year", "objective_set", "order", "pk"),
        "objective_set__year",
    ),
    Kind(
        "rui-ro", "Rủi ro, cơ hội", _risks,
        {"title": F("text"), "note": Concat("process", Value(" · "), "unit__name"), "word": F("kind"),
         "day": F("retired_on"), "number": F("level"), "symbol": F("last_tone")},
        _draw_risk,
        (Case(When(retired_on=None, then=0), default=1, output_field=IntegerField()),
         F("score").desc(nulls_last=True), "pk"),
        dressed=_with_tone,
    ),
    Kind(
        "khao-sat", "Khảo sát hài lòng", _surveys,
        {"year": F("year"), "title": Coalesce(F("unit__name"), Value(WHOLE)), "note": F("channel"), "word": F("kind"),
         "day": F("ends_on"), "number": Cast("index", CharField()), "target": F("received")},
        _draw_survey, ("-ends_on", "unit__order", "pk"), "year",
    ),
    Kind(
        "bao-cao-muc-tieu", "Báo cáo mục tiêu", _objective_reports,
        _REPORT | {"year": F("round__year"), "note": Coalesce(F("unit__name"), Value("toàn Sở"))},
        _draw_objective_report, ("-round__year", "-round__submit_by", F("unit__order").asc(nulls_first=True), "pk"),
        "round__year",
    ),
    Kind(
        "bao-cao-tien-do", "Báo cáo tiến độ", _progress_reports, _REPORT | {"year": F("year")},
        _draw_progress_report, ("-year", "-as_of", "-pk"), "year",
    ),
)  # fmt: skip
