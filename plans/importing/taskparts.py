"""The tasks of one stretch of the document: one table, several tables with a heading each, or paragraphs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from plans.content import LayoutContent, PhaseContent, TaskStyle, with_number
from qms.text import fold

from .blocks import Block, Grid, Line
from .doubts import Doubts
from .header import Header
from .layout import table_layout
from .numbers import Form, number_of
from .paragraphs import read_paragraphs
from .tables import read_table

_HEADING = re.compile(r"(giai doan|dot|nhom|bang|bieu|phan|quy|thang|linh vuc)\b.*")
_LONGEST_HEADING = 250
Headers = Mapping[int, Header]
"""The heading of each task table, by the identity of its grid."""


@dataclass
class TaskPart:
    """Tasks with the lines before and after them; `shown` is all lines in the order of the file."""

    before: list[str] = field(default_factory=list)
    phases: list[PhaseContent] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    layout: LayoutContent = field(default_factory=LayoutContent)


def read_tables(items: Sequence[Block], headers: Headers, style: TaskStyle, doubts: Doubts, where: str) -> TaskPart:
    """The tasks of all task tables among these items. Several tables are phases, each under the line right above it."""
    part = TaskPart()
    tables = [item for item in items if isinstance(item, Grid) and id(item) in headers]
    part.layout = table_layout(tables[0], headers[id(tables[0])], style)
    several = _separate(items, headers) > 1
    waiting: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            waiting.append(item)
        elif id(item) in headers:
            _take_table(part, item, headers[id(item)], waiting, several, doubts, where)
            waiting = []
    part.after += [line.text for line in waiting]
    part.shown += [line.text for line in waiting]
    return part


def read_lines(lines: Sequence[Line]) -> TaskPart:
    """The tasks of a section without tables."""
    found = read_paragraphs(lines)
    return TaskPart(found.before, found.phases, found.after, [line.text for line in lines], found.layout)


def _separate(items: Sequence[Block], headers: Headers) -> int:
    """How many tables there are if those with nothing between them count as one."""
    kinds = [isinstance(item, Grid) for item in items if isinstance(item, Line) or id(item) in headers]
    return sum(now and not before for before, now in zip([False, *kinds], kinds, strict=False))


def _take_table(
    part: TaskPart, grid: Grid, header: Header, lines: list[Line], several: bool, doubts: Doubts, where: str
) -> None:
    """One table with the lines above it."""
    heading = lines[-1] if several and lines and may_head_table(lines[-1]) else None
    texts = [line.text for line in (lines[:-1] if heading else lines)]
    (part.after if part.phases else part.before).extend(texts)
    if part.phases and texts:
        doubts.add("text_between", where, texts[0])
    phases = read_table(grid, header, doubts).phases
    part.shown += [line.text for line in lines]
    part.shown += [text for phase in phases if (text := with_number(phase.number, phase.title))]
    part.phases += _under(heading, phases) if heading or lines else _joined(part.phases, phases)


def may_head_table(line: Line) -> bool:
    """Whether a line right above one of several tables names it."""
    numbered = number_of(line)
    if len(line.text) > _LONGEST_HEADING or numbered.form in {Form.DASH, Form.PLUS}:
        return False
    if numbered.form != Form.NONE:
        return line.bold or not line.text.endswith((".", ";"))
    return line.bold or line.heading or bool(_HEADING.fullmatch(fold(line.text)))


def _under(heading: Line | None, phases: list[PhaseContent]) -> list[PhaseContent]:
    """The phases of a table, its tasks without a group row standing under the heading above the table."""
    if heading is None:
        return phases
    named = number_of(heading)
    if phases and not phases[0].title:
        return [replace(phases[0], number=named.number, title=named.text), *phases[1:]]
    return [PhaseContent(named.number, named.text), *phases]


def _joined(before: list[PhaseContent], phases: list[PhaseContent]) -> list[PhaseContent]:
    """The phases of a table that goes on where another ended: its first tasks belong to the last phase."""
    if not before or not phases or phases[0].title:
        return phases
    before[-1] = replace(before[-1], tasks=before[-1].tasks + phases[0].tasks)
    return phases[1:]
