"""Addresses of the calendar feeds."""

from django.urls import path

from . import feed_views as views

app_name = "feeds"
urlpatterns = [
    path("", views.feed_list, name="list"),
    path("<int:unit_id>/tao/", views.renew, name="renew"),
    path("<int:unit_id>/huy/", views.revoke, name="revoke"),
    path("<slug:secret>.ics", views.calendar, name="calendar"),
]
