"""The fictional department's objectives: words, targets, steps, figures. All of it is invented."""

from dataclasses import dataclass, field
from decimal import Decimal

from objectives.terms import Direction, Formula, Gathering, Measure, PeriodKind

_SHARE = {"measure": Measure.RATIO.value, "gathering": Gathering.RATIO_OF_SUMS.value, "unit_of_measure": "%"}
_IN_TIME = {
    "numerator_label": "Số hồ sơ giải quyết đúng hạn", "denominator_label": "Số hồ sơ đã giải quyết",
    "indicator": "Tỷ lệ hồ sơ giải quyết đúng hạn",
    "method": "Hồ sơ đúng hạn / hồ sơ đã giải quyết, theo Hệ thống thông tin giải quyết thủ tục hành chính",
    "clause": "8.5.1", **_SHARE,
}  # fmt: skip
_SENT_BACK = {
    "numerator_label": "Số hồ sơ yêu cầu bổ sung từ hai lần", "denominator_label": "Số hồ sơ tiếp nhận",
    "indicator": "Tỷ lệ hồ sơ yêu cầu bổ sung từ hai lần trở lên",
    "method": "Hồ sơ yêu cầu bổ sung từ hai lần / hồ sơ tiếp nhận",
    "direction": Direction.AT_MOST.value, "target": Decimal(2), "clause": "8.2.2", **_SHARE,
}  # fmt: skip


