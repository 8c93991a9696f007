"""The content of an annual plan as plain data: what an import yields, what a plan stores, what a document prints.

Nothing here knows the database. `PlanContent.to_json` is the form that `manage.py import_plan` prints.

Two sections are composed from structured rows, so that no sentence is kept twice:
the *tasks* section (its tables, or its numbered paragraphs) and the *responsibilities* section.
Their `text` holds what stands before the rows and `text_after` what stands behind them;
`section_text` puts the whole together as the document shows it.
"""

import datetime
import re
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self


class SectionKind(StrEnum):
    """What a section of the plan is filled from."""

    TEXT = "text"
    TASKS = "tasks"
    RESPONSIBILITIES = "responsibilities"


class TaskStyle(StrEnum):
    """How the tasks stand in the document."""

    TABLE = "table"
    PARAGRAPHS = "paragraphs"
    ANNEX = "annex"


class Column(StrEnum):
    """What one column of the task table holds."""

    ORDINAL = "ordinal"
    TITLE = "title"
    OUTPUTS = "outputs"
    LEAD = "lead"
    SUPPORT = "support"
    APPROVER = "approver"
    TIMING = "timing"
    NOTE = "note"


@dataclass(frozen=True)
class LayoutColumn:
    """One printed column: its heading, its share of the width in percent, and the heading over it, if two levels."""

    key: Column
    heading: str
    width: int = 10
    group: str = ""


@dataclass(frozen=True)
class LayoutContent:
    """Which columns with which headings a department prints, and whether as a table, paragraphs or an annex."""

    style: TaskStyle = TaskStyle.TABLE
    columns: tuple[LayoutColumn, ...] = ()
    annex_title: str = ""
    landscape: bool = False

    def heading_of(self, key: Column, default: str = "") -> str:
        return next((c.heading for c in self.columns if c.key == key), default)


UNNUMBERED = "*"
"""The heading of a responsibility whose unit stands on a line of its own without a number."""
DEFAULT_LAYOUT = LayoutContent(
    columns=(
        LayoutColumn(Column.ORDINAL, "TT", 6),
        LayoutColumn(Column.TITLE, "Nội dung công việc", 30),
        LayoutColumn(Column.OUTPUTS, "Sản phẩm", 20),
        LayoutColumn(Column.LEAD, "Chủ trì", 15),
        LayoutColumn(Column.SUPPORT, "Phối hợp", 14),
        LayoutColumn(Column.TIMING, "Thời gian", 15),
    )
)
PARAGRAPH_LABELS = {
    Column.LEAD: "Đơn vị thực hiện",
    Column.SUPPORT: "Đơn vị phối hợp",
    Column.APPROVER: "Người duyệt",
    Column.OUTPUTS: "Sản phẩm",
    Column.TIMING: "Thời gian thực hiện",
    Column.NOTE: "Ghi chú",
}


@dataclass(frozen=True)
class TaskContent:
    """One row of the plan; the timing phrase is kept to the letter."""

    ordinal: str = ""
    title: str = ""
    outputs: tuple[str, ...] = ()
    lead: str = ""
    support: str = ""
    approver: str = ""
    timing: str = ""
    note: str = ""
    description: str = ""

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "ordinal": self.ordinal,
            "title": self.title,
            "outputs": list(self.outputs),
            "lead": self.lead,
            "support": self.support,
            "approver": self.approver,
            "timing": self.timing,
        }
        if self.note:
            data["note"] = self.note
        if self.description:
            data["description"] = self.description
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "outputs": tuple(data["outputs"])})


@dataclass(frozen=True)
class PhaseContent:
    """A table of tasks, with its heading where the plan has several.

    `in_table`: the heading is printed as a row across the table, which goes on from the phase before.
    """

    number: str = ""
    title: str = ""
    tasks: tuple[TaskContent, ...] = ()
    in_table: bool = False

    @property
    def heading(self) -> str:
        return with_number(self.number, self.title)


@dataclass(frozen=True)
class SectionContent:
    """A section under a Roman numeral. `number` is the numeral without its dot."""

    number: str = ""
    heading: str = ""
    text: str = ""
    kind: SectionKind = SectionKind.TEXT
    text_after: str = ""


@dataclass(frozen=True)
class ResponsibilityContent:
    """What one unit has to do. `heading` is the printed number of its heading ("1", "a)"), empty where none is printed.

    `UNNUMBERED` stands for a heading without a number.
    """

    unit: str = ""
    text: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Signer:
    """`on_behalf` is the first line of the signature ("KT. GIÁM ĐỐC"), `position` the line above the name."""

    on_behalf: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True)
