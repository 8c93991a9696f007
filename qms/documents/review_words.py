"""Rules on the words: citations, capitals, spaces and punctuation, the name of the standard."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qms.documents.model import Align, OfficialDocument, Paragraph
from qms.documents.review_frame import KIND_SIGNS
from qms.documents.review_remarks import (
    LayoutRemark,
    Placed,
    fault,
    is_running_text,
    note,
    placed_blocks,
    placed_texts,
    places,
)

_AROUND = 15
_SENTENCE_ENDS = (".", ";", ":", ",", "…", "?")
_SIGNS = {**KIND_SIGNS, "nghị định": "NĐ", "thông tư": "TT"}
_KINDS = "|".join(kind.capitalize() for kind in _SIGNS)
_CITATION = re.compile(
    rf"\b(?P<kind>{_KINDS})(?P<so> số)? "
    r"(?P<number>\d+(?:/\d{4})?/(?P<sign>[A-ZĐ][A-Za-zĐđ]*)-[A-ZĐ][\w-]*)(?P<dated>,? ngày)?"
)


@dataclass(frozen=True)
class Habit:
    """A way of writing to find, and how it should read instead; None where the match is right after all."""

    pattern: re.Pattern[str]
    better: Callable[[re.Match[str]], str | None]


def _habit(pattern: str, better: str | Callable[[re.Match[str]], str | None]) -> Habit:
    if callable(better):
        return Habit(re.compile(pattern), better)
    return Habit(re.compile(pattern), lambda match: match.expand(better))


def _lower_inside_sentence(match: re.Match[str]) -> str | None:
    """The common noun before a place or a clause is small when the sentence did not just begin."""
    before, noun, rest = match[1], match[2], match[3]
    return f"{before} {noun.lower()} {rest}" if before.islower() else None


def _function_group(match: re.Match[str]) -> str | None:
    """Every group of functions in the name of a Bộ or Sở begins with a capital."""
    groups = (match[2], match[3], match[4])
    if not groups[0][0].isupper() or all(group[0].isupper() for group in groups):
        return None
    first, second, third = (group[0].upper() + group[1:] for group in groups)
    return f"{match[1]} {first}, {second} và {third}"


CAPITALS = (
    _habit(r"\b(Ủy ban nhân dân|UBND) (Tỉnh|Thành phố|Huyện|Xã)\b(?! Hồ Chí Minh)", lambda m: f"{m[1]} {m[2].lower()}"),
    _habit(r"\b([Uu])ỷ ban\b", lambda m: "Ủy ban" if m[1] == "U" else "ủy ban"),
    _habit(r"\bUỶ BAN\b", "ỦY BAN"),
    _habit(r"\bỦy ban Nhân dân\b", "Ủy ban nhân dân"),
    _habit(r"\bthủ đô Hà Nội\b", "Thủ đô Hà Nội"),
    _habit(r"\bthành phố Hồ Chí Minh\b", "Thành phố Hồ Chí Minh"),
    _habit(r"\b(?!dân)(\w+) (Tỉnh|Huyện|Xã) ([A-ZĐ]\w*)", _lower_inside_sentence),
    _habit(r"\b(\w+) (Khoản|Điểm) (\w+ (?:khoản|Khoản|Điều) \d+)", _lower_inside_sentence),
    _habit(r"\b(khoản \d+) điều (\d+)", r"\1 Điều \2"),
    _habit(r"\b(quyết định|kế hoạch|thông tư|nghị định|nghị quyết|chỉ thị) số (\d+/)", lambda m: m[0].capitalize()),
    _habit(r"\b[Tt]ết nguyên đán\b", "tết Nguyên đán"),
    _habit(r"\b[Bb]an chỉ đạo\b", "Ban Chỉ đạo"),
    _habit(r"\bthứ (hai|ba|tư|năm|sáu|bảy)(?=,? ngày \d)", lambda m: f"thứ {m[1].capitalize()}"),
    _habit(r"\b(Nhà) Nước\b", r"\1 nước"),
    _habit(r"\b(Bộ|Sở) (\w+ \w+), (\w+ \w+) và (\w+ \w+)", _function_group),
    _habit(
        r"\b(Bộ|Sở) (Khoa học|Giáo dục|Nông nghiệp) và (công nghệ|đào tạo|môi trường)\b",
        lambda m: f"{m[1]} {m[2]} và {m[3].capitalize()}",
    ),
)
STANDARD_NAMES = (
    _habit(r"\bTCVN 9001:(\d{4})", r"TCVN ISO 9001:\1"),
    _habit(r"\bISO 9001(?:: | :|-)(\d{4})", r"ISO 9001:\1"),
)
SPACING = {
    "spaces-double": (re.compile(r"(?<=\S)  +(?=\S)"), "Thừa khoảng trắng giữa các chữ"),
    "space-before-mark": (re.compile(r"(?<=\S) +[,;:.?](?![./\w])"), "Không cách chữ trước dấu câu"),
    "space-after-mark": (re.compile(r"(?<=[^\W\d_])[,;:](?=[^\W\d_])"), "Cần khoảng trắng sau dấu câu"),
    "marks-double": (re.compile(r"[,;:] ?[,;:.]|(?<!\.)\.\.(?!\.)|\. \.(?!\.)"), "Hai dấu câu liền nhau"),
    "space-bracket": (re.compile(r"\( | \)"), "Không cách chữ bên trong dấu ngoặc"),
}


def citations(document: OfficialDocument) -> Iterator[LayoutRemark]:
    """Mục II.6: "số" before the number; the first citation of a document is a full one."""
    cited: set[str] = set()
    for placed in placed_texts(document):
        for match in _CITATION.finditer(placed.text):
            yield from _citation(match, placed.where, first=match["number"] not in cited)
            cited.add(match["number"])
    yield from _short_days(document)


def _citation(match: re.Match[str], where: str, *, first: bool) -> Iterator[LayoutRemark]:
    kind, number = match["kind"], match["number"]
    if not match["so"]:
        yield fault("citation-number", f"Ghi “{kind} số {number}” (Phụ lục I, mục II.6).", where)
    if match["sign"] != _SIGNS[kind.lower()]:
        message = f"“{number}”: ký hiệu của {kind.lower()} là “{_SIGNS[kind.lower()]}-” (Phụ lục III, mục I)."
        yield note("citation-sign", message, where)
    if first and not match["dated"]:
        message = f"Lần viện dẫn đầu tiên của “{kind} số {number}” ghi đủ ngày, cơ quan ban hành và trích yếu"
        yield note("citation-full", f"{message} (Phụ lục I, mục II.6).", where)


def _short_days(document: OfficialDocument) -> Iterator[LayoutRemark]:
    """Mục II.4: days under ten carry a zero."""
    habit = _habit(r"\bngày (\d/\d{1,2}(?:/\d{4})?|\d tháng \d{1,2})\b", r"ngày 0\1")
    yield from _better_writing(placed_texts(document), (habit,), "date-day", "Phụ lục I, mục II.4")


def capitals(document: OfficialDocument) -> Iterator[LayoutRemark]:
    """Phụ lục II."""
    return _better_writing(placed_texts(document), CAPITALS, "capitals", "Phụ lục II")


def standard_name(document: OfficialDocument) -> Iterator[LayoutRemark]:
    """The standard is cited by its own number, written together."""
    return _better_writing(placed_texts(document), STANDARD_NAMES, "standard-name", "số hiệu tiêu chuẩn")


def _better_writing(texts: Iterable[Placed], habits: Iterable[Habit], code: str, rule: str) -> Iterator[LayoutRemark]:
    """One remark for each thing written otherwise, with all its places."""
    found: dict[tuple[str, str], list[str]] = {}
    habits = tuple(habits)
    for placed in texts:
        for habit in habits:
            for match in habit.pattern.finditer(placed.text):
                if better := habit.better(match):
                    found.setdefault((match[0], better), []).append(placed.where)
    for (written, better), where in found.items():
        yield note(code, f"Viết “{better}” thay cho “{written}” ({rule}).", places(where))


def spacing(document: OfficialDocument) -> Iterator[LayoutRemark]:
    """Single spaces, none before a mark, one behind it."""
    for placed in placed_texts(document):
        for code, (pattern, message) in SPACING.items():
            if match := pattern.search(placed.text):
                around = placed.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                yield note(code, f"{message}: “…{around}…”.", placed.where)


def paragraph_ends(document: OfficialDocument) -> Iterator[LayoutRemark]:
    """Running text ends in a mark; a centred line does not count as running text."""
    open_ended = [placed.where for placed in placed_blocks(document.blocks) if _lacks_end(placed)]
    if open_ended:
        message = f"{len(open_ended)} đoạn chưa có dấu câu ở cuối."
        yield note("paragraph-end", message, places(open_ended))


def _lacks_end(placed: Placed) -> bool:
    centred = isinstance(placed.block, Paragraph) and placed.block.align == Align.CENTER
    return is_running_text(placed.block) and not centred and not placed.text.rstrip().endswith(_SENTENCE_ENDS)
