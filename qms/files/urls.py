"""Addresses of stored files."""

from django.urls import path

from . import views

app_name = "files"

urlpatterns = [
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/xem/", views.preview, name="preview"),
]
