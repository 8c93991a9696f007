"""Rows as an Excel file: what stands in a list on screen, to be worked on elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qms.text import printable

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAY = "DD/MM/YYYY"
_DAY_AND_TIME = "DD/MM/YYYY HH:MM"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767
_NARROWEST, _WIDEST = 8, 60
_NO_TITLE = str.maketrans("", "", "[]:*?/\\'")


def xlsx_response(
    file_name: str, sheet_title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The rows as a download named `file_name` (with or without ".xlsx")."""
    name = f"{file_name.removesuffix('.xlsx')}.xlsx"
    response = HttpResponse(workbook_bytes(sheet_title, headings, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def workbook_bytes(sheet_title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet: bold headings that stay in view and repeat in print, dates as dates, texts as texts.

    Values may be text, numbers, bool ("có" or nothing), dates, times (shown in Việt Nam's time) or None. A text is
    never a formula, whatever it begins with.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_title.translate(_NO_TITLE)[:31] or "Danh sách"
    for row_number, row in enumerate([headings, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _fill(sheet.cell(row_number, column), value)
    _dress(sheet)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(cell: Cell, value: Any) -> None:
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, bool):
        cell.value = "có" if value else None
    elif isinstance(value, int | float | Decimal):
        cell.value = value
    elif isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        cell.value, cell.number_format = local.replace(tzinfo=None, microsecond=0), _DAY_AND_TIME
    elif isinstance(value, date):
        cell.value, cell.number_format = value, _DAY
    elif value is not None:
        _fill_text(cell, str(value))


def _fill_text(cell: Cell, text: str) -> None:
    cell.value = "\n".join(map(printable, text.splitlines()))[:_LONGEST_CELL]
    if text.startswith(_FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True  # stays a text when the file is saved as CSV or edited


def _dress(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for index, column in enumerate(sheet.iter_cols(), start=1):
        longest = max((len(line) for cell in column for line in _shown(cell).splitlines()), default=0)
        sheet.column_dimensions[get_column_letter(index)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _shown(cell: Cell) -> str:
    return "00/00/0000 00:00" if isinstance(cell.value, date) else str(cell.value or "")