@dataclass(frozen=True)
class StepRow:
    """One step. `timing` is written as people write it."""

    text: str
    timing: str
    result: str
    support: str = ""


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective, its clause by number among the `fields`. `serves` is the key of the one above; `figures` (numerator, denominator) or numbers by period;

    `causes` explain the misses by the number of their period. `last` is the target and the figures of last year.
    """

    key: str
    statement: str
    fields: dict[str, object]
    steps: tuple[StepRow, ...] = ()
    serves: str = ""
    person: str = ""
    figures: tuple[object, ...] = ()
    causes: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    last: tuple[Decimal, tuple[object, ...], str] | None = None


DEPARTMENT = (
    ObjectiveRow(
        "dunghan",
        "Hồ sơ thủ tục hành chính thuộc thẩm quyền của Sở được giải quyết đúng hạn và trước hạn",
        {
            **_IN_TIME, "target": Decimal(95), "period": PeriodKind.QUARTER.value,
            "formula": Formula.RATIO_OF_SUMS.value, "basis": "Kế hoạch cải cách hành chính của Sở năm {year}",
            "resources": "Công chức Một cửa; Hệ thống thông tin giải quyết thủ tục hành chính",
            "monitoring": "Thư ký ISO tổng hợp hằng quý",
        },
        (
            StepRow("Rà soát hồ sơ sắp đến hạn tại các phòng", "Hằng quý", "Danh sách hồ sơ sắp đến hạn", "Các phòng"),
            StepRow("Niêm yết công khai thủ tục hành chính", "Trước ngày 31/3/{year}", "Bảng niêm yết"),
        ),
        last=(Decimal(93), ((612, 640), (701, 738), (655, 690), (720, 752)), ""),
    ),
    ObjectiveRow(
        "bosung",
        "Hạn chế hồ sơ phải yêu cầu bổ sung từ hai lần trở lên",
        {
            **_SENT_BACK, "period": PeriodKind.QUARTER.value, "formula": Formula.RATIO_OF_SUMS.value,
            "basis": "Nghị quyết của Đảng ủy Sở về cải cách hành chính", "resources": "Công chức thẩm định hồ sơ",
            "monitoring": "Kiểm tra hồ sơ hằng quý",
        },
        (StepRow("Ban hành bảng kiểm thành phần hồ sơ", "Quý I/{year}", "Bảng kiểm", "Các phòng có TTHC"),),
    ),
    ObjectiveRow(
        "hailong",
        "Tổ chức, cá nhân hài lòng với việc giải quyết thủ tục hành chính của Sở",
        {
            "indicator": "Tỷ lệ người trả lời hài lòng và rất hài lòng", "unit_of_measure": "%",
            "method": "Phiếu hài lòng / phiếu thu về, khảo sát mỗi 6 tháng", "target": Decimal(90),
            "period": PeriodKind.HALF_YEAR.value, "gathering": Gathering.MEAN.value, "evidence_required": False,
            "basis": "Chỉ số cải cách hành chính của tỉnh", "resources": "Phiếu khảo sát trực tuyến",
            "monitoring": "Báo cáo khảo sát", "clause": "9.1.2",
        },
        (StepRow("Khảo sát mức độ hài lòng", "Định kỳ 6 tháng và năm", "Báo cáo khảo sát"),),
        figures=("91,4", "92,1"),
        last=(
            Decimal(90), ("86,5", "88,5"),
            "Chưa có quầy hướng dẫn riêng tại Bộ phận Một cửa nên người dân phải đi lại nhiều lần.",
        ),
    ),
    ObjectiveRow(
        "taphuan",
        "Tập huấn áp dụng Hệ thống quản lý chất lượng cho công chức, viên chức",
        {
            "indicator": "Số lớp tập huấn đã tổ chức", "unit_of_measure": "lớp", "method": "Đếm số lớp trong kỳ",
            "target": Decimal(4), "period": PeriodKind.QUARTER.value, "gathering": Gathering.SUM.value,
            "basis": "Kế hoạch ISO năm {year}", "resources": "Kinh phí duy trì hệ thống", "monitoring": "Danh sách lớp",
            "clause": "7.2",
        },
        (StepRow("Tổ chức lớp tập huấn", "Quý II và Quý III/{year}", "Danh sách, tài liệu lớp", "Đơn vị tư vấn"),),
        figures=("1", "1", "1", "1"),
    ),
    ObjectiveRow(
        "congbo",
        "Công bố lại Hệ thống quản lý chất lượng sau khi điều chỉnh phạm vi",
        {
            "direction": Direction.MILESTONE.value, "measure": Measure.MILESTONE.value, "target": None,
            "indicator": "Quyết định công bố lại được ban hành", "period": PeriodKind.YEAR.value, "due": (12, 20),
            "basis": "Quyết định số 19/2014/QĐ-TTg", "resources": "Thư ký ISO, Văn phòng Sở",
            "monitoring": "Theo tiến độ kế hoạch ISO", "clause": "4.3",
        },
        (StepRow("Trình dự thảo quyết định công bố lại", "Trước ngày 10/12/{year}", "Tờ trình, dự thảo quyết định"),),
    ),
)  # fmt: skip


def _in_time(unit_words: str, *, months: bool = False, **more: object) -> dict[str, object]:
    return {
        **_IN_TIME, "target": Decimal(95), "basis": "Nhiệm vụ được giao năm {year}",
        "period": (PeriodKind.MONTH if months else PeriodKind.QUARTER).value,
        "resources": f"Công chức {unit_words}", "monitoring": "Trưởng phòng kiểm tra hằng tuần", **more,
    }  # fmt: skip


_WATCH = StepRow("Họp rà soát hồ sơ sắp đến hạn", "Hằng quý", "Biên bản họp")

UNITS: dict[str, tuple[ObjectiveRow, ...]] = {
    "dd": (
        ObjectiveRow(
            "dd-dunghan", "Hồ sơ đất đai được giải quyết đúng hạn và trước hạn",
            _in_time("Phòng Quản lý đất đai", months=True),
            (_WATCH, StepRow("Số hóa hồ sơ địa chính phục vụ thẩm định", "Trước ngày 30/9/{year}", "Cơ sở dữ liệu")),
            serves="dunghan",
            figures=(
                (88, 91), (61, 63), (97, 100), (104, 108), (99, 103), (110, 113), (95, 98), (101, 104), (93, 96),
                (98, 101), (105, 108), (90, 92),
            ),
        ),
        ObjectiveRow(
            "dd-canhan", "Thẩm định hồ sơ cấp giấy chứng nhận trong thời hạn được giao",
            _in_time("được phân công", resources="Phần mềm thẩm định"),
            (StepRow("Lập sổ theo dõi hồ sơ được giao", "Quý I/{year}", "Sổ theo dõi"),),
            serves="dd-dunghan", person="vothikimoanh", figures=((60, 61), (71, 73), (66, 68), (64, 65)),
        ),
    ),
    "mt": (
        ObjectiveRow(
            "mt-dunghan", "Hồ sơ môi trường được giải quyết đúng hạn và trước hạn", _in_time("Phòng Quản lý môi trường"),
            (_WATCH,), serves="dunghan", figures=((41, 43), (44, 48), (46, 49), (40, 42)),
            causes={
                2: (
                    "Hai chuyên viên nghỉ chế độ cùng lúc, hồ sơ đánh giá tác động môi trường dồn vào tháng 6.",
                    "Trưởng phòng trực tiếp thẩm định bốn hồ sơ quá hạn, có thư xin lỗi.",
                    "Phân công người dự phòng cho từng lĩnh vực.",
                ),
                3: (
                    "Chờ ý kiến của đơn vị phối hợp quá thời hạn.", "Đôn đốc bằng văn bản, giải quyết xong trong kỳ.",
                    "Đưa thời hạn trả lời vào quy chế phối hợp.",
                ),
            },
        ),
    ),
    "tn": (
        ObjectiveRow(
            "tn-dunghan", "Hồ sơ tài nguyên nước, khoáng sản được giải quyết đúng hạn và trước hạn",
            _in_time("phòng"), (_WATCH,), serves="dunghan", figures=((29, 30), (31, 32), (30, 31), (28, 29)),
        ),
        ObjectiveRow(
            "tn-bosung", "Hạn chế hồ sơ khoáng sản phải yêu cầu bổ sung từ hai lần trở lên",
            {
                **_SENT_BACK, "period": PeriodKind.QUARTER.value, "gathering": Gathering.WORST.value,
                "basis": "Kết luận xem xét của lãnh đạo năm trước", "resources": "Công chức phòng",
                "monitoring": "Nhật ký tiếp nhận",
            },
            (StepRow("Hướng dẫn trước khi nộp hồ sơ tại Một cửa", "Thường xuyên", "Phiếu hướng dẫn"),),
            serves="bosung", figures=((0, 30), (3, 30), (0, 31), (0, 29)),
            causes={
                2: (
                    "Mẫu đề nghị cấp phép thay đổi từ tháng 4 nhưng bảng kiểm tại Một cửa chưa được sửa.",
                    "Đã sửa bảng kiểm, hướng dẫn lại ba tổ chức nộp hồ sơ.",
                    "Khi có văn bản mới, sửa bảng kiểm trước ngày văn bản có hiệu lực.",
                ),
            },
        ),
    ),
    "tt": (
        ObjectiveRow(
            "tt-dunghan", "Hồ sơ trồng trọt, chăn nuôi được giải quyết đúng hạn và trước hạn", _in_time("phòng"),
            (_WATCH,), serves="dunghan", figures=((52, 53), (57, 59), (55, 57), (50, 52)),
        ),
    ),
    "kl": (
        ObjectiveRow(
            "kl-dunghan", "Hồ sơ lâm nghiệp được giải quyết đúng hạn và trước hạn", _in_time("Chi cục Kiểm lâm"),
            (_WATCH,), serves="dunghan", figures=((18, 18), (21, 22), (20, 20), (19, 20)),
        ),
        ObjectiveRow(
            "kl-chay", "Không để cháy rừng lớn trên địa bàn quản lý",
            {
                "indicator": "Số vụ cháy rừng trên 5 ha", "unit_of_measure": "vụ", "method": "Theo biên bản vụ việc",
                "direction": Direction.AT_MOST.value, "target": Decimal(1), "period": PeriodKind.QUARTER.value,
                "gathering": Gathering.SUM.value, "basis": "Phương án phòng cháy, chữa cháy rừng năm {year}",
                "resources": "Lực lượng kiểm lâm, dân quân xã", "monitoring": "Trực ban mùa khô", "clause": "8.1",
            },
            (StepRow("Tuần tra, trực cháy mùa khô", "Tháng 2, 3, 4/{year}", "Nhật ký tuần tra", "UBND các xã"),),
            figures=("0", "0", "0", "0"),
        ),
    ),
}  # fmt: skip
# Registered and waiting for the secretary.
WAITING: dict[str, tuple[ObjectiveRow, ...]] = {
    "nt": (
        ObjectiveRow(
            "nt-bosung", "Nâng cao chất lượng tham mưu chương trình nông thôn mới",
            {
                "target": Decimal(12), "unit_of_measure": "xã", "indicator": "Số xã hoàn thành hồ sơ xét công nhận",
                "period": PeriodKind.QUARTER.value, "gathering": Gathering.SUM.value,
            },
        ),
    ),
}  # fmt: skip
