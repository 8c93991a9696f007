"""The rule by which answers are judged, and the arithmetic of shares. Pure and exact.

An answer counts as satisfied from `good_from` on (default 4 of 5). A share is satisfied answers over all answers; the
shares of several criteria, units or periods are the sums over the sums, never a mean of percentages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from objectives.figures import figure_text
from qms.text import fold

SMALLEST, LARGEST = 2, 10
MOST_CRITERIA = 20
DEFAULT_CRITERIA = (
    "Tiếp cận dịch vụ",
    "Thủ tục hành chính",
    "Công chức tiếp nhận, giải quyết",
    "Kết quả giải quyết hồ sơ",
    "Tiếp nhận, giải quyết góp ý, phản ánh",
)
DEFAULT_WORDS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
DEFAULT_GOOD_FROM = 4


@dataclass(frozen=True)
class Scheme:
    """What is asked and how answers are judged. `words` name the marks from 1 upwards; their number is the scale."""

    criteria: tuple[str, ...] = DEFAULT_CRITERIA
    words: tuple[str, ...] = DEFAULT_WORDS
    good_from: int = DEFAULT_GOOD_FROM

    @property
    def highest(self) -> int:
        """The highest mark."""
        return len(self.words)

    @property
    def rule(self) -> str:
        """The rule in a sentence, shown beside every percentage."""
        return f"Hài lòng là chấm từ mức {self.good_from} trên thang {self.highest}."


@dataclass(frozen=True)
class Share:
    """So many of so many answers were satisfied."""

    satisfied: int = 0
    answered: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.satisfied + other.satisfied, self.answered + other.answered)

    @property
    def percent(self) -> Fraction | None:
        """The exact percentage, or None where nobody answered."""
        return Fraction(100 * self.satisfied, self.answered) if self.answered else None

    @property
    def text(self) -> str:
        """ "95,5 %", or a dash."""
        return "–" if self.percent is None else figure_text(self.percent, "%", 1)

    @property
    def counts(self) -> str:
        """ "191/200"."""
        return f"{figure_text(self.satisfied)}/{figure_text(self.answered)}"

    @property
    def words(self) -> str:
        """ "95,5 % (191/200)"."""
        return f"{self.text} ({self.counts})" if self.answered else self.text


def share_of(counts: Sequence[int], good_from: int) -> Share:
    """The share in so many answers of each mark, the first one of mark 1."""
    return Share(sum(counts[good_from - 1 :]), sum(counts))


@dataclass(frozen=True)
class Counted:
    """The answers to one criterion: of each mark, or only how many there were and how many were satisfied."""

    share: Share
    counts: tuple[int, ...] = ()

    @classmethod
    def of(cls, counts: Sequence[int], good_from: int) -> "Counted":
        """From the number of answers of each mark."""
        return cls(share_of(counts, good_from), tuple(counts))


def survey_errors(sent: int | None, received: int | None, answers: Mapping[str, Counted]) -> dict[str, str]:
    """What does not add up, by "sent", "received" or the name of a criterion; nothing when it may be saved."""
    errors: dict[str, str] = {}
    if received is None or received < 0:
        errors["received"] = "Ghi số phiếu thu về, từ 0 trở lên."
        return errors
    if sent is not None and sent < 0:
        errors["sent"] = "Số phiếu phát ra từ 0 trở lên; không theo dõi thì để trống."
    elif sent is not None and received > sent:
        errors["received"] = f"Thu về {received} phiếu, nhiều hơn {sent} phiếu phát ra."
    for name, counted in answers.items():
        error = _answer_error(counted, received)
        if error:
            errors[name] = error
    return errors


def _answer_error(counted: Counted, received: int) -> str:
    share = counted.share
    if min((share.satisfied, share.answered, *counted.counts)) < 0:
        return "Số lượt chấm không được âm."
    if share.satisfied > share.answered:
        return f"{share.satisfied} lượt hài lòng, nhiều hơn {share.answered} lượt chấm."
    if share.answered > received:
        return f"Cộng các mức được {share.answered} lượt chấm, nhiều hơn {received} phiếu thu về."
    return ""


def scheme_errors(criteria: Sequence[str], words: Sequence[str], good_from: int) -> dict[str, str]:
    """What is wrong with a scheme, by field; nothing when it may be used."""
    errors: dict[str, str] = {}
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        errors["criteria"] = f"Ghi từ 1 đến {MOST_CRITERIA} tiêu chí, mỗi dòng một tiêu chí."
    elif len({fold(name) for name in criteria}) < len(criteria):
        errors["criteria"] = "Có tiêu chí ghi hai lần."
    elif any(len(name) > 200 for name in criteria):
        errors["criteria"] = "Mỗi tiêu chí tối đa 200 ký tự."
    if not SMALLEST <= len(words) <= LARGEST:
        errors["words"] = f"Ghi từ {SMALLEST} đến {LARGEST} mức, mỗi dòng một mức, từ thấp đến cao."
    elif len({fold(word) for word in words}) < len(words):
        errors["words"] = "Có mức ghi hai lần."
    elif not 2 <= good_from <= len(words):
        errors["good_from"] = f"Mức hài lòng từ 2 đến {len(words)}."
    return errors
