from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Carries the command `parse_timing`; the room itself knows nothing of Django."""

    name = "qms.deadlines"
    verbose_name = "thời hạn"
