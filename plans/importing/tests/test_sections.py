"""Sections, responsibilities, the end of the plan."""

from pathlib import Path

import pytest

from plans.content import UNNUMBERED, ResponsibilityContent, Signer
from plans.importing import ImportedPlan
from plans.importing.blocks import Line
from plans.importing.responsibilities import subject_of
from plans.importing.signature import read_signature

from .typed import FIRST, HEADING, Typed, codes, make_bold


def typed_body(folder: Path, *lines: str) -> ImportedPlan:
    """A plan whose body is these lines; headings in capitals are bold, "#" stands for the task table."""
    typed = Typed()
    typed.head()
    typed.title()
    typed.opening()
    for text in lines:
        if text == "#":
            typed.table([HEADING, FIRST])
        else:
            typed.line(text, bold=text.isupper())
    typed.closing()
    return typed.read(folder)


def sections(plan: ImportedPlan) -> list[tuple[str, str, str]]:
    return [(s["number"], s["heading"], s["text"]) for s in plan.to_json()["sections"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["I. MỤC ĐÍCH", "Rõ việc.", "II. NHIỆM VỤ", "#"], [("I", "MỤC ĐÍCH", "Rõ việc."), ("II", "NHIỆM VỤ", "")]),
        (["I.\tMỤC ĐÍCH:", "Rõ việc.", "II/ NHIỆM VỤ", "#"], [("I", "MỤC ĐÍCH", "Rõ việc."), ("II", "NHIỆM VỤ", "")]),
        (["I- MỤC ĐÍCH", "Rõ.", "II - NHIỆM VỤ", "#"], [("I", "MỤC ĐÍCH", "Rõ."), ("II", "NHIỆM VỤ", "")]),
        (["A. MỤC ĐÍCH", "Rõ việc.", "B. NHIỆM VỤ", "#"], [("A", "MỤC ĐÍCH", "Rõ việc."), ("B", "NHIỆM VỤ", "")]),
        (["1. MỤC ĐÍCH", "1. Rõ việc.", "2. NHIỆM VỤ", "#"], [("1", "MỤC ĐÍCH", "1. Rõ việc."), ("2", "NHIỆM VỤ", "")]),
        (["MỤC ĐÍCH", "Rõ việc.", "NHIỆM VỤ", "#"], [("", "MỤC ĐÍCH", "Rõ việc."), ("", "NHIỆM VỤ", "")]),
        (
            ["I. MỤC ĐÍCH", "Rõ.", "II. NỘI DUNG", "VÀ TIẾN ĐỘ", "#", "III. KINH PHÍ: Tự lo.", "IV. KHÁC", "Không."],
            [("I", "MỤC ĐÍCH", "Rõ."), ("II", "NỘI DUNG VÀ TIẾN ĐỘ", ""), ("III", "KINH PHÍ", "Tự lo."),
             ("IV", "KHÁC", "Không.")],
        ),
    ],
)  # fmt: skip
def test_sections_are_found_in_each_way_of_numbering(
    tmp_path: Path, lines: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert sections(typed_body(tmp_path, *lines)) == expected


def test_a_sentence_that_begins_like_a_roman_number_is_no_section(tmp_path: Path) -> None:
    plan = typed_body(
        tmp_path, "I. MỤC ĐÍCH", "V. v. các việc khác.", "I. một mục con viết thường.", "II. NHIỆM VỤ", "#"
    )
    assert [number for number, _, _ in sections(plan)] == ["I", "II"]


def test_a_paragraph_after_the_closing_sentence_belongs_to_it(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.line("Trên đây là Kế hoạch năm 2026.")
    typed.line("Có vướng mắc xin báo về Văn phòng Sở./.")
    closing = typed.read(tmp_path).content.closing
    assert closing == "Trên đây là Kế hoạch năm 2026.\nCó vướng mắc xin báo về Văn phòng Sở./."


def test_a_closing_without_its_usual_words_is_found(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.line("Trong quá trình thực hiện, nếu có vướng mắc xin báo về Văn phòng Sở./.")
    plan = typed.read(tmp_path).content
    assert (plan.sections[1].text_after, plan.closing[:20]) == ("", "Trong quá trình thực")


def duties(folder: Path, *lines: tuple[str, bool]) -> ImportedPlan:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("III. TỔ CHỨC THỰC HIỆN")
    for text, bold in lines:
        typed.line(text, bold=bold)
    typed.closing()
    return typed.read(folder)


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (
            [("1. Sở", True), ("- Theo dõi.", False), ("- Báo cáo.", False), ("2. Các phòng", True), ("Làm.", False)],
            [("Sở", "- Theo dõi.\n- Báo cáo.", "1"), ("Các phòng", "Làm.", "2")],
        ),
        ([("1. Văn phòng Sở:", False), ("- Theo dõi.", False)], [("Văn phòng Sở", "- Theo dõi.", "1")]),
        ([("1- Văn phòng Sở", True), ("1) Theo dõi;", False), ("2) Báo cáo.", False)],
         [("Văn phòng Sở", "1) Theo dõi;\n2) Báo cáo.", "1-")]),
        ([("Văn phòng Sở", True), ("1. Theo dõi.", False), ("2. Báo cáo.", False)],
         [("Văn phòng Sở", "1. Theo dõi.\n2. Báo cáo.", UNNUMBERED)]),
        ([("a) Văn phòng Sở", True), ("Theo dõi.", False)], [("Văn phòng Sở", "Theo dõi.", "a)")]),
        ([("Văn phòng Sở", True), ("- Theo dõi.", False)], [("Văn phòng Sở", "- Theo dõi.", UNNUMBERED)]),
        (
            [("- Văn phòng Sở theo dõi.", False), ("- Giữ gìn hồ sơ.", False)],
            [("Văn phòng Sở", "- Văn phòng Sở theo dõi.", ""), ("", "- Giữ gìn hồ sơ.", "")],
        ),
        (
            [("1. Văn phòng Sở chủ trì tham mưu.", False), ("2. Các phòng thuộc Sở: phối hợp thực hiện.", False)],
            [("Văn phòng Sở", "1. Văn phòng Sở chủ trì tham mưu.", ""),
             ("Các phòng thuộc Sở", "2. Các phòng thuộc Sở: phối hợp thực hiện.", "")],
        ),
        ([("Giao Thư ký ISO theo dõi.", False)], [("Thư ký ISO", "Giao Thư ký ISO theo dõi.", "")]),
    ],
)  # fmt: skip
def test_responsibilities_are_told_by_unit(
    tmp_path: Path, lines: list[tuple[str, bool]], items: list[tuple[str, str, str]]
) -> None:
    content = duties(tmp_path, *lines).content
    assert content.responsibilities == tuple(ResponsibilityContent(*item) for item in items)


@pytest.mark.parametrize(
    "lines",
    [
        [("Các đơn vị có trách nhiệm sau:", False), ("1. Văn phòng Sở", True), ("- Theo dõi.", False)],
        [("Văn phòng Sở", True), ("- Theo dõi.", False), ("Các phòng", True), ("- Làm.", False)],
        [("- Văn phòng Sở theo dõi.", False), ("+ Mỗi quý một lần.", False)],
    ],
)
def test_responsibilities_print_as_they_were_typed(tmp_path: Path, lines: list[tuple[str, bool]]) -> None:
    plan = duties(tmp_path, *lines)
    assert plan.content.to_json()["sections"][2]["text"] == "\n".join(text for text, _ in lines)


def test_a_table_of_units_and_duties_is_no_task_table(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("III. TỔ CHỨC THỰC HIỆN")
    typed.table([["TT", "Đơn vị", "Nhiệm vụ"], ["1", "Văn phòng Sở", "Theo dõi chung"]])
    typed.closing()
    plan = typed.read(tmp_path)
    assert (len(plan.content.tasks), codes(plan)) == (1, ["table_skipped"])


def test_a_bold_beginning_is_the_unit(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("III. TỔ CHỨC THỰC HIỆN")
    paragraph = typed.line("- Hợp phần chuyên đề:", bold=True)
    paragraph.add_run(" chủ trì biên soạn.")
    typed.closing()
    (item,) = typed.read(tmp_path).content.responsibilities
    assert (item.unit, item.text) == ("Hợp phần chuyên đề", "- Hợp phần chuyên đề: chủ trì biên soạn.")


def test_a_paragraph_without_a_unit_is_doubted(tmp_path: Path) -> None:
    assert codes(duties(tmp_path, ("- Văn phòng Sở theo dõi.", False), ("- Giữ gìn hồ sơ.", False))) == ["unit_unclear"]


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Phòng Kế hoạch - Tài chính bố trí kinh phí.", "Phòng Kế hoạch - Tài chính"),
        ("Phòng Tổ chức - Pháp chế, Thanh tra Sở phối hợp rà soát.", "Phòng Tổ chức - Pháp chế, Thanh tra Sở"),
        ("Các phòng, đơn vị: thực hiện đúng hạn.", "Các phòng, đơn vị"),
        ("Định kỳ báo cáo kết quả.", ""),
    ],
)
def test_the_subject_of_a_sentence_is_its_unit(sentence: str, unit: str) -> None:
    assert subject_of(sentence) == unit


@pytest.mark.parametrize(
    ("lines", "recipients", "signer"),
    [
        (
            ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "GIÁM ĐỐC", "Trần Minh Khôi"],
            ("UBND tỉnh", "Lưu: VT"),
            Signer("", "GIÁM ĐỐC", "Trần Minh Khôi"),
        ),
        (
            ["Nơi nhận:\tKT. GIÁM ĐỐC", "- UBND tỉnh;\tPHÓ GIÁM ĐỐC", "- Lưu: VT.\t(Đã ký)", "\tTrần Minh Khôi"],
            ("UBND tỉnh", "Lưu: VT"),
            Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Minh Khôi"),
        ),
        (
            ["KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "TRẦN MINH KHÔI", "Nơi nhận:", "- Như trên;", "- Lưu VT."],
            ("Như trên", "Lưu VT"),
            Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TRẦN MINH KHÔI"),
        ),
        (
            [
                "Nơi nhận:",
                "- Sở A (để báo cáo);\n- Sở B;\n- Lưu: VT, VP2.",
                "TL. GIÁM ĐỐC",
                "CHÁNH VĂN PHÒNG",
                "Lê Thị Mai",
            ],
            ("Sở A (để báo cáo)", "Sở B", "Lưu: VT, VP2"),
            Signer("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Thị Mai"),
        ),
        (
            [
                "Nơi nhận:",
                "UBND tỉnh;",
                "Các phòng thuộc Sở,",
                "đơn vị trực thuộc;",
                "Lưu: VT.",
                "Q. GIÁM ĐỐC",
                "Lê Thị Mai",
            ],
            ("UBND tỉnh", "Các phòng thuộc Sở, đơn vị trực thuộc", "Lưu: VT"),
            Signer("", "Q. GIÁM ĐỐC", "Lê Thị Mai"),
        ),
        (
            ["TM. BAN CHỈ ĐẠO ISO", "TRƯỞNG BAN", "GIÁM ĐỐC SỞ NỘI VỤ", "Trần Minh Khôi"],
            (),
            Signer("TM. BAN CHỈ ĐẠO ISO\nTRƯỞNG BAN", "GIÁM ĐỐC SỞ NỘI VỤ", "Trần Minh Khôi"),
        ),
        (
            ["NGƯỜI LẬP BIỂU", "Lê Thị Mai", "GIÁM ĐỐC", "TS. Trần Minh Khôi"],
            (),
            Signer("", "GIÁM ĐỐC", "TS. Trần Minh Khôi"),
        ),
        (["Nơi nhận: - UBND tỉnh; - Lưu: VT."], ("UBND tỉnh", "Lưu: VT"), Signer()),
        (["KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"], (), Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "")),
        ([], (), Signer()),
    ],
)
def test_recipients_and_signer_are_told_apart(lines: list[str], recipients: tuple[str, ...], signer: Signer) -> None:
    assert read_signature([Line(text) for text in lines]) == (recipients, signer)


def test_a_signature_typed_as_last_rows_of_the_table_is_found(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table(
        [HEADING, FIRST, ["Nơi nhận:", "", "", "", "GIÁM ĐỐC", ""], ["- Lưu: VT.", "", "", "", "Trần Minh Khôi", ""]]
    )
    content = typed.read(tmp_path).content
    assert (len(content.tasks), content.recipients) == (1, ("Lưu: VT",))
    assert content.signer == Signer("", "GIÁM ĐỐC", "Trần Minh Khôi")


def test_a_position_as_heading_of_duties_is_no_signature(tmp_path: Path) -> None:
    duties_of = [(f"- Việc thứ {number} của năm.", False) for number in range(1, 20)]
    plan = duties(tmp_path, ("TRƯỞNG BAN CHỈ ĐẠO", True), *duties_of)
    assert [item.unit for item in plan.content.responsibilities] == ["TRƯỞNG BAN CHỈ ĐẠO"]


def test_what_is_missing_at_the_end_is_doubted(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST])
    make_bold(table.cell(1, 1).paragraphs[0])
    assert codes(typed.read(tmp_path)) == ["recipients_missing", "signer_missing"]
