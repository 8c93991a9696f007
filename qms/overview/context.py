"""What the frame around every page shows: the places of the house, what waits there, where and who I am.

Values are read only when a template asks for them, so that a fragment costs nothing and a whole page at most two
queries (the person's card, the number of things waiting).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from plans.inbox import waiting_for
from qms.duties.selectors import pressing
from qms.notifications.models import Message
from qms.organisation.access import access_of
from qms.organisation.models import PositionHolding, User
from qms.overview.progress_scope import scope_of
from qms.questions import Question

_COUNTED = ("unread", "pressing", "plans")
_NOBODY: dict[str, Any] = {"name": "", "agency": "", "title": "", **dict.fromkeys(_COUNTED, 0)}
_CARD = Question()
THEMES = ("light", "dark")


def everybody(request: HttpRequest) -> bool:
    """A place for all who are signed in."""
    return True


def reads_content(request: HttpRequest) -> bool:
    """A place for those who read the content of an agency; administrators do not."""
    return bool(access_of(request.user).readable)


def plans_waiting(request: HttpRequest) -> int:
    """How many plans lie on this person's desk; a view that has read them says so in `request.plans_waiting`."""
    known: int | None = getattr(request, "plans_waiting", None)
    return _card(request)["plans"] if known is None else known


def duties_pressing(request: HttpRequest) -> int:
    """How many of this person's duties are late or due soon; a view that knows says so in `request.duties_pressing`."""
    known: int | None = getattr(request, "duties_pressing", None)
    return _card(request)["pressing"] if known is None else known


@dataclass(frozen=True)
class Place:
    """One entry of the navigation. `count` says how many things wait there for this person."""

    label: str
    url_name: str
    visible: Callable[[HttpRequest], bool] = everybody
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Entry:
    """A place as it is drawn."""

    label: str
    url: str
    count: int
    current: bool = False


# The order on screen. A place whose address is not known yet, or that the person may not see, is left out.
NAV: list[Place] = [
    Place("Tuần này", "home"),
    Place("Việc của tôi", "duties:mine", count=duties_pressing),
    Place("Kế hoạch", "plans:list"),
    Place("Chờ tôi duyệt", "plans:inbox", count=plans_waiting),
    Place("Mục tiêu", "objectives:home"),
    Place("Tiến độ", "progress", visible=lambda request: bool(scope_of(request.user))),
    Place("Bối cảnh, rủi ro", "context:register"),
    Place("Khảo sát hài lòng", "satisfaction:results", visible=reads_content),
    Place("Sổ đăng ký", "plans:register"),
    Place("Đơn vị, con người", "organisation:units"),
    Place("Lịch làm việc", "organisation:calendar"),
    Place("Tiêu chuẩn", "standards:clauses"),
]
# Where the search of the top line leads: the first known address wins.
SEARCH = (("search", "Tìm kiếm"), ("plans:list", "Tìm kế hoạch"))


@cache
def address(url_name: str) -> str:
    """The address of a place, or nothing where its module is not installed; both stay so while the server runs."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `search`, `today`, `site_name`, `theme`; of the person: `agency_name`, `user_name`,

    `user_title`, `unread`.
    """
    return {
        "nav": SimpleLazyObject(lambda: _entries(request)),
        "search": SimpleLazyObject(_search),
        "today": timezone.localdate(),
        "site_name": settings.SITE_NAME,
        "agency_name": SimpleLazyObject(lambda: _card(request)["agency"]),
        "user_name": SimpleLazyObject(lambda: _card(request)["name"]),
        "user_title": SimpleLazyObject(lambda: _card(request)["title"]),
        "unread": SimpleLazyObject(lambda: _card(request)["unread"]),
        "theme": _theme(request),
    }


def _theme(request: HttpRequest) -> str:
    """The look chosen on this machine (static/js/app.js writes the cookie), or nothing: as the system says."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _card(request: HttpRequest) -> dict[str, Any]:
    """What the frame says of the person, read once for a request."""
    if not hasattr(request, "person_card"):
        request.person_card = _read_card(request.user) if _signed_in(request) else _NOBODY  # type: ignore[attr-defined]
    return request.person_card  # type: ignore[attr-defined]


def _read_card(user: User) -> dict[str, Any]:
    """Name, agency, first position, numbers of unread messages, pressing duties and waiting plans, in one query."""
    today = timezone.localdate()
    rows = _CARD.rows((user.pk, access_of(user), today), lambda: _card_of(user, today))
    agency, title, *counts = rows[0] if rows else ("", "", 0, 0, 0)
    numbers = {name: count or 0 for name, count in zip(_COUNTED, counts, strict=True)}
    return {"name": str(user), "agency": agency or "", "title": title or "", **numbers}


def _card_of(user: User, today: date) -> QuerySet:
    counts = (_unread(), _count(pressing(user, on=today)), _count(waiting_for(user)))
    return User.objects.filter(pk=user.pk).order_by().values_list("agency__name", _first_title(today), *counts)


def _count(rows: QuerySet) -> Subquery:
    return Subquery(rows.order_by().annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count"))


def _unread() -> Subquery:
    messages = Message.objects.unread().filter(user=OuterRef("pk")).order_by().values("user")
    return Subquery(messages.annotate(count=Count("pk")).values("count"))


def _first_title(on: date) -> Subquery:
    holdings = PositionHolding.objects.in_force(on).filter(user=OuterRef("pk")).order_by("position__rank", "pk")
    return Subquery(holdings.values("position__title")[:1])


def _entries(request: HttpRequest) -> tuple[Entry, ...]:
    if not _signed_in(request):
        return ()
    shown = [(place, url) for place in NAV if (url := address(place.url_name)) and place.visible(request)]
    here = max((url for _, url in shown if _within(request.path, url)), key=len, default="")
    return tuple(
        Entry(place.label, url, place.count(request) if place.count else 0, current=url == here) for place, url in shown
    )


def _within(path: str, url: str) -> bool:
    """Whether the page lies in that place; the front page holds only itself."""
    return path == url or (url != "/" and path.startswith(url))


def _search() -> dict[str, str]:
    return next(({"url": url, "label": label} for name, label in SEARCH if (url := address(name))), {})
