"""Plain text and CSV: UTF-8 that no program takes for markup."""

import re

from .kinds import RefusedFile

UNKNOWN = "Không nhận ra loại tệp. Hãy gửi PDF, ảnh, DOCX, XLSX, CSV hoặc TXT."
ENCODING = "Tệp văn bản không ở bảng mã UTF-8; hãy lưu lại theo UTF-8 (trong Excel: CSV UTF-8)."
MARKUP = "Không nhận trang HTML hoặc tệp có mã lệnh; hãy in thành PDF."
SVG = "Không nhận ảnh SVG; hãy gửi ảnh PNG, JPEG hoặc PDF."
LATE_PDF = "Tệp PDF có dữ liệu lạ ở đầu; hãy in lại thành PDF."

# What a browser, or a server that was set up badly, would run; long enough not to appear in a picture by chance.
SCRIPT = re.compile(
    rb"<\s*(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|script[\s>/]|iframe[\s>]|object\s|embed\s|\?php\b|svg[\s>])",
    re.IGNORECASE,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def check_text(content: bytes) -> None:
    """Raises RefusedFile for anything but plain text in UTF-8."""
    if b"%PDF-" in content[:4096]:
        raise RefusedFile(LATE_PDF)
    _refuse_markup(content)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedFile(ENCODING if _looks_like_text(content) else UNKNOWN) from None
    if _CONTROL.search(content):
        raise RefusedFile(UNKNOWN)


def _refuse_markup(content: bytes) -> None:
    beginning = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096].lower()
    if beginning.startswith(b"<") and b"<svg" in beginning:
        raise RefusedFile(SVG)
    if SCRIPT.search(content) or re.match(rb"<[?!a-z]", beginning):
        raise RefusedFile(MARKUP)


def _looks_like_text(content: bytes) -> bool:
    """A legacy encoding of text, or UTF-16 by its mark."""
    return content[:2] in (b"\xff\xfe", b"\xfe\xff") or not _CONTROL.search(content)
