"""What stands between the head and the first section: title, trích yếu, bases, the sentence that leads over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qms.text import fold, one_line

from .blocks import RULE, Line
from .numbers import Form, number_of

TITLE = "KẾ HOẠCH"
_ASIDE = re.compile(r"\(?\s*(kem theo|ban hanh kem theo|du thao).*")
_BASE = re.compile(r"(can cu|thuc hien|theo de nghi|xet de nghi|xet|theo|thi hanh|trien khai thuc hien|trien khai)\b")
_LEADS_OVER = re.compile(r"(nhu sau|sau day|cu the)\s*:?$")
_AGENCY = r"(?:Sở|Ban|Chi cục|Cục|Văn phòng|Thanh tra|Trung tâm|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Viện|Trường|Phòng)"
_VERB = r"(?:ban hành|xây dựng|lập|đề ra|tiếp tục|triển khai|tổ chức|thông báo|hướng dẫn)"
_SUBJECT = re.compile(rf"(?P<agency>{_AGENCY}\s(?:(?!\b{_AGENCY}\s)[^;:.])*?)\s+{_VERB}\s")
_SHORTEST_BASE = 20
"""Letters; "Theo đó," is no base."""
_PLAN = re.compile(r"[Kk]ế hoạch\b")
OTHER_KINDS = (
    "BÁO CÁO", "QUYẾT ĐỊNH", "TỜ TRÌNH", "THÔNG BÁO", "BIÊN BẢN", "GIẤY MỜI", "HƯỚNG DẪN", "QUY CHẾ", "QUY ĐỊNH",
    "CHỈ THỊ", "NGHỊ QUYẾT", "CÔNG ĐIỆN", "HỢP ĐỒNG", "CÔNG VĂN", "GIẤY GIỚI THIỆU", "GIẤY ỦY QUYỀN", "ĐỀ ÁN",
)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """`bases` keep their end punctuation; `split` says that one paragraph held both a base and the intro."""

    subject: str = ""
    bases: tuple[str, ...] = ()
    intro: str = ""
    split: bool = False


def is_title(line: Line) -> bool:
    """The line KẾ HOẠCH, alone or with the trích yếu behind it."""
    pieces = line.pieces
    if not pieces:
        return False
    shown = line.bold or line.centered
    if pieces[0].upper() == TITLE:
        return shown or pieces[0].isupper()
    return line.text.startswith(f"{TITLE} ") and (shown or line.text.isupper())


def is_base(line: Line) -> bool:
    """A paragraph that begins as a base: Căn cứ, Thực hiện, Theo đề nghị."""
    return bool(_BASE.match(fold(line.text)))


def other_kind(lines: Sequence[Line]) -> str:
    """The kind of document that some other title line names, "" where none does."""
    texts = (piece for line in lines for piece in line.pieces[:1])
    return next((text for text in texts if text in OTHER_KINDS), "")


def read_opening(title: Line | None, lines: Sequence[Line]) -> Opening:
    """The opening from the title line and the lines between it and the first section."""
    behind = one_line(title.text[len(TITLE) :]) if title else ""
    subject, rest = _subject(lines) if title else ("", list(lines))
    bases, intro, split = _bases(rest)
    return Opening(one_line(f"{behind} {subject}"), bases, intro, split)


def agency_in(text: str) -> str:
    """ "Sở Công Thương xây dựng Kế hoạch …" → "Sở Công Thương"."""
    found = list(_SUBJECT.finditer(text))
    best = next((m for m in found if _PLAN.match(text, m.end())), found[0] if found else None)
    return one_line(best["agency"]) if best else ""


def _subject(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """The trích yếu: the lines right under the title as long as they look like it."""
    taken: list[str] = []
    for index, line in enumerate(lines):
        if RULE.fullmatch(line.text) or _ASIDE.fullmatch(fold(line.text)):
            if taken and RULE.fullmatch(line.text):
                return " ".join(taken), list(lines[index + 1 :])
            continue
        looks = (line.bold or line.centered) and number_of(line).form == Form.NONE
        if not looks and (taken or _BASE.match(fold(line.text)) or line.text.endswith(":")):
            return " ".join(taken), list(lines[index:])
        taken.append(line.text)
        if not looks:
            return " ".join(taken), list(lines[index + 1 :])
    return " ".join(taken), []


def _bases(lines: Sequence[Line]) -> tuple[tuple[str, ...], str, bool]:
    bases: list[str] = []
    intro: list[str] = []
    split = False
    for line in lines:
        text = line.text
        if RULE.fullmatch(text) or _ASIDE.fullmatch(fold(text)) or text.isdigit():
            continue
        numbered = number_of(line)
        bare = numbered.text if numbered.form == Form.DASH else text
        if intro or not (_BASE.match(fold(bare)) or (bases and numbered.form == Form.DASH)):
            intro.append(text)
            continue
        base, leading = _cut(bare)
        bases += [base] if base else []
        intro += [leading] if leading else []
        split = split or bool(base and leading)
    return tuple(bases), "\n".join(intro), split


def _cut(text: str) -> tuple[str, str]:
    """A paragraph that begins as a base and ends "… như sau:" is cut where the agency begins to speak."""
    if not (text.endswith(":") or _LEADS_OVER.search(fold(text))):
        return text, ""
    starts = [match.start() for match in _SUBJECT.finditer(text)]
    ends = (at for at in reversed(starts) if text[:at].rstrip().endswith((";", ",", ".")) and at > _SHORTEST_BASE)
    start = next(ends, None)
    if start is None:
        return "", text
    return text[:start].rstrip(), text[start:]
