"""A Word document as a flat run of lines and grids: numbers resolved, insertions accepted, deletions dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .blocks import Block, Grid, Segment, make_lines
from .docx_tables import read_table
from .numbering import Numbering
from .result import NotAPlan
from .safety import BROKEN, Package
from .styles import Look, Styles, look_of
from .word_xml import TOO_DEEP, attribute, child, local, unwrapped, value_of

MAX_TABLE_DEPTH = 8
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_SHAPES = {"drawing", "pict", "object", "mc:AlternateContent"}


@dataclass
class WordText:
    """The whole document. `tracked` says that changes were being tracked."""

    blocks: list[Block]
    tracked: bool = False


def read_docx(package: Package) -> WordText:
    """All lines and grids of the document in reading order."""
    root = package.xml(package.main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise NotAPlan(BROKEN)
    folder = package.main.rpartition("/")[0]
    reader = _Reader(Styles(package.xml(f"{folder}/styles.xml")), Numbering(package.xml(f"{folder}/numbering.xml")))
    blocks = list(reader.blocks(body))
    tracked = any(local(e) in {"ins", "del", "moveFrom", "moveTo"} for e in root.iter())
    return WordText(blocks, tracked)


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._carried: list[Segment] = []
        self._waiting: list[Grid] = []

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        """The lines and grids inside a body, a cell or a text box."""
        if depth > MAX_TABLE_DEPTH:
            raise NotAPlan(TOO_DEEP)
        for element in unwrapped(parent, {"p", "tbl", "sectPr"}):
            match local(element):
                case "p":
                    yield from self._paragraph(element, depth)
                case "tbl":
                    yield from self._table(element, depth)
                case _:
                    self._end_of_section(element)

    def _end_of_section(self, element: Any) -> None:
        """Word keeps a page's orientation at the end of its section: the grids since the last end get it now."""
        size = child(element, "pgSz")
        turned = size is not None and attribute(size, "orient") == "landscape"
        for grid in self._waiting:
            grid.landscape = turned
        self._waiting.clear()

    def _paragraph(self, element: Any, depth: int) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = value_of(properties, "pStyle") if properties is not None else None
        base = self._styles.look(style or self._styles.default)
        look = (look_of(properties) if properties is not None else Look()).over(base)
        look = replace(look, bold=base.bold, capitals=base.capitals, hidden=base.hidden)
        boxes: list[Any] = []
        segments = [*self._carried, *self._segments(element, look, boxes)]
        mark = child(properties, "rPr") if properties is not None else None
        if mark is not None and child(mark, "del") is not None:
            self._carried = segments
        else:
            self._carried = []
            label = self._label(look, style or self._styles.default, properties)
            yield from make_lines(segments, label=label, centered=bool(look.centered), heading=bool(look.heading))
        for box in boxes:
            yield from self.blocks(box, depth + 1)
        section = child(properties, "sectPr") if properties is not None else None
        if section is not None:
            self._end_of_section(section)

    def _label(self, look: Look, style: str, properties: Any) -> str:
        """The automatic number of a paragraph; counting happens here, so every paragraph asks exactly once."""
        number_id = look.number_id
        if not number_id or number_id == "0":
            return ""
        level = look.level
        if properties is None or child(properties, "numPr", "ilvl") is None:
            tied = self._numbering.level_of_style(number_id, self._styles.number_style(style))
            level = tied if tied is not None else level
        return self._numbering.next_label(number_id, level or 0)

    def _segments(self, parent: Any, look: Look, boxes: list[Any]) -> Iterator[Segment]:
        for run in unwrapped(parent, {"r", "m:t"}):
            if local(run) == "m:t":
                yield Segment(run.text or "", bool(look.bold))
            else:
                yield from self._run(run, look, boxes)

    def _run(self, run: Any, look: Look, boxes: list[Any]) -> Iterator[Segment]:
        properties = child(run, "rPr")
        if properties is not None:
            style = value_of(properties, "rStyle")
            look = look_of(properties).over(self._styles.look(style).over(look) if style else look)
        text = "".join(_run_text(run, boxes))
        if text and not look.hidden:
            yield Segment(text.upper() if look.capitals else text, bool(look.bold))

    def _table(self, element: Any, depth: int) -> Iterator[Block]:
        table = read_table(element, lambda cell: list(self.blocks(cell, depth + 1)))
        if table.single_column:
            yield from table.blocks
        elif table.grid.cells:
            self._waiting.append(table.grid)
            yield table.grid


def _run_text(run: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of a run; text boxes anchored in it are put aside, to be read after the paragraph."""
    for part in run:
        name = local(part)
        if name == "t":
            yield part.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "sym":
            yield _symbol(part)
        elif name in _SHAPES:
            boxes.extend(_boxes(part))


def _symbol(element: Any) -> str:
    """A w:sym: a character of a symbol font, kept in the private area where `blocks.plain` finds it."""
    try:
        return chr(int(attribute(element, "char") or "", 16) | 0xF000)
    except ValueError:
        return ""


def _boxes(shape: Any) -> Iterator[Any]:
    """The text boxes in a drawing. Word writes each twice, as a choice and as a fallback: one is enough."""
    for part in shape:
        name = local(part)
        if name == "txbxContent":
            yield part
        elif name == "mc:Fallback" and child(shape, "mc:Choice") is not None:
            continue
        else:
            yield from _boxes(part)
