"""The blank Word document with its styles: every component of the decree is a named style that a clerk finds in Word.

The package in `word_base/` is the least that Word opens; the styles are added from the table of measures, once per
process, and every rendering starts from those bytes.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as WORD_ALIGN
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from qms.documents import measures
from qms.documents.measures import FACES, Face
from qms.documents.ooxml import element

_BASE = Path(__file__).parent / "word_base"
_BODY_LINE = measures.LINE_SPACING
_GAP, _HEADING_GAP, _TITLE_GAP = measures.PARAGRAPH_GAP, measures.HEADING_GAP, measures.TITLE_GAP


@dataclass(frozen=True)
class Shape:
    """A paragraph style: its name in Word, alignment, space before (points), first line (mm), lines, outline level."""

    name: str
    align: WORD_ALIGN = WORD_ALIGN.CENTER
    before: float = 0
    first_line: float = 0
    lines: float = 1
    keep: bool = False
    outline: int | None = None


_LEFT, _JUSTIFY = WORD_ALIGN.LEFT, WORD_ALIGN.JUSTIFY
_IN = measures.FIRST_LINE

SHAPES = {
    "nation": Shape("Quốc hiệu"),
    "motto": Shape("Tiêu ngữ"),
    "superior": Shape("Cơ quan chủ quản"),
    "issuer": Shape("Cơ quan ban hành"),
    "number": Shape("Số ký hiệu", before=_GAP),
    "place-date": Shape("Địa danh và thời gian", before=_GAP),
    "letter-subject": Shape("Trích yếu công văn", before=_GAP),
    "kind": Shape("Tên loại", before=measures.HEAD_GAP, keep=True),
    "subject": Shape("Trích yếu", keep=True),
    "issued-with": Shape("Ban hành kèm theo", keep=True),
    "authority": Shape("Thẩm quyền ban hành", before=_TITLE_GAP, keep=True),
    "addressee": Shape("Kính gửi", before=_TITLE_GAP, lines=_BODY_LINE),
    "addressee-item": Shape("Nơi kính gửi", align=_LEFT, lines=_BODY_LINE),
    "basis": Shape("Căn cứ", _JUSTIFY, _GAP, _IN, _BODY_LINE),
    "part": Shape("Phần hoặc chương", before=_TITLE_GAP, keep=True),
    "part-title": Shape("Heading 1", keep=True, outline=0),
    "section": Shape("Heading 2", _JUSTIFY, _HEADING_GAP, _IN, _BODY_LINE, keep=True, outline=1),
    "clause": Shape("Heading 3", _JUSTIFY, _HEADING_GAP, _IN, _BODY_LINE, keep=True, outline=2),
    "point": Shape("Heading 4", _JUSTIFY, _GAP, _IN, _BODY_LINE, keep=True, outline=3),
    "body": Shape("Nội dung", _JUSTIFY, _GAP, _IN, _BODY_LINE),
    "item": Shape("Gạch đầu dòng", _JUSTIFY, _GAP, _IN, _BODY_LINE),
    "cell": Shape("Ô bảng", _LEFT),
    "cell-head": Shape("Đầu cột", keep=True),
    "sign-title": Shape("Quyền hạn và chức vụ", keep=True),
    "sign-name": Shape("Họ tên người ký"),
    "recipients-label": Shape("Nơi nhận", _LEFT, keep=True),
    "recipient": Shape("Dòng nơi nhận", _LEFT),
    "annex": Shape("Phụ lục", keep=True, outline=0),
    "annex-title": Shape("Tên phụ lục", keep=True),
    "annex-reference": Shape("Kèm theo văn bản", keep=True),
    "page-number": Shape("Header"),
    "rule": Shape("Đường kẻ", before=measures.RULE_GAP, keep=True),
    "spacer": Shape("Khoảng cách", keep=True),
}
"""The faces of `measures.FACES` as paragraph styles; the last two hold no text."""


def blank_document() -> WordDocument:
    """An empty A4 document with every style."""
    return Document(BytesIO(_blank_bytes()))


def styled(container: WordDocument | _Cell, face_name: str, text: str = "") -> WordParagraph:
    """A new paragraph at the end, in the style of a component."""
    return restyle(container.add_paragraph(text), face_name)


def restyle(paragraph: WordParagraph, face_name: str) -> WordParagraph:
    """The paragraph in the style of a component.

    Written directly: python-docx looks through all styles at every paragraph, which took half the time of a document.
    """
    paragraph._p.style = _style_ids()[face_name]
    return paragraph


@cache
def _style_ids() -> dict[str, str]:
    styles = blank_document().styles
    return {face_name: styles[shape.name].style_id for face_name, shape in SHAPES.items()}


@cache
def _blank_bytes() -> bytes:
    document = Document(BytesIO(_base_package()))
    for face_name, shape in SHAPES.items():
        _add_style(document, face_name, shape)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _base_package() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for path in sorted(path for path in _BASE.rglob("*") if path.is_file()):
            package.write(path, path.relative_to(_BASE).as_posix())
    return stream.getvalue()


def _add_style(document: WordDocument, face_name: str, shape: Shape) -> None:
    """Styles that Word knows (Heading 1 …) keep their identity; ours are identified by the name of the face."""
    known = shape.name.isascii()
    style: ParagraphStyle = document.styles.add_style(shape.name, WD_STYLE_TYPE.PARAGRAPH, builtin=known)
    if not known:
        style.element.styleId = face_name
    style.quick_style = True
    _set_face(style, FACES[face_name])
    _set_shape(style, shape)


def _set_face(style: ParagraphStyle, face: Face) -> None:
    style.font.size = Pt(face.size)
    style.font.bold = face.bold
    style.font.italic = face.italic


def _set_shape(style: ParagraphStyle, shape: Shape) -> None:
    form = style.paragraph_format
    form.alignment = shape.align
    form.space_before, form.space_after = Pt(shape.before), Pt(0)
    form.line_spacing = shape.lines
    form.first_line_indent = Mm(shape.first_line) if shape.first_line else None
    form.keep_with_next = shape.keep or None
    form.widow_control = True
    if shape.outline is not None:
        style.element.get_or_add_pPr().append(element("outlineLvl", val=shape.outline))
