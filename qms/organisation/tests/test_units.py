"""Writes about units, groups and other ways to write names."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from qms.organisation.access import access_of
from qms.organisation.actions import (
    change_unit,
    close_unit,
    create_unit,
    learn_alias,
    reopen_unit,
    set_aliases,
    set_members,
)
from qms.organisation.enums import UnitKind
from qms.organisation.models import GroupMember, OrganisationChange, Position, PositionHolding, Unit, UnitAlias

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House


def by(house: House, username: str = "thuky") -> dict[str, Any]:
    return {"actor": house[username], "at": NOW}


def new(house: House, **fields: Any) -> Unit:
    data = {"agency": house.agency, "kind": UnitKind.DIVISION, "name": "Phòng Chuyển đổi số"}
    return create_unit(**(data | by(house) | fields))


def errors(caught: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return caught.value.message_dict


def test_a_unit_is_created_and_recorded(house: House) -> None:
    unit = new(house, short_name="P. CĐS", valid_from=TODAY)
    change = OrganisationChange.objects.get()
    assert (unit.name, unit.search, change.unit) == ("Phòng Chuyển đổi số", "phong chuyen doi so p. cds", unit)
    assert str(change) == f"Trần Thị Mai tạo đơn vị Phòng Chuyển đổi số từ ngày {TODAY:%d/%m/%Y}"


def test_a_refused_write_leaves_no_record(house: House) -> None:
    with pytest.raises(ValidationError):
        new(house, name="Văn phòng Sở")
    assert OrganisationChange.objects.count() == 0


@pytest.mark.parametrize("name", ["Văn phòng Sở", "VĂN PHÒNG SỞ", "Van phong so"])
def test_two_units_never_bear_one_name_at_once(house: House, name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        new(house, name=name)
    assert errors(caught) == {"name": ["Tên này trùng với một đơn vị khác của cơ quan."]}


def test_the_name_of_an_ended_unit_may_be_used_again(house: House) -> None:
    close_unit(house.unit("tc"), last_day=YESTERDAY, **by(house))
    assert new(house, name="Phòng Tổ chức cán bộ", valid_from=TODAY).name == "Phòng Tổ chức cán bộ"


def test_the_same_name_in_another_agency_is_free(house: House, neighbour: House) -> None:
    assert new(house, name="Phòng Công chứng").agency == house.agency
    assert new(neighbour, agency=neighbour.agency, actor=neighbour["thuky"], name="Phòng Công chứng").pk


def test_a_name_too_long_is_told_beside_its_field(house: House) -> None:
    with pytest.raises(ValidationError) as caught:
        new(house, name="x" * 201)
    assert list(errors(caught)) == ["name"]


def test_a_unit_cannot_stand_below_itself(house: House) -> None:
    child = new(house, parent=house.unit("vp"))
    with pytest.raises(ValidationError) as caught:
        change_unit(house.unit("vp"), changes={"parent": child}, **by(house))
    assert errors(caught) == {"parent": ["Đơn vị không thể nằm dưới chính mình."]}


def test_a_unit_cannot_stand_below_one_of_another_agency(house: House, neighbour: House) -> None:
    with pytest.raises(ValidationError) as caught:
        new(house, parent=neighbour.unit("vp"))
    assert errors(caught) == {"parent": ["Đơn vị cấp trên thuộc cơ quan khác."]}


def test_a_misspelt_name_is_put_right_without_a_former_name(house: House) -> None:
    unit = change_unit(house.unit("tc"), changes={"name": "Phòng Tổ chức, cán bộ"}, **by(house))
    assert (unit.name, unit.former_names.count()) == ("Phòng Tổ chức, cán bộ", 0)


def test_what_is_not_editable_is_left_alone(house: House) -> None:
    unit = change_unit(house.unit("tc"), changes={"valid_to": YESTERDAY, "order": 7}, **by(house))
    assert (unit.valid_to, unit.order) == (None, 7)


def test_closing_a_unit_ends_its_positions_and_roles(house: House) -> None:
    close_unit(house.unit("kh"), last_day=YESTERDAY, **by(house))
    position, holding = Position.objects.get(title="Trưởng phòng", unit=house.units["kh"]), house.people["truong"]
    assert (position.valid_to, holding.holdings.get().valid_to) == (YESTERDAY, YESTERDAY)
    assert access_of(house["truong"]).units == {}


def test_a_unit_closed_tomorrow_still_works_today(house: House) -> None:
    close_unit(house.unit("kh"), last_day=TODAY, **by(house))
    assert access_of(house["truong"]).units_with("lead_unit") == {house.units["kh"].pk}


def test_a_unit_with_units_below_is_not_closed(house: House) -> None:
    new(house, parent=house.unit("vp"))
    with pytest.raises(ValidationError) as caught:
        close_unit(house.unit("vp"), last_day=TODAY, **by(house))
    assert caught.value.messages == ["Còn đơn vị trực thuộc đang hoạt động: Phòng Chuyển đổi số."]


def test_a_unit_is_not_closed_before_it_begins(house: House) -> None:
    unit = new(house, valid_from=TODAY)
    with pytest.raises(ValidationError) as caught:
        close_unit(unit, last_day=YESTERDAY, **by(house))
    assert list(errors(caught)) == ["last_day"]


def test_a_closed_unit_may_be_opened_again(house: House) -> None:
    unit = close_unit(house.unit("kh"), last_day=YESTERDAY, **by(house))
    assert reopen_unit(unit, **by(house)).valid_to is None
    assert PositionHolding.objects.get(user=house.people["truong"]).valid_to == YESTERDAY


def members(house: House, day: Any) -> list[str]:
    rows = GroupMember.objects.in_force(day).filter(group=house.units["nhom"])
    return sorted(rows.values_list("member__name", flat=True))


def test_members_of_a_group_change_from_a_day(house: House) -> None:
    kh, tc, group = (house.unit(key) for key in ("kh", "tc", "nhom"))
    set_members(group, members=[kh], from_day=LONG_AGO, **by(house))
    set_members(group, members=[tc], from_day=TOMORROW, **by(house))
    assert [members(house, day) for day in (TODAY, TOMORROW)] == [[kh.name], [tc.name]]


def test_setting_the_same_members_again_changes_nothing(house: House) -> None:
    kh, group = house.unit("kh"), house.unit("nhom")
    for day in (LONG_AGO, TODAY):
        set_members(group, members=[kh], from_day=day, **by(house))
    assert [(row.valid_from, row.valid_to) for row in GroupMember.objects.all()] == [(LONG_AGO, None)]


def test_a_member_that_never_began_leaves_no_trace(house: House) -> None:
    group = house.unit("nhom")
    set_members(group, members=[house.unit("kh")], from_day=TOMORROW, **by(house))
    set_members(group, members=[], from_day=TODAY, **by(house))
    assert GroupMember.objects.count() == 0


def test_a_group_takes_no_unit_of_another_agency(house: House, neighbour: House) -> None:
    with pytest.raises(ValidationError) as caught:
        set_members(house.unit("nhom"), members=[neighbour.unit("kh")], from_day=TODAY, **by(house))
    assert list(errors(caught)) == ["members"]


def aliases(house: House, key: str) -> list[str]:
    return list(house.unit(key).aliases.values_list("text", flat=True))


def test_other_ways_to_write_a_unit_are_set_as_a_whole(house: House) -> None:
    set_aliases(house.unit("vp"), texts=["VP Sở", " Văn  phòng ", "vp sở"], **by(house))
    set_aliases(house.unit("vp"), texts=["Văn phòng"], **by(house))
    assert aliases(house, "vp") == ["Văn phòng"]


def test_one_way_to_write_means_one_unit(house: House) -> None:
    set_aliases(house.unit("vp"), texts=["VP"], **by(house))
    with pytest.raises(ValidationError) as caught:
        set_aliases(house.unit("kh"), texts=["vp"], **by(house))
    assert errors(caught) == {"texts": ["“VP” đang chỉ Văn phòng Sở."]}


def test_what_is_learnt_moves_a_way_to_write_to_the_unit_meant(house: House) -> None:
    set_aliases(house.unit("vp"), texts=["Bộ phận ISO"], **by(house))
    learn_alias(house.unit("kh"), text="bộ phận ISO")
    assert (aliases(house, "vp"), aliases(house, "kh")) == ([], ["bộ phận ISO"])


def test_learning_twice_is_learning_once(house: House) -> None:
    for _ in range(2):
        learn_alias(house.unit("kh"), text="Phòng KHTC")
    assert UnitAlias.objects.count() == 1


@pytest.mark.parametrize("username", ["giamdoc", "pho", "chanh", "vanthu", "truong", "lan", "tuvan", "danhgia"])
def test_others_do_not_manage_units(house: House, username: str) -> None:
    with pytest.raises(PermissionDenied):
        new(house, actor=house[username])


def test_a_manager_of_another_agency_does_not_either(house: House, neighbour: House) -> None:
    with pytest.raises(PermissionDenied):
        close_unit(house.unit("vp"), last_day=TODAY, **by(neighbour))
