"""How an agency reminds: who may change it, and the change."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from qms.notifications.models import ReminderSettings
from qms.organisation.access import access_of, require
from qms.organisation.models import Agency, User
from qms.workflow.engine import record

MOST_RUNGS = 5
LONGEST = 60  # working days


def why_not_set_reminders(agency: Agency, user: User) -> str:
    """Whoever follows the agency's duties says how it reminds."""
    return "" if access_of(user).may("follow_duties", agency.pk) else "Chỉ Thư ký ISO sửa cách nhắc việc."


@transaction.atomic
def set_reminders(
    agency: Agency, *, hour: int, before: Sequence[int], head_after: int, secretary_after: int, leadership_after: int,
    open_links: bool, actor: User, at: datetime,
) -> ReminderSettings:  # fmt: skip
    """Change it. Raises PermissionDenied, or ValidationError by field; then nothing changed."""
    require(why_not_set_reminders(agency, actor))
    _check(before, head_after, secretary_after, leadership_after)
    used, _ = ReminderSettings.objects.update_or_create(
        agency=agency,
        defaults={
            "hour": hour, "before": sorted(set(before), reverse=True), "head_after": head_after,
            "secretary_after": secretary_after, "leadership_after": leadership_after, "open_links": open_links,
        },
    )  # fmt: skip
    record(used, name="set_reminders", sentence="đổi cách nhắc việc", actor=actor, at=at, comment=_summary(used))
    return used


def _check(before: Sequence[int], head: int, secretary: int, leadership: int) -> None:
    errors: dict[str, str] = {}
    if len(set(before)) > MOST_RUNGS or any(not 1 <= days <= LONGEST for days in before):
        errors["before"] = f"Ghi nhiều nhất {MOST_RUNGS} mốc, mỗi mốc từ 1 đến {LONGEST} ngày làm việc."
    if secretary < head:
        errors["secretary_after"] = "Thư ký ISO được báo cùng lúc hoặc sau trưởng đơn vị."
    if leadership < secretary:
        errors["leadership_after"] = "Lãnh đạo được báo cùng lúc hoặc sau Thư ký ISO."
    if errors:
        raise ValidationError(errors)


def _summary(used: ReminderSettings) -> str:
    before = ", ".join(map(str, used.before)) or "không"
    links = "có" if used.open_links else "không"
    return (
        f"Gửi lúc {used.hour} giờ; nhắc trước {before}; báo trưởng đơn vị sau {used.head_after}, Thư ký ISO sau "
        f"{used.secretary_after}, lãnh đạo sau {used.leadership_after} ngày làm việc; mở liên kết không cần đăng "
        f"nhập: {links}."
    )
