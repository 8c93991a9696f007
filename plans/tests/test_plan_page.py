"""The page of a plan: what it shows to whom, at what cost, and what happens when a step is refused."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.actions import comment_on_plan
from plans.enums import PlanState
from plans.models import Plan, PlanComment, Task
from qms.organisation.models import User

from .journey import YEAR, Department

pytestmark = pytest.mark.django_db
S = PlanState
MOST_QUERIES = 10
PEOPLE = ("thuky", "chanh", "vanthu", "giamdoc", "truong", "lan", "tuvan")
VIEWS = ("bang", "dong-thoi-gian", "ban-in", "y-kien")
WAY = (S.DRAFT, S.CONSULTATION, S.CONTENT_CHECK, S.LAYOUT_CHECK, S.APPROVAL, S.NUMBERING, S.ISSUED)


def address(plan: Plan, view: str = "") -> str:
    return reverse("plans:detail", args=[plan.year, plan.pk]) + (f"?xem={view}" if view else "")


def see(client: Client, who: User, plan: Plan, view: str = "") -> Any:
    client.force_login(who)
    response = client.get(address(plan, view))
    assert response.status_code == 200
    return response


def press(client: Client, who: User, plan: Plan, name: str, **data: str) -> Any:
    client.force_login(who)
    return client.post(reverse("plans:step", args=[plan.pk, name]), data)


def costs(client: Client, plan: Plan, views: Iterable[str] = VIEWS) -> dict[str, int]:
    """Queries of these views for somebody who was here before: the first visit notes the session."""
    return {view: _queries(client, address(plan, view)) for view in views}


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert client.get(url).status_code == 200
    return len(context)


def test_a_page_of_thirty_tasks_costs_no_more_than_one_of_one(place: Department, client: Client) -> None:
    plans, found = [place.draft(tasks) for tasks in (1, 3, 30)], {}
    client.force_login(place["vanthu"])
    for state in (S.DRAFT, S.CONSULTATION, S.APPROVAL, S.NUMBERING, S.ISSUED):
        plans = [place.plan_in(state, plan) for plan in plans]
        costs(client, plans[0])  # what is read once for good
        one, *more = (costs(client, plan) for plan in plans)
        found |= {state: (one, more)} if more != [one, one] or max(one.values()) > MOST_QUERIES else {}
    assert found == {}


@pytest.mark.parametrize("name", ["detail", "edit"])
def test_a_number_that_no_plan_can_have_is_not_found(place: Department, client: Client, name: str) -> None:
    client.force_login(place["thuky"])
    addresses = [reverse(f"plans:{name}", args=numbers) for numbers in ((YEAR, 10**25), (10**25, 1))]
    assert [client.get(address).status_code for address in addresses] == [404, 404]


@pytest.mark.slow
def test_nobodys_page_costs_more_than_ten_queries(place: Department) -> None:
    """All four views where everybody may speak. Elsewhere what a view asks depends on the state or on the person, and
    one view each brings every person together with every state, and both with every view."""
    plan, found = place.draft(MOST_QUERIES + 1), {}  # one query for each task would be too many
    browsers = {who: Client() for who in PEOPLE}
    for who, client in browsers.items():
        see(client, place[who], plan)
    for i, state in enumerate(WAY):
        plan = place.plan_in(state, plan)
        costs(browsers["thuky"], plan)  # what is read once for good
        for j, (who, client) in enumerate(browsers.items()):
            spent = costs(client, plan, VIEWS if state == S.CONSULTATION else [VIEWS[(i + j) % 4]])
            found |= {(state, who, view): n for view, n in spent.items() if n > MOST_QUERIES}
    assert found == {}


def test_a_superusers_page_costs_the_same_as_anybodys(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONSULTATION, place.draft(30))
    see(client, place["lan"], plan)
    costs(client, plan)  # what is read once for good
    ordinary = costs(client, plan)
    User.objects.filter(username="lan").update(is_superuser=True)
    assert costs(client, plan) == ordinary


def test_the_page_has_one_address(place: Department, client: Client) -> None:
    plan = place.draft()
    client.force_login(place["thuky"])
    response = client.get(reverse("plans:detail", args=[YEAR - 1, plan.pk]))
    assert (response.status_code, response["Location"]) == (302, address(plan))


def test_an_unknown_view_shows_the_table(place: Department, client: Client) -> None:
    assert see(client, place["thuky"], place.draft(), "khac").context["tab"] == "bang"


def test_a_task_stands_with_its_words_and_their_meaning(place: Department, client: Client) -> None:
    plan = place.draft(1)
    row = see(client, place["lan"], plan).context["groups"][0][1][0]
    assert (row.number, row.task.timing_text) == ("1", f"Trước ngày 05/02/{YEAR}")
    assert row.days == row.meaning
    assert row.meaning.startswith(f"Trước ngày 05/02/{YEAR} nên ngày cuối là")


def test_phases_stand_in_their_order_with_their_tasks(place: Department, client: Client) -> None:
    plan = place.draft(3)
    page = see(client, place["lan"], plan)
    titles = [row.task.title for _, rows in page.context["groups"] for row in rows]
    assert (titles, page.context["task_count"]) == (["Việc 1", "Việc 2", "Việc 3"], 3)


def test_the_printed_view_holds_every_part_of_the_document(place: Department, client: Client) -> None:
    plan = place.plan_in(S.NUMBERING)
    text = see(client, place["lan"], plan, "ban-in").content.decode().split('<article class="sheet"')[1]
    parts = (
        "UBND TỈNH SÔNG", "SỞ KHOA HỌC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH", plan.subject, *plan.bases,
        plan.intro, "I. MỤC ĐÍCH", "II. NHIỆM VỤ", "Việc 1", "Việc 2", "III. TỔ CHỨC THỰC HIỆN", "1. Văn phòng Sở",
        plan.closing, "Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "Phạm Quang Huy",
    )  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_draft_is_marked_and_an_issued_plan_is_not(place: Department, client: Client) -> None:
    assert "DỰ THẢO" in see(client, place["lan"], place.draft(), "ban-in").content.decode()
    assert "DỰ THẢO" not in see(client, place["lan"], place.plan_in(S.ISSUED), "ban-in").content.decode()


def test_what_may_not_be_done_is_not_shown(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    page = see(client, place["lan"], plan)
    assert (page.context["desk"], page.context["choices"], bool(page.context["decision"])) == (None, [], False)


def test_the_head_finds_both_ways_on_one_form(place: Department, client: Client) -> None:
    desk = see(client, place["giamdoc"], place.plan_in(S.APPROVAL)).context["desk"]
    assert (desk.forward.transition.name, desk.back.transition.name, desk.ready) == ("approve", "return", True)


def test_who_wrote_the_plan_reads_why_it_is_not_theirs_to_sign(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    plan.editors.add(place["pho"])
    assert "Người soạn không tự phê duyệt kế hoạch của mình." in see(client, place["pho"], plan).content.decode()


def test_what_is_missing_leads_to_its_place_in_the_draft(place: Department, client: Client) -> None:
    plan = place.draft()
    Plan.objects.filter(pk=plan.pk).update(bases=[])
    page = see(client, place["thuky"], plan)
    assert [lack.message for lack in page.context["desk"].forward.missing] == ["căn cứ"]
    assert reverse("plans:step", args=[plan.pk, "submit"]) not in page.content.decode()
    place_in_draft = (
        f"{reverse('plans:edit', args=[plan.year, plan.pk])}{page.context['desk'].forward.missing[0].where}"
    )
    assert f'href="{place_in_draft}"' in page.content.decode()


@pytest.mark.parametrize(
    ("who", "state", "shown"),
    [
        ("thuky", S.DRAFT, True),
        ("tuvan", S.DRAFT, True),
        ("lan", S.DRAFT, False),
        ("thuky", S.APPROVAL, False),
    ],
)
def test_the_way_into_the_draft_is_shown_to_whoever_may_edit_it(
    place: Department, client: Client, who: str, state: PlanState, shown: bool
) -> None:
    plan = place.plan_in(state)
    link = f'href="{reverse("plans:edit", args=[plan.year, plan.pk])}"'
    assert (link in see(client, place[who], plan).content.decode()) is shown


def test_the_clerk_sees_the_number_that_will_be_given(place: Department, client: Client) -> None:
    form = see(client, place["vanthu"], place.plan_in(S.NUMBERING)).context["desk"].form
    assert (form.proposed, form["date"].value()) == ("01/KH-SKHCN", timezone.localdate())


def test_the_steps_so_far_and_to_come_are_told(place: Department, client: Client) -> None:
    plan = place.step(place.plan_in(S.CONTENT_CHECK), "return", "chanh", "Thiếu Chi cục.")
    plan = place.plan_in(S.CONTENT_CHECK, plan)
    progress = see(client, place["lan"], plan).context["progress"]
    assert [line.label for line in progress.earlier] == ["Lập dự thảo", "Trình kế hoạch", "Kết thúc lấy ý kiến"]
    assert [(line.label, line.shape, line.comment) for line in progress.done] == [
        ("Trả lại kế hoạch", "↩", "Thiếu Chi cục."), ("Trình kế hoạch", "✓", ""), ("Kết thúc lấy ý kiến", "✓", ""),
    ]  # fmt: skip
    assert [line.label for line in progress.ahead] == [
        "Kiểm tra nội dung", "Kiểm tra thể thức", "Phê duyệt", "Cấp số, ban hành",
    ]  # fmt: skip


def test_a_step_leads_back_to_the_page_and_says_what_comes(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    response = press(client, place["giamdoc"], plan, "approve", comment="Đồng ý.")
    assert (response.status_code, response["Location"]) == (302, address(plan))
    said = [str(message) for message in client.get(address(plan)).context["messages"]]
    assert said == ["Đã phê duyệt kế hoạch. Bước tiếp theo: cấp số, ban hành (Văn thư)."]


def test_the_second_of_two_reads_it_on_the_page_as_it_is_now(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    place.step(plan, "approve", "giamdoc")
    response = press(client, place["pho"], plan, "approve", comment="Tôi đồng ý với nội dung.")
    page = response.content.decode()
    assert (response.status_code, response.context["plan"].state) == (409, S.NUMBERING)
    assert "hồ sơ đã chuyển sang bước khác" in page
    assert "Tôi đồng ý với nội dung." in page


def test_a_return_without_reason_is_refused_beside_the_button(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    response = press(client, place["giamdoc"], plan, "return", comment=" ")
    assert response.status_code == 422
    assert "Ghi lý do để người soạn biết cần sửa gì." in response.content.decode()
    assert Plan.objects.get(pk=plan.pk).state == S.APPROVAL


def test_who_may_not_is_refused_and_keeps_what_was_typed(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    response = press(client, place["lan"], plan, "approve", comment="Tôi thấy được.")
    assert response.status_code == 403
    assert "Việc này của người có thẩm quyền ký." in response.content.decode()
    assert "Tôi thấy được." in response.content.decode()


def test_a_wrong_day_of_issue_is_refused_with_its_reason(place: Department, client: Client) -> None:
    plan = place.plan_in(S.NUMBERING)
    response = press(client, place["vanthu"], plan, "issue", date="2999-01-01", comment="Gửi trong ngày.")
    assert response.status_code == 422
    assert "Ngày ban hành không được sau hôm nay." in response.content.decode()
    assert response.context["desk"].form["comment"].value() == "Gửi trong ngày."


@pytest.mark.parametrize("name", ["replace", "khong-co"])
def test_a_step_that_is_nobodys_is_refused(place: Department, client: Client, name: str) -> None:
    plan = place.plan_in(S.APPROVAL)
    assert press(client, place["giamdoc"], plan, name).status_code in {403, 404}
    assert Plan.objects.get(pk=plan.pk).state == S.APPROVAL


def test_a_step_is_not_taken_by_following_a_link(place: Department, client: Client) -> None:
    client.force_login(place["giamdoc"])
    plan = place.plan_in(S.APPROVAL)
    assert client.get(reverse("plans:step", args=[plan.pk, "approve"])).status_code == 405


def comment(client: Client, who: User, plan: Plan, **data: str) -> Any:
    client.force_login(who)
    return client.post(reverse("plans:comment", args=[plan.pk]), data)


def test_a_head_answers_for_the_unit(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONSULTATION)
    task = plan.tasks.first()
    response = comment(client, place["truong"], plan, answer="remark", text="Đề nghị lùi hạn.", task=str(task.pk))
    said = PlanComment.objects.get()
    assert (response.status_code, said.unit.name, said.task, said.agrees, said.text) == (
        302, "Phòng Kế hoạch - Tài chính", task, False, "Đề nghị lùi hạn.",
    )  # fmt: skip


def test_a_remark_without_words_is_asked_for_again(place: Department, client: Client) -> None:
    response = comment(client, place["truong"], place.plan_in(S.CONSULTATION), answer="remark", text=" ")
    assert (response.status_code, PlanComment.objects.count()) == (422, 0)
    assert "Ghi nội dung góp ý, hoặc chọn thống nhất." in response.content.decode()


def test_a_comment_after_the_consultation_is_refused_and_kept_on_screen(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONTENT_CHECK)
    response = comment(client, place["truong"], plan, answer="remark", text="Đề nghị lùi hạn.")
    assert (response.status_code, PlanComment.objects.count()) == (403, 0)
    assert "Đề nghị lùi hạn." in response.content.decode()


def test_who_has_answered_and_who_has_not_is_shown(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONSULTATION)
    comment_on_plan(plan, text="", agrees=True, actor=place["truong"], at=timezone.now())
    page = see(client, place["thuky"], plan, "y-kien")
    assert [unit.name for unit in page.context["silent"]] == ["Văn phòng Sở", "Phòng Tổ chức cán bộ"]
    assert (page.context["answered"], page.context["plan"].asked_count) == (1, 3)


def test_the_drafter_answers_a_view(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONSULTATION)
    said = comment_on_plan(plan, text="Lùi hạn.", agrees=False, actor=place["truong"], at=timezone.now())
    client.force_login(place["thuky"])
    client.post(reverse("plans:reply", args=[said.pk]), {"reply": "Đã lùi một tuần."})
    said.refresh_from_db()
    assert said.reply == "Đã lùi một tuần."


@pytest.mark.parametrize(("who", "reply", "status"), [("thuky", " ", 422), ("lan", "Không.", 403)])
def test_an_answer_is_refused_with_its_reason(
    place: Department, client: Client, who: str, reply: str, status: int
) -> None:
    plan = place.plan_in(S.CONSULTATION)
    said = comment_on_plan(plan, text="Lùi hạn.", agrees=False, actor=place["truong"], at=timezone.now())
    client.force_login(place[who])
    response = client.post(reverse("plans:reply", args=[said.pk]), {"reply": reply})
    said.refresh_from_db()
    assert (response.status_code, said.reply) == (status, "")


def test_an_amendment_is_begun_from_the_page(place: Department, client: Client) -> None:
    plan = place.plan_in(S.ISSUED)
    client.force_login(place["thuky"])
    response = client.post(reverse("plans:amend", args=[plan.pk]), {"reason": "Đổi hạn."})
    new = Plan.objects.get(replaces=plan)
    assert (response.status_code, response["Location"]) == (302, address(new))
    assert "Sẽ thay thế" in see(client, place["lan"], new).content.decode()


@pytest.mark.parametrize(("who", "reason", "status"), [("thuky", "", 422), ("lan", "Đổi.", 403)])
def test_an_amendment_is_refused_with_its_reason(
    place: Department, client: Client, who: str, reason: str, status: int
) -> None:
    plan = place.plan_in(S.ISSUED)
    client.force_login(place[who])
    response = client.post(reverse("plans:amend", args=[plan.pk]), {"reason": reason})
    assert (response.status_code, Plan.objects.filter(replaces=plan).exists()) == (status, False)


def test_what_an_amendment_changes_is_listed(place: Department, client: Client) -> None:
    plan = place.plan_in(S.ISSUED)
    client.force_login(place["thuky"])
    client.post(reverse("plans:amend", args=[plan.pk]), {"reason": "Đổi hạn."})
    new = Plan.objects.get(replaces=plan)
    Task.objects.filter(plan=new, ordinal="1").update(lead_text="Phòng Tổ chức cán bộ")
    found = client.get(reverse("plans:changes", args=[new.pk])).context["differences"]
    changed = {d.where: (d.before, d.after) for d in found}
    assert changed["Nhiệm vụ 1, chủ trì"] == ("Văn phòng Sở", "Phòng Tổ chức cán bộ")


def test_a_plan_that_replaces_nothing_has_no_page_of_changes(place: Department, client: Client) -> None:
    client.force_login(place["thuky"])
    assert client.get(reverse("plans:changes", args=[place.draft().pk])).status_code == 404


def test_the_layout_of_a_draft_is_reviewed(place: Department, client: Client) -> None:
    client.force_login(place["vanthu"])
    page = client.get(reverse("plans:check", args=[place.plan_in(S.LAYOUT_CHECK).pk]), headers={"HX-Request": "true"})
    assert f"Soát thể thức: {page.context['review'].summary}" in page.content.decode()
    assert "<html" not in page.content.decode()


def test_the_original_of_an_issued_plan_is_checked(place: Department, client: Client) -> None:
    client.force_login(place["lan"])
    page = client.get(reverse("plans:check", args=[place.plan_in(S.ISSUED).pk]))
    assert "Bản gốc còn nguyên vẹn" in page.content.decode()
