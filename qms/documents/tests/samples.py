"""Fictional documents of every model that the decree knows and we print."""

from datetime import date

from qms.documents.model import (
    Align,
    Annex,
    Cell,
    Column,
    Form,
    Heading,
    HeadingLevel,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    Table,
    article,
    reference_line,
)

ISSUER = Issuer("Sở Khoa học và Công nghệ", "UBND tỉnh Hòa Giang")
DIRECTOR = Signature(position="Giám đốc", name="Trần Minh Quang")
DEPUTY = Signature(("KT. Giám đốc",), "Phó Giám đốc", "Lê Thị Bích Hường")
RECIPIENTS = ("UBND tỉnh (báo cáo)", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, TĐC")
SENTENCE = (
    "Văn phòng Sở chủ trì, phối hợp với các phòng chuyên môn rà soát quy trình nội bộ và báo cáo kết quả đúng hạn."
)

COLUMNS = (
    Column("TT", 6, align=Align.CENTER),
    Column("Nội dung công việc", 40),
    Column("Chủ trì", 14, group="Trách nhiệm", align=Align.CENTER),
    Column("Phối hợp", 20, group="Trách nhiệm", align=Align.CENTER),
    Column("Thời gian", 20, align=Align.CENTER),
)


def task_row(number: int) -> tuple[Cell, ...]:
    return (
        Cell((str(number),)),
        Cell((f"Nhiệm vụ thứ {number}: rà soát, cập nhật quy trình", "- Danh mục quy trình", "- Báo cáo rà soát")),
        Cell(("Văn phòng Sở",)),
        Cell(("Các phòng chuyên môn",)),
        Cell(("Quý II/2026",)),
    )


def plan(rows: int = 5, **changes: object) -> OfficialDocument:
    """A plan with a task table of so many rows."""
    fields = {
        "issuer": ISSUER,
        "kind_name": "Kế hoạch",
        "subject": "Áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 năm 2026",
        "number": "5",
        "symbol": "KH-SKHCN",
        "place": "Hòa Giang",
        "date": date(2026, 2, 5),
        "bases": (
            "Căn cứ Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ về việc áp dụng "
            "Hệ thống quản lý chất lượng;",
            "Theo đề nghị của Chánh Văn phòng Sở.",
        ),
        "blocks": (
            Paragraph("Sở Khoa học và Công nghệ ban hành Kế hoạch như sau:"),
            Heading(HeadingLevel.SECTION, "I", "Mục đích, yêu cầu"),
            Heading(HeadingLevel.CLAUSE, "1", "Mục đích"),
            Paragraph(SENTENCE),
            Heading(HeadingLevel.CLAUSE, "2", "Yêu cầu"),
            ListItem(SENTENCE),
            ListItem(SENTENCE),
            Heading(HeadingLevel.SECTION, "II", "Nội dung thực hiện"),
            Table(COLUMNS, tuple(task_row(number) for number in range(1, rows + 1))),
            Heading(HeadingLevel.SECTION, "III", "Tổ chức thực hiện"),
            Paragraph(f"Trên đây là Kế hoạch áp dụng Hệ thống quản lý chất lượng năm 2026. {SENTENCE[:-1]}./."),
        ),
        "signatures": (DIRECTOR,),
        "recipients": RECIPIENTS,
    }
    return OfficialDocument(**{**fields, **changes})


def short_notice() -> OfficialDocument:
    return OfficialDocument(
        issuer=ISSUER,
        kind_name="Thông báo",
        subject="Lịch họp xem xét của lãnh đạo năm 2026",
        number="12",
        symbol="TB-SKHCN",
        place="Hòa Giang",
        date=date(2026, 9, 3),
        blocks=(Paragraph(SENTENCE), Paragraph("Đề nghị các đơn vị chuẩn bị báo cáo./.")),
        signatures=(DEPUTY,),
        recipients=RECIPIENTS,
    )


def plan_with_annexes() -> OfficialDocument:
    """A portrait annex of running text and a landscape one with a long table."""
    document = plan()
    wide = Table(COLUMNS, tuple(task_row(number) for number in range(1, 26)))
    reference = reference_line(document, "Kế hoạch")
    text = (
        Heading(HeadingLevel.CLAUSE, "1", "Tài liệu"),
        *(Paragraph(SENTENCE) for _ in range(40)),
        Paragraph("Hết./."),
    )
    annexes = (
        Annex("Danh mục tài liệu", text, "I", reference),
        Annex(
            "Phân công thực hiện nhiệm vụ áp dụng Hệ thống quản lý chất lượng", (wide,), "II", reference, landscape=True
        ),
    )
    return plan(annexes=annexes)


def letter(*addressees: str) -> OfficialDocument:
    return OfficialDocument(
        issuer=ISSUER,
        form=Form.LETTER,
        subject="cung cấp số liệu đo lường sự hài lòng của tổ chức, cá nhân năm 2026",
        number="245",
        symbol="SKHCN-VP",
        place="Hòa Giang",
        date=date(2026, 11, 20),
        addressees=addressees
        or ("Văn phòng Ủy ban nhân dân tỉnh", "Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"),
        blocks=(
            Paragraph(SENTENCE),
            Paragraph(SENTENCE),
            Paragraph("Trân trọng cảm ơn sự phối hợp của Quý cơ quan./."),
        ),
        signatures=(Signature(("TL. Giám đốc", "KT. Chánh Văn phòng"), "Phó Chánh Văn phòng", "Đỗ Hải Yến"),),
        recipients=("Như trên", "Giám đốc Sở (báo cáo)", "Lưu: VT, VP"),
    )


def decision() -> OfficialDocument:
    return OfficialDocument(
        issuer=ISSUER,
        form=Form.DECISION,
        kind_name="Quyết định",
        subject="Về việc kiện toàn Ban Chỉ đạo ISO của Sở Khoa học và Công nghệ",
        authority="Giám đốc Sở Khoa học và Công nghệ",
        number="08",
        symbol="QĐ-SKHCN",
        place="Hòa Giang",
        date=date(2026, 1, 15),
        bases=(
            "Căn cứ Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ về việc áp dụng "
            "Hệ thống quản lý chất lượng theo tiêu chuẩn quốc gia TCVN ISO 9001:2008;",
            "Theo đề nghị của Chánh Văn phòng Sở.",
        ),
        blocks=(
            article("1", "Kiện toàn Ban Chỉ đạo ISO của Sở gồm các ông, bà có tên sau đây:"),
            Paragraph("1. Ông Trần Minh Quang, Giám đốc Sở, Trưởng ban;"),
            Paragraph("2. Bà Lê Thị Bích Hường, Phó Giám đốc Sở, Phó Trưởng ban."),
            article("2", "Quyết định này có hiệu lực kể từ ngày ký."),
            article(
                "3", "Chánh Văn phòng Sở, Trưởng các phòng và các ông, bà có tên tại Điều 1 thi hành Quyết định này./."
            ),
        ),
        signatures=(DIRECTOR,),
        recipients=("Như Điều 3", "UBND tỉnh (báo cáo)", "Lưu: VT, TĐC"),
    )


def minutes() -> OfficialDocument:
    return OfficialDocument(
        issuer=ISSUER,
        form=Form.MINUTES,
        kind_name="Biên bản",
        subject="Họp xem xét của lãnh đạo về Hệ thống quản lý chất lượng năm 2026",
        symbol="BB-SKHCN",
        number="3",
        blocks=(
            Paragraph((Run("Thời gian bắt đầu: ", bold=True), Run("08 giờ 00, ngày 20 tháng 10 năm 2026."))),
            Paragraph("Địa điểm: Phòng họp số 2, trụ sở Sở."),
            Paragraph("Thành phần tham dự: Lãnh đạo Sở, Trưởng các phòng, Ban Chỉ đạo ISO."),
            Paragraph("Chủ trì (chủ tọa): Ông Trần Minh Quang, Giám đốc Sở."),
            Paragraph("Thư ký (người ghi biên bản): Bà Đỗ Hải Yến, Phó Chánh Văn phòng Sở."),
            Paragraph("Nội dung (theo diễn biến cuộc họp):"),
            Paragraph(SENTENCE),
            Paragraph("Cuộc họp kết thúc vào 11 giờ 30, ngày 20 tháng 10 năm 2026./."),
        ),
        signatures=(
            Signature(position="Thư ký", name="Đỗ Hải Yến"),
            Signature(position="Chủ tọa", name="Trần Minh Quang"),
        ),
        recipients=("Thành viên Ban Chỉ đạo ISO", "Lưu: VT, Hồ sơ"),
    )


def invitation() -> OfficialDocument:
    lines = (
        "Sở Khoa học và Công nghệ trân trọng kính mời: Lãnh đạo Văn phòng Ủy ban nhân dân tỉnh.",
        "Tới dự: Họp xem xét của lãnh đạo về Hệ thống quản lý chất lượng.",
        "Chủ trì: Ông Trần Minh Quang, Giám đốc Sở.",
        "Thời gian: 08 giờ 00, ngày 20 tháng 10 năm 2026.",
        "Địa điểm: Phòng họp số 2, trụ sở Sở./.",
    )
    return OfficialDocument(
        issuer=ISSUER,
        kind_name="Giấy mời",
        subject="Dự họp xem xét của lãnh đạo",
        number="31",
        symbol="GM-SKHCN",
        place="Hòa Giang",
        date=date(2026, 10, 12),
        blocks=tuple(map(Paragraph, lines)),
        signatures=(DIRECTOR,),
        recipients=("Như trên", "Lưu: VT, VP"),
    )


def committee_report() -> OfficialDocument:
    """Of a committee: its chair signs with the other office above the name; addressed to a higher body, with parts."""
    return OfficialDocument(
        issuer=Issuer("Ban Chỉ đạo ISO", "Sở Khoa học và Công nghệ tỉnh Hòa Giang"),
        kind_name="Báo cáo",
        subject="Kết quả áp dụng Hệ thống quản lý chất lượng 6 tháng đầu năm 2026",
        number="4",
        symbol="BC-BCĐISO",
        place="Hòa Giang",
        date=date(2026, 6, 29),
        addressees=("Ủy ban nhân dân tỉnh Hòa Giang",),
        blocks=(
            Heading(HeadingLevel.PART, "I", "Kết quả thực hiện"),
            Heading(HeadingLevel.SECTION, "I", "Công tác chỉ đạo"),
            Heading(HeadingLevel.CLAUSE, "1", "Ban hành văn bản"),
            Heading(HeadingLevel.POINT, "a", "Văn bản của Sở"),
            Paragraph(SENTENCE),
            Heading(HeadingLevel.PART, "II", "Phương hướng 6 tháng cuối năm"),
            Paragraph(f"{SENTENCE[:-1]}./."),
        ),
        signatures=(Signature(("TM. Ban Chỉ đạo",), "Trưởng ban", "Trần Minh Quang", office="Giám đốc Sở"),),
        recipients=("Như trên", "Lưu: VT, BCĐ"),
    )


ALL = {
    "plan": plan,
    "short_notice": short_notice,
    "plan_with_annexes": plan_with_annexes,
    "letter": letter,
    "decision": decision,
    "minutes": minutes,
    "invitation": invitation,
    "committee_report": committee_report,
}
