"""The one write of this room: an agency moves to an edition."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from qms.organisation.access import require
from qms.organisation.models import Agency, User
from qms.text import one_line

from .models import Adoption, Edition
from .rules import why_not_adopt
from .selectors import edition_of


@transaction.atomic
def adopt(*, agency: Agency, edition: Edition, from_day: date, basis: str, actor: User, at: datetime) -> Adoption:
    """Work by that edition from that day on. Raises PermissionDenied, or ValidationError by field."""
    require(why_not_adopt(agency, actor))
    Agency.objects.select_for_update().get(pk=agency.pk)
    if edition_of(agency, on=from_day) == edition:
        raise ValidationError({"edition": f"Ngày đó cơ quan đã áp dụng {edition}."})
    adoption = Adoption(
        agency=agency, edition=edition, from_day=from_day, basis=one_line(basis), actor=actor, at=at
    )  # fmt: skip
    adoption.full_clean()
    adoption.save()
    return adoption
