"""Writes about who signs for the head (NĐ 30/2020 Điều 13)."""

from datetime import date, datetime

from django.db import transaction

from qms.text import short_date

from ..access import require
from ..enums import SigningForm
from ..models import Agency, Delegation, User
from ..roles import OFFICES, roles_on, sync_roles
from ..rules import is_head, why_not_delegate, why_not_end_delegation
from ..selectors import head_of, holdings_of
from .common import day_of, end_row, lock, record, refuse, save

_SENTENCES = {
    SigningForm.KT: "Ký thay (KT.) dành cho cấp phó của người đứng đầu cơ quan.",
    SigningForm.TL: "Thừa lệnh (TL.) dành cho người đứng đầu một đơn vị.",
}


@transaction.atomic
def create_delegation(
    *,
    agency: Agency,
    grantor: User | None,
    delegate: User,
    form: SigningForm | str,
    valid_from: date,
    valid_to: date | None = None,
    basis: str,
    actor: User,
    at: datetime,
) -> Delegation:
    """The delegate signs for the head in that period. Raises PermissionDenied, ValidationError by field."""
    require(why_not_delegate(agency, grantor, delegate, actor, on=day_of(at)))
    delegation = Delegation(
        agency=agency, grantor=grantor, delegate=delegate, form=form,
        valid_from=valid_from, valid_to=valid_to, basis=basis,
    )  # fmt: skip
    _check(delegation)
    save(delegation)
    sync_roles(delegate, on=day_of(at))
    _record(delegation, actor, at, f"giao {delegate} ký {form}. từ ngày {short_date(valid_from)}, theo {basis}")
    return delegation


def _check(delegation: Delegation) -> None:
    form, day = SigningForm(delegation.form), delegation.valid_from
    if form == SigningForm.Q:
        _check_acting(delegation)
    elif delegation.grantor is None or not is_head(delegation.grantor, delegation.agency, on=day):
        refuse("grantor", f"Người giao phải là người đứng đầu cơ quan vào ngày {short_date(day)}; không ủy quyền lại.")
    _check_delegate(delegation, form, day)


def _check_acting(delegation: Delegation) -> None:
    delegation.grantor = None  # named by the body above, not by anybody in the agency
    head = head_of(delegation.agency, on=delegation.valid_from)
    if head:
        refuse("form", f"Quyền (Q.) chỉ dùng khi chưa có người đứng đầu; hiện là {head}.")


def _check_delegate(delegation: Delegation, form: SigningForm, day: date) -> None:
    person, agency_id = delegation.delegate, delegation.agency_id
    if not person.is_active:
        refuse("delegate", "Tài khoản của người này đã ngừng hoạt động.")
    if not any(h.position.unit.agency_id == agency_id for h in holdings_of(person, on=day)):
        refuse("delegate", f"Người này không giữ vị trí nào của cơ quan vào ngày {short_date(day)}.")
    needed = OFFICES.get(form)
    if needed and not needed & {r.role for r in roles_on(person, day) if r.agency.pk == agency_id}:
        refuse("delegate", _SENTENCES[form])


@transaction.atomic
def end_delegation(delegation: Delegation, *, last_day: date, actor: User, at: datetime) -> None:
    """The delegate signs for the last time on that day; what has not begun is taken out."""
    require(why_not_end_delegation(delegation, actor))
    delegation = lock(delegation)
    if delegation.valid_to and delegation.valid_to < last_day:
        refuse("last_day", f"Ủy nhiệm đã hết hạn sau ngày {short_date(delegation.valid_to)}.")
    delegate, form = delegation.delegate, delegation.form
    _record(delegation, actor, at, f"chấm dứt ủy nhiệm ký {form}. của {delegate} sau ngày {short_date(last_day)}")
    end_row(delegation, last_day)
    sync_roles(delegate, on=day_of(at))


def _record(delegation: Delegation, actor: User, at: datetime, sentence: str) -> None:
    record(agency=delegation.agency, actor=actor, at=at, sentence=sentence, person=delegation.delegate)
