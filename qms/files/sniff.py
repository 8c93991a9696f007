"""What an uploaded file really is, judged from its content alone, and whether we take it.

Only kinds that prove something and cannot run are taken: PDF, raster images, Office and OpenDocument files without
macros, plain text and CSV. Everything else is refused with one sentence. A file that could be read as two kinds at once
(a PDF with an archive behind it, a picture with a script behind it) is refused too.
"""

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP_KINDS = {
    "word/document.xml": (_OFFICE + "wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (_OFFICE + "spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": (_OFFICE + "presentationml.presentation", ".pptx"),
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_SIGNS = (
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"GIF87a", "image/gif", (".gif",)),
    (b"GIF89a", "image/gif", (".gif",)),
)
_RUNS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|%)", re.IGNORECASE)
_MACRO_PARTS = re.compile(r"(?:vbaProject|vbaData|activeX|macrosheets|oleObject)|^(?:Basic|Scripts)/", re.IGNORECASE)
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_TAIL = 70_000  # an archive's directory ends within the last 64 kB
_LARGEST_SCAN = 64 * 1024 * 1024
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


class RefusedFile(Exception):
    """The file is not taken; the message is one sentence for the person who chose it."""


@dataclass(frozen=True)
class Kind:
    """A media type and the endings a file name of it may have."""

    media_type: str
    endings: tuple[str, ...]


def sniff(stream: BinaryIO, name: str) -> Kind:
    """The kind of the file. Raises RefusedFile. Reads at most a bounded part; leaves the stream at its start."""
    head, tail, size = _ends(stream)
    if not size:
        raise RefusedFile("Tệp rỗng, không có nội dung.")
    if head.startswith(_RUNS):
        raise RefusedFile(
            "Không nhận chương trình, tệp lệnh hoặc tệp Office đời cũ; hãy lưu thành PDF, DOCX hoặc XLSX."
        )
    kind = _by_content(stream, head, tail)
    stream.seek(0)
    ending = name[name.rfind(".") :].casefold() if "." in name else ""
    if ending not in kind.endings:
        raise RefusedFile(f"Nội dung tệp là {kind.endings[0].lstrip('.').upper()}, không khớp với đuôi của tên tệp.")
    return kind


def _ends(stream: BinaryIO) -> tuple[bytes, bytes, int]:
    stream.seek(0)
    head = stream.read(4096)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    return head, stream.read(), size


def _by_content(stream: BinaryIO, head: bytes, tail: bytes) -> Kind:
    for sign, media_type, endings in _SIGNS:
        if head.startswith(sign):
            _refuse_second_kind(stream, tail, media_type)
            return Kind(media_type, endings)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        _refuse_second_kind(stream, tail, "image/webp")
        return Kind("image/webp", (".webp",))
    if head.startswith(b"PK\x03\x04"):
        return _archive(stream)
    return _text(stream)


def _refuse_second_kind(stream: BinaryIO, tail: bytes, media_type: str) -> None:
    if b"PK\x05\x06" in tail or b"PK\x03\x04" in tail:
        raise RefusedFile("Tệp chứa một tệp nén giấu phía sau nội dung, không nhận.")
    stream.seek(0)
    content = stream.read(_LARGEST_SCAN)
    if media_type == "application/pdf":
        if _PDF_ACTIVE.search(content):
            raise RefusedFile("Tệp PDF có mã lệnh hoặc tệp đính kèm bên trong; hãy in lại thành PDF thường.")
    elif _MARKUP.search(content):
        raise RefusedFile("Tệp ảnh có mã lệnh bên trong, không nhận.")


def _archive(stream: BinaryIO) -> Kind:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError):
        raise RefusedFile("Tệp bị hỏng hoặc bị cắt cụt, không mở được.") from None
    if any(_MACRO_PARTS.search(name) for name in names):
        raise RefusedFile("Tệp có macro hoặc đối tượng nhúng; hãy lưu lại không có macro.")
    for part, (media_type, ending) in _ZIP_KINDS.items():
        if part in names and "[Content_Types].xml" in names:
            return Kind(media_type, (ending,))
    if mimetype in _OPEN_DOCUMENT:
        return Kind(mimetype.decode(), (_OPEN_DOCUMENT[mimetype],))
    raise RefusedFile("Không nhận tệp nén; hãy gửi từng tệp PDF, ảnh, DOCX hoặc XLSX.")


def _text(stream: BinaryIO) -> Kind:
    stream.seek(0)
    content = stream.read(_LARGEST_SCAN)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedFile("Không nhận ra loại tệp. Hãy gửi PDF, ảnh, DOCX, XLSX, CSV hoặc TXT.") from None
    if _MARKUP.search(content):
        raise RefusedFile("Không nhận tệp HTML, SVG hoặc tệp có mã lệnh; hãy in thành PDF hoặc chụp ảnh.")
    if _CONTROL.intersection(content):
        raise RefusedFile("Không nhận ra loại tệp. Hãy gửi PDF, ảnh, DOCX, XLSX, CSV hoặc TXT.")
    return Kind("text/plain", (".txt", ".csv"))
