"""Who may change what in the organisation. Each rule gives the reason why not, in a sentence, or "" when allowed.

Separation of duties: managing people is not a way to a say in content. Nobody appoints, delegates to or changes the
roles of oneself, and nobody learns the password of a person who decides or of a superuser.
"""

from datetime import date

from .access import access_of
from .enums import Role
from .grants import DECIDING
from .models import Agency, Delegation, Position, PositionHolding, Unit, User
from .roles import roles_on

_NOT_A_MANAGER = "Việc này của người quản lý tổ chức (Thư ký ISO, quản trị hệ thống)."


def why_not_manage(agency: Agency | None, user: User) -> str:
    """Units, people and positions are managed by the ISO secretary and the administrator."""
    agency_id = agency.pk if agency else None
    return "" if access_of(user).may("manage_organisation", agency_id) else _NOT_A_MANAGER


def why_not_manage_calendar(agency: Agency, user: User) -> str:
    """The working calendar likewise."""
    allowed = access_of(user).may("manage_calendar", agency.pk)
    return "" if allowed else "Lịch làm việc do Thư ký ISO hoặc quản trị hệ thống sửa."


def why_not_manage_unit(unit: Unit, user: User) -> str:
    """A unit is managed with its agency."""
    return why_not_manage(unit.agency, user)


def why_not_change_position(position: Position, user: User, *, on: date) -> str:
    """Whoever holds a position does not change it: it would change one's own roles."""
    if own := why_not_manage(position.unit.agency, user):
        return own
    held = PositionHolding.objects.not_over(on).filter(position=position, user=user).exists()
    return "Không tự sửa vị trí mình đang giữ; nhờ người quản lý khác." if held else ""


def why_not_appoint(position: Position, person: User, user: User) -> str:
    """Nobody appoints oneself, to anything."""
    if own := why_not_manage(position.unit.agency, user):
        return own
    if person.pk == user.pk:
        return "Không tự bổ nhiệm mình; nhờ người quản lý khác."
    if not person.is_active:
        return "Tài khoản của người này đã ngừng hoạt động."
    return "" if person.agency_id == position.unit.agency_id else "Người này thuộc cơ quan khác."


def why_not_end_holding(holding: PositionHolding, user: User) -> str:
    """Laying down an office, one's own too, belongs to the managers."""
    return why_not_manage(holding.position.unit.agency, user)


def why_not_delegate(agency: Agency, grantor: User | None, delegate: User, user: User, *, on: date) -> str:
    """A delegation is recorded by a manager or by the head who gives it; never by whoever receives it."""
    if delegate.pk == user.pk:
        return "Không tự ghi ủy nhiệm cho mình; nhờ người quản lý khác hoặc người giao."
    if grantor and grantor.pk == user.pk and is_head(grantor, agency, on=on):
        return ""
    return why_not_manage(agency, user)


def why_not_end_delegation(delegation: Delegation, user: User) -> str:
    """Whoever gave it may take it back; managers too."""
    return "" if delegation.grantor_id == user.pk else why_not_manage(delegation.agency, user)


def why_not_change_person(person: User, user: User) -> str:
    """The account of a superuser is touched by superusers only."""
    if person.is_superuser and not user.is_superuser:
        return "Tài khoản quản trị toàn hệ thống chỉ do người cùng quyền sửa."
    return why_not_manage(person.agency, user)


def why_not_change_mail(person: User, user: User, *, on: date) -> str:
    """The mail opens the account: whoever drafts does not choose where the approver's password is sent."""
    drafts = access_of(user).may("draft_plan", person.agency_id)
    if drafts and person.pk != user.pk and decides(person, on=on):
        return "Người soạn kế hoạch không đổi thư của người phê duyệt; nhờ quản trị hệ thống."
    return ""


def why_not_deactivate(person: User, user: User) -> str:
    """Nobody locks oneself out."""
    if person.pk == user.pk:
        return "Không tự ngừng tài khoản của mình."
    return why_not_change_person(person, user)


def why_not_give_password(person: User, user: User, *, on: date) -> str:
    """A password that somebody else knows must not open a deciding account: those set it themselves, by mail."""
    if own := why_not_deactivate(person, user):
        return own.replace("ngừng tài khoản", "đặt mật khẩu tạm")
    if person.is_superuser or decides(person, on=on):
        return "Người có quyền phê duyệt tự đặt mật khẩu qua thư; không cấp mật khẩu tạm."
    return ""


def is_head(person: User, agency: Agency, *, on: date) -> bool:
    """Whether the person is the head of that agency that day."""
    return any(r.role == Role.DIRECTOR and r.agency.pk == agency.pk for r in roles_on(person, on))


def decides(person: User, *, on: date) -> bool:
    """Whether the person may approve something that day, or will by what is recorded already."""
    offices = PositionHolding.objects.not_over(on).filter(user=person).values_list("position__roles", flat=True)
    delegated = Delegation.objects.not_over(on).filter(delegate=person)
    return any(DECIDING & set(roles) for roles in offices) or delegated.exists()
