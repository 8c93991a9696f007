"""Addresses of reports on objectives."""

from django.urls import path

from .views import reports, rounds

app_name = "objective_reports"
urlpatterns = [
    path("", rounds.listing, name="list"),
    path("dot/moi/", rounds.open_new, name="round_new"),
    path("dot/<int:pk>/", rounds.page, name="round"),
    path("dot/<int:pk>/lap/", rounds.draft, name="draft"),
    path("<int:pk>/", reports.page, name="report"),
    path("<int:pk>/noi-dung/", reports.words, name="words"),
    path("<int:pk>/so-lieu/", reports.figures, name="figures"),
    path("<int:pk>/buoc/<slug:name>/", reports.step, name="step"),
    path("<int:pk>/tep/<slug:file_format>/", reports.download_file, name="file"),
]
