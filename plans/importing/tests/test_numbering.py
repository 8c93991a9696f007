"""Automatic numbers as Word shows them."""

from pathlib import Path

import pytest

from plans.importing.numbering import formatted

from .typed import FIRST, HEADING, Typed, another_list, element, number_it, number_list


@pytest.mark.parametrize(
    ("number", "how", "shown"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "decimalZero", "14"),
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (3, "upperLetter", "C"),
        (26, "lowerLetter", "z"),
        (28, "lowerLetter", "bb"),
        (4, "none", ""),
        (4, "chineseCounting", "4"),
        (9_000_000, "upperRoman", "9000000"),
        (0, "upperRoman", "0"),
    ],
)
def test_a_counter_is_shown_in_its_format(number: int, how: str, shown: str) -> None:
    assert formatted(number, how) == shown


def lines_of(folder: Path, typed: Typed) -> list[str]:
    typed.table([HEADING, FIRST])
    return typed.end().read(folder).content.sections[1].text.split("\n")


def type_numbered(typed: Typed, *items: tuple[int, int, str]) -> None:
    """Paragraphs as (list, level, text)."""
    for number, level, text in items:
        number_it(typed.line(text), number, level)


def test_levels_count_under_each_other(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")])
    type_numbered(
        typed, (own, 0, "một"), (own, 1, "hai"), (own, 1, "ba"), (own, 2, "bốn"), (own, 0, "năm"), (own, 1, "sáu")
    )
    assert lines_of(tmp_path, typed) == ["1. một", "1.1. hai", "1.2. ba", "a) bốn", "2. năm", "2.1. sáu"]


def test_a_level_used_before_its_upper_one_counts_it_as_begun(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("upperRoman", "%1."), ("decimal", "%1.%2.")])
    type_numbered(typed, (own, 1, "một"), (own, 1, "hai"))
    assert lines_of(tmp_path, typed) == ["I.1. một", "I.2. hai"]


def test_lists_of_one_kind_go_on_counting_unless_they_start_anew(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("decimal", "%1.")])
    abstract = 100 + len(typed.document.part.numbering_part.element.xpath("./w:abstractNum")) - 1
    going_on, anew = another_list(typed.document, abstract, {}), another_list(typed.document, abstract, {0: 5})
    type_numbered(typed, (own, 0, "một"), (going_on, 0, "hai"), (anew, 0, "ba"), (anew, 0, "bốn"), (own, 0, "năm"))
    assert lines_of(tmp_path, typed) == ["1. một", "2. hai", "5. ba", "6. bốn", "7. năm"]


def test_two_lists_count_apart(tmp_path: Path) -> None:
    typed = Typed().start()
    one = number_list(typed.document, [("decimal", "%1.")])
    other = number_list(typed.document, [("lowerLetter", "%1)")])
    type_numbered(typed, (one, 0, "một"), (other, 0, "hai"), (one, 0, "ba"), (other, 0, "bốn"))
    assert lines_of(tmp_path, typed) == ["1. một", "a) hai", "2. ba", "b) bốn"]


def test_a_bullet_shows_its_sign(tmp_path: Path) -> None:
    typed = Typed().start()
    dash, symbol = number_list(typed.document, [("bullet", "-")]), number_list(typed.document, [("bullet", "\uf0b7")])
    type_numbered(typed, (dash, 0, "một"), (symbol, 0, "hai"))
    assert lines_of(tmp_path, typed) == ["- một", "• hai"]


def test_numbers_may_come_from_the_style(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("decimal", "%1.")])
    style = typed.document.styles["List Number"].element
    style.get_or_add_pPr().get_or_add_numPr().numId.val = own
    for text in ("một", "hai"):
        typed.line(text, style="List Number")
    assert lines_of(tmp_path, typed) == ["1. một", "2. hai"]


def test_number_zero_takes_the_number_away(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("decimal", "%1.")])
    type_numbered(typed, (own, 0, "một"), (0, 0, "hai"), (own, 0, "ba"))
    assert lines_of(tmp_path, typed) == ["1. một", "hai", "2. ba"]


def test_a_level_may_never_restart(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("upperRoman", "%1."), ("decimal", "%2.")])
    typed.document.part.numbering_part.element.xpath("./w:abstractNum/w:lvl[@w:ilvl='1']")[-1].insert(
        2, element('<w:lvlRestart w:val="0"/>')
    )
    type_numbered(typed, (own, 1, "một"), (own, 0, "hai"), (own, 1, "ba"))
    assert lines_of(tmp_path, typed)[::2] == ["1. một", "2. ba"]


def test_ordinals_of_a_table_may_be_automatic(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("decimal", "%1.")])
    table = typed.table([HEADING, ["", *FIRST[1:]], ["", *FIRST[1:]]])
    for row in (1, 2):
        number_it(table.cell(row, 0).paragraphs[0], own)
    assert [task.ordinal for task in typed.end().read(tmp_path).content.tasks] == ["1", "2"]


def test_dashes_of_outputs_may_be_automatic(tmp_path: Path) -> None:
    typed = Typed().start()
    own = number_list(typed.document, [("bullet", "-")])
    table = typed.table([HEADING, [*FIRST[:2], ["Sổ;", "Thẻ."], *FIRST[3:]]])
    for paragraph in table.cell(1, 2).paragraphs:
        number_it(paragraph, own)
    assert [task.outputs for task in typed.end().read(tmp_path).content.tasks] == [("Sổ", "Thẻ.")]
