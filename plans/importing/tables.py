"""Task tables: each row of a grid becomes a task, each row across the whole table the heading of a phase."""

import re
from dataclasses import dataclass, field, replace

from plans.content import Column, PhaseContent, TaskContent, with_number
from qms.text import one_line

from .blocks import Cell, Grid
from .doubts import Doubts
from .fields import entries, joined, one_string, one_title, ordinal
from .header import Header, is_count_of_columns, repeats
from .months import timing_of
from .numbers import Form, Numbered, depth_of, split_number
from .rows import TaskRow, row_of
from .sections import ends_plan
from .taskchecks import note_task
from .vocabulary import words

_UPPER_NUMBER = re.compile(r"[IVXLC]+|[A-ZĐ]")
_TOTAL = re.compile(r"tong|cong|tong cong|tong so")
_TEXTS = ("title", "lead", "support", "approver", "timing", "note")
_LONGEST_ORDINAL = 10
_WIDE = 0.6
"""A cell over this share of the columns makes its row the heading of a phase."""


@dataclass
class TaskTable:
    """What a task table holds. `phases` begins with an untitled one where tasks stand before the first group row."""

    phases: list[PhaseContent] = field(default_factory=list)
    last_row: int = 0


def read_table(grid: Grid, header: Header, doubts: Doubts) -> TaskTable:
    """The phases and tasks of one table. Rows after the last task are left out; `last_row` is the last one read."""
    for column in header.columns:
        if column.key is None and not header.guessed:
            doubts.add("column_unknown", grid.label, column.heading)
    reader = _TableReader(grid, header, doubts)
    for row in range(header.last, grid.rows):
        reader.read(row)
    return reader.result()


