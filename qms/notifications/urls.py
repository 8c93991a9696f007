"""Addresses of the inbox."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("so-chua-doc/", views.unread, name="unread"),
    path("da-doc/", views.mark_all_read, name="mark_all_read"),
    path("tuy-chon/", views.preferences, name="preferences"),
    path("<int:pk>/mo/", views.open_message, name="open"),
    path("<int:pk>/da-doc/", views.mark_read, name="mark_read"),
]
