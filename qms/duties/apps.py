"""App configuration."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "qms.duties"
    label = "duties"
    verbose_name = "nhiệm vụ"
