"""A calendar that changes, units that merge or split, people who leave: what becomes of duties."""

from datetime import date, timedelta

import pytest

from plans.duties.events import Said, record_event
from plans.models import Plan
from qms.duties.actions import ask_extension, decide_extension, hand_over
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.duties.successors import adopt_duties
from qms.organisation.actions import add_decreed_day, begin_day, remove_decreed_day
from qms.organisation.calendar import calendar_of, calendar_with, moved_deadlines
from qms.organisation.enums import ReorganisationKind
from qms.organisation.handover import hand_over_sheet
from qms.organisation.models import DecreedDay, Unit
from qms.organisation.reorganising import NewUnit, Order, apply_reorganisation, preview_reorganisation
from qms.organisation.tests.cast import NOW, TODAY, TOMORROW, moment

from .running import GROUP, KH, TC, YEAR, Running, duties, row, task_of, told

pytestmark = pytest.mark.django_db
OPEN, DORMANT, DONE = DutyState.OPEN, DutyState.DORMANT, DutyState.DONE
RECEIVED = date(YEAR, 3, 2)
IN_TEN_DAYS, DUE = "10 ngày làm việc kể từ ngày nhận được văn bản", date(YEAR, 3, 16)
WEDNESDAY = date(YEAR, 3, 11)
JUNE = f"Tháng 6/{YEAR}"


def woken(desk: Running) -> Plan:
    plan = desk.issue(row("Sửa quy trình", IN_TEN_DAYS), row("Việc tháng 6", JUNE))
    said = Said("0", RECEIVED, "Nhận được văn bản")
    record_event(task_of(plan, "Sửa quy trình"), said, actor=desk["thuky"], at=moment(RECEIVED))
    return plan


def day_off(desk: Running) -> DecreedDay:
    return add_decreed_day(
        agency=desk.place.agency, day=WEDNESDAY, is_off=True, name="Nghỉ bão", source="11/CĐ-UBND",
        actor=desk["thuky"], at=NOW,
    )  # fmt: skip


def test_what_moves_is_listed_before_it_moves(desk: Running) -> None:
    plan, agency = woken(desk), desk.place.agency
    row_to_come = DecreedDay(agency=agency, day=WEDNESDAY, is_off=True, name="Nghỉ bão", source="11/CĐ-UBND")
    moved = moved_deadlines(agency, calendar_of(agency), calendar_with(agency, put=[row_to_come]))
    assert [(m.label, m.old_day, m.new_day) for m in moved] == [(f"Sửa quy trình ({KH})", DUE, DUE + timedelta(days=1))]
    assert duties(plan, "Sửa quy trình")[0].due_on == DUE


def test_a_decreed_day_off_moves_the_counted_day_and_says_so(desk: Running) -> None:
    plan = woken(desk)
    day_off(desk)
    duty = duties(plan, "Sửa quy trình")[0]
    assert (duty.due_on, duty.original_due_on) == (date(YEAR, 3, 17), date(YEAR, 3, 17))
    assert "trừ Nghỉ bão 11/03" in duty.explanation
    assert duty.explanation.endswith(f"Lịch làm việc thay đổi; trước đó hạn là 16/03/{YEAR}.")


def test_a_day_written_in_the_plan_does_not_move(desk: Running) -> None:
    plan = woken(desk)
    day_off(desk)
    assert told(plan, "Việc tháng 6") == [(KH, date(YEAR, 6, 30), OPEN)]


def test_taking_the_day_out_again_leaves_no_trace(desk: Running) -> None:
    plan = woken(desk)
    before = duties(plan, "Sửa quy trình")[0]
    remove_decreed_day(day_off(desk), actor=desk["thuky"], at=NOW)
    after = duties(plan, "Sửa quy trình")[0]
    assert (after.due_on, after.explanation) == (before.due_on, before.explanation)


def test_an_extended_day_was_decided_and_stays(desk: Running) -> None:
    duty = duties(woken(desk), "Sửa quy trình")[0]
    asked = ask_extension(duty, new_due_on=date(YEAR, 4, 1), reason="Chờ.", actor=desk["truong"], at=moment(RECEIVED))
    decide_extension(asked, grant=True, answer="", actor=desk["thuky"], at=moment(RECEIVED))
    day_off(desk)
    duty.refresh_from_db()
    assert (duty.due_on, duty.original_due_on) == (date(YEAR, 4, 1), DUE)


def test_what_was_answered_does_not_move(desk: Running) -> None:
    plan = woken(desk)
    desk.answer(duties(plan, "Sửa quy trình")[0], "truong", on=date(YEAR, 3, 5))
    day_off(desk)
    assert told(plan, "Sửa quy trình") == [(KH, DUE, DONE)]


def order(desk: Running, kind: str, *keys: str, into: tuple[str, ...] = (), on: date = TODAY) -> Order:
    return Order(
        agency=desk.place.agency, kind=ReorganisationKind(kind), effective_on=on,
        units=tuple(desk.unit(key) for key in keys), into=tuple(NewUnit(name) for name in into),
    )  # fmt: skip


