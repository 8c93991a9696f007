"""Pictures that really are pictures: they decode to the end, within a bound, and nothing rides behind them."""

import io
import re
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from .kinds import RefusedFile
from .texts import SCRIPT

MAX_PIXELS = 64_000_000
"""An A4 page scanned at 600 dots per inch has 35 million, a large phone camera 50 million."""
MAX_SIDE = 30_000

BROKEN = "Ảnh bị hỏng hoặc bị cắt cụt, không mở được."
TOO_LARGE = f"Ảnh có hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh; hãy gửi ảnh nhỏ hơn hoặc PDF."
TRAILING = "Ảnh có dữ liệu lạ ở phía sau; hãy mở ảnh và lưu lại."
HIDDEN = "Ảnh có mã lệnh hoặc tệp khác giấu bên trong, không nhận."

_FOREIGN = re.compile(
    rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|%PDF-1\.\d|This program cannot be run in DOS mode|vbaProject\.bin"
)
_FAILURES = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, MemoryError, OverflowError, struct.error,
    zlib.error,
)  # fmt: skip
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_one_at_a_time = threading.Lock()  # a decoded picture may take 256 MB; a process decodes one


def check_picture(content: bytes, picture_format: str) -> None:
    """`picture_format` as Pillow calls it; no other decoder is tried. Raises RefusedFile."""
    if SCRIPT.search(content) or _FOREIGN.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise RefusedFile(HIDDEN)
    end = _ENDS[picture_format](content)
    if content[end:].strip(b"\0"):
        raise RefusedFile(TRAILING)
    with _one_at_a_time, _to_the_end():
        _decode(content, picture_format)


@contextmanager
def _to_the_end() -> Iterator[None]:
    """The PDF printer tells Pillow to make do with half a picture, for the whole process; not here."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _decode(content: bytes, picture_format: str) -> None:
    try:
        with Image.open(io.BytesIO(content), formats=(picture_format,)) as picture:
            _refuse_large(picture.size)
            picture.draft("L", (1, 1))  # a JPEG is then decoded to its end, but at an eighth of its size
            picture.load()
    except _BOMBS:
        raise RefusedFile(TOO_LARGE) from None
    except _FAILURES:
        raise RefusedFile(BROKEN) from None


def _refuse_large(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_SIDE:
        raise RefusedFile(TOO_LARGE)


def _png_end(content: bytes) -> int:
    """Behind the last chunk (PNG 5.3)."""
    position = 8
    while position + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, position)
        position += 12 + length
        if name == b"IEND":
            return position
    raise RefusedFile(BROKEN)


def _gif_end(content: bytes) -> int:
    """Behind the trailer (GIF89a, appendix A)."""
    if content[6:8] == b"/*":  # a width of 10.799 points, or a comment of JavaScript
        raise RefusedFile(HIDDEN)
    try:
        position = 13 + _palette(content[10])
        while (sign := content[position]) != 0x3B:
            if sign == 0x2C:
                position += 11 + _palette(content[position + 9])
            elif sign == 0x21:
                position += 2
            else:
                raise RefusedFile(BROKEN)
            position = _behind_blocks(content, position)
    except IndexError:
        raise RefusedFile(BROKEN) from None
    return position + 1


def _palette(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _behind_blocks(content: bytes, position: int) -> int:
    while length := content[position]:
        position += length + 1
    return position + 1


def _webp_end(content: bytes) -> int:
    """As the container says, even."""
    length = struct.unpack_from("<I", content, 4)[0]
    if 8 + length > len(content):
        raise RefusedFile(BROKEN)
    return 8 + length + length % 2


def _jpeg_end(content: bytes) -> int:
    """Wherever: phones put depth maps, a second picture or a short film behind the picture."""
    return len(content)


_ENDS = {"PNG": _png_end, "GIF": _gif_end, "WEBP": _webp_end, "JPEG": _jpeg_end}
