"""An annual plan as an official document: the one place where its content becomes headings, paragraphs and tables."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from plans.content import (
    DEFAULT_LAYOUT,
    PARAGRAPH_LABELS,
    UNNUMBERED,
    Column,
    LayoutContent,
    PhaseContent,
    PlanContent,
    SectionContent,
    SectionKind,
    TaskContent,
    TaskStyle,
    task_paragraphs,
)
from qms.documents import model
from qms.documents.model import (
    Align,
    Annex,
    Block,
    Cell,
    Heading,
    HeadingLevel,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
    reference_line,
)

_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\. ?(\S.*)")
_DASHED = re.compile(r"([-–+•]) ?(\S.*)")
_LABELLED = re.compile(r"(\d+(?:\.\d+)*\. ?[^:.;]{1,60}:) ?(\S.*)")
_LONGEST_HEADING = 150
_CENTRED = {Column.ORDINAL, Column.LEAD, Column.SUPPORT, Column.APPROVER, Column.TIMING}
_DEFAULT_ANNEX_TITLE = "Phân công thực hiện nhiệm vụ"


def plan_document(content: PlanContent, *, draft: bool = False) -> OfficialDocument:
    """The plan as `render_pdf` and `render_docx` take it: everything of the content, in its order."""
    document = OfficialDocument(
        issuer=Issuer(content.agency, content.parent_agency),
        kind_name=content.title,
        subject=content.subject,
        number=content.number,
        symbol=content.symbol,
        place=content.place,
        date=content.date,
        year=content.year,
        bases=content.bases,
        blocks=tuple(_body(content)),
        signatures=(_signature(content),),
        recipients=content.recipients,
        draft=draft,
    )
    return replace(document, annexes=_annexes(content, document))


def _signature(content: PlanContent) -> Signature:
    signer = content.signer
    return Signature.of(signer.on_behalf, signer.position, signer.name)


def _body(content: PlanContent) -> Iterator[Block]:
    yield from text_blocks(content.intro)
    for section in content.sections:
        yield from _section(content, section)
    kinds = {section.kind for section in content.sections}
    if SectionKind.TASKS not in kinds:
        yield from _tasks(content)
    if SectionKind.RESPONSIBILITIES not in kinds:
        yield from _responsibilities(content)
    yield from text_blocks(content.closing)


def _section(content: PlanContent, section: SectionContent) -> Iterator[Block]:
    yield Heading(HeadingLevel.SECTION, section.number, section.heading)
    yield from text_blocks(section.text)
    if section.kind == SectionKind.TASKS:
        yield from _tasks(content)
    elif section.kind == SectionKind.RESPONSIBILITIES:
        yield from _responsibilities(content)
    yield from text_blocks(section.text_after)


def _responsibilities(content: PlanContent) -> Iterator[Block]:
    for item in content.responsibilities:
        if item.heading:
            yield _heading("" if item.heading == UNNUMBERED else item.heading, item.unit)
        yield from text_blocks(item.text)


def _heading(number: str, text: str) -> Heading:
    """A heading under a number as a plan keeps it: "1" is a clause, "a)" a point, "1-" prints like "1."."""
    if number.endswith(")"):
        return Heading(HeadingLevel.POINT, number[:-1], text)
    return Heading(HeadingLevel.CLAUSE, number.rstrip("-/+:"), text)


def text_blocks(text: str) -> Iterator[Block]:
    """The lines of a text field: numbered headings, numbered running text, dash lines, paragraphs."""
    return (_line_block(line) for line in text.split("\n") if line.strip())


def _line_block(line: str) -> Block:
    if dashed := _DASHED.fullmatch(line):
        return ListItem(dashed[2], dashed[1])
    numbered = _NUMBERED.fullmatch(line)
    if numbered and len(line) <= _LONGEST_HEADING and line[-1] not in ".;:,/":
        return Heading(HeadingLevel.CLAUSE, numbered[1], numbered[2])
    if labelled := _LABELLED.fullmatch(line):
        return Paragraph((Run(f"{labelled[1]} ", bold=True), Run(labelled[2])))
    return Paragraph(line)


def _tasks(content: PlanContent) -> Iterator[Block]:
    """What the tasks print in the body: nothing where an annex holds them."""
    if content.layout.style == TaskStyle.PARAGRAPHS:
        for phase in content.phases:
            yield from _phase_paragraphs(phase, content.layout)
    elif content.layout.style == TaskStyle.TABLE:
        yield from _task_tables(content)


def _phase_paragraphs(phase: PhaseContent, layout: LayoutContent) -> Iterator[Block]:
    yield from _phase_heading(phase)
    for task in phase.tasks:
        yield _heading(task.ordinal, task.title)
        yield from text_blocks("\n".join(task_paragraphs(task, layout)[1:]))


def _phase_heading(phase: PhaseContent) -> Iterator[Heading]:
    if phase.heading:
        yield _heading(phase.number, phase.title)


def _task_tables(content: PlanContent) -> Iterator[Block]:
    for phases in _shared_tables(content.phases):
        if not phases[0].in_table:
            yield from _phase_heading(phases[0])
        if any(phase.tasks or phase.in_table for phase in phases):
            yield _task_table(phases, content.layout)


def _shared_tables(phases: Iterable[PhaseContent]) -> list[list[PhaseContent]]:
    """The phases by the table they stand in."""
    tables: list[list[PhaseContent]] = []
    for phase in phases:
        if phase.in_table and tables:
            tables[-1].append(phase)
        else:
            tables.append([phase])
    return tables


def _annexes(content: PlanContent, document: OfficialDocument) -> tuple[Annex, ...]:
    layout = content.layout
    if layout.style != TaskStyle.ANNEX or not content.tasks:
        return ()
    return (
        Annex(
            title=layout.annex_title or _DEFAULT_ANNEX_TITLE,
            blocks=tuple(_task_tables(content)),
            reference=reference_line(document, content.title.capitalize()),
            landscape=layout.landscape,
        ),
    )


def _task_table(phases: Iterable[PhaseContent], layout: LayoutContent) -> Table:
    columns = layout.columns or DEFAULT_LAYOUT.columns
    keys = [column.key for column in columns]
    return Table(
        columns=tuple(
            model.Column(c.heading, c.width, c.group, Align.CENTER if c.key in _CENTRED else Align.LEFT)
            for c in columns
        ),
        rows=tuple(row for phase in phases for row in _phase_rows(phase, keys)),
    )


def _phase_rows(phase: PhaseContent, keys: list[Column]) -> Iterator[Row]:
    if phase.in_table and phase.heading:
        yield (Cell((phase.heading,), span=len(keys), bold=True, align=Align.LEFT),)
    for _, same in groupby(phase.tasks, _group_key):
        yield from _rows(list(same), keys)


def _group_key(task: TaskContent) -> object:
    """Tasks under one number share its cell; a task without number stands alone."""
    return task.ordinal or id(task)


def _rows(tasks: list[TaskContent], keys: list[Column]) -> Iterator[Row]:
    for index, task in enumerate(tasks):
        yield tuple(
            _cell(task, key, keys, rows=len(tasks) if key == Column.ORDINAL else 1)
            for key in keys
            if key != Column.ORDINAL or index == 0
        )


def _cell(task: TaskContent, key: Column, keys: Iterable[Column], rows: int) -> Cell:
    if key == Column.TITLE:
        return Cell(tuple(_title_lines(task, keys)))
    lines = tuple(_field_lines(task, key))
    return Cell(lines, rows=rows, align=Align.LEFT if len(lines) > 1 else None)


def _title_lines(task: TaskContent, keys: Iterable[Column]) -> Iterator[str]:
    """The task, its description, and every field that has a value but no column of its own."""
    yield from filter(None, (*task.title.split("\n"), *task.description.split("\n")))
    for key in (key for key in PARAGRAPH_LABELS if key not in keys):
        if value := "; ".join(_field_lines(task, key)):
            yield f"{PARAGRAPH_LABELS[key]}: {value}"


def _field_lines(task: TaskContent, key: Column) -> Iterator[str]:
    """The paragraphs of one field. Several products are a dash list; one that ends in a colon leads in the others."""
    if key == Column.OUTPUTS:
        several = len(task.outputs) > 1
        return (f"- {item}" if several and not item.endswith(":") else item for item in task.outputs)
    value: str = getattr(task, key)
    return (line for line in value.split("\n") if line)
