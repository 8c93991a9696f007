"""Reports on objectives as a list, and the facts of one report as an Excel file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from objectives.terms import Standing
from qms.lists import searched

from .facts import ReportData
from .models import ObjectiveReport, ReportQuerySet, ReportState

FILTERS = ("q", "trang_thai", "cap")
HEADINGS = (
    "Năm", "Kỳ", "Báo cáo của", "Số liệu đến", "Số, ký hiệu", "Ngày", "Trạng thái", "Người soạn", "Ngày gửi",
)  # fmt: skip
FACT_HEADINGS = (
    "TT", "Đơn vị", "Mục tiêu", "Chỉ tiêu", "Kết quả năm trước", "Kỳ", "Số liệu", "Đánh giá kỳ", "Đã đính chính",
    "Người nhập", "Ngày nhập", "Tính đến hết kỳ", "Tình trạng", "Vì sao", "Nguyên nhân", "Xử lý, khắc phục",
)  # fmt: skip
ORDERS = {
    "-ky": ("-round__year", "-round__submit_by", "unit__order", "pk"),
    "ky": ("round__year", "round__submit_by", "unit__order", "pk"),
    "don_vi": ("unit__order", "unit__name", "-round__submit_by", "pk"),
    "-don_vi": ("-unit__order", "-unit__name", "-round__submit_by", "pk"),
    "-cap_nhat": ("-changed_at", "-pk"),
    "cap_nhat": ("changed_at", "pk"),
}


def fitting(found: ReportQuerySet, asked: Mapping[str, str]) -> ReportQuerySet:
    """Those that fit `q` (all its words), `trang_thai` and `cap`; dropped ones only where asked for."""
    found = searched(found, asked.get("q", ""))
    if asked.get("cap") in ("so", "don_vi"):
        found = found.filter(unit__isnull=asked["cap"] == "so")
    state = asked.get("trang_thai", "")
    if state in ReportState.values:
        return found.filter(state=state)
    return found.exclude(state=ReportState.DROPPED)


def list_rows(found: Iterable[ObjectiveReport]) -> Iterator[tuple[Any, ...]]:
    """One row per report under `HEADINGS`."""
    for report in found:
        yield (
            report.year, report.round.period.label, report.owner_name, report.as_of, report.reference, report.date,
            report.get_state_display(), str(report.author), report.submitted_at,
        )  # fmt: skip


def fact_rows(data: ReportData) -> Iterator[tuple[Any, ...]]:
    """One row per figure under `FACT_HEADINGS`, one for an objective without figures."""
    for number, fact in data.numbered:
        head = (number, fact.unit, fact.statement, fact.target, fact.previous)
        tail = (fact.to_date, Standing(fact.standing).label, fact.sentence, fact.cause, fact.remedy)
        for figure in fact.figures:
            standing = Standing(figure.standing).label
            own = (figure.label, figure.words, standing, figure.amended, figure.by or fact.provenance, figure.on)
            yield (*head, *own, *tail)
        if not fact.figures:
            yield (*head, "", "", "", None, "", "", *tail)
