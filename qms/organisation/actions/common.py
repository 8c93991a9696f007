"""What every write of the organisation shares."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from ..models import Agency, OrganisationChange, Unit, User

ONE_DAY = timedelta(days=1)


def day_of(at: datetime) -> date:
    """The day in Việt Nam."""
    return timezone.localdate(at)


def save(row: Any) -> Any:
    """Validate and write one row. Raises ValidationError by field."""
    row.full_clean()
    row.save()
    return row


def lock(row: models.Model) -> Any:
    """The row as it stands now, kept from others until the transaction ends."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def record(
    *, agency: Agency, actor: User, at: datetime, sentence: str, unit: Unit | None = None, person: User | None = None
) -> None:
    """Write down who did what."""
    OrganisationChange.objects.create(
        agency=agency, actor=actor, actor_name=str(actor), at=at, sentence=sentence[:500], unit=unit, person=person
    )


def end_row(row: Any, last_day: date) -> bool:
    """Let a dated row end; one that would end before it begins is taken out. Whether the row is still there.

    A row that ends earlier anyway is left as it is.
    """
    if row.valid_to and row.valid_to <= last_day:
        return True
    if row.valid_from and row.valid_from > last_day:
        row.delete()
        return False
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    return True


def refuse(field: str, message: str) -> None:
    """ValidationError beside one field."""
    raise ValidationError({field: message})
