"""However it was typed, a phrase is read the same way."""

import unicodedata

import pytest

from qms.deadlines import parse_timing
from qms.deadlines.reading import Reading
from qms.deadlines.words import number_in_words


@pytest.mark.parametrize(
    ("words", "value", "used"),
    [
        ("ba", 3, 1),
        ("mười", 10, 1),
        ("mười lăm", 15, 2),
        ("hai mươi", 20, 2),
        ("hai mươi mốt", 21, 3),
        ("ba mươi tư", 34, 3),
        ("chín mươi", 90, 2),
        ("một trăm", 100, 2),
        ("một trăm linh năm", 105, 4),
        ("một trăm tám mươi", 180, 4),
        ("mười năm", 10, 1),
        ("hai mươi năm", 20, 2),
        ("công bố", 0, 0),
        ("", 0, 0),
    ],
)
def test_a_number_in_words_has_its_value(words: str, value: int, used: int) -> None:
    assert number_in_words(words.split(), bare=False) == (value, used)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Chậm nhất là năm (05) ngày", "cham nhat la 5 ngay"),
        ("06 (sáu) tháng", "6 thang"),
        ("hằng năm", "hang nam"),
        ("trong năm ngày làm việc", "trong 5 ngay lam viec"),
        ("một năm hai lần", "1 nam 2 lan"),
        ("Tháng sáu và tháng bảy", "thang 6 va thang 7"),
        ("từ tháng tư", "tu thang 4"),
        ("Quý I, II và IV", "quy 1 , 2 va 4"),
        ("QIII/2026", "quy 3 / 2026"),
        ("T3-T5", "thang 3 - thang 5"),
        ("05.11.2026", "5 / 11 / 2026"),
        ("thứ Năm", "thu 5"),
        ("Ngay khi nhận được", "ngay~ khi nhan duoc"),
        ("tại Việt Nam, từ nay", "tai viet nam~ , tu nay"),
        ("ba mươi (20) ngày", "30 ( 20 ) ngay"),
    ],
)
def test_the_grammar_sees_keys(text: str, keys: str) -> None:
    assert Reading(text).keys == keys


VARIANTS = [
    ("Trước ngày 05/11/2026", "TRƯỚC NGÀY 05/11/2026"),
    ("Trước ngày 05/11/2026", "  trước \u00a0ngày   5/11/2026. "),
    ("Trước ngày 05/11/2026", "Trước ngày 05.11.2026"),
    ("Trước ngày 05/11/2026", "Trước ngày 5-11-2026"),
    ("Trước ngày 05/11/2026", "Trước ngày 05/11/26"),
    ("Trước ngày 05/11/2026", "Trước ngày ０５/１１/２０２６"),
    ("Trước ngày 05/11/2026", "truoc ngay 05/11/2026"),
    ("Trước ngày 05/11/2026", "Trứơc ngày 05/11/2026"),
    ("Trước ngày 05/11/2026", "- Trước ngày 05 tháng 11 năm 2026;"),
    ("Quý II năm 2026", "Quí II năm 2026"),
    ("Quý II năm 2026", "quy ii nam 2026"),
    ("Quý II năm 2026", "Quý Ⅱ năm 2026"),
    ("Tháng 3 - 5/2026", "Tháng 3–5/2026"),
    ("Tháng 3 - 5/2026", "Tháng 3 — tháng 5/2026"),
    ("Hằng quý", "Hàng quý"),
    ("Định kỳ 3 tháng", "Định kì ba tháng"),
]


@pytest.mark.parametrize(("clean", "typed"), VARIANTS)
def test_a_variant_of_typing_changes_nothing(clean: str, typed: str) -> None:
    expected, read = parse_timing(clean, year=2026), parse_timing(typed, year=2026)
    assert (read.kind, read.occurrences, read.needs_confirmation) == (expected.kind, expected.occurrences, False)


@pytest.mark.parametrize("phrase", ["Trước quý III", "Sau khi kết thúc đánh giá", "Chậm nhất năm ngày kể từ ngày ký"])
def test_decomposed_letters_read_as_composed_ones(phrase: str) -> None:
    assert parse_timing(unicodedata.normalize("NFD", phrase), year=2026) == parse_timing(phrase, year=2026)
