"""Addresses of the plan screens."""

app_name = "plans"
urlpatterns: list = []
