"""All addresses: Vietnamese without marks for people, English names for code."""

from django.urls import include, path

from qms.overview import report_views
from qms.overview.health import healthz
from qms.overview.progress_views import progress_page, progress_unit
from qms.overview.search_page import search
from qms.overview.style_page import style_page
from qms.overview.views import home

urlpatterns = [
    path("", home, name="home"),
    path("tim/", search, name="search"),
    path("healthz", healthz, name="healthz"),
    path("giao-dien/", style_page, name="style_page"),
    path("tien-do/", progress_page, name="progress"),
    path("tien-do/bao-cao/", report_views.reports, name="progress_reports"),
    path("tien-do/bao-cao/lap/", report_views.report_new, name="progress_report_new"),
    path("tien-do/bao-cao/<int:pk>/", report_views.report_page, name="progress_report"),
    path("tien-do/bao-cao/<int:pk>/noi-dung/", report_views.report_words, name="progress_report_words"),
    path("tien-do/bao-cao/<int:pk>/so-lieu/", report_views.report_data, name="progress_report_data"),
    path("tien-do/bao-cao/<int:pk>/buoc/<str:name>/", report_views.report_step, name="progress_report_step"),
    path("tien-do/bao-cao/<int:pk>/tep/<str:file_format>/", report_views.report_file, name="progress_report_file"),
    path("tien-do/don-vi/<int:pk>/", progress_unit, name="progress_unit"),
    path("tai-khoan/", include("qms.overview.account_urls")),
    path("ke-hoach/", include("plans.urls")),
    path("muc-tieu/bao-cao/", include("objectives.reports.urls")),
    path("muc-tieu/", include("objectives.urls")),
    path("viec/", include("qms.duties.urls")),
    path("lich-viec/", include("qms.duties.feed_urls")),
    path("nhac-viec/", include("qms.duties.reminder_urls")),
    path("tep/", include("qms.files.urls")),
    path("thong-bao/", include("qms.notifications.urls")),
    path("to-chuc/", include("qms.organisation.urls")),
    path("boi-canh/", include("objectives.context.urls")),
    path("hai-long/", include("objectives.satisfaction.urls")),
    path("tieu-chuan/", include("qms.standards.urls")),
]
