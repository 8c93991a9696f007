from unicodedata import normalize

import pytest

from qms.documents.measures import FACES
from qms.documents.metrics import break_lines, text_width


def test_the_national_title_is_as_wide_as_in_times_new_roman() -> None:
    assert text_width("Cộng hòa xã hội chủ nghĩa Việt Nam", FACES["nation"]) == pytest.approx(88.3, abs=0.1)


def test_a_decomposed_text_is_as_wide_as_its_normal_form() -> None:
    assert text_width(normalize("NFD", "Việt Nam"), FACES["body"]) == text_width("Việt Nam", FACES["body"])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sở Công Thương", ["SỞ CÔNG THƯƠNG"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH"]),
        ("Sở Nông nghiệp và Môi trường tỉnh", ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG TỈNH"]),
        ("Văn phòng Ủy ban nhân dân tỉnh", ["VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH"]),
    ],
)
def test_names_break_where_a_clerk_breaks_them(name: str, lines: list[str]) -> None:
    assert break_lines(name, FACES["issuer"], 64) == lines


def test_a_figure_stays_with_the_word_before_it() -> None:
    text = "Duy trì và cải tiến Hệ thống quản lý chất lượng theo tiêu chuẩn quốc gia của Sở năm 2026"
    assert all(not line.startswith("2026") for line in break_lines(text, FACES["subject"], 150))


def test_no_word_is_lost_or_moved() -> None:
    text = "Áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 năm 2026"
    for width in (20, 40, 80, 160):
        assert " ".join(break_lines(text, FACES["subject"], width)) == text


def test_a_word_longer_than_the_column_has_a_line_of_its_own() -> None:
    assert break_lines(f"trước {'x' * 200} sau", FACES["body"], 60) == ["trước", "x" * 200, "sau"]


def test_an_empty_text_has_no_lines() -> None:
    assert break_lines("", FACES["body"], 60) == []
