"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "kế hoạch"

    def ready(self) -> None:
        """What the rooms below must know of plans."""
        import_string("plans.duties.joining.join_rooms")()
