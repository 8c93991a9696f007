"""The công văn đôn đốc: when the ladder ends, a letter lies ready; it is edited, signed, numbered and frozen.

Whoever edited it does not sign it; the clerk gives the number (NĐ 30/2020 Điều 13, 15).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qms.documents.actions import take_number
from qms.documents.issuing import keep_originals, put_signature, take_signature_off
from qms.notifications.actions import Telling, notify
from qms.notifications.models import Category
from qms.organisation.access import access_of, require
from qms.organisation.enums import Role
from qms.organisation.models import Agency, PositionHolding, User
from qms.text import nfc, one_line
from qms.workflow.engine import Missing, Step, Transition, Workflow, perform, record
from qms.workflow.revisions import refuse_overtaken

from .enums import UrgingState
from .models import Duty, UrgingItem, UrgingLetter
from .urging_document import still_late, urging_document

S = UrgingState
SUBJECT = "đôn đốc thực hiện các nhiệm vụ đã quá hạn"
OPENING = (
    "Qua theo dõi việc thực hiện các nhiệm vụ của hệ thống quản lý chất lượng, {agency} nhận thấy các nhiệm vụ sau đã "
    "quá hạn, đã được nhắc nhưng chưa hoàn thành:"
)
REQUEST = (
    "{agency} đề nghị Thủ trưởng các đơn vị chỉ đạo hoàn thành các nhiệm vụ nêu trên và báo cáo kết quả trong 05 ngày "
    "làm việc kể từ ngày nhận được công văn này; nhiệm vụ chưa thể hoàn thành thì nêu rõ lý do và đề nghị gia hạn./."
)


@transaction.atomic
def enrol(agency: Agency, duties: Iterable[Duty], *, secretaries: Iterable[int], at: datetime) -> int:
    """Put these duties into the letter that lies ready, once for each due day; returns how many were new.

    The letter is made with the first of them, and the secretaries are told. Safe to repeat and to run twice at once.
    """
    duties = list(duties)
    known = set(UrgingItem.objects.filter(duty__in=duties).values_list("duty_id", "due_on"))
    fresh = [duty for duty in duties if (duty.pk, duty.due_on) not in known]
    if not fresh:
        return 0
    letter, _ = UrgingLetter.objects.select_for_update(of=("self",)).get_or_create(
        agency=agency, state=S.DRAFT, defaults=_defaults(agency, at)
    )
    items = [UrgingItem(letter=letter, duty=duty, due_on=duty.due_on) for duty in fresh]
    UrgingItem.objects.bulk_create(items, ignore_conflicts=True)
    notify(_tellings(letter, secretaries), at=at)
    return len(fresh)


def _defaults(agency: Agency, at: datetime) -> dict[str, object]:
    name = agency.name_on(timezone.localdate(at)).name
    return {
        "subject": SUBJECT, "opening": OPENING.format(agency=name), "request": REQUEST.format(agency=name),
        "symbol": symbol_of(agency, on=timezone.localdate(at)), "created_at": at,
    }  # fmt: skip


def symbol_of(agency: Agency, *, on: date) -> str:
    """ "SKHCN-VP": a công văn bears the unit that drafted it, the office, and no type (NĐ 30/2020 Phụ lục I)."""
    held = PositionHolding.objects.effective(on).filter(position__unit__agency=agency).order_by("position__rank", "pk")
    rows = held.values_list("position__roles", "position__unit__short_name")
    office = next((short for roles, short in rows if Role.CHIEF in roles and short), "VP")
    return f"{agency.name_on(on).abbreviation}-{office}"


def _tellings(letter: UrgingLetter, secretaries: Iterable[int]) -> list[Telling]:
    body = "Lãnh đạo đã được báo mà việc vẫn trễ. Xem lại nội dung rồi chuyển ký."
    url = reverse("reminders:letter", args=[letter.pk])
    return [
        Telling(pk, letter.agency_id, Category.DECISION, f"urging:{letter.pk}:{pk}", "Công văn đôn đốc đã soạn sẵn",
                body, url)
        for pk in secretaries
    ]  # fmt: skip


def why_not_edit(letter: UrgingLetter, user: User) -> str:
    """Whoever follows the duties words the letter, while it is a draft."""
    if letter.state != S.DRAFT:
        return f"Công văn {letter.get_state_display()}, không sửa được."
    return _why_not_follow(letter, user)


def _why_not_follow(letter: UrgingLetter, user: User) -> str:
    follows = access_of(user).may("follow_duties", letter.agency_id)
    return "" if follows else "Việc này của Thư ký ISO."


def why_not_sign(letter: UrgingLetter, user: User) -> str:
    """The head or whoever signs for the head; never who worded it."""
    if not access_of(user).may("approve_plan", letter.agency_id):
        return "Việc này của người có thẩm quyền ký."
    return "Người soạn không tự ký." if letter.edited_by_id == user.pk else ""


def why_not_issue(letter: UrgingLetter, user: User) -> str:
    """The clerk gives the number."""
    return "" if access_of(user).may("number_document", letter.agency_id) else "Việc này của văn thư."


def _why_not_return(letter: UrgingLetter, user: User) -> str:
    return why_not_issue(letter, user) and _why_not_follow(letter, user)


@transaction.atomic
def edit_letter(
    letter: UrgingLetter, *, subject: str, opening: str, request: str, revision: int, actor: User, at: datetime
) -> UrgingLetter:
    """Change the words. Raises PermissionDenied or Overtaken."""
    locked = UrgingLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    require(why_not_edit(locked, actor))
    refuse_overtaken(locked, revision, f"{locked.edited_by} vừa sửa công văn này. Xem bản mới rồi sửa lại.")
    locked.subject, locked.opening, locked.request = one_line(subject), nfc(opening).strip(), nfc(request).strip()
    locked.edited_by, locked.revision = actor, locked.revision + 1
    locked.full_clean()
    locked.save()
    record(locked, name="edit", sentence="sửa công văn đôn đốc", actor=actor, at=at)
    return locked


def take_letter_step(letter: UrgingLetter, name: str, *, actor: User, at: datetime, comment: str = "") -> UrgingLetter:
    """Sign, return, issue or drop; see `qms.workflow.engine.perform` for what it raises."""
    return perform(URGING_WORKFLOW, letter, name, actor=actor, at=at, comment=comment)


def _missing_to_sign(letter: UrgingLetter) -> list[Missing]:
    return [] if still_late(letter) else [Missing("nhiệm vụ còn trễ: mọi việc trong công văn đã xong")]


def _sign(letter: UrgingLetter, step: Step) -> None:
    """What was settled meanwhile leaves the letter; from here on its list stands."""
    letter.items.exclude(pk__in=[item.pk for item in still_late(letter)]).delete()
    put_signature(letter, step)
    letter.signed_by, letter.signed_at = step.actor, step.at


def _unsign(letter: UrgingLetter, step: Step) -> None:
    if UrgingLetter.objects.filter(agency=letter.agency_id, state=S.DRAFT).exclude(pk=letter.pk).exists():
        raise ValidationError("Đã có một dự thảo khác. Ban hành công văn này, hoặc bỏ dự thảo kia trước.")
    take_signature_off(letter)
    letter.signed_by = letter.signed_at = None


def _issue(letter: UrgingLetter, step: Step) -> None:
    day = timezone.localdate(step.at)
    entry = take_number(
        agency=letter.agency, kind="CV", symbol=letter.symbol, subject=f"V/v {letter.subject}", issued_on=day,
        actor=step.actor, at=step.at,
    )  # fmt: skip
    letter.number, letter.date = entry.number_text, day
    document, name = urging_document(letter, as_of=day), f"{letter.number}-{letter.symbol}-{day.year}"
    keep_originals(letter, document, agency=letter.agency, entry=entry, file_name=name, at=step.at)


URGING_WORKFLOW = Workflow(
    transitions=(
        Transition(
            "sign", "Ký", "ký công văn đôn đốc", frozenset({S.DRAFT}), S.SIGNED, why_not_sign, _missing_to_sign, _sign
        ),
        Transition(
            "issue", "Cấp số và ban hành", "cấp số và ban hành công văn đôn đốc", frozenset({S.SIGNED}), S.ISSUED,
            why_not_issue, effect=_issue,
        ),
        Transition(
            "return", "Trả lại", "trả lại công văn đôn đốc", frozenset({S.SIGNED}), S.DRAFT, _why_not_return,
            effect=_unsign, comment_required=True, tone="danger",
        ),
        Transition(
            "drop", "Bỏ công văn", "bỏ công văn đôn đốc", frozenset({S.DRAFT}), S.DROPPED, _why_not_follow,
            comment_required=True, tone="quiet",
        ),
    )
)  # fmt: skip
