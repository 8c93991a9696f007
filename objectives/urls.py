"""Addresses of objectives."""

from django.urls import path

from .views import editing, figures, lists, sets, year

app_name = "objectives"
urlpatterns = [
    path("", year.home, name="home"),
    path("cho-xet/", sets.desk, name="desk"),
    path("so-lieu/", figures.owed, name="owed"),
    path("so-lieu/<int:pk>/", figures.enter, name="figure"),
    path("so-lieu/<int:pk>/xem-truoc/", figures.preview, name="figure_preview"),
    path("nguyen-nhan/<int:pk>/", figures.miss, name="miss"),
    path("ban/<int:pk>/", sets.detail, name="set"),
    path("ban/<int:pk>/buoc/<slug:name>/", sets.step, name="step"),
    path("ban/<int:pk>/phan-dau/", editing.head, name="head"),
    path("ban/<int:pk>/them/", editing.add, name="add"),
    path("ban/<int:pk>/tai-ve/<slug:kind>/<slug:file_format>/", sets.download_file, name="download"),
    path("sua/<int:pk>/", editing.edit, name="edit"),
    path("bo/<int:pk>/", editing.remove, name="remove"),
    path("doi-cho/<int:pk>/", editing.move, name="move"),
    path("<int:year>/", year.overview, name="year"),
    path("<int:year>/danh-sach/", lists.listing, name="list"),
    path("<int:year>/lap/", editing.start, name="start"),
    path("<int:year>/dot-dang-ky/", editing.registration, name="registration"),
    path("<int:year>/<int:pk>/", figures.detail, name="detail"),
]
