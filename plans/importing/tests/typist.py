"""A typist with habits: types any plan into Word in many ways, to see that each way is read as the same plan."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plans.content import (
    Column,
    PhaseContent,
    PlanContent,
    SectionKind,
    TaskContent,
    responsibility_lines,
    task_paragraphs,
)

from .typed import Typed, merge_down, number_it, number_list

HEADINGS = {
    Column.ORDINAL: ("TT", "STT", "Số TT"),
    Column.TITLE: ("Nội dung công việc", "Nhiệm vụ", "Công việc cụ thể"),
    Column.OUTPUTS: ("Sản phẩm", "Kết quả đầu ra", "Kết quả"),
    Column.LEAD: ("Chủ trì", "Đơn vị thực hiện", "Đơn vị chủ trì"),
    Column.SUPPORT: ("Phối hợp", "Đơn vị phối hợp", "Cơ quan phối hợp"),
    Column.APPROVER: ("Phê duyệt", "Người duyệt", "Lãnh đạo phê duyệt"),
    Column.TIMING: ("Thời gian", "Thời hạn hoàn thành", "Tiến độ"),
    Column.NOTE: ("Ghi chú", "Ghi chú", "Ghi chú"),
}
USUAL = (Column.ORDINAL, Column.TITLE, Column.OUTPUTS, Column.APPROVER, Column.LEAD, Column.SUPPORT, Column.TIMING)


@dataclass(frozen=True)
class Habits:
    """How this typist types."""

    order: tuple[Column, ...] = USUAL
    words: int = 0
    head: str = "table"
    decomposed: bool = False
    hard_spaces: bool = False
    run_length: int = 0
    automatic: bool = False
    repeat_every: int = 0
    grouped: bool = False
    two_levels: bool = False
    counted_columns: bool = False
    broken_cells: bool = False
    signature: str = "table"
    empty_lines: bool = False


class Typist:
    """Types one plan; `typed.read` then reads it."""

    def __init__(self, plan: PlanContent, habits: Habits) -> None:
        self.plan = plan
        self.habits = habits
        self.typed = Typed()
        self._sections = number_list(self.typed.document, [("upperRoman", "%1.")]) if habits.automatic else 0
        self._dashes = number_list(self.typed.document, [("bullet", "-")]) if habits.automatic else 0

    def type(self) -> Typed:
        self._head()
        self._title()
        for base in self.plan.bases:
            self._line(base)
        self._line(self.plan.intro)
        for section in self.plan.sections:
            self._heading(section.number, section.heading)
            self._texts(section.text)
            if section.kind == SectionKind.TASKS:
                self._tasks()
            elif section.kind == SectionKind.RESPONSIBILITIES:
                for item in self.plan.responsibilities:
                    self._texts("\n".join(responsibility_lines(item)), bold_first=bool(item.heading))
            self._texts(section.text_after)
        self._texts(self.plan.closing)
        self._signature()
        return self.typed

    def _spoilt(self, text: str) -> str:
        if self.habits.hard_spaces:
            text = re.sub(r" (?=\d)", "\u00a0", text)
        return unicodedata.normalize("NFD", text) if self.habits.decomposed else text

    def _fill(self, paragraph: Any, text: str, bold: bool) -> Any:
        text = self._spoilt(text)
        step = self.habits.run_length or len(text) or 1
        for start in range(0, len(text), step):
            paragraph.add_run(text[start : start + step]).bold = bold or None
        return paragraph

    def _line(self, text: str, bold: bool = False, centered: bool = False) -> Any:
        if self.habits.empty_lines:
            self.typed.line()
        paragraph = self.typed.line(centered=centered)
        dashed = text.startswith("- ") and self.habits.automatic
        self._fill(paragraph, text[2:] if dashed else text, bold)
        if dashed:
            number_it(paragraph, self._dashes)
        return paragraph

    def _texts(self, text: str, bold_first: bool = False) -> None:
        for index, line in enumerate(text.split("\n") if text else []):
            short = bool(re.match(r"\d+(\.\d+)*\. ", line)) and len(line) < 160 and not line.endswith((".", ";"))
            self._line(line, bold=short or (bold_first and index == 0))

    def _heading(self, number: str, heading: str) -> None:
        if self.habits.automatic:
            number_it(self._line(heading, bold=True), self._sections)
        else:
            self._line(f"{number}. {heading}", bold=True)

    def _head(self) -> None:
        plan = self.plan
        number = f"Số: {plan.number or '      '}/{plan.symbol}" if plan.symbol else ""
        day = f"ngày {plan.date.day:02d} tháng {plan.date.month:02d} năm {plan.date.year}" if plan.date else ""
        date = f"{plan.place}, {day or 'ngày      tháng      năm 20'}" if plan.place else ""
        motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", date]
        agency = plan.agency if plan.agency.isupper() else ""
        left = [plan.parent_agency, agency, number]
        if not any(left):
            return
        if self.habits.head == "table":
            table = self.typed.document.add_table(2, 2)
            for column, (first, second, third) in enumerate((left, motto)):
                cell = table.cell(0, column)
                self._fill(cell.paragraphs[0], first, bold=False)
                self._fill(cell.add_paragraph(), second, bold=True)
                self._fill(table.cell(1, column).paragraphs[0], third, bold=False)
        elif self.habits.head == "tabs":
            for one, other in zip(left, motto, strict=True):
                self._line(f"{one}\t{other}")
        else:
            for text in [*motto[:2], *left, date]:
                self._line(text, centered=True)

    def _title(self) -> None:
        self._line(self.plan.title, bold=True, centered=True)
        words = self.plan.subject.split()
        half = len(words) // 2
        self._line(" ".join(words[:half]), bold=True, centered=True)
        self._line(" ".join(words[half:]), bold=True, centered=True)
        self._line("_______", centered=True)

    def _tasks(self) -> None:
        if not self.plan.layout.columns:
            for task in self.plan.tasks:
                first, *rest = task_paragraphs(task, self.plan.layout)
                self._line(first, bold=True)
                self._texts("\n".join(rest))
        elif self.habits.grouped:
            self._table(self.plan.phases)
        else:
            for phase in self.plan.phases:
                if phase.heading:
                    self._line(phase.heading, bold=True)
                self._table([PhaseContent(tasks=phase.tasks)])

    def _table(self, phases: Sequence[PhaseContent]) -> None:
        columns = self._columns()
        table = self.typed.document.add_table(0, len(columns))
        self._header(table, columns)
        if self.habits.counted_columns:
            self._row(table, [[f"({index + 1})"] for index in range(len(columns))])
        done = 0
        for phase in phases:
            if phase.heading:
                row = table.add_row()
                merged = row.cells[0].merge(row.cells[-1])
                self._fill(merged.paragraphs[0], phase.heading, bold=True)
            before = ""
            for task in phase.tasks:
                if (
                    done
                    and self.habits.repeat_every
                    and done % self.habits.repeat_every == 0
                    and task.ordinal != before
                ):
                    self._header(table, columns)
                self._row(table, [_cell(task, column) for column in columns])
                if task.ordinal == before and Column.ORDINAL in columns:
                    at, count = columns.index(Column.ORDINAL), len(table.rows)
                    merge_down(table, at, count - 2, count - 1)
                before, done = task.ordinal, done + 1

    def _columns(self) -> list[Column]:
        used = {key for key in USUAL if any(any(_cell(task, key)) for task in self.plan.tasks)}
        columns = [key for key in self.habits.order if key in used]
        if self.habits.two_levels and {Column.LEAD, Column.SUPPORT} <= set(columns):
            columns.remove(Column.SUPPORT)
            columns.insert(columns.index(Column.LEAD) + 1, Column.SUPPORT)
        return columns

    def _header(self, table: Any, columns: list[Column]) -> None:
        texts = [HEADINGS[key][self.habits.words] for key in columns]
        if not self.habits.two_levels or Column.SUPPORT not in columns or Column.LEAD not in columns:
            self._row(table, [[text] for text in texts], bold=True)
            return
        at = columns.index(Column.LEAD)
        top, below = table.add_row(), table.add_row()
        group = top.cells[at].merge(top.cells[at + 1])
        self._fill(group.paragraphs[0], "Trách nhiệm", bold=True)
        for index, text in enumerate(texts):
            inside = index in {at, at + 1}
            self._fill((below if inside else top).cells[index].paragraphs[0], text, bold=True)
            if not inside:
                merge_down(table, index, len(table.rows) - 2, len(table.rows) - 1)

    def _row(self, table: Any, cells: list[list[str]], bold: bool = False) -> None:
        row = table.add_row()
        for cell, texts in zip(row.cells, cells, strict=True):
            for index, text in enumerate(texts):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                if self.habits.broken_cells and not bold:
                    text = re.sub(r" (?=\w+ \w+$)", "\n", text)
                self._fill(paragraph, text, bold)

    def _signature(self) -> None:
        signer = self.plan.signer
        left = ["Nơi nhận:", *(f"- {text};" for text in self.plan.recipients)]
        right = [text for text in (*signer.on_behalf.split("\n"), signer.position) if text]
        right += ["", "", signer.name]
        if self.habits.signature == "table":
            table = self.typed.document.add_table(1, 2)
            for column, texts in enumerate((left, right)):
                cell = table.cell(0, column)
                for text in texts:
                    self._fill(cell.add_paragraph(), text, bold=text.isupper())
            return
        count = max(len(left), len(right))
        for one, other in zip(left + [""] * (count - len(left)), right + [""] * (count - len(right)), strict=True):
            self.typed.line(self._spoilt(f"{one}\t{other}"))


def _cell(task: TaskContent, column: Column) -> list[str]:
    """The paragraphs of a cell."""
    if column == Column.OUTPUTS:
        return [f"- {text}" for text in task.outputs] if len(task.outputs) > 1 else list(task.outputs)
    value = {Column.ORDINAL: task.ordinal, Column.TITLE: task.title}.get(column, "")
    if not value:
        value = str(getattr(task, column.value, ""))
    return value.split("\n") if value else []
