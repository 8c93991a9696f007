"""The kinds of things that are found: plans, tasks, duties, objectives and what is around them, documents, files,

units, people.
"""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, When
from django.db.models.functions import Cast, ExtractYear, TruncDate
from django.urls import reverse

from plans.enums import PlanState
from plans.marks import STATE_MARKS
from plans.models import Plan, Task
from qms.documents.models import RegisterEntry
from qms.duties.enums import OWED
from qms.duties.marks import duty_mark
from qms.duties.models import Duty
from qms.files.models import StoredFile
from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.enums import UnitKind
from qms.organisation.models import Unit, User
from qms.organisation.selectors import people_with_title, searched_text
from qms.text import short_date

from .search_kinds import Drawn, Hit, Kind, first, joined
from .search_objectives import OBJECTIVE_KINDS

_ENTRY = RegisterEntry.Status


def _plans(user: User) -> QuerySet:
    return Plan.objects.visible_to(user).exclude(state=PlanState.DROPPED)


def _draw_plan(hit: Hit, on: date) -> Drawn:
    return Drawn(
        title=f"{hit.note.capitalize()} năm {hit.year}",
        note=joined(f"{hit.number}/{hit.symbol}" if hit.number else "chưa cấp số", hit.title),
        url=reverse("plans:detail", args=[hit.year, hit.pk]),
        mark=STATE_MARKS[PlanState(hit.word)],
        day=hit.day,
        day_word="ban hành",
    )


def _tasks(user: User) -> QuerySet:
    return Task.objects.filter(plan__in=_plans(user))


def _draw_task(hit: Hit, on: date) -> Drawn:
    return Drawn(
        title=hit.title,
        note=joined(f"Nhiệm vụ {hit.number}".strip(), f"kế hoạch năm {hit.year}", hit.note),
        url=f"{reverse('plans:detail', args=[hit.year, hit.target])}?xem=bang#nhiem-vu-{hit.pk}",
        mark=STATE_MARKS[PlanState(hit.word)],
    )


def _duties(user: User) -> QuerySet:
    return Duty.objects.visible_to(user)


def _draw_duty(hit: Hit, on: date) -> Drawn:
    return Drawn(
        title=hit.title,
        note=joined(hit.note, hit.number, hit.symbol),
        url=reverse("duties:detail", args=[hit.pk]),
        mark=duty_mark(Duty(state=hit.word, percent=hit.target, due_on=hit.day), on),
        day=hit.day,
        day_word="hạn",
    )


def _people(user: User) -> QuerySet:
    return User.objects.visible_to(user).filter(is_active=True)


def _with_title(people: QuerySet, on: date) -> QuerySet:
    return people_with_title(people, on=on)


def _draw_person(hit: Hit, on: date) -> Drawn:
    return Drawn(hit.title, joined(hit.note, hit.number), reverse("organisation:person", args=[hit.pk]))


def _units(user: User) -> QuerySet:
    return Unit.objects.visible_to(user)


def _draw_unit(hit: Hit, on: date) -> Drawn:
    ended = hit.day is not None and hit.day < on
    return Drawn(
        title=hit.title,
        note=joined(UnitKind(hit.word).label, hit.number),
        url=reverse("organisation:unit", args=[hit.pk]),
        mark=Mark("dormant", "", f"đến hết {short_date(hit.day)}") if ended else None,
    )


def _documents(user: User) -> QuerySet:
    return RegisterEntry.objects.filter(series__agency__in=access_of(user).readable)


def _draw_document(hit: Hit, on: date) -> Drawn:
    sign = f"{int(hit.number):02d}/{hit.symbol}"
    register = f"{reverse('plans:register')}?{urlencode({'q': sign, 'nam': hit.year})}"
    return Drawn(
        title=f"Số {sign}",
        note=joined(hit.title, hit.note),
        url=reverse("plans:download", args=[hit.target, "pdf"]) if hit.target else register,
        mark=Mark("done" if hit.word == _ENTRY.ISSUED else "dormant", "", _ENTRY(hit.word).label),
        day=hit.day,
        day_word="ngày",
    )


def _files(user: User) -> QuerySet:
    return StoredFile.objects.visible_to(user)


def _draw_file(hit: Hit, on: date) -> Drawn:
    url = reverse("files:download", args=[hit.pk])
    return Drawn(hit.title, hit.note, url, day=hit.day, day_word="tải lên")


KINDS = (
    Kind(
        "ke-hoach", "Kế hoạch", _plans,
        {"year": F("year"), "title": F("subject"), "note": F("title"), "word": F("state"), "day": F("date"),
         "number": F("number"), "symbol": F("symbol")},
        _draw_plan, (first("state", PlanState.ISSUED), "-year", "-pk"), "year",
    ),
    Kind(
        "nhiem-vu", "Nhiệm vụ", _tasks,
        {"year": F("plan__year"), "title": F("title"), "note": F("lead_text"), "word": F("plan__state"),
         "agency": F("plan__agency__name"), "number": F("ordinal"), "target": F("plan")},
        _draw_task, (first("plan__state", PlanState.ISSUED), "-plan__year", "-plan", "phase__order", "order", "pk"),
        "plan__year",
    ),
    Kind(
        "viec", "Việc phải làm", _duties,
        {"year": F("year"), "title": F("title"), "note": F("unit__name"), "word": F("state"), "day": F("due_on"),
         "number": F("period"), "symbol": F("context"), "target": F("percent")},
        _draw_duty, (first("state", *OWED), "-year", F("due_on").asc(nulls_last=True), "pk"), "year",
    ),
    *OBJECTIVE_KINDS,
    Kind(
        "van-ban", "Văn bản đã vào sổ", _documents,
        {"year": F("series__year"), "title": F("subject"), "note": F("note"), "word": F("status"),
         "day": F("issued_on"), "agency": F("series__agency__name"), "number": Cast("number", CharField()),
         "symbol": F("symbol"), "target": Case(
            When(document__content_type__app_label="plans", document__content_type__model="plan",
                 then=F("document__object_id")), output_field=IntegerField())},
        _draw_document, ("-issued_on", "-number", "-pk"), "series__year",
    ),
    Kind(
        "tep", "Tệp minh chứng", _files,
        {"year": ExtractYear("uploaded_at"), "title": F("original_name"), "note": F("uploaded_by__full_name"),
         "day": TruncDate("uploaded_at")},
        _draw_file, ("-uploaded_at", "-pk"), "uploaded_at__year",
    ),
    Kind(
        "don-vi", "Đơn vị", _units,
        {"title": F("name"), "word": F("kind"), "day": F("valid_to"), "number": F("short_name")},
        _draw_unit, (Case(When(Q(valid_to=None), then=0), default=1), "order", "search", "pk"),
    ),
    Kind(
        "nguoi", "Con người", _people,
        {"title": F("full_name"), "note": F("first_title"), "number": F("first_unit")},
        _draw_person, ("sort_name", "pk"), heads=("search", "sort_name"), dressed=_with_title,
        said=searched_text,
    ),
)  # fmt: skip
