"""Addresses of the organisation screens."""

app_name = "organisation"
urlpatterns: list = []
