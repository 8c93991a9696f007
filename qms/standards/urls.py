"""Addresses of the standard."""

from django.urls import path

from . import views

app_name = "standards"
urlpatterns = [
    path("", views.clauses, name="clauses"),
    path("ap-dung/", views.adoption, name="adoption"),
]
