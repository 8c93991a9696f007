"""The two files of a plan: the frozen ones once it is issued, freshly rendered ones before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from plans.documents import plan_document
from plans.enums import IN_FORCE_OR_PAST
from plans.models import Plan
from plans.page import visible_plan
from plans.selectors import plan_content
from qms.documents.docx import render_docx
from qms.documents.pdf import render_pdf
from qms.documents.review import review_layout
from qms.documents.selectors import DOCUMENT_TYPES, download, frozen_of, is_intact

_RENDERERS = {"pdf": render_pdf, "docx": render_docx}


@require_safe
def plan_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """PDF or DOCX. An issued plan's file comes from the store, byte for byte; a draft is marked DỰ THẢO."""
    if file_format not in _RENDERERS:
        raise Http404
    plan = visible_plan(request.user, pk)
    frozen = frozen_of(plan) if plan.state in IN_FORCE_OR_PAST else None
    return download(frozen, file_format) if frozen else _rendered(plan, file_format)


def _rendered(plan: Plan, file_format: str) -> HttpResponse:
    """A draft, or a plan that was issued on paper before it came here: then there is no original to keep."""
    issued = plan.state in IN_FORCE_OR_PAST
    document = plan_document(plan_content(plan), draft=not issued)
    name = f"{'dung-lai' if issued else 'du-thao'}-ke-hoach-{plan.year}.{file_format}"
    response = HttpResponse(_RENDERERS[file_format](document), content_type=DOCUMENT_TYPES[file_format])
    response["Content-Disposition"] = content_disposition_header(file_format == "docx", name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed document looked over: the layout of a draft, the integrity of an original."""
    plan = visible_plan(request.user, pk)
    issued = plan.state in IN_FORCE_OR_PAST
    frozen = frozen_of(plan) if issued else None
    context = {
        "plan": plan,
        "frozen": frozen,
        "intact": is_intact(frozen) if frozen else None,
        "review": None if frozen else review_layout(plan_document(plan_content(plan), draft=not issued)),
    }
    template = "plans/check_result.html" if request.htmx else "plans/check.html"
    return render(request, template, context)
