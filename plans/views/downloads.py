"""The two files of a plan: the frozen ones once it is issued, freshly rendered ones before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.documents import plan_document
from plans.enums import IN_FORCE_OR_PAST
from plans.page import visible_plan
from plans.selectors import plan_content
from qms.documents.downloads import document_response
from qms.documents.review import review_layout
from qms.documents.selectors import frozen_of, is_intact


@require_safe
def plan_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """PDF or DOCX. An issued plan's file comes from the store, byte for byte; a draft is marked DỰ THẢO.

    A plan that was issued on paper before it came here has no original: its file is made again.
    """
    plan = visible_plan(request.user, pk)
    issued = plan.state in IN_FORCE_OR_PAST
    name = f"{'dung-lai' if issued else 'du-thao'}-ke-hoach-{plan.year}"
    return document_response(
        frozen_of(plan) if issued else None, lambda: plan_document(plan_content(plan), draft=not issued), file_format,
        name,
    )  # fmt: skip


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
