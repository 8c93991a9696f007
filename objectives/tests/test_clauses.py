"""An objective points at a clause of the edition that its set was begun under (QĐ 19/2014 Điều 4)."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from objectives.carry import start_from
from objectives.documents import document_of
from objectives.enums import DocumentKind
from objectives.models import Objective, ObjectiveSet
from qms.documents.model import block_texts
from qms.standards.loading import align_standards
from qms.standards.models import Adoption, Clause

from .test_screens import post_objective
from .year import FEBRUARY, YEAR, Year, on

OLD, NEW = "TCVN ISO 9001:2015", "ISO 9001:2026"
LAST = YEAR - 1


@pytest.fixture(autouse=True)
def clauses(place: Year) -> None:
    """The clauses of both editions."""
    align_standards()


def clause(number: str, edition: str = OLD) -> Clause:
    return Clause.objects.get(number=number, edition__code=edition)


def adopt_new(place: Year, from_day: date = date(YEAR, 1, 1)) -> None:
    edition = clause("4", NEW).edition
    Adoption.objects.create(
        agency=place.agency, edition=edition, from_day=from_day, basis="CV 12", actor=place["thuky"], at=FEBRUARY
    )  # fmt: skip


def carried(place: Year, number: str) -> Objective:
    """This year's objective, after last year's that named a clause of the old edition."""
    objectives = place.draft(year=LAST)
    place.objective(objectives, clause=clause(number))
    place.in_force(objectives, at=on(date(LAST, 2, 10)))
    return start_from(objectives, year=YEAR, actor=place["truong"], at=FEBRUARY).objectives.get()


@pytest.mark.parametrize(
    ("year", "from_day", "edition"),
    [
        (YEAR, date(YEAR, 2, 10), NEW),
        (YEAR, date(YEAR, 2, 11), OLD),
        (YEAR + 1, date(YEAR + 1, 1, 1), NEW),
        (LAST, date(YEAR, 1, 1), OLD),
    ],
)
def test_a_set_is_under_the_edition_in_force_in_its_year_when_it_is_begun(
    place: Year, year: int, from_day: date, edition: str
) -> None:
    adopt_new(place, from_day)
    assert place.draft(year=year).edition.code == edition


def test_a_set_keeps_its_edition_and_prints_it(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    adopt_new(place)
    objectives = ObjectiveSet.objects.get()
    lines = "\n".join(block_texts(document_of(objectives, DocumentKind.ACTIONS).blocks))
    assert (objectives.edition.code, f"theo {OLD}." in lines, NEW in lines) == (OLD, True, False)


def test_a_clause_of_another_edition_is_refused(place: Year) -> None:
    objectives = place.draft()
    with pytest.raises(ValidationError) as refused:
        place.objective(objectives, clause=clause("9.1.2", NEW))
    assert refused.value.message_dict == {"clause": [f"Chọn một điều khoản của {OLD}."]}
    assert not Objective.objects.exists()


def test_the_form_offers_the_clauses_of_the_edition_and_the_page_shows_the_chosen_one(
    place: Year, client: Client
) -> None:
    client.force_login(place["truong"])
    objectives = place.draft()
    url = reverse("objectives:add", args=[objectives.pk])
    offered = client.get(url).context["form"].fields["clause"].queryset
    assert {row.edition.code for row in offered.select_related("edition")} == {OLD}
    assert client.post(url, post_objective(place, clause=clause("9.1.2").pk)).status_code == 302
    row = Objective.objects.get()
    page = client.get(reverse("objectives:detail", args=[YEAR, row.pk])).content.decode()
    assert f'9.1.2 Sự hài lòng của khách hàng<span class="secondary">{OLD}</span>' in page


def test_the_list_tells_the_clause_to_excel(place: Year, client: Client) -> None:
    place.objective(place.draft(), clause=clause("9.1.2"))
    client.force_login(place["truong"])
    answer = client.get(reverse("objectives:list", args=[YEAR]), {"xuat": "xlsx"})
    headings, row = load_workbook(BytesIO(answer.content)).active.values
    assert dict(zip(headings, row, strict=True))["Điều khoản"] == "9.1.2 Sự hài lòng của khách hàng"


@pytest.mark.parametrize(("number", "became"), [("9.1.2", "9.1.2"), ("6.1.2", None)])
def test_the_clause_is_carried_over_to_the_new_edition_where_there_is_one_answer(
    place: Year, number: str, became: str | None
) -> None:
    adopt_new(place)
    row = carried(place, number)
    assert row.objective_set.edition.code == NEW
    assert row.clause == (clause(became, NEW) if became else None)


def test_the_clause_stays_within_the_same_edition(place: Year) -> None:
    assert carried(place, "6.1.2").clause == clause("6.1.2")


def test_where_a_clause_became_two_the_form_says_what_it_was(place: Year, client: Client) -> None:
    adopt_new(place)
    row = carried(place, "6.1.2")
    client.force_login(place["truong"])
    form = client.get(reverse("objectives:edit", args=[row.pk])).context["form"]
    assert form.fields["clause"].help_text == (
        f"Năm trước ghi 6.1.2 Biện pháp xử lý rủi ro và cơ hội ({OLD}). Chọn điều tương ứng của {NEW}."
    )
