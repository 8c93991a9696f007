"""Addresses of the plan screens."""

from django.urls import path

from .views import detail, downloads, pages, register, settings, steps

app_name = "plans"
urlpatterns = [
    path("", pages.plan_list, name="list"),
    path("cho-toi/", pages.inbox, name="inbox"),
    path("<int:year>/", pages.plan_year, name="year"),
    path("<int:year>/<int:pk>/", detail.detail, name="detail"),
    path("ban/<int:pk>/", detail.version, name="version"),
    path("thay-doi/<int:pk>/", detail.changes, name="changes"),
    path("tai-ve/<int:pk>/<str:file_format>/", downloads.plan_file, name="download"),
    path("soat-ban-in/<int:pk>/", downloads.check, name="check"),
    path("buoc/<int:pk>/<slug:name>/", steps.step, name="step"),
    path("gop-y/<int:pk>/", steps.comment, name="comment"),
    path("tra-loi/<int:pk>/", steps.reply, name="reply"),
    path("dieu-chinh/<int:pk>/", steps.amend, name="amend"),
    path("so-dang-ky/", register.entries, name="register"),
    path("so-dang-ky/so-bo/", register.cancel, name="cancel_number"),
    path("so-dang-ky/cach-danh-so/", settings.numbering, name="numbering"),
    path("cac-buoc/", settings.steps, name="settings"),
]
