"""What small plans say."""

from plans.content import PhaseContent, PlanContent, ResponsibilityContent, SectionContent, SectionKind, TaskContent


def task_row(number: int, **fields: str) -> TaskContent:
    """A plain task."""
    words = {"title": f"Việc {number}", "lead": "Văn phòng Sở", "timing": f"Trước ngày 05/{number:02d}/2026", **fields}
    return TaskContent(str(number), outputs=("Báo cáo",), **words)


def content_of(*phases: PhaseContent) -> PlanContent:
    """A whole small plan around these tables."""
    return PlanContent(
        agency="SỞ KHOA HỌC",
        parent_agency="UBND TỈNH SÔNG",
        symbol="KH-SKH",
        place="Sông",
        subject="Duy trì hệ thống năm 2026",
        year=2026,
        bases=("Căn cứ Quyết định số 19/2014/QĐ-TTg;", "Căn cứ Thông tư số 26/2014/TT-BKHCN."),
        intro="Sở Khoa học xây dựng kế hoạch như sau:",
        sections=(
            SectionContent("I", "MỤC ĐÍCH", "- Duy trì hệ thống."),
            SectionContent("II", "NHIỆM VỤ", "", SectionKind.TASKS),
            SectionContent("III", "TỔ CHỨC THỰC HIỆN", "", SectionKind.RESPONSIBILITIES),
        ),
        phases=phases,
        responsibilities=(
            ResponsibilityContent("Văn phòng Sở", "- Theo dõi.", "1"),
            ResponsibilityContent("Các phòng chuyên môn", "- Thực hiện.", "2"),
        ),
        closing="Trên đây là kế hoạch./.",
        recipients=("Lãnh đạo Sở", "Lưu: VT"),
    )
