"""Rows come, go, change places, and come back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from plans.arranging import (
    add_row,
    add_task,
    add_tasks,
    move_row,
    move_task,
    remove_row,
    renumber_tasks,
    restore_row,
    step_row,
    step_task,
)
from plans.editing import Gone
from plans.enums import RowKind
from plans.models import Phase, Plan, PlanComment, RemovedRow, Responsibility, Task
from plans.numbering import Scheme, counted, groups_of, scheme_of, style_of
from qms.organisation.models import User

from .conftest import AT, MakeDraft


def rows(plan: Plan) -> list[list[tuple[str, str]]]:
    """Ordinal and title of every row, phase by phase."""
    return [
        [(task.ordinal, task.title) for task in phase.tasks.order_by("order", "pk")]
        for phase in plan.phases.order_by("order", "pk")
    ]


def numbers(plan: Plan) -> list[list[str]]:
    return [[ordinal for ordinal, _ in table] for table in rows(plan)]


def titles(plan: Plan) -> list[list[str]]:
    return [[title.removeprefix("Việc ") for _, title in table] for table in rows(plan)]


def task(plan: Plan, number: int) -> Task:
    return plan.tasks.get(title=f"Việc {number}")


def test_a_new_row_stands_behind_the_chosen_one_and_the_count_moves_on(draft: Plan, secretary: User) -> None:
    add_task(draft.phases.get(), actor=secretary, at=AT, after=task(draft, 1))
    assert rows(draft) == [[("1", "Việc 1"), ("2", ""), ("3", "Việc 2"), ("4", "Việc 3")]]


def test_a_new_row_without_a_place_stands_at_the_end(draft: Plan, secretary: User) -> None:
    add_tasks(draft.phases.get(), [{"title": "a"}, {"title": "b"}], actor=secretary, at=AT)
    assert rows(draft)[0][3:] == [("4", "a"), ("5", "b")]


def test_numbers_that_are_no_plain_count_stay_as_written(draft: Plan, secretary: User) -> None:
    draft.tasks.filter(ordinal="2").update(ordinal="1a")
    add_task(draft.phases.get(), actor=secretary, at=AT, after=task(draft, 1))
    assert numbers(draft) == [["1", "", "1a", "3"]]


@pytest.mark.parametrize(("restart", "expected"), [(False, [["1"], ["2", "3", "4"]]), (True, [["1"], ["1", "2", "3"]])])
def test_a_row_moved_to_another_phase_is_counted_there(
    make_draft: MakeDraft, secretary: User, restart: bool, expected: list[list[str]]
) -> None:
    plan = make_draft(2, 2, restart=restart)
    moved = plan.phases.order_by("order")[0].tasks.get(ordinal="2")
    move_task(moved, to=1, actor=secretary, phase=plan.phases.order_by("order")[1])
    assert numbers(plan) == expected
    assert rows(plan)[1][1][1] == "Việc 2"


def test_rows_under_one_number_keep_it_together(draft: Plan, secretary: User) -> None:
    draft.tasks.filter(title="Việc 3").update(ordinal="2")
    add_task(draft.phases.get(), actor=secretary, at=AT, after=task(draft, 1))
    assert numbers(draft) == [["1", "2", "3", "3"]]


def test_a_step_over_the_border_leads_into_the_next_phase(make_draft: MakeDraft, secretary: User) -> None:
    plan = make_draft(2, 2)
    step_task(task(plan, 2), by=1, actor=secretary)
    assert titles(plan) == [["1"], ["2", "3", "4"]]
    step_task(task(plan, 2), by=-1, actor=secretary)
    assert titles(plan) == [["1", "2"], ["3", "4"]]


def test_a_step_beyond_the_first_or_last_row_changes_nothing(draft: Plan, secretary: User) -> None:
    step_task(task(draft, 1), by=-1, actor=secretary)
    step_task(task(draft, 3), by=1, actor=secretary)
    assert titles(draft) == [["1", "2", "3"]]


def test_a_phase_of_another_plan_is_refused(make_draft: MakeDraft, secretary: User) -> None:
    with pytest.raises(ValidationError):
        move_task(task(make_draft(1), 1), to=0, actor=secretary, phase=make_draft(1).phases.get())


@pytest.mark.parametrize(("restart", "expected"), [(False, [["1", "2"], ["3", "4"]]), (True, [["1", "2"], ["1", "2"]])])
def test_all_rows_are_counted_anew_on_request(
    make_draft: MakeDraft, secretary: User, restart: bool, expected: list[list[str]]
) -> None:
    plan = make_draft(2, 2)
    plan.tasks.update(ordinal="")
    renumber_tasks(plan, actor=secretary, restart=restart)
    assert numbers(plan) == expected


def test_a_removed_row_comes_back_as_it_was(draft: Plan, secretary: User) -> None:
    old = task(draft, 2)
    comment = PlanComment.objects.create(plan=draft, author=secretary, task=old, text="Ý kiến", at=AT)
    before = rows(draft)
    removed = remove_row(old, actor=secretary, at=AT)
    assert rows(draft) == [[("1", "Việc 1"), ("2", "Việc 3")]]
    back = restore_row(removed, actor=secretary, at=AT)
    comment.refresh_from_db()
    assert rows(draft) == before
    assert (back.outputs, back.timing, comment.task) == (old.outputs, old.timing, back)
    assert [link.unit.name for link in back.units.all()] == ["Văn phòng Sở"]
    assert not RemovedRow.objects.exists()


def test_of_an_empty_row_nothing_is_kept(draft: Plan, secretary: User) -> None:
    assert remove_row(add_task(draft.phases.get(), actor=secretary, at=AT), actor=secretary, at=AT) is None
    assert RemovedRow.objects.count() == 0


def test_a_removed_row_comes_back_under_the_number_it_shared(draft: Plan, secretary: User) -> None:
    draft.tasks.filter(title="Việc 3").update(ordinal="2")
    before = rows(draft)
    restore_row(remove_row(task(draft, 3), actor=secretary, at=AT), actor=secretary, at=AT)
    assert rows(draft) == before


def test_a_row_removed_twice_is_said_to_be_gone(draft: Plan, secretary: User) -> None:
    old = task(draft, 2)
    remove_row(task(draft, 2), actor=secretary, at=AT)
    with pytest.raises(Gone):
        remove_row(old, actor=secretary, at=AT)


@pytest.mark.parametrize("by", [1, -1])
def test_a_row_that_somebody_took_out_meanwhile_takes_no_step(draft: Plan, secretary: User, by: int) -> None:
    task, duty = draft.tasks.get(title="Việc 2"), draft.responsibilities.first()
    Task.objects.filter(pk=task.pk).delete()
    Responsibility.objects.filter(pk=duty.pk).delete()
    with pytest.raises(Gone):
        step_task(task, by=by, actor=secretary)
    with pytest.raises(Gone):
        step_row(duty, by=by, actor=secretary)


def test_nothing_moves_into_a_phase_that_somebody_took_out_meanwhile(make_draft: MakeDraft, secretary: User) -> None:
    plan = make_draft(2, 1)
    task, gone = plan.tasks.get(title="Việc 1"), plan.phases.last()
    gone.tasks.all().delete()
    Phase.objects.filter(pk=gone.pk).delete()
    with pytest.raises(Gone):
        move_task(task, to=0, actor=secretary, phase=gone)
    with pytest.raises(Gone):
        add_task(gone, actor=secretary, at=AT)


def test_a_new_phase_stands_as_the_last_one_does(draft: Plan, secretary: User) -> None:
    draft.phases.update(in_table=True)
    assert add_row(draft, RowKind.PHASE, actor=secretary, at=AT).in_table is True


def test_a_phase_with_tasks_stays(make_draft: MakeDraft, secretary: User) -> None:
    with pytest.raises(ValidationError):
        remove_row(make_draft(1, 1).phases.first(), actor=secretary, at=AT)


def test_the_last_phase_stays(make_draft: MakeDraft, secretary: User) -> None:
    plan = make_draft(0)
    with pytest.raises(ValidationError):
        remove_row(plan.phases.get(), actor=secretary, at=AT)


def test_a_row_whose_phase_is_gone_comes_back_into_the_first_one(make_draft: MakeDraft, secretary: User) -> None:
    plan = make_draft(1, 1)
    removed = remove_row(task(plan, 2), actor=secretary, at=AT)
    remove_row(plan.phases.order_by("order")[1], actor=secretary, at=AT)
    restore_row(RemovedRow.objects.get(pk=removed.pk), actor=secretary, at=AT)
    assert titles(plan) == [["2", "1"]]


@pytest.mark.parametrize("kind", ["tasks", "responsibilities"])
def test_a_section_that_holds_rows_stays(draft: Plan, secretary: User, kind: str) -> None:
    with pytest.raises(ValidationError):
        remove_row(draft.sections.get(kind=kind), actor=secretary, at=AT)


def test_sections_are_counted_in_roman_numbers(draft: Plan, secretary: User) -> None:
    new = add_row(draft, RowKind.SECTION, actor=secretary, at=AT, heading="KINH PHÍ")
    move_row(new, to=2, actor=secretary)
    assert [str(section) for section in draft.sections.all()] == [
        "I. MỤC ĐÍCH", "II. NHIỆM VỤ", "III. KINH PHÍ", "IV. TỔ CHỨC THỰC HIỆN"
    ]  # fmt: skip


def test_a_removed_section_comes_back_to_its_place(draft: Plan, secretary: User) -> None:
    removed = remove_row(draft.sections.get(number="I"), actor=secretary, at=AT)
    assert [section.number for section in draft.sections.all()] == ["I", "II"]
    restore_row(removed, actor=secretary, at=AT)
    assert [section.heading for section in draft.sections.all()] == ["MỤC ĐÍCH", "NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN"]


def test_duties_change_places_and_are_counted_on(draft: Plan, secretary: User) -> None:
    move_row(draft.responsibilities.get(heading="2"), to=0, actor=secretary)
    assert [(d.heading, d.unit_text) for d in draft.responsibilities.all()] == [
        ("1", "Các phòng chuyên môn"), ("2", "Văn phòng Sở")
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_only_who_drafts_arranges(draft: Plan, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    for act in (
        lambda: add_task(draft.phases.get(), actor=user, at=AT),
        lambda: remove_row(task(draft, 1), actor=user, at=AT),
        lambda: move_task(task(draft, 1), to=2, actor=user),
        lambda: renumber_tasks(draft, actor=user),
        lambda: add_row(draft, RowKind.PHASE, actor=user, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert titles(draft) == [["1", "2", "3"]]


_TABLES = st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=4)


@given(_TABLES, st.sampled_from([Scheme.CONTINUOUS, Scheme.RESTART]))
def test_what_was_counted_is_a_count(tables: list[list[int]], scheme: Scheme) -> None:
    ordinals = counted(tables, scheme)
    assert [len(table) for table in ordinals] == [len(table) for table in tables]
    assert scheme_of(ordinals) in {scheme, Scheme.CONTINUOUS}


@given(_TABLES)
def test_counting_again_changes_nothing(tables: list[list[int]]) -> None:
    ordinals = counted(tables, Scheme.RESTART)
    assert counted([groups_of(table) for table in ordinals], Scheme.RESTART) == ordinals


@pytest.mark.parametrize(
    ("numbers_before", "fourth"),
    [(["I", "II", "III"], "IV"), (["1", "2", "3"], "4"), (["4.1", "4.2", "4.3"], "4.4"), (["1:", "2:", "3:"], "4:")],
)
def test_a_plain_count_goes_on_in_its_style(numbers_before: list[str], fourth: str) -> None:
    style = style_of(numbers_before)
    assert style is not None
    assert style(4) == fourth


@pytest.mark.parametrize("others", [[], [""], ["", ""], ["1", "3"], ["a", "b"], ["I", "2"]])
def test_what_is_no_count_has_no_style(others: list[str]) -> None:
    assert style_of(others) is None


@pytest.mark.django_db
def test_any_walk_of_moves_keeps_every_row_and_the_count(make_draft: MakeDraft, secretary: User) -> None:
    plan = make_draft(4, 3, 0)
    phases = list(plan.phases.order_by("order"))

    @given(st.lists(st.tuples(st.integers(1, 7), st.integers(-1, 9), st.integers(0, 2)), min_size=1, max_size=4))
    def walk(moves: list[tuple[int, int, int]]) -> None:
        for number, to, phase in moves:
            move_task(task(plan, number), to=to, actor=secretary, phase=phases[phase])
        flat = [number for table in numbers(plan) for number in table]
        assert flat == [str(i) for i in range(1, 8)]
        assert sorted(title for table in titles(plan) for title in table) == [str(i) for i in range(1, 8)]
        assert list(Phase.objects.filter(plan=plan)) == phases

    walk()
