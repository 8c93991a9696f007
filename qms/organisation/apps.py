"""App configuration."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "qms.organisation"
    label = "organisation"
    verbose_name = "tổ chức"
