"""Edits of a draft: nobody's change is lost, nothing but a draft is touched."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from plans.editing import Conflict, Gone, edit_plan, edit_row, edit_task, fingerprints, learn_alias
from plans.enums import PlanState, UnitPart
from plans.models import Plan, PlanLayout, Task, TaskUnit
from qms.organisation.models import Unit, UnitAlias, User

from .conftest import AT, make_agency


def seen(row: models.Model, *names: str) -> dict[str, str]:
    return fingerprints(row, names)


def save(task: Task, actor: User, sees: Task | None = None, **changes: Any) -> Task:
    return edit_task(task, changes=changes, seen=fingerprints(sees or task, changes), actor=actor, at=AT)


def test_a_change_is_stored_with_who_and_when(draft: Plan, secretary: User) -> None:
    task = save(draft.tasks.get(ordinal="1"), secretary, title="  Việc mới\r\nhai dòng ")
    task.refresh_from_db()
    assert (task.title, task.changed_by, task.changed_at) == ("Việc mới\nhai dòng", secretary, AT)


def test_a_new_timing_phrase_is_read_again(draft: Plan, secretary: User) -> None:
    task = save(draft.tasks.get(ordinal="1"), secretary, timing_text="Tháng 3/2026")
    assert [window.due.isoformat() for window in task.timing.occurrences] == ["2026-03-31"]


def test_a_confirmation_ends_with_its_phrase(draft: Plan, secretary: User) -> None:
    task = save(draft.tasks.get(ordinal="1"), secretary, timing_text="Quý III hoặc Quý IV", timing_confirmed=True)
    task = save(task, secretary, timing_text="Quý IV hoặc Quý I")
    assert task.timing_confirmed is False


def test_new_unit_words_are_linked_again(draft: Plan, secretary: User) -> None:
    task = save(draft.tasks.get(ordinal="1"), secretary, lead_text="phong dat dai", support_text="VP, Tổ lạ")
    links = [(link.unit.name, link.part) for link in task.units.all()]
    assert sorted(links) == [("Phòng Đất đai", UnitPart.LEAD), ("Văn phòng Sở", UnitPart.SUPPORT)]


def test_two_people_at_one_field_meet_in_a_conflict(draft: Plan, secretary: User, colleague: User) -> None:
    opened = draft.tasks.get(ordinal="1")
    save(draft.tasks.get(ordinal="1"), colleague, title="Của Hoa")
    with pytest.raises(Conflict) as met:
        save(opened, secretary, title="Của Mai")
    assert (met.value.fields, met.value.mine, met.value.current.title) == (("title",), {"title": "Của Mai"}, "Của Hoa")
    assert Task.objects.get(pk=opened.pk).title == "Của Hoa"


def test_two_people_at_two_fields_of_one_row_both_keep_their_change(
    draft: Plan, secretary: User, colleague: User
) -> None:
    opened = draft.tasks.get(ordinal="1")
    save(draft.tasks.get(ordinal="1"), colleague, note="Của Hoa")
    save(opened, secretary, title="Của Mai")
    task = Task.objects.get(pk=opened.pk)
    assert (task.title, task.note) == ("Của Mai", "Của Hoa")


def test_the_same_words_twice_are_no_conflict(draft: Plan, secretary: User, colleague: User) -> None:
    opened = draft.tasks.get(ordinal="1")
    save(draft.tasks.get(ordinal="1"), colleague, title="Như nhau")
    assert save(opened, secretary, title="Như nhau").title == "Như nhau"


def test_a_row_taken_out_meanwhile_is_said_to_be_gone(draft: Plan, secretary: User) -> None:
    opened = draft.tasks.get(ordinal="1")
    Task.objects.filter(pk=opened.pk).delete()
    with pytest.raises(Gone):
        save(opened, secretary, title="Mất")


def test_the_head_is_stored_and_stamped(draft: Plan, secretary: User) -> None:
    edit_plan(draft, changes={"bases": ["a;", " ", "b."]}, seen=seen(draft, "bases"), actor=secretary, at=AT)
    draft.refresh_from_db()
    assert (draft.bases, draft.head_changed_by, draft.head_changed_at) == (["a;", "b."], secretary, AT)


def test_a_layout_of_another_agency_is_refused(draft: Plan, secretary: User) -> None:
    foreign = PlanLayout.objects.create(agency=make_agency("x", "Sở X"), name="Mẫu", style="table")
    with pytest.raises(ValidationError):
        edit_plan(draft, changes={"layout": foreign}, seen=seen(draft, "layout"), actor=secretary, at=AT)


def test_a_text_longer_than_its_field_is_refused(draft: Plan, secretary: User) -> None:
    with pytest.raises(ValidationError) as refused:
        save(draft.tasks.get(ordinal="1"), secretary, ordinal="9" * 51)
    assert list(refused.value.message_dict) == ["ordinal"]


def test_an_unknown_field_is_refused(draft: Plan, secretary: User) -> None:
    with pytest.raises(ValidationError):
        save(draft.tasks.get(ordinal="1"), secretary, plan_id=1)


def test_a_section_and_a_duty_are_edited_by_themselves(draft: Plan, secretary: User) -> None:
    for row, name in ((draft.sections.get(number="I"), "text"), (draft.responsibilities.get(heading="1"), "unit_text")):
        edit_row(row, changes={name: "Mới"}, seen=seen(row, name), actor=secretary, at=AT)
        row.refresh_from_db()
        assert (getattr(row, name), row.changed_by) == ("Mới", secretary)


@pytest.mark.parametrize("state", [s for s in PlanState if s != PlanState.DRAFT])
def test_only_a_draft_is_edited(draft: Plan, secretary: User, state: PlanState) -> None:
    draft.state = state
    Plan.objects.bulk_update([draft], ["state"]) if state in _UNSTAMPED else _force(draft, state)
    with pytest.raises(PermissionDenied):
        save(draft.tasks.get(ordinal="1"), secretary, title="Khác")
    assert not Task.objects.filter(title="Khác").exists()


_UNSTAMPED = {PlanState.CONSULTATION, PlanState.CONTENT_CHECK, PlanState.LAYOUT_CHECK, PlanState.APPROVAL}


def _force(plan: Plan, state: PlanState) -> None:
    """A state with the stamps that the database asks for."""
    Plan.objects.filter(pk=plan.pk).update(
        state=state, approved_by=plan.author, approved_at=AT, issued_at=AT, closed_at=AT, number="05", date=AT.date()
    )


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_only_who_drafts_in_the_agency_edits(draft: Plan, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        save(draft.tasks.get(ordinal="1"), request.getfixturevalue(who), title="Khác")


def test_every_editor_is_remembered(draft: Plan, secretary: User, colleague: User) -> None:
    save(draft.tasks.get(ordinal="1"), colleague, title="Một")
    save(draft.tasks.get(ordinal="2"), colleague, title="Hai")
    assert set(draft.editors.all()) == {secretary, colleague}


def test_an_alias_links_all_rows_at_once(draft: Plan, secretary: User) -> None:
    draft.tasks.update(lead_text="Bộ phận đất có liên quan")
    unit = Unit.objects.get(agency=draft.agency, name="Phòng Đất đai")
    learn_alias(draft, text=" Bộ phận đất ", unit=unit, actor=secretary, at=AT)
    assert TaskUnit.objects.filter(task__plan=draft, unit=unit).count() == 3


def test_an_alias_learnt_again_moves_to_the_new_unit(draft: Plan, secretary: User) -> None:
    units = Unit.objects.filter(agency=draft.agency).order_by("order")
    for unit in units[:2]:
        learn_alias(draft, text="Đầu mối", unit=unit, actor=secretary, at=AT)
    assert [alias.unit for alias in UnitAlias.objects.all()] == [units[1]]


def test_an_alias_for_a_unit_of_another_agency_is_refused(draft: Plan, secretary: User) -> None:
    foreign = make_agency("x", "Sở X").units.first()
    with pytest.raises(ValidationError):
        learn_alias(draft, text="Đầu mối", unit=foreign, actor=secretary, at=AT)
