"""What Celery runs."""

from celery import shared_task
from django.utils import timezone

from qms.organisation.models import Agency

from .reminders import is_due, run_agency


@shared_task(name="qms.duties.tasks.remind")
def remind() -> None:
    """Look at the clock: remind every agency whose hour has passed today and whose run is not complete."""
    for agency in Agency.objects.order_by("pk"):
        now = timezone.now()
        if is_due(agency, now=now):
            run_agency(agency, timezone.localdate(now), at=now)
