"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from .actions import sweep_orphans


@shared_task
def sweep() -> int:
    """Once a day: what a killed process left in the storage."""
    return sweep_orphans(at=timezone.now())
