"""What differs between two contents of a plan: an amendment and what it replaces, a draft then and now.

Tasks are paired by their words, not by their number, so that one inserted row does not make all others look changed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from .content import PlanContent, TaskContent

T = TypeVar("T")
_ALIKE = 0.6
_HEAD = (
    ("Cơ quan ban hành", "agency"), ("Cơ quan chủ quản", "parent_agency"), ("Số", "number"), ("Ký hiệu", "symbol"),
    ("Địa danh", "place"), ("Trích yếu", "subject"), ("Câu dẫn", "intro"), ("Câu kết", "closing"),
)  # fmt: skip
_TASK = (
    ("nhiệm vụ", "title"), ("diễn giải", "description"), ("sản phẩm", "outputs"), ("chủ trì", "lead"),
    ("phối hợp", "support"), ("duyệt", "approver"), ("thời gian", "timing"), ("ghi chú", "note"),
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One place: what stood there before and what stands there after; "" where there was or is nothing."""

    where: str
    before: str
    after: str


def differences(before: PlanContent, after: PlanContent) -> list[Difference]:
    """Every place that differs, in the order of the document. Numbers of tasks alone are no difference."""
    return [
        *_fields(before, after),
        *_lists("Căn cứ", before.bases, after.bases),
        *_sections(before, after),
        *_tasks(before, after),
        *_responsibilities(before, after),
        *_lists("Nơi nhận", before.recipients, after.recipients),
        *_signer(before, after),
    ]


def _changed(where: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(where, before, after)


def _fields(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    for where, name in _HEAD:
        yield from _changed(where, getattr(before, name), getattr(after, name))
    yield from _changed("Ngày ban hành", _day(before), _day(after))


def _day(content: PlanContent) -> str:
    return f"{content.date:%d/%m/%Y}" if content.date else ""


def _signer(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    for content_before, content_after, where in (
        (before.signer.on_behalf, after.signer.on_behalf, "Ký thay"),
        (before.signer.position, after.signer.position, "Chức vụ người ký"),
        (before.signer.name, after.signer.name, "Người ký"),
    ):
        yield from _changed(where, content_before, content_after)


def _lists(where: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    for old, new in pairs(before, after, str):
        yield from _changed(where, old or "", new or "")


def _sections(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    for old, new in pairs(before.sections, after.sections, lambda section: section.heading):
        where = f"Mục {(new or old).number}. {(new or old).heading}"
        for name in ("heading", "text", "text_after"):
            yield from _changed(where, getattr(old, name, ""), getattr(new, name, ""))


def _responsibilities(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    for old, new in pairs(before.responsibilities, after.responsibilities, lambda item: item.unit):
        where = f"Tổ chức thực hiện: {(new or old).unit}"
        yield from _changed(where, getattr(old, "unit", ""), getattr(new, "unit", ""))
        yield from _changed(where, getattr(old, "text", ""), getattr(new, "text", ""))


def _tasks(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    old_rows = [(phase.heading, task) for phase in before.phases for task in phase.tasks]
    new_rows = [(phase.heading, task) for phase in after.phases for task in phase.tasks]
    for old, new in pairs(old_rows, new_rows, lambda row: row[1].title):
        if old is None or new is None:
            yield Difference(_place(new or old), _summary(old), _summary(new))
        else:
            yield from _task_fields(old, new)


def _task_fields(old: tuple[str, TaskContent], new: tuple[str, TaskContent]) -> Iterator[Difference]:
    where = _place(new)
    yield from _changed(f"{where}, giai đoạn", old[0], new[0])
    for label, name in _TASK:
        yield from _changed(f"{where}, {label}", _value(old[1], name), _value(new[1], name))


def _place(row: tuple[str, TaskContent]) -> str:
    task = row[1]
    return f"Nhiệm vụ {task.ordinal}" if task.ordinal else f"Nhiệm vụ “{task.title[:60]}”"


def _value(task: TaskContent, name: str) -> str:
    value = getattr(task, name)
    return value if isinstance(value, str) else "\n".join(value)


def _summary(row: tuple[str, TaskContent] | None) -> str:
    if row is None:
        return ""
    values = (_value(row[1], name) for name in ("title", "lead", "timing"))
    return "\n".join(value for value in values if value)


def pairs(before: Iterable[T], after: Sequence[T], words: Callable[[T], str]) -> Iterator[tuple[T | None, T | None]]:
    """Rows that belong together, in the new order, then what was taken out: same words first, then nearly the same."""
    left = list(before)
    partners = [_take(left, lambda old, new=new: words(old) == words(new)) for new in after]
    for new, same in zip(after, partners, strict=True):
        yield same or _take(left, lambda old, new=new: _alike(words(old), words(new))), new
    yield from ((row, None) for row in left)


def _take(rows: list[T], fits: Callable[[T], bool]) -> T | None:
    found = next((i for i, row in enumerate(rows) if fits(row)), None)
    return None if found is None else rows.pop(found)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
