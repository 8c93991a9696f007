"""What waits for whom: the rules of `rules.py` as filters, so that a desk costs one query however full it is."""

from datetime import date
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from qms.organisation.access import access_of
from qms.organisation.enums import UnitKind
from qms.organisation.models import PositionHolding, Unit, User
from qms.organisation.models.periods import in_force
from qms.workflow.models import HistoryEntry

from .desks import DESKS, Desk
from .enums import PlanState
from .models import Plan, PlanComment, PlanQuerySet

ASKED_KINDS = (UnitKind.DIVISION, UnitKind.AFFILIATED)
"""The units whose view is asked for when a draft is sent round."""


def waiting_for(user: User) -> PlanQuerySet:
    """Plans on this person's desk, oldest first, in one query: the rules (`rules.py`) as a filter.

    A head finds here also the drafts sent round that the head's unit has not answered yet.
    """
    return with_drafted(Plan.objects.visible_to(user), user).filter(waits_for(user)).order_by("changed_at", "pk")


def with_drafted(plans: PlanQuerySet, user: User) -> PlanQuerySet:
    """What `waits_for` asks of each plan: whether this person drafted it."""
    return plans.alias(drafted=Exists(Plan.editors.through.objects.filter(plan=OuterRef("pk"), user=user)))


def waits_for(user: User) -> Q:
    """The filter of `waiting_for`, for plans read `with_drafted`."""
    return _on_desk(user) | _unanswered(user)


_STEP = {"name": "transition", "sentence": "sentence", "who": "actor_name", "comment": "comment"}


def last_step(*names: str) -> Subquery:
    """For an annotation of plans: {"name", "sentence", "who", "comment"} of the last step, or some of them, or None."""
    step = JSONObject(**{name: _STEP[name] for name in names or _STEP})
    return Subquery(HistoryEntry.objects.latest_of(Plan).values(step=step)[:1])


def last_step_at() -> Subquery:
    """For an annotation of plans: when the last step was taken, or None."""
    return Subquery(HistoryEntry.objects.latest_of(Plan).values("at")[:1])


def desk_rows(user: User) -> list[tuple[Plan, Desk]]:
    """The plans that wait for this person with what the list shows of them, and the desk each lies on."""
    plans = waiting_for(user).select_related("agency").annotate(last_step=last_step(), since=last_step_at())
    return [(plan, DESKS[PlanState(plan.state)]) for plan in plans]


def asked_units(plan: Plan, *, on: date) -> QuerySet[Unit]:
    """The units whose view is asked for, each with `answered`."""
    answers = PlanComment.objects.filter(plan=plan, unit=OuterRef("pk"))
    units = Unit.objects.in_force(on).filter(agency=plan.agency_id, kind__in=ASKED_KINDS)
    return units.annotate(answered=Exists(answers))


def units_around(plan: Plan, reader: User, *, on: date) -> tuple[list[Unit], list[Unit]]:
    """The units whose view is asked for, each with `answered`, and those for which this person speaks; one query."""
    held = PositionHolding.objects.effective(on).filter(user=reader, position__unit=OuterRef("pk"))
    rank = Subquery(held.order_by("position__rank").values("position__rank")[:1])
    answers = PlanComment.objects.filter(plan=plan, unit=OuterRef("pk"))
    units = Unit.objects.filter(agency=plan.agency_id).annotate(rank=rank, answered=Exists(answers))
    found = list(units.filter(in_force(on), Q(kind__in=ASKED_KINDS) | Q(rank__isnull=False)))
    own = (unit for unit in found if unit.rank is not None)
    return [unit for unit in found if unit.kind in ASKED_KINDS], sorted(own, key=attrgetter("rank"))


def _on_desk(user: User) -> Q:
    access = access_of(user)
    found = Q(pk__in=[])
    for desk in DESKS.values():
        agencies = access.agencies_with(desk.permission)
        if desk.permission == "draft_plan" and not access.units:  # the consultant drafts, the agency submits
            agencies = frozenset()
        sits = Q(state=desk.state, agency__in=agencies)
        others = Q(drafted=False) & ~Q(author=user)
        found |= sits & (others if desk.separate else others | Q(from_paper=False))
    return found


def _unanswered(user: User) -> Q:
    access = access_of(user)
    answers = PlanComment.objects.filter(plan=OuterRef(OuterRef("pk")), unit=OuterRef("pk"))
    owing = Unit.objects.filter(
        ~Exists(answers), pk__in=access.units_with("lead_unit"), kind__in=ASKED_KINDS, agency=OuterRef("agency")
    )
    return Q(Exists(owing), state=PlanState.CONSULTATION, agency__in=access.agencies_with("comment_plan"))
