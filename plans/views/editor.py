"""The editor of a draft: the page, its header and other boxes, and the small answers beside them."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plans.arranging import restore_row
from plans.checklist import missing_to_submit
from plans.content import SectionKind
from plans.editing import edit_plan, learn_alias
from plans.enums import RowKind
from plans.forms import AliasForm, ClosingForm, HeadForm, LayoutChoiceForm, OpeningForm
from plans.looks import review_of, tick_off
from plans.models import Plan
from plans.units import directory_of
from plans.wording import meaning_of
from qms.organisation.calendar import calendar_of

from .drafts import attempt, back_to, draft_or_404, part_or_404
from .part_boxes import duty_boxes, section_boxes
from .parts import duties
from .saving import Box, save_box, show_box
from .table import removed_rows, table_of
from .tasks import tables

HEAD_PARTS: dict[str, tuple[str, type, str, tuple[str, ...]]] = {
    "phan-dau": (
        "Phần đầu", HeadForm, "plans/editor/fields_phan_dau.html",
        ("superior", "issuer", "symbol", "place", "subject", "number", "date"),
    ),
    "can-cu": ("Căn cứ và câu dẫn", OpeningForm, "plans/editor/fields_can_cu.html", ("bases", "intro")),
    "phan-cuoi": (
        "Câu kết, nơi nhận, chữ ký", ClosingForm, "plans/editor/fields_phan_cuoi.html",
        ("closing", "recipients", "sign_on_behalf", "sign_position", "sign_name"),
    ),
    "trinh-bay": ("Mẫu trình bày", LayoutChoiceForm, "plans/editor/fields_trinh_bay.html", ("layout",)),
}  # fmt: skip
_PREFIX = re.compile(r"[a-z0-9-]{0,20}")


@require_GET
def edit(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The whole draft on one page."""
    plan = draft_or_404(request, year, pk)
    if not plan.is_editable:
        messages.info(request, f"Kế hoạch {plan.get_state_display()}, không sửa được.")
        return redirect("plans:detail", year=year, pk=pk)
    return render(request, "plans/editor/page.html", _page(request, plan))


def _page(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    sections = section_boxes(plan)
    kinds = {box.row.kind for box in sections}
    return {
        "plan": plan,
        "boxes": {key.replace("-", "_"): head_box(plan, key).context() for key in HEAD_PARTS},
        "sections": [box.context() for box in sections],
        "duties": [box.context() for box in duty_boxes(plan)],
        "tasks_apart": SectionKind.TASKS not in kinds,
        "duties_apart": SectionKind.RESPONSIBILITIES not in kinds,
        "table": table_of(plan, viewer_pk=request.user.pk, at=timezone.now()),
        **_side(plan),
    }


def _side(plan: Plan) -> dict[str, Any]:
    review = review_of(plan)
    return {
        "missing": [{"text": lack.message, "url": lack.where} for lack in missing_to_submit(plan)],
        "looks": review.looks,
        "unknown": review.unknown,
        "units": review.units,
        "removed_rows": removed_rows(plan),
    }


def head_box(plan: Plan, part: str) -> Box:
    """One box of the plan's own fields."""
    title, form_class, template, fields = HEAD_PARTS[part]
    return Box(
        plan=plan, key=part, title=title, row=plan, fields=fields, form_class=form_class,
        template=template, url_name="plans:head", url_args=(part,), write=edit_plan,
        options={"plan": plan} if form_class is LayoutChoiceForm else {}, extra={"bare": False},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, year: int, pk: int, part: str) -> HttpResponse:
    """One box of the plan's own fields, by itself."""
    if part not in HEAD_PARTS:
        raise Http404
    box = head_box(draft_or_404(request, year, pk), part)
    if request.method == "GET":
        return show_box(request, box)
    response = save_box(request, box)
    if part == "trinh-bay" and response.status_code == 200:
        response["HX-Refresh"] = "true"  # the tables have other columns now
    return response


@require_GET
def side(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """What is missing and what needs a look, as it stands now."""
    return _notes(request, draft_or_404(request, year, pk))


def _notes(request: HttpRequest, plan: Plan, **more: Any) -> HttpResponse:
    return render(request, "plans/editor/side_answer.html", {"plan": plan, **_side(plan), **more})


@require_GET
def timing_preview(request: HttpRequest, year: int) -> HttpResponse:
    """What a timing phrase means in a plan of that year, while it is being typed."""
    prefix, agency = request.GET.get("prefix", ""), getattr(request.user, "agency", None)
    calendar = calendar_of(agency) if agency else None
    context = {
        "meaning": meaning_of(request.GET.get("text", "")[:2000].strip(), year=year, calendar=calendar),
        "confirmed": False,
        "prefix": prefix if _PREFIX.fullmatch(prefix) else "",
    }
    return render(request, "plans/editor/meaning.html", context)


@require_POST
def alias(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """From now on these words of the plan mean that unit."""
    plan = draft_or_404(request, year, pk)
    now = timezone.now()
    units = directory_of(plan, now).units
    form = AliasForm(request.POST, units=units)
    if form.is_valid():
        text, unit = form.cleaned_data["text"], form.cleaned_data["unit"]
        attempt(request, lambda: learn_alias(plan, text=text, unit=unit, actor=request.user, at=now))
    else:
        messages.error(request, "Chọn đơn vị mà các chữ này chỉ.")
    if not request.htmx:  # type: ignore[attr-defined]
        return back_to(plan, "don-vi")
    return _notes(request, plan, table=table_of(plan, viewer_pk=request.user.pk, at=now))


@require_POST
def look_seen(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """A thing to look at has been looked at."""
    plan = draft_or_404(request, year, pk)
    attempt(request, lambda: tick_off(plan, key=request.POST.get("key", ""), actor=request.user))
    if not request.htmx:  # type: ignore[attr-defined]
        return back_to(plan, "can-xem")
    plan.refresh_from_db(fields=["looks", "seen_looks"])
    return _notes(request, plan)


@require_POST
def restore(request: HttpRequest, year: int, pk: int, removed: int) -> HttpResponse:
    """Put a removed row back."""
    plan = draft_or_404(request, year, pk)
    row = part_or_404(plan.removed, removed)
    back = attempt(request, lambda: restore_row(row, actor=request.user, at=timezone.now()))
    if request.htmx and row.kind == RowKind.TASK:  # type: ignore[attr-defined]
        return tables(request, plan, moved=back)
    if request.htmx and row.kind == RowKind.RESPONSIBILITY:  # type: ignore[attr-defined]
        return duties(request, plan)
    return back_to(plan, f"{RowKind(row.kind).slug}-{back.pk}" if back else "")
