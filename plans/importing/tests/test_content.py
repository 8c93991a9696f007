"""The parts of `plans.content` that an import relies on."""

from dataclasses import replace

import pytest

from plans.content import (
    UNNUMBERED,
    Column,
    LayoutColumn,
    LayoutContent,
    PlanContent,
    ResponsibilityContent,
    TaskContent,
    TaskStyle,
    from_storage,
    responsibility_lines,
    task_paragraphs,
    to_storage,
    with_number,
)


@pytest.mark.parametrize(
    ("number", "line"),
    [("1", "1. Chuẩn bị"), ("1.1", "1.1. Chuẩn bị"), ("a)", "a) Chuẩn bị"), ("1-", "1- Chuẩn bị"), ("", "Chuẩn bị")],
)
def test_a_number_prints_with_its_own_sign(number: str, line: str) -> None:
    assert with_number(number, "Chuẩn bị") == line


@pytest.mark.parametrize(
    ("heading", "lines"),
    [("1", ["1. Văn phòng", "Theo dõi."]), (UNNUMBERED, ["Văn phòng", "Theo dõi."]), ("", ["Theo dõi."])],
)
def test_a_unit_has_a_heading_with_or_without_number_or_none(heading: str, lines: list[str]) -> None:
    assert responsibility_lines(ResponsibilityContent("Văn phòng", "Theo dõi.", heading)) == lines


def test_labelled_lines_follow_the_order_of_the_layout() -> None:
    layout = LayoutContent(TaskStyle.PARAGRAPHS, (LayoutColumn(Column.TIMING, "Hạn"), LayoutColumn(Column.LEAD, "Ai")))
    task = TaskContent("1", "Rà soát", ("Báo cáo",), "Thư ký", timing="Quý I")
    assert task_paragraphs(task, layout) == ["1. Rà soát", "- Hạn: Quý I;", "- Ai: Thư ký;", "- Sản phẩm: Báo cáo."]


def test_a_plan_comes_back_from_storage_as_it_was(plan: PlanContent) -> None:
    assert from_storage(to_storage(plan)) == plan
    undated = replace(plan, date=None, layout=LayoutContent(TaskStyle.ANNEX, annex_title="Danh mục", landscape=True))
    assert from_storage(to_storage(undated)) == undated


@pytest.mark.parametrize("spoilt", [{}, {"date": "05/02/2026"}, {"layout": {"style": "poem", "columns": []}}])
def test_anything_else_is_no_stored_plan(plan: PlanContent, spoilt: dict[str, object]) -> None:
    data = {**to_storage(plan), **spoilt} if spoilt else {}
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_storage(data)