def carry_out(desk: Running, wanted: Order) -> None:
    apply_reorganisation(wanted, decision_number="20/QĐ-UBND", decision_date=TODAY, actor=desk["thuky"], at=NOW)


def test_what_a_merger_moves_is_listed_beforehand(desk: Running) -> None:
    desk.issue(row("Việc", JUNE, GROUP), row("Chờ", "Khi có thay đổi"))
    preview = preview_reorganisation(order(desk, "merge", "kh", "tc", into=("Phòng Tổng hợp",)))
    assert [(w.label, w.becomes) for w in preview.open_work] == [
        (
            f"{KH}: 1 việc đang phải làm, 1 việc chờ sự kiện",
            f"chuyển sang Phòng Tổng hợp từ ngày {TODAY:%d/%m/%Y}, giữ nguyên báo cáo",
        ),
        (f"{TC}: 1 việc đang phải làm", f"chuyển sang Phòng Tổng hợp từ ngày {TODAY:%d/%m/%Y}, giữ nguyên báo cáo"),
    ]


def test_a_merger_moves_what_is_owed_and_leaves_what_was_done(desk: Running) -> None:
    plan = desk.issue(row("Việc", JUNE, GROUP), row("Chờ", "Khi có thay đổi"))
    desk.answer(duties(plan, "Việc")[0], "truong", on=date(YEAR, 3, 5))
    carry_out(desk, order(desk, "merge", "kh", "tc", into=("Phòng Tổng hợp",)))
    found = {(d.title, str(d.unit), d.state) for d in duties(plan)}
    assert found == {("Việc", KH, DONE), ("Việc", "Phòng Tổng hợp", OPEN), ("Chờ", "Phòng Tổng hợp", DORMANT)}
    assert duties(plan, "Chờ")[0].explanation.endswith(f"Nhận từ {KH} theo 20/QĐ-UBND.")


def test_a_merger_of_tomorrow_moves_nothing_today(desk: Running) -> None:
    plan = desk.issue(row("Việc", JUNE))
    carry_out(desk, order(desk, "merge", "kh", "tc", into=("Phòng Tổng hợp",), on=TOMORROW))
    assert told(plan) == [(KH, date(YEAR, 6, 30), OPEN)]
    begin_day(on=TOMORROW)
    assert told(plan) == [("Phòng Tổng hợp", date(YEAR, 6, 30), OPEN)]


def test_every_heir_of_a_split_unit_owes_and_the_first_has_the_reports(desk: Running) -> None:
    plan = desk.issue(row("Việc", JUNE))
    desk.answer(duties(plan)[0], "truong", on=date(YEAR, 3, 5), state=DutyState.IN_PROGRESS, percent=40)
    carry_out(desk, order(desk, "split", "kh", into=("Phòng Kế hoạch", "Phòng Tài chính")))
    found = sorted((str(d.unit), d.percent, d.reports.count()) for d in duties(plan))
    assert found == [("Phòng Kế hoạch", 40, 1), ("Phòng Tài chính", 0, 0)]
    assert adopt_duties(TOMORROW) == 0
    assert Duty.objects.count() == 2


def test_a_dissolved_unit_keeps_what_it_owes_and_the_preview_says_so(desk: Running) -> None:
    plan, wanted = desk.issue(row("Việc", JUNE)), order(desk, "dissolve", "kh")
    assert [w.becomes for w in preview_reorganisation(wanted).open_work] == [
        "chưa có đơn vị nhận, cần điều chỉnh kế hoạch"
    ]
    carry_out(desk, wanted)
    assert told(plan) == [(KH, date(YEAR, 6, 30), OPEN)]


def test_a_new_name_moves_nothing(desk: Running) -> None:
    plan = desk.issue(row("Việc", JUNE))
    carry_out(desk, order(desk, "rename", "kh", into=("Phòng Kế hoạch",)))
    assert Unit.objects.get(name="Phòng Kế hoạch") == duties(plan)[0].unit
    assert len(duties(plan)) == 1


def test_who_came_along_keeps_what_was_handed_over_and_who_did_not_gives_it_back(desk: Running) -> None:
    plan = desk.issue(row("Việc", JUNE), row("Việc khác", JUNE))
    for title, who in (("Việc", "lan"), ("Việc khác", "truong")):
        hand_over(duties(plan, title)[0], person=desk[who], actor=desk["truong"], at=NOW)
    wanted = order(desk, "merge", "kh", "tc", into=("Phòng Tổng hợp",))
    carry_out(desk, Order(**(wanted.__dict__ | {"moves": {desk.place.house.position("lan").pk: 0}})))
    assert {d.title: d.person for d in duties(plan)} == {"Việc": desk["lan"], "Việc khác": None}


def test_a_person_who_leaves_sees_what_was_handed_over(desk: Running) -> None:
    plan = desk.issue(row("Việc", JUNE), row("Chờ", "Khi có thay đổi"))
    hand_over(duties(plan, "Việc")[0], person=desk["lan"], actor=desk["truong"], at=NOW)
    desk_sheet = hand_over_sheet(desk["lan"], on=TODAY)["desk"]
    assert [(held.label, held.note) for held in desk_sheet] == [("Việc", f"{KH}, hạn 30/06/{YEAR}")]
