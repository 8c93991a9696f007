"""Surveys: the list, one of them, entered by hand, withdrawn; comments and what was done about them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from objectives.satisfaction import actions, rules
from objectives.satisfaction.forms import AnswerForm, HandleForm, SurveyForm, WithdrawForm
from objectives.satisfaction.listing import (
    COMMENT_HEADINGS,
    COMMENT_STATES,
    SURVEY_HEADINGS,
    SURVEY_STATES,
    comment_excel_rows,
    filtered_comments,
    filtered_surveys,
    open_comments,
    ordered_surveys,
    share_of_row,
    survey_excel_rows,
)
from objectives.satisfaction.models import Comment, Survey
from objectives.satisfaction.scheme import Share
from objectives.satisfaction.selectors import scheme_of
from qms.lists import page_of
from qms.organisation.views.common import FormPage, act, bound, edit
from qms.xlsx import xlsx_response

from .common import agency_of, asked, place_of, shown_units, stamp, trail, where

PAGE = 25
_SURVEY_ASKED = ("q", "don_vi", "nam", "hinh_thuc", "xem")


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """The list: searched, filtered, sorted, paged, or as an Excel file with every criterion."""
    place = place_of(request)
    agency = place.agency
    found = filtered_surveys(agency, request.user, request.GET)
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("khao-sat-hai-long", "Khảo sát", SURVEY_HEADINGS, survey_excel_rows(found))
    order = request.GET.get("sap_xep", "")
    page = page_of(request, ordered_surveys(found, order), PAGE)
    waiting = open_comments(list(page), request.user)
    context = {
        "place": place, "tabs": place.tabs("surveys"), "page": page, "order": order, "units": shown_units(agency),
        "rows": [(row, share_of_row(row), waiting.get(row.pk, 0)) for row in page],
        "may_add": bool(where(request, agency)["units"]), "states": SURVEY_STATES, **asked(request, _SURVEY_ASKED),
    }  # fmt: skip
    return render(request, "satisfaction/surveys.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A survey by hand."""
    agency = agency_of(request)
    scheme = scheme_of(agency)
    form = SurveyForm(bound(request), scheme=scheme, **where(request, agency))
    page = _page("Ghi khảo sát", form, reverse("satisfaction:surveys"))

    def write(data: dict[str, Any]) -> None:
        _named(
            form,
            lambda: actions.add_survey(
                agency=agency, unit=data["unit"], period=data["period"], channel=data["channel"], given=form.given(),
                **stamp(request),
            ),
        )  # fmt: skip

    return edit(request, form, page, write, done="Đã ghi khảo sát.")


@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: numbers, shares by criterion, comments."""
    row = survey_or_404(request, pk)
    answers = list(row.answers.all())
    context = {
        "survey": row, "answers": answers, "share": sum((one.share for one in answers), Share()),
        "marks": range(1, row.highest + 1), "counted": any(one.counts for one in answers),
        "comments": page_of(request, Comment.objects.visible_to(request.user).filter(survey=row), PAGE),
        "why_not": rules.why_not_change(row, request.user), "withdraw": WithdrawForm(),
        "may_handle": not rules.why_not_change(row, request.user),
    }  # fmt: skip
    return render(request, "satisfaction/survey.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its numbers anew; further comments are added."""
    row = survey_or_404(request, pk)
    form = AnswerForm(bound(request), scheme=scheme_of(row.agency), survey=row)
    page = _page(f"Sửa khảo sát {row.period.inline}", form, reverse("satisfaction:survey", args=[pk]))

    def write(data: dict[str, Any]) -> None:
        revision = data["revision"] or 0
        _named(
            form, lambda: actions.change_survey(row, given=form.given(), revision=revision, **stamp(request))
        )  # fmt: skip

    return edit(request, form, page, write, done="Đã lưu.")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no more."""
    row = survey_or_404(request, pk)
    reason = request.POST.get("reason", "")
    act(request, lambda: actions.withdraw_survey(row, reason=reason, **stamp(request)), done="Đã bỏ khảo sát.")
    return redirect("satisfaction:survey", pk)


@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """What people wrote: searched, filtered, paged, or as an Excel file."""
    place = place_of(request)
    found = filtered_comments(place.agency, request.user, request.GET)
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("y-kien-khao-sat", "Ý kiến", COMMENT_HEADINGS, comment_excel_rows(found))
    page = page_of(request, found, PAGE)
    context = {
        "place": place, "tabs": place.tabs("comments"), "page": page, "units": shown_units(place.agency),
        "states": COMMENT_STATES,
        "rows": [(row, not rules.why_not_handle(row, request.user)) for row in page],
        **asked(request, _SURVEY_ASKED),
    }  # fmt: skip
    return render(request, "satisfaction/comments.html", context)


@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done about a comment."""
    rows = Comment.objects.visible_to(request.user).select_related("survey__unit", "survey__agency")
    row = get_object_or_404(rows, pk=pk)
    form = HandleForm(bound(request), initial={"handling": row.handling})
    links = (*trail(), ("Ý kiến", reverse("satisfaction:comments")))
    page = FormPage("Xử lý ý kiến", "Ghi cách xử lý", reverse("satisfaction:comments"), links, f"“{row.text}”")
    return edit(
        request, form, page, lambda data: actions.handle_comment(row, **data, **stamp(request)),
        done="Đã ghi cách xử lý.",
    )  # fmt: skip


def survey_or_404(request: HttpRequest, pk: int) -> Survey:
    """The survey if this person may see it."""
    rows = Survey.objects.visible_to(request.user).select_related("agency", "unit", "source")
    return get_object_or_404(rows, pk=pk)


def _page(title: str, form: AnswerForm, back: str) -> FormPage:
    """The form page with the table of marks."""
    marks = range(1, form.highest + 1)
    words = list(zip(marks, form.scheme.words, strict=False)) if form.highest == form.scheme.highest else []
    context = {"marks": marks, "words": words, "good_from": form.good_from, "scheme": form.scheme}
    return FormPage(title, "Lưu khảo sát", back, trail(), template="satisfaction/survey_form.html", context=context)


def _named(form: AnswerForm, write: Any) -> None:
    """Errors by criterion become errors of the field in the table."""
    try:
        write()
    except ValidationError as refusal:
        if not hasattr(refusal, "error_dict"):
            raise
        raise ValidationError({form.field_of(name): errors for name, errors in refusal.error_dict.items()}) from None
