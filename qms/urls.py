"""All addresses: Vietnamese without marks for people, English names for code."""

from django.urls import include, path

from qms.overview.health import healthz
from qms.overview.style_page import style_page
from qms.overview.views import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("giao-dien/", style_page, name="style_page"),
    path("tai-khoan/", include("qms.overview.account_urls")),
    path("ke-hoach/", include("plans.urls")),
    path("tep/", include("qms.files.urls")),
    path("to-chuc/", include("qms.organisation.urls")),
]
