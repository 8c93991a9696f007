"""One's messages: searched, filtered, ordered, and the same rows for Excel."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qms.lists import searched
from qms.organisation.models import User

from .models import Category, Message, MessageQuerySet

ORDERS = {
    "-luc": ("-created_at", "-pk"),
    "luc": ("created_at", "pk"),
    "-han": ("-due_on", "-pk"),
    "han": ("due_on", "pk"),
}
DEFAULT_ORDER = "-luc"
FILTERS = ("q", "loai", "xem")
VIEWS = (("", "Tất cả"), ("chua-doc", "Chưa đọc"), ("da-doc", "Đã đọc"))
HEADINGS = ("Lúc", "Loại", "Việc", "Nội dung", "Hạn", "Đọc lúc")


def filtered(user: User, asked: Mapping[str, str]) -> MessageQuerySet:
    """The messages that fit `q` (all its words), `loai` and `xem`."""
    messages = Message.objects.visible_to(user)
    messages = searched(messages, asked.get("q", ""))
    if asked.get("loai") in Category.values:
        messages = messages.filter(category=asked["loai"])
    if asked.get("xem") == "chua-doc":
        return messages.unread()
    return messages.exclude(read_at=None) if asked.get("xem") == "da-doc" else messages


def excel_rows(messages: Iterable[Message]) -> Iterator[tuple[Any, ...]]:
    """One row per message under `HEADINGS`."""
    for one in messages:
        yield one.created_at, one.get_category_display(), one.title, one.body, one.due_on, one.read_at
