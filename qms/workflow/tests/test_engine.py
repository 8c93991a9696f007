"""The one door through which a state changes, tried on units that change their kind."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from qms.organisation.models import Agency, Position, PositionHolding, Unit, User
from qms.workflow.engine import (
    Incomplete,
    Missing,
    NotAllowed,
    Step,
    TooLate,
    Transition,
    Workflow,
    offers,
    perform,
    record,
)
from qms.workflow.models import HistoryEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 5, 6, 30, tzinfo=timezone.get_default_timezone())


def no_reason(unit: Unit, user: User) -> str:
    return ""


def only_heads(unit: Unit, user: User) -> str:
    return "" if user.username == "truong" else "Việc này của trưởng đơn vị."


def needs_a_short_name(unit: Unit) -> list[Missing]:
    return [] if unit.short_name else [Missing("tên viết tắt", "#ten")]


def rename(unit: Unit, step: Step) -> None:
    unit.name = f"{unit.name} ({step.data['word']})"


def break_down(unit: Unit, step: Step) -> None:
    unit.name = "đã đổi"
    unit.save()
    raise RuntimeError("on the way")


UNITS = Workflow(
    transitions=(
        Transition("grow", "Nâng lên", "nâng đơn vị lên", frozenset({"division"}), "affiliated", only_heads,
                   needs_a_short_name, rename),
        Transition("back", "Trả lại", "trả lại đơn vị", frozenset({"division", "affiliated"}), "group", no_reason,
                   comment_required=True, tone="danger"),
        Transition("follow", "Theo sau", "đi theo đơn vị khác", frozenset({"division"}), lambda u: u.note_target,
                   no_reason, internal=True),
        Transition("break", "Hỏng", "làm hỏng", frozenset({"division"}), "group", no_reason, effect=break_down),
    ),
    state_field="kind",
    snapshot=lambda unit: {"name": unit.name},
)  # fmt: skip


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(code="so", name="Sở Thử", abbreviation="ST", place="Sông")


@pytest.fixture
def unit(agency: Agency) -> Unit:
    return Unit.objects.create(agency=agency, kind="division", name="Phòng Thử", short_name="PT")


@pytest.fixture
def head(unit: Unit) -> User:
    user = User.objects.create(username="truong", full_name="Ngô Văn Thắng", agency=unit.agency)
    position = Position.objects.create(unit=unit, title="Trưởng phòng")
    PositionHolding.objects.create(position=position, user=user, valid_from=AT.date())  # yesterday in Greenwich
    return user


@pytest.fixture
def other() -> User:
    return User.objects.create(username="lan", full_name="Phan Thị Lan")


def take(unit: Unit, name: str, actor: User, **given: Any) -> Unit:
    return perform(UNITS, unit, name, actor=actor, at=AT, **given)


def as_stored(unit: Unit) -> tuple[str, str]:
    return Unit.objects.values_list("kind", "name").get(pk=unit.pk)


def test_a_step_changes_the_state_and_applies_its_effect(unit: Unit, head: User) -> None:
    take(unit, "grow", head, data={"word": "lớn"})
    assert as_stored(unit) == ("affiliated", "Phòng Thử (lớn)")


def test_a_step_is_written_down_in_words_that_stay(unit: Unit, head: User) -> None:
    take(unit, "grow", head, comment="  Xin nâng.  ", data={"word": "lớn"})
    head.full_name = "Tên Khác"
    head.save()
    entry = HistoryEntry.objects.of(unit).get()
    assert (entry.actor_name, entry.actor_title, entry.sentence) == ("Ngô Văn Thắng", "Trưởng phòng", "nâng đơn vị lên")
    assert (entry.source, entry.target, entry.comment, entry.at) == ("division", "affiliated", "Xin nâng.", AT)


def test_the_content_is_kept_as_it_stood_before_the_step(unit: Unit, head: User) -> None:
    take(unit, "grow", head, data={"word": "lớn"})
    assert HistoryEntry.objects.of(unit).get().snapshot == {"name": "Phòng Thử"}


def test_who_may_not_is_told_why_and_nothing_changes(unit: Unit, other: User) -> None:
    with pytest.raises(NotAllowed, match="Việc này của trưởng đơn vị"):
        take(unit, "grow", other, data={"word": "lớn"})
    assert (as_stored(unit), HistoryEntry.objects.count()) == (("division", "Phòng Thử"), 0)


def test_who_comes_second_is_told_and_nothing_changes(unit: Unit, head: User) -> None:
    seen_before = Unit.objects.get(pk=unit.pk)
    take(unit, "grow", head, data={"word": "lớn"})
    with pytest.raises(TooLate, match="hồ sơ đã chuyển sang bước khác"):
        take(seen_before, "grow", head, data={"word": "lớn hơn"})
    assert (as_stored(unit)[1], HistoryEntry.objects.count()) == ("Phòng Thử (lớn)", 1)


def test_the_state_in_hand_is_not_believed(unit: Unit, head: User) -> None:
    Unit.objects.filter(pk=unit.pk).update(kind="group")
    with pytest.raises(TooLate):
        take(unit, "grow", head, data={"word": "lớn"})


@pytest.mark.parametrize("comment", ["", "   ", "\n"])
def test_a_return_needs_its_reason(unit: Unit, other: User, comment: str) -> None:
    with pytest.raises(Incomplete) as refused:
        take(unit, "back", other, comment=comment)
    assert [lack.message for lack in refused.value.missing] == ["lý do"]


def test_what_is_missing_stops_the_step_and_is_listed(unit: Unit, head: User) -> None:
    Unit.objects.filter(pk=unit.pk).update(short_name="")
    with pytest.raises(Incomplete) as refused:
        take(unit, "grow", head, data={"word": "lớn"})
    assert (str(refused.value), refused.value.missing) == (
        "Còn thiếu: tên viết tắt.",
        [Missing("tên viết tắt", "#ten")],
    )


def test_who_may_not_is_refused_before_anything_is_said_to_be_missing(unit: Unit, other: User) -> None:
    Unit.objects.filter(pk=unit.pk).update(short_name="")
    with pytest.raises(NotAllowed):
        take(unit, "grow", other)


def test_a_step_that_fails_half_way_leaves_nothing_behind(unit: Unit, head: User) -> None:
    with pytest.raises(RuntimeError):
        take(unit, "break", head)
    assert (as_stored(unit), HistoryEntry.objects.count()) == (("division", "Phòng Thử"), 0)


def test_a_target_may_follow_from_the_object(unit: Unit) -> None:
    unit.note_target = "committee"
    assert UNITS["follow"].target_of(unit) == "committee"


def test_offers_are_the_steps_of_the_state_that_this_person_may_take(unit: Unit, head: User, other: User) -> None:
    assert [offer.transition.name for offer in offers(UNITS, unit, head)] == ["grow", "back", "break"]
    assert [offer.transition.name for offer in offers(UNITS, unit, other)] == ["back", "break"]


def test_an_offer_says_what_it_still_lacks(unit: Unit, head: User) -> None:
    unit.short_name = ""
    assert offers(UNITS, unit, head)[0].missing == [Missing("tên viết tắt", "#ten")]


def test_a_step_that_does_not_exist_is_a_key_error(unit: Unit, head: User) -> None:
    with pytest.raises(KeyError):
        take(unit, "jump", head)


def test_the_history_of_one_object_is_not_that_of_another(agency: Agency, unit: Unit, head: User) -> None:
    neighbour = Unit.objects.create(agency=agency, kind="division", name="Phòng Bên", short_name="PB")
    take(neighbour, "back", head, comment="Chưa rõ.")
    take(unit, "grow", head, data={"word": "lớn"})
    assert [entry.transition for entry in HistoryEntry.objects.of(unit)] == ["grow"]


def test_the_latest_row_of_each_object_can_be_asked_for_in_one_query(agency: Agency, unit: Unit, head: User) -> None:
    take(unit, "grow", head, data={"word": "lớn"})
    take(unit, "back", head, comment="Nhầm.")
    latest = HistoryEntry.objects.latest_of(Unit).values("transition")[:1]
    assert list(Unit.objects.annotate(last=latest).values_list("name", "last")) == [("Phòng Thử (lớn)", "back")]


def test_a_change_of_settings_is_written_down_without_states(unit: Unit, head: User) -> None:
    entry = record(unit, name="settings", sentence="đổi cách làm", actor=head, at=AT, comment="Từ hôm nay.")
    assert (entry.source, entry.target, entry.snapshot, str(entry)) == ("", "", None, "Ngô Văn Thắng đổi cách làm")
