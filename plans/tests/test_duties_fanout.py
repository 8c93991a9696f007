"""What an issued plan makes units owe."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.duties.issuing import close_plan, open_plan
from plans.models import Task
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty
from qms.organisation.actions import create_unit
from qms.organisation.enums import ReorganisationKind, UnitKind
from qms.organisation.models import GroupMember, Unit
from qms.organisation.reorganising import NewUnit, Order, apply_reorganisation
from qms.organisation.tests.cast import LONG_AGO, NOW, TODAY, moment
from qms.workflow.models import HistoryEntry

from .running import ADVISER, GROUP, ISSUED_ON, KH, OFFICE, TC, YEAR, Running, duties, row, told

pytestmark = pytest.mark.django_db
OPEN, DORMANT = DutyState.OPEN, DutyState.DORMANT
BEFORE_NOVEMBER = f"Trước ngày 05/11/{YEAR}"
LAST_GOOD_DAY = date(YEAR, 11, 4)


def succeed(desk: Running, kind: str, *keys: str, into: tuple[str, ...], on: date) -> None:
    order = Order(
        agency=desk.place.agency, kind=ReorganisationKind(kind), effective_on=on,
        units=tuple(desk.unit(key) for key in keys), into=tuple(NewUnit(name) for name in into),
    )  # fmt: skip
    apply_reorganisation(order, decision_number="20/QĐ-UBND", decision_date=on, actor=desk["thuky"], at=NOW)


def test_a_unit_owes_its_task_by_the_last_good_day(desk: Running) -> None:
    plan = desk.issue(row("Báo cáo năm", BEFORE_NOVEMBER))
    duty = duties(plan)[0]
    assert (duty.unit, duty.due_on, duty.original_due_on, duty.state, duty.kind) == (
        desk.unit("kh"), LAST_GOOD_DAY, LAST_GOOD_DAY, OPEN, DutyKind.PLAN_TASK,
    )  # fmt: skip
    assert (duty.title, duty.context, duty.year) == ("Báo cáo năm", "Kế hoạch 5/KH-SKHCN, nhiệm vụ 1", YEAR)
    assert duty.explanation.startswith(f"Trước ngày 05/11/{YEAR} nên ngày cuối là")


def test_every_unit_of_a_group_owes_its_own(desk: Running) -> None:
    plan = desk.issue(row("Đăng ký mục tiêu", BEFORE_NOVEMBER, GROUP))
    assert told(plan) == [(KH, LAST_GOOD_DAY, OPEN), (TC, LAST_GOOD_DAY, OPEN)]


def test_groups_within_groups_are_opened_and_circles_end(desk: Running) -> None:
    everybody = create_unit(
        agency=desk.place.agency, kind=UnitKind.GROUP, name="Toàn Sở", actor=desk["thuky"], at=NOW,
        valid_from=LONG_AGO,
    )  # fmt: skip
    for group, member in ((everybody, "nhom"), (everybody, "vp"), (desk.unit("nhom"), None)):
        GroupMember.objects.create(group=group, member=desk.unit(member) if member else everybody, valid_from=LONG_AGO)
    plan = desk.issue(row("Việc chung", BEFORE_NOVEMBER, "Toàn Sở"))
    assert [unit for unit, _, _ in told(plan)] == [OFFICE, KH, TC]


def test_membership_counts_as_of_the_day_of_issue(desk: Running) -> None:
    GroupMember.objects.filter(member=desk.unit("tc")).update(valid_to=ISSUED_ON - timedelta(days=1))
    assert [unit for unit, _, _ in told(desk.issue(row("Việc", BEFORE_NOVEMBER, GROUP)))] == [KH]


def test_who_leads_owes_no_input_beside_and_support_is_told_apart(desk: Running) -> None:
    plan = desk.issue(row("Việc", BEFORE_NOVEMBER, KH, GROUP))
    assert [(str(d.unit), d.kind) for d in duties(plan)] == [(KH, DutyKind.PLAN_TASK), (TC, DutyKind.CONTRIBUTION)]


def test_a_merged_unit_gives_way_to_its_heir(desk: Running) -> None:
    succeed(desk, "merge", "kh", "tc", into=("Phòng Tổng hợp",), on=date(YEAR - 1, 7, 1))
    plan = desk.issue(row("Việc", BEFORE_NOVEMBER, f"{KH}; {TC}"))
    assert [unit for unit, _, _ in told(plan)] == ["Phòng Tổng hợp"]


def test_every_heir_of_a_unit_that_was_split_since_the_plan_was_signed_owes(desk: Running) -> None:
    draft = desk.place.draft(1)
    Task.objects.filter(plan=draft).update(lead_text=KH)
    succeed(desk, "split", "kh", into=("Phòng Kế hoạch", "Phòng Tài chính"), on=date(YEAR, 3, 2))
    plan = desk.take_effect(draft, on=ISSUED_ON, number="6", confirmed_on=date(YEAR, 3, 9))
    assert sorted(unit for unit, _, _ in told(plan)) == ["Phòng Kế hoạch", "Phòng Tài chính"]


def test_a_renamed_unit_owes_under_its_new_name(desk: Running) -> None:
    plan_unit = desk.unit("kh")
    Unit.objects.filter(pk=plan_unit.pk).update(name="Phòng Kế hoạch")
    assert [unit for unit, _, _ in told(desk.issue(row("Việc", BEFORE_NOVEMBER, "Phòng Kế hoạch")))] == [
        "Phòng Kế hoạch"
    ]


def test_a_quarterly_task_has_a_duty_for_each_quarter(desk: Running) -> None:
    plan = desk.issue(row("Tổng hợp", "Định kỳ hằng quý"))
    assert [(d.period, d.opens_on, d.due_on) for d in duties(plan)] == [
        (f"Quý I/{YEAR}", date(YEAR, 1, 1), date(YEAR, 3, 31)),
        (f"Quý II/{YEAR}", date(YEAR, 4, 1), date(YEAR, 6, 30)),
        (f"Quý III/{YEAR}", date(YEAR, 7, 1), date(YEAR, 9, 30)),
        (f"Quý IV/{YEAR}", date(YEAR, 10, 1), date(YEAR, 12, 31)),
    ]


def test_half_years_and_years_have_their_names(desk: Running) -> None:
    plan = desk.issue(row("Báo cáo", "Định kỳ 6 tháng và năm"))
    assert [d.period for d in duties(plan)] == [f"6 tháng đầu năm {YEAR}", f"Năm {YEAR}"]


def test_two_neighbouring_months_are_one_duty(desk: Running) -> None:
    plan = desk.issue(row("Đánh giá", f"Tháng 8, 9/{YEAR}"))
    assert [(d.opens_on, d.due_on, d.period) for d in duties(plan)] == [(date(YEAR, 8, 1), date(YEAR, 9, 30), "")]


def test_a_continuous_task_asks_once_a_quarter_from_the_day_of_issue_on(desk: Running) -> None:
    plan = desk.issue(row("Theo dõi", "Thường xuyên"), on=date(YEAR, 5, 4))
    assert [(d.kind, d.period) for d in duties(plan)] == [
        (DutyKind.CHECK_IN, f"Quý {quarter}/{YEAR}") for quarter in ("II", "III", "IV")
    ]


@pytest.mark.parametrize(
    ("timing", "waits_for"),
    [
        ("Khi có thay đổi thành viên", "có thay đổi thành viên"),
        ("Sau khi hoàn thành đánh giá nội bộ", "hoàn thành đánh giá nội bộ"),
        ("Theo kế hoạch kiểm tra của Sở KH&CN", "kế hoạch kiểm tra của Sở KH&CN"),
        ("tùy tình hình", "xác nhận thời gian “tùy tình hình”"),
        ("", "định thời gian thực hiện"),
    ],
)
def test_what_has_no_day_waits_and_says_for_what(desk: Running, timing: str, waits_for: str) -> None:
    duty = duties(desk.issue(row("Việc", timing)))[0]
    assert (duty.state, duty.due_on, duty.waits_for) == (DORMANT, None, waits_for)


def test_cases_wait_until_one_is_chosen(desk: Running) -> None:
    timing = (
        "Trường hợp có văn bản mới: sau 30 ngày làm việc kể từ ngày nhận được văn bản. "
        f"Trường hợp không có văn bản mới: trước ngày 31/8/{YEAR}"
    )
    found = duties(desk.issue(row("Rà soát", timing)))
    assert [(d.state, d.waits_for) for d in found] == [
        (DORMANT, "chọn trường hợp: có văn bản mới; không có văn bản mới")
    ]


def test_a_reading_that_nobody_confirmed_gives_no_day_until_somebody_does(desk: Running) -> None:
    plan = desk.issue(row("Việc", "Quý II"), number="5")
    task = plan.tasks.get()
    Task.objects.filter(pk=task.pk).update(timing_data={**task.timing_data, "needs_confirmation": True})
    Duty.objects.all().delete()
    plan.refresh_from_db()
    open_plan(plan, actor=desk["thuky"], at=moment(ISSUED_ON))
    assert [(d.state, d.waits_for) for d in duties(plan)] == [(DORMANT, "xác nhận thời gian “Quý II”")]
    Duty.objects.all().delete()
    Task.objects.update(timing_confirmed=True)
    open_plan(plan, actor=desk["thuky"], at=moment(ISSUED_ON))
    assert told(plan) == [(KH, date(YEAR, 6, 30), OPEN)]


def test_a_task_that_nobody_owes_is_named_in_the_history(desk: Running) -> None:
    plan = desk.issue(row("Việc", BEFORE_NOVEMBER), row("Tư vấn", BEFORE_NOVEMBER, ADVISER))
    said = HistoryEntry.objects.get(object_id=plan.pk, transition="open_duties").comment
    assert said == "Mở 1 việc cho 1 đơn vị; chưa có đơn vị nhận việc: nhiệm vụ 2."


def test_a_day_that_was_over_when_the_plan_was_issued_says_so(desk: Running) -> None:
    plan = desk.issue(row("Việc", "Tháng 01"), on=date(YEAR, 2, 9))
    assert duties(plan)[0].explanation.endswith(f"Hạn này đã qua khi kế hoạch được ban hành ngày 09/02/{YEAR}.")


def test_opening_again_changes_nothing(desk: Running) -> None:
    plan = desk.issue(row("Việc", BEFORE_NOVEMBER, GROUP), row("Chờ", "Khi có thay đổi"))
    before = list(Duty.objects.order_by("pk").values())
    open_plan(plan, actor=desk["thuky"], at=moment(TODAY))
    assert list(Duty.objects.order_by("pk").values()) == before


def test_three_hundred_tasks_cost_no_more_queries_than_thirty(desk: Running) -> None:
    costs = []
    for number, size in enumerate((30, 300), start=1):
        rows = [row(f"Việc {i}", BEFORE_NOVEMBER, GROUP) for i in range(size)]
        plan = desk.issue(*rows, number=str(number))
        Duty.objects.all().delete()
        with CaptureQueriesContext(connection) as context:
            open_plan(plan, actor=desk["thuky"], at=moment(ISSUED_ON))
        costs.append(sum(not query["sql"].startswith("INSERT") for query in context))  # SQLite divides long ones
        assert Duty.objects.count() == 2 * size
        Duty.objects.all().delete()
    assert costs[0] == costs[1]


def test_closing_withdraws_what_waits_and_leaves_what_is_owed(desk: Running) -> None:
    plan = desk.issue(row("Việc", BEFORE_NOVEMBER), row("Chờ", "Khi có thay đổi"))
    assert close_plan(plan, at=moment(TODAY)) == 1
    assert {d.title: (d.state, d.closed_on) for d in duties(plan)} == {
        "Việc": (OPEN, None), "Chờ": (DutyState.WITHDRAWN, TODAY),
    }  # fmt: skip
