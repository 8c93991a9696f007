"""Plans in workbooks."""

import datetime
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import PatternFill

from plans.content import Column, LayoutColumn, Signer, TaskContent
from plans.importing import NotAPlan

from .sheets import FIRST, HEADING, SECOND, TITLE, book, plan_book, plan_rows, read_book
from .typed import codes

TASKS = (
    TaskContent("1", FIRST[1], (FIRST[2],), FIRST[3], timing=FIRST[4]),
    TaskContent("2", SECOND[1], (SECOND[2],), SECOND[3], timing=SECOND[4]),
)


def test_head_title_table_and_signature_of_a_sheet_are_read(tmp_path: Path) -> None:
    plan = read_book(tmp_path, plan_book(FIRST, SECOND))
    content = plan.content
    assert (content.agency, content.parent_agency, content.number) == ("SỞ NỘI VỤ", "UBND TỈNH SƠN BÌNH", "12")
    assert (content.date, content.place, content.year) == (datetime.date(2026, 1, 15), "Sơn Bình", 2026)
    assert content.subject == "ÁP DỤNG HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG NĂM 2026"
    assert content.tasks == TASKS
    assert content.recipients == ("UBND tỉnh", "Lưu: VT")
    assert content.signer == Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Minh Khôi")
    assert codes(plan) == ["bases_missing"]


def test_widths_of_the_sheet_become_the_layout(tmp_path: Path) -> None:
    made = plan_book(FIRST)
    for letter, width in zip("ABCDE", (5, 40, 20, 20, 15), strict=True):
        made["Kế hoạch"].column_dimensions[letter].width = width
    assert read_book(tmp_path, made).content.layout.columns == tuple(
        LayoutColumn(key, heading, width)
        for key, heading, width in zip(
            (Column.ORDINAL, Column.TITLE, Column.OUTPUTS, Column.LEAD, Column.TIMING),
            HEADING,
            (5, 40, 20, 20, 15),
            strict=True,
        )
    )


@pytest.mark.parametrize(
    ("value", "shown", "timing"),
    [
        (datetime.date(2026, 3, 5), "dd/mm/yyyy", "05/03/2026"),
        (datetime.datetime(2026, 3, 5, 8, 30), "d-mmm-yy", "05/03/2026"),  # noqa: DTZ001 - Excel knows no zones
        (datetime.date(2026, 3, 1), "mm/yyyy", "03/2026"),
        ("Tháng\n3/2026", "General", "Tháng 3/2026"),
        ("'Quý I", "General", "'Quý I"),
    ],
)
def test_dates_are_shown_the_vietnamese_way(tmp_path: Path, value: Any, shown: str, timing: str) -> None:
    made = plan_book((*FIRST[:4], value))
    made["Kế hoạch"]["E8"].number_format = shown
    (task,) = read_book(tmp_path, made).content.tasks
    assert task.timing == timing


@pytest.mark.parametrize(("value", "ordinal"), [(1, "1"), (1.0, "1"), (1.1, "1.1"), ("1.", "1"), ("01", "01")])
def test_ordinals_are_numbers_without_a_fraction(tmp_path: Path, value: Any, ordinal: str) -> None:
    (task,) = read_book(tmp_path, plan_book((value, *FIRST[1:]))).content.tasks
    assert task.ordinal == ordinal


@pytest.mark.parametrize(
    ("words", "outputs"),
    [
        ("Kế hoạch\nBáo cáo", ("Kế hoạch", "Báo cáo")),
        ("- Kế hoạch;\n- Báo cáo.", ("Kế hoạch", "Báo cáo.")),
        ("Kế hoạch\ncủa Sở", ("Kế hoạch của Sở",)),
    ],
)
def test_typed_breaks_part_outputs(tmp_path: Path, words: str, outputs: tuple[str, ...]) -> None:
    (task,) = read_book(tmp_path, plan_book((*FIRST[:2], words, *FIRST[3:]))).content.tasks
    assert task.outputs == outputs


def test_merged_cells_count_for_every_row(tmp_path: Path) -> None:
    made = plan_book(FIRST, (None, *SECOND[1:3], None, SECOND[4]))
    made["Kế hoạch"].merge_cells("A8:A9")
    made["Kế hoạch"].merge_cells("D8:D9")
    assert [(t.ordinal, t.lead) for t in read_book(tmp_path, made).content.tasks] == [("1", FIRST[3])] * 2


@pytest.mark.parametrize("merged", [True, False])
def test_group_rows_are_phases(tmp_path: Path, merged: bool) -> None:
    made = plan_book(("I. CHUẨN BỊ",), FIRST, ("II. THỰC HIỆN",), SECOND)
    if merged:
        made["Kế hoạch"].merge_cells("A8:E8")
        made["Kế hoạch"].merge_cells("A10:E10")
    phases = read_book(tmp_path, made).content.phases
    assert [(p.number, p.title, p.tasks) for p in phases] == [
        ("I", "CHUẨN BỊ", TASKS[:1]),
        ("II", "THỰC HIỆN", TASKS[1:]),
    ]


