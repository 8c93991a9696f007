"""The lists of the register: search, filter, order, page, Excel; and how many risks stand in each cell of the scale."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OrderBy, OuterRef, Q, QuerySet, Subquery

from qms.lists import searched
from qms.organisation.models import User

from .levels import Level, Scale
from .models import Assessment, Issue, Party, RegisterRow, Risk


@dataclass(frozen=True)
class Shelf:
    """One of the four lists. `slug` stands in addresses, `add` on the button."""

    slug: str
    label: str
    add: str
    model: type[RegisterRow]
    only: Q
    empty: str


SHELVES = (
    Shelf(
        "van-de", "Vấn đề bên trong, bên ngoài", "Thêm vấn đề", Issue, Q(),
        "Ghi những điều bên trong (nhân lực, công nghệ, ngân sách) và bên ngoài (pháp luật, người dân, khí hậu) "
        "ảnh hưởng đến kết quả của hệ thống.",
    ),
    Shelf(
        "ben-quan-tam", "Bên quan tâm", "Thêm bên quan tâm", Party, Q(),
        "Ghi ai quan tâm đến kết quả của cơ quan và họ yêu cầu gì: người dân, UBND tỉnh, bộ, đơn vị phối hợp.",
    ),
    Shelf(
        "rui-ro", "Rủi ro", "Thêm rủi ro", Risk, Q(kind=Risk.Kind.RISK),
        "Ghi điều có thể làm sai hoặc làm chậm một quá trình, rồi đánh giá khả năng và mức độ.",
    ),
    Shelf(
        "co-hoi", "Cơ hội", "Thêm cơ hội", Risk, Q(kind=Risk.Kind.OPPORTUNITY),
        "Ghi điều có thể làm một quá trình tốt hơn, rồi đánh giá khả năng và lợi ích.",
    ),
)  # fmt: skip
ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "ra-soat": ("reviewed_on", "pk"),
    "-ra-soat": ("-reviewed_on", "-pk"),
    "diem": (F("score").asc(nulls_first=True), "pk"),
    "-diem": (F("score").desc(nulls_last=True), "pk"),
}
STATES = (("", "Đang theo dõi"), ("qua-han", "Quá hạn rà soát"), ("thoi", "Đã thôi theo dõi"), ("tat-ca", "Tất cả"))


def shelf_of(slug: str) -> Shelf | None:
    """The list that an address names."""
    return next((shelf for shelf in SHELVES if shelf.slug == slug), None)


def filtered(shelf: Shelf, user: User, asked: Mapping[str, str], *, on: date) -> QuerySet:
    """The rows of a list that fit `q`, `don_vi`, `xem`, `muc` (a level), `khi_hau`."""
    rows = shelf.model.objects.visible_to(user).filter(shelf.only)
    rows = searched(rows, asked.get("q", ""))
    if asked.get("don_vi", "").isdecimal():
        rows = rows.filter(unit=int(asked["don_vi"][:15]))
    if asked.get("khi_hau"):
        rows = rows.filter(climate=True)
    if asked.get("muc") and shelf.model is Risk:
        rows = rows.filter(level=asked["muc"])
    return _in_state(rows, asked.get("xem", ""), on)


def _in_state(rows: QuerySet, state: str, on: date) -> QuerySet:
    if state == "tat-ca":
        return rows
    if state == "thoi":
        return rows.filter(retired_on__isnull=False)
    return rows.overdue(on) if state == "qua-han" else rows.standing()


def ordered(shelf: Shelf, rows: QuerySet, order: str) -> QuerySet:
    """With what a row shows, in the asked order."""
    rows = rows.select_related("unit", "clause")
    if shelf.model is Risk:
        last = Assessment.objects.filter(risk=OuterRef("pk")).order_by("-day", "-pk")
        rows = rows.select_related("owner").annotate(
            likelihood=Subquery(last.values("likelihood")[:1]), effect=Subquery(last.values("effect")[:1]),
            tone=Subquery(last.values("tone")[:1]), action_count=Count("actions"),
        )  # fmt: skip
    if order in ORDERS and (shelf.model is Risk or "diem" not in order):
        return rows.order_by(*ORDERS[order])
    return rows.order_by(*shelf.model._meta.ordering)


@dataclass(frozen=True)
class Cell:
    """A place of the scale: how many rows stand there."""

    likelihood: int
    effect: int
    level: Level
    count: int


def matrix(rows: QuerySet, scale: Scale) -> list[list[Cell]]:
    """The scale as a table, the highest likelihood on top; counts of the last assessments, in one query."""
    last = Assessment.objects.filter(risk=OuterRef("pk")).order_by("-day", "-pk")
    marks = rows.order_by().values_list(Subquery(last.values("likelihood")[:1]), Subquery(last.values("effect")[:1]))
    counts = Counter(marks)
    steps = range(1, scale.size + 1)
    return [
        [Cell(row, column, scale.level(row * column), counts[(row, column)]) for column in steps]
        for row in reversed(steps)
    ]


_COMMON = ("Điều khoản", "Đơn vị theo dõi", "Biến đổi khí hậu", "Rà soát gần nhất", "Thôi theo dõi từ", "Lý do")


def headings(shelf: Shelf) -> tuple[str, ...]:
    """The columns of a list in Excel."""
    own: dict[type[RegisterRow], tuple[str, ...]] = {
        Issue: ("Loại", "Vấn đề", "Tác động", "Cách theo dõi, xử lý"),
        Party: ("Bên quan tâm", "Yêu cầu, mong đợi", "Cách đáp ứng, theo dõi"),
        Risk: (
            "Quá trình", "Mô tả", "Nguyên nhân", "Hậu quả, lợi ích", "Khả năng", "Mức độ", "Điểm", "Mức",
            "Biện pháp đang có", "Người chịu trách nhiệm",
        ),
    }  # fmt: skip
    return own[shelf.model] + _COMMON


def excel_rows(rows: QuerySet) -> Iterator[tuple[Any, ...]]:
    """One row per row under `headings`."""
    for row in rows:
        yield (*_own_cells(row), str(row.clause or ""), row.unit.name, row.climate, row.reviewed_on, row.retired_on,
               row.retired_reason)  # fmt: skip


def _own_cells(row: RegisterRow) -> tuple[Any, ...]:
    if isinstance(row, Issue):
        return (row.get_side_display(), row.text, row.effect, row.response)
    if isinstance(row, Party):
        return (row.name, row.needs, row.follow_up)
    return (
        row.process, row.text, row.cause, row.consequence, row.likelihood, row.effect, row.score, row.level,
        row.response, str(row.owner or ""),
    )  # fmt: skip
