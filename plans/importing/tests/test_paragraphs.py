"""Tasks in numbered paragraphs, and plans with their tasks in an annex."""

from pathlib import Path

import pytest

from plans.content import Column, LayoutColumn, PhaseContent, TaskContent, TaskStyle
from plans.importing import ImportedPlan

from .typed import FIRST, HEADING, SECOND, Typed, codes


def read_lines(folder: Path, *lines: str) -> ImportedPlan:
    """A plan whose tasks are these lines; those that begin with "*" are bold."""
    typed = Typed().start()
    for text in lines:
        typed.line(text.removeprefix("*"), bold=text.startswith("*"))
    return typed.end().read(folder)


FULL = (
    "*1. Rà soát quy trình",
    "Mỗi phòng tự rà soát.",
    "- Đơn vị thực hiện: Các phòng;",
    "- Thời gian thực hiện: Quý I.",
    "*2. Đánh giá nội bộ",
    "- Đơn vị thực hiện: Đoàn đánh giá; Thư ký ISO;",
    "- Đơn vị phối hợp: Các phòng;",
    "- Thời gian thực hiện: Quý III.",
)


def test_labelled_lines_make_tasks(tmp_path: Path) -> None:
    plan = read_lines(tmp_path, *FULL)
    assert plan.content.tasks == (
        TaskContent("1", "Rà soát quy trình", lead="Các phòng", timing="Quý I", description="Mỗi phòng tự rà soát."),
        TaskContent("2", "Đánh giá nội bộ", (), "Đoàn đánh giá; Thư ký ISO", "Các phòng", timing="Quý III"),
    )
    assert plan.doubts == ()


def test_the_section_prints_as_it_was_typed(tmp_path: Path) -> None:
    text = read_lines(tmp_path, "Gồm các việc sau:", *FULL, "Các việc khác do Giám đốc giao.").content.to_json()
    lines = [line.removeprefix("*") for line in FULL]
    assert text["sections"][1]["text"].split("\n")[:9] == ["Gồm các việc sau:", *lines]


def test_the_labels_are_the_layout(tmp_path: Path) -> None:
    layout = read_lines(tmp_path, *FULL).content.layout
    assert (layout.style, layout.columns) == (
        TaskStyle.PARAGRAPHS,
        (
            LayoutColumn(Column.LEAD, "Đơn vị thực hiện"),
            LayoutColumn(Column.SUPPORT, "Đơn vị phối hợp"),
            LayoutColumn(Column.TIMING, "Thời gian thực hiện"),
        ),
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["*1. Rà soát", "- Chủ trì: Văn phòng; phối hợp: Các phòng; thời gian: Quý I."],
        ["*1. Rà soát", "+ Đơn vị chủ trì: Văn phòng.", "+ Đơn vị phối hợp: Các phòng.", "+ Thời hạn: Quý I."],
        ["*1. Rà soát", "(Chủ trì: Văn phòng; Phối hợp: Các phòng; Thời gian: Quý I)"],
        ["1. Rà soát (Chủ trì: Văn phòng; phối hợp: Các phòng; thời gian: Quý I)"],
        ["1) Rà soát", "- Chủ trì: Văn phòng;", "- Phối hợp: Các phòng;", "- Thời gian: Quý I."],
        ["Bước 1: Rà soát", "- Chủ trì: Văn phòng;", "- Phối hợp: Các phòng;", "- Thời gian: Quý I."],
        ["1. Rà soát. Chủ trì: Văn phòng. Phối hợp: Các phòng. Thời gian: Quý I."],
        [
            "*a) Rà soát",
            "- Cơ quan chủ trì: Văn phòng",
            "- Cơ quan phối hợp: Các phòng",
            "- Thời gian hoàn thành: Quý I",
        ],
        ["*Rà soát", "Chủ trì: Văn phòng", "Phối hợp: Các phòng", "Thời gian: Quý I"],
        ["*1. Rà soát", "- Chủ trì:", "+ Văn phòng;", "- Phối hợp:", "+ Các phòng;", "- Thời gian: Quý I."],
    ],
)
def test_labels_are_understood_in_many_forms(tmp_path: Path, lines: list[str]) -> None:
    (task,) = read_lines(tmp_path, *lines).content.tasks
    title = task.title.removeprefix("Bước 1: ")
    assert (title, task.lead, task.support, task.timing) == ("Rà soát", "Văn phòng", "Các phòng", "Quý I")


def test_outputs_listed_under_their_label_are_entries(tmp_path: Path) -> None:
    lines = ["*1. Rà soát", "- Sản phẩm:", "+ Báo cáo;", "+ Bảng kê.", "- Chủ trì: Văn phòng;", "- Thời gian: Quý I."]
    (task,) = read_lines(tmp_path, *lines).content.tasks
    assert task.outputs == ("Báo cáo", "Bảng kê")