def month_rows() -> list[tuple[Any, ...]]:
    group = ("TT", "Nhiệm vụ", "Chủ trì", "Tháng thực hiện")
    return [(TITLE,), group, (None, None, None, *range(1, 13)), (1, "Rà soát", "Thư ký ISO", None, "x", None, "x")]


def test_months_are_ticked_or_coloured(tmp_path: Path) -> None:
    made = book(("KH", month_rows()))
    sheet = made["KH"]
    for cells in ("A2:A3", "B2:B3", "C2:C3", "D2:O2"):
        sheet.merge_cells(cells)
    sheet["O4"].fill = PatternFill("solid", fgColor="FFC000")
    (task,) = read_book(tmp_path, made).content.tasks
    assert task.timing == "Tháng 2, 4, 12"


def test_lines_above_and_below_the_table_are_sections(tmp_path: Path) -> None:
    above = [("I. MỤC ĐÍCH",), ("Giữ cho công việc trôi chảy.",), ("II. NHIỆM VỤ",)]
    below = [("III. TỔ CHỨC THỰC HIỆN",), ("- Văn phòng Sở theo dõi.",), ("Trên đây là Kế hoạch năm 2026./.",)]
    made = book(("KH", [(TITLE,), *above, HEADING, FIRST, *below, ("Nơi nhận:", None, "GIÁM ĐỐC")]))
    content = read_book(tmp_path, made).content
    assert [(s["heading"], s["text"]) for s in content.to_json()["sections"]] == [
        ("MỤC ĐÍCH", "Giữ cho công việc trôi chảy."),
        ("NHIỆM VỤ", ""),
        ("TỔ CHỨC THỰC HIỆN", "- Văn phòng Sở theo dõi."),
    ]
    assert (content.closing, content.tasks) == ("Trên đây là Kế hoạch năm 2026./.", TASKS[:1])


def test_a_sheet_without_a_table_is_passed_over(tmp_path: Path) -> None:
    made = book(("Danh mục", [("Mã", "Tên"), ("VP", "Văn phòng")]), ("KH", plan_rows(FIRST)))
    assert read_book(tmp_path, made).content.tasks == TASKS[:1]


def test_a_hidden_sheet_is_passed_over(tmp_path: Path) -> None:
    made = book(("Nháp", [(TITLE,), HEADING, SECOND]), ("KH", plan_rows(FIRST)))
    made["Nháp"].sheet_state = "hidden"
    assert read_book(tmp_path, made).content.tasks == TASKS[:1]


def test_tables_on_several_sheets_are_phases(tmp_path: Path) -> None:
    made = book(("Quý I", [(TITLE,), HEADING, FIRST]), ("Quý II", [HEADING, SECOND]), ("Ghi chú", [("Không in",)]))
    phases = read_book(tmp_path, made).content.phases
    assert [(p.title, p.tasks) for p in phases] == [("Quý I", TASKS[:1]), ("Quý II", TASKS[1:])]


def test_decomposed_letters_are_composed_in_names_of_sheets_too(tmp_path: Path) -> None:
    names = [unicodedata.normalize("NFD", name) for name in ("Quý I", "Quý II")]
    made = book((names[0], [(TITLE,), HEADING, FIRST]), (names[1], [HEADING, SECOND]))
    assert [phase.title for phase in read_book(tmp_path, made).content.phases] == ["Quý I", "Quý II"]


def test_of_two_plans_the_open_one_is_read(tmp_path: Path) -> None:
    made = book(("2025", [("KẾ HOẠCH NĂM 2025",), HEADING, SECOND]), ("2026", [(TITLE,), HEADING, FIRST]))
    made.active = 1
    plan = read_book(tmp_path, made)
    assert (plan.content.tasks, plan.content.year) == (TASKS[:1], 2026)
    assert [(d.code, d.where) for d in plan.doubts if d.code == "several_plans"] == [
        ("several_plans", "Trang tính 2025")
    ]


def test_doubts_name_sheet_and_row(tmp_path: Path) -> None:
    plan = read_book(tmp_path, plan_book((*FIRST[:4], None)))
    assert [(d.code, d.where) for d in plan.doubts if d.code == "timing_missing"] == [
        ("timing_missing", "Trang tính Kế hoạch, dòng 8")
    ]


@pytest.mark.parametrize("rows", [[("Tên", "Điểm"), ("An", 9)], [], [(None,)]])
def test_a_workbook_without_a_plan_is_refused(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    with pytest.raises(NotAPlan):
        read_book(tmp_path, book(("Sheet1", rows)))


def test_values_of_formulas_are_read(tmp_path: Path) -> None:
    made = plan_book(FIRST, ("=A8+1", *SECOND[1:]))
    assert [t.ordinal for t in read_book(tmp_path, made).content.tasks] == ["1", ""]