class PlanContent:
    """A whole plan. Texts are NFC; several lines are joined by a line feed."""

    agency: str = ""
    parent_agency: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    date: datetime.date | None = None
    title: str = "KẾ HOẠCH"
    subject: str = ""
    year: int = 0
    bases: tuple[str, ...] = ()
    intro: str = ""
    sections: tuple[SectionContent, ...] = ()
    phases: tuple[PhaseContent, ...] = ()
    responsibilities: tuple[ResponsibilityContent, ...] = ()
    closing: str = ""
    recipients: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    layout: LayoutContent = DEFAULT_LAYOUT

    @property
    def tasks(self) -> tuple[TaskContent, ...]:
        return tuple(task for phase in self.phases for task in phase.tasks)

    @classmethod
    def from_json(cls, data: dict[str, Any], layout: LayoutContent = DEFAULT_LAYOUT) -> "PlanContent":
        """The plan of its published form; which sections hold tasks and responsibilities follows from their text."""
        plain = ("agency", "parent_agency", "number", "symbol", "place", "title", "subject", "year", "intro", "closing")
        content = cls(
            **{name: data[name] for name in plain},
            date=datetime.date.fromisoformat(data["date"]) if data["date"] else None,
            bases=tuple(data["bases"]),
            sections=tuple(SectionContent(**section) for section in data["sections"]),
            phases=tuple(
                PhaseContent(p["number"], p["title"], tuple(map(TaskContent.from_json, p["tasks"])))
                for p in data["phases"]
            ),
            responsibilities=tuple(ResponsibilityContent(**item) for item in data["responsibilities"]),
            recipients=tuple(data["recipients"]),
            signer=Signer(**data["signer"]),
            layout=layout,
        )
        return _with_section_kinds(content)

    def to_json(self) -> dict[str, Any]:
        """The published form; the layout is no part of it."""
        return {
            "agency": self.agency,
            "parent_agency": self.parent_agency,
            "number": self.number,
            "symbol": self.symbol,
            "place": self.place,
            "date": self.date.isoformat() if self.date else None,
            "title": self.title,
            "subject": self.subject,
            "year": self.year,
            "bases": list(self.bases),
            "intro": self.intro,
            "sections": [
                {"number": s.number, "heading": s.heading, "text": section_text(self, s)} for s in self.sections
            ],
            "phases": [
                {"number": p.number, "title": p.title, "tasks": [t.to_json() for t in p.tasks]} for p in self.phases
            ],
            "responsibilities": [{"unit": r.unit, "text": r.text} for r in self.responsibilities],
            "closing": self.closing,
            "recipients": list(self.recipients),
            "signer": {
                "on_behalf": self.signer.on_behalf,
                "position": self.signer.position,
                "name": self.signer.name,
            },
        }


def section_text(plan: PlanContent, section: SectionContent) -> str:
    """The lines of a section as the document shows them, without its tables."""
    if section.kind == SectionKind.TASKS:
        rows = _task_lines(plan)
    elif section.kind == SectionKind.RESPONSIBILITIES:
        rows = [line for r in plan.responsibilities for line in responsibility_lines(r)]
    else:
        rows = []
    return "\n".join(part for part in (section.text, *rows, section.text_after) if part)


def responsibility_lines(item: ResponsibilityContent) -> list[str]:
    """The heading, where one is printed, and the text."""
    if not item.heading:
        return [item.text]
    return [with_number("" if item.heading == UNNUMBERED else item.heading, item.unit), item.text]


def with_number(number: str, text: str) -> str:
    """ "1" gives "1. text", "a)" gives "a) text", "Bước 1:" gives "Bước 1: text", nothing gives the text alone."""
    if not number:
        return text
    return f"{number} {text}" if number[-1] in ")-+:/" else f"{number}. {text}"


def task_paragraphs(task: TaskContent, layout: LayoutContent) -> list[str]:
    """A task of a plan without a table: numbered heading, description, one dash line per labelled field.

    The fields follow the order of the layout's columns; what the layout does not name comes behind.
    """
    values = {
        Column.OUTPUTS: "; ".join(task.outputs),
        Column.LEAD: task.lead,
        Column.SUPPORT: task.support,
        Column.APPROVER: task.approver,
        Column.TIMING: task.timing,
        Column.NOTE: task.note,
    }
    order = dict.fromkeys([*(c.key for c in layout.columns if c.key in values), *values])
    fields = [(layout.heading_of(key, PARAGRAPH_LABELS[key]), values[key]) for key in order if values[key]]
    lines = [with_number(task.ordinal, task.title)]
    if task.description:
        lines.append(task.description)
    last = len(fields) - 1
    lines += [f"- {label}: {value}{'.' if i == last else ';'}" for i, (label, value) in enumerate(fields)]
    return lines


