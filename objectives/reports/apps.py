"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ObjectiveReportsConfig(AppConfig):
    name = "objectives.reports"
    label = "objective_reports"
    verbose_name = "báo cáo mục tiêu"

    def ready(self) -> None:
        """What the rooms below must know of these reports."""
        import_string("objectives.reports.duties.join_rooms")()
