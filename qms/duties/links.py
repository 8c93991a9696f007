"""The one-question link of a reminder: signed, expiring, good for one duty and one person, until it is answered.

The token says which duty, for whom and since when; nothing is kept in the database. It is used up by the first
"done" or "not applicable" after it was made.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from qms.notifications.models import ReminderSettings
from qms.organisation.models import User

from . import rules
from .enums import ANSWERED
from .models import Duty

_SALT = "qms.duties.answer"


class BadLink(Exception):
    """The link opens nothing. `status` is that of the answer; `title` and `text` say why and what to do."""

    def __init__(self, status: int, title: str, text: str) -> None:
        self.status, self.title, self.text = status, title, text
        super().__init__(text)


@dataclass(frozen=True)
class Ticket:
    """What a link says once its signature holds."""

    duty_id: int
    user_id: int
    made_at: datetime


def answer_path(*, duty_id: int, user_id: int, at: datetime | None = None) -> str:
    """The path with the token, made now or `at`. Whoever mails it puts `settings.SITE_URL` before it."""
    made = int((at or timezone.now()).timestamp())
    token = Signer(salt=_SALT).sign_object([duty_id, user_id, made])
    return reverse("duties:answer", args=[token])


def read_token(token: str, *, at: datetime) -> Ticket:
    """Who is asked what. Raises BadLink for a token that is not ours or too old."""
    try:
        duty_id, user_id, made = Signer(salt=_SALT).unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        raise BadLink(
            404, "Liên kết không đúng", "Liên kết bị cắt mất một phần hoặc bị sửa. Mở lại từ thư nhắc việc."
        ) from None
    ticket = Ticket(duty_id, user_id, datetime.fromtimestamp(made, tz=UTC))
    if at - ticket.made_at > timedelta(days=settings.ANSWER_LINK_DAYS):
        raise BadLink(
            410, "Liên kết đã hết hạn", f"Liên kết trong thư dùng được {settings.ANSWER_LINK_DAYS} ngày. "
            "Đăng nhập và vào mục “Việc của tôi” để báo cáo.",
        )  # fmt: skip
    return ticket


def person_of(ticket: Ticket) -> User:
    """The person who was asked. Raises BadLink when the account is closed."""
    person = User.objects.filter(pk=ticket.user_id, is_active=True).select_related("agency").first()
    if person is None:
        raise BadLink(403, "Tài khoản đã ngừng", "Người nhận thư này không còn tài khoản, nên liên kết không mở được.")
    return person


def duty_of(ticket: Ticket, person: User, *, at: datetime) -> Duty:
    """The duty that is asked about. Raises BadLink when it was answered since, withdrawn, or is no longer theirs."""
    duty = Duty.objects.select_related("unit", "person", "agency").filter(pk=ticket.duty_id).first()
    if duty is None:
        raise BadLink(410, "Việc này không còn", "Việc trong thư đã được rút. Không phải làm gì thêm.")
    answered_since = duty.reports.filter(state__in=ANSWERED, at__gte=ticket.made_at)
    if duty.state in ANSWERED or answered_since.exists():
        raise BadLink(
            410, "Liên kết đã dùng", "Việc trong thư đã được báo cáo xong. Muốn sửa thì đăng nhập và mở “Việc của tôi”."
        )
    on = timezone.localdate(at)
    if rules.why_not_report(duty, person, rules.standing_on(duty, person, on)):
        raise BadLink(
            403, "Việc này không còn của anh, chị",
            "Việc trong thư đã được rút, giao cho người khác, hoặc anh, chị đã chuyển đơn vị. Không phải làm gì thêm.",
        )  # fmt: skip
    return duty


def opens_without_signing_in(duty: Duty) -> bool:
    """Whether the agency allows that (its settings of reminders)."""
    return ReminderSettings.objects.filter(agency=duty.agency_id, open_links=True).exists()
