"""The fictional department's context: issues, interested parties, risks and opportunities. All of it is invented."""

from dataclasses import dataclass

from objectives.context.models import Issue, Risk

_INSIDE, _OUTSIDE = Issue.Side.INTERNAL, Issue.Side.EXTERNAL
_RISK, _CHANCE = Risk.Kind.RISK, Risk.Kind.OPPORTUNITY


@dataclass(frozen=True)
class IssueRow:
    """One issue; `unit` is the key of who keeps it. `retired`: why it no longer holds since this year's look."""

    key: str
    unit: str
    side: Issue.Side
    text: str
    effect: str
    response: str
    climate: bool = False
    retired: str = ""


@dataclass(frozen=True)
class PartyRow:
    """One interested party and what it requires."""

    key: str
    unit: str
    name: str
    needs: str
    follow_up: str
    climate: bool = False


@dataclass(frozen=True)
class ActionRow:
    """What is done about a risk. `done` is the day (month, day) of the report with its `result`; the secretary judges.

    Without a day it is still open. `timing` is written as people write it.
    """

    unit: str
    text: str
    timing: str
    done: tuple[int, int] | None = None
    result: str = ""
    effective: bool = True
    verdict: str = ""


@dataclass(frozen=True)
class RiskRow:
    """One risk or opportunity. `first` and `again` are (likelihood, effect) as judged when it was found and at this

    year's look, `after` when the action had worked. `last_action` was tried the year before.
    Rows without `first` were found this year. `objective` is a word of the statement that it bears on.
    """

    unit: str
    kind: Risk.Kind
    clause: str
    process: str
    text: str
    cause: str
    consequence: str
    response: str
    again: tuple[int, int]
    first: tuple[int, int] | None = None
    after: tuple[int, int] | None = None
    issue: str = ""
    party: str = ""
    objective: str = ""
    climate: bool = False
    last_action: ActionRow | None = None
    action: ActionRow | None = None


