"""The evidence of the fictional year: small real files, made here and the same each time."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from qms.documents.model import Form, Issuer, ListItem, OfficialDocument, Paragraph, Signature
from qms.documents.pdf import render_pdf
from qms.text import short_date

from .organisation import AGENCY


def minutes_pdf(year: int) -> bytes:
    """The minutes of a meeting, as a PDF of one page."""
    document = OfficialDocument(
        issuer=Issuer(AGENCY["name"], AGENCY["superior"]),
        form=Form.MINUTES,
        kind_name="BIÊN BẢN",
        subject=f"Họp rà soát việc thực hiện kế hoạch ISO năm {year}",
        year=year,
        blocks=(
            Paragraph(
                "Cuộc họp đã xem kết quả từng nhiệm vụ, đối chiếu với sản phẩm ghi trong kế hoạch và thống nhất:"
            ),
            ListItem("Các sản phẩm đạt yêu cầu, lưu trong hồ sơ của hệ thống quản lý chất lượng."),
            ListItem("Nhiệm vụ còn chậm do đơn vị chủ trì báo cáo nguyên nhân và ngày hoàn thành."),
            Paragraph("Biên bản được các thành viên dự họp thông qua."),
        ),
        signatures=(Signature(position="THƯ KÝ"), Signature(position="CHỦ TRÌ")),
    )
    return render_pdf(document)


class Proofs:
    """Hands out files under the names that offices give them; the PDF is drawn once."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._minutes = minutes_pdf(year)

    def upload(self, name: str, unit: str, title: str, day: date) -> SimpleUploadedFile:
        """The file of that name: a PDF, or a table as CSV."""
        if name.endswith(".pdf"):
            return SimpleUploadedFile(name, self._minutes, "application/pdf")
        return SimpleUploadedFile(name, _table(unit, title, day).encode("utf-8-sig"), "text/csv")


def _table(unit: str, title: str, day: date) -> str:
    rows = (
        ("TT", "Nội dung", "Đơn vị", "Kết quả", "Ngày"),
        ("1", title, unit, "Đạt", short_date(day)),
        ("2", "Lưu hồ sơ", unit, "Đã lưu", short_date(day)),
    )
    return "\r\n".join(";".join(row) for row in rows) + "\r\n"
