import pytest

from qms.deadlines import Change, Shift, shift_text


@pytest.mark.parametrize(
    ("text", "from_year", "to_year", "moved"),
    [
        ("Tháng 02/2025", 2025, 2026, "Tháng 02/2026"),
        ("Trước ngày 28/02/2023", 2023, 2024, "Trước ngày 28/02/2024"),
        ("Trước ngày 29/02/2024", 2024, 2025, "Trước ngày 28/02/2025"),
        ("Trước 29/02", 2024, 2025, "Trước 28/02"),
        ("Trước 29/02", 2024, 2028, "Trước 29/02"),
        ("ngày 29 tháng 02 năm 2024", 2024, 2026, "ngày 28 tháng 02 năm 2026"),
        ("05.11.2025", 2025, 2026, "05.11.2026"),
        ("Trước 05/11/25", 2025, 2026, "Trước 05/11/26"),
        ("2025-11-05", 2025, 2026, "2025-11-05".replace("2025", "2026")),
        ("7,8/2024", 2024, 2026, "7,8/2026"),
        ("giai đoạn 2021-2025", 2025, 2026, "giai đoạn 2022-2026"),
        ("Trong 2 năm 2024 – 2025", 2025, 2026, "Trong 2 năm 2025 – 2026"),
        ("từ năm 2024 đến năm 2025", 2025, 2026, "từ năm 2025 đến năm 2026"),
        ("Quý IV/2024 và Quý I/2025", 2024, 2025, "Quý IV/2025 và Quý I/2026"),
        ("Từ tháng 11/2025 đến tháng 02/2026", 2025, 2026, "Từ tháng 11/2026 đến tháng 02/2027"),
        ("Kế hoạch áp dụng TCVN ISO 9001:2015 năm 2025", 2025, 2026, "Kế hoạch áp dụng TCVN ISO 9001:2015 năm 2026"),
        ("Thường xuyên", 2025, 2026, "Thường xuyên"),
        ("đạt 2025 hồ sơ trong năm 2025", 2025, 2026, "đạt 2025 hồ sơ trong năm 2026"),
    ],
)
def test_times_move_with_the_plan(text: str, from_year: int, to_year: int, moved: str) -> None:
    assert shift_text(text, from_year=from_year, to_year=to_year).text == moved


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014 của Thủ tướng Chính phủ",
        "Kế hoạch số 196/KH-UBND ngày 23/12/2024 của Ủy ban nhân dân tỉnh",
        "Kế hoạch số 196/KH-UBND của Ủy ban nhân dân tỉnh ngày 23/12/2024",
        "Công văn số 12/SKHCN-TĐC ngày 05 tháng 01 năm 2025",
        "Thông tư số 26/2024/TT-BKHCN",
        "Nghị quyết 28/2025/QH15",
        "TCVN ISO 9001:2015",
        "Bộ luật Lao động năm 2025",
        "đến năm 2030",
    ],
)
def test_citations_and_far_years_stay(text: str) -> None:
    assert shift_text(text, from_year=2025, to_year=2026).text == text


def test_every_change_is_listed_where_it_stands() -> None:
    shift = shift_text("Quý I/2025, trước 29/02/2024; đến năm 2030", from_year=2025, to_year=2026)
    assert shift == Shift(
        "Quý I/2026, trước 28/02/2025; đến năm 2030",
        (Change("2025", "2026", 6), Change("29/02/2024", "28/02/2025", 18, doubtful=True)),
        ("2030",),
    )


def test_a_long_period_is_moved_but_doubtful() -> None:
    shift = shift_text("giai đoạn 2021-2025", from_year=2025, to_year=2026)
    assert [change.doubtful for change in shift.changes] == [True]
