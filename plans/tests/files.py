"""Small Word files for tests of the import."""

import io
from pathlib import Path

from docx import Document


def plan_file(folder: Path, name: str = "ke-hoach.docx", year: int = 2025) -> Path:
    """An invented plan with a header, two tasks and a signature; one unit of it is unknown, one timing unclear."""
    document = Document()
    for line in (
        "UBND TỈNH SÔNG", "SỞ KHOA HỌC", "Số: 12/KH-SKH", f"Sông, ngày 05 tháng 02 năm {year}", "KẾ HOẠCH",
        f"Duy trì hệ thống quản lý chất lượng năm {year}", "Căn cứ Quyết định số 19/2014/QĐ-TTg;",
        "Sở Khoa học xây dựng kế hoạch như sau:", "I. MỤC ĐÍCH", "- Duy trì hệ thống.", "II. NỘI DUNG NHIỆM VỤ",
    ):  # fmt: skip
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    for cells in (
        ("TT", "Nội dung công việc", "Chủ trì", "Thời gian"),
        ("1", "Lập mục tiêu", "Văn phòng Sở", f"Tháng 02/{year}"),
        ("2", "Đánh giá nội bộ", "Tổ lạ", f"Quý III hoặc Quý IV năm {year}"),
    ):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    for line in ("III. TỔ CHỨC THỰC HIỆN", "1. Văn phòng Sở", "- Theo dõi.", "Trên đây là kế hoạch./.",
                 "Nơi nhận:", "- Lãnh đạo Sở;", "- Lưu: VT.", "GIÁM ĐỐC", "Nguyễn Văn An"):  # fmt: skip
        document.add_paragraph(line)
    path = folder / name
    document.save(path)
    return path


def letter_file(folder: Path) -> Path:
    """An ordinary letter."""
    document = Document()
    document.add_paragraph("Kính gửi: Các phòng. Đề nghị gửi báo cáo trước ngày mai.")
    path = folder / "thu.docx"
    document.save(path)
    return path


def docx_bytes(path: Path) -> io.BytesIO:
    """The file as a browser sends it."""
    data = io.BytesIO(path.read_bytes())
    data.name = path.name
    return data