class _TableReader:
    def __init__(self, grid: Grid, header: Header, doubts: Doubts) -> None:
        self._grid = grid
        self._header = header
        self._doubts = doubts
        self._phases: list[tuple[Numbered, list[TaskContent]]] = []
        self._last_row = header.last - 1
        self._ended = False

    def read(self, number: int) -> None:
        """Take in one row: a heading typed again, a phase, a continuation or a task."""
        row = self._row(number)
        self._ended = self._ended or any(ends_plan(line) for cell in row.filled for line in cell.lines)
        if self._ended or not row.filled or self._is_heading(number):
            return
        group = self._group(row)
        if group:
            self._phases.append((group, []))
        elif self._continues(row):
            self._join(row)
        elif not _TOTAL.fullmatch(words(row.text(Column.TITLE) or row.filled[0].text)):
            self._add(row)

    def result(self) -> TaskTable:
        """What was read; group rows at the end that no task follows belong to what comes after the table."""
        while self._phases and not self._phases[-1][1]:
            group, _ = self._phases.pop()
            self._doubts.add("rows_left", self._grid.label, with_number(group.number, group.text))
        phases = [
            PhaseContent(group.number, group.text, tuple(tasks), in_table=bool(group.number or group.text))
            for group, tasks in self._phases
        ]
        return TaskTable(phases, self._last_row)

    def _row(self, number: int) -> TaskRow:
        return row_of(self._grid, self._header, number)

    def _is_heading(self, number: int) -> bool:
        return repeats(self._header, self._grid, number) or (
            number == self._header.last and is_count_of_columns(self._grid, number)
        )

    def _group(self, row: TaskRow) -> Numbered | None:
        """The number and words of a row that heads a phase."""
        *first, last = row.filled
        if len(first) > 1 or (first and first[0] is not row.cell(Column.ORDINAL)):
            return None
        number = ordinal(first[0].text) if first else ""
        heading = Numbered(number, last.text) if number else split_number(last.text)
        if row.share(last) >= _WIDE and row.span(last) > 1:
            return heading
        if last is not row.cell(Column.TITLE) and first:
            return None
        return heading if self._heads_rows(row, number or heading.number, last) else None

    def _heads_rows(self, row: TaskRow, number: str, cell: Cell) -> bool:
        """Whether a row that has nothing but a number and words stands over the rows beneath it."""
        if cell is row.cell(Column.ORDINAL) and len(cell.text) > _LONGEST_ORDINAL:
            return True
        if cell is not row.cell(Column.TITLE):
            return False
        if not number:
            return cell.bold or cell.text.isupper()
        below = self._next_ordinal(row.number)
        if below and depth_of(below) != depth_of(number):
            return depth_of(below) > depth_of(number)
        return bool(_UPPER_NUMBER.fullmatch(number)) or (not below and cell.bold)

    def _next_ordinal(self, number: int) -> str:
        for below in range(number + 1, self._grid.rows):
            row = self._row(below)
            if row.filled and not self._is_heading(below):
                return ordinal(row.text(Column.ORDINAL)) or split_number(row.text(Column.TITLE)).number
        return ""

    def _continues(self, row: TaskRow) -> bool:
        """A row with neither number nor title of its own, or whose title goes on in small letters."""
        mark, title = row.cell(Column.ORDINAL), row.cell(Column.TITLE)
        if not self._phases or not self._phases[-1][1] or (mark and mark.row == row.number and mark.text):
            return False
        if title is None or title.row < row.number:
            return False
        return not title.text or (title.text[0].islower() and mark is not None and len(row.filled) == 1)

    def _join(self, row: TaskRow) -> None:
        tasks = self._phases[-1][1]
        tasks[-1] = _merged(tasks[-1], self._task(row))
        self._last_row = row.number
        self._doubts.add("row_joined", self._grid.where(row.number), row.filled[0].text)

    def _add(self, row: TaskRow) -> None:
        if not self._phases:
            self._phases.append((Numbered("", ""), []))
        task = self._task(row)
        tasks = self._phases[-1][1]
        self._check(row, task, tasks[-1].ordinal if tasks else "")
        tasks.append(task)
        self._last_row = row.number

    def _task(self, row: TaskRow) -> TaskContent:
        cells = {key: cell.lines for key in Column if (cell := row.cell(key))}
        number = ordinal(row.text(Column.ORDINAL))
        title = one_title(cells.get(Column.TITLE, ()))
        if not self._header.column(Column.ORDINAL) and (typed := split_number(title)).form == Form.DECIMAL:
            number, title = typed.number, typed.text
        return TaskContent(
            ordinal=number,
            title=title,
            outputs=entries(cells.get(Column.OUTPUTS, ())),
            lead=one_string(cells.get(Column.LEAD, ())),
            support=one_string(cells.get(Column.SUPPORT, ())),
            approver=one_string(cells.get(Column.APPROVER, ())),
            timing=one_string(cells.get(Column.TIMING, ())) or self._ticked(row),
            note=joined([one_string(cells.get(Column.NOTE, ())), *row.unknown()]),
        )

    def _ticked(self, row: TaskRow) -> str:
        timing, plain = timing_of(row.periods())
        if not plain:
            self._doubts.add("month_words", self._grid.where(row.number), timing)
        return timing

    def _check(self, row: TaskRow, task: TaskContent, before: str) -> None:
        """Note what a person should look at in this row."""
        where, header = self._grid.where(row.number), self._header
        if not task.ordinal and header.column(Column.ORDINAL) is not None:
            self._doubts.add("ordinal_missing", where, task.title)
        if _jumps(before, task.ordinal, row):
            self._doubts.add("ordinal_jump", where, task.title)
        for cell in row.filled:
            if row.span(cell) > 1:
                self._doubts.add("cells_merged", where, cell.text)
        note_task(self._doubts, where, task, asks_lead=header.column(Column.LEAD) is not None)


def _jumps(before: str, now: str, row: TaskRow) -> bool:
    if not (before.isdigit() and now.isdigit()):
        return False
    cell = row.cell(Column.ORDINAL)
    merged = cell is not None and cell.row < row.number
    return int(now) not in {int(before) + 1, 1} and not merged


def _merged(task: TaskContent, more: TaskContent) -> TaskContent:
    """A task with what a row without number and title adds to it."""
    texts = {name: (getattr(task, name), getattr(more, name)) for name in _TEXTS}
    longer = {name: one_line(f"{old} {new}") for name, (old, new) in texts.items() if new}
    return replace(task, outputs=task.outputs + more.outputs, **longer)