def test_headings_over_several_tasks_are_phases(tmp_path: Path) -> None:
    lines = [
        "*1. Chuẩn bị",
        "*1.1. Lập tổ",
        "- Chủ trì: Văn phòng.",
        "*2. Thực hiện",
        "*2.1. Rà soát",
        "- Chủ trì: Các phòng.",
    ]
    plan = read_lines(tmp_path, *lines)
    assert plan.content.phases == (
        PhaseContent("1", "Chuẩn bị", (TaskContent("1.1", "Lập tổ", lead="Văn phòng"),)),
        PhaseContent("2", "Thực hiện", (TaskContent("2.1", "Rà soát", lead="Các phòng"),)),
    )
    assert plan.content.to_json()["sections"][1]["text"].split("\n") == [line.removeprefix("*") for line in lines]


def test_a_single_heading_over_the_tasks_stays_text(tmp_path: Path) -> None:
    lines = ["*1. Nhiệm vụ cụ thể", "*1.1. Lập tổ", "- Chủ trì: Văn phòng.", "*2. Kinh phí", "Tự lo."]
    section = read_lines(tmp_path, *lines).content.sections[1]
    assert (section.text, section.text_after) == ("1. Nhiệm vụ cụ thể", "2. Kinh phí\nTự lo.")


def test_without_labels_numbered_headings_are_tasks_in_doubt(tmp_path: Path) -> None:
    plan = read_lines(
        tmp_path, "*1. Rà soát quy trình", "Làm trong quý I.", "*2. Đánh giá nội bộ", "Làm trong quý III."
    )
    assert [(t.ordinal, t.title, t.description) for t in plan.content.tasks] == [
        ("1", "Rà soát quy trình", "Làm trong quý I."),
        ("2", "Đánh giá nội bộ", "Làm trong quý III."),
    ]
    assert codes(plan)[0] == "tasks_guessed"


def test_a_section_that_prints_otherwise_is_doubted_but_shown_to_the_letter(tmp_path: Path) -> None:
    lines = ["*1. Rà soát", "+ Thời gian: Quý I", "+ Chủ trì: Văn phòng"]
    plan = read_lines(tmp_path, *lines)
    assert plan.to_json()["sections"][1]["text"] == "1. Rà soát\n+ Thời gian: Quý I\n+ Chủ trì: Văn phòng"
    assert plan.content.to_json()["sections"][1]["text"] == "1. Rà soát\n- Thời gian: Quý I;\n- Chủ trì: Văn phòng."
    assert codes(plan) == ["text_recomposed"]


def test_a_plan_without_any_task_is_read_with_a_doubt(tmp_path: Path) -> None:
    plan = read_lines(tmp_path, "Các phòng chủ động làm việc.")
    assert (plan.content.tasks, codes(plan)) == ((), ["no_tasks"])


def with_annex(folder: Path, *titles: str) -> ImportedPlan:
    typed = Typed().start()
    typed.line("Chi tiết tại Phụ lục kèm theo Kế hoạch này.")
    typed.end()
    for title in titles:
        typed.line(title, bold=True, centered=True)
    typed.table([HEADING, FIRST, SECOND])
    return typed.read(folder)


def test_tasks_may_stand_in_an_annex(tmp_path: Path) -> None:
    plan = with_annex(tmp_path, "PHỤ LỤC", "BẢNG PHÂN CÔNG NHIỆM VỤ", "(Kèm theo Kế hoạch số 12/KH-SNV)")
    assert [task.title for task in plan.content.tasks] == [FIRST[1], SECOND[1]]
    assert plan.content.layout.style == TaskStyle.ANNEX
    assert plan.content.layout.annex_title == "BẢNG PHÂN CÔNG NHIỆM VỤ"
    assert plan.content.signer.name == "Trần Minh Khôi"
    assert plan.doubts == ()


def test_the_section_that_names_the_annex_keeps_its_text(tmp_path: Path) -> None:
    content = with_annex(tmp_path, "Phụ lục I: Danh mục nhiệm vụ").content
    assert content.to_json()["sections"][1]["text"] == "Chi tiết tại Phụ lục kèm theo Kế hoạch này."
    assert content.layout.annex_title == "Danh mục nhiệm vụ"


def test_an_annex_without_tasks_is_left_out_with_a_doubt(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.end()
    typed.line("PHỤ LỤC", bold=True, centered=True)
    typed.line("Mẫu phiếu rà soát", centered=True)
    plan = typed.read(tmp_path)
    assert (len(plan.content.tasks), codes(plan)) == (1, ["attachment_skipped"])
