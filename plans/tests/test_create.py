"""Beginning a plan from an empty page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.actions import begin_plan, newest_plan
from plans.models import Plan
from qms.organisation.models import User
from tests.at_once import run_at_once

from .journey import department


@pytest.fixture
def writer(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


def begin(client: Client, year: str) -> object:
    agency = User.objects.get(pk=client.session["_auth_user_id"]).agency_id
    return client.post(reverse("plans:create"), {"agency": agency, "year": year})


def test_an_empty_plan_has_the_usual_sections(writer: Client, secretary: User) -> None:
    response = begin(writer, "2027")
    plan = Plan.objects.get()
    assert response["Location"] == reverse("plans:edit", args=[2027, plan.pk])
    assert [section.number for section in plan.sections.all()] == ["I", "II", "III", "IV"]
    assert (plan.author, plan.tasks.count(), plan.phases.count()) == (secretary, 0, 1)


def test_it_keeps_the_layout_that_was_used_last(writer: Client, draft: Plan) -> None:
    begin(writer, "2027")
    assert Plan.objects.get(year=2027).layout == draft.layout


@pytest.mark.parametrize(
    ("year", "sentence"), [("1999", "Năm phải từ 2000 đến 2100."), ("hai nghìn", "Năm là bốn chữ số.")]
)
def test_a_wrong_year_is_said_beside_its_field(writer: Client, year: str, sentence: str) -> None:
    response = begin(writer, year)
    assert (response.status_code, response.context["form"]["year"].errors) == (422, [sentence])
    assert response.context["form"]["year"].value() == year


def test_only_who_drafts_begins_a_plan(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert client.get(reverse("plans:create")).status_code == 403
    assert begin(client, "2027").status_code == 403
    assert Plan.objects.count() == 0


def test_one_press_makes_one_draft_however_often_it_is_sent(writer: Client, secretary: User) -> None:
    seen = writer.get(reverse("plans:create")).context["form"]["seen"].value()
    form = {"agency": secretary.agency_id, "year": 2027, "seen": seen}
    answers = [writer.post(reverse("plans:create"), form)["Location"] for _ in range(2)]
    assert answers == [reverse("plans:edit", args=[2027, Plan.objects.get().pk])] * 2


def test_whoever_opens_the_form_again_gets_a_second_draft(writer: Client, secretary: User) -> None:
    for _ in range(2):
        seen = writer.get(reverse("plans:create")).context["form"]["seen"].value()
        writer.post(reverse("plans:create"), {"agency": secretary.agency_id, "year": 2027, "seen": seen})
    assert Plan.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_draft() -> None:
    place = department()
    seen = newest_plan()

    def press() -> None:
        begin_plan(place.agency, year=2027, actor=place["thuky"], at=timezone.now(), seen=seen)

    assert (run_at_once(press, times=4), Plan.objects.filter(year=2027).count()) == ([], 1)
