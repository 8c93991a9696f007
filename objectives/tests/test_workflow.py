"""The way of a set of objectives: registered, reviewed, approved, issued; who may not do what."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from objectives.actions import start_set
from objectives.enums import DocumentKind, SetState
from objectives.models import Figure, ObjectiveDocument, ObjectiveSet
from qms.documents.models import FrozenDocument
from qms.documents.selectors import is_intact
from qms.duties.models import Duty
from qms.notifications.models import Message
from qms.workflow.engine import Incomplete, NotAllowed
from qms.workflow.models import HistoryEntry

from .year import FEBRUARY, YEAR, Year, on


def test_a_unit_registers_and_its_objectives_are_issued(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.bring(objectives, SetState.ISSUED)
    names = HistoryEntry.objects.of(objectives).values_list("transition", flat=True)
    assert list(names) == ["submit", "review", "approve", "issue"]
    assert (objectives.sign_position, objectives.sign_name) == ("GIÁM ĐỐC", "Phạm Quang Huy")


def test_the_departments_own_set_goes_from_the_secretary_to_approval(place: Year) -> None:
    objectives = place.draft(None)
    place.objective(objectives)
    assert place.step(objectives, "submit", "thuky").state == SetState.APPROVAL


def test_issuing_gives_two_numbers_and_freezes_four_files(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.bring(objectives, SetState.ISSUED)
    documents = list(ObjectiveDocument.objects.filter(objective_set=objectives).order_by("kind"))
    assert [(d.kind, d.reference, d.date) for d in documents] == [
        (DocumentKind.ACTIONS, "01/KH-SKHCN", date(YEAR, 2, 10)),
        (DocumentKind.TARGETS, "01/MTCL-SKHCN", date(YEAR, 2, 10)),
    ]
    frozen = [FrozenDocument.objects.get(object_id=d.pk, content_type__model="objectivedocument") for d in documents]
    assert [is_intact(one) for one in frozen] == [True, True]


def test_two_sets_share_the_series_without_a_hole(place: Year) -> None:
    for key in ("kh", "tc"):
        objectives = place.draft(key)
        place.objective(objectives)
        place.bring(objectives, SetState.ISSUED)
    numbers = (
        ObjectiveDocument.objects.filter(kind=DocumentKind.TARGETS).order_by("pk").values_list("number", flat=True)
    )
    assert list(numbers) == ["01", "02"]


@pytest.mark.parametrize(
    ("state", "name", "who"),
    [
        (SetState.DRAFT, "submit", "lan"),
        (SetState.DRAFT, "submit", "thuky"),
        (SetState.DRAFT, "submit", "truong2"),
        (SetState.REVIEW, "review", "truong"),
        (SetState.REVIEW, "return", "truong"),
        (SetState.APPROVAL, "approve", "thuky"),
        (SetState.APPROVAL, "approve", "pho"),
        (SetState.NUMBERING, "issue", "giamdoc"),
        (SetState.ISSUED, "close", "truong"),
    ],
)
def test_a_step_of_another_desk_is_refused(place: Year, state: SetState, name: str, who: str) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.bring(objectives, state)
    with pytest.raises(NotAllowed):
        place.step(objectives, name, who, comment="Không", data={"date": date(YEAR, 2, 10)})
    assert ObjectiveSet.objects.get(pk=objectives.pk).state == state


def test_whoever_wrote_on_it_neither_reviews_nor_approves(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.bring(objectives, SetState.REVIEW)
    objectives.editors.add(place["thuky"], place["giamdoc"])
    with pytest.raises(NotAllowed, match="không tự xem xét"):
        place.step(objectives, "review", "thuky")
    ObjectiveSet.objects.filter(pk=objectives.pk).update(state=SetState.APPROVAL)
    with pytest.raises(NotAllowed, match="không tự phê duyệt"):
        place.step(objectives, "approve", "giamdoc")


@pytest.mark.parametrize(
    ("state", "who"), [(SetState.REVIEW, "thuky"), (SetState.APPROVAL, "giamdoc"), (SetState.NUMBERING, "vanthu")]
)
def test_every_desk_gives_it_back_with_a_reason(place: Year, state: SetState, who: str) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.bring(objectives, state)
    with pytest.raises(Incomplete, match="lý do"):
        place.step(objectives, "return", who)
    back = place.step(objectives, "return", who, comment="Chỉ tiêu thấp hơn năm trước")
    assert (back.state, back.approved_by, back.reviewed_by) == (SetState.DRAFT, None, None)


def test_an_empty_set_is_not_registered(place: Year) -> None:
    with pytest.raises(Incomplete, match="mục tiêu đầu tiên"):
        place.step(place.draft(), "submit", "truong")


def test_a_unit_has_one_set_a_year_until_it_is_dropped(place: Year) -> None:
    objectives = place.draft()
    with pytest.raises(ValidationError, match="đã có bản mục tiêu"):
        place.draft()
    place.step(objectives, "drop", "truong", comment="Lập lại")
    assert place.draft().state == SetState.DRAFT


def test_the_department_has_one_set_a_year(place: Year) -> None:
    place.draft(None)
    with pytest.raises(ValidationError, match="Sở đã có"):
        place.draft(None)


@pytest.mark.parametrize("who", ["truong2", "thuky", "vanthu", "giamdoc"])
def test_only_a_units_own_people_draft_its_objectives(place: Year, who: str) -> None:
    with pytest.raises(PermissionDenied):
        start_set(agency=place.agency, year=YEAR, unit=place.unit("kh"), actor=place[who], at=FEBRUARY)


def test_the_leadership_and_groups_register_nothing(place: Year) -> None:
    with pytest.raises(PermissionDenied, match="phòng và đơn vị trực thuộc"):
        start_set(agency=place.agency, year=YEAR, unit=place.unit("ld"), actor=place["giamdoc"], at=FEBRUARY)


@pytest.mark.parametrize("day", [date(YEAR, 2, 9), date(YEAR, 2, 11)])
def test_the_day_of_issue_lies_between_the_signature_and_today(place: Year, day: date) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.bring(objectives, SetState.NUMBERING)
    with pytest.raises(ValidationError):
        place.step(objectives, "issue", "vanthu", data={"date": day})
    assert (ObjectiveDocument.objects.count(), Duty.objects.count(), Figure.objects.count()) == (0, 0, 0)


def test_closing_the_year_takes_back_what_is_still_owed(place: Year) -> None:
    objective = place.issued()
    place.bring(objective.objective_set, SetState.CLOSED, at=on(date(YEAR, 12, 31)))
    assert set(Duty.objects.values_list("state", flat=True)) == {"withdrawn"}


def told(place: Year, who: str) -> list[str]:
    return list(Message.objects.filter(user=place[who]).order_by("pk").values_list("title", flat=True))


def test_whoever_has_the_next_step_is_told(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    objectives = place.step(objectives, "submit", "truong")
    assert told(place, "thuky") == [f"Chờ anh chị xử lý: {objectives}"]
    objectives = place.step(objectives, "review", "thuky")
    assert told(place, "giamdoc") == [f"Chờ anh chị xử lý: {objectives}"]
    place.step(objectives, "return", "giamdoc", comment="Thấp")
    assert told(place, "truong") == [f"Bị trả lại: {objectives}"]
    assert [told(place, who) for who in ("lan", "truong2", "vanthu")] == [[], [], []]


def test_the_head_is_told_of_the_issue(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    place.bring(objectives, SetState.ISSUED)
    assert told(place, "truong") == [f"Đã ban hành: {objectives}"]
