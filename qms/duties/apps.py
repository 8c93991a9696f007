"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from qms.files.owners import register_owner


class DutiesConfig(AppConfig):
    name = "qms.duties"
    label = "duties"
    verbose_name = "nhiệm vụ"

    def ready(self) -> None:
        """What files hang on here; what units and people leave behind."""
        register_owner("duties.Evidence")
        register_owner("duties.Occurrence")
        import_string("qms.duties.successors.join_rooms")()
