"""What may not stand in the project's files."""

import re
import unicodedata
from pathlib import Path

import pytest

from tests.tracked import name, tracked

TEXT = (".py", ".html", ".md", ".txt", ".toml", ".ini", ".css", ".js", ".sh", ".tsv", ".json", ".service", ".example")
# Written so that this file does not contain what it forbids.
FORBIDDEN = {
    r"(?<![\w.])/(?:root|work|home/\w+)/[\w.]": "a path of one machine",
    r"(?i)\b(?:chat[g]pt|clau[d]e|copi[l]ot|anthropi[c]|open[a]i|language mode[l])\b": "no part of the product",
    r"\b(?:TOD[O]|FIXM[E]|XX[X])\b": "unfinished work",
    r"\b(?:breakpoin[t]\(|import pd[b]|console\.lo[g]\()": "left over from debugging",
    r"(?:pypi|npmjs|debian|ubuntu)\.(?:org|com)(?!\w)": "a host of a package registry",
}


@pytest.mark.parametrize("path", tracked(*TEXT), ids=name)
def test_a_file_holds_nothing_that_is_forbidden(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [
        f"{reason}: {found.group()}" for rule, reason in FORBIDDEN.items() for found in re.finditer(rule, text)
    ] == []


@pytest.mark.parametrize("path", tracked(".py", ".html", ".md"), ids=name)
def test_vietnamese_is_written_in_composed_letters(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
