"""What the units of the fictional department say of their tasks, by the number of the task. All of it is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A result, how it goes on the way there, and the file that proves it."""

    done: str
    under_way: str = "Đã phân công, đang thực hiện theo kế hoạch."
    file: str = "Bien ban lam viec.pdf"


WORDS = {
    "1": Words("Đã trình ký, kế hoạch được ban hành.", file="Bien ban hop gop y ke hoach.pdf"),
    "2": Words("Hoàn thành báo cáo năm trước và bảng mục tiêu của Sở.", "Đang chờ số liệu của hai phòng.",
               "Bang muc tieu chat luong.csv"),
    "3": Words("Đã đăng ký ba mục tiêu, có chỉ tiêu và cách đo.", "Đang thống nhất chỉ tiêu trong phòng.",
               "Muc tieu chat luong cua phong.csv"),
    "4": Words("Cập nhật bảng rủi ro, cơ hội; bổ sung hai rủi ro về chuyển đổi dữ liệu.",
               "Đã họp phòng, đang hoàn thiện bảng.", "Bang rui ro, co hoi.csv"),
    "5": Words("Quyết định kiện toàn đã được ký.", file="Bien ban hop kien toan.pdf"),
    "6": Words("Kinh phí đã giao trong dự toán.", "Chờ thông báo dự toán bổ sung.", "Du toan duoc giao.csv"),
    "7": Words("Tập huấn một buổi, 34 người dự, 32 người đạt bài kiểm tra.", "Đã có giáo trình, đang chốt danh sách.",
               "Danh sach tham du tap huan.csv"),
    "8": Words("Quy trình sửa đổi đã được phê duyệt.", "Đã rà soát ba trong năm quy trình.", "Phieu yeu cau sua doi.pdf"),
    "9": Words("Trong quý có hai hồ sơ trễ hạn, đã xin lỗi và giải quyết xong.", file="So theo doi ho so.csv"),
    "10": Words("Tổng hợp 412 phiếu, mức hài lòng 96,4 %.", "Đã nhận phiếu của hai tháng.", "Tong hop muc do hai long.csv"),
    "11": Words("Đạt ba trên ba mục tiêu; số liệu kèm theo.", "Đang tổng hợp số liệu từ các bộ phận.",
                "Ket qua muc tieu.csv"),
    "12": Words("Chương trình và kế hoạch đánh giá đã được phê duyệt.", file="Chuong trinh danh gia.pdf"),
    "13": Words("Đã đánh giá xong, lập báo cáo.", "Còn hai đơn vị chưa đánh giá.", "Bao cao danh gia noi bo.pdf"),
    "14": Words("Đã khắc phục, phiếu được người đánh giá xác nhận.", "Đã tìm nguyên nhân, đang sửa biểu mẫu.",
                "Phieu hanh dong khac phuc.pdf"),
    "18": Words("Báo cáo đã gửi Sở Khoa học và Công nghệ.", "Dự thảo đang lấy ý kiến.", "Bao cao nam.pdf"),
}  # fmt: skip
PLAIN = Words("Đã hoàn thành.")
REASONS = (
    "Chậm vì chờ số liệu của xã sau sắp xếp; dự kiến xong trong tuần tới.",
    "Cán bộ phụ trách đi công tác dài ngày; đã giao người khác làm tiếp.",
)
INPUT = "Đã gửi ý kiến và số liệu cho đơn vị chủ trì."
