"""The clause tables that come with the program."""

import pytest
from django.db.models import Count

from qms.organisation.tests.cast import House
from qms.standards.loading import align_standards
from qms.standards.models import Clause, ClauseLink, Edition
from qms.standards.selectors import counterparts

OLD, NEW = "TCVN ISO 9001:2015", "ISO 9001:2026"


def clause(edition: str, number: str) -> Clause:
    return Clause.objects.select_related("edition").get(edition__code=edition, number=number)


@pytest.mark.parametrize("code", [OLD, NEW])
def test_every_clause_but_a_chapter_stands_after_the_one_it_belongs_to(house: House, code: str) -> None:
    seen: set[str] = set()
    for number in Clause.objects.filter(edition__code=code).values_list("number", flat=True):
        above, _, _ = number.rpartition(".")
        assert not above or above in seen
        seen.add(number)


@pytest.mark.parametrize("code", [OLD, NEW])
def test_an_edition_has_the_seven_chapters_that_ask_for_something(house: House, code: str) -> None:
    chapters = Clause.objects.filter(edition__code=code, depth=1).values_list("number", flat=True)
    assert list(chapters) == ["4", "5", "6", "7", "8", "9", "10"]


def test_every_clause_has_a_counterpart_both_ways(house: House) -> None:
    lost = Clause.objects.annotate(links=Count("later_links") + Count("earlier_links")).filter(links=0)
    assert not lost.exists()


def test_risks_and_opportunities_part_in_the_new_edition(house: House) -> None:
    new = Edition.objects.get(code=NEW)
    assert [c.number for c in counterparts(clause(OLD, "6.1.2"), new)] == ["6.1.2", "6.1.3"]
    assert [c.number for c in counterparts(clause(NEW, "6.1.3"), Edition.objects.get(code=OLD))] == ["6.1.2"]


def test_a_clause_is_its_own_counterpart_within_its_edition(house: House) -> None:
    own = clause(OLD, "9.1.2")
    assert counterparts(own, own.edition) == [own]


def test_loading_again_keeps_the_rows_that_others_point_at(house: House) -> None:
    before = set(Clause.objects.values_list("pk", "number", "title")), ClauseLink.objects.count()
    align_standards()
    assert (set(Clause.objects.values_list("pk", "number", "title")), ClauseLink.objects.count()) == before


def test_a_title_that_was_worded_better_reaches_the_database(house: House) -> None:
    Clause.objects.filter(edition__code=OLD, number="4.1").update(title="khác")
    align_standards()
    assert clause(OLD, "4.1").title == "Vấn đề bên trong và bên ngoài"
