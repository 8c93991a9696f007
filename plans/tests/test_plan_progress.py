"""The page of an issued plan: what units owe of each task, who sees how much of it, what is late."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from qms.duties.enums import DutyState
from qms.organisation.tests.cast import TODAY

from .running import ADVISER, GROUP, KH, Running, duties, row

pytestmark = pytest.mark.django_db
ISSUED_ON = TODAY - timedelta(days=40)
PASSED = f"Trước ngày {TODAY - timedelta(days=5):%d/%m/%Y}"
TO_COME = f"Trước ngày {TODAY + timedelta(days=20):%d/%m/%Y}"


@pytest.fixture
def desk(desk: Running) -> Running:
    """In the year of the test."""
    return replace(desk, year=TODAY.year)


def see(client: Client, desk: Running, plan: Plan, who: str = "thuky", query: str = "") -> Any:
    client.force_login(desk[who])
    response = client.get(reverse("plans:detail", args=[plan.year, plan.pk]) + query)
    assert response.status_code == 200
    return response


def rows_of(page: Any) -> dict[str, Any]:
    return {row.task.title: row for _, rows in page.context["groups"] for row in rows}


def test_a_task_says_how_many_of_its_duties_are_done_and_which_are_late(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Việc", PASSED, GROUP), row("Sau này", TO_COME), on=ISSUED_ON)
    desk.answer(duties(plan, "Việc")[0], "truong", on=TODAY - timedelta(days=9))
    found = rows_of(see(client, desk, plan))
    standing = found["Việc"].standing
    assert (found["Việc"].mark.label, standing.share, standing.percent) == ("1 việc trễ", "1/2 việc xong", 50)
    assert [(str(line.duty.unit), line.mark.label) for line in standing.lines] == [
        (KH, "xong"), ("Phòng Tổ chức cán bộ", "trễ 6 ngày"),
    ]  # fmt: skip
    assert found["Sau này"].mark.label == "chưa bắt đầu"


def test_each_duty_is_one_press_away(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Việc", PASSED, GROUP), on=ISSUED_ON)
    text = see(client, desk, plan).content.decode()
    assert [f'href="{reverse("duties:detail", args=[duty.pk])}"' in text for duty in duties(plan)] == [True, True]


def test_only_what_is_late_is_shown_on_demand(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Trễ", PASSED), row("Sau này", TO_COME), on=ISSUED_ON)
    assert see(client, desk, plan).context["late_count"] == 1
    assert list(rows_of(see(client, desk, plan, query="?xem=bang&loc=tre"))) == ["Trễ"]


def test_staff_see_the_share_of_their_own_unit(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Việc", PASSED, GROUP), on=ISSUED_ON)
    lines = rows_of(see(client, desk, plan, "nam"))["Việc"].standing.lines
    assert [str(line.duty.unit) for line in lines] == ["Phòng Tổ chức cán bộ"]


def test_the_whole_plan_is_told_in_numbers(client: Client, desk: Running) -> None:
    plan = desk.issue(
        row("Xong", PASSED), row("Trễ", PASSED), row("Đang", TO_COME), row("Chờ", "Khi có thay đổi"), on=ISSUED_ON
    )
    desk.answer(duties(plan, "Xong")[0], "truong", on=TODAY - timedelta(days=9))
    desk.answer(duties(plan, "Đang")[0], "truong", on=TODAY, state=DutyState.IN_PROGRESS, percent=30)
    overview = see(client, desk, plan, "giamdoc").context["overview"]
    assert (overview.done, overview.late, overview.under_way, overview.untouched, overview.asleep) == (1, 1, 1, 0, 1)


def test_a_task_that_nobody_owes_is_named_to_whoever_follows_the_plan(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Việc", TO_COME), row("Tư vấn", TO_COME, ADVISER), on=ISSUED_ON)
    assert [row.number for row in see(client, desk, plan).context["overview"].unclaimed] == ["2"]
    assert see(client, desk, plan, "truong").context["overview"].unclaimed == ()


def test_the_timeline_shows_each_period_as_it_stands(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Trễ", PASSED), row("Chờ", "Khi có thay đổi"), on=ISSUED_ON)
    late, waiting = see(client, desk, plan, query="?xem=dong-thoi-gian").context["timeline"]
    assert [(due, mark.tone, mark.shape) for _, due, mark in late.windows] == [(TODAY - timedelta(days=6), "late", "▲")]
    assert (waiting.windows, waiting.note, waiting.note_shape) == ([], "chờ sự kiện", "◌")


def test_closing_says_what_is_left(client: Client, desk: Running) -> None:
    plan = desk.issue(row("Việc", TO_COME), row("Chờ", "Khi có thay đổi"), on=ISSUED_ON)
    choice = next(c for c in see(client, desk, plan).context["choices"] if c.offer.transition.name == "close")
    assert choice.note == (
        "Còn 1 việc chưa xong; đóng kế hoạch rồi các đơn vị vẫn phải báo cáo. 1 việc chờ sự kiện sẽ được rút."
    )


def test_the_history_names_the_duties_after_the_issue_and_leads_nowhere_from_there(
    client: Client, desk: Running
) -> None:
    plan = desk.issue(row("Việc", TO_COME), on=ISSUED_ON)
    last = see(client, desk, plan).context["progress"].done[-1]
    assert (last.label, last.comment, last.entry) == ("Giao việc", "Mở 1 việc cho 1 đơn vị.", None)
