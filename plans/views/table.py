"""The task tables of a draft as the editor shows them: what stands in each cell, and what needs a look."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from plans.content import DEFAULT_LAYOUT, Column, LayoutColumn
from plans.enums import RowKind
from plans.forms import TASK_FIELD_OF, TASK_LABELS
from plans.models import Phase, Plan, RemovedRow, Task
from plans.selectors import layout_content
from plans.units import directory_of
from plans.wording import Note, short_meaning, unknown_units
from qms.organisation.models import Unit

from .part_boxes import part_box

UNIT_COLUMNS = (Column.LEAD, Column.SUPPORT, Column.APPROVER)


@dataclass(frozen=True)
class Cell:
    """One cell of a row: the field it edits, its heading, its lines, and notes below them."""

    field: str
    heading: str
    lines: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class RowView:
    """One task as a row. `name` is how the buttons call it; `changed` says who else touched it today."""

    task: Task
    cells: tuple[Cell, ...]
    name: str
    elsewhere: tuple[Phase, ...] = ()
    changed: str = ""

    @property
    def key(self) -> str:
        return f"nhiem-vu-{self.task.pk}"


@dataclass(frozen=True)
class PhaseView:
    """One table. `removed` is the row that stood in it a moment ago, at the place `removed.order`."""

    phase: Phase
    rows: tuple[RowView, ...]
    box: dict[str, Any] | None = None
    removed: RemovedRow | None = None


@dataclass(frozen=True)
class HeadCell:
    """A heading of the table; `columns` and `rows` are what it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """All tables of a draft."""

    columns: tuple[LayoutColumn, ...]
    phases: tuple[PhaseView, ...]
    units: tuple[Unit, ...]

    @property
    def size(self) -> int:
        return sum(len(phase.rows) for phase in self.phases)

    @property
    def width(self) -> int:
        """Cells of a row: a handle, the columns, the buttons."""
        return len(self.columns) + 2

    @property
    def head(self) -> list[list[HeadCell]]:
        """One line of headings, or two where columns stand under a common one."""
        return head_lines(self.columns)


class RowReader:
    """Makes rows of tasks. The directory of units is read once for all of them."""

    def __init__(self, plan: Plan, *, viewer_pk: int, at: datetime) -> None:
        self.columns = layout_content(plan.layout).columns or DEFAULT_LAYOUT.columns
        self.directory = directory_of(plan, at)
        self.viewer_pk = viewer_pk
        self.today = timezone.localdate(at)

    def row(self, task: Task, position: int = 0, phases: Iterable[Phase] = ()) -> RowView:
        """The row as it stands closed; it can be moved to the other ones of these phases."""
        cells = tuple(self._cell(task, column) for column in self.columns)
        number = task.ordinal or (str(position) if position else "")
        elsewhere = tuple(phase for phase in phases if phase.pk != task.phase_id)
        return RowView(task, cells, f"nhiệm vụ {number}".strip(), elsewhere, self._changed(task))

    def _cell(self, task: Task, column: LayoutColumn) -> Cell:
        name = TASK_FIELD_OF[column.key]
        value = getattr(task, name)
        lines = tuple(value) if isinstance(value, list) else tuple(filter(None, value.split("\n")))
        return Cell(name, column.heading, lines, tuple(self._notes(task, column.key, value)))

    def _notes(self, task: Task, key: Column, value: Any) -> Iterator[Note]:
        if key == Column.TITLE:
            yield from self._beside_title(task)
        elif key == Column.TIMING:
            meaning = short_meaning(task)
            if meaning:
                yield meaning
        elif key in UNIT_COLUMNS:
            for piece in unknown_units(value, self.directory):
                yield Note("soon", f"chưa nhận ra: {piece}")

    def _beside_title(self, task: Task) -> Iterator[Note]:
        """The description, and fields that have a value but no column."""
        if task.description:
            yield Note("dormant", task.description)
        shown = {column.key for column in self.columns}
        for key, name in TASK_FIELD_OF.items():
            value = getattr(task, name)
            if value and key not in shown and key != Column.ORDINAL:
                yield Note("dormant", f"{TASK_LABELS[key]}: {'; '.join(value) if isinstance(value, list) else value}")

    def _changed(self, task: Task) -> str:
        at = timezone.localtime(task.changed_at)
        if task.changed_by_id in {None, self.viewer_pk} or at.date() != self.today:
            return ""
        return f"{task.changed_by} sửa lúc {at:%H:%M}"


def table_of(plan: Plan, *, viewer_pk: int, at: datetime, removed: RemovedRow | None = None) -> Table:
    """The tables of a plan, in few queries whatever their size."""
    reader = RowReader(plan, viewer_pk=viewer_pk, at=at)
    by_phase: dict[int, list[RowView]] = defaultdict(list)
    phases = list(plan.phases.select_related("changed_by").order_by("order", "pk"))
    for position, task in enumerate(tasks_of(plan), start=1):
        by_phase[task.phase_id].append(reader.row(task, position, phases))
    named = len(phases) > 1 or any(phase.number or phase.title for phase in phases)
    views = (
        PhaseView(
            phase,
            tuple(by_phase[phase.pk]),
            part_box(plan, RowKind.PHASE, phase).context() if named else None,
            removed if removed and removed.phase_id == phase.pk else None,
        )
        for phase in phases
    )
    return Table(reader.columns, tuple(views), tuple(reader.directory.units))


def head_lines(columns: tuple[LayoutColumn, ...]) -> list[list[HeadCell]]:
    """The headings of these columns as the document prints them."""
    if not any(column.group for column in columns):
        return [[HeadCell(column.heading) for column in columns]]
    top: list[HeadCell] = []
    below: list[HeadCell] = []
    for _, same in groupby(enumerate(columns), key=lambda item: item[1].group or item[0]):
        members = [column for _, column in same]
        if members[0].group:
            top.append(HeadCell(members[0].group, columns=len(members)))
            below += [HeadCell(column.heading) for column in members]
        else:
            top.append(HeadCell(members[0].heading, rows=2))
    return [top, below]


def tasks_of(plan: Plan) -> list[Task]:
    """The tasks in the order of the document, with who changed them."""
    return list(plan.tasks.select_related("changed_by", "phase").order_by("phase__order", "phase", "order", "pk"))


def removed_rows(plan: Plan) -> list[RemovedRow]:
    """What was taken out last and can still be put back."""
    return list(plan.removed.select_related("removed_by")[:10])
