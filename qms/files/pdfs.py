"""PDF files: whole, without a second file behind them, without anything that runs or hides another file.

The objects are read without decoding their streams, so that the bytes of a scan are not mistaken for names; only
streams that hold further objects (PDF 1.5) are unpacked. Signatures and the updates that add them pass.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from .kinds import RefusedFile

BROKEN = "Tệp PDF bị hỏng hoặc bị cắt cụt, không mở được."
TRAILING = "Tệp PDF có dữ liệu lạ ở phía sau; hãy in lại thành PDF."
ACTIVE = "Tệp PDF có mã lệnh (JavaScript, biểu mẫu động) bên trong; hãy in lại thành PDF thường."
ATTACHED = "Tệp PDF có tệp khác đính kèm bên trong; hãy gửi riêng từng tệp."
LOCKED = "Tệp PDF được đặt mật khẩu hoặc khóa quyền; hãy gửi bản không khóa."

MAX_OBJECTS = 64 * 1024 * 1024
"""Unpacked bytes of all object streams together; an eighty-page document has less than two million."""

_STREAM = re.compile(rb"\bstream(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_END = rb"(?![A-Za-z0-9_.:+-])"
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|Rendition|ImportData)" + _NAME_END)
_ATTACHED = re.compile(rb"/EmbeddedFile" + _NAME_END + rb"|/EF\s*(?:<<|\d+\s+\d+\s+R)")
_LOCKED = re.compile(rb"/Encrypt" + _NAME_END)
_OTHER_FILTERS = re.compile(rb"/(?:LZW|ASCII85|ASCIIHex|RunLength|LZ|A85|AHx|RL|Predictor|Crypt)")
_PADDING = b"\0\x1a \t\r\n"  # what scanners leave behind the end


def check_pdf(content: bytes) -> None:
    """Raises RefusedFile."""
    _check_whole(content)
    for text in _objects(content):
        plain = _plain(text)
        for pattern, sentence in ((_LOCKED, LOCKED), (_ACTIVE, ACTIVE), (_ATTACHED, ATTACHED)):
            if pattern.search(plain):
                raise RefusedFile(sentence)


def _check_whole(content: bytes) -> None:
    last = content.rfind(b"%%EOF")
    if last < 0 or content.rfind(b"startxref", 0, last) < 0:
        raise RefusedFile(BROKEN)
    if content[last + 5 :].strip(_PADDING):
        raise RefusedFile(TRAILING if b"startxref" not in content[last:] else BROKEN)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise RefusedFile(TRAILING)


def _objects(content: bytes) -> Iterator[bytes]:
    """Everything outside streams, piece by piece, and what the object streams hold."""
    position, left = 0, MAX_OBJECTS
    while opening := _STREAM.search(content, position):
        piece = content[position : opening.start()]
        yield piece
        end = content.find(b"endstream", opening.end())
        end = len(content) if end < 0 else end
        stream = content[opening.end() : end]
        if b"ObjStm" in _plain(piece):
            stream = _unpacked(stream, piece, left)
            left -= len(stream)
            yield stream
        elif _OBJECT.search(stream):
            yield stream  # objects behind the word "stream" in a comment are objects nevertheless
        position = end
    yield content[position:]


def _plain(text: bytes) -> bytes:
    """With names as they are read: /J#53 is /JS."""
    return _HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), text)


def _unpacked(stream: bytes, dictionary: bytes, left: int) -> bytes:
    """An object stream, at most `left` bytes of it. RefusedFile where it is larger or packed in an odd way."""
    plain = _plain(dictionary)
    if _OTHER_FILTERS.search(plain):
        raise RefusedFile(BROKEN)
    if b"/Fl" not in plain:
        return stream
    try:
        unpacked = zlib.decompressobj().decompress(stream, left + 1)
    except zlib.error:
        raise RefusedFile(BROKEN) from None
    if len(unpacked) > left:
        raise RefusedFile(BROKEN)
    return unpacked
