"""Rules on the structure of the content: numbers without gaps, headings that look like headings."""

from collections.abc import Iterable, Iterator

from qms.documents.model import Block, Heading, HeadingLevel, OfficialDocument
from qms.documents.review_remarks import LayoutRemark, clause_number, fault, note
from qms.text import roman

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Điểm follow the Vietnamese alphabet."""
_WORDS = {
    HeadingLevel.PART: "Phần",
    HeadingLevel.CHAPTER: "Chương",
    HeadingLevel.SECTION: "Mục",
    HeadingLevel.ARTICLE: "Điều",
    HeadingLevel.POINT: "Điểm",
}
_INSIDE = {
    HeadingLevel.PART: {HeadingLevel.SECTION},
    HeadingLevel.CHAPTER: {HeadingLevel.SECTION},
    HeadingLevel.SECTION: {HeadingLevel.POINT},
    HeadingLevel.CLAUSE: {HeadingLevel.POINT},
    HeadingLevel.ARTICLE: {HeadingLevel.POINT},
}
"""Which counts begin anew below a heading; Điều run through the whole document."""


def numbering(document: OfficialDocument) -> Iterator[LayoutRemark]:
    yield from _headings_in_order(document.blocks)
    yield from _clauses_in_order(document.blocks)
    for annex in document.annexes:
        yield from _clauses_in_order(annex.blocks)


def _headings_in_order(blocks: Iterable[Block]) -> Iterator[LayoutRemark]:
    counts: dict[HeadingLevel, int] = {}
    for block in blocks:
        if not isinstance(block, Heading):
            continue
        for level in _INSIDE.get(block.level, ()):
            counts[level] = 0
        if block.level in _WORDS and block.number:
            counts[block.level] = counts.get(block.level, 0) + 1
            expected = _number(block.level, counts[block.level])
            if block.number != expected:
                word = _WORDS[block.level]
                message = f"{word} {block.number} đứng ở vị trí của {word.lower()} {expected} (Phụ lục I, mục II.6)."
                yield fault("numbering", message, block.line)


def _number(level: HeadingLevel, count: int) -> str:
    if level == HeadingLevel.ARTICLE:
        return str(count)
    if level == HeadingLevel.POINT:
        return POINT_LETTERS[(count - 1) % len(POINT_LETTERS)]
    return roman(count)


def _clauses_in_order(blocks: Iterable[Block]) -> Iterator[LayoutRemark]:
    """Each khoản follows its forerunner: 1, 2, 3; 4, 4.1, 4.2, 5. Every mục and Điều starts again at 1."""
    before: list[int] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level not in {HeadingLevel.CLAUSE, HeadingLevel.POINT}:
            before = []
        elif number := clause_number(block):
            current = [int(part) for part in number.split(".")]
            if not _follows(current, before):
                last = ".".join(map(str, before)) or "đầu mục"
                message = f"Khoản {number} đứng ngay sau {last}: số thứ tự không liên tục (Phụ lục I, mục II.6)."
                yield fault("numbering", message, f"Khoản {number}")
            before = current


def _follows(current: list[int], before: list[int]) -> bool:
    """Whether a number may stand next: one deeper starting at 1, or the next one on its own level."""
    depth = len(current)
    if depth > len(before):
        return depth == len(before) + 1 and current[:-1] == before and current[-1] == 1
    return current[:-1] == before[: depth - 1] and current[-1] == before[depth - 1] + 1


def headings(document: OfficialDocument) -> Iterator[LayoutRemark]:
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        if not block.text:
            yield fault("heading-empty", "Tiêu đề chưa có chữ (Phụ lục I, mục II.6).", block.label)
        elif block.text[-1] in ".;:,":
            yield note("heading-end", f"Tiêu đề không kết thúc bằng dấu câu: “{block.line}”.", block.label)
        if _is_bare(block, blocks[index + 1 : index + 2]):
            yield note("heading-bare", f"Chưa có nội dung dưới tiêu đề “{block.line}”.", block.label)


def _is_bare(heading: Heading, following: tuple[Block, ...]) -> bool:
    """A heading with nothing under it: the document ends, or a heading of its own or a higher level comes next."""
    order = list(HeadingLevel)
    if not following:
        return True
    after = following[0]
    return (
        isinstance(after, Heading)
        and order.index(after.level) <= order.index(heading.level)
        and not after.number.startswith(f"{heading.number}.")
    )
