"""What Celery runs."""

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from .importing.saving import run


@shared_task(name="objectives.satisfaction.tasks.save_import")
def save_import(pk: int) -> None:
    """Save a queued file; a repeated message changes nothing."""
    run(pk)


def launch(pk: int) -> None:
    """In the background where there is a broker, else at once: the number of rows bounds the time either way."""
    if not settings.CELERY_BROKER_URL:
        run(pk)
        return
    try:
        save_import.delay(pk)
    except OperationalError:
        run(pk)
