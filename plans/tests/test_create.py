"""Beginning a plan from an empty page."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from qms.organisation.models import User


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
