"""App configuration."""

from django.apps import AppConfig

from qms.files.owners import register_owner


class DutiesConfig(AppConfig):
    name = "qms.duties"
    label = "duties"
    verbose_name = "nhiệm vụ"

    def ready(self) -> None:
        """What files hang on here."""
        register_owner("duties.Evidence")
        register_owner("duties.Occurrence")
