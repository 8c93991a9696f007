"""The lists of surveys and of comments: search, filter, order, Excel."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from objectives.figures import figure_text
from qms.lists import searched
from qms.organisation.models import Agency, User
from qms.text import fold

from .models import Answers, Channel, Comment, Survey
from .scheme import Share

SURVEY_ORDERS = {
    "ky": ("ends_on", "pk"), "-ky": ("-ends_on", "-pk"),
    "thu": ("received", "pk"), "-thu": ("-received", "-pk"),
}  # fmt: skip
SURVEY_STATES = (("", "Đang tính"), ("bo", "Đã bỏ"))
COMMENT_STATES = (("", "Tất cả"), ("chua", "Chưa xử lý"), ("roi", "Đã xử lý"))
SURVEY_HEADINGS = (
    "Kỳ", "Từ ngày", "Đến ngày", "Đơn vị", "Hình thức", "Phiếu phát ra", "Phiếu thu về", "Tỷ lệ phản hồi (%)",
    "Tiêu chí", "Lượt chấm", "Lượt hài lòng", "Tỷ lệ hài lòng (%)", "Hài lòng từ mức", "Số lượt từng mức", "Tệp",
)  # fmt: skip
COMMENT_HEADINGS = ("Kỳ", "Đơn vị", "Hình thức", "Ý kiến", "Cách xử lý", "Người xử lý", "Xử lý lúc")


def filtered_surveys(agency: Agency, user: User, asked: Mapping[str, str]) -> QuerySet[Survey]:
    """Those of the agency that fit `q` (unit, note), `don_vi`, `nam`, `hinh_thuc`, `xem` ("bo": withdrawn)."""
    surveys = Survey.objects.visible_to(user).filter(agency=agency, withdrawn_on__isnull=asked.get("xem") != "bo")
    surveys = _narrowed(surveys, asked, "")
    words = fold(asked.get("q", "")).split()
    if not words:
        return surveys
    names = surveys.order_by().values_list("pk", "unit__name", "note", "source__file_name")
    fitting = [pk for pk, *texts in names if _has_all(" ".join(filter(None, texts)), words)]
    return surveys.filter(pk__in=fitting)


def _has_all(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def filtered_comments(agency: Agency, user: User, asked: Mapping[str, str]) -> QuerySet[Comment]:
    """Those of the agency that fit `q` (the text and what was done), `don_vi`, `nam`, `hinh_thuc`, `xem`."""
    comments = _narrowed(Comment.objects.visible_to(user).filter(survey__agency=agency), asked, "survey__")
    comments = searched(comments, asked.get("q", ""))
    if asked.get("xem") == "chua":
        comments = comments.filter(handling="")
    elif asked.get("xem") == "roi":
        comments = comments.exclude(handling="")
    return comments.select_related("survey__unit").order_by("-survey__ends_on", "pk")


def _narrowed(rows: QuerySet, asked: Mapping[str, str], prefix: str) -> QuerySet:
    for name, column in (("don_vi", "unit"), ("nam", "year")):
        if asked.get(name, "").isdecimal():
            rows = rows.filter(**{prefix + column: int(asked[name][:9])})
    if asked.get("hinh_thuc") in Channel.values:
        rows = rows.filter(**{f"{prefix}channel": asked["hinh_thuc"]})
    return rows


def ordered_surveys(surveys: QuerySet[Survey], order: str) -> QuerySet[Survey]:
    """With what a row shows: `share_satisfied`, `share_answered`."""
    sums = surveys.select_related("unit", "source").annotate(
        share_satisfied=Sum("answers__satisfied"), share_answered=Sum("answers__answered")
    )  # fmt: skip
    return sums.order_by(*SURVEY_ORDERS.get(order, ("-ends_on", "unit__order", "pk")))


def open_comments(surveys: list[Survey], user: User) -> dict[int, int]:
    """How many comments of each survey that this person may read nobody handled yet, in one query."""
    rows = Comment.objects.visible_to(user).filter(survey__in=surveys).values("survey")
    return {row["survey"]: row["n"] for row in rows.annotate(n=Count("pk", filter=Q(handling="")))}


def share_of_row(survey: Survey) -> Share:
    """Of a row of `ordered_surveys`."""
    return Share(survey.share_satisfied or 0, survey.share_answered or 0)


def survey_excel_rows(surveys: QuerySet[Survey]) -> Iterator[tuple[Any, ...]]:
    """One row per survey and criterion under `SURVEY_HEADINGS`, in one query."""
    answers = Answers.objects.filter(survey__in=surveys).select_related("survey__unit", "survey__source")
    for row in answers.order_by("-survey__ends_on", "survey__unit__order", "survey", "order"):
        survey, share = row.survey, row.share
        yield (
            survey.period.label, survey.starts_on, survey.ends_on, survey.owner_name, survey.get_channel_display(),
            survey.sent, survey.received, _two_places(survey.response_rate), row.criterion, row.answered,
            row.satisfied, _two_places(share.percent), survey.good_from, ", ".join(map(str, row.counts)),
            str(survey.source or ""),
        )  # fmt: skip


def _two_places(value: Any) -> Any:
    """A percentage for Excel, rounded half up to two places."""
    return None if value is None else float(figure_text(value).replace(".", "").replace(",", "."))


def comment_excel_rows(comments: QuerySet[Comment]) -> Iterator[tuple[Any, ...]]:
    """One row per comment under `COMMENT_HEADINGS`."""
    for row in comments:
        survey = row.survey
        yield (
            survey.period.label, survey.owner_name, survey.get_channel_display(), row.text, row.handling,
            row.handled_name, row.handled_at,
        )  # fmt: skip
