"""Addresses of surveys."""

from django.urls import path

from .views import imports, results, settings, surveys

app_name = "satisfaction"
urlpatterns = [
    path("", results.results, name="results"),
    path("khao-sat/", surveys.surveys, name="surveys"),
    path("khao-sat/them/", surveys.add, name="add"),
    path("khao-sat/<int:pk>/", surveys.survey, name="survey"),
    path("khao-sat/<int:pk>/sua/", surveys.change, name="change"),
    path("khao-sat/<int:pk>/bo/", surveys.withdraw, name="withdraw"),
    path("y-kien/", surveys.comments, name="comments"),
    path("y-kien/<int:pk>/xu-ly/", surveys.handle, name="handle"),
    path("nhap/", imports.upload, name="upload"),
    path("nhap/<int:pk>/", imports.review, name="import"),
    path("nhap/<int:pk>/loi/", imports.problems, name="import_problems"),
    path("nhap/<int:pk>/tien-do/", imports.progress, name="import_progress"),
    path("nhap/<int:pk>/luu-lai/", imports.retry, name="import_retry"),
    path("nhap/<int:pk>/bo/", imports.discard, name="import_discard"),
    path("tieu-chi/", settings.scheme, name="scheme"),
    path("muc-tieu/", settings.feeds, name="feeds"),
    path("muc-tieu/<int:pk>/thoi/", settings.unfeed, name="unfeed"),
]
