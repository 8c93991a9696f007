"""What the page template is told."""

from typing import Any

import pytest

from qms.documents.model import (
    Align,
    Annex,
    Cell,
    Column,
    Form,
    Heading,
    HeadingLevel,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
)
from qms.documents.tests import samples
from qms.documents.typeset_words import words
from qms.documents.typesetting import document_data


def _data(*blocks: Any, **fields: Any) -> dict[str, Any]:
    """A last paragraph stands behind the blocks."""
    return document_data(OfficialDocument(samples.ISSUER, blocks=(*blocks, Paragraph("Hết.")), **fields))


def test_headings_skip_no_level_whatever_stands_first() -> None:
    point, clause = Heading(HeadingLevel.POINT, "a", "A"), Heading(HeadingLevel.CLAUSE, "1", "B")
    section = Heading(HeadingLevel.SECTION, "I", "C")
    data = _data(point, clause, section, point, form=Form.LETTER, annexes=(Annex("D"),))
    assert [block["depth"] for block in data["blocks"]] == [1, 2, 2, 3]
    assert data["annexes"][0]["depth"] == 2


def test_items_that_follow_each_other_are_one_list() -> None:
    data = _data(ListItem("một"), ListItem("hai"), Paragraph("ba"), ListItem("bốn", "+"))
    assert [block["kind"] for block in data["blocks"]] == ["list", "paragraph", "list"]
    assert data["blocks"][0]["items"] == [["- ", "một"], ["- ", "hai"]]
    assert data["blocks"][2]["items"] == [["+ ", "bốn"]]


def test_a_cell_says_only_where_it_differs_from_its_column() -> None:
    columns = (Column("A", align=Align.JUSTIFY), Column("B", align=Align.CENTER))
    row = (Cell(("a",)), Cell(("b",), bold=True, align=Align.LEFT))
    (table,) = _data(Table(columns, (row, (Cell(("c",), align=Align.LEFT), Cell(("d",))))))["blocks"]
    said = [{name: value for name, value in cell.items() if name not in ("lines", "place")} for cell in table["rows"]]
    assert said == [{"justify": True}, {"align": "left", "bold": True}, {"align": "left"}, {}]
    assert (table["aligns"], table["rows"][0]["place"]) == (["justify", "center"], {"breakable": False})


@pytest.mark.parametrize("text", ["19/2014/QĐ-TTg", "III/2026", "05/KH-SKHCN"])
def test_numbers_and_quarters_stay_whole(text: str) -> None:
    assert words(f"Theo {text} này", "body", 160) == ["Theo ", {"text": text, "whole": True}, " này"]


def test_what_is_wider_than_its_line_may_break() -> None:
    assert words("12345/QĐ-UBND", "body", 10) == "\u200b".join("12345/QĐ-UBND")
    assert words("một hai", "body", 10) == "một hai"


def test_spaces_are_single_and_stretches_keep_their_style() -> None:
    text = (Run("  Điều 1.  ", bold=True), Run(" Ban   hành ", italic=True))
    assert words(text, "body", 160) == [
        {"text": "Điều 1. ", "bold": True},
        {"text": " Ban hành", "italic": True},
    ]


def test_a_file_is_never_without_a_title() -> None:
    assert document_data(OfficialDocument(Issuer(), kind_name=" \x00"))["title"] == "Văn bản"
