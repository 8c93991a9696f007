"""The objectives of a year as a list: searched, filtered, ordered, and the same rows for Excel.

Standings depend on the day and are judged on the page, so a list is always of one year.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from qms.text import fold

from .board import Judged
from .content import indicator_words, period_words, target_words
from .enums import Level
from .terms import Standing

FILTERS = ("q", "don_vi", "cap", "tinh_trang")
_URGENCY = [
    Standing.MISSED, Standing.AT_RISK, Standing.NO_DATA, Standing.ON_TRACK, Standing.NOT_YET_DUE, Standing.ACHIEVED
]  # fmt: skip
ORDERS: dict[str, Callable[[Judged], Any]] = {
    "muc_tieu": lambda row: fold(row.objective.statement),
    "don_vi": lambda row: (row.objective.unit.order, row.objective.unit.name, row.objective.order),
    "han": lambda row: row.objective.due_on,
    "tinh_trang": lambda row: _URGENCY.index(row.verdict.standing),
}
HEADINGS = (
    "Mục tiêu", "Cấp", "Đơn vị", "Người chịu trách nhiệm", "Phục vụ mục tiêu", "Chỉ số đo, cách tính", "Chỉ tiêu",
    "Kỳ đo", "Số liệu đến nay", "Tình trạng", "Vì sao", "Thời hạn", "Nơi thực hiện", "Căn cứ", "Điều khoản",
    "Nguồn lực",
)  # fmt: skip


def fitting(rows: Iterable[Judged], asked: Mapping[str, str]) -> list[Judged]:
    """Those that fit `q` (all its words), `don_vi`, `cap` and `tinh_trang`."""
    words = fold(asked.get("q", "")).split()
    unit, level, standing = (asked.get(name, "") for name in ("don_vi", "cap", "tinh_trang"))
    return [
        row
        for row in rows
        if all(word in row.objective.search for word in words)
        and (not unit.isdecimal() or row.objective.unit_id == int(unit))
        and (level not in Level.values or row.objective.level == level)
        and (standing not in set(Standing) or row.verdict.standing == standing)
    ]


def ordered(rows: list[Judged], order: str) -> list[Judged]:
    """In the asked order, "-" before it for the other way round; else in that of the tree."""
    key = ORDERS.get(order.removeprefix("-"))
    return sorted(rows, key=key, reverse=order.startswith("-")) if key else rows


def excel_rows(rows: Iterable[Judged]) -> Iterator[tuple[Any, ...]]:
    """One row per objective under `HEADINGS`."""
    rows = list(rows)
    names = {row.objective.pk: row.objective.statement for row in rows}
    for row in rows:
        o = row.objective
        yield (
            o.statement, o.get_level_display(), str(o.unit), str(o.person or ""), names.get(o.serves_id, ""),
            indicator_words(o), target_words(o), period_words(o), row.figure, row.verdict.standing.label,
            row.verdict.sentence, o.due_on, o.place, o.basis, str(o.clause or ""), o.resources,
        )  # fmt: skip
