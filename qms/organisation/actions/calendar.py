"""Writes about the working calendar. What moves is listed beforehand (`calendar.moved_deadlines`), then moved."""

from datetime import date, datetime

from django.db import transaction

from qms.deadlines import DECREED_DEFAULTS
from qms.text import short_date

from ..access import require
from ..calendar import deadlines_following
from ..models import Agency, ConfirmedYear, DecreedDay, User
from ..rules import why_not_manage_calendar
from .common import lock, record, save


@transaction.atomic
def add_decreed_day(
    *, agency: Agency, day: date, is_off: bool, name: str, source: str, actor: User, at: datetime
) -> DecreedDay:
    """A day off or a worked weekend day, by a document. Raises ValidationError by field."""
    require(why_not_manage_calendar(agency, actor))
    with deadlines_following(agency, at=at):
        row = save(DecreedDay(agency=agency, day=day, is_off=is_off, name=name, source=source))
    _record(row, actor, at, f"ghi {_words(row)}, theo {source}")
    return row


@transaction.atomic
def change_decreed_day(
    row: DecreedDay, *, day: date, is_off: bool, name: str, source: str, actor: User, at: datetime
) -> DecreedDay:
    """Put a row right. Raises ValidationError by field."""
    require(why_not_manage_calendar(row.agency, actor))
    row = lock(row)
    old = _words(row)
    row.day, row.is_off, row.name, row.source = day, is_off, name, source
    with deadlines_following(row.agency, at=at):
        save(row)
    _record(row, actor, at, f"sửa {old} thành {_words(row)}, theo {source}")
    return row


@transaction.atomic
def remove_decreed_day(row: DecreedDay, *, actor: User, at: datetime) -> None:
    """The day follows the general rules again."""
    require(why_not_manage_calendar(row.agency, actor))
    row = lock(row)
    _record(row, actor, at, f"bỏ {_words(row)} khỏi lịch làm việc")
    with deadlines_following(row.agency, at=at):
        row.delete()


@transaction.atomic
def seed_decreed_days(agency: Agency, *, actor: User, at: datetime) -> list[DecreedDay]:
    """Write the decreed days that the program knows into the agency's table, where they can be edited."""
    require(why_not_manage_calendar(agency, actor))
    known = set(agency.decreed_days.values_list("day", flat=True))
    rows = [
        save(DecreedDay(agency=agency, day=d.day, is_off=d.is_off, name=d.name, source=d.source))
        for d in DECREED_DEFAULTS
        if d.day not in known
    ]
    if rows:
        record(agency=agency, actor=actor, at=at, sentence=f"chép {len(rows)} ngày có sẵn vào lịch làm việc")
    return rows


@transaction.atomic
def confirm_year(agency: Agency, *, year: int, source: str, actor: User, at: datetime) -> ConfirmedYear:
    """Declare that all days off of a year are decreed. Raises ValidationError by field."""
    require(why_not_manage_calendar(agency, actor))
    row = save(ConfirmedYear(agency=agency, year=year, source=source))
    record(agency=agency, actor=actor, at=at, sentence=f"xác nhận lịch nghỉ năm {year} đã đủ, theo {source}")
    return row


def _words(row: DecreedDay) -> str:
    return f"{'ngày nghỉ' if row.is_off else 'ngày làm bù'} {short_date(row.day)} ({row.name})"


def _record(row: DecreedDay, actor: User, at: datetime, sentence: str) -> None:
    record(agency=row.agency, actor=actor, at=at, sentence=sentence)
