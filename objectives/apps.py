"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ObjectivesConfig(AppConfig):
    name = "objectives"
    verbose_name = "mục tiêu chất lượng"

    def ready(self) -> None:
        """What the rooms below must know of objectives."""
        import_string("objectives.duties.join_rooms")()
