"""What is typed becomes words; nothing that is typed is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.overview.search_terms import LONGEST, MOST_WORDS, marked, parse
from qms.text import fold


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Đất  Đai", ("dat", "dai")),
        ("báo cáo, quý I.", ("bao", "cao", "quy", "i")),
        ('"đánh giá" nội bộ', ("danh gia", "noi", "bo")),
        ("“đánh giá nội bộ”", ("danh gia noi bo",)),
        ('"chưa đóng', ("chua", "dong")),
        ("05/KH-", ("05/kh-",)),
        ("họp họp", ("hop",)),
        ("Đánh giá", ("danh", "gia")),
        ("100% a_b c\\d", ("100%", "a_b", "c\\d")),
        ("';DROP TABLE duties_duty;--", ("drop", "table", "duties_duty;--")),
        ("\x00họp\x00", ("hop",)),
    ],
)
def test_words_are_folded_and_phrases_kept(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed).words == words


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "\\", "''", '"', '""', "…!?", "🌾", "a", "\x00", "-/-"])
def test_less_than_two_letters_are_not_enough(typed: str) -> None:
    assert not parse(typed).is_enough


@pytest.mark.parametrize("typed", ["05", "họ", "a b", "TT"])
def test_two_letters_or_digits_are_enough(typed: str) -> None:
    assert parse(typed).is_enough


def test_a_long_text_is_cut_and_says_so() -> None:
    terms = parse("a" * 300)
    assert (len(terms.typed), terms.words, terms.cut) == (LONGEST, ("a" * LONGEST,), True)


def test_of_many_words_only_the_first_are_read() -> None:
    terms = parse(" ".join(f"tu{n}" for n in range(20)))
    assert (len(terms.words), terms.cut) == (MOST_WORDS, True)


def hits(text: str, typed: str) -> list[str]:
    return [piece.text for piece in marked(text, parse(typed)) if piece.hit]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Đánh giá nội bộ", "danh gia", ["Đánh", "giá"]),
        ("Đánh giá nội bộ", '"đánh giá"', ["Đánh giá"]),
        ("Kế hoạch 05/KH-SKHCN", "5/kh-", ["05/KH-"]),
        ("Kế hoạch 5/KH-SKHCN", "05/kh-", ["5/KH-"]),
        ("Trả lời, tra cứu", "tra", ["Trả", "tra"]),
        ("Thanh tra an toàn", "an", ["an"]),
        ("Họp xem xét", "zz", []),
    ],
)
def test_what_was_looked_for_is_marked_in_its_own_letters(text: str, typed: str, found: list[str]) -> None:
    assert hits(text, typed) == found


@given(st.text(max_size=60), st.text(max_size=30))
def test_marking_loses_no_letter_and_marks_only_what_folds_to_the_words(text: str, typed: str) -> None:
    terms = parse(typed)
    pieces = marked(text, terms)
    assert "".join(piece.text for piece in pieces) == text
    assert terms.words or not any(piece.hit for piece in pieces)


@given(st.text(max_size=400))
def test_any_text_is_read_into_folded_words(typed: str) -> None:
    terms = parse(typed)
    assert [fold(word) for word in terms.words] == list(terms.words)
