"""The fictional department's plans: last year's, this year's, and next year's on its way. Every sentence is invented."""

from dataclasses import replace

from plans.content import (
    Column,
    LayoutColumn,
    LayoutContent,
    PhaseContent,
    PlanContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    Signer,
    TaskContent,
)

from .organisation import AGENCY

LAYOUT = LayoutContent(
    columns=(
        LayoutColumn(Column.ORDINAL, "TT", 6),
        LayoutColumn(Column.TITLE, "Nhiệm vụ", 30),
        LayoutColumn(Column.OUTPUTS, "Sản phẩm", 20),
        LayoutColumn(Column.LEAD, "Chủ trì", 14, "Phân công thực hiện"),
        LayoutColumn(Column.SUPPORT, "Phối hợp", 14, "Phân công thực hiện"),
        LayoutColumn(Column.TIMING, "Thời gian", 16),
    )
)
_ROOMS = "Các phòng chuyên môn, nghiệp vụ"
_ALL = "Các phòng, đơn vị thuộc Sở"


def _prepare(year: int) -> tuple[TaskContent, ...]:
    return (
        TaskContent("1", "Soạn thảo, trình ban hành kế hoạch ISO của Sở", ("Kế hoạch được Giám đốc ký ban hành",),
                    "Văn phòng Sở", _ALL, timing=f"Tháng 01/{year}"),
        TaskContent("2", f"Rà soát kết quả mục tiêu chất lượng năm {year - 1}, lập mục tiêu chất lượng năm {year} của Sở",
                    ("Báo cáo kết quả năm trước", "Bảng mục tiêu chất lượng của Sở"),
                    "Văn phòng Sở", "Phòng Kế hoạch - Tài chính", timing=f"Trước ngày 15/02/{year}"),
        TaskContent("3", "Đăng ký mục tiêu chất lượng của phòng, đơn vị theo mục tiêu của Sở",
                    ("Bảng mục tiêu chất lượng của phòng, đơn vị",), _ALL, "Tổ giúp việc ISO",
                    timing=f"Trước ngày 06/3/{year}"),
        TaskContent("4", "Cập nhật bối cảnh, các bên quan tâm, rủi ro và cơ hội", ("Bảng nhận diện rủi ro, cơ hội",),
                    _ROOMS, "Tổ giúp việc ISO", timing=f"Quý I/{year}"),
        TaskContent("5", "Kiện toàn Ban Chỉ đạo ISO, Tổ giúp việc ISO", ("Quyết định kiện toàn",), "Phòng Tổ chức cán bộ",
                    "Văn phòng Sở", timing="Khi có thay đổi thành viên"),
        TaskContent("6", "Bố trí kinh phí duy trì hệ thống trong dự toán chi thường xuyên", ("Dự toán được giao",),
                    "Phòng Kế hoạch - Tài chính", "Văn phòng Sở", timing=f"Quý I/{year}"),
    )  # fmt: skip


def _operate(year: int) -> tuple[TaskContent, ...]:
    return (
        TaskContent("7", "Tập huấn nhận thức chung về TCVN ISO 9001:2015 cho công chức, viên chức mới",
                    ("Danh sách tham dự", "Kết quả kiểm tra cuối buổi"), "Phòng Tổ chức cán bộ", "Đơn vị tư vấn",
                    timing=f"Tháng 4/{year}"),
        TaskContent("8", "Sửa đổi quy trình nội bộ khi danh mục thủ tục hành chính được công bố mới",
                    ("Quy trình sửa đổi", "Phiếu yêu cầu sửa đổi tài liệu"), "Các phòng có thủ tục hành chính",
                    "Tổ giúp việc ISO",
                    timing="trong thời hạn 30 ngày làm việc kể từ ngày nhận được quyết định công bố"),
        TaskContent("9", "Theo dõi việc giải quyết hồ sơ theo quy trình, ghi nhận hồ sơ trễ hạn", ("Sổ theo dõi",),
                    "Các phòng có thủ tục hành chính", "Văn phòng Sở", timing="Thường xuyên"),
        TaskContent("10", "Tổng hợp mức độ hài lòng của tổ chức, cá nhân", ("Phiếu tổng hợp theo quý",), "Văn phòng Sở",
                    "Trung tâm Phục vụ hành chính công tỉnh", timing="Định kỳ hằng quý"),
        TaskContent("11", "Báo cáo kết quả thực hiện mục tiêu chất lượng", ("Báo cáo của phòng, đơn vị",), _ALL,
                    "Văn phòng Sở", timing="Định kỳ 6 tháng và năm"),
    )  # fmt: skip


