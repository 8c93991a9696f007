"""What happens to a document on its way whatever it says: the signature, the day of issue, the originals."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from qms.organisation.models import Agency
from qms.organisation.selectors import signing_lines
from qms.workflow.engine import Step

from .actions import freeze, take_number
from .docx import render_docx
from .model import OfficialDocument
from .models import FrozenDocument, RegisterEntry
from .pdf import render_pdf


def put_signature(obj: Any, step: Step) -> None:
    """How whoever takes the step signs for the agency (NĐ 30/2020 Điều 13)."""
    lines = signing_lines(step.actor, obj.agency, on=timezone.localdate(step.at))
    obj.sign_on_behalf, obj.sign_position, obj.sign_name = lines.on_behalf, lines.position, lines.name


def take_signature_off(obj: Any) -> None:
    """Given back, it is signed by nobody."""
    obj.sign_on_behalf = obj.sign_position = obj.sign_name = ""


def check_issue_day(issued_on: date, step: Step, *, signed_at: datetime | None, what: str) -> None:
    """A number is given after the signature, and never for a day to come (NĐ 30/2020 Điều 15).

    Raises ValidationError with key `date`; `what` begins its sentence.
    """
    refuse_day_to_come(issued_on, step)
    signed_on = timezone.localdate(signed_at) if signed_at else None
    if signed_on and issued_on < signed_on:
        raise ValidationError({"date": f"{what} được ký ngày {signed_on:%d/%m/%Y}."})


def refuse_day_to_come(issued_on: date, step: Step) -> None:
    """Raises ValidationError with key `date`."""
    if issued_on > timezone.localdate(step.at):
        raise ValidationError({"date": "Ngày ban hành không được sau hôm nay."})


def give_number(obj: Any, step: Step, *, kind: str, what: str) -> RegisterEntry:
    """The number and the day that the clerk asks for (`step.data`), stamped on a signed document with its subject.

    Raises ValidationError with key `date` or `number`; `what` begins the sentence about the day.
    """
    issued_on: date = step.data["date"]
    check_issue_day(issued_on, step, signed_at=obj.approved_at, what=what)
    entry = take_number(
        agency=obj.agency, kind=kind, symbol=obj.symbol, subject=obj.subject, issued_on=issued_on, actor=step.actor,
        at=step.at, number=step.data.get("number"),
    )  # fmt: skip
    obj.number, obj.date, obj.issued_at = entry.number_text, issued_on, step.at
    return entry


def keep_originals(
    obj: models.Model, document: OfficialDocument, *, agency: Agency, entry: RegisterEntry | None, file_name: str,
    at: datetime,
) -> FrozenDocument:  # fmt: skip
    """Render both files for the last time and freeze them."""
    return freeze(
        obj, agency=agency, entry=entry, file_name=file_name, pdf=render_pdf(document), docx=render_docx(document),
        at=at,
    )  # fmt: skip
