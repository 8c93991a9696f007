"""App configuration."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "qms.standards"
    label = "standards"
    verbose_name = "tiêu chuẩn"
