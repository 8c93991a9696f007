"""Is this file fit to be opened at all? Every check runs before a parser sees the content.

Files come from strangers. The measures below let any real plan through (a hundred pages are about 2 MB of XML) and stop
what would fill the memory: oversized files, archives that unpack to hundreds of megabytes, entity bombs, macros.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from .result import NotAPlan

MB = 2**20
MAX_FILE = 20 * MB
MAX_ENTRIES = 3000
MAX_UNPACKED = 200 * MB
MAX_XML = 24 * MB
MAX_RATIO = 150
"""Unpacked size over packed size of one entry; only asked of entries over 1 MB, small ones may be very regular."""

EMPTY = "Tệp trống, không có nội dung để đọc."
TOO_LARGE = f"Tệp lớn hơn {MAX_FILE // MB} MB, không phải tệp kế hoạch; hãy bỏ bớt hình ảnh rồi nhập lại."
BROKEN = "Tệp bị hỏng hoặc tải lên chưa đủ, không mở được; hãy kiểm tra lại tệp gốc."
BOMB = "Tệp giải nén ra quá lớn so với một kế hoạch, hệ thống không mở."
ODD_XML = "Tệp chứa khai báo không an toàn (DOCTYPE), hệ thống không mở."
MACRO = "Tệp có chứa macro, hệ thống không nhận; hãy lưu lại thành .docx hoặc .xlsx không có macro."
LOCKED = "Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi nhập lại."
NOT_OFFICE = "Tệp không phải văn bản Word (.docx) hoặc bảng tính Excel (.xlsx)."
UNREADABLE = "Không đọc được tệp."

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "Tệp là PDF; hãy nhập bản Word (.docx) hoặc Excel (.xlsx)."),
    (b"{\\rtf", "Tệp là văn bản RTF; hãy mở bằng Word và lưu lại thành .docx."),
    (b"\xff\xd8\xff", "Tệp là hình ảnh; hãy nhập bản Word (.docx) hoặc Excel (.xlsx)."),
    (b"\x89PNG", "Tệp là hình ảnh; hãy nhập bản Word (.docx) hoặc Excel (.xlsx)."),
    (b"Rar!", "Tệp là tệp nén; hãy giải nén rồi nhập tệp .docx hoặc .xlsx bên trong."),
    (b"7z\xbc\xaf", "Tệp là tệp nén; hãy giải nén rồi nhập tệp .docx hoặc .xlsx bên trong."),
)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.-]{1,40})""")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Kind(StrEnum):
    """Which of the two kinds of files it is."""

    DOCX = "docx"
    XLSX = "xlsx"


_MAIN_TYPES = {"wordprocessingml.document.main": Kind.DOCX, "spreadsheetml.sheet.main": Kind.XLSX}
_KIND_NAMES = {Kind.DOCX: "văn bản Word", Kind.XLSX: "bảng tính Excel"}


@dataclass(frozen=True)
class Package:
    """An office file that passed the checks: its kind, its bytes, and its parts by name."""

    kind: Kind
    data: bytes
    main: str

    @cached_property
    def names(self) -> dict[str, zipfile.ZipInfo]:
        return {info.filename: info for info in zipfile.ZipFile(io.BytesIO(self.data)).infolist()}

    def part(self, name: str) -> bytes | None:
        """The bytes of one part, None where it is absent. Raises NotAPlan for a part that is broken or too large."""
        info = self.names.get(name)
        return None if info is None else _read(self.data, info)

    def xml(self, name: str) -> Any:
        """The root element of one part, None where it is absent."""
        data = self.part(name)
        return None if data is None else parse_xml(data)


def open_package(path: Path, name: str = "") -> Package:
    """Check the file and give its parts. `name` is the name under which it was sent. Raises NotAPlan."""
    data = _bytes_of(path)
    suffix = Path(name or path.name).suffix.lower()
    _refuse_foreign(data, suffix)
    infos = _directory(data)
    _refuse_bombs(infos)
    _refuse_macros(infos, suffix)
    main, kind = _main_part(data, {info.filename: info for info in infos})
    _refuse_wrong_suffix(kind, suffix)
    return Package(kind, data, main)


