"""The editor: what it shows, what it saves, to whom it opens."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plans.enums import PlanState, RowKind
from plans.models import Plan, RemovedRow, Task
from qms.organisation.models import UnitAlias, User

from .conftest import AT, MakeDraft
from .editor import Desk, base_of

BOXES = ("phan-dau", "can-cu", "phan-cuoi", "trinh-bay")


@pytest.fixture
def desk(client: Client, draft: Plan, secretary: User) -> Desk:
    client.force_login(secretary)
    return Desk(client, draft)


@pytest.fixture
def plain(client: Client, draft: Plan, secretary: User) -> Desk:
    """The same person without JavaScript."""
    client.force_login(secretary)
    return Desk(client, draft, htmx=False)


@pytest.fixture
def other(draft: Plan, colleague: User) -> Desk:
    client = Client()
    client.force_login(colleague)
    return Desk(client, draft)


def first(plan: Plan) -> Task:
    return plan.tasks.get(title="Việc 1")


def text(response: Any) -> str:
    return response.content.decode()


def test_the_page_shows_every_part(desk: Desk) -> None:
    shown = text(desk.get("edit"))
    for words in (
        "Duy trì hệ thống năm 2026",
        "- Duy trì hệ thống.",
        "Việc 3",
        "hạn 04/01/2026",
        "- Thực hiện.",
        "Lưu: VT",
    ):
        assert words in shown, words


def queries_of(desk: Desk) -> int:
    desk.get("edit")
    with CaptureQueriesContext(connection) as queries:
        desk.get("edit")
    return len(queries)


def test_the_page_costs_the_same_whatever_its_size(client: Client, make_draft: MakeDraft, secretary: User) -> None:
    client.force_login(secretary)
    counts = [queries_of(Desk(client, make_draft(*sizes))) for sizes in ((1,), (3,), (30,), (10, 10, 10))]
    assert counts == [counts[0]] * 4
    assert counts[0] <= 34


def test_a_task_is_saved_in_few_queries(desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    task = first(desk.plan)
    data = {"title": "Mới", "base": base_of(desk.get("task_edit", task.pk))}
    with django_assert_max_num_queries(12):
        response = desk.post("task_edit", task.pk, **data)
    assert response.status_code == 200


def test_a_save_while_typing_replaces_nothing_on_the_screen(desk: Desk) -> None:
    task = first(desk.plan)
    response = desk.save("task_edit", task.pk, title="Đang gõ")
    task.refresh_from_db()
    assert (response.status_code, response["HX-Reswap"], task.title) == (200, "none", "Đang gõ")
    assert desk.save("task_edit", task.pk, base=base_of(response), title="Gõ tiếp").status_code == 200


def test_closing_a_row_shows_it_as_it_was_saved(desk: Desk) -> None:
    task = first(desk.plan)
    shown = text(desk.save("task_edit", task.pk, title="Xong rồi", timing_text="Quý II/2026", close="1"))
    assert (f'id="nhiem-vu-{task.pk}"' in shown, "Xong rồi" in shown, "hạn 30/06/2026" in shown) == (True, True, True)
    assert "<form" not in shown


def test_nothing_changed_writes_nothing(desk: Desk) -> None:
    before = Task.objects.values_list("changed_at", flat=True).get(pk=first(desk.plan).pk)
    desk.save("task_edit", first(desk.plan).pk)
    assert Task.objects.values_list("changed_at", flat=True).get(pk=first(desk.plan).pk) == before


def test_esc_asks_for_the_closed_row(desk: Desk) -> None:
    shown = text(desk.get("task_edit", first(desk.plan).pk, dong=""))
    assert "<form" not in shown
    assert "Việc 1" in shown


def test_without_script_a_task_has_a_page_and_leads_back_to_its_row(plain: Desk) -> None:
    task = first(plain.plan)
    response = plain.save("task_edit", task.pk, title="Bằng trang")
    task.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"{plain.url('edit')}#nhiem-vu-{task.pk}")
    assert task.title == "Bằng trang"


@pytest.mark.parametrize("part", BOXES)
def test_every_box_of_the_head_opens_by_itself(plain: Desk, part: str) -> None:
    assert plain.get("head", part).status_code == 200


def test_an_unknown_box_is_not_found(desk: Desk) -> None:
    assert desk.get("head", "khac").status_code == 404


def test_the_head_is_saved(desk: Desk) -> None:
    desk.save("head", "phan-dau", subject="Trích yếu mới", number="7", date="05/02/2026")
    desk.save("head", "phan-cuoi", recipients="- Lãnh đạo;\n- Lưu: VT.", closing="Hết./.")
    plan = Plan.objects.get(pk=desk.plan.pk)
    assert (plan.subject, plan.number, f"{plan.date}") == ("Trích yếu mới", "7", "2026-02-05")
    assert (plan.recipients, plan.closing) == (["Lãnh đạo", "Lưu: VT"], "Hết./.")


def test_products_are_typed_one_per_line_with_or_without_dashes(desk: Desk) -> None:
    desk.save("task_edit", first(desk.plan).pk, outputs="- Báo cáo;\nBiên bản\n\n+ Danh sách;")
    assert first(desk.plan).outputs == ["Báo cáo", "Biên bản", "Danh sách"]


def test_a_section_and_a_duty_are_saved(desk: Desk) -> None:
    section, duty = desk.plan.sections.get(number="I"), desk.plan.responsibilities.get(heading="1")
    desk.save("section_edit", section.pk, text="- Một.\n- Hai.")
    desk.save("responsibility_edit", duty.pk, unit_text="Phòng Đất đai")
    assert desk.plan.sections.get(number="I").text == "- Một.\n- Hai."
    assert desk.plan.responsibilities.get(heading="1").unit_text == "Phòng Đất đai"


@pytest.mark.parametrize(
    ("name", "field", "value", "sentence"),
    [
        ("phan-dau", "issuer", "", "Ghi cơ quan ban hành."),
        ("phan-dau", "date", "31/02/2026", "Ngày không đúng, ghi như 05/11/2026."),
        ("phan-dau", "place", "x" * 201, "Ô này nhận tối đa 200 ký tự, đang có 201. Rút gọn lại."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    plain: Desk, name: str, field: str, value: str, sentence: str
) -> None:
    response = plain.save("head", name, **{field: value})
    assert response.status_code == 422
    assert response.context["form"][field].errors == [sentence]
    assert response.context["form"][field].value() == value


def test_an_error_while_typing_comes_to_its_place_alone(desk: Desk) -> None:
    response = desk.save("task_edit", first(desk.plan).pk, ordinal="9" * 60)
    assert (response.status_code, response["HX-Reswap"]) == (422, "none")
    assert "tối đa 50 ký tự" in text(response)


def test_a_page_that_carries_no_fingerprints_saves_nothing(desk: Desk) -> None:
    response = desk.post("task_edit", first(desk.plan).pk, title="Mù")
    assert (response.status_code, first(desk.plan).title) == (422, "Việc 1")


def test_two_versions_are_shown_and_nothing_is_lost(desk: Desk, other: Desk) -> None:
    task = first(desk.plan)
    base = base_of(desk.get("task_edit", task.pk))
    other.save("task_edit", task.pk, title="Của Hoa")
    response = desk.save("task_edit", task.pk, base=base, title="Của Mai", note="Ghi chú của Mai")
    shown = text(response)
    assert (response.status_code, response["HX-Retarget"]) == (409, f"#nhiem-vu-{task.pk}")
    assert ("Của Hoa" in shown, "Của Mai" in shown, "Ghi chú của Mai" in shown) == (True, True, True)
    assert "Nguyễn Thị Hoa vừa sửa chỗ này" in shown


@pytest.mark.parametrize(("choice", "title"), [("mine", "Của Mai"), ("theirs", "Của Hoa")])
def test_the_chosen_version_is_stored_and_the_rest_of_mine_with_it(
    desk: Desk, other: Desk, choice: str, title: str
) -> None:
    task = first(desk.plan)
    base = base_of(desk.get("task_edit", task.pk))
    other.save("task_edit", task.pk, title="Của Hoa")
    met = desk.save("task_edit", task.pk, base=base, title="Của Mai", note="Của Mai")
    answer = {"title": "Của Mai", "note": "Của Mai", "use-title": choice, "base": base_of(met), "close": "1"}
    desk.post("task_edit", task.pk, **answer)
    task.refresh_from_db()
    assert (task.title, task.note, task.lead_text) == (title, "Của Mai", "Văn phòng Sở")


def test_my_next_save_does_not_take_back_what_somebody_changed_beside_it(desk: Desk, other: Desk) -> None:
    task = first(desk.plan)
    base = base_of(desk.get("task_edit", task.pk))
    other.save("task_edit", task.pk, note="Của Hoa")
    saved = desk.save("task_edit", task.pk, base=base, note="", title="Một")
    desk.save("task_edit", task.pk, base=base_of(saved), note="", title="Hai")
    task.refresh_from_db()
    assert (task.title, task.note) == ("Hai", "Của Hoa")


def test_without_script_two_versions_have_a_page(plain: Desk, other: Desk) -> None:
    base = base_of(plain.get("head", "phan-dau"))
    other.save("head", "phan-dau", subject="Của Hoa")
    response = plain.save("head", "phan-dau", base=base, subject="Của Mai")
    assert (response.status_code, [version.theirs for version in response.context["versions"]]) == (409, ["Của Hoa"])


def test_what_was_typed_stays_when_the_plan_was_submitted_meanwhile(desk: Desk) -> None:
    base = base_of(desk.get("task_edit", first(desk.plan).pk))
    Plan.objects.filter(pk=desk.plan.pk).update(state=PlanState.CONSULTATION)
    response = desk.post("task_edit", first(desk.plan).pk, title="Muộn", base=base)
    assert response.status_code == 422
    assert "Kế hoạch đang lấy ý kiến, không sửa được." in text(response)


def test_a_plan_that_is_no_draft_opens_its_own_page(plain: Desk) -> None:
    Plan.objects.filter(pk=plain.plan.pk).update(state=PlanState.APPROVAL)
    response = plain.get("edit")
    assert (response.status_code, response["Location"]) == (302, plain.url("detail"))


def test_a_new_row_opens_at_once(desk: Desk) -> None:
    response = desk.post("task_add", after=first(desk.plan).pk)
    new = desk.plan.tasks.get(title="")
    assert (new.ordinal, new.order) == ("2", 1)
    assert f'id="nhiem-vu-{new.pk}-form"' in text(response)


def test_a_removed_row_is_named_at_its_place_and_comes_back(desk: Desk) -> None:
    response = desk.post("task_remove", first(desk.plan).pk)
    assert "Đã bỏ nhiệm vụ 1: Việc 1" in " ".join(text(response).split())
    desk.post("restore", RemovedRow.objects.get().pk)
    assert [task.title for task in desk.plan.tasks.order_by("order")] == ["Việc 1", "Việc 2", "Việc 3"]


def test_a_row_moves_by_a_step_to_a_place_and_to_a_phase(
    client: Client, make_draft: MakeDraft, secretary: User
) -> None:
    client.force_login(secretary)
    desk = Desk(client, make_draft(2, 1))
    last = desk.plan.phases.order_by("order")[1]
    desk.post("task_move", first(desk.plan).pk, by="1")
    desk.post("task_move", first(desk.plan).pk, phase=last.pk, to="0")
    assert [task.title for task in last.tasks.order_by("order")] == ["Việc 1", "Việc 3"]


def test_a_whole_order_is_stored(desk: Desk) -> None:
    phase = desk.plan.phases.get()
    order = [f"{phase.pk}/{task.pk}" for task in desk.plan.tasks.order_by("-order")]
    desk.post("task_order", order=order)
    assert [(t.ordinal, t.title) for t in phase.tasks.order_by("order")] == [
        ("1", "Việc 3"), ("2", "Việc 2"), ("3", "Việc 1")
    ]  # fmt: skip


def test_an_order_with_a_row_that_is_gone_is_refused_in_words(desk: Desk) -> None:
    response = desk.post("task_order", order=[f"{desk.plan.phases.get().pk}/999"])
    assert "thứ tự mới chưa được lưu" in text(response)


def test_rows_are_counted_anew(desk: Desk) -> None:
    desk.plan.tasks.update(ordinal="")
    desk.post("task_renumber")
    assert [task.ordinal for task in desk.plan.tasks.order_by("order")] == ["1", "2", "3"]


@pytest.mark.parametrize("kind", [RowKind.SECTION, RowKind.RESPONSIBILITY, RowKind.PHASE])
def test_parts_are_added_moved_and_taken_out(desk: Desk, kind: RowKind) -> None:
    rows = {
        RowKind.SECTION: desk.plan.sections, RowKind.RESPONSIBILITY: desk.plan.responsibilities,
        RowKind.PHASE: desk.plan.phases,
    }[kind]  # fmt: skip
    before = list(rows.all())
    desk.post(f"{kind}_add")
    new = next(row for row in rows.all() if row not in before)
    desk.post(f"{kind}_move", new.pk, to="0")
    assert list(rows.all()) == [new, *before]
    desk.post(f"{kind}_remove", new.pk)
    assert list(rows.all()) == before


def test_a_phase_with_tasks_says_why_it_stays(desk: Desk) -> None:
    response = desk.post("phase_remove", desk.plan.phases.get().pk)
    assert "Chỉ bỏ được giai đoạn không còn nhiệm vụ" in text(response)


def test_unknown_words_are_listed_once_and_can_be_assigned(desk: Desk) -> None:
    desk.plan.tasks.update(support_text="Tổ lạ")
    assert desk.get("edit").context["unknown"] == (("Tổ lạ", 3),)
    unit = desk.plan.agency.units.get(name="Phòng Đất đai")
    shown = text(desk.post("alias", text="Tổ lạ", unit=unit.pk))
    assert [(alias.text, alias.unit) for alias in UnitAlias.objects.all()] == [("Tổ lạ", unit)]
    assert "chưa nhận ra" not in shown


def test_a_unit_must_be_chosen(desk: Desk) -> None:
    assert "Chọn đơn vị mà các chữ này chỉ." in text(desk.post("alias", text="Tổ lạ", unit=""))


def test_a_thing_looked_at_leaves_the_list(desk: Desk) -> None:
    desk.plan.tasks.filter(title="Việc 1").update(timing_text="Tháng 3/2027")
    looks = desk.get("edit").context["looks"]
    assert [look.where for look in looks] == ["Nhiệm vụ 1"]
    desk.post("look_seen", key=looks[0].key)
    assert desk.get("edit").context["looks"] == ()


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Trước ngày 05/11/2026", "thứ Tư 04/11/2026"),
        ("Quý III hoặc Quý IV", "Đúng như vậy"),
        ("tùy tình hình", "Chưa xác định được thời gian"),
    ],
)
def test_a_timing_is_explained_while_it_is_typed(desk: Desk, phrase: str, words: str) -> None:
    response = desk.client.get(reverse("plans:timing_preview", args=[2026]), {"text": phrase})
    assert words in text(response)


def test_a_confirmed_timing_stays_confirmed_only_for_its_words(desk: Desk) -> None:
    phrase = "Quý III hoặc Quý IV"
    desk.save("task_edit", first(desk.plan).pk, timing_text=phrase, timing_confirmed=phrase)
    assert first(desk.plan).timing_confirmed is True
    desk.save("task_edit", first(desk.plan).pk, timing_text="Quý I hoặc Quý II", timing_confirmed=phrase)
    assert first(desk.plan).timing_confirmed is False


def _addresses(plan: Plan) -> list[str]:
    """Every address of the editor of that plan."""
    task, section = plan.tasks.first(), plan.sections.first()
    phase, duty = plan.phases.first(), plan.responsibilities.first()
    removed = RemovedRow.objects.create(
        plan=plan, kind="task", label="x", data={}, removed_by=plan.author, at=AT, phase=phase
    )
    names = [("edit",), ("side",), ("alias",), ("look_seen",), ("restore", removed.pk), ("task_add",), ("task_order",),
             ("task_renumber",), ("task_edit", task.pk), ("task_remove", task.pk), ("task_move", task.pk),
             ("head", "phan-dau")]  # fmt: skip
    for kind, row in (("section", section), ("phase", phase), ("responsibility", duty)):
        names += [(f"{kind}_add",), *((f"{kind}_{verb}", row.pk) for verb in ("edit", "remove", "move"))]
    return [reverse(f"plans:{name}", args=[plan.year, plan.pk, *args]) for name, *args in names]


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("reader", 403)])
def test_only_who_drafts_in_the_agency_comes_in(
    client: Client, draft: Plan, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for url in _addresses(draft):
        answers = {client.post(url).status_code, client.get(url).status_code} - {405}
        assert answers == {status}, url
    assert json.dumps([task.title for task in draft.tasks.order_by("order")]) == json.dumps(
        ["Việc 1", "Việc 2", "Việc 3"]
    )


def test_rows_of_another_plan_are_not_found(desk: Desk, make_draft: MakeDraft) -> None:
    foreign = make_draft(1)
    assert desk.get("task_edit", foreign.tasks.get().pk).status_code == 404
    assert desk.post("section_remove", foreign.sections.first().pk).status_code == 404


def test_what_was_just_done_is_told_once_on_the_page(client: Client, draft: Plan, secretary: User) -> None:
    client.force_login(secretary)
    client.post(reverse("plans:settings"), {"consultation": "on", "content_check": "on", "layout_check": "on"})
    page = client.get(reverse("plans:edit", args=[draft.year, draft.pk])).content.decode()
    assert page.count('class="messages"') == 1


@pytest.mark.parametrize("place", ["²", "9" * 5000, "-1", ""])
def test_a_place_that_is_no_number_moves_nothing(plain: Desk, draft: Plan, place: str) -> None:
    before = list(draft.tasks.order_by("order").values_list("pk", flat=True))
    assert plain.post("task_move", before[0], to=place).status_code == 302
    assert list(draft.tasks.order_by("order").values_list("pk", flat=True)) == before
