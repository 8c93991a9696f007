"""What both renderers say and measure alike: fixed wordings, faces of headings, dashed lines, centred columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from qms.documents.measures import FACES, RULE_SHARE
from qms.documents.metrics import balanced_width, longest_line, text_width
from qms.documents.model import HeadingLevel

NATION = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ENACTING = "QUYẾT ĐỊNH:"
ADDRESSED_TO = "Kính gửi:"
SENT_TO = "Nơi nhận:"
DRAFT = "DỰ THẢO"

HEADING_FACES = {
    HeadingLevel.PART: "part-title",
    HeadingLevel.CHAPTER: "part-title",
    HeadingLevel.SECTION: "section",
    HeadingLevel.ARTICLE: "clause",
    HeadingLevel.CLAUSE: "clause",
    HeadingLevel.POINT: "point",
}


@dataclass(frozen=True)
class Centred:
    """A centred text: the width of its column and of the line under it, millimetres."""

    column: float
    rule: float


def centred(text: str, face_name: str, width: float) -> Centred:
    """How a text stands in the middle of `width`: lines of even length, the line under them a share of the longest."""
    face = FACES[face_name]
    column = balanced_width(text, face, width)
    return Centred(column, RULE_SHARE * longest_line(text, face, column))


def motto_length() -> float:
    """The line under tiêu ngữ is exactly as long as its text (mục II.1)."""
    return text_width(MOTTO, FACES["motto"])


def enumeration(lines: Sequence[str]) -> list[str]:
    """Dashed lines, each closed by a semicolon, the last one by a full stop (mục II.9)."""
    last = len(lines) - 1
    return [f"- {line.rstrip(' ;.')}{'.' if index == last else ';'}" for index, line in enumerate(lines)]
