"""Addresses of the register."""

from django.urls import path

from . import views
from .models import Issue, Party

app_name = "context"
urlpatterns = [
    path("", views.shelf, {"slug": "rui-ro"}, name="register"),
    path("thang-danh-gia/", views.scale, name="scale"),
    path("in/<str:file_format>/", views.document, name="document"),
    path("van-de/<int:pk>/", views.change, {"model": Issue}, name="issue_change"),
    path("ben-quan-tam/<int:pk>/", views.change, {"model": Party}, name="party_change"),
    path("muc/<int:pk>/", views.risk, name="risk"),
    path("muc/<int:pk>/sua/", views.risk_change, name="risk_change"),
    path("muc/<int:pk>/danh-gia/", views.risk_assess, name="risk_assess"),
    path("muc/<int:pk>/bien-phap/", views.risk_action, name="risk_action"),
    path("bien-phap/<int:pk>/hieu-luc/", views.judge, name="judge"),
    path("ra-soat/<slug:slug>/<int:pk>/", views.review, name="review"),
    path("thoi-theo-doi/<slug:slug>/<int:pk>/", views.retire, name="retire"),
    path("<slug:slug>/", views.shelf, name="shelf"),
    path("<slug:slug>/them/", views.add, name="add"),
]
