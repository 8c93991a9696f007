"""What an amendment does with duties: reports and extensions stay, days move with a reason, the rest is withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.duties.events import Said, record_event
from qms.duties.actions import ask_extension, decide_extension
from qms.duties.enums import DutyState
from qms.duties.models import Duty, Extension, Occurrence, Report
from qms.organisation.models import GroupMember
from qms.organisation.tests.cast import moment
from qms.workflow.models import HistoryEntry

from .running import GROUP, KH, OFFICE, TC, YEAR, Running, duties, row, task_of, told

pytestmark = pytest.mark.django_db
OPEN, DORMANT, WITHDRAWN, DONE = DutyState.OPEN, DutyState.DORMANT, DutyState.WITHDRAWN, DutyState.DONE
IN_PROGRESS = DutyState.IN_PROGRESS
MARCH, JUNE = f"Tháng 3/{YEAR}", f"Tháng 6/{YEAR}"
END_OF_MARCH, END_OF_JUNE = date(YEAR, 3, 31), date(YEAR, 6, 30)
AMENDED_ON = date(YEAR, 4, 6)


def test_what_stays_moves_with_its_reports(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH, GROUP))
    first, second = duties(old)
    desk.answer(first, "truong", on=date(YEAR, 3, 2))
    desk.answer(second, "truong2", on=date(YEAR, 3, 3), state=IN_PROGRESS, percent=40)
    new = desk.amend(old, row("Đăng ký mục tiêu", MARCH, GROUP), on=AMENDED_ON)
    assert told(new) == [(KH, END_OF_MARCH, DONE), (TC, END_OF_MARCH, IN_PROGRESS)]
    assert [d.pk for d in duties(new)] == [first.pk, second.pk]
    assert (duties(old), Report.objects.count(), duties(new)[1].percent) == ([], 2, 40)
    assert duties(new)[0].context == "Kế hoạch 9/KH-SKHCN, nhiệm vụ 1"


def test_a_day_that_changed_moves_and_the_first_one_stays_to_be_seen(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH))
    new = desk.amend(old, row("Đăng ký mục tiêu", JUNE), on=AMENDED_ON)
    duty = duties(new)[0]
    assert (duty.due_on, duty.original_due_on, duty.is_extended) == (END_OF_JUNE, END_OF_MARCH, True)
    assert duty.explanation.endswith(f"Hạn đổi từ 31/03/{YEAR} thành 30/06/{YEAR} theo kế hoạch điều chỉnh 9/KH-SKHCN.")


def test_what_was_done_keeps_its_day(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH))
    desk.answer(duties(old)[0], "truong", on=date(YEAR, 3, 2))
    new = desk.amend(old, row("Đăng ký mục tiêu", JUNE), on=AMENDED_ON)
    assert told(new) == [(KH, END_OF_MARCH, DONE)]


def test_an_extension_is_kept_where_the_plan_says_nothing_new(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH))
    asked = ask_extension(
        duties(old)[0], new_due_on=date(YEAR, 4, 15), reason="Chờ số liệu.", actor=desk["truong"],
        at=moment(date(YEAR, 3, 2)),
    )  # fmt: skip
    decide_extension(asked, grant=True, answer="", actor=desk["thuky"], at=moment(date(YEAR, 3, 3)))
    new = desk.amend(old, row("Đăng ký mục tiêu", MARCH), row("Việc mới", JUNE), on=AMENDED_ON)
    duty = duties(new, "Đăng ký mục tiêu")[0]
    assert (duty.due_on, duty.original_due_on) == (date(YEAR, 4, 15), END_OF_MARCH)
    assert Extension.objects.get().duty == duty


def test_a_task_that_was_dropped_is_withdrawn_and_what_was_done_of_it_stays(desk: Running) -> None:
    old = desk.issue(row("Rà soát quy trình lĩnh vực biển", MARCH, GROUP), row("Đăng ký mục tiêu", MARCH))
    desk.answer(duties(old, "Rà soát quy trình lĩnh vực biển")[0], "truong", on=date(YEAR, 3, 2))
    desk.amend(old, row("Đăng ký mục tiêu", MARCH), on=AMENDED_ON)
    assert told(old) == [(KH, END_OF_MARCH, DONE), (TC, END_OF_MARCH, WITHDRAWN)]
    gone = duties(old)[1]
    assert (gone.closed_on, gone.explanation.endswith("Rút theo kế hoạch điều chỉnh 9/KH-SKHCN.")) == (AMENDED_ON, True)


def test_a_unit_that_the_task_names_no_more_owes_nothing(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH, GROUP))
    new = desk.amend(old, row("Đăng ký mục tiêu", MARCH, f"{KH}; {OFFICE}"), on=AMENDED_ON)
    assert told(new) == [(OFFICE, END_OF_MARCH, OPEN), (KH, END_OF_MARCH, OPEN), (TC, END_OF_MARCH, WITHDRAWN)]


def test_what_an_amendment_withdrew_another_one_takes_up_again(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH, GROUP))
    second = desk.amend(old, row("Đăng ký mục tiêu", MARCH), on=AMENDED_ON)
    third = desk.amend(second, row("Đăng ký mục tiêu", MARCH, GROUP), on=date(YEAR, 4, 20), number="12")
    assert told(third) == [(KH, END_OF_MARCH, OPEN), (TC, END_OF_MARCH, OPEN)]
    assert Duty.objects.count() == 2


def test_a_day_that_became_an_event_waits_with_its_reports(desk: Running) -> None:
    old = desk.issue(row("Kiện toàn Ban Chỉ đạo", MARCH))
    desk.answer(duties(old)[0], "truong", on=date(YEAR, 3, 2), state=IN_PROGRESS, percent=30)
    new = desk.amend(old, row("Kiện toàn Ban Chỉ đạo", "Khi có thay đổi"), on=AMENDED_ON)
    duty = duties(new)[0]
    assert (told(new), duty.waits_for, duty.reports.count()) == ([(KH, None, DORMANT)], "có thay đổi", 1)


def test_an_event_that_became_a_day_wakes(desk: Running) -> None:
    old = desk.issue(row("Kiện toàn Ban Chỉ đạo", "Khi có thay đổi"))
    new = desk.amend(old, row("Kiện toàn Ban Chỉ đạo", JUNE), on=AMENDED_ON)
    duty = duties(new)[0]
    assert (told(new), duty.original_due_on) == ([(KH, END_OF_JUNE, OPEN)], END_OF_JUNE)


def test_what_an_event_had_woken_keeps_its_day_and_its_event(desk: Running) -> None:
    old = desk.issue(row("Sửa quy trình", "10 ngày kể từ ngày nhận được quyết định"))
    said = Said("0", date(YEAR, 3, 2), "Nhận được quyết định")
    record_event(task_of(old, "Sửa quy trình"), said, actor=desk["thuky"], at=moment(date(YEAR, 3, 2)))
    new = desk.amend(old, row("Sửa quy trình", "15 ngày kể từ ngày nhận được quyết định"), on=AMENDED_ON)
    assert told(new) == [(KH, date(YEAR, 3, 12), OPEN)]
    assert Occurrence.objects.get().object_id == task_of(new, "Sửa quy trình").pk


def test_an_event_before_the_amendment_may_still_be_recorded(desk: Running) -> None:
    old = desk.issue(row("Sửa quy trình", "10 ngày kể từ ngày nhận được quyết định"))
    new = desk.amend(old, row("Sửa quy trình", "10 ngày kể từ ngày nhận được quyết định"), on=AMENDED_ON)
    said = Said("0", date(YEAR, 3, 2), "Nhận được quyết định")
    record_event(task_of(new, "Sửa quy trình"), said, actor=desk["thuky"], at=moment(AMENDED_ON))
    assert told(new) == [(KH, date(YEAR, 3, 12), OPEN)]


def test_a_unit_that_left_the_group_meanwhile_is_asked_no_more(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", JUNE, GROUP))
    GroupMember.objects.filter(member=desk.unit("tc")).update(valid_to=AMENDED_ON - timedelta(days=1))
    new = desk.amend(old, row("Đăng ký mục tiêu", JUNE, GROUP), on=AMENDED_ON)
    assert told(new) == [(KH, END_OF_JUNE, OPEN), (TC, END_OF_JUNE, WITHDRAWN)]


def test_the_history_says_what_became_of_the_duties(desk: Running) -> None:
    old = desk.issue(row("Đăng ký mục tiêu", MARCH, GROUP), row("Rà soát lĩnh vực biển", MARCH))
    new = desk.amend(old, row("Đăng ký mục tiêu", JUNE, GROUP), row("Mua sắm thiết bị", JUNE), on=AMENDED_ON)
    said = HistoryEntry.objects.get(object_id=new.pk, transition="open_duties").comment
    assert said == ("Mở 1 việc cho 1 đơn vị; nhận 2 việc của kế hoạch trước; đổi hạn 2 việc; rút 1 việc.")


def test_taking_over_many_tasks_costs_no_more_queries(desk: Running) -> None:
    costs = []
    for number, size in enumerate((5, 20), start=1):
        rows = [row(f"Công việc thứ {i * 7919}", MARCH, GROUP) for i in range(1, size + 1)]
        old = desk.issue(*rows, number=str(number))
        with CaptureQueriesContext(connection) as context:
            desk.amend(old, *rows, on=AMENDED_ON, number=str(number + 20))
        costs.append(sum("duties_" in query["sql"] for query in context))
    assert costs[0] == costs[1]
