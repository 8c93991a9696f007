"""The Excel file of a list."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qms.xlsx import XLSX_TYPE, workbook_bytes, xlsx_response


def sheet_of(*rows: tuple, headings: tuple = ("Tên", "Ngày", "Số")) -> Worksheet:
    return load_workbook(BytesIO(workbook_bytes("Danh sách", headings, rows))).active


def test_headings_and_rows_stand_in_their_order() -> None:
    sheet = sheet_of(("Văn phòng Sở", date(2026, 3, 5), 12))
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Tên", "Ngày", "Số"],
        ["Văn phòng Sở", datetime(2026, 3, 5), 12],  # noqa: DTZ001 - Excel knows no zones
    ]


def test_headings_are_bold_stay_in_view_and_repeat_in_print() -> None:
    sheet = sheet_of(("a", None, 1))
    assert [cell.font.bold for row in sheet for cell in row] == [True, True, True, False, False, False]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:C2", "$1:$1")


@pytest.mark.parametrize("text", ["=1+1", "+84 911", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_a_text_is_never_a_formula(text: str) -> None:
    cell = sheet_of((text,))["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_an_ordinary_text_carries_no_prefix() -> None:
    cell = sheet_of(("Kế hoạch",))["A2"]
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", False)


def test_dates_are_written_the_vietnamese_way() -> None:
    sheet = sheet_of(("a", date(2026, 3, 5)))
    assert (sheet["B2"].is_date, sheet["B2"].number_format) == (True, "DD/MM/YYYY")


def test_a_moment_is_shown_in_the_time_of_viet_nam() -> None:
    cell = sheet_of(("a", datetime(2026, 3, 5, 20, 30, tzinfo=UTC)))["B2"]
    assert cell.value == datetime(2026, 3, 6, 3, 30)  # noqa: DTZ001
    assert cell.number_format == "DD/MM/YYYY HH:MM"


def test_numbers_stay_numbers_and_yes_is_a_word() -> None:
    sheet = sheet_of((True, False, Decimal("95.5")))
    assert [cell.value for cell in sheet[2]] == ["có", None, 95.5]


def test_line_breaks_are_kept_and_other_control_characters_dropped() -> None:
    assert sheet_of(("một\r\nhai\x0bba\x00",))["A2"].value == "một\nhai\nba"


def test_a_column_is_as_wide_as_its_longest_line_within_limits() -> None:
    sheet = sheet_of(("x" * 30, None, 7), ("một\nhai", None, 7), headings=("Tên", "Ngày", "x" * 300))
    assert [sheet.column_dimensions[c].width for c in "ABC"] == [32, 8, 60]


def test_a_sheet_title_that_excel_refuses_is_made_acceptable() -> None:
    book = load_workbook(BytesIO(workbook_bytes("Sổ: đi/đến [2026] " + "x" * 40, ("a",), [])))
    assert book.sheetnames == ["Sổ điđến 2026 " + "x" * 17]


def test_the_download_has_its_vietnamese_name() -> None:
    response = xlsx_response("Kế hoạch 2026", "Kế hoạch", ("a",), [])
    assert response["Content-Type"] == XLSX_TYPE
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Kế hoạch 2026.xlsx')}"
