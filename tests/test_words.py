"""What may not stand in the project's files."""

import re
import unicodedata

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


def texts(*suffixes: str) -> dict[str, str]:
    return {name(path): path.read_text(encoding="utf-8") for path in tracked(*suffixes)}


@pytest.mark.parametrize("rule", FORBIDDEN, ids=FORBIDDEN.values())
def test_no_file_holds(rule: str) -> None:
    found = {file: match.group() for file, text in texts(*TEXT).items() if (match := re.search(rule, text))}
    assert found == {}


def test_vietnamese_is_written_in_composed_letters() -> None:
    sources = texts(".py", ".html", ".md", ".js", ".css").items()
    assert [file for file, text in sources if text != unicodedata.normalize("NFC", text)] == []
