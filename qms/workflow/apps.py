"""App configuration."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "qms.workflow"
    label = "workflow"
    verbose_name = "quy trình"
