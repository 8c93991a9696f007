"""Whoever oversees several agencies chooses whose surveys to look at; nobody else has a choice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from objectives.satisfaction.models import Survey
from qms.organisation.enums import Role
from qms.organisation.models import Agency
from qms.organisation.tests.cast import House, add_person, found_house

from .conftest import asked

RESULTS = reverse("satisfaction:results")


@pytest.fixture
def neighbour(db: None) -> House:
    """Another department with a survey of its planning division and one comment."""
    house = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    asked(house, received=210, comments=("Chờ lâu",))
    return house


@pytest.fixture
def overseer(house: House, neighbour: House, client: Client) -> Client:
    """Somebody of our department, which oversees the neighbour."""
    Agency.objects.filter(pk=neighbour.agency.pk).update(parent=house.agency)
    add_person(house, "theodoi", "Người Theo Dõi", house.units["kh"], roles=(Role.OVERSEER,))
    client.force_login(house["theodoi"])
    return client


def shown(client: Client, code: str = "", **more: str) -> Any:
    """The context of the results."""
    return client.get(RESULTS, {"co-quan": code, **more} if code else more).context


def test_one_begins_with_the_own_agency_and_may_choose_another(overseer: Client, survey: Survey) -> None:
    own, other = shown(overseer), shown(overseer, "so-tp")
    assert [one.name for one in own["place"].others] == ["Sở Tư pháp"]
    assert (own["results"].whole.received, other["results"].whole.received) == (200, 210)


def test_the_choice_stays_through_tabs_filters_and_lists(overseer: Client, survey: Survey) -> None:
    text = overseer.get(RESULTS, {"co-quan": "so-tp"}).content.decode()
    surveys = reverse("satisfaction:surveys")
    assert (f'href="{surveys}?co-quan=so-tp"' in text, 'name="co-quan" value="so-tp"' in text) == (True, True)
    listed = [row.agency.code for row, _, _ in overseer.get(surveys, {"co-quan": "so-tp"}).context["rows"]]
    assert (listed, "Ghi khảo sát" in text) == (["so-tp"], False)


def test_ones_own_list_holds_only_the_own_surveys(overseer: Client, survey: Survey) -> None:
    rows = overseer.get(reverse("satisfaction:surveys")).context["rows"]
    assert [row for row, _, _ in rows] == [survey]


def test_what_people_wrote_is_not_for_who_oversees(overseer: Client) -> None:
    labels = [tab.label for tab in shown(overseer, "so-tp")["tabs"]]
    assert labels == ["Kết quả", "Các khảo sát", "Số liệu cho mục tiêu"]
    page = overseer.get(reverse("satisfaction:comments"), {"co-quan": "so-tp"}).context["page"]
    assert page.paginator.count == 0


def test_how_much_waits_to_be_handled_is_not_for_who_oversees(overseer: Client, survey: Survey) -> None:
    own, other = (overseer.get(reverse("satisfaction:surveys"), asked) for asked in ({}, {"co-quan": "so-tp"}))
    assert [("Ý kiến chưa xử lý" in page.content.decode()) for page in (own, other)] == [True, False]
    assert [waiting for _, _, waiting in other.context["rows"]] == [0]


def test_an_empty_room_does_not_ask_who_only_reads_to_write(overseer: Client, survey: Survey) -> None:
    Survey.objects.exclude(pk=survey.pk).delete()
    for name in ("results", "surveys"):
        text = overseer.get(reverse(f"satisfaction:{name}"), {"co-quan": "so-tp"}).content.decode()
        assert ("hiện ở đây khi cơ quan ghi" in text, "nhập từ tệp xuất ra" in text) == (True, False)


def test_strangers_have_no_choice_and_find_no_other(house: House, neighbour: House, client: Client) -> None:
    client.force_login(house["thuky"])
    assert shown(client)["place"].others == []
    assert client.get(RESULTS, {"co-quan": "so-tp"}).status_code == 404


@pytest.mark.parametrize("children", [1, 4])
def test_choosing_costs_the_same_with_one_agency_and_with_many(
    overseer: Client, house: House, children: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(children - 1):
        Agency.objects.create(code=f"so-{number}", name=f"Sở {number}", abbreviation="S", parent=house.agency)
    shown(overseer, "so-tp")
    with django_assert_max_num_queries(12):
        shown(overseer, "so-tp")
