"""App configuration."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "qms.notifications"
    label = "notifications"
    verbose_name = "thông báo"
