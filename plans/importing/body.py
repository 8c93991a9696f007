"""The sections of a plan: which one holds the tasks, which one the responsibilities, and what the others say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plans.content import (
    DEFAULT_LAYOUT,
    LayoutContent,
    PhaseContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    TaskStyle,
)
from qms.text import fold

from .annex import read_annex
from .blocks import Block, Grid
from .doubts import Doubts
from .flow import Flow
from .paragraphs import count_labels, may_hold_tasks
from .responsibilities import is_responsibilities, read_responsibilities
from .sections import Section
from .taskchecks import note_task
from .taskparts import TaskPart, read_lines, read_tables

_ANNEX_MENTION = re.compile(r".*\bphu luc\b.*")
NO_SECTION = -1


@dataclass
class Body:
    """Sections, tasks and responsibilities. `texts` holds each section's text exactly as the file shows it."""

    sections: list[SectionContent] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    phases: list[PhaseContent] = field(default_factory=list)
    responsibilities: list[ResponsibilityContent] = field(default_factory=list)
    layout: LayoutContent = DEFAULT_LAYOUT

    def add(self, section: SectionContent, lines: Sequence[str]) -> None:
        self.sections.append(section)
        self.texts.append("\n".join(lines))


def read_body(flow: Flow, doubts: Doubts) -> Body:
    """All sections in their order."""
    body = Body()
    parts = _task_parts(flow, doubts)
    for part in parts.values():
        body.phases += part.phases
    if parts:
        body.layout = next(iter(parts.values())).layout
    duty = _responsible_section(flow, parts)
    for index, section in enumerate(flow.sections):
        if index in parts:
            _add_tasks(body, section, parts[index], first=index == min(parts))
        elif index == duty:
            _add_responsibilities(body, section, doubts)
        else:
            texts = [line.text for line in section.lines]
            body.add(SectionContent(section.number, section.heading, "\n".join(texts)), texts)
    return body


def _add_tasks(body: Body, section: Section, part: TaskPart, *, first: bool) -> None:
    """The tasks' section; an annex leaves it its own lines. Only one section prints the tasks."""
    kind = SectionKind.TASKS if first else SectionKind.TEXT
    texts = [line.text for line in section.lines]
    if part.layout.style == TaskStyle.ANNEX:
        body.add(SectionContent(section.number, section.heading, "\n".join(texts), kind), texts)
        return
    before, after = "\n".join(part.before), "\n".join(part.after)
    body.add(SectionContent(section.number, section.heading, before, kind, after), part.shown)


def _add_responsibilities(body: Body, section: Section, doubts: Doubts) -> None:
    found = read_responsibilities(section.lines)
    body.responsibilities = found.items
    kind = SectionKind.RESPONSIBILITIES
    content = SectionContent(section.number, section.heading, "\n".join(found.before), kind)
    body.add(content, [line.text for line in section.lines])
    for item in found.items:
        if not item.unit:
            doubts.add("unit_unclear", section.where, item.text)


def _task_parts(flow: Flow, doubts: Doubts) -> dict[int, TaskPart]:
    """The tasks by the section that shows them; NO_SECTION where none does."""
    with_tables = [index for index, section in enumerate(flow.sections) if _has_tasks(section.items, flow)]
    with_tables = _without_duties(flow, with_tables, doubts)
    if with_tables:
        return _in_sections(flow, with_tables, doubts)
    if _has_tasks(flow.loose, flow):
        return {NO_SECTION: _bare_tables(flow, doubts)}
    if _has_tasks(flow.annex, flow):
        return {_section_of_annex(flow): read_annex(flow.annex, flow.headers, doubts)}
    return _in_paragraphs(flow, doubts)


def _without_duties(flow: Flow, indexes: list[int], doubts: Doubts) -> list[int]:
    """A table of units and their duties under "Tổ chức thực hiện" looks like tasks; it is none where others are."""
    others = [index for index in indexes if not is_responsibilities(flow.sections[index].heading)]
    if not others and not _has_tasks(flow.annex, flow):
        return indexes
    for index in set(indexes) - set(others):
        doubts.add("table_skipped", flow.sections[index].where, flow.sections[index].heading)
    return others


def _has_tasks(items: Sequence[Block], flow: Flow) -> bool:
    return any(isinstance(item, Grid) and id(item) in flow.headers for item in items)


def _in_sections(flow: Flow, indexes: list[int], doubts: Doubts) -> dict[int, TaskPart]:
    """The tables of each section. Where several sections hold tables, each is a phase under the section's heading."""
    parts = {}
    for index in indexes:
        section = flow.sections[index]
        part = read_tables(section.items, flow.headers, TaskStyle.TABLE, doubts, section.where)
        if len(indexes) > 1 and part.phases and not part.phases[0].title:
            part.phases[0] = replace(part.phases[0], number=section.number, title=section.heading)
        parts[index] = part
    if len(indexes) > 1:
        doubts.add("phases_across", ", ".join(flow.sections[index].where for index in indexes))
    return parts


def _bare_tables(flow: Flow, doubts: Doubts) -> TaskPart:
    """Tables in a document without sections; the lines before the first one are the opening."""
    part = read_tables(flow.loose[len(flow.opening) :], flow.headers, TaskStyle.TABLE, doubts, "")
    for text in part.after:
        doubts.add("text_outside", "", text)
    return part


def _section_of_annex(flow: Flow) -> int:
    """The section that sends the reader to the annex, or the one whose heading names tasks."""
    for index, section in enumerate(flow.sections):
        if any(_ANNEX_MENTION.fullmatch(fold(line.text)) for line in section.lines):
            return index
    return _section_named_for_tasks(flow)


def _section_named_for_tasks(flow: Flow) -> int:
    for index, section in enumerate(flow.sections):
        if may_hold_tasks(section.heading) and not is_responsibilities(section.heading):
            return index
    return NO_SECTION


def _in_paragraphs(flow: Flow, doubts: Doubts) -> dict[int, TaskPart]:
    """The section whose paragraphs carry most labels; without any, the one whose heading names tasks."""
    labels = [count_labels(section.lines) for section in flow.sections]
    best = labels.index(max(labels)) if any(labels) else _section_named_for_tasks(flow)
    if best == NO_SECTION:
        return {}
    section = flow.sections[best]
    part = read_lines(section.lines)
    if not part.phases:
        return {}
    if not any(labels):
        doubts.add("tasks_guessed", section.where, section.heading)
    _note_paragraphs(part, section.where, doubts)
    return {best: part}


def _note_paragraphs(part: TaskPart, where: str, doubts: Doubts) -> None:
    for task in (task for phase in part.phases for task in phase.tasks):
        note_task(doubts, f"{where}, nhiệm vụ {task.ordinal}".rstrip(), task)


def _responsible_section(flow: Flow, parts: dict[int, TaskPart]) -> int:
    """The section of the responsibilities: of several, the one that names most units."""
    named = [i for i, s in enumerate(flow.sections) if i not in parts and is_responsibilities(s.heading)]
    units = {i: sum(bool(item.unit) for item in read_responsibilities(flow.sections[i].lines).items) for i in named}
    return max(named, key=lambda index: (units[index], index), default=NO_SECTION)
