"""Who receives the document, and who signs it (NĐ 30/2020, Phụ lục I, ô 7 and 9), from a table or from paragraphs."""

import re
from collections.abc import Iterable, Iterator

from plans.content import Signer
from qms.text import fold, one_line

from .blocks import Line
from .fields import MARK
from .sections import is_position, is_stray

_LIST = re.compile(r"n[ơo]i\s+nh[ậa]n\s*:?\s*(?P<rest>.*)", re.IGNORECASE)
_SIGNED = re.compile(r"\(?\s*(da ky|ky ten|ky,|ky va|chu ky|nguoi ky|ky boi|signed|email|thoi gian ky|co quan:).*")
_TWO_POSITIONS = re.compile(r"((?:KT|TL|TUQ|TM)\..+?)\s+((?:KT\. |PHÓ |CHÁNH |TRƯỞNG |GIÁM ĐỐC$).*)")
_RECIPIENT = re.compile(
    r"(so|ban|phong|cac|ubnd|hdnd|chi cuc|luu|nhu|website|trung tam|van phong|bo|tt|don vi|lanh dao)\b.*"
)
_NAME = re.compile(r"(?:[A-Z]{1,4}\.\s*)*[^\W\d_]+(?: [^\W\d_]+){1,5}")
_SURNAMES = re.compile(
    r"(nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|doan|lam|trinh|mai|dao|ha|luong|luu|"
    r"truong|cao|chau|to|ta|tang|trieu|quach|thai|kieu|nong|vi|lo|ma|be|than|nghiem|khuat|la|phung|thach) .*"
)
_CLERK = "NGƯỜI LẬP"


class _Signature:
    """What was gathered so far; a position after a name begins the next signature, and the last one counts."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.positions: list[str] = []
        self.name = ""
        self._listing = False

    def take(self, text: str) -> None:
        """One piece of text from the block."""
        if match := _LIST.fullmatch(text):
            self._listing = True
            self._add_recipient(match["rest"])
        elif is_position(text):
            self._add_position(text)
        elif MARK.match(text):
            self._add_recipient(text if self._listing else "")
        elif self.positions and _is_name(text):
            self.name = text
        elif self.positions and text.isupper():
            self.positions[-1] += f" {text}"
        elif self._listing and self.recipients and text[0].islower():
            self.recipients[-1] += f" {text}"
        elif self._listing:
            self._add_recipient(text)

    def _add_recipient(self, text: str) -> None:
        entry = one_line(MARK.sub("", text))
        if entry:
            self.recipients.append(entry)

    def _add_position(self, text: str) -> None:
        if self.name or (self.positions and self.positions[0].startswith(_CLERK)):
            self.positions, self.name = [], ""
        both = _TWO_POSITIONS.fullmatch(text)
        self.positions += [both[1], both[2]] if both else [text]


def read_signature(lines: Iterable[Line]) -> tuple[tuple[str, ...], Signer]:
    """Recipients without dash and end mark, and the signer."""
    found = _Signature()
    for line in lines:
        if is_stray(line):
            continue
        for piece in _pieces(line):
            if not _SIGNED.fullmatch(fold(piece)):
                found.take(piece)
    recipients = tuple(text.rstrip(";. ") for text in found.recipients)
    *above, position = found.positions or [""]
    return recipients, Signer("\n".join(above), position, found.name)


def _pieces(line: Line) -> Iterator[str]:
    """The line cut at typed breaks, tabs and wide gaps, and before each dash that follows a semicolon."""
    for part in re.split(r"[\n\t]|[ \u00a0]{4,}", line.raw):
        for piece in re.split(r"(?<=;)\s*(?=[-–+]\s)", part):
            if text := one_line(piece):
                yield text


def _is_name(text: str) -> bool:
    """Two to six words, each with a capital; in capitals throughout only behind a common surname."""
    bare = text.rpartition(".")[2].strip()
    if not _NAME.fullmatch(text) or _RECIPIENT.fullmatch(fold(text)):
        return False
    if bare.isupper():
        return bool(_SURNAMES.fullmatch(fold(bare)))
    return all(word[0].isupper() for word in bare.split())
