"""A plan that is typed in many ways and read again is the plan it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from plans.content import Column, LayoutColumn, LayoutContent, PlanContent, SectionKind, TaskStyle
from plans.documents import plan_document
from plans.importing import ImportedPlan, read_plan
from qms.documents.docx import render_docx

from .typist import USUAL, Habits, Typist

USUALLY = Habits()
HABITS = {
    "as usual": USUALLY,
    "other headings": Habits(words=1),
    "still other headings": Habits(words=2),
    "columns the other way round": Habits(order=tuple(reversed(USUAL))),
    "a head with tabs": Habits(head="tabs"),
    "a head in lines": Habits(head="lines"),
    "decomposed letters and hard spaces": Habits(decomposed=True, hard_spaces=True),
    "runs of three letters": Habits(run_length=3),
    "automatic numbers and dashes": Habits(automatic=True),
    "the heading typed again every two rows": Habits(repeat_every=2),
    "one table with group rows": Habits(grouped=True),
    "a heading of two levels": Habits(two_levels=True),
    "two levels, typed again": Habits(two_levels=True, repeat_every=3, words=1),
    "numbered columns": Habits(counted_columns=True),
    "breaks inside cells": Habits(broken_cells=True),
    "a signature in paragraphs": Habits(signature="paragraphs"),
    "empty lines everywhere": Habits(empty_lines=True),
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_plan_typed_with_this_habit_is_read_as_it_was(plan: PlanContent, tmp_path: Path, habit: str) -> None:
    read = Typist(plan, HABITS[habit]).type().read(tmp_path)
    phases = tuple(replace(phase, in_table=HABITS[habit].grouped) for phase in plan.phases)
    assert replace(read.content, layout=plan.layout) == replace(plan, phases=phases)


@pytest.mark.parametrize("habit", HABITS)
def test_a_plan_without_a_table_is_read_as_it_was(plan: PlanContent, tmp_path: Path, habit: str) -> None:
    tasks = tuple(replace(task, outputs=task.outputs[:1], timing="Quý I") for task in plan.tasks[:3])
    tasks = tuple(replace(task, ordinal=str(number)) for number, task in enumerate(tasks, start=1))
    sections = tuple(replace(s, text="") if s.kind == SectionKind.TASKS else s for s in plan.sections)
    phases = (replace(plan.phases[0], number="", title="", tasks=tasks),)
    plain = replace(plan, phases=phases, sections=sections, layout=LayoutContent(TaskStyle.PARAGRAPHS))
    read = Typist(plain, HABITS[habit]).type().read(tmp_path)
    assert replace(read.content, layout=plain.layout) == plain


def test_what_was_read_survives_storage(plan: PlanContent, tmp_path: Path) -> None:
    read = Typist(plan, USUALLY).type().read(tmp_path)
    assert ImportedPlan.from_storage(read.to_storage()) == read


@pytest.mark.parametrize("style", [TaskStyle.TABLE, TaskStyle.ANNEX])
def test_a_file_printed_by_this_system_is_read_as_it_was(plan: PlanContent, tmp_path: Path, style: TaskStyle) -> None:
    layout = replace(plan.layout, style=style, annex_title="Phân công nhiệm vụ" if style == TaskStyle.ANNEX else "")
    columns = (*layout.columns[:3], LayoutColumn(Column.APPROVER, "Phê duyệt", 10), *layout.columns[3:])
    printed = replace(plan, layout=replace(layout, columns=columns))
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(render_docx(plan_document(printed)))
    assert replace(read_plan(path).content, layout=printed.layout) == printed