def parse_xml(data: bytes) -> Any:
    """The root element of a part. Entities are never resolved and a DOCTYPE is refused, for OOXML has none."""
    _refuse_odd_encoding(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAPlan(ODD_XML if b"<!DOCTYPE" in data else BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise NotAPlan(ODD_XML)
    return root


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NotAPlan(UNREADABLE)
        if path.stat().st_size > MAX_FILE:
            raise NotAPlan(TOO_LARGE)
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise NotAPlan(UNREADABLE) from error
    if not data.strip(b"\0 \r\n\t"):
        raise NotAPlan(EMPTY)
    return data


def _refuse_foreign(data: bytes, suffix: str) -> None:
    if data.startswith(_OLE):
        raise NotAPlan(_ole_sentence(data, suffix))
    for start, sentence in _FOREIGN:
        if data.startswith(start):
            raise NotAPlan(sentence)
    if not data.startswith(b"PK"):
        raise NotAPlan(BROKEN if suffix in {".docx", ".xlsx"} and b"word/" in data else NOT_OFFICE)


def _ole_sentence(data: bytes, suffix: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LOCKED
    if suffix in {".xls", ".xlsx"} or "Workbook".encode("utf-16-le") in data:
        return "Tệp là bảng tính Excel đời cũ (.xls); hãy mở bằng Excel và lưu lại thành .xlsx."
    return "Tệp là văn bản Word đời cũ (.doc); hãy mở bằng Word và lưu lại thành .docx."


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except _ARCHIVE_ERRORS as error:
        raise NotAPlan(BROKEN) from error


def _refuse_bombs(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise NotAPlan(BOMB)
    if len({info.filename for info in infos}) < len(infos):
        raise NotAPlan(BROKEN)
    for info in infos:
        if info.flag_bits & 1:
            raise NotAPlan(LOCKED)
        if info.file_size > MB and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise NotAPlan(BOMB)


def _refuse_macros(infos: list[zipfile.ZipInfo], suffix: str) -> None:
    names = {info.filename.lower() for info in infos}
    if suffix in {".docm", ".dotm", ".xlsm", ".xltm", ".xlam"} or any("vbaproject" in name for name in names):
        raise NotAPlan(MACRO)


def _main_part(data: bytes, infos: dict[str, zipfile.ZipInfo]) -> tuple[str, Kind]:
    """The name and kind of the part that holds the document, as the content types declare it."""
    types = infos.get("[Content_Types].xml")
    if types is None:
        raise NotAPlan(NOT_OFFICE)
    for override in parse_xml(_read(data, types)):
        declared = str(override.get("ContentType", "")) if isinstance(override.tag, str) else ""
        if "macroEnabled" in declared:
            raise NotAPlan(MACRO)
        for part, kind in _MAIN_TYPES.items():
            name = str(override.get("PartName", "")).lstrip("/")
            if part in declared and name in infos:
                return name, kind
    raise NotAPlan(NOT_OFFICE)


def _refuse_wrong_suffix(kind: Kind, suffix: str) -> None:
    if suffix == f".{kind}":
        return
    if suffix in {".docx", ".xlsx"}:
        right = f"hãy đổi đuôi thành .{kind} rồi nhập lại."
        raise NotAPlan(f"Tệp có đuôi {suffix} nhưng bên trong là {_KIND_NAMES[kind]}; {right}")
    raise NotAPlan("Đuôi tệp không đúng; hệ thống chỉ nhận tệp .docx hoặc .xlsx.")


def _read(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """One entry, never more than MAX_XML bytes whatever its header claims."""
    if info.file_size > MAX_XML:
        raise NotAPlan(BOMB)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(info) as entry:
            content = entry.read(MAX_XML + 1)
    except _ARCHIVE_ERRORS as error:
        raise NotAPlan(BROKEN) from error
    if len(content) > MAX_XML:
        raise NotAPlan(BOMB)
    return content


def _refuse_odd_encoding(data: bytes) -> None:
    """Only encodings in which a DOCTYPE can be seen: UTF-8 and, by its byte order mark, UTF-16."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in _PLAIN_ENCODINGS:
        raise NotAPlan(BROKEN)
