"""Lists of duties: most urgent first, in groups; searched, filtered, ordered, and the same rows for Excel."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from qms.marks import Mark
from qms.organisation.models import User
from qms.text import fold, roman

from . import rules
from .enums import ANSWERED, OWED, DutyKind, DutyState
from .marks import RETURNED, SOON_DAYS, day_words, duty_mark, state_mark
from .models import Duty, DutyQuerySet, Report

RECENT_DAYS = 30
GROUPS = (
    "Trễ hạn", f"Đến hạn trong {SOON_DAYS} ngày", "Đang làm", "Chưa bắt đầu", "Chờ sự kiện", "Đã trả lời", "Đã rút",
)  # fmt: skip
LATEST_DUE = F("due_on").asc(nulls_last=True)
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("urgency", LATEST_DUE, "pk"),
    "han": (LATEST_DUE, "pk"),
    "-han": (F("due_on").desc(nulls_last=True), "-pk"),
    "viec": ("search", "pk"),
    "-viec": ("-search", "-pk"),
    "don_vi": ("unit__order", "unit__name", LATEST_DUE, "pk"),
    "-don_vi": ("-unit__order", "-unit__name", LATEST_DUE, "pk"),
}
FILTERS = ("q", "trang_thai", "ky", "loai", "nguoi", "tre")
STATES = (
    *((state.value, state.label) for state in DutyState if state != DutyState.WITHDRAWN),
    ("tat-ca", "tất cả, cả việc cũ"),
)
HEADINGS = (
    "Việc", "Thuộc", "Kỳ", "Loại", "Đơn vị", "Người làm", "Từ ngày", "Hạn", "Hạn ban đầu", "Trạng thái", "%",
    "Ngày xong", "Kết quả gần nhất", "Vì sao có hạn này",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One duty of a list. `heading` begins a group of `size` duties.

    `returned` is the reason where the last answer was given back.
    """

    duty: Duty
    mark: Mark
    may_report: bool
    heading: str = ""
    size: int = 0
    returned: str = ""

    @property
    def day(self) -> str:
        return day_words(self.duty)

    @property
    def state(self) -> Mark | None:
        """What the day's mark does not say yet: how far it is."""
        if self.returned:
            return RETURNED
        own = state_mark(self.duty.state, self.duty.percent)
        return own if self.duty.state == DutyState.IN_PROGRESS and own != self.mark else None


def periods(today: date) -> list[tuple[str, str]]:
    """What the filter of periods offers: value and words."""
    quarters = [(f"quy-{n}", f"Quý {roman(n)}/{today.year}") for n in range(1, 5)]
    years = [("nam", f"Năm {today.year}"), ("nam-truoc", f"Năm {today.year - 1}")]
    return [("thang", "Tháng này"), ("thang-sau", "Tháng sau"), *quarters, *years]


