"""App configuration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "qms.documents"
    label = "documents"
    verbose_name = "văn bản"
