"""Layouts: which columns a department prints, and how a change reaches the plans."""

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from plans.enums import PlanState
from plans.layout_forms import spread_widths
from plans.layouts import FIELDS, remove_layout, save_layout
from plans.models import Plan, PlanLayout
from qms.organisation.models import User

from .journey import department


@pytest.fixture
def designer(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


def sent(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """The form of a layout as a browser would send it, with these changes; None takes a field out."""
    editor = client.get(url).context["editor"]
    data: dict[str, Any] = {"column": [row.key.value for row in editor.rows]}
    for form in (editor.form, *(row.form for row in editor.rows)):
        for bound in form:
            value = bound.value()
            if value not in (False, None, ""):
                data[bound.html_name] = "on" if value is True else value
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def columns_of(layout: PlanLayout) -> list[tuple[str, int]]:
    return [(column["key"], column["width"]) for column in PlanLayout.objects.get(pk=layout.pk).columns]


def test_columns_are_stored_in_the_order_sent(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    order = ["ordinal", "timing", "title", "lead", "outputs", "support"]
    designer.post(url, sent(designer, url, column=order, **{"support-shown": None, "title-width": 44}))
    assert columns_of(draft.layout) == [("ordinal", 6), ("timing", 15), ("title", 44), ("lead", 15), ("outputs", 20)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title-width": 31}, "Tổng độ rộng các cột phải là 100%, đang là 101%."),
        ({"title-shown": None, "outputs-width": 50}, "Phải có cột nhiệm vụ."),
        ({"lead-heading": ""}, "Mỗi cột được in phải có tiêu đề."),
    ],
)
def test_what_cannot_be_printed_is_refused(
    designer: Client, draft: Plan, changes: dict[str, Any], sentence: str
) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    response = designer.post(url, sent(designer, url, **changes))
    assert (response.status_code, response.context["editor"].form.non_field_errors()) == (422, [sentence])


def test_paragraphs_ask_for_no_widths(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    designer.post(url, sent(designer, url, style="paragraphs", **{"title-width": 31}))
    assert PlanLayout.objects.get(pk=draft.layout_id).style == "paragraphs"


def test_a_column_moves_by_a_button_without_being_stored(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    response = designer.post(url, sent(designer, url, move="title:-1"))
    assert [row.key.value for row in response.context["editor"].rows][:3] == ["title", "ordinal", "outputs"]
    assert columns_of(draft.layout)[0] == ("ordinal", 6)


def test_widths_are_spread_on_request(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    response = designer.post(url, sent(designer, url, spread="1", **{"title-width": 80}))
    assert response.context["total"] == 100


def test_the_preview_shows_both_levels_of_headings(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    data = sent(designer, url, **{"lead-group": "Trách nhiệm", "support-group": "Trách nhiệm"})
    head = designer.get(reverse("plans:layout_preview"), data).context["head"]
    assert [(cell.text, cell.columns, cell.rows) for cell in head[0]][3:5] == [
        ("Trách nhiệm", 2, 1),
        ("Thời gian", 1, 2),
    ]
    assert [cell.text for cell in head[1]] == ["Chủ trì", "Phối hợp"]


def values(layout: PlanLayout, **changes: Any) -> dict[str, Any]:
    names = ("name", "style", "columns", "annex_title", "landscape")
    return {**{name: getattr(layout, name) for name in names}, **changes}


def test_a_layout_that_was_issued_with_stays_and_drafts_move_on(draft: Plan, make_draft: Any, secretary: User) -> None:
    old = draft.layout
    later = make_draft(1)
    Plan.objects.filter(pk=draft.pk).update(state=PlanState.CONSULTATION)
    new = save_layout(old, values=values(old, landscape=True), actor=secretary)
    later.refresh_from_db()
    draft.refresh_from_db()
    assert (draft.layout, later.layout, new.landscape) == (old, new, True)
    assert (PlanLayout.objects.get(pk=old.pk).landscape, new.name) == (False, f"{old.name} (2)")


def test_a_layout_in_use_is_not_removed(draft: Plan, secretary: User) -> None:
    with pytest.raises(ValidationError):
        remove_layout(draft.layout, actor=secretary)


def test_an_unused_layout_is_removed(designer: Client, draft: Plan) -> None:
    spare = PlanLayout.objects.create(agency=draft.agency, name="Thừa", style="table", columns=draft.layout.columns)
    designer.post(reverse("plans:layout_remove", args=[spare.pk]))
    assert not PlanLayout.objects.filter(pk=spare.pk).exists()


def test_a_new_layout_is_stored_under_its_name(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout_add")
    designer.post(url, sent(designer, url, name="Phụ lục ngang", style="annex", landscape="on"))
    made = PlanLayout.objects.get(name="Phụ lục ngang")
    assert (made.style, made.landscape, made.agency, sum(w for _, w in columns_of(made))) == (
        "annex", True, draft.agency, 100
    )  # fmt: skip


def test_a_name_that_is_taken_is_refused(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout_add")
    response = designer.post(url, sent(designer, url, name=draft.layout.name))
    assert response.context["editor"].form.non_field_errors() == ["Đã có mẫu mang tên này."]


def test_who_came_from_a_draft_goes_back_to_it(designer: Client, draft: Plan) -> None:
    url = reverse("plans:layout", args=[draft.layout_id])
    response = designer.post(f"{url}?ke-hoach={draft.pk}", sent(designer, url))
    assert response["Location"] == reverse("plans:edit", args=[draft.year, draft.pk]) + "#bang-nhiem-vu"


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("stranger", 200)])
def test_only_who_looks_after_layouts_changes_them(
    client: Client, draft: Plan, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    client.force_login(user)
    url = reverse("plans:layout", args=[draft.layout_id])
    assert client.get(url).status_code == 404
    assert client.get(reverse("plans:layouts")).status_code == status
    with pytest.raises(PermissionDenied):
        save_layout(draft.layout, values=values(draft.layout, name="Khác"), actor=user)


@given(st.lists(st.integers(0, 500), max_size=8))
def test_spread_widths_fill_the_page(widths: list[int]) -> None:
    spread = spread_widths(widths)
    assert len(spread) == len(widths)
    assert not widths or (sum(spread) == 100 and min(spread) >= 3)


def waits_for_a_lock() -> bool:
    """Whether another connection stands before a locked row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_layout_changed_while_a_plan_is_being_submitted_leaves_that_plan_as_it_was() -> None:
    place = department()
    plan = place.draft()
    stored: list[PlanLayout] = []
    values = {name: getattr(plan.layout, name) for name in FIELDS} | {"annex_title": "Khác"}

    def change() -> None:
        stored.append(save_layout(PlanLayout.objects.get(pk=plan.layout_id), values=values, actor=place["thuky"]))
        connection.close()

    other = threading.Thread(target=change)
    with transaction.atomic():
        place.step(plan, "submit", "thuky")
        other.start()
        while other.is_alive() and not waits_for_a_lock():
            other.join(0.01)
    other.join()
    plan.refresh_from_db()
    assert (plan.layout.annex_title, stored[0].annex_title, stored[0].pk != plan.layout_id) == ("", "Khác", True)
