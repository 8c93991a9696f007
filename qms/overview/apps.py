"""The uppermost room: what looks over all others."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from .search_index import after_migrate


class OverviewConfig(AppConfig):
    """Dashboard, health, backup."""

    name = "qms.overview"
    verbose_name = "tổng quan"

    def ready(self) -> None:
        """See `search_index`; Django sends the signal for rooms with models only."""
        post_migrate.connect(after_migrate, sender=apps.get_app_config("plans"))
