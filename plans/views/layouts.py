"""Layouts: the list, the form with its preview."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plans.content import LayoutContent, TaskContent, TaskStyle, task_paragraphs
from plans.forms import TASK_FIELD_OF
from plans.layout_forms import STYLE_LABELS, LayoutEditor
from plans.layouts import remove_layout, save_layout
from plans.models import Plan, PlanLayout
from plans.selectors import layout_content
from qms.organisation.access import access_of
from qms.organisation.models import Agency

from .drafts import attempt, editor_url
from .table import head_lines

_SAMPLE = (
    TaskContent("1", "Xây dựng mục tiêu chất lượng năm", ("Mục tiêu chất lượng",), "Văn phòng", "Các phòng", "Giám đốc",
                "Quý I", "Theo mẫu"),
    TaskContent("2", "Đánh giá nội bộ", ("Kế hoạch đánh giá", "Báo cáo đánh giá"), "Đoàn đánh giá", "Các phòng",
                "Giám đốc", "Quý II và Quý III", ""),
)  # fmt: skip


@require_GET
def layouts(request: HttpRequest) -> HttpResponse:
    """The layouts of the agencies whose layouts this person looks after, with how many plans use each."""
    rows = PlanLayout.objects.filter(agency__in=_agencies(request)).select_related("agency")
    shown = [
        {"layout": row, "head": head_lines(layout_content(row).columns), "style": STYLE_LABELS[TaskStyle(row.style)]}
        for row in rows.annotate(times=Count("plans")).order_by("agency__name", "name", "pk")
    ]
    return render(request, "plans/layouts/list.html", {"rows": shown, **_way_back(request)})


@require_http_methods(["GET", "POST"])
def layout_add(request: HttpRequest) -> HttpResponse:
    """A new layout, beginning as the usual table."""
    return _edit(request, PlanLayout(agency=_agencies(request)[0]))


@require_http_methods(["GET", "POST"])
def layout_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One layout."""
    return _edit(request, _layout_or_404(request, pk))


@require_POST
def layout_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out one that no plan uses."""
    layout = _layout_or_404(request, pk)
    attempt(request, lambda: remove_layout(layout, actor=request.user))
    return redirect("plans:layouts")


@require_GET
def layout_preview(request: HttpRequest) -> HttpResponse:
    """The head of the table as it would be printed, while the form is being filled."""
    editor = LayoutEditor(PlanLayout(), request.GET)
    return render(request, "plans/layouts/preview.html", _preview(editor))


def _edit(request: HttpRequest, layout: PlanLayout) -> HttpResponse:
    editor = LayoutEditor(layout, request.POST if request.method == "POST" else None)
    if "move" in request.POST or "spread" in request.POST:
        editor = _rearranged(request, layout, editor)
    elif request.method == "POST" and editor.is_valid():
        try:
            saved = save_layout(layout, values=editor.values(), actor=request.user)
        except ValidationError as error:
            editor.form.add_error(None, error.messages)
        else:
            return redirect(_after(request, saved))
    status = 422 if editor.form.errors else 200
    context = {"editor": editor, "layout": layout, **_preview(editor), **_way_back(request)}
    return render(request, "plans/layouts/edit.html", context, status=status)


def _rearranged(request: HttpRequest, layout: PlanLayout, editor: LayoutEditor) -> LayoutEditor:
    """The same form with a column one place up or down ("title:-1"), or with widths that fill the page."""
    if "spread" in request.POST:
        editor.spread()
        return editor
    key, _, by = request.POST["move"].partition(":")
    keys = [row.key.value for row in editor.rows]
    data = request.POST.copy()
    if key in keys and by in {"1", "-1"}:
        place = keys.index(key)
        keys.insert(max(0, place + int(by)), keys.pop(place))
        data.setlist("column", keys)
    return LayoutEditor(layout, data)


def _preview(editor: LayoutEditor) -> dict[str, object]:
    layout = editor.preview()
    return {
        "head": head_lines(layout.columns),
        "widths": [column.width for column in layout.columns],
        "sample": [_cells(task, layout) for task in _SAMPLE],
        "paragraphs": [line for task in _SAMPLE for line in task_paragraphs(task, layout)],
        "as_paragraphs": layout.style == TaskStyle.PARAGRAPHS,
        "annex_title": layout.annex_title if layout.style == TaskStyle.ANNEX else "",
        "total": editor.total,
    }


def _cells(task: TaskContent, layout: LayoutContent) -> list[str]:
    names = (TASK_FIELD_OF[column.key].removesuffix("_text") for column in layout.columns)
    values = (getattr(task, name) for name in names)
    return [value if isinstance(value, str) else "\n".join(value) for value in values]


def _agencies(request: HttpRequest) -> list[Agency]:
    found = list(Agency.objects.filter(pk__in=access_of(request.user).agencies_with("manage_layouts")))
    if not found:
        raise PermissionDenied("Chỉ người được giao sửa mẫu trình bày làm được việc này.")
    return found


def _layout_or_404(request: HttpRequest, pk: int) -> PlanLayout:
    allowed = access_of(request.user).agencies_with("manage_layouts")
    return get_object_or_404(PlanLayout.objects.filter(agency__in=allowed).select_related("agency"), pk=pk)


def _draft(request: HttpRequest) -> Plan | None:
    """The draft from whose editor the person came."""
    number = request.GET.get("ke-hoach", "")
    plans = Plan.objects.visible_to(request.user)
    return plans.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None


def _way_back(request: HttpRequest) -> dict[str, object]:
    plan = _draft(request)
    return {"plan": plan, "query": f"?ke-hoach={plan.pk}" if plan else "", "back": editor_url(plan) if plan else ""}


def _after(request: HttpRequest, saved: PlanLayout) -> str:
    plan = _draft(request)
    return editor_url(plan, "bang-nhiem-vu") if plan else reverse("plans:layouts")