ISSUES = (
    IssueRow(
        "nhanluc", "tccb", _INSIDE,
        "Sau sắp xếp, mười hai vị trí chuyên môn do người mới đảm nhiệm, chưa quen quy trình giải quyết hồ sơ.",
        "Thời gian thẩm định kéo dài, cách hướng dẫn thành phần hồ sơ chưa thống nhất giữa các phòng.",
        "Kèm cặp tại chỗ ba tháng đầu; tập huấn quy trình mỗi quý một buổi.",
    ),
    IssueRow(
        "dulieu", "dd", _INSIDE,
        "Hồ sơ địa chính của ba huyện cũ mới số hóa được khoảng sáu phần mười.",
        "Tra cứu phải mở kho giấy, dễ chậm hẹn với người dân.",
        "Số hóa theo xã có nhiều giao dịch trước; báo tiến độ hằng tháng.",
    ),
    IssueRow(
        "haitruso", "vp", _INSIDE,
        "Sở làm việc tại hai trụ sở cách nhau bảy ki-lô-mét.",
        "Luân chuyển hồ sơ giấy mất nửa ngày, phối hợp giữa các phòng kém kịp thời.",
        "Ký số và luân chuyển điện tử cho mọi hồ sơ nội bộ.",
        retired="Các phòng đã chuyển về một trụ sở từ đầu năm.",
    ),
    IssueRow(
        "phapluat", "dd", _OUTSIDE,
        "Văn bản hướng dẫn về đất đai, môi trường thay đổi nhiều lần trong năm.",
        "Quy trình, biểu mẫu và bảng kiểm dễ lạc hậu so với quy định đang có hiệu lực.",
        "Mỗi phòng cử một người theo dõi văn bản mới, rà quy trình trong mười ngày làm việc.",
    ),
    IssueRow(
        "hanman", "tn", _OUTSIDE,
        "Mùa khô đến sớm, nước mặn vào sâu hơn ở hạ lưu sông.",
        "Hồ sơ khai thác nước dưới đất tăng đột biến vào quý I; số liệu quan trắc phải cập nhật nhanh hơn.",
        "Theo dõi bản tin thủy văn hằng tuần, bố trí thêm người thẩm định trong mùa khô.",
        climate=True,
    ),
)  # fmt: skip
PARTIES = (
    PartyRow(
        "nguoidan", "vp", "Người dân, doanh nghiệp nộp hồ sơ",
        "Biết rõ thành phần hồ sơ ngay lần đầu, nhận kết quả đúng hẹn, được trả lời khi hỏi.",
        "Khảo sát hài lòng mỗi quý, đường dây tiếp nhận phản ánh, thư xin lỗi khi trễ hẹn.",
    ),
    PartyRow(
        "tinh", "vp", "UBND tỉnh",
        "Hoàn thành nhiệm vụ được giao đúng hạn, giữ thứ hạng cải cách hành chính của Sở.",
        "Báo cáo theo kỳ; lãnh đạo Sở kiểm điểm nhiệm vụ chậm mỗi tuần.",
    ),
    PartyRow(
        "xa", "dd", "UBND các xã, phường",
        "Hướng dẫn chuyên môn kịp thời, không bắt xã xác nhận lại điều hệ thống đã có.",
        "Nhóm trao đổi với công chức địa chính xã; tập huấn hai lần mỗi năm.",
    ),
    PartyRow(
        "bo", "khtc", "Bộ Nông nghiệp và Môi trường",
        "Số liệu ngành đầy đủ, đúng kỳ, gồm cả phát thải và thích ứng với biến đổi khí hậu.",
        "Lịch báo cáo ngành gắn với từng phòng, một đầu mối kiểm tra trước khi gửi.",
        climate=True,
    ),
    PartyRow(
        "congchuc", "tccb", "Công chức, viên chức của Sở",
        "Việc được giao rõ, có công cụ làm việc ổn định, được đào tạo khi đổi vị trí.",
        "Đối thoại với Giám đốc mỗi sáu tháng; ghi nhận đề xuất cải tiến.",
    ),
)  # fmt: skip
RISKS = (
    RiskRow(
        "dd", _RISK, "8.5.1", "Giải quyết hồ sơ đất đai", "Trả kết quả hồ sơ đất đai trễ hẹn vào tháng cao điểm",
        "Phải tra kho giấy; hồ sơ dồn sau kỳ nghỉ Tết", "Người dân phải đi lại, Sở mất điểm cải cách hành chính",
        "Nhắc hồ sơ trước hạn ba ngày", first=(4, 4), again=(4, 4), after=(2, 4), issue="dulieu", party="nguoidan",
        last_action=ActionRow(
            "dd", "Tăng giờ làm thứ Bảy để giải quyết hồ sơ tồn", "Trước ngày 01/10/{year}", (9, 22),
            "Đã làm thêm mười một buổi, giải quyết xong hồ sơ tồn của tháng 8.",
            effective=False, verdict="Hồ sơ tồn trở lại sau hai tháng: nguyên nhân là tra cứu giấy vẫn còn nguyên.",
        ),
        action=ActionRow(
            "dd", "Số hóa hồ sơ địa chính của tám xã có nhiều giao dịch nhất", "Trước ngày 16/6/{year}", (6, 9),
            "Đã số hóa và nghiệm thu tám xã, đưa vào tra cứu từ ngày 05/6.",
            verdict="Thời gian tra cứu giảm từ hai ngày còn nửa giờ, không còn hồ sơ trễ do tra kho.",
        ),
    ),
    RiskRow(
        "mt", _RISK, "8.4.2", "Thẩm định hồ sơ môi trường", "Ý kiến của cơ quan phối hợp đến quá hạn",
        "Quy chế phối hợp không ghi thời hạn trả lời", "Hồ sơ chờ, quá hạn ngoài ý muốn của phòng",
        "Gọi điện đôn đốc", again=(4, 3), after=(2, 3), party="nguoidan", objective="dung han",
        action=ActionRow(
            "mt", "Đưa thời hạn trả lời năm ngày làm việc vào quy chế phối hợp", "Trước ngày 01/9/{year}", (8, 20),
            "Quy chế sửa đổi đã được năm cơ quan ký.",
            verdict="Từ khi ký không còn ý kiến nào đến sau năm ngày.",
        ),
    ),
    RiskRow(
        "tn", _RISK, "8.2.2", "Tiếp nhận hồ sơ tài nguyên nước", "Hướng dẫn sai thành phần hồ sơ khi quy định vừa thay đổi",
        "Bảng kiểm tại Bộ phận Một cửa không được sửa cùng ngày", "Người nộp phải bổ sung nhiều lần",
        "Gửi văn bản mới cho Một cửa", first=(3, 3), again=(3, 3), issue="phapluat",
        action=ActionRow("tn", "Lập lịch rà bảng kiểm gắn với ngày văn bản có hiệu lực", "Trước ngày 16/12/{year}"),
    ),
    RiskRow(
        "vp", _RISK, "7.5.3", "Lưu trữ hồ sơ điện tử", "Mất hoặc lộ hồ sơ khi máy chủ của Sở hỏng",
        "Bản sao lưu để cùng phòng máy", "Không chứng minh được kết quả giải quyết, lộ thông tin người dân",
        "Sao lưu hằng đêm", first=(2, 5), again=(2, 5), after=(1, 5),
        action=ActionRow(
            "vp", "Chuyển một bản sao lưu sang trung tâm dữ liệu của tỉnh, diễn tập khôi phục", "Trước ngày 16/5/{year}",
            (5, 8), "Đã chuyển; diễn tập khôi phục trong ba giờ, đủ dữ liệu.",
            verdict="Diễn tập lần hai do phòng khác thực hiện cũng đạt.",
        ),
    ),
    RiskRow(
        "tn", _RISK, "8.1", "Cấp phép khai thác nước", "Số liệu quan trắc mặn đến chậm, cấp phép vượt khả năng của tầng nước",
        "Ba trạm đo còn chép tay", "Sụt mực nước, người dân hạ lưu thiếu nước",
        "Đối chiếu bản tin thủy văn", first=(3, 4), again=(2, 4), issue="hanman", climate=True,
    ),
    RiskRow(
        "tccb", _RISK, "7.2", "Bố trí nhân lực", "Người mới xử lý sai quy trình trong ba tháng đầu",
        "Tài liệu bàn giao sơ sài", "Sự không phù hợp lặp lại, phải làm lại hồ sơ",
        "Kèm cặp tại chỗ", first=(4, 2), again=(3, 2), issue="nhanluc", party="congchuc",
    ),
    RiskRow(
        "vp", _CHANCE, "9.1.2", "Tiếp nhận và trả kết quả", "Người dân trẻ sẵn sàng nộp hồ sơ hoàn toàn trực tuyến",
        "Tài khoản định danh đã phổ biến", "Giảm lượt đến quầy, trả kết quả sớm hơn",
        "Quầy hướng dẫn kê khai", first=(3, 4), again=(4, 4), party="nguoidan",
        action=ActionRow(
            "vp", "Làm sáu đoạn hướng dẫn ngắn cho sáu thủ tục nhiều người nộp nhất", "Trước ngày 16/7/{year}", (7, 7),
            "Đã đăng sáu đoạn; lượt nộp trực tuyến tháng 6 tăng rõ.",
            verdict="Tỷ lệ nộp trực tuyến của sáu thủ tục vượt mức đề ra.",
        ),
    ),
    RiskRow(
        "kl", _CHANCE, "7.1.3", "Bảo vệ rừng", "Ảnh vệ tinh miễn phí cho phép phát hiện điểm cháy sớm hơn",
        "Dữ liệu mở cập nhật mỗi ngày", "Rút ngắn thời gian đến hiện trường, đỡ công tuần tra",
        "Tuần tra theo tổ", again=(3, 3), climate=True,
        action=ActionRow("kl", "Thử cảnh báo điểm cháy bằng ảnh vệ tinh tại hai hạt", "Trước ngày 20/12/{year}"),
    ),
)  # fmt: skip
