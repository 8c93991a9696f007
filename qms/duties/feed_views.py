"""Calendar feeds: the page where one takes, renews and revokes addresses, and the calendars themselves."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from qms.notifications.models import CalendarFeed
from qms.organisation.models import Unit

from .feeds import calendar_bytes, file_name, open_feed, renew_feed, revoke_feed, units_to_subscribe


@dataclass(frozen=True)
class Row:
    """A calendar that this person may subscribe to, and its address where one was made."""

    name: str
    unit_id: int
    feed: CalendarFeed | None

    @property
    def address(self) -> str:
        """The full address to give to a calendar program, or ""."""
        return settings.SITE_URL + reverse("feeds:calendar", args=[self.feed.secret]) if self.feed else ""


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """One's own calendar and those of one's units."""
    made = {feed.unit_id: feed for feed in CalendarFeed.objects.filter(user=request.user)}
    rows = [Row("Việc của tôi", 0, made.get(None))]
    rows += [Row(unit.name, unit.pk, made.get(unit.pk)) for unit in units_to_subscribe(request.user)]
    return render(request, "duties/feeds.html", {"rows": rows})


@require_POST
def renew(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Make an address, or another one in its place. `unit_id` 0 is oneself."""
    renew_feed(request.user, _unit(request, unit_id), at=timezone.now())
    messages.success(request, "Đã tạo địa chỉ lịch mới. Địa chỉ cũ, nếu có, không dùng được nữa.")
    return redirect("feeds:list")


@require_POST
def revoke(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Stop an address."""
    revoke_feed(request.user, _unit(request, unit_id, must_serve=False))
    messages.success(request, "Đã hủy địa chỉ lịch.")
    return redirect("feeds:list")


def _unit(request: HttpRequest, unit_id: int, *, must_serve: bool = True) -> Unit | None:
    if unit_id == 0:
        return None
    units = units_to_subscribe(request.user) if must_serve else Unit.objects.filter(pk=unit_id)
    found = next((unit for unit in units if unit.pk == unit_id), None)
    if found is None:
        raise Http404
    return found


@require_safe
@login_not_required
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of a secret address; 304 where the program has it already, 404 for any other address."""
    today = timezone.localdate()
    feed = open_feed(secret, on=today)
    if feed is None:
        raise Http404
    content = calendar_bytes(feed, on=today)
    etag = f'"{sha256(content).hexdigest()}"'
    fresh = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    fresh["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=file_name(feed))
    fresh["ETag"] = etag
    fresh["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag, None, fresh)
