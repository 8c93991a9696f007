"""The uppermost room: what looks over all others."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """Dashboard, health, backup."""

    name = "qms.overview"
    verbose_name = "tổng quan"
