"""Who may do what with a duty. Each rule gives the reason why not, or ""."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from qms.organisation.access import access_of
from qms.organisation.grants import GRANTS
from qms.organisation.models import PositionHolding, User
from qms.organisation.roles import roles_on

from .enums import ANSWERED, OWED, DutyState, ExtensionState
from .models import Duty, Extension

ELSEWHERE = "Việc này của đơn vị khác."


@dataclass(frozen=True)
class Standing:
    """What a person is to a duty. `holds`: it was handed to them, and they still have a position in its unit."""

    leads: bool
    answers: bool
    holds: bool


def standing(duty: Duty, user: User) -> Standing:
    """Of somebody signed in, whose roles are in step with the day. One query per person, however many duties."""
    access = access_of(user)
    return Standing(
        leads=access.may_for_unit("lead_unit", duty.unit_id),
        answers=access.may_for_unit("answer_for_unit", duty.unit_id),
        holds=duty.person_id == user.pk and duty.unit_id in _units_of(user),
    )


def standing_on(duty: Duty, user: User, on: date) -> Standing:
    """Of somebody who is not signed in, from the positions of that day; nothing is written."""
    given = [GRANTS[held.role].unit for held in roles_on(user, on) if held.unit and held.unit.pk == duty.unit_id]
    return Standing(
        leads=any("lead_unit" in names for names in given),
        answers=any("answer_for_unit" in names for names in given),
        holds=duty.person_id == user.pk
        and PositionHolding.objects.effective(on).filter(user=user, position__unit=duty.unit_id).exists(),
    )


def _units_of(user: User) -> frozenset[int]:
    """Units in which the person holds a position today, read once and kept on the object as `access_of` does."""
    if not hasattr(user, "_units"):
        held = PositionHolding.objects.effective(timezone.localdate()).filter(user=user).order_by()
        user._units = frozenset(held.values_list("position__unit", flat=True))  # type: ignore[attr-defined]
    return user._units  # type: ignore[attr-defined]


def why_not_report(duty: Duty, user: User, place: Standing | None = None) -> str:
    """The unit that owes a duty answers it; a duty handed to a person is answered by that person or the unit's head."""
    if duty.state not in OWED and duty.state not in ANSWERED:
        return f"Việc này {DutyState(duty.state).label}, chưa báo cáo được."
    place = place or standing(duty, user)
    if place.leads or place.holds:
        return ""
    if not place.answers:
        return ELSEWHERE
    return f"Việc này đã giao cho {duty.person}." if duty.person_id else ""


def why_not_hand_over(duty: Duty, user: User) -> str:
    """The head hands a duty to a person of the unit."""
    if duty.state not in OWED:
        return "Chỉ giao việc đang phải làm."
    return "" if access_of(user).may_for_unit("lead_unit", duty.unit_id) else "Chỉ trưởng đơn vị giao việc."


def why_not_return(duty: Duty, user: User) -> str:
    """The secretary gives an answer back, never one's own."""
    if duty.state not in ANSWERED:
        return "Chỉ trả lại việc đã báo xong."
    if not access_of(user).may("follow_duties", duty.agency_id):
        return "Chỉ Thư ký ISO trả lại báo cáo."
    last = duty.reports.order_by("-at", "-pk").first()
    return "Không tự trả lại báo cáo của mình." if last and last.author_id == user.pk else ""


def why_not_ask(duty: Duty, user: User) -> str:
    """Whoever may report may ask for more time, while there is a day to move."""
    if duty.state not in OWED or duty.due_on is None:
        return "Việc này không có hạn để gia hạn."
    return why_not_report(duty, user)


def why_not_decide(extension: Extension, user: User) -> str:
    """The secretary or the leadership decides, never on one's own request."""
    if not access_of(user).may("decide_extensions", extension.duty.agency_id):
        return "Chỉ Thư ký ISO hoặc lãnh đạo xét gia hạn."
    if extension.asked_by_id == user.pk:
        return "Không tự xét đề nghị của mình."
    if extension.state != ExtensionState.ASKED:
        return "Đề nghị này đã được xét."
    return "" if extension.duty.state in OWED else "Việc này không còn phải làm."


def why_not_record(agency_id: int, user: User) -> str:
    """Events are recorded by whoever follows the plan."""
    return "" if access_of(user).may("follow_duties", agency_id) else "Chỉ Thư ký ISO ghi nhận sự kiện."
