"""The list of plans and the inbox: what is found, in which order, at what cost, and the same rows in Excel."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from plans.enums import PlanState
from plans.models import Plan
from qms.organisation.models import Position, User

from .journey import YEAR, Department, department

pytestmark = pytest.mark.django_db
S = PlanState


def ask(client: Client, who: User, name: str = "plans:list", **query: str) -> Any:
    client.force_login(who)
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response


def found(client: Client, who: User, **query: str) -> list[int]:
    return [plan.pk for plan in ask(client, who, **query).context["page"]]


def many(place: Department, count: int) -> None:
    """So many plans, one task each for every third, without the way there."""
    model = place.draft()
    fields = {"agency": model.agency, "author": model.author, "layout": model.layout, "issuer": model.issuer}
    Plan.objects.bulk_create(
        Plan(year=2000 + i % 100, subject=f"Kế hoạch {i}", search=f"ke hoach a{i}", **fields) for i in range(count)
    )


@pytest.mark.parametrize(
    "query", ["05/KH-", "skhcn", "he thong", "Hệ THỐNG duy trì", str(YEAR), "05/kh-skhcn he thong"]
)
def test_a_plan_is_found_by_number_and_words_with_or_without_marks(
    place: Department, client: Client, query: str
) -> None:
    plan, other = place.draft(), place.draft()
    plan.number, plan.subject = "05", "Duy trì Hệ thống"
    plan.save()
    Plan.objects.filter(pk=other.pk).update(search="mot ke hoach khac")
    assert found(client, place["thuky"], q=query) == [plan.pk]


def test_every_word_must_fit(place: Department, client: Client) -> None:
    place.draft()
    assert found(client, place["thuky"], q="he thong khong co") == []


def test_the_list_is_filtered_by_year_and_state(place: Department, client: Client) -> None:
    this, last = place.plan_in(S.APPROVAL), place.draft()
    Plan.objects.filter(pk=last.pk).update(year=YEAR - 1)
    assert found(client, place["thuky"], nam=str(YEAR)) == [this.pk]
    assert found(client, place["thuky"], trang_thai="draft") == [last.pk]
    assert found(client, place["thuky"], nam=str(YEAR), trang_thai="draft") == []


@pytest.mark.parametrize("query", [{"nam": "x"}, {"trang_thai": "x"}, {"sap_xep": "x"}, {"page": "x"}, {"page": "99"}])
def test_a_strange_wish_is_passed_over(place: Department, client: Client, query: dict[str, str]) -> None:
    plan = place.draft()
    assert found(client, place["thuky"], **query) == [plan.pk]


def test_a_dropped_draft_is_shown_only_when_asked_for(place: Department, client: Client) -> None:
    plan = place.step(place.draft(), "drop", "thuky", "Nhầm.")
    assert found(client, place["thuky"]) == []
    assert found(client, place["thuky"], trang_thai="dropped") == [plan.pk]


@pytest.mark.parametrize(("order", "years"), [("", [2003, 2002, 2001]), ("nam", [2001, 2002, 2003])])
def test_the_list_is_sorted_as_asked(place: Department, client: Client, order: str, years: list[int]) -> None:
    for year in (2002, 2003, 2001):
        Plan.objects.filter(pk=place.draft().pk).update(year=year)
    page = ask(client, place["thuky"], sap_xep=order).context["page"]
    assert [plan.year for plan in page] == years


def test_the_list_is_cut_into_pages(place: Department, client: Client) -> None:
    many(place, 59)
    page = ask(client, place["thuky"], page="3").context["page"]
    assert (len(page), page.paginator.count, page.paginator.num_pages) == (10, 60, 3)


def test_five_hundred_plans_cost_no_more_than_one_and_no_more_for_a_superuser(
    place: Department, client: Client
) -> None:
    costs = {}
    for count in (0, 2, 497):
        many(place, count)
        for superuser in (False, True):
            User.objects.filter(username="lan").update(is_superuser=superuser)
            ask(client, place["lan"])
            with CaptureQueriesContext(connection) as context:
                client.get(reverse("plans:list"))
            costs[count, superuser] = len(context)
    assert len(set(costs.values())) == 1
    assert max(costs.values()) <= 10


def test_excel_holds_all_pages_of_the_filtered_list(place: Department, client: Client) -> None:
    many(place, 30)
    place.plan_in(S.ISSUED)
    response = ask(client, place["thuky"], xuat="xlsx", q="A2")
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][:4] == ("Năm", "Số, ký hiệu", "Ngày ban hành", "Trích yếu")
    assert {row[3] for row in rows[1:]} == {"Kế hoạch 2", *(f"Kế hoạch {i}" for i in range(20, 30))}


def test_a_stranger_finds_nothing(place: Department, client: Client) -> None:
    place.plan_in(S.ISSUED)
    assert found(client, department("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"]) == []


def test_who_oversees_sees_what_is_issued_and_no_draft(place: Department, client: Client) -> None:
    above = department("tinh", name="Văn phòng tỉnh", abbreviation="VPT")
    place.agency.parent = above.agency
    place.agency.save()
    Position.objects.filter(holdings__user__username="tinh-lan").update(roles=["overseer"])
    issued = place.plan_in(S.ISSUED)
    place.draft()
    assert found(client, above["lan"]) == [issued.pk]


def test_an_empty_list_says_how_to_begin(place: Department, client: Client) -> None:
    page = ask(client, place["thuky"]).content.decode()
    assert "Chưa có kế hoạch nào" in page
    for name in ("plans:create", "plans:import", "plans:carry"):
        assert f'href="{reverse(name)}"' in page
    assert "Thư ký ISO lập kế hoạch" in ask(client, place["lan"]).content.decode()


def test_a_list_without_a_match_leads_back_to_all(place: Department, client: Client) -> None:
    place.draft()
    assert "Không có kế hoạch nào khớp" in ask(client, place["thuky"], q="khong co").content.decode()


def test_a_year_leads_to_its_plan_in_force(place: Department, client: Client) -> None:
    plan = place.plan_in(S.ISSUED)
    place.draft()
    client.force_login(place["lan"])
    assert client.get(f"/ke-hoach/{YEAR}/")["Location"] == reverse("plans:detail", args=[YEAR, plan.pk])


def test_a_year_without_a_plan_in_force_leads_to_its_list(place: Department, client: Client) -> None:
    place.draft()
    client.force_login(place["lan"])
    assert client.get(f"/ke-hoach/{YEAR}/")["Location"] == f"{reverse('plans:list')}?nam={YEAR}"


def test_a_returned_draft_shows_who_gave_it_back_and_why(place: Department, client: Client) -> None:
    place.step(place.plan_in(S.CONTENT_CHECK), "return", "chanh", "Bổ sung Chi cục vào phạm vi.")
    ((plan, desk),) = ask(client, place["thuky"], "plans:inbox").context["rows"]
    assert (plan.mark.label, desk.call) == ("trả lại để sửa", "Mở để soạn")
    page = ask(client, place["thuky"], "plans:inbox").content.decode()
    assert "Nguyễn Hữu Phước trả lại kế hoạch: “Bổ sung Chi cục vào phạm vi.”" in page


def test_the_inbox_shows_the_oldest_first_at_a_constant_cost(place: Department, client: Client) -> None:
    first, costs = place.plan_in(S.APPROVAL), set()
    for _ in range(3):
        ask(client, place["giamdoc"], "plans:inbox")
        with CaptureQueriesContext(connection) as context:
            rows = client.get(reverse("plans:inbox")).context["rows"]
        costs.add(len(context))
        place.plan_in(S.APPROVAL)
    assert rows[0][0] == first
    assert len(rows) == 3
    assert (len(costs), max(costs) <= 10) == (1, True)


def test_the_navigation_counts_what_waits(place: Department, client: Client) -> None:
    place.plan_in(S.APPROVAL)
    for who, count in (("giamdoc", 1), ("lan", 0)):
        entries = {entry.label: entry.count for entry in ask(client, place[who]).context["nav"]}
        assert entries["Chờ tôi duyệt"] == count


def test_a_head_who_has_answered_has_nothing_more_to_do(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONSULTATION)
    assert [row.pk for row, _ in ask(client, place["truong"], "plans:inbox").context["rows"]] == [plan.pk]
    client.post(reverse("plans:comment", args=[plan.pk]), {"answer": "agree"})
    assert ask(client, place["truong"], "plans:inbox").context["rows"] == []
