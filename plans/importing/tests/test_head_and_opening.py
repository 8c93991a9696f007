"""The head, the title, the bases and the sentence that leads over."""

import datetime
from pathlib import Path

import pytest

from plans.content import PlanContent
from plans.importing.blocks import Line
from plans.importing.header_block import Head, read_head
from plans.importing.opening import agency_in

from .typed import FIRST, HEADING, Typed, codes

DAY = datetime.date(2026, 2, 5)


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (
            ["UBND TỈNH SƠN BÌNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc",
             "Số: 05/KH-SNV\tSơn Bình, ngày 05 tháng 02 năm 2026"],
            Head("SỞ NỘI VỤ", "UBND TỈNH SƠN BÌNH", "05", "KH-SNV", "Sơn Bình", DAY, True),
        ),
        (
            ["UBND TỈNH SƠN BÌNH CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ Độc lập – Tự do – Hạnh phúc",
             "Số:   05/KH-SNV   Sơn Bình, ngày  05  tháng  02  năm 2026"],
            Head("SỞ NỘI VỤ", "UBND TỈNH SƠN BÌNH", "05", "KH-SNV", "Sơn Bình", DAY, True),
        ),
        (
            ["Ủy ban nhân dân\ntỉnh Sơn Bình", "Sở Nội vụ", "Số 05 / KH - SNV", "Sơn Bình, ngày 5 tháng 2 năm 2026"],
            Head("Sở Nội vụ", "Ủy ban nhân dân tỉnh Sơn Bình", "05", "KH-SNV", "Sơn Bình", DAY, True),
        ),
        (
            ["SỞ NỘI VỤ", "Số:        /KH-SNV", "Sơn Bình, ngày     tháng     năm 2026"],
            Head("SỞ NỘI VỤ", "", "", "KH-SNV", "Sơn Bình", None, True),
        ),
        (
            ["SỞ NỘI VỤ", "Số: …../KH-SNV", "Sơn Bình, ngày … tháng 02 năm 2026"],
            Head("SỞ NỘI VỤ", "", "", "KH-SNV", "Sơn Bình", None, True),
        ),
        (
            ["DỰ THẢO LẦN 2", "UBND TỈNH SƠN BÌNH", "SỞ VĂN HÓA", "VÀ THỂ THAO", "-------", "Số: 7/KH-SVHTT"],
            Head("SỞ VĂN HÓA VÀ THỂ THAO", "UBND TỈNH SƠN BÌNH", "7", "KH-SVHTT", "", None, True),
        ),
        (
            ["SỞ NỘI VỤ", "CHI CỤC VĂN THƯ", "Số: 12/KH-CCVT", "TP. Sơn Bình, ngày 31 tháng 12 năm 2025"],
            Head("CHI CỤC VĂN THƯ", "SỞ NỘI VỤ", "12", "KH-CCVT", "TP. Sơn Bình", datetime.date(2025, 12, 31), True),
        ),
        (
            ["SỞ LAO ĐỘNG VÀ", "XÃ HỘI", "───────", "Email: a@b.vn", "Số: 5/KH-SLĐ", "Sơn Bình, ngày 05/02/2026"],
            Head("SỞ LAO ĐỘNG VÀ XÃ HỘI", "", "5", "KH-SLĐ", "Sơn Bình", DAY, True),
        ),
        (
            ["SỞ NỘI VỤ", "Số: ..../......", "......, ngày .... tháng .... năm 2026"],
            Head("SỞ NỘI VỤ", "", "", "", "", None, True),
        ),
        ([], Head()),
    ],
)  # fmt: skip
def test_a_head_is_read_from_plain_lines(lines: list[str], head: Head) -> None:
    assert read_head([Line(text) for text in lines]) == head


def test_bold_lines_are_the_issuing_agency() -> None:
    lines = [Line("BỘ NỘI VỤ"), Line("CỤC VĂN THƯ", bold=True), Line("VÀ LƯU TRỮ NHÀ NƯỚC", bold=True)]
    head = read_head(lines)
    assert (head.parent_agency, head.agency) == ("BỘ NỘI VỤ", "CỤC VĂN THƯ VÀ LƯU TRỮ NHÀ NƯỚC")


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert read_head([Line("Sơn Bình, ngày 31 tháng 02 năm 2026")]).date is None


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("Sở Công nghiệp nhẹ xây dựng Kế hoạch năm 2026 như sau:", "Sở Công nghiệp nhẹ"),
        ("Sở Văn hóa, Thể thao và Du lịch ban hành Kế hoạch như sau:", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Để triển khai tốt, Sở Nội vụ ban hành Kế hoạch như sau:", "Sở Nội vụ"),
        ("Thực hiện chỉ đạo của Sở Y tế tổ chức lại, Sở Nội vụ lập kế hoạch như sau:", "Sở Nội vụ"),
        ("Ban Chỉ đạo ISO Sở Xây lắp ban hành Kế hoạch như sau:", "Sở Xây lắp"),
        ("Kế hoạch được ban hành như sau:", ""),
    ],
)
def test_the_agency_is_found_in_the_sentence_that_leads_over(sentence: str, agency: str) -> None:
    assert agency_in(sentence) == agency


