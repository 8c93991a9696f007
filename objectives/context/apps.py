"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ContextConfig(AppConfig):
    name = "objectives.context"
    label = "context"
    verbose_name = "bối cảnh, rủi ro, cơ hội"

    def ready(self) -> None:
        """What the rooms below must know of this register."""
        import_string("objectives.context.duties.join_rooms")()
