"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class SatisfactionConfig(AppConfig):
    name = "objectives.satisfaction"
    label = "satisfaction"
    verbose_name = "khảo sát hài lòng"

    def ready(self) -> None:
        """Objectives learn where a figure may come from."""
        import_string("objectives.satisfaction.proposals.join_objectives")()
