"""The few things of WordprocessingML that python-docx has no call for."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.simpletypes import ST_Merge
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

_AFTER_BORDERS = ("w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_EIGHTHS_PER_POINT = 8
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def element(name: str, **attributes: object) -> BaseOxmlElement:
    """A `w:` element with `w:` attributes."""
    node = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    return node


def draw_line_above(paragraph: Paragraph, weight: float) -> None:
    """A solid black line over the paragraph, from its left to its right indent; `weight` in points."""
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=round(weight * _EIGHTHS_PER_POINT), space=0, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def add_page_field(paragraph: Paragraph) -> None:
    """The number of the page."""
    for kind, instruction in (("begin", None), (None, " PAGE "), ("separate", None), ("end", None)):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            text = element("instrText")
            text.text = instruction
            run._r.append(text)


def restart_page_numbers(section_properties: BaseOxmlElement) -> None:
    """The section counts its pages from 1."""
    numbering = element("pgNumType", start=1)
    section_properties.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def fix_widths(table: Table, widths: Iterable[Length]) -> None:
    """Fixed layout with these column widths; Word reads them from the cells, LibreOffice from the grid."""
    table.autofit = False
    lengths = list(widths)
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    total = element("tblW", w=round(sum(length.twips for length in lengths)), type="dxa")
    properties.insert_element_before(total, "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for column, length in zip(table.columns, lengths, strict=True):
        column.width = length


def draw_grid(table: Table, weight: float) -> None:
    """Single black borders round every cell."""
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=round(weight * _EIGHTHS_PER_POINT), space=0, color="000000"))
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")


def pad_cells(table: Table, horizontal: float, vertical: float) -> None:
    """Cell margins: millimetres at the sides, points above and below."""
    margins = element("tblCellMar")
    for side, length in (
        ("top", Pt(vertical)),
        ("left", Mm(horizontal)),
        ("bottom", Pt(vertical)),
        ("right", Mm(horizontal)),
    ):
        margins.append(element(side, w=round(length.twips), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def keep_row_whole(row: _Row) -> None:
    """No page break inside the row (a row taller than a page is broken all the same)."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def repeat_as_heading(row: _Row) -> None:
    """The row stands again on top of every page of the table."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def merge_down(cell: _Cell, *, first: bool) -> None:
    """The cell begins, or continues, a cell that spans several rows."""
    cell._tc.vMerge = ST_Merge.RESTART if first else ST_Merge.CONTINUE


def keep_end_with_next(document: Document) -> None:
    """What stands last in the body so far stays on the page of what comes next: a paragraph, or a table's last row."""
    blocks = list(document.element.body.iterchildren(qn("w:p"), qn("w:tbl")))
    behind_table = len(blocks) > 1 and blocks[-2].tag == qn("w:tbl")
    for block in blocks[-2:] if behind_table else blocks[-1:]:
        rows = block.findall(qn("w:tr"))
        for paragraph in rows[-1].iter(qn("w:p")) if rows else [block]:
            form = Paragraph(paragraph, document._body).paragraph_format
            form.keep_with_next = form.keep_together = True


def same_bytes(package: bytes) -> bytes:
    """The zip package with every time stamp set to the epoch, so that equal documents are equal files."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return stream.getvalue()
