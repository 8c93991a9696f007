"""Names in time: a decided name is used from its day, not before, and the old one stays on old documents."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from qms.text import fold, short_date

from ..access import require
from ..models import (
    Agency,
    ComingAgencyName,
    ComingUnitName,
    FormerAgencyName,
    FormerUnitName,
    Reorganisation,
    Unit,
    User,
)
from ..rules import why_not_manage, why_not_manage_unit
from .common import ONE_DAY, day_of, lock, record, refuse, save


def check_name_free(agency: Agency, name: str, *, begin: date | None, end: date | None, but: set[int]) -> None:
    """Two units of one agency never bear the same name on the same day. Raises ValidationError on `name`."""
    others = Unit.objects.filter(agency=agency).exclude(pk__in=but)
    if begin:
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=begin))
    if end:
        others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=end))
    names = [*others.values_list("name", flat=True), *_coming_names(agency, but)]
    if fold(name) in {fold(other) for other in names}:
        refuse("name", "Tên này trùng với một đơn vị khác của cơ quan.")


def _coming_names(agency: Agency, but: set[int]) -> list[str]:
    waiting = ComingUnitName.objects.filter(unit__agency=agency).exclude(unit__in=but)
    return list(waiting.values_list("name", flat=True))


@transaction.atomic
def rename_unit(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    from_day: date,
    reorganisation: Reorganisation | None = None,
    actor: User,
    at: datetime,
) -> Unit:
    """Give a unit another name from a day; before that day nothing on screen changes.

    Raises ValidationError where the name is taken, the day lies before an earlier renaming, or one is waiting already.
    """
    require(why_not_manage_unit(unit, actor))
    unit = lock(unit)
    why_not = why_no_new_name(unit, from_day)
    if why_not:
        refuse("effective_on", why_not)
    check_name_free(unit.agency, name, begin=from_day, end=unit.valid_to, but={unit.pk})
    coming = ComingUnitName(
        unit=unit, name=name, short_name=short_name, used_from=from_day, reorganisation=reorganisation
    )
    old = unit.name
    if from_day > day_of(at):
        save(coming)
    else:
        bear_unit_name(coming)
    sentence = f"đổi tên {old} thành {name} từ ngày {short_date(from_day)}"
    record(agency=unit.agency, actor=actor, at=at, sentence=sentence, unit=unit)
    return unit


def why_no_new_name(unit: Unit, from_day: date) -> str:
    """What stands in the way of another name from that day, or ""."""
    waiting = unit.coming_names.first()
    last = unit.former_names.order_by("-used_until").first()
    if waiting:
        return f"Đơn vị đang chờ đổi tên từ ngày {short_date(waiting.used_from)}."
    if last and from_day <= last.used_until + ONE_DAY:
        return f"Tên hiện nay dùng từ ngày {short_date(last.used_until + ONE_DAY)}; chọn ngày sau đó."
    if unit.valid_from and from_day <= unit.valid_from:
        return f"Đơn vị bắt đầu từ ngày {short_date(unit.valid_from)}; chọn ngày sau đó."
    if not unit.is_in_force(from_day):
        return "Ngày này đơn vị không còn hoạt động."
    return ""


def bear_unit_name(coming: ComingUnitName) -> bool:
    """From now on the unit is called so; the old name is kept for the days before. Always True."""
    unit = coming.unit
    save(
        FormerUnitName(
            unit=unit, name=unit.name, short_name=unit.short_name, used_until=coming.used_from - ONE_DAY,
            reorganisation=coming.reorganisation,
        )
    )  # fmt: skip
    unit.name, unit.short_name = coming.name, coming.short_name
    save(unit)
    return True


@transaction.atomic
def rename_agency(
    agency: Agency, *, names: Mapping[str, str], used_from: date, basis: str, actor: User, at: datetime
) -> Agency:
    """Give an agency another head on its documents from a day. Raises ValidationError by field."""
    require(why_not_manage(agency, actor))
    agency = lock(agency)
    last = agency.former_names.first()
    if last and used_from <= last.used_until + ONE_DAY:
        refuse("used_from", f"Tên hiện nay dùng từ ngày {short_date(last.used_until + ONE_DAY)}; chọn ngày sau đó.")
    if dict(names) == agency.names():
        raise ValidationError("Chưa có gì thay đổi.")
    coming = ComingAgencyName(agency=agency, used_from=used_from, basis=basis, **names)
    coming.full_clean()
    if used_from > day_of(at):
        coming.save()
    else:
        bear_agency_name(coming)
    sentence = f"đổi tên cơ quan thành {coming.name} từ ngày {short_date(used_from)}, theo {basis}"
    record(agency=agency, actor=actor, at=at, sentence=sentence)
    return agency


def bear_agency_name(coming: ComingAgencyName) -> bool:
    """The same for an agency."""
    agency = coming.agency
    save(
        FormerAgencyName(
            agency=agency, used_until=coming.used_from - ONE_DAY, basis=coming.basis, **agency.names()
        )
    )  # fmt: skip
    for field, value in coming.names().items():
        setattr(agency, field, value)
    save(agency)
    return True


@transaction.atomic
def correct_agency(agency: Agency, *, changes: Mapping[str, str], actor: User, at: datetime) -> Agency:
    """Put right a misspelling or the address, without another period of names."""
    require(why_not_manage(agency, actor))
    agency = lock(agency)
    for field in ("address", *Agency.NAMES):
        setattr(agency, field, changes.get(field, getattr(agency, field)))
    save(agency)
    record(agency=agency, actor=actor, at=at, sentence="sửa thông tin cơ quan")
    return agency
