"""Addresses of how an agency reminds, its runs, and the letters that urge."""

from django.urls import path

from . import reminder_views as views

app_name = "reminders"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("cach-nhac/", views.reminder_settings, name="settings"),
]
