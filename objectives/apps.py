"""App configuration."""

from django.apps import AppConfig

from qms.duties.sources import register


class ObjectivesConfig(AppConfig):
    name = "objectives"
    verbose_name = "mục tiêu chất lượng"

    def ready(self) -> None:
        """Tell the duties where theirs come from."""
        register("objectives.objective", "objectives.duties.SOURCE")
