"""Addresses of how an agency reminds, its runs, and the letters that urge."""

from django.urls import path

from . import reminder_views as views
from . import urging_views as urging

app_name = "reminders"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("cach-nhac/", views.reminder_settings, name="settings"),
    path("cong-van/", urging.letters, name="letters"),
    path("cong-van/<int:pk>/", urging.letter, name="letter"),
    path("cong-van/<int:pk>/sua/", urging.edit, name="letter_edit"),
    path("cong-van/<int:pk>/buoc/<slug:name>/", urging.step, name="letter_step"),
    path("cong-van/<int:pk>/tep/<str:file_format>/", urging.letter_file, name="letter_file"),
]
