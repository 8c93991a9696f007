"""The measures of an official document: one table for the PDF, the Word file and their tests.

Lengths are millimetres, type sizes and vertical spaces points. Every value lies inside what Nghị định 30/2020/NĐ-CP,
Phụ lục I allows; `rule` names the place. Where the decree leaves a choice, the pair 12/13 is taken for the head, so
that quốc hiệu stays on one line beside a long agency name.
"""

from dataclasses import dataclass

from qms.text import printable

FONT_NAME = "Times New Roman"
"""Mục I.4: Times New Roman, Unicode, black."""
FONT_FAMILY = "Liberation Serif"
"""The free font of the same widths that the PDF carries."""

# Mục I.1 to I.3: A4; top and bottom 20-25, left 30-35, right 15-20.
PAGE_SHORT = 210.0
PAGE_LONG = 297.0
MARGIN_TOP = 20.0
MARGIN_BOTTOM = 20.0
MARGIN_LEFT = 30.0
MARGIN_RIGHT = 20.0
TEXT_WIDTH = PAGE_SHORT - MARGIN_LEFT - MARGIN_RIGHT
TEXT_WIDTH_LANDSCAPE = PAGE_LONG - MARGIN_LEFT - MARGIN_RIGHT
PAGE_NUMBER_FROM_EDGE = 7.5
"""Mục I.7: centred in the top margin, not shown on page 1."""

# Mục I.6, the layout diagram: ô 2, 3 left and ô 1, 4 right; ô 9b left and ô 7 right.
HEAD_LEFT = 68.0
HEAD_RIGHT = TEXT_WIDTH - HEAD_LEFT
CENTRED_SHARE = 0.97
"""How much of its column a centred text may fill."""
FOOT_LEFT = 78.0
FOOT_RIGHT = TEXT_WIDTH - FOOT_LEFT
RECIPIENT_MARGIN = 4.0
"""Kept free at the right of a recipient's line."""
RECIPIENTS_BESIDE = 30
"""Longer lists of recipients stand below the signature, where they may go on to the next page."""
ADDRESS_INDENT = 30.0
"""Where "Kính gửi:" begins when several addressees stand under each other, their dashes under its colon (mục II.9)."""

# Mục II.6: first line 10 or 12.7 in, at least 6 pt between paragraphs, single to 1.5 lines.
FIRST_LINE = 12.7
PARAGRAPH_GAP = 6.0
TABLE_GAP = 6.0
LINE_SPACING = 1.1
"""In single lines, as a word processor counts."""
SINGLE_LINE = 2355 / 2048
"""Height of a single line in type sizes: ascent, descent and line gap of the font."""
ASCENT = 1825 / 2048
DESCENT = 443 / 2048
HEADING_GAP = 8.0
HEAD_GAP = 16.0
TITLE_GAP = 12.0
FOOT_GAP = 14.0
SIGNATURE_SPACE = 70.0
"""Room for the signature and the seal between title and name (mục II.7, II.8)."""
RULE_SHARE = 0.4
"""Length of the line under agency and trích yếu, in lines of text: a third to a half (mục II.2, II.5)."""
RULE_WEIGHT = 0.75
RULE_GAP = 3.0
CELL_BORDER = 0.5
CELL_PADDING_X = 1.5
CELL_PADDING_Y = 2.0


@dataclass(frozen=True)
class Face:
    """How one component is set. `allowed` is the decree's range of sizes, `rule` its place in Phụ lục I."""

    size: float
    allowed: tuple[float, float]
    rule: str
    bold: bool = False
    italic: bool = False
    upper: bool = False

    def shown(self, text: str) -> str:
        """The text as it is printed in this face: clean, and in capitals where the decree wants them."""
        return printable(text).upper() if self.upper else printable(text)


FACES = {
    "nation": Face(12, (12, 13), "mục II.1", bold=True, upper=True),
    "motto": Face(13, (13, 14), "mục II.1", bold=True),
    "superior": Face(12, (12, 13), "mục II.2", upper=True),
    "issuer": Face(12, (12, 13), "mục II.2", bold=True, upper=True),
    "number": Face(13, (13, 13), "mục II.3"),
    "place-date": Face(13, (13, 14), "mục II.4", italic=True),
    "letter-subject": Face(12, (12, 13), "mục II.5"),
    "kind": Face(14, (13, 14), "mục II.5", bold=True, upper=True),
    "subject": Face(14, (13, 14), "mục II.5", bold=True),
    "issued-with": Face(14, (13, 14), "mục II.5", italic=True),
    "authority": Face(14, (13, 14), "Phụ lục III, mẫu 1.2", bold=True, upper=True),
    "addressee": Face(14, (13, 14), "mục II.9"),
    "addressee-item": Face(14, (13, 14), "mục II.9"),
    "basis": Face(14, (13, 14), "mục II.6", italic=True),
    "part": Face(14, (13, 14), "mục II.6", bold=True),
    "part-title": Face(14, (13, 14), "mục II.6", bold=True, upper=True),
    "section": Face(14, (13, 14), "mục II.6", bold=True, upper=True),
    "clause": Face(14, (13, 14), "mục II.6", bold=True),
    "point": Face(14, (13, 14), "mục II.6"),
    "body": Face(14, (13, 14), "mục II.6"),
    "item": Face(14, (13, 14), "mục II.6"),
    "caption": Face(14, (13, 14), "mục II.6", italic=True),
    "cell": Face(12, (12, 14), "mục III.1"),
    "cell-head": Face(12, (12, 14), "mục III.1", bold=True),
    "sign-title": Face(14, (13, 14), "mục II.7", bold=True, upper=True),
    "sign-name": Face(14, (13, 14), "mục II.7", bold=True),
    "recipients-label": Face(12, (12, 12), "mục II.9", bold=True, italic=True),
    "recipient": Face(11, (11, 11), "mục II.9"),
    "annex": Face(14, (14, 14), "mục III.1", bold=True),
    "annex-title": Face(14, (13, 14), "mục III.1", bold=True, upper=True),
    "annex-reference": Face(14, (13, 14), "mục III.1", italic=True),
    "page-number": Face(13, (13, 14), "mục I.7"),
    "rule": Face(1, (0, 14), "mục II.1, II.2, II.5"),
    "spacer": Face(1, (0, 14), "mục II.6"),
    "draft": Face(11, (11, 14), "dự thảo", bold=True, upper=True),
}
"""Every face by the name of its component, in the page template as in the styles of the Word file."""
