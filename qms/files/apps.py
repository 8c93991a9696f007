"""App configuration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "qms.files"
    label = "files"
    verbose_name = "tệp"
