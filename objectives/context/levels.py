"""The scale by which risks and opportunities are judged: likelihood times effect, and the level that a score gives.

Pure. The default is five by five with levels up to 3, 8, 15 and 25 (DOMAIN 3.20); an agency may set its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST, LARGEST = 2, 10
TONES = ("done", "active", "soon", "late")
"""From the lowest level to the highest; levels between take the tones between."""
DEFAULT_LEVELS = ((3, "thấp"), (8, "trung bình"), (15, "cao"), (25, "rất cao"))
DEFAULT_LIKELIHOODS = ("rất hiếm", "ít khi", "có thể", "thường", "gần như chắc chắn")
DEFAULT_EFFECTS = ("không đáng kể", "nhỏ", "vừa", "lớn", "rất lớn")
DEFAULT_ACT_FROM = 9


@dataclass(frozen=True)
class Level:
    """What a score means. `tone` is how it is drawn, beside its name."""

    name: str
    tone: str
    rank: int


@dataclass(frozen=True)
class Scale:
    """`levels` are (highest score, name), ascending, the last at `size` squared; from `act_from` on one must act."""

    size: int = 5
    levels: tuple[tuple[int, str], ...] = DEFAULT_LEVELS
    act_from: int = DEFAULT_ACT_FROM
    likelihoods: tuple[str, ...] = DEFAULT_LIKELIHOODS
    effects: tuple[str, ...] = DEFAULT_EFFECTS

    def level(self, score: int) -> Level:
        """The level of a score from 1 to the square of the size. Raises ValueError outside."""
        if not 1 <= score <= self.size**2:
            raise ValueError(f"score {score} outside 1..{self.size**2}")
        rank = next(rank for rank, (highest, _) in enumerate(self.levels) if score <= highest)
        return Level(self.levels[rank][1], _tone(rank, len(self.levels)), rank)

    def must_act(self, score: int) -> bool:
        """Whether a score asks for an action."""
        return score >= self.act_from


def _tone(rank: int, count: int) -> str:
    if count < 2:
        return TONES[0]
    return TONES[round(rank * (len(TONES) - 1) / (count - 1))]


def scale_errors(
    size: int, levels: Sequence[tuple[int, str]], act_from: int, likelihoods: Sequence[str], effects: Sequence[str]
) -> dict[str, str]:
    """What is wrong with a scale, by field; nothing when it may be used."""
    errors: dict[str, str] = {}
    if not SMALLEST <= size <= LARGEST:
        errors["size"] = f"Thang từ {SMALLEST} đến {LARGEST} mức."
        return errors
    highest = [score for score, _ in levels]
    if not levels or highest != sorted(set(highest)) or highest[0] < 1:
        errors["levels"] = "Ghi các mức từ thấp đến cao, mỗi dòng một mức: điểm cao nhất, dấu gạch, tên mức."
    elif highest[-1] != size**2:
        errors["levels"] = f"Mức cuối phải đến điểm {size**2}."
    if not 1 <= act_from <= size**2:
        errors["act_from"] = f"Điểm phải có biện pháp từ 1 đến {size**2}."
    if len(likelihoods) != size:
        errors["likelihoods"] = f"Ghi đủ {size} dòng, từ mức 1 đến mức {size}."
    if len(effects) != size:
        errors["effects"] = f"Ghi đủ {size} dòng, từ mức 1 đến mức {size}."
    return errors
