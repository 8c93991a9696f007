"""For whoever follows the agency's duties: how it reminds, and what became of each run."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qms.lists import order_of, page_of
from qms.notifications.models import ReminderRun
from qms.organisation.access import access_of
from qms.organisation.forms.fields import day_from
from qms.organisation.models import Agency
from qms.workflow.models import HistoryEntry
from qms.xlsx import xlsx_response

from .reminder_settings import LONGEST, set_reminders, why_not_set_reminders
from .reminders import settings_of

PER_PAGE = 50
ORDERS = {
    "-ngay": ("-day", "-pk"),
    "ngay": ("day", "pk"),
    "-loi": ("-failed", "-pk"),
    "loi": ("failed", "pk"),
}
DEFAULT_ORDER = "-ngay"
OUTCOMES = (("", "Mọi kết quả"), ("loi", "Có lỗi"), ("do-dang", "Bị ngắt giữa chừng"), ("xong", "Xong, không lỗi"))
HEADINGS = ("Ngày", "Bắt đầu", "Kết thúc", "Số việc đã xét", "Thư đã gửi", "Không gửi", "Lỗi", "Lý do")


class RungsField(forms.CharField):
    """Whole numbers with commas between: "7, 3, 1"."""

    def clean(self, value: str) -> list[int]:
        words = [word for word in re.split(r"[,;\s]+", super().clean(value)) if word]
        if not all(word.isdecimal() and len(word) < 4 for word in words):
            raise ValidationError("Ghi các số ngày, cách nhau bằng dấu phẩy, ví dụ: 7, 3, 1.")
        return [int(word) for word in words]


def _days(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LONGEST, help_text="Ngày làm việc sau hạn.")


class ReminderForm(forms.Form):
    """The hour, the ladder, and whether links in mails open without signing in."""

    hour = forms.IntegerField(label="Giờ gửi", min_value=0, max_value=23, help_text="Từ 0 đến 23, giờ Việt Nam.")
    before = RungsField(
        label="Nhắc trước hạn", required=False, max_length=40, help_text="Số ngày làm việc, ví dụ: 7, 3, 1."
    )
    head_after = _days("Trễ bao nhiêu ngày thì báo trưởng đơn vị")
    secretary_after = _days("Trễ bao nhiêu ngày thì báo Thư ký ISO")
    leadership_after = _days("Trễ bao nhiêu ngày thì báo lãnh đạo")
    open_links = forms.BooleanField(
        label="Mở liên kết trong thư không cần đăng nhập", required=False,
        help_text="Ai có thư đều trả lời được đúng một việc trong thư. Không bật thì phải đăng nhập.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_settings(request: HttpRequest) -> HttpResponse:
    """How the agency reminds."""
    agency = _agency(request)
    used = settings_of(agency)
    initial = {name: getattr(used, name) for name in ReminderForm.base_fields}
    initial["before"] = ", ".join(map(str, used.before))
    form = ReminderForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, agency, form):
        messages.success(request, "Đã lưu cách nhắc việc. Áp dụng từ lần gửi tới.")
        return redirect("reminders:settings")
    context = {
        "form": form, "why_not": why_not_set_reminders(agency, request.user),
        "history": HistoryEntry.objects.of(used).order_by("-at")[:10] if used.pk else [],
    }  # fmt: skip
    return render(request, "duties/reminder_settings.html", context, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, agency: Agency, form: ReminderForm) -> bool:
    try:
        set_reminders(agency, **form.cleaned_data, actor=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return form.is_valid()


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Every run: when, for which day, how many looked at, sent, left out, failed and why."""
    followed = access_of(request.user).agencies_with("follow_duties")
    if not followed:
        raise Http404
    asked = {name: request.GET.get(name, "") for name in ("q", "ket_qua")}
    order = order_of(request, ORDERS, DEFAULT_ORDER)
    rows = _found(ReminderRun.objects.filter(agency__in=followed), asked).order_by(*ORDERS[order])
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("cac-lan-nhac-viec", "Các lần nhắc việc", HEADINGS, _excel_rows(rows))
    context: dict[str, Any] = {
        "page": page_of(request, rows, PER_PAGE),
        "asked": asked, "filtered": any(asked.values()), "order": order, "outcomes": OUTCOMES,
    }  # fmt: skip
    return render(request, "duties/reminder_runs.html", context)


def _found(rows: QuerySet[ReminderRun], asked: dict[str, str]) -> QuerySet[ReminderRun]:
    if asked["q"]:
        day = day_from(asked["q"])
        rows = rows.filter(day=day) if day else rows.none()
    if asked["ket_qua"] == "loi":
        return rows.filter(failed__gt=0)
    if asked["ket_qua"] == "do-dang":
        return rows.filter(ended_at=None)
    return rows.filter(failed=0).exclude(ended_at=None) if asked["ket_qua"] == "xong" else rows


def _excel_rows(rows: Iterable[ReminderRun]) -> Iterator[tuple[Any, ...]]:
    for run in rows:
        yield (
            run.day, run.started_at, run.ended_at, run.considered, run.sent, run.skipped, run.failed,
            "\n".join(run.errors),
        )  # fmt: skip


def _agency(request: HttpRequest) -> Agency:
    if request.user.agency is None:
        raise Http404
    return request.user.agency
