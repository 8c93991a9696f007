from datetime import date

import pytest

from qms.deadlines import Timing, TimingKind, Window, WorkingCalendar, explain, parse_timing


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("Trước ngày 06/11/2026", "Trước ngày 06/11/2026 nên ngày cuối là thứ Năm 05/11/2026."),
        ("Chậm nhất là ngày 20/5", "Ngày cuối là thứ Tư 20/05/2026."),
        ("Quý III", "Từ 01/07/2026 đến hết thứ Tư 30/09/2026."),
        ("Ngày 18/5/2026", "Trong ngày thứ Hai 18/05/2026."),
        (
            "Tháng 6 (trước ngày 25)",
            "Từ 01/06/2026, trước ngày 25/06/2026 nên ngày cuối là thứ Tư 24/06/2026.",
        ),
        ("Quý IV hằng năm", "Mỗi năm một kỳ. Từ 01/10/2026 đến hết thứ Năm 31/12/2026."),
        (
            "Hằng tháng, chậm nhất ngày 10",
            "Việc lặp lại 12 kỳ, ngày cuối từng kỳ: 10/01, 10/02, 10/03, 10/04, 10/05, 10/06, 10/07, 10/08, 10/09, "
            "10/10, 10/11, 10/12/2026.",
        ),
        (
            "Trong 20 ngày làm việc kể từ ngày nhận được hướng dẫn",
            "Chờ sự kiện: nhận được hướng dẫn. Khi ghi nhận, hạn là 20 ngày làm việc sau ngày sự kiện.",
        ),
        ("Khi có góp ý", "Chờ sự kiện: có góp ý. Khi ghi nhận sự kiện, người ghi nhận định hạn."),
        ("2 tuần trước khi họp", "Theo việc khác: họp. Hạn là 2 tuần trước ngày của việc đó."),
        ("Theo lịch của Đoàn kiểm tra", "Chờ thời gian do nơi khác định: lịch của Đoàn kiểm tra."),
        ("Chưa định", "Chưa xác định được thời gian; cần người phụ trách ghi rõ. Không đọc được mốc thời gian nào."),
    ],
)
def test_a_meaning_reads_as_plain_sentences(phrase: str, said: str) -> None:
    assert explain(parse_timing(phrase, year=2026)) == said


def test_cases_are_explained_one_by_one() -> None:
    timing = parse_timing("Trường hợp có sửa đổi: trước 15/9. Trường hợp không sửa đổi: tháng 12", year=2026)
    assert explain(timing) == (
        "Tùy trường hợp. Nếu có sửa đổi: Trước ngày 15/09/2026 nên ngày cuối là thứ Hai 14/09/2026. "
        "Nếu không sửa đổi: Từ 01/12/2026 đến hết thứ Năm 31/12/2026."
    )


def test_a_last_day_on_a_day_off_is_kept_and_warned_about() -> None:
    timing = parse_timing("Trước ngày 18/02/2026", year=2026)
    assert explain(timing, WorkingCalendar()) == (
        "Trước ngày 18/02/2026 nên ngày cuối là thứ Ba 17/02/2026. "
        "Lưu ý: ngày cuối là ngày nghỉ: 17/02/2026 (Tết Bính Ngọ); hạn giữ nguyên như đã ghi."
    )


def test_a_working_last_day_needs_no_warning() -> None:
    timing = parse_timing("Trước ngày 06/11/2026", year=2026)
    assert explain(timing, WorkingCalendar()) == explain(timing)


def test_a_year_whose_days_off_are_not_decreed_is_named() -> None:
    timing = parse_timing("Trước ngày 12/3/2027", year=2027)
    assert explain(timing, WorkingCalendar()).endswith(
        "Lịch nghỉ Tết và Quốc khánh năm 2027 chưa được công bố, đang dùng ngày dự kiến."
    )


def test_what_needs_a_person_is_said_last() -> None:
    said = explain(parse_timing("Quý II hoặc Quý III", year=2026))
    assert said.endswith("Cần xác nhận: Cụm từ có “hoặc”: cần chọn mốc nào.")


def test_a_window_set_by_a_person_is_explained_too() -> None:
    timing = Timing("theo thỏa thuận", TimingKind.WINDOW, (Window(None, date(2026, 7, 1)),))
    assert explain(timing) == "Ngày cuối là thứ Tư 01/07/2026."
