"""Merging, splitting, renaming and dissolving: what is previewed is what is done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from qms.organisation.access import access_of
from qms.organisation.actions import begin_day, create_unit, set_aliases, set_members
from qms.organisation.enums import ReorganisationKind, UnitKind
from qms.organisation.models import Position, Reorganisation, Unit, UnitSuccession
from qms.organisation.naming import UnitDirectory
from qms.organisation.reorganising import (
    NewUnit,
    OpenWork,
    Order,
    apply_reorganisation,
    default_moves,
    forget_room,
    on_reorganisation,
    preview_reorganisation,
)

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, moment, on_day

KH, TC, NEW = "Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ", "Phòng Tổng hợp"


def order(house: House, kind: str, *keys: str, **fields: Any) -> Order:
    data = {"effective_on": TODAY, "units": tuple(house.unit(key) for key in keys)} | fields
    return Order(agency=house.agency, kind=ReorganisationKind(kind), **data)


def merge(house: House, **fields: Any) -> Order:
    """Both divisions become a new one; everybody but the heads goes along."""
    bare = order(house, "merge", "kh", "tc", **({"into": (NewUnit(NEW),)} | fields))
    return Order(**(bare.__dict__ | {"moves": default_moves(bare)}))


def carry_out(wanted: Order, house: House, **fields: Any) -> Reorganisation:
    data = {"decision_number": "20/QĐ-UBND", "decision_date": TODAY, "actor": house["thuky"], "at": NOW} | fields
    return apply_reorganisation(wanted, **data)


def names(house: House, on: date) -> set[str]:
    units = Unit.objects.in_force(on).filter(agency=house.agency)
    return set(units.exclude(kind__in=[UnitKind.GROUP, UnitKind.EXTERNAL]).values_list("name", flat=True))


def staff(unit: Unit, on: date) -> set[tuple[str, str]]:
    positions = Position.objects.in_force(on).filter(unit=unit)
    return {(p.title, h.user.username) for p in positions for h in p.holdings.in_force(on)}


REST = {"Lãnh đạo Sở", "Văn phòng Sở"}


# Merging


def test_a_merger_ends_the_old_and_founds_the_new_on_its_day(house: House) -> None:
    carry_out(merge(house), house)
    assert (names(house, YESTERDAY), names(house, TODAY)) == (REST | {KH, TC}, REST | {NEW})


def test_a_future_merger_changes_nothing_today(house: House) -> None:
    carry_out(merge(house, effective_on=TOMORROW), house)
    assert (names(house, TODAY), names(house, TOMORROW)) == (REST | {KH, TC}, REST | {NEW})
    assert access_of(house["truong"]).units_with("lead_unit") == {house.units["kh"].pk}


def test_on_the_day_of_a_future_merger_roles_follow(house: House) -> None:
    carry_out(merge(house, effective_on=TOMORROW), house)
    new = Unit.objects.get(name=NEW)
    assert access_of(on_day(house["lan"], TOMORROW)).units_with("answer_for_unit") == {new.pk}
    assert access_of(on_day(house["truong"], TOMORROW)).units == {}


def test_everybody_but_the_heads_goes_along(house: House) -> None:
    carry_out(merge(house), house)
    assert staff(Unit.objects.get(name=NEW), TODAY) == {
        ("Chuyên viên", "lan"), ("Chuyên viên", "nam"), ("Chuyên gia đánh giá", "danhgia"),
    }  # fmt: skip


def test_roles_of_those_moved_count_at_once(house: House) -> None:
    carry_out(merge(house), house)
    assert access_of(house["lan"]).units_with("answer_for_unit") == {Unit.objects.get(name=NEW).pk}


def test_heads_are_left_without_a_post_and_named_in_the_preview(house: House) -> None:
    preview = preview_reorganisation(merge(house))
    assert [user.username for user in preview.without_post] == ["truong", "truong2"]
    assert preview.hints == (f"Lập vị trí và bổ nhiệm người phụ trách {NEW}.",)


def test_a_head_who_is_kept_leads_the_new_unit(house: House) -> None:
    wanted = merge(house)
    position = house.position("truong")
    wanted = Order(**(wanted.__dict__ | {"moves": {**wanted.moves, position.pk: 0}}))
    preview = preview_reorganisation(wanted)
    carry_out(wanted, house)
    assert ([u.username for u in preview.without_post], preview.hints) == (["truong2"], ())
    assert access_of(house["truong"]).units_with("lead_unit") == {Unit.objects.get(name=NEW).pk}


def test_the_new_unit_may_take_over_a_name(house: House) -> None:
    carry_out(merge(house, into=(NewUnit(KH),)), house)
    assert names(house, TODAY) == REST | {KH}
    assert Unit.objects.filter(name=KH).count() == 2


def test_a_merger_into_a_unit_that_goes_on(house: House) -> None:
    carry_out(merge(house, units=(house.unit("tc"),), into=(house.unit("kh"),)), house)
    assert names(house, TODAY) == REST | {KH}
    assert ("Chuyên viên", "nam") in staff(house.unit("kh"), TODAY)


def test_memberships_pass_to_the_heir_once(house: House) -> None:
    group = house.unit("nhom")
    members = [house.unit("kh"), house.unit("tc")]
    set_members(group, members=members, from_day=LONG_AGO, actor=house["thuky"], at=NOW)
    carry_out(merge(house), house)
    on = {day: sorted(m.member.name for m in group.memberships.in_force(day)) for day in (YESTERDAY, TODAY)}
    assert on == {YESTERDAY: [KH, TC], TODAY: [NEW]}


def test_other_ways_to_write_mean_the_heir_from_the_day_on(house: House) -> None:
    set_aliases(house.unit("tc"), texts=["Phòng TCCB"], actor=house["thuky"], at=NOW)
    carry_out(merge(house), house)
    found = [UnitDirectory(house.agency, on=day).find("phong tccb").name for day in (YESTERDAY, TODAY)]
    assert found == [TC, NEW]


def test_units_below_stand_under_the_heir_from_the_day_on(house: House) -> None:
    child = create_unit(
        agency=house.agency, kind=UnitKind.DIVISION, name="Tổ Lưu trữ", parent=house.unit("tc"),
        actor=house["thuky"], at=NOW,
    )  # fmt: skip
    carry_out(merge(house, effective_on=TOMORROW), house)
    child.refresh_from_db()
    assert child.parent.name == TC
    begin_day(on=TOMORROW)
    child.refresh_from_db()
    assert child.parent.name == NEW


def test_texts_of_old_plans_are_modernised_after_a_chain_of_mergers(house: House) -> None:
    first = date(2024, 3, 1)
    carry_out(merge(house, effective_on=first, into=(NewUnit("Phòng Giữa"),)), house)
    house.units["giua"] = Unit.objects.get(name="Phòng Giữa")
    second = order(house, "merge", "giua", into=(house.unit("vp"),))
    carry_out(second, house)
    modern = {day: UnitDirectory(house.agency, on=day).modernise(f"{KH} và {TC}") for day in (first, TODAY)}
    assert modern == {first: "Phòng Giữa", TODAY: "Văn phòng Sở"}


# Splitting


def split(house: House, **fields: Any) -> Order:
    return order(house, "split", "kh", **({"into": (NewUnit("Phòng Kế hoạch"), NewUnit("Phòng Tài chính"))} | fields))


def test_a_unit_is_divided_into_several(house: House) -> None:
    carry_out(split(house), house)
    assert names(house, TODAY) == REST | {TC, "Phòng Kế hoạch", "Phòng Tài chính"}


def test_nobody_moves_in_a_division_unless_told(house: House) -> None:
    assert default_moves(split(house)) == {}
    preview = preview_reorganisation(split(house, moves={house.position("lan").pk: 1}))
    assert [(c.who, str(c.heir)) for c in preview.positions] == [
        ("Ngô Văn Thắng", "None"), ("Phan Thị Lan", "Phòng Tài chính"),
    ]  # fmt: skip


def test_all_parts_join_the_groups_of_the_whole(house: House) -> None:
    group = house.unit("nhom")
    set_members(group, members=[house.unit("kh")], from_day=LONG_AGO, actor=house["thuky"], at=NOW)
    carry_out(split(house), house)
    members = [row.member.name for row in group.memberships.in_force(TODAY)]
    assert members == ["Phòng Kế hoạch", "Phòng Tài chính"]


def test_an_old_text_names_all_parts(house: House) -> None:
    carry_out(split(house), house)
    assert UnitDirectory(house.agency, on=TODAY).modernise(f"{KH};") == "Phòng Kế hoạch, Phòng Tài chính;"


def test_a_part_is_split_off_and_the_unit_goes_on(house: House) -> None:
    wanted = split(house, keeps_unit=True, into=(NewUnit("Phòng Tài chính"),), moves={house.position("lan").pk: 0})
    carry_out(wanted, house)
    assert names(house, TODAY) == REST | {KH, TC, "Phòng Tài chính"}
    assert staff(house.unit("kh"), TODAY) == {("Trưởng phòng", "truong")}


def test_what_is_split_off_is_not_an_heir_when_the_unit_ends_later(house: House) -> None:
    day = date(2024, 3, 1)
    carry_out(split(house, keeps_unit=True, into=(NewUnit("Phòng Tài chính"),), effective_on=day), house)
    carry_out(order(house, "merge", "kh", into=(house.unit("tc"),)), house)
    assert UnitDirectory(house.agency, on=TODAY).modernise(KH) == TC


# Renaming and dissolving


def test_a_renaming_keeps_the_unit_and_its_people(house: House) -> None:
    decision = carry_out(order(house, "rename", "kh", into=(NewUnit("Phòng Tài chính", short_name="P. TC"),)), house)
    unit = house.unit("kh")
    assert (unit.name, unit.former_names.get().reorganisation) == ("Phòng Tài chính", decision)
    assert access_of(house["truong"]).units_with("lead_unit") == {unit.pk}


def test_a_future_renaming_waits(house: House) -> None:
    carry_out(order(house, "rename", "kh", into=(NewUnit("Phòng Tài chính"),), effective_on=TOMORROW), house)
    assert (house.unit("kh").name, house.unit("kh").name_on(TOMORROW)) == (KH, "Phòng Tài chính")


def test_a_dissolved_unit_has_no_heir(house: House) -> None:
    carry_out(order(house, "dissolve", "kh"), house)
    assert names(house, TODAY) == REST | {TC}
    assert UnitSuccession.objects.get().successor is None
    assert access_of(house["lan"]).agencies == {}


# What stands in the way


@pytest.mark.parametrize(
    ("kind", "keys", "fields", "problem"),
    [
        ("merge", ("kh",), {"into": (NewUnit(NEW),)}, "Chọn từ hai đơn vị, hoặc một đơn vị nhập vào đơn vị đang có."),
        ("merge", (), {}, "Chọn từ hai đơn vị, hoặc một đơn vị nhập vào đơn vị đang có."),
        ("merge", ("kh", "tc"), {"into": (NewUnit("Văn phòng Sở"),)}, "Đã có đơn vị mang tên Văn phòng Sở vào ngày"),
        ("merge", ("kh", "nhom"), {"into": (NewUnit(NEW),)}, "Không sắp xếp nhóm đơn vị chung với đơn vị."),
        ("split", ("kh",), {"into": (NewUnit(NEW),)}, "Chọn một đơn vị và ghi từ hai đơn vị nhận"),
        ("split", ("kh",), {"into": (NewUnit(NEW), NewUnit(NEW))}, "Các đơn vị nhận phải khác nhau."),
        ("rename", ("kh",), {"into": (NewUnit(TC),)}, f"Đã có đơn vị mang tên {TC}"),
        ("dissolve", (), {}, "Chọn đơn vị giải thể."),
        ("dissolve", ("kh",), {"effective_on": LONG_AGO}, f"{KH} phải đang hoạt động vào ngày 01/01/2020"),
    ],
)
def test_an_impossible_order_says_why(house: House, kind: str, keys: tuple, fields: dict, problem: str) -> None:
    preview = preview_reorganisation(order(house, kind, *keys, **fields))
    assert [text for text in preview.problems if text.startswith(problem)] == list(preview.problems)[:1]
    assert preview.problems != ()


def test_an_impossible_order_is_not_carried_out(house: House) -> None:
    with pytest.raises(ValidationError):
        carry_out(order(house, "merge", "kh", into=(NewUnit(NEW),)), house)
    assert Reorganisation.objects.count() == 0


def test_a_unit_that_already_ends_is_not_merged_again(house: House) -> None:
    carry_out(merge(house, effective_on=TOMORROW), house)
    again = merge(house, effective_on=TOMORROW + timedelta(days=5), into=(NewUnit("Phòng Khác"),))
    assert preview_reorganisation(again).problems[0].startswith(f"{KH} phải đang hoạt động")


def test_units_below_must_find_another_place_before_a_dissolution(house: House) -> None:
    create_unit(
        agency=house.agency, kind=UnitKind.DIVISION, name="Tổ Lưu trữ", parent=house.unit("kh"),
        actor=house["thuky"], at=NOW,
    )  # fmt: skip
    assert preview_reorganisation(order(house, "dissolve", "kh")).problems == (
        f"Tổ Lưu trữ đang trực thuộc {KH}: chọn đơn vị cấp trên khác trước.",
    )


def test_units_of_another_agency_are_not_touched(house: House, neighbour: House) -> None:
    foreign = order(house, "dissolve", units=(neighbour.unit("kh"),))
    assert preview_reorganisation(foreign).problems == (f"{KH} thuộc cơ quan khác.",)


@pytest.mark.parametrize("username", ["giamdoc", "chanh", "truong", "lan"])
def test_others_do_not_reorganise(house: House, username: str) -> None:
    with pytest.raises(PermissionDenied):
        carry_out(merge(house), house, actor=house[username])


# Precisely that


def test_a_preview_writes_nothing(house: House, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(20) as captured:
        preview_reorganisation(merge(house))
    assert [q["sql"] for q in captured.captured_queries if not q["sql"].startswith("SELECT")] == []


def test_the_decision_keeps_what_was_previewed(house: House) -> None:
    preview = preview_reorganisation(merge(house))
    decision = carry_out(merge(house), house, fingerprint=preview.fingerprint)
    assert decision.changes == preview.sentences
    assert preview.sentences[0] == f"{KH} hoạt động đến hết ngày {YESTERDAY:%d/%m/%Y}"


def test_a_group_is_told_about_in_one_sentence(house: House) -> None:
    members = [house.unit("kh"), house.unit("tc")]
    set_members(house.unit("nhom"), members=members, from_day=LONG_AGO, actor=house["thuky"], at=NOW)
    parts = dict(preview_reorganisation(merge(house)).parts)
    assert parts["Nhóm"] == [f"{NEW} thay {KH}, {TC} trong Các phòng chuyên môn"]


def test_a_change_since_the_preview_stops_the_decision(house: House) -> None:
    seen = preview_reorganisation(merge(house)).fingerprint
    Position.objects.create(unit=house.unit("kh"), title="Kế toán")
    with pytest.raises(ValidationError) as caught:
        carry_out(merge(house), house, fingerprint=seen)
    assert caught.value.messages == ["Tổ chức vừa có thay đổi từ lúc xem trước. Xem lại rồi áp dụng."]


def test_nothing_is_left_for_a_second_decision(house: House) -> None:
    carry_out(merge(house, effective_on=date(2024, 3, 1)), house, at=moment(date(2024, 3, 1)))
    rest = preview_reorganisation(order(house, "dissolve", "kh"))
    assert rest.problems != ()


class Desk:
    """A room with one open task per unit; it remembers what it was told."""

    def __init__(self) -> None:
        self.moved: list[tuple[str, list[str]]] = []

    def preview(self, wanted: Order) -> list[OpenWork]:
        becomes = ", ".join(map(str, wanted.into)) or "cần giao lại"
        return [OpenWork(f"Nhiệm vụ của {unit}", becomes, "/ke-hoach/1/") for unit in wanted.units]

    def apply(self, decision: Reorganisation, heirs: Any) -> None:
        self.moved = [(decision.decision_number, [str(u) for u in units]) for units in heirs.values()]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    room = on_reorganisation(preview=desk.preview, apply=desk.apply)
    yield desk
    forget_room(room)


def test_open_work_is_previewed_and_moved(house: House, desk: Desk) -> None:
    preview = preview_reorganisation(merge(house))
    assert [(work.label, work.becomes) for work in preview.open_work] == [
        (f"Nhiệm vụ của {KH}", NEW), (f"Nhiệm vụ của {TC}", NEW),
    ]  # fmt: skip
    carry_out(merge(house), house)
    assert desk.moved == [("20/QĐ-UBND", [NEW]), ("20/QĐ-UBND", [NEW])]


def test_open_work_of_a_unit_that_goes_on_stays_possible(house: House, desk: Desk) -> None:
    carry_out(split(house, keeps_unit=True, into=(NewUnit("Phòng Tài chính"),)), house)
    assert desk.moved == [("20/QĐ-UBND", [KH, "Phòng Tài chính"])]


def test_a_preview_moves_no_open_work(house: House, desk: Desk) -> None:
    preview_reorganisation(merge(house))
    assert desk.moved == []
