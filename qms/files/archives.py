"""Office and OpenDocument files: archives that are what their directory says, without macros, objects or bombs.

Nothing is believed that the directory claims: every part is unpacked, piece by piece, and counted.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from . import kinds
from .kinds import OLE, PROGRAMS, Kind, RefusedFile

MB = 2**20
MAX_ENTRIES = 5000
MAX_UNPACKED = 300 * MB
MAX_RATIO = 150
"""Unpacked over packed size of one part; only asked of parts over 4 MB, small ones may be very regular."""
RATIO_FROM = 4 * MB
MAX_XML = 4 * MB
_DEPTH = 1  # a chart brings its workbook, which is an archive again
_PIECE = 256 * 1024
_LONGEST_GAP = 64

BROKEN = "Tệp bị hỏng hoặc bị cắt cụt, không mở được."
BOMB = "Tệp giải nén ra quá lớn, không nhận."
LOCKED = "Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại."
MACRO = "Tệp có macro; hãy lưu lại thành DOCX, XLSX hoặc PPTX không có macro."
OBJECT = "Tệp có đối tượng OLE nhúng (tệp đính kèm, công thức kiểu cũ); hãy in thành PDF rồi gửi."
ARCHIVE = "Không nhận tệp nén; hãy giải nén rồi gửi từng tệp."

_MACRO_PARTS = re.compile(r"vbaProject|vbaData|activeX/|macrosheets/|(?:^|/)(?:Basic|Scripts)/", re.IGNORECASE)
_OBJECT_PARTS = re.compile(r"oleObject[^/]*\.bin$", re.IGNORECASE)
_PATH_TRICK = re.compile(r"^[/\\]|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.(?:/|$)")
_TELLING = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
_FAILURES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
_OFFICE_MAIN = {
    "wordprocessingml.document.main+xml": kinds.DOCX,
    "spreadsheetml.sheet.main+xml": kinds.XLSX,
    "presentationml.presentation.main+xml": kinds.PPTX,
}
_OPEN_DOCUMENT = {kind.media_type.encode(): kind for kind in (kinds.ODT, kinds.ODS, kinds.ODP)}


class _Budget:
    """Bytes that may still be unpacked, of the archive and of those inside it together."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED

    def spend(self, size: int) -> None:
        """RefusedFile when there is nothing left."""
        self.left -= size
        if self.left < 0:
            raise RefusedFile(BOMB)


def archive_kind(content: bytes) -> Kind:
    """The kind of an archive that begins with a local file header. Raises RefusedFile."""
    return _archive_kind(content, _Budget(), _DEPTH)


def _archive_kind(content: bytes, budget: _Budget, depth: int) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_directory(infos)
            _check_layout(content, archive)
            return _kind(_read_parts(content, infos, budget, depth))
    except _FAILURES:
        raise RefusedFile(BROKEN) from None


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise RefusedFile(BOMB)
    names = [info.filename for info in infos]
    if any(info.flag_bits & 1 for info in infos):
        raise RefusedFile(LOCKED)
    if not infos or len(set(names)) < len(names) or any(_PATH_TRICK.search(name) for name in names):
        raise RefusedFile(BROKEN)
    if any(_MACRO_PARTS.search(name) for name in names):
        raise RefusedFile(MACRO)
    if any(_OBJECT_PARTS.search(name) for name in names):
        raise RefusedFile(OBJECT)


def _check_layout(content: bytes, archive: zipfile.ZipFile) -> None:
    """One part after the other from the first byte on, the directory at the very end: no other file fits between."""
    position = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        _check_gap(position, info.header_offset)
        position = _data_offset(content, info) + info.compress_size
    _check_gap(position, archive.start_dir)
    if content.rfind(b"PK\x05\x06") + 22 + len(archive.comment) != len(content):
        raise RefusedFile(BROKEN)


def _check_gap(begin: int, end: int) -> None:
    """A data descriptor may stand between two parts (APPNOTE 4.3.9); before the first one nothing."""
    if not 0 <= end - begin <= (_LONGEST_GAP if begin else 0):
        raise RefusedFile(BROKEN)


def _data_offset(content: bytes, info: zipfile.ZipInfo) -> int:
    sign, name_length, extra_length = struct.unpack_from("<4s22xHH", content, info.header_offset)
    if sign != b"PK\x03\x04":
        raise RefusedFile(BROKEN)
    return info.header_offset + 30 + name_length + extra_length


def _read_parts(content: bytes, infos: list[zipfile.ZipInfo], budget: _Budget, depth: int) -> dict[str, bytes]:
    """Unpacks every part and looks at its beginning; gives the few that tell the kind."""
    for info in infos:
        beginning = _measure(content, info, budget)
        if beginning.startswith((*PROGRAMS, OLE)):
            raise RefusedFile(OBJECT)
        if beginning.startswith(b"PK\x03\x04"):
            _check_inner(content, info, budget, depth)
    return {info.filename: _whole(content, info, MAX_XML) for info in infos if info.filename in _TELLING}


def _measure(content: bytes, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The first bytes of a part, all of which was unpacked and counted."""
    beginning, size = b"", 0
    for piece in _pieces(content, info):
        beginning = beginning or piece[:16]
        size += len(piece)
        budget.spend(len(piece))
        if size > RATIO_FROM and size > MAX_RATIO * info.compress_size:
            raise RefusedFile(BOMB)
    if size != info.file_size:
        raise RefusedFile(BOMB if size > info.file_size else BROKEN)
    return beginning


def _pieces(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of a part, whatever size its header claims."""
    start = _data_offset(content, info)
    packed = content[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise RefusedFile(BROKEN)
    unpacker = zlib.decompressobj(-15)
    piece = unpacker.decompress(packed, _PIECE)
    while piece or unpacker.unconsumed_tail:
        yield piece
        piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
    if not unpacker.eof or unpacker.unused_data:
        raise RefusedFile(BROKEN)


def _whole(content: bytes, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.file_size > limit:
        raise RefusedFile(BOMB)
    return b"".join(_pieces(content, info))


def _check_inner(content: bytes, info: zipfile.ZipInfo, budget: _Budget, depth: int) -> None:
    """An archive inside: the workbook of a chart, by the same rules; nothing deeper."""
    if depth == 0:
        raise RefusedFile(OBJECT)
    _archive_kind(_whole(content, info, MAX_UNPACKED), budget, depth - 1)


def _kind(parts: dict[str, bytes]) -> Kind:
    if types := parts.get("[Content_Types].xml"):
        return _office_kind(types)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise RefusedFile(LOCKED)
    kind = _OPEN_DOCUMENT.get(parts.get("mimetype", b"").strip())
    if kind is None:
        raise RefusedFile(ARCHIVE)
    return kind


def _office_kind(types: bytes) -> Kind:
    """As the content types declare it (ECMA-376 Part 2, 10.1.2)."""
    declared = [str(node.get("ContentType", "")) for node in _xml(types) if isinstance(node.tag, str)]
    if any("macroenabled" in name.lower() or "vbaproject" in name.lower() for name in declared):
        raise RefusedFile(MACRO)
    for ending, kind in _OFFICE_MAIN.items():
        if any(name.endswith(ending) for name in declared):
            return kind
    raise RefusedFile(ARCHIVE)


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedFile(BROKEN) from None
    if root.getroottree().docinfo.doctype:
        raise RefusedFile(BROKEN)
    return root
