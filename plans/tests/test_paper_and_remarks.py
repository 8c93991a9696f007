"""What the quieter doors let through: plans issued on paper, answers to views, files, a register in two windows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.actions import amend_plan, comment_on_plan, reply_to_comment, speaks_for
from plans.enums import PlanState
from plans.inbox import waiting_for
from plans.models import Plan
from qms.documents.models import FrozenDocument, RegisterEntry
from qms.organisation.enums import Role
from qms.organisation.models import PositionHolding, User
from qms.organisation.tests.cast import LONG_AGO, YESTERDAY, add_person
from qms.text import fold
from qms.workflow.engine import NotAllowed
from qms.workflow.models import HistoryEntry

from .journey import Department

pytestmark = pytest.mark.django_db
S = PlanState
TODAY = timezone.localdate()


def on_paper(plan: Plan, **fields: object) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(**({"number": "07", "date": TODAY} | fields))
    return plan


def record(place: Department, plan: Plan) -> Plan:
    """The secretary asks, the clerk confirms."""
    return place.step(place.step(plan, "record_paper", "thuky"), "confirm_paper", "vanthu")


def amendment(place: Department, issued: Plan) -> Plan:
    return amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now())


def test_an_amendment_issued_on_paper_replaces_the_plan_as_well(place: Department) -> None:
    issued = place.plan_in(S.ISSUED)
    record(place, on_paper(amendment(place, issued)))
    issued.refresh_from_db()
    assert issued.state == S.REPLACED


def test_a_paper_number_counts_only_once_the_clerk_has_confirmed_it(place: Department) -> None:
    plan = place.step(on_paper(place.draft()), "record_paper", "thuky")
    assert (plan.state, plan.mark.label, RegisterEntry.objects.count()) == (S.NUMBERING, "chờ xác nhận bản giấy", 0)
    plan = place.step(plan, "confirm_paper", "vanthu")
    assert (plan.state, plan.issued_at is not None, RegisterEntry.objects.get().actor) == (
        S.ISSUED, True, place["vanthu"],
    )  # fmt: skip


@pytest.mark.parametrize(("name", "who"), [("confirm_paper", "thuky"), ("confirm_paper", "chanh"), ("issue", "vanthu")])
def test_a_plan_on_paper_is_neither_confirmed_by_others_nor_numbered_again(
    place: Department, name: str, who: str
) -> None:
    plan = place.step(on_paper(place.draft()), "record_paper", "thuky")
    with pytest.raises(NotAllowed):
        place.step(plan, name, who, date=TODAY)


def test_whoever_typed_the_plan_does_not_confirm_it(place: Department, client: Client) -> None:
    plan = place.step(on_paper(place.draft()), "record_paper", "thuky")
    plan.editors.add(place["vanthu"])
    with pytest.raises(NotAllowed, match="Người soạn không tự xác nhận"):
        place.step(plan, "confirm_paper", "vanthu")
    client.force_login(place["vanthu"])
    page = client.get(reverse("plans:detail", args=[plan.year, plan.pk])).context
    assert (page["decision"].blocked, waiting_for(place["vanthu"]).count()) == (
        "Người soạn không tự xác nhận kế hoạch của mình.", 0,
    )  # fmt: skip


def test_a_number_that_is_not_on_the_paper_goes_back_to_the_drafter(place: Department) -> None:
    plan = place.step(on_paper(place.draft()), "record_paper", "thuky")
    plan = place.step(plan, "return", "vanthu", "Bản giấy mang số 08.")
    assert (plan.state, plan.from_paper) == (S.DRAFT, False)
    assert place.plan_in(S.ISSUED, plan).from_paper is False


def test_a_plan_that_was_approved_here_is_not_confirmed_as_paper(place: Department) -> None:
    with pytest.raises(NotAllowed, match="chưa có số trên giấy"):
        place.step(place.plan_in(S.NUMBERING), "confirm_paper", "vanthu")


def test_a_paper_plan_of_a_day_to_come_is_not_recorded(place: Department) -> None:
    plan = on_paper(place.draft(), date=TODAY + timedelta(days=1))
    with pytest.raises(ValidationError, match="không được sau hôm nay"):
        place.step(plan, "record_paper", "thuky")


@pytest.mark.parametrize("number", ["0", "000", "9" * 30])
def test_a_paper_number_that_cannot_be_one_is_refused(place: Department, number: str) -> None:
    plan = on_paper(place.draft(), number=number)
    with pytest.raises(ValidationError, match="từ 1 đến 99999"):
        place.step(plan, "record_paper", "thuky")
    assert not RegisterEntry.objects.exists()


def test_a_paper_number_with_a_raised_digit_is_kept_as_written(place: Department) -> None:
    plan = record(place, on_paper(place.draft(), number="5²"))
    assert (plan.state, plan.reference) == (S.ISSUED, "5²/KH-SKHCN")
    plan = record(place, on_paper(place.draft(), number="²"))
    assert (plan.state, plan.reference) == (S.ISSUED, "²/KH-SKHCN")


def test_the_answer_to_a_view_stays_once_the_plan_is_issued(place: Department) -> None:
    plan = place.plan_in(S.CONSULTATION)
    said = comment_on_plan(plan, text="Lùi hạn.", agrees=False, actor=place["truong"], at=timezone.now())
    place.plan_in(S.ISSUED, plan)
    said.refresh_from_db()
    with pytest.raises(PermissionDenied, match="không ghi thêm"):
        reply_to_comment(said, reply="Đã tiếp thu.", actor=place["thuky"])


def test_a_view_is_refused_when_the_consultation_ended_meanwhile(place: Department) -> None:
    shown = place.plan_in(S.CONSULTATION)
    place.step(shown, "end_consultation", "thuky")
    with pytest.raises(PermissionDenied, match="không ở bước lấy ý kiến"):
        comment_on_plan(shown, text="Lùi hạn.", agrees=False, actor=place["truong"], at=timezone.now())


def test_a_view_counts_for_a_unit_of_the_plans_agency_that_still_stands(place: Department) -> None:
    person = add_person(place.house, "hai", "Đỗ Thị Hai", place.house.unit("nhom"), "Thành viên tổ", rank=1)
    ended = person.holdings.get().position
    ended.valid_to = YESTERDAY
    ended.save()
    second = add_person(place.house, "ba", "Đỗ Văn Ba", place.house.unit("kh"), "Chuyên viên", (Role.STAFF,))
    PositionHolding.objects.create(position=second.holdings.get().position, user=person, valid_from=LONG_AGO)
    plan = place.plan_in(S.CONSULTATION)
    said = comment_on_plan(plan, text="", agrees=True, actor=place["hai"], at=timezone.now())
    assert said.unit == place.house.unit("kh")


@pytest.fixture
def head_of_two(place: Department) -> User:
    """The head of one division who leads another one as well."""
    person = place["truong"]
    second = add_person(place.house, "phong2", "Lê Văn Năm", place.house.unit("tc"), "Trưởng phòng", (Role.HEAD,))
    holding = second.holdings.get()
    PositionHolding.objects.create(position=holding.position, user=person, valid_from=LONG_AGO)
    return person


def test_the_head_of_two_divisions_says_for_which_one(place: Department, client: Client, head_of_two: User) -> None:
    plan = place.plan_in(S.CONSULTATION)
    client.force_login(head_of_two)
    url, answer = reverse("plans:comment", args=[plan.pk]), {"answer": "agree"}
    units = speaks_for(head_of_two, plan, on=TODAY)
    assert client.post(url, answer).status_code == 422
    for unit in units:
        client.post(url, {**answer, "unit": unit.pk})
    assert ([said.unit for said in plan.comments.all()], len(units)) == (units, 2)


def test_nobody_speaks_for_a_unit_of_others(place: Department) -> None:
    plan = place.plan_in(S.CONSULTATION)
    with pytest.raises(ValidationError, match="không giữ vị trí nào ở đơn vị này"):
        comment_on_plan(
            plan, text="", agrees=True, actor=place["truong"], at=timezone.now(), unit=place.house.unit("vp")
        )


def test_whoever_drafted_the_plan_but_not_its_amendment_may_approve_that(place: Department) -> None:
    issued = place.plan_in(S.ISSUED)
    issued.editors.add(place["giamdoc"])
    new = amendment(place, issued)
    assert place.plan_in(S.NUMBERING, new).approved_by == place["giamdoc"]


def test_whoever_drafted_the_amendment_does_not_approve_it(place: Department) -> None:
    new = amendment(place, place.plan_in(S.ISSUED))
    new.editors.add(place["giamdoc"])
    with pytest.raises(NotAllowed, match="không tự phê duyệt"):
        place.step(place.plan_in(S.APPROVAL, new), "approve", "giamdoc")


def test_an_original_that_is_gone_is_reported_and_not_a_fault_of_the_program(place: Department, client: Client) -> None:
    plan = place.plan_in(S.ISSUED)
    FrozenDocument.objects.get().pdf.storage.delete(FrozenDocument.objects.get().pdf.name)
    client.force_login(place["lan"])
    assert client.get(reverse("plans:check", args=[plan.pk])).context["intact"] is False
    assert client.get(reverse("plans:download", args=[plan.pk, "pdf"])).status_code == 404


@pytest.mark.parametrize("symbol", ["KH-SKHCN/../..", "KH\nSKHCN", "KH/SKHCN"])
def test_a_symbol_never_names_a_folder_nor_breaks_a_header(place: Department, client: Client, symbol: str) -> None:
    plan = place.draft()
    Plan.objects.filter(pk=plan.pk).update(symbol=symbol)
    plan = place.plan_in(S.ISSUED, Plan.objects.get(pk=plan.pk))
    frozen = FrozenDocument.objects.get()
    assert (frozen.pdf.name.count("/"), "/" in frozen.file_name, "\n" in frozen.file_name) == (2, False, False)
    client.force_login(place["lan"])
    response = client.get(reverse("plans:download", args=[plan.pk, "pdf"]))
    response.getvalue()
    assert response.status_code == 200


def test_an_amendment_keeps_the_readings_that_were_confirmed(place: Department) -> None:
    plan = place.draft()
    plan.tasks.update(timing_confirmed=True)
    new = amendment(place, place.plan_in(S.ISSUED, plan))
    assert set(new.tasks.values_list("timing_confirmed", flat=True)) == {True}


def test_a_second_press_does_not_give_up_a_second_number(place: Department, client: Client) -> None:
    client.force_login(place["vanthu"])
    shown = client.get(reverse("plans:register")).context["cancel_form"]["number"].value()
    given = {"reason": "In hỏng.", "number": shown}
    first, second = (client.post(reverse("plans:cancel_number"), given) for _ in range(2))
    assert (first.status_code, second.status_code, RegisterEntry.objects.count()) == (302, 422, 1)


@pytest.mark.parametrize("address", ["plans:list", "plans:register"])
def test_a_search_for_characters_that_no_database_takes_finds_nothing(
    place: Department, client: Client, address: str
) -> None:
    client.force_login(place["lan"])
    assert fold("ke\x00 hoach") == "ke hoach"
    assert client.get(reverse(address), {"q": "ke\x00 hoach", "nam": "9" * 40}).status_code == 200


def test_the_words_of_a_step_are_kept_in_normal_form(place: Department) -> None:
    plan = place.step(place.plan_in(S.CONTENT_CHECK), "return", "chanh", "Sửa lại ca\u0302u da\u0302\u0303n.")
    assert HistoryEntry.objects.of(plan).last().comment == "Sửa lại câu dẫn."


def test_plans_without_a_day_come_last_in_either_order_of_days(place: Department, client: Client) -> None:
    issued, draft = place.plan_in(S.ISSUED), place.draft()
    client.force_login(place["lan"])
    for order in ("ngay", "-ngay"):
        page = client.get(reverse("plans:list"), {"sap_xep": order}).context["page"]
        assert list(page) == [issued, draft]
