"""The quality management system. Celery's shared tasks find their app here."""

from .celery import app as celery_app

__all__ = ["celery_app"]
