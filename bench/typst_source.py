"""An official document as Typst source: the same words, tables and measures, for the comparison only."""

import re

from qms.documents.model import Block, Cell, Heading, ListItem, OfficialDocument, Paragraph, Table, plain_text

_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]=\-+/~\"'])")
_HEAD = """
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 20mm), header-ascent: 30%,
  header: context if counter(page).get().first() > 1 { align(center, text(13pt)[#counter(page).display()]) })
#set text(font: "Liberation Serif", size: 14pt, lang: "vi")
#set par(justify: true, spacing: 6pt, first-line-indent: (amount: 10mm, all: true))
#show table.cell: set par(first-line-indent: 0pt, justify: false)
#show table.cell: set text(size: 13pt)
"""


def typst_source(document: OfficialDocument) -> str:
    """The whole document."""
    parts = [_HEAD, _header(document), *(f"_{_text(basis)}_\n" for basis in document.bases)]
    parts += [_block(block) for block in document.blocks]
    parts += [f"{_text(line)}\\" for line in document.recipients]
    return "\n".join(parts)


def _header(document: OfficialDocument) -> str:
    left = f"{_text(document.issuer.superior)} \\ *{_text(document.issuer.name)}*"
    right = "*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*"
    title = f"#align(center)[*{_text(document.kind_name)}* \\ *{_text(document.subject)}*]"
    return f"#grid(columns: (40%, 60%), align: center, [{left}], [{right}])\n{title}"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading):
        return f"*{_text(block.line)}*\n"
    if isinstance(block, ListItem):
        return f"{_text(block.marker)} {_text(plain_text(block.text))}\n"
    assert isinstance(block, Paragraph)
    return f"{_text(plain_text(block.text))}\n"


def _table(table: Table) -> str:
    widths = ", ".join(f"{column.width}fr" for column in table.columns)
    heads = ", ".join(f"[*{_text(column.heading)}*]" for column in table.columns)
    cells = [_cell(cell) for row in table.rows for cell in row]
    return f"#table(columns: ({widths}), table.header({heads}),\n" + ",\n".join(cells) + ")\n"


def _cell(cell: Cell) -> str:
    body = " \\ ".join(_text(plain_text(line)) for line in cell.lines)
    return f"table.cell(colspan: {cell.span}, rowspan: {cell.rows})[{body}]"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
