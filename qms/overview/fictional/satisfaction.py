"""Surveys of the first three quarters by unit, what people wrote, and the objective that takes its figures from them."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from objectives.models import Objective
from objectives.periods import Period
from objectives.satisfaction.actions import Given, add_survey, feed_objective, handle_comment
from objectives.satisfaction.models import Channel, Survey
from objectives.satisfaction.scheme import DEFAULT_CRITERIA, Counted, Scheme
from objectives.terms import PeriodKind
from qms.organisation.models import Agency, Unit, User

# Quarter → unit: sent, received, satisfied by criterion. The first half-year makes 91,4 %, as the objective reports.
SURVEYS = {
    1: {
        "vp": (150, 128, (122, 119, 123, 121, 114)), "dd": (130, 104, (94, 90, 95, 93, 85)),
        "mt": (80, 66, (61, 59, 60, 60, 57)), "tt": (95, 82, (77, 75, 79, 77, 73)),
        "kl": (140, 120, (112, 108, 114, 109, 103)),
    },
    2: {
        "vp": (150, 132, (127, 122, 129, 125, 119)), "dd": (130, 108, (97, 94, 98, 96, 91)),
        "mt": (80, 64, (59, 57, 60, 58, 55)), "tt": (95, 80, (76, 73, 78, 75, 71)),
        "kl": (140, 116, (108, 104, 110, 107, 101)),
    },
    3: {
        "vp": (160, 138, (133, 128, 135, 132, 124)), "dd": (130, 110, (100, 98, 101, 102, 92)),
        "mt": (80, 68, (63, 62, 64, 62, 58)), "tt": (90, 78, (74, 72, 77, 73, 69)),
        "kl": (130, 112, (105, 101, 106, 103, 98)),
    },
}  # fmt: skip
COMMENTS = {
    (1, "vp"): ("Ghế chờ ít, buổi sáng phải đứng.", "Công chức hướng dẫn tận tình."),
    (1, "dd"): ("Phải bổ sung hồ sơ hai lần vì lần đầu không được hướng dẫn đủ.",),
    (2, "vp"): ("Nên có quầy hướng dẫn kê khai trực tuyến.", "Trả kết quả sớm hơn giấy hẹn."),
    (2, "dd"): ("Đề nghị niêm yết thành phần hồ sơ dễ đọc hơn.",),
    (3, "mt"): ("Chờ thẩm định lâu, gọi điện hỏi không có người trả lời.",),
    (3, "kl"): ("Cán bộ xã chuyển hồ sơ chậm.", "Thái độ tốt."),
}
HANDLED = {
    "Ghế chờ ít, buổi sáng phải đứng.": "Đã bố trí thêm 12 ghế tại khu vực chờ.",
    "Nên có quầy hướng dẫn kê khai trực tuyến.": "Đã mở quầy hướng dẫn, có đoàn viên thanh niên hỗ trợ.",
    "Đề nghị niêm yết thành phần hồ sơ dễ đọc hơn.": "Đã in lại bảng niêm yết khổ A1, có mã QR.",
}


def tell_surveys(agency: Agency, units: dict[str, Unit], people: dict[str, User], year: int, *, until: date) -> None:
    """Each quarter is entered five days after its end."""
    for index, rows in SURVEYS.items():
        period = Period(year, PeriodKind.QUARTER, index)
        day = period.end + timedelta(days=5)
        if day > until:
            return
        for key, (sent, received, satisfied) in rows.items():
            answers = {
                name: Counted.of(_marks(received, good), Scheme().good_from)
                for name, good in zip(DEFAULT_CRITERIA, satisfied, strict=True)
            }
            comments = [(None, text) for text in COMMENTS.get((index, key), ())]
            survey = add_survey(
                agency=agency, unit=units[key], period=period, channel=Channel.PAPER, actor=people["thuky"], at=_at(day),
                given=Given(sent, received, answers, comments),
            )  # fmt: skip
            _handle(survey, people["thuky"], day)
        _feed(agency, year, people["thuky"], _at(day))


def _marks(received: int, satisfied: int) -> tuple[int, ...]:
    """From the lowest mark up: most of the satisfied gave the highest, most of the others the middle."""
    others = received - satisfied
    lowest, low = others // 10, others // 4
    best = satisfied * 3 // 5
    return (lowest, low, others - low - lowest, satisfied - best, best)


def _handle(survey: Survey, secretary: User, day: date) -> None:
    for comment in survey.comments.filter(text__in=HANDLED):
        handle_comment(comment, handling=HANDLED[comment.text], actor=secretary, at=_at(day + timedelta(days=9)))


def _feed(agency: Agency, year: int, secretary: User, at: datetime) -> None:
    """The department's objective about satisfaction takes its figures from here."""
    objective = Objective.objects.filter(
        objective_set__agency=agency, objective_set__year=year, objective_set__unit=None, search__contains="hai long"
    ).first()  # fmt: skip
    if objective:
        feed_objective(objective, unit=None, criterion="", actor=secretary, at=at)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 40)))
