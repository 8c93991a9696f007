"""Tables of the Word file: the invisible ones that hold head and foot, and those of the content."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as WORD_ALIGN
from docx.oxml.table import CT_Tc
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from qms.documents import measures, ooxml, parts
from qms.documents.measures import FACES
from qms.documents.model import Align, Cell, Inline, Row, Table, runs_of
from qms.documents.word_styles import SHAPES, restyle, styled

ALIGNMENTS = {Align.LEFT: WORD_ALIGN.LEFT, Align.CENTER: WORD_ALIGN.CENTER, Align.JUSTIFY: WORD_ALIGN.JUSTIFY}
_BLANK = Cell()


def add_runs(paragraph: WordParagraph, inline: Inline, face_name: str) -> None:
    """The stretches of a text, each in its style."""
    for run in runs_of(inline):
        written = paragraph.add_run(FACES[face_name].shown(run.text))
        written.bold = run.bold or None
        written.italic = run.italic or None


def add_spacer(word: WordDocument, height: float = 1) -> None:
    """Room of so many points before or behind a table; it also keeps two tables from growing together."""
    shrink_to_spacer(word.add_paragraph(), height)


def shrink_to_spacer(paragraph: WordParagraph, height: float = 1) -> None:
    """Makes an empty paragraph so low that it never opens a page of its own."""
    restyle(paragraph, "spacer").paragraph_format.line_spacing = Pt(height)


def layout_table(word: WordDocument, widths: Sequence[float], *, rows: int) -> list[list[_Cell]]:
    """An invisible table of unbreakable rows; its cells come without paragraphs and need some (`close_cells`)."""
    table = word.add_table(0, len(widths))
    lengths = [Mm(width) for width in widths]
    ooxml.fix_widths(table, lengths)
    ooxml.pad_cells(table, 0, 0)
    return [[_add_cell(row, table, length) for length in lengths] for row in (_add_row(table) for _ in range(rows))]


def close_cells(*cells: _Cell) -> None:
    """Word takes a cell without a paragraph for a damaged file."""
    for cell in cells:
        if not cell.paragraphs:
            cell.add_paragraph()


def add_table(word: WordDocument, table: Table, width: float) -> None:
    """A bordered table with repeated headings over the whole `width` (millimetres)."""
    widths = [Mm(column) for column in parts.column_widths(table, width)]
    add_spacer(word, measures.TABLE_GAP)
    written = word.add_table(0, len(widths))
    ooxml.fix_widths(written, widths)
    ooxml.draw_grid(written, measures.CELL_BORDER)
    ooxml.pad_cells(written, measures.CELL_PADDING_X, measures.CELL_PADDING_Y)
    for row in _Rows(written, table, widths, "cell-head").add(table.heading_rows):
        ooxml.repeat_as_heading(row)
    _Rows(written, table, widths, "cell").add(table.rows)
    add_spacer(word)


@dataclass(frozen=True)
class _Rows:
    """Writes rows with their merged cells."""

    written: WordTable
    table: Table
    widths: Sequence[Length]
    face: str

    def add(self, rows: Sequence[Row]) -> list[_Row]:
        return [self._add_row(slots) for slots in parts.laid_rows(self.table, rows)]

    def _add_row(self, slots: Sequence[parts.Slot]) -> _Row:
        row = _add_row(self.written)
        for slot in slots:
            width = Length(sum(self.widths[slot.at : slot.at + slot.span]))
            written = _add_cell(row, self.written, width, slot.span)
            if slot.cell is None or slot.rows > 1:
                ooxml.merge_down(written, first=slot.cell is not None)
            self._fill(written, slot.cell or _BLANK, self.table.columns[slot.at].align)
        return row

    def _fill(self, written: _Cell, cell: Cell, column_align: Align) -> None:
        written.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        shape = SHAPES[self.face]
        align = shape.align if self.face == "cell-head" else ALIGNMENTS[cell.align or column_align]
        for line in cell.lines or ("",):
            paragraph = styled(written, self.face)
            paragraph.alignment = align if align != shape.align else None
            add_runs(paragraph, line, self.face)
            if cell.bold:
                for run in paragraph.runs:
                    run.bold = True


def _add_row(table: WordTable) -> _Row:
    """A row without cells that no page break cuts."""
    row = _Row(table._tbl.add_tr(), table)
    ooxml.keep_row_whole(row)
    return row


def _add_cell(row: _Row, table: WordTable, width: Length, span: int = 1) -> _Cell:
    """A cell without paragraphs."""
    tc = CT_Tc.new()
    tc.clear_content()
    row._tr.append(tc)
    tc.width = width
    if span > 1:
        tc.grid_span = span
    return _Cell(tc, table)
