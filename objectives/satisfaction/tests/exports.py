"""Exports of a one-stop system, as people download them."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from openpyxl import Workbook

from .conftest import QUARTER

HEAD = (
    "STT", "Đơn vị xử lý", "Ngày đánh giá", "Về tiếp cận dịch vụ", "Thủ tục hành chính",
    "Thái độ công chức tiếp nhận, giải quyết", "Kết quả giải quyết hồ sơ",
    "Góp ý, phản ánh: việc tiếp nhận, giải quyết", "Ý kiến khác",
)  # fmt: skip
SUMS_HEAD = (
    "Tên phòng", "Tiêu chí đánh giá", "Số phiếu phát ra", "Số phiếu thu về", "Rất không hài lòng", "Không hài lòng",
    "Bình thường", "Hài lòng", "Rất hài lòng",
)  # fmt: skip
UNITS = ("Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ", "Văn phòng Sở")
WORDS = {5: "Rất hài lòng", 4: "Hài lòng", 3: "Bình thường", 2: "Không hài lòng", 1: "Rất không hài lòng"}


def response(number: int) -> list[Any]:
    """One response: mark 3 for every tenth, else 4 or 5, in words for every other row; some comments."""
    mark = 3 if number % 10 == 0 else 4 + number % 2
    shown = WORDS[mark] if number % 2 else mark
    day = datetime.combine(QUARTER.start + timedelta(days=number % 5), time(9))
    return [
        number,
        UNITS[number % 3],
        day,
        shown,
        mark,
        shown,
        mark,
        shown,
        "Giải quyết nhanh" if number % 7 == 0 else "",
    ]


def responses(count: int) -> list[list[Any]]:
    """That many, numbered from 1."""
    return [response(number) for number in range(1, count + 1)]


def xlsx(rows: Sequence[Sequence[Any]], *, head: Sequence[str] = HEAD, above: Sequence[str] = ()) -> bytes:
    """A workbook: titles above, the headings, the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for title in above:
        sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_text(rows: Sequence[Sequence[Any]], *, head: Sequence[str] = HEAD, delimiter: str = ",") -> str:
    """The same as CSV; days as they are written here."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(head)
    for row in rows:
        writer.writerow([f"{cell:%d/%m/%Y}" if isinstance(cell, datetime) else cell for cell in row])
    return buffer.getvalue()
