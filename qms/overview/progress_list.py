"""The list of duties of a year: searched, filtered, ordered, and the same rows for Excel."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OrderBy, Q

from qms.duties.enums import OWED, DutyKind, DutyState
from qms.duties.marks import SOON_DAYS
from qms.duties.models import DutyQuerySet

from .duty_rows import DutyRow
from .progress import Line, Standing, Tally
from .progress_scope import Asked

_DUE = F("due_on")
ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "han": (_DUE.asc(nulls_last=True), "pk"),
    "-han": (_DUE.desc(nulls_last=True), "-pk"),
    "don_vi": ("unit__order", "unit__name", "unit", _DUE.asc(nulls_last=True), "pk"),
    "-don_vi": ("-unit__order", "-unit__name", "-unit", _DUE.asc(nulls_last=True), "pk"),
    "viec": ("title", "pk"),
    "-viec": ("-title", "-pk"),
}
DEFAULT_ORDER = "han"
LATE, ALL = "tre", "tat-ca"
# What the list shows: the word of the address, the label.
STATES: dict[str, str] = {
    LATE: "Trễ hạn",
    "sap-den": "Đến hạn trong 7 ngày",
    "dang-lam": "Đang làm",
    "chua-lam": "Chưa bắt đầu",
    "xong": "Xong",
    "xong-muon": "Xong muộn",
    "gia-han": "Đã gia hạn",
    "cho": "Chờ sự kiện",
    "khong-ap-dung": "Không áp dụng",
    ALL: "Tất cả",
}
DUTY_HEADINGS = (
    "Việc", "Thuộc", "Loại", "Kỳ", "Đơn vị", "Người làm được", "Trạng thái", "Phần trăm", "Từ ngày",
    "Hạn ban đầu", "Hạn", "Ngày xong", "Vì sao",
)  # fmt: skip
NUMBER_HEADINGS = (
    "Tên", "Tổng số", *(standing.word.capitalize() for standing in Standing), "Đúng hạn (hạn đã gia hạn)",
    "Trên số việc", "Đúng hạn (hạn ban đầu)", "Trên số việc", "Năm trước: đúng hạn", "Trên số việc",
)  # fmt: skip
MONTH_HEADINGS = ("Tên", "Tháng", "Tổng số", *(standing.word.capitalize() for standing in Standing))


def state_of(asked: Asked) -> str:
    """Which part of the list is asked for; the late ones by default."""
    state = asked.given.get("tinh_trang", "")
    return state if state in STATES else LATE


def listed(duties: DutyQuerySet, asked: Asked, *, on: date) -> DutyQuerySet:
    """The duties of the asked year that fit `q` (all its words) and `tinh_trang`, in the order of `sap_xep`."""
    found = duties.filter(year=asked.year).exclude(state=DutyState.WITHDRAWN).filter(_in_state(state_of(asked), on))
    found = found.with_words(asked.words())
    return found.order_by(*ORDERS.get(asked.given.get("sap_xep", ""), ORDERS[DEFAULT_ORDER]))


def _in_state(state: str, on: date) -> Q:
    owed = Q(state__in=OWED)
    in_time = Q(due_on__gte=on) | Q(due_on__isnull=True)
    found = {
        LATE: owed & Q(due_on__lt=on),
        "sap-den": owed & Q(due_on__gte=on, due_on__lte=on + timedelta(days=SOON_DAYS)),
        "dang-lam": Q(state=DutyState.IN_PROGRESS) & in_time,
        "chua-lam": Q(state=DutyState.OPEN) & in_time,
        "xong": Q(state=DutyState.DONE),
        "xong-muon": Q(state=DutyState.DONE, closed_on__gt=_DUE),
        "gia-han": Q(due_on__gt=F("original_due_on")),
        "cho": Q(state=DutyState.DORMANT),
        "khong-ap-dung": Q(state=DutyState.NOT_APPLICABLE),
    }
    return found.get(state, Q())


def duty_excel_rows(rows: Iterable[DutyRow]) -> Iterator[tuple[Any, ...]]:
    """One row per duty under `DUTY_HEADINGS`."""
    for row in rows:
        duty = row.duty
        yield (
            duty.title, duty.context, DutyKind(duty.kind).label, duty.period, duty.unit.name, row.who, row.mark.label,
            duty.percent, duty.opens_on, duty.original_due_on, duty.due_on, duty.closed_on, " ".join(row.why),
        )  # fmt: skip


def number_excel_rows(tally: Tally) -> Iterator[tuple[Any, ...]]:
    """One row per unit and the sum, under `NUMBER_HEADINGS`."""
    for line in (*tally.lines, tally.total):
        now, before = line.now, line.before.rate
        counts = (getattr(now, standing.value) for standing in Standing)
        rates = (now.rate.good, now.rate.of, now.first_rate.good, now.first_rate.of, before.good, before.of)
        yield (line.name, now.total, *counts, *rates)


def month_excel_rows(tally: Tally) -> Iterator[tuple[Any, ...]]:
    """One row per unit and month that has a duty, under `MONTH_HEADINGS`; "khác" for those without a month."""
    for line in tally.lines:
        yield from _month_rows(line)


def _month_rows(line: Line) -> Iterator[tuple[Any, ...]]:
    for month in sorted(line.months):
        numbers = line.months[month]
        counts = (getattr(numbers, standing.value) for standing in Standing)
        yield (line.name, month or "khác", numbers.total, *counts)