def _period(asked: str, today: date) -> Q | None:
    month = date(today.year, today.month, 1)
    following = (month + timedelta(days=32)).replace(day=1)
    if asked in ("nam", "nam-truoc"):
        return Q(year=today.year - (asked == "nam-truoc"))
    spans = {"thang": (month, following), "thang-sau": (following, (following + timedelta(days=32)).replace(day=1))}
    for n in range(4):
        end = date(today.year + n // 3, (3 * n + 3) % 12 + 1, 1)
        spans[f"quy-{n + 1}"] = (date(today.year, 3 * n + 1, 1), end)
    return Q(due_on__gte=spans[asked][0], due_on__lt=spans[asked][1]) if asked in spans else None


def filtered(duties: DutyQuerySet, asked: Mapping[str, str], *, on: date) -> DutyQuerySet:
    """Those that fit `q` (all its words), `trang_thai`, `ky`, `loai`, `nguoi` (a person's id, or "0") and `tre`.

    Where neither state nor period nor words are asked for, answers older than a month stay out of the way.
    """
    duties = duties.with_words(fold(asked.get("q", "")).split())
    state, period = asked.get("trang_thai", ""), _period(asked.get("ky", ""), on)
    if period is not None:
        duties = duties.filter(period)
    if asked.get("loai") in DutyKind.values:
        duties = duties.filter(kind=asked["loai"])
    person = asked.get("nguoi", "")
    if person.isdecimal():
        duties = duties.filter(person=int(person[:15])) if int(person[:15]) else duties.filter(person__isnull=True)
    if asked.get("tre"):
        duties = duties.late(on)
    return _in_state(duties, state, on, recent_only=period is None and not asked.get("q"))


def _in_state(duties: DutyQuerySet, state: str, on: date, *, recent_only: bool) -> DutyQuerySet:
    if state in DutyState.values:
        return duties.filter(state=state)
    if state == "tat-ca":
        return duties
    duties = duties.exclude(state=DutyState.WITHDRAWN)
    return duties.exclude(closed_on__lt=on - timedelta(days=RECENT_DAYS)) if recent_only else duties


def listed(duties: DutyQuerySet, order: str, *, on: date) -> QuerySet[Duty]:
    """With what a row shows, in the asked order: late, due, under way, waiting, answered."""
    last = Report.objects.filter(duty=OuterRef("pk")).order_by("-at", "-pk")
    return (
        duties.select_related("unit", "person")
        .annotate(
            urgency=_urgency(on),
            last_text=Subquery(last.values("text")[:1]),
            last_return=Subquery(last.values("returned_reason")[:1]),
        )
        .order_by(*ORDERS.get(order, ORDERS[""]))
    )


def _urgency(on: date) -> Case:
    """The place of a duty in `GROUPS`."""
    owed = Q(state__in=OWED)
    return Case(
        When(owed & Q(due_on__lt=on), then=Value(0)),
        When(owed & Q(due_on__lte=on + timedelta(days=SOON_DAYS)), then=Value(1)),
        When(state=DutyState.IN_PROGRESS, then=Value(2)),
        When(state=DutyState.OPEN, then=Value(3)),
        When(state=DutyState.DORMANT, then=Value(4)),
        When(state__in=ANSWERED, then=Value(5)),
        default=Value(6),
        output_field=IntegerField(),
    )


def group_sizes(duties: DutyQuerySet, *, on: date) -> dict[int, int]:
    """How many of them stand in each of `GROUPS`, by its place there. One query."""
    groups = duties.order_by().annotate(urgency=_urgency(on)).values_list("urgency")
    return dict(groups.annotate(size=Count("pk")))


def rows_of(duties: Iterable[Duty], user: User, *, on: date, sizes: Mapping[int, int] | None) -> list[Row]:
    """The rows of one page; with the sizes of the groups, the first row of each bears its name."""
    rows, before = [], None
    for duty in duties:
        begins = sizes is not None and duty.urgency != before
        before = duty.urgency
        head = {"heading": GROUPS[duty.urgency], "size": sizes.get(duty.urgency, 0)} if begins else {}
        rows.append(row_of(duty, user, on=on, **head))
    return rows


def row_of(duty: Duty, user: User, *, on: date, heading: str = "", size: int = 0) -> Row:
    """One row of a duty that `listed` fetched."""
    may_report = duty.is_owed and not rules.why_not_report(duty, user)
    returned = (duty.last_return or "") if duty.is_owed else ""
    return Row(duty, duty_mark(duty, on), may_report, heading, size, returned)


def people_of(duties: DutyQuerySet) -> list[tuple[int, str]]:
    """Whom those duties were handed to: id and name."""
    handed = duties.filter(person__isnull=False).order_by().values("person").distinct()
    people = User.objects.filter(pk__in=handed).order_by("sort_name", "pk")
    return list(people.values_list("pk", "full_name"))


def excel_rows(duties: Iterable[Duty]) -> Iterator[tuple[Any, ...]]:
    """One row per duty under `HEADINGS`."""
    for duty in duties:
        yield (
            duty.title, duty.context, duty.period, duty.get_kind_display(), duty.unit.name, str(duty.person or ""),
            duty.opens_on, duty.due_on, duty.original_due_on, duty.get_state_display(), duty.percent, duty.closed_on,
            duty.last_text, duty.explanation or duty.waits_for,
        )  # fmt: skip
