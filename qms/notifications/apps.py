"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "qms.notifications"
    label = "notifications"
    verbose_name = "thông báo"

    def ready(self) -> None:
        """Every room says in its `subjects.py` what its messages are about."""
        autodiscover_modules("subjects")
