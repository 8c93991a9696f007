"""Addresses of the plan screens."""

from typing import Any

from django.urls import URLPattern, path

from .enums import RowKind
from .views import (
    carry,
    create,
    detail,
    downloads,
    editor,
    events,
    imports,
    layouts,
    pages,
    parts,
    paste,
    register,
    settings,
    steps,
    tasks,
)

app_name = "plans"
_DRAFT = "<int:year>/<int:pk>/soan/"


def _rows(kind: RowKind) -> list[URLPattern]:
    """Open and save, add, take out and move the rows of one kind."""
    own: dict[str, Any] = {"kind": kind}
    at = f"{_DRAFT}{kind.slug}/"
    return [
        path(f"{at}them/", parts.part_add, own, name=f"{kind.value}_add"),
        path(f"{at}<int:row>/", parts.part_edit, own, name=f"{kind.value}_edit"),
        path(f"{at}<int:row>/bo/", parts.part_remove, own, name=f"{kind.value}_remove"),
        path(f"{at}<int:row>/doi-cho/", parts.part_move, own, name=f"{kind.value}_move"),
    ]


urlpatterns = [
    path("", pages.plan_list, name="list"),
    path("cho-toi/", pages.inbox, name="inbox"),
    path("<int:year>/", pages.plan_year, name="year"),
    path("<int:year>/<int:pk>/", detail.detail, name="detail"),
    path("<int:year>/<int:pk>/su-kien/", events.events, name="events"),
    path("su-kien/<int:task>/", events.record, name="event_record"),
    path("su-kien/bo/<int:pk>/", events.retract, name="event_retract"),
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
    path("lap-moi/", create.create, name="create"),
    path("nhap/", imports.import_plan, name="import"),
    path("nhap/<int:pk>/", imports.import_review, name="import_review"),
    path("nhap/<int:pk>/bo/", imports.import_discard, name="import_discard"),
    path("chuyen-nam/", carry.carry, name="carry"),
    path("mau/", layouts.layouts, name="layouts"),
    path("mau/them/", layouts.layout_add, name="layout_add"),
    path("mau/xem-truoc/", layouts.layout_preview, name="layout_preview"),
    path("mau/<int:pk>/", layouts.layout_edit, name="layout"),
    path("mau/<int:pk>/bo/", layouts.layout_remove, name="layout_remove"),
    path("thoi-gian/<int:year>/", editor.timing_preview, name="timing_preview"),
    path(_DRAFT, editor.edit, name="edit"),
    path(f"{_DRAFT}ben-canh/", editor.side, name="side"),
    path(f"{_DRAFT}cach-viet/", editor.alias, name="alias"),
    path(f"{_DRAFT}da-xem/", editor.look_seen, name="look_seen"),
    path(f"{_DRAFT}hoan-tac/<int:removed>/", editor.restore, name="restore"),
    path(f"{_DRAFT}nhiem-vu/them/", tasks.task_add, name="task_add"),
    path(f"{_DRAFT}nhiem-vu/thu-tu/", tasks.task_order, name="task_order"),
    path(f"{_DRAFT}nhiem-vu/dan/", paste.task_paste, name="task_paste"),
    path(f"{_DRAFT}nhiem-vu/danh-so/", tasks.task_renumber, name="task_renumber"),
    path(f"{_DRAFT}nhiem-vu/<int:task>/", tasks.task_edit, name="task_edit"),
    path(f"{_DRAFT}nhiem-vu/<int:task>/bo/", tasks.task_remove, name="task_remove"),
    path(f"{_DRAFT}nhiem-vu/<int:task>/doi-cho/", tasks.task_move, name="task_move"),
    *_rows(RowKind.SECTION),
    *_rows(RowKind.PHASE),
    *_rows(RowKind.RESPONSIBILITY),
    path(f"{_DRAFT}<slug:part>/", editor.head, name="head"),
]