def _evaluate(year: int) -> tuple[TaskContent, ...]:
    return (
        TaskContent("12", "Lập chương trình và kế hoạch đánh giá nội bộ", ("Chương trình", "Kế hoạch đánh giá"),
                    "Tổ giúp việc ISO", "Ban Chỉ đạo ISO", timing=f"Tháng 7/{year}"),
        TaskContent("13", "Đánh giá nội bộ tại các phòng, đơn vị", ("Phiếu ghi chép", "Báo cáo đánh giá nội bộ"),
                    "Đoàn đánh giá nội bộ", _ALL, timing=f"Tháng 8, 9/{year}"),
        TaskContent("14", "Khắc phục các điểm không phù hợp", ("Phiếu hành động khắc phục đã đóng",), _ALL,
                    "Đoàn đánh giá nội bộ", timing="Trong 20 ngày làm việc kể từ ngày nhận báo cáo đánh giá nội bộ"),
        TaskContent("15", "Họp xem xét của lãnh đạo", ("Biên bản họp", "Thông báo kết luận"), "Ban Chỉ đạo ISO",
                    "Văn phòng Sở", timing="Sau khi hoàn thành khắc phục các điểm không phù hợp"),
        TaskContent("16", "Công bố lại hệ thống nếu phạm vi áp dụng thay đổi", ("Quyết định công bố", "Bản công bố"),
                    "Văn phòng Sở", "Các phòng có thủ tục hành chính", timing="Khi có thay đổi phạm vi áp dụng"),
        TaskContent("17", "Chuẩn bị hồ sơ phục vụ kiểm tra của tỉnh", ("Bộ hồ sơ minh chứng",), "Văn phòng Sở", _ALL,
                    timing="Theo kế hoạch kiểm tra của Sở Khoa học và Công nghệ"),
        TaskContent("18", f"Báo cáo kết quả duy trì, cải tiến hệ thống năm {year}", ("Báo cáo gửi Sở Khoa học và Công nghệ",),
                    "Văn phòng Sở", "Tổ giúp việc ISO", timing=f"Trước ngày 05/11/{year}"),
    )  # fmt: skip


def _sections(year: int) -> tuple[SectionContent, ...]:
    return (
        SectionContent("I", "MỤC ĐÍCH, YÊU CẦU", "\n".join((
            "1. Mục đích",
            "- Giữ cho hệ thống quản lý chất lượng của Sở luôn khớp với quy định pháp luật và công việc thực tế; "
            "hồ sơ của người dân, doanh nghiệp được giải quyết đúng quy trình, đúng hạn.",
            f"- Lấy kết quả thực hiện mục tiêu chất lượng năm {year - 1} làm điểm xuất phát để đặt mục tiêu năm {year}.",
            "2. Yêu cầu",
            "- Mỗi nhiệm vụ có một đơn vị chủ trì, một sản phẩm và một thời hạn kiểm tra được.",
            "- Minh chứng được cập nhật một lần, dùng chung cho theo dõi, đánh giá nội bộ và kiểm tra của tỉnh.",
        ))),
        SectionContent("II", "NỘI DUNG NHIỆM VỤ", "Các nhiệm vụ trong năm được phân công như sau:", SectionKind.TASKS),
        SectionContent("III", "KINH PHÍ THỰC HIỆN", "Từ nguồn chi thường xuyên được giao cho Văn phòng Sở; mức chi theo "
                       "Thông tư số 116/2015/TT-BTC ngày 11/8/2015 của Bộ Tài chính."),
        SectionContent("IV", "TỔ CHỨC THỰC HIỆN", "", SectionKind.RESPONSIBILITIES),
    )  # fmt: skip


