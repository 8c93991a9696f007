"""A plan of an invented department, with every kind of part."""

import datetime

from plans.content import (
    PhaseContent,
    PlanContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    Signer,
    TaskContent,
)

PREPARE = PhaseContent(
    "1",
    "Công tác chuẩn bị",
    (
        TaskContent(
            "1",
            "Phân công cán bộ theo dõi từng quy trình",
            ("Bảng phân công",),
            "Văn phòng Sở",
            "Các phòng",
            "Giám đốc Sở",
            "Tháng 01/2026",
        ),
        TaskContent(
            "2",
            "Đăng ký chỉ tiêu chất lượng của từng phòng",
            ("Bảng đăng ký", "Tờ trình kèm theo"),
            "Các phòng",
            "Thư ký ISO",
            "",
            "Quý I/2026",
        ),
    ),
)
CARRY_OUT = PhaseContent(
    "2",
    "Triển khai và đánh giá",
    (
        TaskContent(
            "1",
            "Tập huấn cách ghi hồ sơ",
            ("Giấy mời", "Danh sách dự họp", "Tài liệu tập huấn"),
            "Thư ký ISO",
            "Trung tâm Lưu trữ",
            "",
            "Trước ngày 15/4/2026",
        ),
        TaskContent(
            "2", "Đánh giá chéo giữa các phòng", ("Báo cáo đánh giá",), "Đoàn đánh giá", "", "", "Quý III/2026"
        ),
        TaskContent("2", "Khắc phục điểm chưa phù hợp", ("Phiếu khắc phục",), "Các phòng", "", "", "Sau khi đánh giá"),
        TaskContent(
            "3",
            "Cập nhật quy trình",
            (),
            "Các phòng",
            "Văn phòng Sở",
            "",
            "- Khi có văn bản mới: trong 20 ngày làm việc.\n- Khi không có văn bản mới: trước ngày 30/9/2026",
        ),
    ),
)
PLAN = PlanContent(
    agency="SỞ NỘI VỤ",
    parent_agency="UBND TỈNH SƠN BÌNH",
    number="07",
    symbol="KH-SNV",
    place="Sơn Bình",
    date=datetime.date(2026, 1, 9),
    subject="Vận hành và cải tiến hệ thống quản lý chất lượng của Sở Nội vụ năm 2026",
    year=2026,
    bases=(
        "Căn cứ Quyết định số 45/QĐ-UBND ngày 02/01/2026 của UBND tỉnh Sơn Bình về chương trình công tác năm;",
        "Theo đề nghị của Chánh Văn phòng Sở.",
    ),
    intro="Sở Nội vụ ban hành Kế hoạch vận hành hệ thống quản lý chất lượng năm 2026 với các nội dung như sau:",
    sections=(
        SectionContent(
            "I",
            "MỤC ĐÍCH, YÊU CẦU",
            "1. Mục đích\nGiữ cho công việc rõ người, rõ hạn.\n2. Yêu cầu\n- Làm đúng quy trình.",
        ),
        SectionContent("II", "NHIỆM VỤ", "Các nhiệm vụ được chia theo giai đoạn:", SectionKind.TASKS),
        SectionContent("III", "KINH PHÍ", "Từ dự toán được giao năm 2026."),
        SectionContent("IV", "TỔ CHỨC THỰC HIỆN", "", SectionKind.RESPONSIBILITIES),
    ),
    phases=(PREPARE, CARRY_OUT),
    responsibilities=(
        ResponsibilityContent("Văn phòng Sở", "- Theo dõi tiến độ.\n- Báo cáo Giám đốc mỗi quý.", "1"),
        ResponsibilityContent("Các phòng thuộc Sở", "Phân công người thực hiện và gửi báo cáo đúng hạn.", "2"),
    ),
    closing="Trên đây là Kế hoạch năm 2026 của Sở Nội vụ; các phòng nghiêm túc thực hiện./.",
    recipients=("UBND tỉnh (báo cáo)", "Các phòng thuộc Sở", "Lưu: VT, VP"),
    signer=Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Minh Khôi"),
)
