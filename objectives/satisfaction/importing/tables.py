"""A file as rows of text with their line numbers: XLSX, or CSV in UTF-8, UTF-16 or Windows-1258.

Files come from strangers: nothing is parsed before it was checked, and no file makes more work than the limits allow.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl

from plans.importing import NotAPlan
from plans.importing.safety import parse_xml
from qms.files import kinds
from qms.files.kinds import RefusedFile
from qms.files.sniff import ending_of, sniff
from qms.files.texts import ENCODING, UNKNOWN
from qms.text import decimal_text, one_line

MB = 2**20
MAX_FILE = 20 * MB
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 60, 600_000
MAX_XML = 80 * MB
LONGEST_CELL = 4000
ROWS_FOR_DELIMITER = 20

TOO_LARGE = f"Tệp lớn hơn {MAX_FILE // MB} MB; hãy xuất ít dữ liệu hơn, mỗi kỳ một tệp."
TOO_MANY = f"Tệp có hơn {decimal_text(MAX_ROWS)} dòng; hãy chia ra, mỗi tệp một đơn vị hoặc một tháng."
TOO_BIG_INSIDE = "Bên trong tệp có quá nhiều dữ liệu, hệ thống không mở."
WRONG_KIND = "Chỉ đọc được bảng tính XLSX hoặc tệp CSV; hãy xuất lại theo một trong hai dạng này."
UNREADABLE = "Không đọc được bảng tính này; hãy mở bằng Excel, lưu lại rồi gửi."
NO_TEXT = "Không đọc được chữ trong tệp; hãy lưu lại theo CSV UTF-8 hoặc XLSX."
EMPTY = "Tệp không có dòng dữ liệu nào."

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DELIMITERS = (";", "\t", ",")
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError)


class NotAnExport(Exception):
    """The file is not read; the message is one sentence for the person who sent it."""


@dataclass(frozen=True)
class Row:
    """A row that holds something. `line` is its number in the file, from 1."""

    line: int
    cells: tuple[str, ...]


def read_rows(content: bytes, name: str) -> list[Row]:
    """Every row with something in it, cells as people see them. Raises NotAnExport."""
    if len(content) > MAX_FILE:
        raise NotAnExport(TOO_LARGE)
    rows = list(islice(_rows(content, name), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise NotAnExport(TOO_MANY)
    if not rows:
        raise NotAnExport(EMPTY)
    return rows


def _rows(content: bytes, name: str) -> Iterator[Row]:
    try:
        kind = sniff(content, name)
    except RefusedFile as refusal:
        if str(refusal) not in (ENCODING, UNKNOWN) or ending_of(name) not in kinds.TEXT.endings:
            raise NotAnExport(str(refusal)) from None
        kind = kinds.TEXT  # an encoding that evidence may not have, but an export may
    if kind == kinds.XLSX:
        return _filled(_sheet_rows(content))
    if kind == kinds.TEXT:
        return _filled(_csv_rows(decode(content)))
    raise NotAnExport(WRONG_KIND)


def _filled(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[Row]:
    left = MAX_CELLS
    for line, values in rows:
        cells = _without_tail(tuple(_shown(value) for value in islice(values, MAX_COLUMNS)))
        if not cells:
            continue
        left -= len(cells)
        if left < 0:
            raise NotAnExport(TOO_BIG_INSIDE)
        yield Row(line, cells)


def _without_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at the end, of which a sheet may have any number."""
    width = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:width]


def _shown(value: Any) -> str:
    """A cell as it is seen: dates the Vietnamese way, whole numbers without ".0"."""
    if value is None or isinstance(value, time):
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
    return one_line(_CONTROL.sub("", str(value)))[:LONGEST_CELL]


def decode(content: bytes) -> str:
    """The text of a CSV file, without its byte order mark. Raises NotAnExport."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROL.search(text):
            return text.removeprefix("\ufeff")
    raise NotAnExport(NO_TEXT)


def _encodings(content: bytes) -> tuple[str, ...]:
    """UTF-16 by its mark, or by the zeros of its spaces and digits; else UTF-8, else the Vietnamese code page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    beginning = content[:2000]
    if b"\0" in beginning:
        return ("utf-16-le",) if beginning[1::2].count(0) > beginning[::2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "cp1258")


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if not (line == 1 and cells and cells[0].lower().startswith("sep=")):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise NotAnExport(f"Dòng {line}: ô quá dài hoặc dấu nháy không đóng; hãy xuất lại tệp.") from None


def delimiter_of(text: str) -> str:
    """The sign that cuts most of the first rows into equally many cells, two at least."""
    start = io.StringIO(text[:100_000], newline="")
    scores = {sign: _evenness(start, sign) for sign in _DELIMITERS}
    return max(scores, key=lambda sign: scores[sign])


def _evenness(start: io.StringIO, sign: str) -> tuple[int, int]:
    """(rows of the commonest width, that width); nothing where the sign cuts nothing."""
    start.seek(0)
    try:
        widths = Counter(len(cells) for cells in islice(csv.reader(start, delimiter=sign), ROWS_FOR_DELIMITER) if cells)
    except csv.Error:
        return 0, 0
    widths.pop(1, None)
    if not widths:
        return 0, 0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return rows, width


def _sheet_rows(content: bytes) -> Iterator[tuple[int, Iterable[Any]]]:
    """The rows of the sheet that was open when the file was saved, else of the first."""
    _refuse_odd_xml(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.active or book.worksheets[0]
        sheet.reset_dimensions()  # what the file claims may be wrong or endless
        rows = sheet.iter_rows(max_row=MAX_ROWS * 3, max_col=MAX_COLUMNS, values_only=True)
        yield from enumerate(rows, start=1)
    except _BROKEN as error:
        raise NotAnExport(UNREADABLE) from error


def _refuse_odd_xml(content: bytes) -> None:
    """Every part is looked at before openpyxl sees it: no DOCTYPE, no odd encoding, no endless sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
        if sum(info.file_size for info in parts) > MAX_XML:
            raise NotAnExport(TOO_BIG_INSIDE)
        for info in parts:
            try:
                parse_xml(archive.read(info))
            except NotAPlan as error:
                raise NotAnExport(UNREADABLE) from error
