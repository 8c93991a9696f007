"""An official document as a Word file, to the same measures as the PDF.

Every paragraph has a named style (`word_styles.SHAPES`); what is set on a paragraph itself is only what its text
decides (the width of a centred block, the length of a line). Lines are paragraph borders, never underscores.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as WORD_ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from qms.documents import measures, ooxml, parts
from qms.documents.measures import FACES
from qms.documents.model import (
    Align,
    Annex,
    Block,
    Form,
    Heading,
    ListItem,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
)
from qms.documents.word_styles import blank_document, restyle, styled
from qms.documents.word_tables import (
    ALIGNMENTS,
    add_runs,
    add_spacer,
    add_table,
    close_cells,
    layout_table,
    shrink_to_spacer,
)

Container = WordDocument | _Cell


def render_docx(document: OfficialDocument) -> bytes:
    """The bytes of the Word file; the same document gives the same bytes."""
    word = blank_document()
    _set_properties(word, document)
    _set_page(word.sections[0], document, landscape=False)
    _add_head(word, document)
    _add_title(word, document)
    _add_addressees(word, document.addressees)
    for basis in document.bases:
        _add(word, "basis", basis)
    if document.form == Form.DECISION:
        _add(word, "authority", parts.ENACTING)
    _add_blocks(word, document.blocks, measures.TEXT_WIDTH)
    _add_foot(word, document)
    for annex in document.annexes:
        _add_annex(word, annex, document)
    stream = BytesIO()
    word.save(stream)
    return ooxml.same_bytes(stream.getvalue())


def _set_properties(word: WordDocument, document: OfficialDocument) -> None:
    properties = word.core_properties
    properties.title = FACES["body"].shown(document.heading)[:255]
    properties.author = FACES["body"].shown(document.issuer.name)[:255]
    properties.language = "vi-VN"
    stamp = datetime.combine(document.date or parts.UNDATED, time(tzinfo=UTC))
    properties.created = properties.modified = stamp


def _set_page(section: Section, document: OfficialDocument, *, landscape: bool) -> None:
    """A4 with its margins; the number on top of every page but the first."""
    width, height = measures.PAGE_SHORT, measures.PAGE_LONG
    if landscape:
        width, height = height, width
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(measures.MARGIN_TOP), Mm(measures.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(measures.MARGIN_LEFT), Mm(measures.MARGIN_RIGHT)
    section.header_distance = Mm(measures.PAGE_NUMBER_FROM_EDGE)
    section.different_first_page_header_footer = True
    _fill_header(section, document, (width - measures.MARGIN_LEFT - measures.MARGIN_RIGHT) / 2)


def _fill_header(section: Section, document: OfficialDocument, middle: float) -> None:
    """The page number; a draft says so at the left of it, and on the first page too."""
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    first, others = section.first_page_header.paragraphs[0], section.header.paragraphs[0]
    for paragraph in (first, others):
        restyle(paragraph, "page-number")
        if document.draft:
            _mark_draft(paragraph, middle)
    ooxml.add_page_field(others)


def _mark_draft(paragraph: WordParagraph, middle: float) -> None:
    face = FACES["draft"]
    paragraph.alignment = WORD_ALIGN.LEFT
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(middle), WD_TAB_ALIGNMENT.CENTER)
    mark = paragraph.add_run(parts.DRAFT)
    mark.font.size, mark.font.bold = Pt(face.size), face.bold
    paragraph.add_run("\t")


def _add(container: Container, face_name: str, text: str) -> WordParagraph | None:
    """One paragraph in the style of a component; nothing for an empty text."""
    return styled(container, face_name, FACES[face_name].shown(text)) if text else None


def _add_centred(container: Container, face_name: str, text: str, width: float, *, rule: bool = False) -> None:
    """A centred text of even lines; `rule` draws the line under it."""
    if not text:
        return
    lines, length = parts.centred_lines(text, face_name, width)
    styled(container, face_name, "\n".join(lines))
    if rule:
        _add_rule(container, length, width)


def _add_rule(container: Container, length: float, width: float) -> None:
    """A drawn line in the middle of `width`: the upper border of an empty paragraph of little height."""
    paragraph = styled(container, "rule")
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((width - length) / 2)
    ooxml.draw_line_above(paragraph, measures.RULE_WEIGHT)


def _add_head(word: WordDocument, document: OfficialDocument) -> None:
    """Ô 1 to 4, and 5b for a letter."""
    table = layout_table(word, (measures.HEAD_LEFT, measures.HEAD_RIGHT), rows=2)
    (issuer, nation), (number, place_date) = table
    _add_centred(issuer, "superior", document.issuer.superior, measures.HEAD_LEFT)
    _add_centred(issuer, "issuer", document.issuer.name, measures.HEAD_LEFT, rule=True)
    _add(nation, "nation", parts.NATION)
    _add(nation, "motto", parts.MOTTO)
    _add_rule(nation, parts.motto_length(), measures.HEAD_RIGHT)
    _add(number, "number", document.number_line)
    if document.form == Form.LETTER and document.subject:
        _add_centred(number, "letter-subject", f"V/v {document.subject}", measures.HEAD_LEFT)
    _add(place_date, "place-date", document.place_date_line)
    close_cells(issuer, nation, number, place_date)


def _add_title(word: WordDocument, document: OfficialDocument) -> None:
    """Ô 5a; for a decision also the authority line, for a text issued by a decision what it comes with."""
    if document.form == Form.LETTER:
        return
    width = measures.TEXT_WIDTH
    _add(word, "kind", document.kind_name)
    _add_centred(word, "subject", document.subject, width, rule=not document.issued_with)
    _add_centred(word, "issued-with", document.issued_with, width, rule=True)
    _add_centred(word, "authority", document.authority, width)
    if not (document.authority or document.addressees):
        add_spacer(word, measures.TITLE_GAP - measures.PARAGRAPH_GAP)


def _add_addressees(word: WordDocument, addressees: Sequence[str]) -> None:
    """One addressee stands on the line of "Kính gửi:", several under each other, their dashes below the colon."""
    if len(addressees) == 1:
        _add(word, "addressee", f"{parts.ADDRESSED_TO} {addressees[0]}")
    elif addressees:
        label = styled(word, "addressee", parts.ADDRESSED_TO)
        label.alignment = WORD_ALIGN.LEFT
        label.paragraph_format.left_indent = Mm(measures.ADDRESS_INDENT)
        for line in parts.enumeration(addressees):
            _add(word, "addressee-item", line).paragraph_format.left_indent = Mm(parts.addressee_indent())


def _add_blocks(word: WordDocument, blocks: Iterable[Block], width: float) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            _add_heading(word, block, width)
        elif isinstance(block, Paragraph):
            _add_paragraph(word, block)
        elif isinstance(block, ListItem):
            add_runs(_add(word, "item", f"{block.marker} "), block.text, "item")
        elif isinstance(block, Picture):
            _add_paragraph(word, Paragraph((Run(block.caption, italic=True),), Align.CENTER))
        else:
            add_table(word, block, width)


def _add_heading(word: WordDocument, heading: Heading, width: float) -> None:
    face = parts.HEADING_FACES[heading.level]
    if heading.stacked:
        _add(word, "part", heading.label)
        _add_centred(word, face, heading.text, width)
    else:
        _add(word, face, heading.line)


def _add_paragraph(word: WordDocument, paragraph: Paragraph) -> None:
    written = styled(word, "body")
    if paragraph.align != Align.JUSTIFY:
        written.alignment = ALIGNMENTS[paragraph.align]
    if not paragraph.indent or paragraph.align == Align.CENTER:
        written.paragraph_format.first_line_indent = Mm(0)
    add_runs(written, paragraph.text, "body")


def _add_foot(word: WordDocument, document: OfficialDocument) -> None:
    """Ô 7 and 9b side by side, held together with the last lines; else the recipients stand below."""
    left_signature, right_signature = parts.signatures_of(document)
    if not right_signature and not document.recipients:
        return
    beside = parts.recipients_stand_beside(document)
    widths = (measures.FOOT_LEFT, measures.FOOT_RIGHT) if beside else (measures.TEXT_WIDTH / 2,) * 2
    ooxml.keep_end_with_next(word)
    add_spacer(word, measures.FOOT_GAP)
    ((left, right),) = layout_table(word, widths, rows=1)
    _add_signature(left, left_signature)
    _add_signature(right, right_signature)
    if not beside:
        add_spacer(word, measures.TITLE_GAP)
    _add_recipients(left if beside else word, document.recipients)
    close_cells(left, right)
    if beside:
        add_spacer(word)


def _add_signature(container: Container, signature: Signature | None) -> None:
    """The titles, the room for signing, another office where the signer has one, the name."""
    if not signature:
        return
    for line in signature.titles:
        _add(container, "sign-title", line)
    office = _add(container, "sign-title", signature.office)
    name = styled(container, "sign-name", FACES["sign-name"].shown(signature.name))
    (office or name).paragraph_format.space_before = Pt(measures.SIGNATURE_SPACE)


def _add_recipients(container: Container, recipients: Sequence[str]) -> None:
    if recipients:
        _add(container, "recipients-label", parts.SENT_TO)
    for line in parts.enumeration(recipients):
        _add(container, "recipient", line)


def _add_annex(word: WordDocument, annex: Annex, document: OfficialDocument) -> None:
    """A section of its own, with its own page numbers."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    shrink_to_spacer(word.paragraphs[-1])
    _set_page(section, document, landscape=annex.landscape)
    ooxml.restart_page_numbers(section._sectPr)
    width = measures.TEXT_WIDTH_LANDSCAPE if annex.landscape else measures.TEXT_WIDTH
    _add(word, "annex", annex.label)
    _add_centred(word, "annex-title", annex.title, width, rule=not annex.reference)
    _add_centred(word, "annex-reference", annex.reference, width, rule=True)
    _add_blocks(word, annex.blocks, width)
