"""The one door through which a state changes.

A room declares its transitions as a table (`plans/workflow.py` reads like the regulation) and calls `perform`.
In one transaction `perform` locks the row, re-reads the state, asks the rule, asks what is missing, applies the stamps,
saves, and writes the history row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from qms.notifications.actions import Telling, notify
from qms.organisation.models import User
from qms.organisation.selectors import title_of
from qms.text import nfc

from .models import HistoryEntry


class Refused(Exception):
    """A state change that may not happen; the message is a sentence for the person who asked."""


class NotAllowed(Refused):
    """The person may not take this step."""


class TooLate(Refused):
    """The object has left the state this step starts from, usually because somebody else was first."""


class Incomplete(Refused):
    """Something is missing; `missing` lists what."""

    def __init__(self, missing: list["Missing"]) -> None:
        self.missing = missing
        super().__init__("Còn thiếu: " + "; ".join(m.message for m in missing) + ".")


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking, and the anchor of the place where it is put right."""

    message: str
    where: str = ""


@dataclass(frozen=True)
class Step:
    """What a rule and an effect may know of the change under way. `data` carries the step's own arguments."""

    actor: User
    at: datetime
    comment: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def _nothing_missing(obj: Any) -> list[Missing]:
    return []


def _no_effect(obj: Any, step: Step) -> None:
    return None


def _nobody_told(obj: Any, entry: HistoryEntry) -> Iterable[Telling]:
    return ()


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    `label` stands on the button, `sentence` in the history ("phê duyệt kế hoạch"). `target` is a state, or a function
    of the object where steps may be switched off. `why_not(obj, user)` gives the reason a person may not, or "".
    `effect` stamps. `internal`: the step follows from a step of another object, nobody takes it by itself.
    """

    name: str
    label: str
    sentence: str
    sources: frozenset[str]
    target: str | Callable[[Any], str]
    why_not: Callable[[Any, User], str]
    missing: Callable[[Any], list[Missing]] = _nothing_missing
    effect: Callable[[Any, Step], None] = _no_effect
    comment_required: bool = False
    tone: str = "primary"
    internal: bool = False

    def target_of(self, obj: Any) -> str:
        return self.target(obj) if callable(self.target) else self.target


@dataclass(frozen=True)
class Workflow:
    """The transitions of one model. `snapshot` keeps the content as it stood at each step (NĐ 30/2020 Phụ lục VI).

    `tellings` says who hears of a step; the messages are written in its transaction, under keys of its history row.
    """

    transitions: tuple[Transition, ...]
    state_field: str = "state"
    snapshot: Callable[[Any], Any] = lambda obj: None
    tellings: Callable[[Any, HistoryEntry], Iterable[Telling]] = _nobody_told

    def __getitem__(self, name: str) -> Transition:
        found = next((t for t in self.transitions if t.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def leaving(self, state: str) -> list[Transition]:
        """The transitions that start from a state, in the order of the table."""
        return [t for t in self.transitions if state in t.sources]


@dataclass(frozen=True)
class Offer:
    """A step that this person may take, and what it still lacks."""

    transition: Transition
    missing: list[Missing]


def offers(workflow: Workflow, obj: Any, user: User) -> list[Offer]:
    """The steps this person may take now, each with its checklist."""
    steps = workflow.leaving(getattr(obj, workflow.state_field))
    return [Offer(t, t.missing(obj)) for t in steps if not t.internal and not t.why_not(obj, user)]


@transaction.atomic
def perform(
    workflow: Workflow,
    obj: models.Model,
    name: str,
    *,
    actor: User,
    at: datetime,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
) -> Any:
    """Take one step and return the object as saved. Raises `Refused` in one of its kinds; then nothing changed."""
    transition = workflow[name]
    locked = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    source = getattr(locked, workflow.state_field)
    _check(transition, locked, source, actor, comment)
    step = Step(actor=actor, at=at, comment=nfc(comment).strip(), data=data or {})
    snapshot = workflow.snapshot(locked)
    target = transition.target_of(locked)
    setattr(locked, workflow.state_field, target)
    transition.effect(locked, step)
    locked.save()
    entry = _record(locked, transition, step, source, target, snapshot)
    notify(workflow.tellings(locked, entry), at=at)
    return locked


def _check(transition: Transition, obj: Any, source: str, actor: User, comment: str) -> None:
    if source not in transition.sources:
        raise TooLate(f"Không thể {transition.label.lower()}: hồ sơ đã chuyển sang bước khác. Tải lại trang để xem.")
    reason = transition.why_not(obj, actor)
    if reason:
        raise NotAllowed(reason)
    if transition.comment_required and not comment.strip():
        raise Incomplete([Missing("lý do")])
    missing = transition.missing(obj)
    if missing:
        raise Incomplete(missing)


def _record(obj: Any, transition: Transition, step: Step, source: str, target: str, snapshot: Any) -> HistoryEntry:
    return record(
        obj, name=transition.name, sentence=transition.sentence, actor=step.actor, at=step.at,
        comment=step.comment, source=source, target=target, snapshot=snapshot,
    )  # fmt: skip


def record(obj: Any, *, name: str, sentence: str, actor: User, at: datetime, **further: Any) -> HistoryEntry:
    """Write one row of history; `further` are its other fields. The object belongs to an agency.

    For what changes without a change of state: settings, for example.
    """
    return HistoryEntry.objects.create(
        agency_id=obj.agency_id,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        transition=name,
        sentence=sentence,
        actor=actor,
        actor_name=str(actor),
        actor_title=title_of(actor, on=timezone.localdate(at)),
        at=at,
        **further,
    )
