"""Which edition an agency works by, and what a clause is called in another one."""

from collections.abc import Iterable
from datetime import date

from qms.organisation.models import Agency

from .models import Adoption, Clause, Edition


def edition_of(agency: Agency, *, on: date) -> Edition:
    """The edition in force there that day: the last one adopted, else the oldest that this program knows."""
    adoptions = Adoption.objects.filter(agency=agency).select_related("edition")
    return last_adopted(adoptions, on=on) or Edition.objects.earliest("order")


def last_adopted(adoptions: Iterable[Adoption], *, on: date) -> Edition | None:
    """The edition of the last adoption that has begun that day, of adoptions newest first."""
    return next((adoption.edition for adoption in adoptions if not adoption.is_coming(on)), None)


def counterparts(clause: Clause, edition: Edition) -> list[Clause]:
    """The clauses of another edition that speak of the same matter; the clause itself within its own edition."""
    if clause.edition_id == edition.pk:
        return [clause]
    later = Clause.objects.filter(edition=edition, earlier_links__older=clause)
    earlier = Clause.objects.filter(edition=edition, later_links__newer=clause)
    return [*later, *earlier]
