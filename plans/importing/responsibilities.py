"""Who has to do what: the section "Tổ chức thực hiện", with or without headings for the units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plans.content import UNNUMBERED, ResponsibilityContent

from .blocks import Line
from .numbers import Form, Numbered, number_of
from .vocabulary import words

_SECTION = re.compile(r".*\b(to chuc thuc hien|trach nhiem|phan cong( thuc hien| nhiem vu)?|to chuc trien khai)\b.*")
_LONGEST_UNIT = 160
_UNIT_FORMS = (Form.DECIMAL, Form.DECIMAL2, Form.BRACKET, Form.LETTER, Form.CAPITAL)
_UNITS = (
    r"Ban|Các|Cán bộ|Phòng|Văn phòng|Văn Phòng|Sở|Thư ký|Trung tâm|Chi cục|Đơn vị|Lãnh đạo|Trưởng|Tổ|Thành viên|"
    r"Giám đốc|Phó|Đoàn|Bộ phận|Thanh tra|Công chức|Thủ trưởng|Người đứng đầu|Chánh|UBND|Ủy ban|Uỷ ban|Hội đồng|Bộ|"
    r"Cơ quan|Công đoàn|Toàn thể|Mỗi|Từng"
)
_VERBS = (
    r"có|tiếp tục|theo dõi|chịu|chủ trì|chủ động|phối hợp|thực hiện|tổ chức|tham mưu|xây dựng|căn cứ|triển khai|"
    r"hướng dẫn|đôn đốc|kiểm tra|rà soát|tổng hợp|báo cáo|bố trí|chỉ đạo|phân công|cập nhật|đảm bảo|bảo đảm|nghiêm túc|"
    r"giúp|phổ biến|quán triệt|là|phải|cần|tham gia|đánh giá|giám sát|quản lý|lập|đề xuất|duy trì|áp dụng|công bố|gửi|"
    r"thường xuyên|hỗ trợ|cung cấp|tạo|nghiên cứu|trình|dự toán|cân đối|thẩm định|tuyên truyền|định kỳ|khẩn trương"
)
_UNIT_START = re.compile(rf"(?:Giao |Đề nghị |Yêu cầu )?(?P<unit>(?:{_UNITS})\b.*?)\s*(?::|,?\s(?:{_VERBS})\b)")


@dataclass
class Responsibilities:
    """The text before the first unit, and the units with what they do."""

    before: list[str] = field(default_factory=list)
    items: list[ResponsibilityContent] = field(default_factory=list)


def is_responsibilities(heading: str) -> bool:
    """Whether a section with this heading says who does what."""
    return bool(_SECTION.fullmatch(words(heading)))


def read_responsibilities(lines: Sequence[Line]) -> Responsibilities:
    """The units in order. Without unit headings each paragraph or dash is one, with its subject as the unit."""
    headings = _headings(lines)
    found = Responsibilities()
    for index, line in enumerate(lines):
        if index in headings:
            found.items.append(headings[index])
        elif headings and found.items:
            found.items[-1] = _with_line(found.items[-1], line.text)
        elif headings:
            found.before.append(line.text)
        else:
            _take(found, line)
    return found


def subject_of(text: str) -> str:
    """ "Ban Chỉ đạo ISO theo dõi …" → "Ban Chỉ đạo ISO"; "" where the sentence does not begin with a unit."""
    match = _UNIT_START.match(text)
    unit = match["unit"].strip(" ,") if match else ""
    return unit if len(unit) <= _LONGEST_UNIT else ""


def _headings(lines: Sequence[Line]) -> dict[int, ResponsibilityContent]:
    """The lines that begin a unit's part: bold lines without a number, or all of one form of number."""
    numbered = [(index, number_of(line)) for index, line in enumerate(lines)]
    bold = [(i, n) for i, n in numbered if n.form == Form.NONE and _is_shown(lines[i])]
    forms = [n.form for _, n in numbered if n.form in _UNIT_FORMS]
    plain_numbers = all(not _is_shown(lines[i]) for i, n in numbered if n.form in forms[:1])
    if bold and (not forms or (bold[0][0] == 0 and plain_numbers)):
        return {i: ResponsibilityContent(n.text.rstrip(": "), "", UNNUMBERED) for i, n in bold}
    return {i: _unit_heading(lines[i], n) for i, n in numbered if n.form in forms[:1]}


def _is_shown(line: Line) -> bool:
    return (line.bold or line.heading) and len(line.text) <= _LONGEST_UNIT


def _unit_heading(line: Line, numbered: Numbered) -> ResponsibilityContent:
    """A numbered line: the name of a unit on its own, or a whole sentence that begins with it."""
    text = numbered.text
    alone = line.bold or line.heading or not text.endswith((".", ";", "./.", ","))
    if alone and ":" not in text.rstrip(": ") and len(text) <= _LONGEST_UNIT:
        return ResponsibilityContent(text.rstrip(": "), "", numbered.number)
    return ResponsibilityContent(_bold_unit(line, text) or subject_of(text), line.text)


def _bold_unit(line: Line, text: str) -> str:
    """ "**Văn phòng Sở:** Chủ trì …" → "Văn phòng Sở"."""
    unit, colon, _ = text.partition(":")
    bold = bool(line.lead_in) and line.lead_in.rstrip(": ").endswith(unit.strip())
    return unit.strip() if colon and bold and len(unit) <= _LONGEST_UNIT else ""


def _take(found: Responsibilities, line: Line) -> None:
    """A line of a section without unit headings."""
    numbered = number_of(line)
    if numbered.form == Form.PLUS and found.items:
        found.items[-1] = _with_line(found.items[-1], line.text)
        return
    unit = _bold_unit(line, numbered.text) or subject_of(numbered.text)
    if not unit and line.text.endswith(":") and not found.items:
        found.before.append(line.text)
        return
    found.items.append(ResponsibilityContent(unit, line.text))


def _with_line(item: ResponsibilityContent, text: str) -> ResponsibilityContent:
    return replace(item, text=f"{item.text}\n{text}" if item.text else text)
