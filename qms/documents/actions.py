"""Giving numbers and freezing originals. Both run inside the caller's transaction: it issues whole or not at all."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from qms.files.together import note_file
from qms.organisation.access import require
from qms.organisation.models import Agency, User
from qms.text import one_line, printable
from qms.workflow.engine import record

from .models import FrozenDocument, NumberSeries, RegisterEntry, RegisterSettings
from .rules import why_not_number, why_not_set_numbering


def register_settings(agency: Agency) -> RegisterSettings:
    """The agency's way of numbering as it is now, or the default one (unsaved)."""
    return RegisterSettings.objects.filter(agency=agency).first() or RegisterSettings(agency_id=agency.pk)


def next_number(agency: Agency, *, kind: str, year: int, settings: RegisterSettings | None = None) -> int:
    """The number the register would give now; only a proposal, `take_number` decides. `settings` where known."""
    last = _last_numbers(agency, year)
    return last.get(_code(last, settings or register_settings(agency), kind), 0) + 1


def refuse_taken(agency: Agency, *, kind: str, year: int, number: int) -> None:
    """Raises ValidationError with key `number` where the register has that number already."""
    code = _code(_last_numbers(agency, year), register_settings(agency), kind)
    given = RegisterEntry.objects.filter(series__agency=agency, series__year=year, series__code=code)
    if given.filter(number=number).exists():
        raise ValidationError({"number": f"Số {number:02d} đã dùng trong năm {year}."})


@transaction.atomic
def take_number(
    *, agency: Agency, kind: str, symbol: str, subject: str, issued_on: date, actor: User, at: datetime,
    number: int | None = None, note: str = "",
) -> RegisterEntry:  # fmt: skip
    """Enter the next number of the series (or the given one) in the register.

    `kind` is the abbreviation of the type ("KH", "QĐ"). The series row is locked until the transaction ends, so
    numbers are without holes or doubles. A given number must be the next one, unless numbers come from elsewhere or
    the document was numbered on paper before (`note` says so). Raises ValidationError with key `number`.
    """
    series = _locked_series(agency, kind, issued_on.year)
    proposed = series.last_number + 1
    number = number or proposed
    free_choice = bool(note) or register_settings(agency).numbers_from_elsewhere
    if number != proposed and not free_choice:
        raise ValidationError({"number": f"Số tiếp theo của sổ là {proposed:02d}."})
    if series.entries.filter(number=number).exists():
        raise ValidationError({"number": f"Số {number:02d} đã dùng trong năm {issued_on.year}."})
    return _enter(
        series, number, symbol=symbol, issued_on=issued_on, subject=subject[:500], note=note, actor=actor, at=at
    )


@transaction.atomic
def cancel_number(
    *, agency: Agency, kind: str, symbol: str, reason: str, on: date, actor: User, at: datetime,
    number: int | None = None,
) -> RegisterEntry:  # fmt: skip
    """Use up the next number without a document ("số bỏ"), so that the register explains why it is missing.

    `number` is the one the person was shown. Raises PermissionDenied, or ValidationError with key `reason` where none
    is given, `number` where that one has been used meanwhile.
    """
    require(why_not_number(agency, actor))
    reason = one_line(reason)
    if not reason:
        raise ValidationError({"reason": "Số bỏ phải ghi lý do."})
    series = _locked_series(agency, kind, on.year)
    proposed = series.last_number + 1
    if number is not None and number != proposed:
        raise ValidationError({"number": f"Số {number:02d} vừa được dùng; số tiếp theo là {proposed:02d}."})
    return _enter(
        series, proposed, symbol=symbol, issued_on=on, subject="(số bỏ)", note=reason[:300],
        status=RegisterEntry.Status.CANCELLED, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def set_numbering(
    *, agency: Agency, one_series: bool, numbers_from_elsewhere: bool, actor: User, at: datetime
) -> RegisterSettings:
    """Change how an agency numbers. Raises PermissionDenied, or ValidationError with key `one_series`.

    Series run for a calendar year (NĐ 30/2020 Điều 15), so their kind changes only before the year's first number.
    """
    require(why_not_set_numbering(agency, actor))
    settings, _ = RegisterSettings.objects.get_or_create(agency=agency)
    settings = RegisterSettings.objects.select_for_update().get(pk=settings.pk)
    given = RegisterEntry.objects.filter(series__agency=agency, series__year=timezone.localdate(at).year).count()
    if settings.one_series != one_series and given:
        raise ValidationError({"one_series": f"Năm nay đã cấp {given} số. Đổi dãy số từ số đầu tiên của năm sau."})
    settings.one_series, settings.numbers_from_elsewhere = one_series, numbers_from_elsewhere
    settings.save()
    record(settings, name="set_numbering", sentence="đổi cách đánh số văn bản", actor=actor, at=at)
    return settings


@transaction.atomic
def freeze(
    obj: models.Model,
    *,
    agency: Agency,
    entry: RegisterEntry | None,
    file_name: str,
    pdf: bytes,
    docx: bytes,
    at: datetime,
) -> FrozenDocument:
    """Keep both files of an issued object with their sha256. An object is frozen once.

    Within `files_and_rows` they vanish with the transaction.

    `file_name` may hold what no name of a file may, as a symbol does; it is made one.
    """
    file_name = _file_name(file_name)
    frozen = FrozenDocument(
        agency=agency,
        entry=entry,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        file_name=file_name,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        pdf_size=len(pdf),
        docx_sha256=hashlib.sha256(docx).hexdigest(),
        docx_size=len(docx),
        at=at,
    )
    for field, content in ((frozen.pdf, pdf), (frozen.docx, docx)):
        field.save(f"{file_name}.{field.field.name}", ContentFile(content), save=False)
        note_file(field)
    frozen.save()
    return frozen


def _enter(series: NumberSeries, number: int, **fields: Any) -> RegisterEntry:
    series.last_number = max(series.last_number, number)
    series.save(update_fields=["last_number"])
    return RegisterEntry.objects.create(series=series, number=number, **fields)


def _file_name(text: str) -> str:
    return re.sub(r"[/\\:*?\"<>|]+|\.{2,}", "-", one_line(printable(text)))


def _last_numbers(agency: Agency, year: int) -> dict[str, int]:
    """The last number of every series of the year, by its code."""
    return dict(NumberSeries.objects.filter(agency=agency, year=year).values_list("code", "last_number"))


def _code(last: Mapping[str, int], settings: RegisterSettings, kind: str) -> str:
    """The series of that kind; a year goes on as it began, whatever was decided since."""
    begun = {code for code, number in last.items() if number}
    one_series = "" in begun if begun else settings.one_series
    return "" if one_series else kind


def _locked_series(agency: Agency, kind: str, year: int) -> NumberSeries:
    code = _code(_last_numbers(agency, year), register_settings(agency), kind)
    key = {"agency": agency, "year": year, "code": code}
    NumberSeries.objects.get_or_create(**key)
    return NumberSeries.objects.select_for_update().get(**key)
