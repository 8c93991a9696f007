"""Workbooks as an office types them, built for the tests with openpyxl."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from plans.importing import ImportedPlan, read_plan

TITLE = "KẾ HOẠCH ÁP DỤNG HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG NĂM 2026"
HEADING = ("TT", "Nội dung công việc", "Sản phẩm", "Chủ trì", "Thời gian")
FIRST = (1, "Lập sổ theo dõi tài liệu", "Sổ theo dõi", "Văn phòng Sở", "Tháng 3")
SECOND = (2, "Họp rà soát quy trình", "Biên bản", "Thư ký ISO", "Quý II")
Cells = Sequence[Sequence[Any]]


def book(*sheets: tuple[str, Cells]) -> Workbook:
    """A workbook with these sheets; a row's cells begin in column A, None stays empty."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return made


def plan_rows(*tasks: Sequence[Any]) -> list[Sequence[Any]]:
    """Head, title, table and signature, as they usually share one sheet."""
    return [
        ("UBND TỈNH SƠN BÌNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("SỞ NỘI VỤ", None, None, "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 12/KH-SNV", None, None, "Sơn Bình, ngày 15 tháng 01 năm 2026"),
        (),
        (TITLE,),
        (),
        HEADING,
        *tasks,
        (),
        ("Nơi nhận:", None, None, "KT. GIÁM ĐỐC"),
        ("- UBND tỉnh;", None, None, "PHÓ GIÁM ĐỐC"),
        ("- Lưu: VT.",),
        (),
        (None, None, None, "Trần Minh Khôi"),
    ]


def plan_book(*tasks: Sequence[Any]) -> Workbook:
    made = book(("Kế hoạch", plan_rows(*tasks)))
    made["Kế hoạch"]["A5"].font = Font(bold=True)
    made["Kế hoạch"].merge_cells("A5:E5")
    return made


def read_book(folder: Path, made: Workbook) -> ImportedPlan:
    path = folder / "ke-hoach.xlsx"
    made.save(path)
    return read_plan(path)
