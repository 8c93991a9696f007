"""A plan whose tasks stand in an annex behind the signature (NĐ 30/2020, Phụ lục I, mục III)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from plans.content import TaskStyle
from qms.text import fold, one_line

from .blocks import Block, Grid, Line
from .doubts import Doubts
from .numbers import Form, number_of
from .sections import is_annex
from .taskparts import Headers, TaskPart, read_tables

_NUMBER = re.compile(r"ph[ụu]\s+l[ụu]c(\s+số)?(\s+([IVX]+|\d{1,2})\b)?\s*[:.–-]?\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\(?\s*(ban hanh )?kem theo.*")


def read_annex(items: Sequence[Block], headers: Headers, doubts: Doubts) -> TaskPart:
    """The tasks of the annexes, with the annex's own title in the layout."""
    title, rest = _title(items)
    part = read_tables(rest, headers, TaskStyle.ANNEX, doubts, "Phụ lục")
    part.layout = replace(part.layout, annex_title=title)
    for text in [*part.before, *part.after]:
        doubts.add("text_outside", "Phụ lục", text)
    return part


def _title(items: Sequence[Block]) -> tuple[str, list[Block]]:
    """The title under "Phụ lục I", without the line "(Kèm theo …)"; further annexes keep their title as a heading."""
    words: list[str] = []
    for index, item in enumerate(items):
        if isinstance(item, Grid) or number_of(item).form != Form.NONE:
            return one_line(" ".join(words)), [i for i in items[index:] if not is_annex(i) and not _is_aside(i)]
        if not _is_aside(item):
            words.append(_NUMBER.sub("", item.text, count=1) if is_annex(item) else item.text)
    return one_line(" ".join(words)), []


def _is_aside(item: Block) -> bool:
    return isinstance(item, Line) and bool(_ASIDE.fullmatch(fold(item.text)))
