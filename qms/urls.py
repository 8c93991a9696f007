"""All addresses: Vietnamese without marks for people, English names for code."""

from django.urls import include, path

from qms.overview.account import email_page, end_session
from qms.overview.health import healthz
from qms.overview.style_page import style_page
from qms.overview.views import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("giao-dien/", style_page, name="style_page"),
    path("tai-khoan/email/", email_page, name="account_email"),
    path("tai-khoan/sessions/<int:pk>/", end_session, name="session_end"),
    path("tai-khoan/", include("allauth.urls")),
    path("ke-hoach/", include("plans.urls")),
    path("to-chuc/", include("qms.organisation.urls")),
]
