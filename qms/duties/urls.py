"""Addresses of duties. The first two are lists, the third a duty, the rest its writes and the link of a mail."""

from django.urls import path

from .views import answer, detail, lists, writes

app_name = "duties"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("don-vi/<int:pk>/", lists.unit, name="unit"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/nguon/", detail.source, name="source"),
    path("<int:pk>/bao-cao/", writes.report, name="report"),
    path("<int:pk>/giao/", writes.hand_over, name="hand_over"),
    path("<int:pk>/tra-lai/", writes.return_report, name="return"),
    path("<int:pk>/gia-han/", writes.ask, name="ask"),
    path("gia-han/<int:pk>/", writes.decide, name="decide"),
    path("tra-loi/xong/", answer.answered, name="answered"),
    path("tra-loi/<str:token>/", answer.answer, name="answer"),
]