_RESPONSIBILITIES = (
    ResponsibilityContent("Ban Chỉ đạo ISO", "- Chỉ đạo chung, xem xét hiệu lực của hệ thống ít nhất mỗi năm một lần.\n"
                          "- Quyết định biện pháp xử lý đối với nhiệm vụ chậm quá 15 ngày làm việc.", "1"),
    ResponsibilityContent("Văn phòng Sở", "- Là đầu mối theo dõi, đôn đốc, tổng hợp báo cáo.\n"
                          "- Tham mưu lịch đánh giá nội bộ lồng ghép với kiểm tra cải cách hành chính.", "2"),
    ResponsibilityContent("Các phòng, đơn vị thuộc Sở", "- Thực hiện nhiệm vụ được giao, cập nhật kết quả kèm minh chứng "
                          "trước ngày cuối của thời hạn.\n- Kịp thời báo Văn phòng Sở khi nhiệm vụ có vướng mắc.", "3"),
)  # fmt: skip


def plan_of(year: int) -> PlanContent:
    """The plan of a year as the secretary writes it."""
    name = f"Kế hoạch áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng năm {year}"
    return PlanContent(
        agency=AGENCY["name"],
        parent_agency=AGENCY["superior"],
        symbol=f"KH-{AGENCY['abbreviation']}",
        place=AGENCY["place"],
        subject=f"Áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 năm {year}",
        year=year,
        bases=(
            "Căn cứ Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ về việc áp dụng Hệ "
            "thống quản lý chất lượng theo tiêu chuẩn quốc gia TCVN ISO 9001:2008 vào hoạt động của các cơ quan, tổ chức "
            "thuộc hệ thống hành chính nhà nước;",
            "Căn cứ Thông tư số 26/2014/TT-BKHCN ngày 10 tháng 10 năm 2014 của Bộ trưởng Bộ Khoa học và Công nghệ quy "
            "định chi tiết thi hành Quyết định số 19/2014/QĐ-TTg;",
            f"Căn cứ Kế hoạch số 212/KH-UBND ngày 20 tháng 12 năm {year - 1} của Ủy ban nhân dân tỉnh Sông Giang về cải "
            f"cách hành chính năm {year}.",
        ),
        intro=f"{AGENCY['name']} ban hành {name} như sau:",
        sections=_sections(year),
        phases=(
            PhaseContent("1", "Chuẩn bị", _prepare(year)),
            PhaseContent("2", "Vận hành", _operate(year)),
            PhaseContent("3", "Đánh giá, cải tiến", _evaluate(year)),
        ),
        responsibilities=_RESPONSIBILITIES,
        closing=f"Trên đây là {name}, đề nghị các phòng, đơn vị thuộc Sở triển khai thực hiện./.",
        recipients=(
            "UBND tỉnh (báo cáo)",
            "Sở Khoa học và Công nghệ",
            "Lãnh đạo Sở",
            "Các phòng, đơn vị thuộc Sở",
            "Cổng thông tin điện tử của Sở",
            "Lưu: VT, VP",
        ),
        signer=Signer(position="GIÁM ĐỐC", name="Phạm Quang Huy"),
        layout=LAYOUT,
    )


def last_years_plan(year: int) -> PlanContent:
    """Last year's plan: shorter, and it names a division that has since been merged."""
    plan = plan_of(year)
    last = plan.phases[2]
    extra = TaskContent(
        "16", "Rà soát quy trình lĩnh vực biển, đảo trước khi sắp xếp tổ chức", ("Danh mục quy trình bàn giao",),
        "Phòng Biển và Hải đảo", "Phòng Tổ chức cán bộ", timing=f"Trước ngày 15/6/{year}",
    )  # fmt: skip
    kept = tuple(task for task in last.tasks if task.ordinal != "16")
    tasks = (*kept[:4], extra, *kept[4:])
    return replace(plan, phases=(*plan.phases[:2], replace(last, tasks=tasks)))
