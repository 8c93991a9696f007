"""Given back, handed over, more time: what changes, what stays to be seen, and who is told."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from qms.duties import actions
from qms.duties.enums import DutyState, ExtensionState
from qms.duties.models import Duty, Extension, HandOver
from qms.duties.sources import SourceKind, forget, register
from qms.notifications.models import Message
from qms.organisation.tests.cast import NOW, YESTERDAY, House, add_person

from .owing import Owing, in_days


def told() -> list[tuple[str, str, str]]:
    """Everybody who was told, in the order of names: who, category, title."""
    rows = Message.objects.order_by("user__username", "pk")
    return list(rows.values_list("user__username", "category", "title"))


def give_back(house: House, duty: Duty, reason: str = "Thiếu bản ký.") -> Duty:
    return actions.return_report(duty, reason=reason, actor=house["thuky"], at=NOW)


def test_given_back_the_duty_is_owed_again_and_the_report_keeps_the_reason(house: House, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty, state=DutyState.IN_PROGRESS, percent=40)
    report = owing.report(duty)
    back = give_back(house, duty)
    report.refresh_from_db()
    assert (back.state, back.percent, back.closed_on) == (DutyState.IN_PROGRESS, 40, None)
    assert (report.state, report.returned_reason, report.returned_by) == ("done", "Thiếu bản ký.", house["thuky"])


def test_who_reported_and_the_head_are_told_of_a_return(house: House, owing: Owing) -> None:
    duty = owing.duty(title="Rà soát")
    owing.report(duty, "lan")
    give_back(house, duty)
    assert told() == [("lan", "returned", "Bị trả lại: Rà soát"), ("truong", "returned", "Bị trả lại: Rà soát")]
    assert {message.url for message in Message.objects.all()} == {reverse("duties:detail", args=[duty.pk])}


def test_a_return_needs_a_reason(house: House, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty)
    with pytest.raises(ValidationError) as refusal:
        give_back(house, duty, " \u00a0")
    assert refusal.value.message_dict == {"reason": ["Ghi lý do trả lại."]}
    assert Duty.objects.get().state == DutyState.DONE


def test_what_is_given_back_twice_in_one_moment_is_given_back_once(house: House, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty)
    give_back(house, duty)
    with pytest.raises(PermissionDenied, match="Chỉ trả lại việc đã báo xong"):
        give_back(house, duty)
    assert len(told()) == 1


def test_handing_over_tells_the_new_and_the_former_person(house: House, owing: Owing) -> None:
    add_person(house, "binh", "Đinh Văn Bình", house.units["kh"])
    duty = owing.handed(owing.duty(title="Rà soát"), "lan")
    owing.handed(duty, "binh")
    assert told() == [
        ("binh", "reminder", "Được giao: Rà soát"), ("lan", "reminder", "Được giao: Rà soát"),
        ("lan", "reminder", "Không phải làm nữa: Rà soát"),
    ]  # fmt: skip
    assert [entry.person.username for entry in HandOver.objects.all()] == ["lan", "binh"]


def test_handing_over_to_the_same_person_again_changes_nothing(house: House, owing: Owing) -> None:
    duty = owing.handed(owing.duty(), "lan")
    owing.handed(duty, "lan")
    assert (HandOver.objects.count(), len(told())) == (1, 1)


def test_a_duty_goes_back_to_the_unit(house: House, owing: Owing) -> None:
    duty = owing.handed(owing.duty(), "lan")
    actions.hand_over(duty, person=None, actor=house["truong"], at=NOW)
    assert Duty.objects.get().person is None


@pytest.mark.parametrize("reason", ["elsewhere", "moved", "closed"])
def test_a_duty_is_handed_only_to_somebody_of_the_unit(house: House, owing: Owing, reason: str) -> None:
    duty, person = owing.duty(), house["nam" if reason == "elsewhere" else "lan"]
    if reason == "moved":
        person.holdings.update(valid_to=YESTERDAY)
    if reason == "closed":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(ValidationError) as refusal:
        actions.hand_over(duty, person=person, actor=house["truong"], at=NOW)
    assert refusal.value.message_dict == {"person": ["Người này không thuộc đơn vị."]}


def test_a_request_for_time_is_told_to_those_who_decide(house: House, owing: Owing) -> None:
    owing.asked(owing.duty(title="Rà soát"))
    title = f"Phòng Kế hoạch - Tài chính xin gia hạn đến {in_days(60):%d/%m/%Y}: Rà soát"
    assert told() == [(who, "decision", title) for who in ("giamdoc", "pho", "thuky")]


def decide(house: House, extension: Extension, *, grant: bool = True, answer: str = "") -> Extension:
    return actions.decide_extension(extension, grant=grant, answer=answer, actor=house["giamdoc"], at=NOW)


def test_more_time_moves_the_day_and_leaves_the_first_one_to_be_seen(house: House, owing: Owing) -> None:
    duty = owing.duty()
    decide(house, owing.asked(duty))
    duty.refresh_from_db()
    assert (duty.due_on, duty.original_due_on, duty.is_extended) == (in_days(60), in_days(30), True)
    assert duty.explanation == f"Trong 30 ngày. Gia hạn đến {in_days(60):%d/%m/%Y}."


def test_who_asked_and_the_head_hear_the_answer(house: House, owing: Owing) -> None:
    extension = owing.asked(owing.duty(title="Rà soát"), "lan")
    Message.objects.all().delete()
    decide(house, extension, grant=False, answer="Việc này không chờ được.")
    assert told() == [(who, "answer", "Không được gia hạn: Rà soát") for who in ("lan", "truong")]
    assert Duty.objects.get().due_on == in_days(30)


def test_a_refusal_says_why(house: House, owing: Owing) -> None:
    extension = owing.asked(owing.duty())
    with pytest.raises(ValidationError) as refusal:
        decide(house, extension, grant=False)
    assert refusal.value.message_dict == {"answer": ["Ghi lý do không đồng ý."]}


def test_a_request_is_decided_once(house: House, owing: Owing) -> None:
    extension = owing.asked(owing.duty())
    decide(house, extension)
    with pytest.raises(PermissionDenied, match="Đề nghị này đã được xét"):
        decide(house, extension, grant=False, answer="Thôi.")
    assert Extension.objects.get().state == ExtensionState.GRANTED


def test_time_is_not_given_to_what_is_done(house: House, owing: Owing) -> None:
    duty = owing.duty()
    extension = owing.asked(duty)
    owing.report(duty)
    with pytest.raises(PermissionDenied, match="Việc này không còn phải làm"):
        decide(house, extension)


ASKING = [
    (30, "Lý do.", {"new_due_on": [f"Hạn mới phải sau hạn hiện tại {in_days(30):%d/%m/%Y}."]}),
    (29, "Lý do.", {"new_due_on": [f"Hạn mới phải sau hạn hiện tại {in_days(30):%d/%m/%Y}."]}),
    (60, " ", {"reason": ["Ghi lý do xin gia hạn."]}),
]


@pytest.mark.parametrize(("days", "reason", "errors"), ASKING)
def test_a_bad_request_is_told_beside_its_field(
    client: Client, house: House, owing: Owing, days: int, reason: str, errors: dict[str, Any]
) -> None:
    client.force_login(house["truong"])
    data = {"new_due_on": f"{in_days(days):%d/%m/%Y}", "reason": reason}
    response = client.post(reverse("duties:ask", args=[owing.duty().pk]), data)
    form = response.context["ask_form"]
    assert (response.status_code, dict(form.errors)) == (422, errors)
    assert form["new_due_on"].value() == data["new_due_on"]
    assert Extension.objects.count() == 0


def test_a_late_duty_is_not_extended_into_the_past(house: House, owing: Owing) -> None:
    with pytest.raises(ValidationError) as refusal:
        owing.asked(owing.duty(due=in_days(-9)), days=-3)
    assert refusal.value.message_dict == {"new_due_on": ["Hạn mới không được là ngày đã qua."]}


def test_one_request_waits_at_a_time(house: House, owing: Owing) -> None:
    duty = owing.duty()
    owing.asked(duty)
    with pytest.raises(ValidationError) as refusal:
        owing.asked(duty, days=90)
    assert refusal.value.message_dict == {"new_due_on": ["Việc này đã có một đề nghị gia hạn đang chờ xét."]}


def test_the_source_hears_of_an_answer_once_and_of_its_return(house: House, owing: Owing) -> None:
    heard: list[str] = []
    kind = SourceKind(
        answered=lambda duty, actor, at: heard.append("answered"),
        reopened=lambda duty, actor, at: heard.append("reopened"),
    )
    register("organisation.agency", kind)
    try:
        duty = owing.duty()
        owing.report(duty)
        owing.report(duty, text="Bổ sung.")
        give_back(house, duty)
    finally:
        forget("organisation.agency")
    assert heard == ["answered", "reopened"]


def test_the_story_is_told_in_plain_sentences_newest_first(client: Client, house: House, owing: Owing) -> None:
    duty = owing.handed(owing.duty(due=date(2099, 3, 1)), "lan")
    owing.report(duty, "lan", DutyState.IN_PROGRESS, percent=40, text="Đang lấy ý kiến.")
    owing.report(duty, "lan")
    give_back(house, duty)
    client.force_login(house["truong"])
    story = client.get(reverse("duties:detail", args=[duty.pk])).context["story"]
    assert sorted(event.sentence for event in story) == [
        "Ngô Văn Thắng giao cho Phan Thị Lan", "Phan Thị Lan báo đang làm 40 %", "Phan Thị Lan báo đã xong",
        "Trần Thị Mai trả lại", "Việc được giao cho đơn vị",
    ]  # fmt: skip
