"""The working calendar: a year at a glance, and its decreed days. What moves is shown before it moves."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.deadlines import WorkingCalendar

from .. import actions
from ..access import require
from ..calendar import calendar_of, calendar_with, moved_deadlines
from ..calendar_page import months_of, special_days
from ..forms.agency import ConfirmYearForm, DecreedDayForm, NewDecreedDayForm
from ..forms.fields import day_from
from ..models import Agency, DecreedDay
from ..rules import why_not_manage_calendar
from .common import FormPage, Place, act, bound, edit, place_of, place_of_row, today, written

FIRST_YEAR, LAST_YEAR = 2015, 2060


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A year: days off, worked Saturdays, and the documents behind them."""
    place, on = place_of(request, "calendar"), today()
    year = _year(request.GET.get("nam", ""), on)
    rows = list(place.agency.decreed_days.all())
    days = calendar_of(place.agency)
    context = {
        "place": place, "year": year, "years": range(max(year - 3, FIRST_YEAR), min(year + 3, LAST_YEAR) + 1),
        "months": months_of(year, days, today=on), "special": special_days(year, days, rows),
        "is_confirmed": days.confirmed(year), "today": on,
        "may_manage": not why_not_manage_calendar(place.agency, request.user),
    }  # fmt: skip
    return render(request, "organisation/calendar.html", context)


def _year(text: str, on: date) -> int:
    year = int(text) if text.isdecimal() and len(text) == 4 else on.year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


@dataclass(frozen=True)
class Change:
    """A change of the calendar that waits for a yes: its words, the calendar after it, and how it is written."""

    title: str
    submit: str
    after: Callable[[dict[str, Any]], WorkingCalendar]
    write: Callable[[dict[str, Any]], Any]
    done: str
    is_danger: bool = False


@require_http_methods(["GET", "POST"])
def decreed_day_new(request: HttpRequest) -> HttpResponse:
    """A day off, with the day worked instead where there is one."""
    place = _managed_place(request)
    agency = place.agency
    day = day_from(request.GET.get("ngay", ""))
    form = NewDecreedDayForm(bound(request), row=_proposal(agency, day) if day else None)
    stamp = {"actor": request.user, "at": timezone.now()}
    change = Change(
        "Thêm ngày nghỉ, ngày làm bù", "Ghi vào lịch",
        lambda data: calendar_with(agency, put=_rows(agency, data)),
        lambda data: [
            actions.add_decreed_day(**_fields(row), agency=agency, **stamp) for row in _rows(agency, data)
        ],
        "Đã ghi vào lịch làm việc.",
    )  # fmt: skip
    return _weigh(request, place, form, change)


@require_http_methods(["GET", "POST"])
def decreed_day_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a decreed day right."""
    row = _row(request, pk)
    form = DecreedDayForm(bound(request), row=row)

    def changed(data: dict[str, Any]) -> DecreedDay:
        candidate = copy(row)
        for name, value in data.items():
            setattr(candidate, name, value)
        candidate.full_clean()
        return candidate

    change = Change(
        "Sửa ngày nghỉ, ngày làm bù", "Lưu",
        lambda data: calendar_with(row.agency, put=[changed(data)]),
        lambda data: actions.change_decreed_day(row, **data, actor=request.user, at=timezone.now()),
        "Đã sửa lịch làm việc.",
    )  # fmt: skip
    return _weigh(request, place_of_row(request, "calendar", row.agency), form, change)


@require_http_methods(["GET", "POST"])
def decreed_day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the general rules decide about a day again."""
    row = _row(request, pk)
    change = Change(
        f"Bỏ {row} khỏi lịch", "Bỏ khỏi lịch",
        lambda data: calendar_with(row.agency, drop=[row]),
        lambda data: actions.remove_decreed_day(row, actor=request.user, at=timezone.now()),
        "Đã bỏ khỏi lịch làm việc.", is_danger=True,
    )  # fmt: skip
    return _weigh(request, place_of_row(request, "calendar", row.agency), forms.Form(request.POST or {}), change)


@require_POST
def calendar_seed(request: HttpRequest) -> HttpResponse:
    """Copy the days that the program knows into the agency's own table."""
    place = _managed_place(request)
    act(
        request, lambda: actions.seed_decreed_days(place.agency, actor=request.user, at=timezone.now()),
        done="Đã chép các ngày có sẵn vào lịch của cơ quan.",
    )  # fmt: skip
    return redirect(place.here)


@require_http_methods(["GET", "POST"])
def calendar_confirm(request: HttpRequest, year: int) -> HttpResponse:
    """Declare a year's days off complete."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    place = _managed_place(request)
    back = f"{reverse('organisation:calendar')}?nam={year}{place.more}"
    intro = f"Xác nhận khi các ngày nghỉ Tết và Quốc khánh năm {year} trong lịch đã đúng theo văn bản."
    page = FormPage(f"Lịch nghỉ năm {year} đã có văn bản", "Xác nhận", back, (("Lịch làm việc", back),), intro)
    return edit(
        request, ConfirmYearForm(bound(request)), page,
        lambda data: actions.confirm_year(place.agency, year=year, **data, actor=request.user, at=timezone.now()),
        done=f"Đã xác nhận lịch nghỉ năm {year}.",
    )  # fmt: skip


def _weigh(request: HttpRequest, place: Place, form: forms.Form, change: Change) -> HttpResponse:
    """The form; then what would move; then, on a second yes, the write."""
    page = {"place": place, "form": form, "change": change}
    after: list[WorkingCalendar] = []
    if not form.is_bound or not written(form, lambda data: after.append(change.after(data))):
        return render(request, "organisation/decreed_day.html", page, status=422 if form.errors else 200)
    if request.POST.get("buoc") == "ghi" and written(form, change.write):
        messages.success(request, change.done)
        return redirect(place.here)
    if form.errors:
        return render(request, "organisation/decreed_day.html", page, status=422)
    moved = moved_deadlines(place.agency, calendar_of(place.agency), after[0])
    return render(request, "organisation/decreed_day_preview.html", page | {"moved": moved})


def _rows(agency: Agency, data: dict[str, Any]) -> list[DecreedDay]:
    """The day itself, and the day worked instead. Raises ValidationError where one is in the calendar already."""
    fields = {name: data[name] for name in ("day", "is_off", "name", "source")}
    rows = [DecreedDay(agency=agency, **fields)]
    if data.get("worked_day"):
        name = f"Làm bù cho ngày nghỉ {data['day']:%d/%m/%Y}"
        rows.append(DecreedDay(agency=agency, day=data["worked_day"], is_off=False, name=name, source=data["source"]))
    for row in rows:
        row.full_clean()
    return rows


def _fields(row: DecreedDay) -> dict[str, Any]:
    return {"day": row.day, "is_off": row.is_off, "name": row.name, "source": row.source}


def _proposal(agency: Agency, day: date) -> DecreedDay:
    """What the calendar says about the day now, to be corrected."""
    now = calendar_of(agency)
    return DecreedDay(day=day, is_off=not now.is_working(day), name=now.describe(day), source=now.source(day))


def _managed_place(request: HttpRequest) -> Place:
    place = place_of(request, "calendar")
    require(why_not_manage_calendar(place.agency, request.user))
    return place


def _row(request: HttpRequest, pk: int) -> DecreedDay:
    row = get_object_or_404(DecreedDay.objects.visible_to(request.user).select_related("agency"), pk=pk)
    require(why_not_manage_calendar(row.agency, request.user))
    return row
