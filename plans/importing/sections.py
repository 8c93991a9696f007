"""Cutting the body of a plan into its sections, and finding where the body ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qms.text import ROMAN, fold

from .blocks import RULE, Block, Line
from .numbers import Form, Numbered, number_of, split_number

# Seen against every line of a file, so they look at the text itself and not at its folded form.
_CLOSING = re.compile(r"tr[êe]n đ[âa]y l[àa]\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"n[ơo]i\s*nh[ậa]n\s*:?.*", re.IGNORECASE)
_ANNEX = re.compile(r"ph[ụu] l[ụu]c( s[ốo])?( [IVX]+| \d{1,2})?\s*[:.\-–]?(\s.*)?", re.IGNORECASE)
_STRAY = re.compile(r"\d{1,3}|trang \d+(\s*/\s*\d+)?", re.IGNORECASE)
_AFTERWORD = re.compile(r"(trong qua trinh( to chuc)?( trien khai)? thuc hien|ke hoach nay)\b")
_POSITION = re.compile(
    r"((KT|TL|TM|TUQ|Q)\s*\.\s*.+|(PHÓ )?(TỔNG )?(GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|"
    r"TRƯỞNG PHÒNG|CHI CỤC TRƯỞNG|CỤC TRƯỞNG|THỦ TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|TRƯỞNG|THƯ KÝ|NGƯỜI LẬP)\b.*)"
)
_SCHEMES = (Form.PART, Form.ROMAN, Form.CAPITAL, Form.DECIMAL, Form.NONE)
_LONGEST_HEADING = 250
_NEAR = 15
"""A signature stands within this many lines of the recipients or of the end."""


@dataclass
class Section:
    """A section as it stands in the file: its number, its heading and what follows up to the next one."""

    number: str
    heading: str
    items: list[Block] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def where(self) -> str:
        return f"Mục {self.number}" if self.number else f"Mục “{self.heading}”"


def is_stray(line: Line) -> bool:
    """A page number or a drawn rule that stands among the paragraphs."""
    return bool(_STRAY.fullmatch(line.text) or RULE.fullmatch(line.text)) and not line.label


def is_recipients(line: Line) -> bool:
    return bool(_RECIPIENTS.fullmatch(line.text))


def is_position(text: str) -> bool:
    """A line of a signature: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC, always in capitals."""
    return len(text) < 80 and text.isupper() and bool(_POSITION.fullmatch(text))


def is_annex(block: Block) -> bool:
    """The line over an annex: short, on its own, and set off from the text."""
    if not isinstance(block, Line) or len(block.text) > 120 or not _ANNEX.fullmatch(block.text):
        return False
    return block.centered or block.bold or block.text.isupper() or len(block.text.split()) <= 3


def is_closing(block: Block) -> bool:
    return isinstance(block, Line) and bool(_CLOSING.match(block.text))


def is_afterword(line: Line) -> bool:
    """A last paragraph that belongs to the closing though "Trên đây là" is missing."""
    return line.text.endswith("./.") and bool(_AFTERWORD.match(fold(line.text)))


def end_of_body(items: Sequence[Block]) -> int:
    """Where closing, recipients, signature or annex begin; the number of items where nothing of them is there."""
    annex = next((i for i, item in enumerate(items) if i and is_annex(item)), len(items))
    closings = [i for i, item in enumerate(items[:annex]) if is_closing(item)]
    ends = (i for i in range(annex) if _begins_end(items[:annex], i))
    return min([*closings[-1:], next(ends, annex), annex])


def ends_plan(line: Line) -> bool:
    """A line that no task table contains: the closing sentence, the recipients, the signature."""
    return is_closing(line) or is_recipients(line) or is_position(line.pieces[0])


def _begins_end(items: Sequence[Block], index: int) -> bool:
    """Recipients, a closing sentence without the usual words, or a signature; "TRƯỞNG BAN" may also be a heading."""
    item = items[index]
    if not isinstance(item, Line):
        return False
    if is_recipients(item) or is_afterword(item):
        return True
    near = items[max(0, index - _NEAR) : index + _NEAR]
    last = index + _NEAR >= len(items)
    return is_position(item.pieces[0]) and (last or any(isinstance(i, Line) and is_recipients(i) for i in near))


def split_sections(items: Sequence[Block]) -> tuple[list[Block], list[Section]]:
    """What stands before the first section, and the sections."""
    scheme = _scheme(items)
    before: list[Block] = []
    sections: list[Section] = []
    last = 0
    for item in items:
        found = _heading(item, scheme) if scheme is not None and isinstance(item, Line) else None
        value = _value(found.number) if found and scheme == Form.ROMAN else last
        if found and value >= last:
            sections.append(Section(found.number, found.text, list(found.rest)))
            last = value
        elif sections and isinstance(item, Line) and _goes_on(sections[-1], item):
            sections[-1].heading = f"{sections[-1].heading} {item.text}".strip()
        elif sections:
            sections[-1].items.append(item)
        else:
            before.append(item)
    return before, sections


@dataclass(frozen=True)
class _Heading:
    """A heading without number and colon, and the text that runs on behind it on the same line."""

    number: str
    text: str
    rest: tuple[Line, ...] = ()


def _scheme(items: Sequence[Block]) -> Form | None:
    """The form of number that the headings of this plan carry; None where it has no headings."""
    lines = [item for item in items if isinstance(item, Line)]
    for form in _SCHEMES:
        found = [line for line in lines if _heading(line, form)]
        if found and (form in {Form.PART, Form.ROMAN} or len(found) > 1):
            return form
    return None


def _heading(line: Line, form: Form) -> _Heading | None:
    """The heading that a line is, or begins with."""
    numbered = number_of(line)
    if numbered.form != form or is_position(line.text):
        return None
    words, rest = _run_in(line, numbered)
    capital = words.isupper()
    shown = line.bold or line.heading or bool(line.label) or bool(rest)
    if len(words) > _LONGEST_HEADING or not (capital or shown):
        return None
    if form not in {Form.PART, Form.ROMAN} and not (capital and (shown or form != Form.NONE)):
        return None
    return _Heading(numbered.number, words.rstrip(": "), (Line(rest),) if rest else ())


def _run_in(line: Line, numbered: Numbered) -> tuple[str, str]:
    """ "KINH PHÍ: Do ngân sách cấp." → the heading, and the sentence behind it; bold type shows where it ends."""
    lead_in = split_number(line.lead_in)
    if line.lead_in and lead_in.form == numbered.form and lead_in.text:
        return lead_in.text, numbered.text[len(lead_in.text) :].strip(" :")
    words, colon, rest = numbered.text.partition(":")
    if colon and rest.strip() and words.isupper() and not line.bold:
        return words, rest.strip()
    return numbered.text, ""


def _goes_on(section: Section, line: Line) -> bool:
    """A heading typed over two paragraphs: the next line is in bold capitals too, without a number."""
    if section.items or not line.bold or not line.text.isupper() or is_position(line.text):
        return False
    if number_of(line).form != Form.NONE:
        return False
    return section.heading.isupper() or not section.heading


def _value(number: str) -> int:
    """The value of a Roman numeral."""
    values = {sign: value for value, sign in ROMAN}
    total = 0
    for index, sign in enumerate(number):
        value, behind = values.get(sign, 0), values.get(number[index + 1 : index + 2], 0)
        total += value if value >= behind else -value
    return total
