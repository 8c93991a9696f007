"""What an uploaded file really is, judged from its content alone, and whether we take it.

Only kinds that prove something and cannot run are taken: PDF, pictures, Office and OpenDocument files without macros,
plain text and CSV. Everything else is refused with one sentence; so is a file that could be read as two kinds at once.
"""

import re
from collections.abc import Callable

from . import kinds
from .archives import LOCKED, archive_kind
from .kinds import OLE, PROGRAMS, Kind, RefusedFile
from .pdfs import check_pdf
from .pictures import check_picture
from .texts import check_text

PROGRAM = "Không nhận chương trình hoặc tệp lệnh."
OLD_OFFICE = "Tệp Office đời cũ; hãy mở ra và lưu lại thành DOCX, XLSX hoặc PPTX, hoặc in thành PDF."
EMPTY = "Tệp trống, không có nội dung."

_PROGRAM_ENDING = re.compile(
    r"\.(?:exe|com|scr|pif|bat|cmd|ms[ipc]|dll|cpl|sys|ps[dm]?1|vb[es]?|m?jse?|ws[fh]|hta|jar|lnk|url|reg|(?:ba)?sh|py|pl"
    r"|php|aspx?|jsp|apk|app|dmg|iso|img|chm|inf|scf|gadget)"
)
_FOREIGN = (
    (
        re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ"),
        "Không nhận tệp nén; hãy giải nén rồi gửi từng tệp.",
    ),
    (re.compile(rb"\{\\rtf"), "Không nhận tệp RTF; hãy lưu lại thành DOCX hoặc PDF."),
    (
        re.compile(rb"....ftyp(?:hei[cfsmx]|hev[cx]|mif1|msf1|avif)", re.DOTALL),
        "Không nhận ảnh HEIC, AVIF vì nhiều máy không mở được; hãy gửi ảnh JPEG hoặc PNG.",
    ),
    (re.compile(rb"II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00", re.DOTALL), "Hãy lưu ảnh này thành PDF, JPEG hoặc PNG."),
    (
        re.compile(rb"....ftyp|ID3[\x02-\x04]|OggS|\x1aE\xdf\xa3|RIFF....(?!WEBP)", re.DOTALL),
        "Không nhận tệp âm thanh, video.",
    ),
)
Check = Callable[[bytes], None]
_SIGNS: tuple[tuple[re.Pattern[bytes], Kind, Check], ...] = (
    (re.compile(rb"%PDF-"), kinds.PDF, check_pdf),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), kinds.PNG, lambda content: check_picture(content, "PNG")),
    (re.compile(rb"\xff\xd8\xff"), kinds.JPEG, lambda content: check_picture(content, "JPEG")),
    (re.compile(rb"GIF8[79]a"), kinds.GIF, lambda content: check_picture(content, "GIF")),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), kinds.WEBP, lambda content: check_picture(content, "WEBP")),
)


def sniff(content: bytes, name: str) -> Kind:
    """The kind of a file. `name` is the one it was sent under. Raises RefusedFile with one sentence."""
    if not content.strip(b"\0 \t\r\n"):
        raise RefusedFile(EMPTY)
    ending = ending_of(name)
    if _PROGRAM_ENDING.fullmatch(ending) or content.startswith(PROGRAMS):
        raise RefusedFile(PROGRAM)
    kind = _kind_of(content)
    if ending not in kind.endings:
        raise RefusedFile(_mismatch(kind, ending))
    return kind


def ending_of(name: str) -> str:
    """ "Báo cáo.PDF" → ".pdf"; "" where the name has none."""
    _, dot, ending = name.rpartition(".")
    return f".{ending.strip().casefold()}" if dot else ""


def _kind_of(content: bytes) -> Kind:
    if content.startswith(OLE):
        raise RefusedFile(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD_OFFICE)
    for sign, kind, check in _SIGNS:
        if sign.match(content):
            check(content)
            return kind
    if content.startswith(b"PK\x03\x04"):
        return archive_kind(content)
    for sign, sentence in _FOREIGN:
        if sign.match(content):
            raise RefusedFile(sentence)
    check_text(content)
    return kinds.TEXT


def _mismatch(kind: Kind, ending: str) -> str:
    if not ending:
        return f"Tên tệp thiếu đuôi; nội dung là {kind.name}, hãy thêm đuôi {kind.endings[0]}."
    return f"Nội dung tệp là {kind.name}, không khớp với đuôi {ending} của tên tệp."
