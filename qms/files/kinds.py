"""The kinds of files that are taken in, and the refusal that tells the person why not."""

from dataclasses import dataclass


class RefusedFile(Exception):
    """The file is not taken; the message is one sentence for the person who chose it."""


@dataclass(frozen=True)
class Kind:
    """A media type and the endings a file name of it may have, the usual one first."""

    media_type: str
    endings: tuple[str, ...]

    @property
    def name(self) -> str:
        """As people call it: "PDF", "DOCX"."""
        return self.endings[0].lstrip(".").upper()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"\x00asm", b"dex\n03", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
"""How executables of Windows, Linux, macOS and Java, scripts and shortcuts begin."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

PDF = Kind("application/pdf", (".pdf",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg", ".jfif"))
GIF = Kind("image/gif", (".gif",))
WEBP = Kind("image/webp", (".webp",))
DOCX = Kind(_OFFICE + "wordprocessingml.document", (".docx",))
XLSX = Kind(_OFFICE + "spreadsheetml.sheet", (".xlsx",))
PPTX = Kind(_OFFICE + "presentationml.presentation", (".pptx",))
ODT = Kind(_OPEN + "text", (".odt",))
ODS = Kind(_OPEN + "spreadsheet", (".ods",))
ODP = Kind(_OPEN + "presentation", (".odp",))
TEXT = Kind("text/plain", (".txt", ".csv"))

TAKEN = (PDF, JPEG, PNG, GIF, WEBP, DOCX, XLSX, PPTX, ODT, ODS, ODP, TEXT)
TAKEN_ENDINGS = tuple(ending for kind in TAKEN for ending in kind.endings)
"""For the `accept` of a file input."""