def _task_lines(plan: PlanContent) -> list[str]:
    lines = []
    for phase in plan.phases:
        if phase.heading and plan.layout.style != TaskStyle.ANNEX:
            lines.append(phase.heading)
        if plan.layout.style == TaskStyle.PARAGRAPHS:
            lines += [line for task in phase.tasks for line in task_paragraphs(task, plan.layout)]
    return lines


def _with_section_kinds(plan: PlanContent) -> PlanContent:
    """The plan with each composed section cut into what stands before its rows, the rows, and what stands behind.

    The responsibilities are in the first section that prints them all; the tasks in the first one that prints their
    phase headings or paragraphs, or, where only a table shows them, in the first section without text.
    """
    plan = _with_printed_headings(plan)
    duties = [line for item in plan.responsibilities for line in responsibility_lines(item)]
    sections = _with_rows(plan.sections, SectionKind.RESPONSIBILITIES, duties) if duties else plan.sections
    sections = _with_rows(sections, SectionKind.TASKS, _task_lines(plan)) if plan.tasks else sections
    return replace(plan, sections=sections)


def _with_printed_headings(plan: PlanContent) -> PlanContent:
    """Each responsibility with the number that some section prints before its unit."""
    lines = [line for section in plan.sections for line in section.text.split("\n")]
    numbered = [match for line in lines if (match := re.fullmatch(r"(\S+)\. (.+)", line))]
    numbers = {match[2]: match[1] for match in reversed(numbered)}
    items = tuple(replace(item, heading=numbers.get(item.unit, "")) for item in plan.responsibilities)
    return replace(plan, responsibilities=items)


def _with_rows(sections: tuple[SectionContent, ...], kind: SectionKind, rows: list[str]) -> tuple[SectionContent, ...]:
    for index, section in enumerate(sections):
        around = _text_around(section.text, rows) if section.kind == SectionKind.TEXT else None
        if around:
            cut = replace(section, kind=kind, text=around[0], text_after=around[1])
            return (*sections[:index], cut, *sections[index + 1 :])
    return sections


def _text_around(text: str, rows: list[str]) -> tuple[str, str] | None:
    """The lines before and behind the rows; without rows, an empty text is their place."""
    if not rows:
        return None if text else ("", "")
    lines, wanted = text.split("\n"), "\n".join(rows).split("\n")
    for start in range(len(lines) - len(wanted) + 1):
        end = start + len(wanted)
        if lines[start:end] == wanted:
            return "\n".join(lines[:start]), "\n".join(lines[end:])
    return None


def to_storage(plan: PlanContent) -> dict[str, Any]:
    """The whole plan with its layout and the kinds of its sections, as JSON can hold it; see `from_storage`."""
    data = asdict(plan)
    data["date"] = plan.date.isoformat() if plan.date else None
    return data


def from_storage(data: dict[str, Any]) -> PlanContent:
    """The plan that `to_storage` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    changed = {
        "date": datetime.date.fromisoformat(data["date"]) if data["date"] else None,
        "bases": tuple(data["bases"]),
        "sections": tuple(SectionContent(**{**s, "kind": SectionKind(s["kind"])}) for s in data["sections"]),
        "phases": tuple(_phase_from_storage(phase) for phase in data["phases"]),
        "responsibilities": tuple(ResponsibilityContent(**item) for item in data["responsibilities"]),
        "recipients": tuple(data["recipients"]),
        "signer": Signer(**data["signer"]),
        "layout": _layout_from_storage(data["layout"]),
    }
    return PlanContent(**{**data, **changed})


def _phase_from_storage(data: dict[str, Any]) -> PhaseContent:
    tasks = tuple(TaskContent(**{**task, "outputs": tuple(task["outputs"])}) for task in data["tasks"])
    return PhaseContent(data["number"], data["title"], tasks, bool(data.get("in_table")))


def _layout_from_storage(data: dict[str, Any]) -> LayoutContent:
    columns = tuple(LayoutColumn(**{**column, "key": Column(column["key"])}) for column in data["columns"])
    return LayoutContent(**{**data, "style": TaskStyle(data["style"]), "columns": columns})
