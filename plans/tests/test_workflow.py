"""Who may take which step of a plan from which state: the whole matrix, and what each step leaves behind."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans.actions import set_steps, take_step
from plans.checklist import missing_to_submit
from plans.desks import DESKS
from plans.editing import edit_plan, fingerprints
from plans.enums import PlanState
from plans.inbox import waiting_for
from plans.models import Plan, PlanSettings, Task
from plans.workflow import PLAN_WORKFLOW
from qms.organisation.enums import Role
from qms.organisation.models import User
from qms.organisation.tests.cast import LONG_AGO, add_person
from qms.workflow.engine import Incomplete, NotAllowed, TooLate, offers
from qms.workflow.models import HistoryEntry

from .journey import Department, department

pytestmark = pytest.mark.django_db
S = PlanState
PEOPLE = (
    "thuky", "chanh", "vanthu", "giamdoc", "pho", "phokhong", "truong", "lan", "danhgia", "tuvan", "quantri", "theodoi",
    "la",
)  # fmt: skip
# (state, step): who may. Everybody and everything not named here is refused.
ALLOWED = {
    (S.DRAFT, "submit"): {"thuky"},
    (S.DRAFT, "record_paper"): {"thuky"},
    (S.DRAFT, "drop"): {"thuky"},
    (S.CONSULTATION, "end_consultation"): {"thuky"},
    (S.CONSULTATION, "return"): {"thuky"},
    (S.CONSULTATION, "withdraw"): {"thuky"},
    (S.CONTENT_CHECK, "pass_content"): {"chanh"},
    (S.CONTENT_CHECK, "return"): {"chanh"},
    (S.CONTENT_CHECK, "withdraw"): {"thuky"},
    (S.LAYOUT_CHECK, "pass_layout"): {"vanthu"},
    (S.LAYOUT_CHECK, "return"): {"vanthu"},
    (S.LAYOUT_CHECK, "withdraw"): {"thuky"},
    (S.APPROVAL, "approve"): {"giamdoc", "pho"},
    (S.APPROVAL, "return"): {"giamdoc", "pho"},
    (S.APPROVAL, "withdraw"): {"thuky"},
    (S.NUMBERING, "issue"): {"vanthu"},
    (S.NUMBERING, "return"): {"vanthu"},
    (S.ISSUED, "close"): {"thuky"},
}  # fmt: skip
ON_DESK = {
    S.DRAFT: {"thuky"},
    S.CONSULTATION: {"thuky", "chanh", "truong", "truong2"},  # the heads of the divisions asked
    S.CONTENT_CHECK: {"chanh"},
    S.LAYOUT_CHECK: {"vanthu"},
    S.APPROVAL: {"giamdoc", "pho"},
    S.NUMBERING: {"vanthu"},
}


@pytest.fixture(scope="module")
def founded(module_db: None) -> Department:
    """Founded once for all tests of this file."""
    found = department()
    house = found.house
    add_person(house, "phokhong", "Đỗ Minh Trí", house.units["ld"], "Phó Giám đốc", (Role.DEPUTY,))
    above = department("tinh", name="Văn phòng tỉnh", abbreviation="VPT")
    house.agency.parent = above.agency
    house.agency.save()
    house.people["theodoi"] = add_person(
        above.house, "theodoi", "Kiều Văn Tuấn", above.house.units["vp"], "Chuyên viên", (Role.OVERSEER,)
    )
    house.people["la"] = department("so-tp", name="Sở Tư pháp", abbreviation="STP").house.people["thuky"]
    house.read_roles()
    return found


@pytest.fixture
def sky(founded: Department) -> Department:
    """A department with one of every role, a deputy without delegation, an overseer from above, and a stranger."""
    return deepcopy(founded)


def in_state(plan: Plan, state: PlanState) -> Plan:
    """The plan as if it had come there, without the way."""
    past = state in {S.NUMBERING, S.ISSUED, S.REPLACED, S.CLOSED}
    now, signer = timezone.now(), User.objects.get(username="giamdoc")
    issued = state in {S.ISSUED, S.REPLACED, S.CLOSED}
    Plan.objects.filter(pk=plan.pk).update(
        state=state, approved_by=signer if past else None, approved_at=now if past else None,
        number="01" if issued else "", date=now.date() if issued else None, issued_at=now if issued else None,
        closed_at=now if state == S.CLOSED else None,
    )  # fmt: skip
    return Plan.objects.get(pk=plan.pk)


def test_every_step_is_open_to_exactly_the_people_named(sky: Department) -> None:
    plan, people, found = sky.draft(), {name: sky[name] for name in PEOPLE}, {}
    for state in PlanState:
        stands = in_state(plan, state)
        for transition in PLAN_WORKFLOW.leaving(state):
            who = {name for name in PEOPLE if not transition.internal and not transition.why_not(stands, people[name])}
            found |= {(state, transition.name): who} if who else {}
    assert found == ALLOWED


def test_whoever_is_refused_hears_why_in_a_sentence(sky: Department) -> None:
    plan, people = sky.draft(), [sky[name] for name in PEOPLE]
    sentences = {
        transition.why_not(stands, person)
        for state in PlanState
        for stands in [in_state(plan, state)]
        for transition in PLAN_WORKFLOW.leaving(state)
        for person in people
    }
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in sentences - {""})


ELSEWHERE = {(s, t.name) for t in PLAN_WORKFLOW.transitions for s in S if s not in t.sources and not t.internal}


def comes_too_late(plan: Plan, name: str, actor: User) -> bool:
    try:
        take_step(plan, name, actor=actor, at=timezone.now(), comment="Lý do.")
    except TooLate:
        return True
    return False


def test_a_step_from_a_state_it_does_not_start_from_is_too_late(sky: Department) -> None:
    plan, secretary = sky.draft(), sky["thuky"]
    late = {(state, name) for state, name in ELSEWHERE if comes_too_late(in_state(plan, state), name, secretary)}
    assert late == ELSEWHERE


def test_the_inbox_is_what_the_rules_say(sky: Department) -> None:
    plan, waits = sky.draft(), {}
    for state in ON_DESK:
        stands = in_state(plan, state)
        waits[state] = {name for name in (*PEOPLE, "truong2") if stands in waiting_for(sky[name])}
    assert waits == ON_DESK


def test_what_is_done_waits_for_nobody(sky: Department) -> None:
    plan, waits = sky.draft(), {}
    for state in (S.ISSUED, S.REPLACED, S.CLOSED, S.DROPPED):
        in_state(plan, state)
        waits |= {(state, name): True for name in PEOPLE if waiting_for(sky[name]).exists()}
    assert waits == {}


@pytest.mark.parametrize(
    ("state", "who"), [(S.CONTENT_CHECK, "chanh"), (S.LAYOUT_CHECK, "vanthu"), (S.APPROVAL, "pho")]
)
def test_who_wrote_on_a_plan_neither_checks_nor_signs_it(sky: Department, state: PlanState, who: str) -> None:
    plan = sky.draft()
    plan.editors.add(sky[who])
    plan = in_state(plan, state)
    name = PLAN_WORKFLOW.leaving(state)[0].name
    with pytest.raises(NotAllowed, match="Người soạn không tự"):
        take_step(plan, name, actor=sky[who], at=timezone.now())
    assert waiting_for(sky[who]).exists() is False


def test_the_author_of_a_plan_does_not_sign_it_even_as_the_head(sky: Department) -> None:
    plan = sky.draft()
    Plan.objects.filter(pk=plan.pk).update(author=sky["giamdoc"])
    with pytest.raises(NotAllowed, match="Người soạn không tự phê duyệt"):
        take_step(in_state(plan, S.APPROVAL), "approve", actor=sky["giamdoc"], at=timezone.now())


def test_whoever_saved_one_cell_is_remembered_as_a_drafter(sky: Department) -> None:
    add_person(sky.house, "hoa", "Nguyễn Thị Hoa", sky.house.units["vp"], "Chuyên viên", (Role.SECRETARY,))
    plan = sky.draft()
    seen = fingerprints(plan, ["intro"])
    edit_plan(plan, changes={"intro": "Câu dẫn khác:"}, seen=seen, actor=sky["hoa"], at=timezone.now())
    stored = Plan.objects.get(pk=plan.pk)
    assert [stored.is_drafted_by(sky[name]) for name in ("thuky", "hoa", "lan")] == [True, True, False]


@pytest.mark.parametrize("name", ["return", "withdraw", "drop"])
def test_going_back_and_dropping_need_a_reason(sky: Department, name: str) -> None:
    assert PLAN_WORKFLOW[name].comment_required is True


def test_a_returned_plan_is_a_draft_again_and_may_be_corrected_and_submitted(sky: Department) -> None:
    plan = sky.plan_in(S.CONTENT_CHECK)
    plan = sky.step(plan, "return", "chanh", "Bổ sung Chi cục.")
    assert (plan.state, plan.is_editable) == (S.DRAFT, True)
    assert sky.step(plan, "submit", "thuky").state == S.CONSULTATION


def test_a_plan_returned_before_numbering_loses_its_approval(sky: Department) -> None:
    plan = sky.plan_in(S.NUMBERING)
    plan = sky.step(plan, "return", "vanthu", "Sai tên đơn vị.")
    assert (plan.state, plan.approved_by, plan.approved_at) == (S.DRAFT, None, None)


def test_approval_stamps_who_when_and_how_they_sign(sky: Department) -> None:
    plan = sky.plan_in(S.APPROVAL)
    plan = sky.step(plan, "approve", "pho")
    assert (plan.approved_by, plan.sign_on_behalf, plan.sign_position, plan.sign_name) == (
        sky["pho"], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hà",
    )  # fmt: skip


def test_the_head_signs_plainly(sky: Department) -> None:
    plan = sky.plan_in(S.NUMBERING)
    assert (plan.sign_on_behalf, plan.sign_position, plan.sign_name) == ("", "GIÁM ĐỐC", "Phạm Quang Huy")


def test_two_people_approving_at_once_one_wins(sky: Department) -> None:
    plan = sky.plan_in(S.APPROVAL)
    seen_by_the_other = Plan.objects.get(pk=plan.pk)
    sky.step(plan, "approve", "giamdoc")
    with pytest.raises(TooLate):
        sky.step(seen_by_the_other, "approve", "pho")
    assert Plan.objects.get(pk=plan.pk).approved_by == sky["giamdoc"]


def test_a_step_that_follows_from_another_is_nobodys_own(sky: Department) -> None:
    plan = in_state(sky.draft(), S.ISSUED)
    with pytest.raises(NotAllowed):
        sky.step(plan, "replace", "vanthu")
    assert "replace" not in {offer.transition.name for offer in offers(PLAN_WORKFLOW, plan, sky["vanthu"])}


def test_a_dropped_draft_is_kept_with_its_reason_and_cannot_go_on(sky: Department) -> None:
    plan = sky.step(sky.draft(), "drop", "thuky", "Lập nhầm năm.")
    assert (plan.state, HistoryEntry.objects.of(plan).get().comment) == (S.DROPPED, "Lập nhầm năm.")
    assert offers(PLAN_WORKFLOW, plan, sky["thuky"]) == []


def test_every_step_of_the_way_is_told_in_order(sky: Department) -> None:
    plan = sky.plan_in(S.NUMBERING)
    told = [(e.actor_name, e.sentence, e.actor_title) for e in HistoryEntry.objects.of(plan)]
    assert told == [
        ("Trần Thị Mai", "trình kế hoạch", "Phó Chánh Văn phòng"),
        ("Trần Thị Mai", "kết thúc lấy ý kiến", "Phó Chánh Văn phòng"),
        ("Nguyễn Hữu Phước", "đồng ý về nội dung", "Chánh Văn phòng"),
        ("Vũ Ngọc Ánh", "xác nhận đạt thể thức", "Văn thư"),
        ("Phạm Quang Huy", "phê duyệt kế hoạch", "Giám đốc"),
    ]


@pytest.mark.parametrize(
    ("used", "way"),
    [
        ({"consultation", "content_check", "layout_check"}, [S.CONSULTATION, S.CONTENT_CHECK, S.LAYOUT_CHECK]),
        ({"content_check"}, [S.CONTENT_CHECK]),
        ({"consultation", "layout_check"}, [S.CONSULTATION, S.LAYOUT_CHECK]),
        (set(), []),
    ],
)
def test_an_agency_passes_only_the_steps_it_uses(sky: Department, used: set[str], way: list[PlanState]) -> None:
    set_steps(agency=sky.agency, steps=used, actor=sky["thuky"], at=timezone.now())
    plan = sky.plan_in(S.NUMBERING)
    passed = [PlanState(e.target) for e in HistoryEntry.objects.of(plan)]
    assert passed == [*way, S.APPROVAL, S.NUMBERING]


def test_a_plan_on_a_desk_that_is_switched_off_goes_on_from_there(sky: Department) -> None:
    plan = sky.plan_in(S.CONTENT_CHECK)
    set_steps(agency=sky.agency, steps=set(), actor=sky["giamdoc"], at=timezone.now())
    assert sky.step(plan, "pass_content", "chanh").state == S.APPROVAL


def test_a_plan_of_another_agency_has_its_own_steps(sky: Department) -> None:
    set_steps(agency=sky.agency, steps=set(), actor=sky["thuky"], at=timezone.now())
    assert PlanSettings.objects.filter(agency=sky["la"].agency).exists() is False


def test_an_incomplete_draft_is_not_submitted_and_hears_what_is_missing(sky: Department) -> None:
    plan = sky.draft()
    Plan.objects.filter(pk=plan.pk).update(bases=[], recipients=[])
    task = plan.tasks.order_by("pk").first()
    Task.objects.filter(pk=task.pk).update(timing_text="", timing_data={"text": "", "kind": "unknown"})
    with pytest.raises(Incomplete) as refused:
        sky.step(plan, "submit", "thuky")
    assert [(lack.message, lack.where) for lack in refused.value.missing] == [
        ("căn cứ", "#can-cu"), ("nơi nhận", "#phan-cuoi"), ("thời gian (nhiệm vụ 1)", f"#nhiem-vu-{task.pk}"),
    ]  # fmt: skip


def test_the_list_on_screen_is_the_guard_of_the_step(sky: Department) -> None:
    plan = sky.draft()
    Plan.objects.filter(pk=plan.pk).update(subject="")
    plan.refresh_from_db()
    offered = next(o for o in offers(PLAN_WORKFLOW, plan, sky["thuky"]) if o.transition.name == "submit")
    assert offered.missing == missing_to_submit(plan)


def test_a_plan_without_tasks_is_not_submitted(sky: Department) -> None:
    plan = sky.draft(tasks=0)
    assert [lack.message for lack in missing_to_submit(plan)] == ["nhiệm vụ đầu tiên"]


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("plan_year_sensible", {"year": 1999}),
        ("plan_year_sensible", {"year": 2101}),
        ("plan_approved_has_stamp", {"state": "numbering"}),
        ("plan_unapproved_has_no_stamp", {"approved_at": timezone.now()}),
        ("plan_unapproved_has_no_stamp", {"issued_at": timezone.now()}),
        ("plan_issued_has_number_and_date", {"state": "issued", "from_paper": True}),
        ("plan_issued_has_number_and_date", {
            "state": "issued", "from_paper": True, "number": "01", "issued_at": timezone.now(), "date": None,
        }),
        ("plan_closed_has_stamp", {
            "state": "closed", "from_paper": True, "number": "01", "date": LONG_AGO, "issued_at": timezone.now(),
        }),
    ],
)  # fmt: skip
def test_the_database_ties_a_state_to_its_stamps(sky: Department, constraint: str, changes: dict) -> None:
    plan = sky.draft()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**changes)


def test_every_desk_has_a_holder_and_a_step_that_leads_on() -> None:
    assert {
        state: bool(PLAN_WORKFLOW.leaving(state)) and bool(desk.holder) for state, desk in DESKS.items()
    } == dict.fromkeys(DESKS, True)


def test_a_number_is_not_given_before_the_signature_nor_for_a_day_to_come(sky: Department) -> None:
    plan = sky.plan_in(S.NUMBERING)
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            sky.step(plan, "issue", "vanthu", date=day)
        assert list(refused.value.message_dict) == ["date"]
    assert Plan.objects.get(pk=plan.pk).state == S.NUMBERING
