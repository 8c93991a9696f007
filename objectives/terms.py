"""The words of measurement: which way a target points, how often it is measured, how figures are put together."""

from enum import StrEnum


class Term(StrEnum):
    """A value with the Vietnamese words for it."""

    label: str

    def __new__(cls, value: str, label: str) -> "Term":
        """`value` is stored, `label` is shown."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """As a form or a model field takes them."""
        return [(term.value, term.label) for term in cls]


class Direction(Term):
    """Which figures are good."""

    AT_LEAST = "at_least", "ít nhất (càng cao càng tốt)"
    AT_MOST = "at_most", "không quá (càng thấp càng tốt)"
    WITHIN = "within", "trong khoảng"
    EQUAL = "equal", "đúng bằng"
    MILESTONE = "milestone", "đạt một mốc trước hạn"


class Measure(Term):
    """What is entered for a period."""

    NUMBER = "number", "một số"
    RATIO = "ratio", "tử số và mẫu số"
    MILESTONE = "milestone", "ngày đạt mốc"


class PeriodKind(Term):
    """How often a figure is due."""

    MONTH = "month", "hằng tháng"
    QUARTER = "quarter", "hằng quý"
    HALF_YEAR = "half_year", "6 tháng một lần"
    YEAR = "year", "cả năm"


class Gathering(Term):
    """How the figures of the periods become the figure of the year so far."""

    LATEST = "latest", "lấy kỳ gần nhất"
    SUM = "sum", "cộng các kỳ"
    MEAN = "mean", "trung bình các kỳ"
    RATIO_OF_SUMS = "ratio_of_sums", "cộng tử số và mẫu số các kỳ rồi chia"
    WORST = "worst", "lấy kỳ kém nhất"


class Formula(Term):
    """How an objective's figure follows from those of the objectives that serve it."""

    OWN = "own", "có số liệu riêng"
    SUM = "sum", "cộng các đơn vị"
    WEIGHTED_MEAN = "weighted_mean", "trung bình theo trọng số"
    RATIO_OF_SUMS = "ratio_of_sums", "cộng tử số và mẫu số các đơn vị rồi chia"
    WORST = "worst", "lấy đơn vị kém nhất"
    COUNT_ACHIEVED = "count_achieved", "đếm số mục tiêu đạt"


class Standing(Term):
    """How an objective, or one period of it, stands."""

    ACHIEVED = "achieved", "đạt"
    ON_TRACK = "on_track", "đúng hướng"
    AT_RISK = "at_risk", "có nguy cơ"
    MISSED = "missed", "không đạt"
    NO_DATA = "no_data", "thiếu số liệu"
    NOT_YET_DUE = "not_yet_due", "chưa đến kỳ"


class Presence(Term):
    """Whether there is a figure. What is not yet due is no zero, and neither is what did not arise."""

    GIVEN = "given", "có số liệu"
    NOTHING = "nothing", "không phát sinh"
    MISSING = "missing", "quá hạn chưa có"
    NOT_DUE = "not_due", "chưa đến kỳ"