def opened(folder: Path, *, title: list[str], lines: list[str]) -> PlanContent:
    typed = Typed()
    typed.head()
    for text in title:
        typed.line(text, bold=True, centered=True)
    typed.lines(*lines)
    typed.heading("I. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    typed.closing()
    return typed.read(folder).content


INTRO = "Sở Nội vụ ban hành Kế hoạch năm 2026 như sau:"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        (["KẾ HOẠCH", "Áp dụng ISO", "năm 2026"], "Áp dụng ISO năm 2026"),
        (["KẾ HOẠCH\nÁp dụng ISO năm 2026"], "Áp dụng ISO năm 2026"),
        (["KẾ HOẠCH ÁP DỤNG ISO NĂM 2026"], "ÁP DỤNG ISO NĂM 2026"),
        (["KẾ HOẠCH", "", "Thực hiện áp dụng ISO năm 2026", "--------"], "Thực hiện áp dụng ISO năm 2026"),
        (["KẾ HOẠCH", "Áp dụng ISO năm 2026", "(Kèm theo Quyết định số 3/QĐ-SNV)"], "Áp dụng ISO năm 2026"),
        (["Kế hoạch", "Áp dụng ISO năm 2026"], "Áp dụng ISO năm 2026"),
    ],
)
def test_the_subject_is_the_lines_under_the_title(tmp_path: Path, title: list[str], subject: str) -> None:
    content = opened(tmp_path, title=title, lines=[INTRO])
    assert (content.title, content.subject, content.intro) == ("KẾ HOẠCH", subject, INTRO)


@pytest.mark.parametrize(
    ("lines", "bases", "intro"),
    [
        (["Căn cứ Luật A;", "Thực hiện Kế hoạch B.", INTRO], ("Căn cứ Luật A;", "Thực hiện Kế hoạch B."), INTRO),
        (["Theo đề nghị của Chánh Văn phòng,", INTRO], ("Theo đề nghị của Chánh Văn phòng,",), INTRO),
        (["- Căn cứ Luật A;", "- Căn cứ Nghị định B;", INTRO], ("Căn cứ Luật A;", "Căn cứ Nghị định B;"), INTRO),
        ([f"Thực hiện Kế hoạch B; {INTRO}"], ("Thực hiện Kế hoạch B;",), INTRO),
        ([f"Thực hiện Kế hoạch B, {INTRO}"], ("Thực hiện Kế hoạch B,",), INTRO),
        (["Theo đó, Sở Nội vụ ban hành Kế hoạch như sau:"], (), "Theo đó, Sở Nội vụ ban hành Kế hoạch như sau:"),
        (["Thực hiện Kế hoạch số 3/KH-UBND, Sở Nội vụ lập kế hoạch với các nội dung chính:"],
         ("Thực hiện Kế hoạch số 3/KH-UBND,",), "Sở Nội vụ lập kế hoạch với các nội dung chính:"),
        (["Nhằm giữ vững chất lượng.", INTRO], (), f"Nhằm giữ vững chất lượng.\n{INTRO}"),
        (["\tCăn  cứ\u00a0Luật A;", INTRO], ("Căn cứ Luật A;",), INTRO),
    ],
)  # fmt: skip
def test_bases_and_intro_are_told_apart(tmp_path: Path, lines: list[str], bases: tuple[str, ...], intro: str) -> None:
    content = opened(tmp_path, title=["KẾ HOẠCH", "Áp dụng ISO năm 2026"], lines=lines)
    assert (content.bases, content.intro) == (bases, intro)


@pytest.mark.parametrize(
    ("subject", "year", "doubted"),
    [
        ("Áp dụng TCVN ISO 9001:2015 năm 2026", 2026, False),
        ("Đánh giá năm 2025 và áp dụng ISO năm 2026", 2026, True),
        ("Áp dụng TCVN ISO 9001:2015", 2026, True),
        ("Áp dụng ISO 2027", 2027, True),
    ],
)
def test_the_year_is_that_of_the_subject(tmp_path: Path, subject: str, year: int, doubted: bool) -> None:
    typed = Typed()
    typed.head(date="Sơn Bình, ngày 20 tháng 12 năm 2025")
    typed.title(subject)
    typed.heading("I. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    plan = typed.read(tmp_path)
    assert (plan.content.year, "year_guessed" in codes(plan)) == (year, doubted)


def test_without_a_head_the_agency_comes_from_the_body(tmp_path: Path) -> None:
    typed = Typed()
    typed.title()
    typed.opening()
    typed.purpose()
    typed.heading("II. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    plan = typed.end().read(tmp_path)
    assert (plan.content.agency, plan.content.symbol, plan.content.date) == ("Sở Nội vụ", "", None)
    assert codes(plan) == ["no_head", "agency_from_body"]


def test_blanks_for_number_and_day_are_doubted(tmp_path: Path) -> None:
    typed = Typed()
    typed.head(number="Số:        /KH-SNV", date="Sơn Bình, ngày     tháng 01 năm 2026")
    typed.title()
    typed.opening()
    typed.heading("I. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    typed.closing()
    assert codes(typed.read(tmp_path)) == ["number_missing", "date_incomplete"]


def test_a_plan_behind_its_decision_is_read_with_a_doubt(tmp_path: Path) -> None:
    typed = Typed()
    typed.head(number="Số: 22/QĐ-SNV")
    typed.line("QUYẾT ĐỊNH", bold=True, centered=True)
    typed.lines("Về việc ban hành Kế hoạch năm 2026", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch năm 2026.")
    typed.lines("GIÁM ĐỐC", "Trần Minh Khôi")
    typed.title()
    typed.heading("I. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    plan = typed.read(tmp_path)
    assert (plan.content.agency, plan.content.signer.name) == ("SỞ NỘI VỤ", "Trần Minh Khôi")
    assert codes(plan) == ["attached", "bases_missing", "recipients_missing"]


def test_a_plan_without_the_word_plan_is_accepted_with_a_doubt(tmp_path: Path) -> None:
    typed = Typed()
    typed.heading("I. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    plan = typed.end().read(tmp_path)
    assert ("no_title" in codes(plan), len(plan.content.tasks)) == (True, 1)
