"""Names in time: nothing changes before its day, and old days keep the old name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from qms.organisation.actions import adopt_names, begin_day, correct_agency, create_unit, rename_agency, rename_unit
from qms.organisation.enums import UnitKind
from qms.organisation.models import Agency, ComingUnitName, FormerUnitName, Unit, User

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House

OLD, NEW = "Phòng Tổ chức cán bộ", "Phòng Nội vụ"
NEXT_WEEK = TODAY + timedelta(days=7)


def rename(house: House, day, name: str = NEW) -> Unit:
    rename_unit(house.unit("tc"), name=name, short_name="P. NV", from_day=day, actor=house["thuky"], at=NOW)
    return house.unit("tc")


def test_a_name_of_today_is_borne_at_once(house: House) -> None:
    unit = rename(house, TODAY)
    assert (unit.name, unit.short_name, unit.search) == (NEW, "P. NV", "phong noi vu p. nv")


def test_the_old_name_is_kept_for_the_days_before(house: House) -> None:
    unit = rename(house, TODAY)
    assert [unit.name_on(day) for day in (LONG_AGO, YESTERDAY, TODAY, TOMORROW)] == [OLD, OLD, NEW, NEW]


def test_a_coming_name_changes_nothing_before_its_day(house: House) -> None:
    unit = rename(house, TOMORROW)
    assert (unit.name, unit.name_on(TODAY), unit.name_on(TOMORROW)) == (OLD, OLD, NEW)


def test_on_its_day_the_coming_name_is_borne(house: House) -> None:
    rename(house, TOMORROW)
    adopt_names(on=TODAY)
    assert house.unit("tc").name == OLD
    adopt_names(on=TOMORROW)
    unit = house.unit("tc")
    assert (unit.name, unit.name_on(TODAY), ComingUnitName.objects.count()) == (NEW, OLD, 0)


def test_a_day_nobody_worked_does_not_shift_the_name(house: House) -> None:
    rename(house, TOMORROW)
    adopt_names(on=NEXT_WEEK)
    assert FormerUnitName.objects.get().used_until == TODAY


def test_the_first_request_of_the_day_carries_names_out(house: House, client: Client) -> None:
    rename(house, TOMORROW)
    ComingUnitName.objects.update(used_from=TODAY)
    User.objects.filter(pk=house["lan"].pk).update(roles_synced_on=YESTERDAY)
    client.force_login(house["lan"])
    client.get(reverse("healthz"))
    assert house.unit("tc").name == NEW


def test_an_ordinary_morning_costs_four_questions(house: House, django_assert_num_queries) -> None:
    with django_assert_num_queries(4):  # names of units and agencies, children, duties of ended units
        begin_day(on=TODAY)


def test_several_renamings_keep_their_order(house: House) -> None:
    rename(house, YESTERDAY - timedelta(days=10), "Phòng Giữa")
    unit = rename(house, TODAY)
    days = (LONG_AGO, YESTERDAY - timedelta(days=5), TODAY)
    assert [unit.name_on(day) for day in days] == [OLD, "Phòng Giữa", NEW]


@pytest.mark.parametrize("day", [YESTERDAY, TODAY])
def test_a_renaming_lies_after_the_last_one(house: House, day) -> None:
    rename(house, TODAY, "Phòng Giữa")
    with pytest.raises(ValidationError) as caught:
        rename(house, day)
    assert caught.value.message_dict == {
        "effective_on": [f"Tên hiện nay dùng từ ngày {TODAY:%d/%m/%Y}; chọn ngày sau đó."]
    }


def test_only_one_coming_name_waits(house: House) -> None:
    rename(house, TOMORROW)
    with pytest.raises(ValidationError) as caught:
        rename(house, NEXT_WEEK, "Phòng Khác")
    assert caught.value.message_dict == {"effective_on": [f"Đơn vị đang chờ đổi tên từ ngày {TOMORROW:%d/%m/%Y}."]}


def test_a_coming_name_is_taken_for_new_units(house: House) -> None:
    rename(house, TOMORROW)
    with pytest.raises(ValidationError):
        create_unit(agency=house.agency, kind=UnitKind.DIVISION, name=NEW, actor=house["thuky"], at=NOW)


def test_a_name_that_was_taken_after_all_waits_and_stops_nobody(house: House) -> None:
    rename(house, TOMORROW)
    Unit.objects.create(agency=house.agency, kind=UnitKind.DIVISION, name=NEW)
    adopt_names(on=TOMORROW)
    assert (house.unit("tc").name, ComingUnitName.objects.count()) == (OLD, 1)


NAMES = {
    "name": "Sở Khoa học, Công nghệ và Chuyển đổi số", "superior": "UBND TỈNH SÔNG GIANG",
    "abbreviation": "SKHCNCĐS", "place": "Sông Giang",
}  # fmt: skip


def rename_house(house: House, day, **names: str) -> Agency:
    rename_agency(
        house.agency, names=NAMES | names, used_from=day, basis="15/QĐ-UBND", actor=house["thuky"], at=NOW
    )  # fmt: skip
    return Agency.objects.get(pk=house.agency.pk)


def test_old_documents_keep_the_agencys_old_head(house: House) -> None:
    agency = rename_house(house, TODAY)
    assert [agency.name_on(day).abbreviation for day in (YESTERDAY, TODAY)] == ["SKHCN", "SKHCNCĐS"]


def test_a_coming_name_of_the_agency_waits_for_its_day(house: House) -> None:
    agency = rename_house(house, TOMORROW)
    assert (agency.abbreviation, agency.name_on(TOMORROW).abbreviation) == ("SKHCN", "SKHCNCĐS")
    begin_day(on=TOMORROW)
    agency.refresh_from_db()
    assert (agency.abbreviation, agency.name_on(TODAY).name) == ("SKHCNCĐS", "Sở Khoa học và Công nghệ")


def test_a_renaming_without_a_change_is_refused(house: House) -> None:
    with pytest.raises(ValidationError) as caught:
        rename_house(house, TODAY, **house.agency.names())
    assert caught.value.messages == ["Chưa có gì thay đổi."]


def test_a_misspelling_of_the_agency_makes_no_period(house: House) -> None:
    correct_agency(house.agency, changes={"address": "Số 1 Lê Lợi"}, actor=house["thuky"], at=NOW)
    agency = Agency.objects.get(pk=house.agency.pk)
    assert (agency.address, agency.former_names.count()) == ("Số 1 Lê Lợi", 0)


def test_others_do_not_rename_the_agency(house: House) -> None:
    with pytest.raises(PermissionDenied):
        rename_agency(house.agency, names=NAMES, used_from=TODAY, basis="1", actor=house["chanh"], at=NOW)
