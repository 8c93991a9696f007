"""The plans that matter to somebody now: on the own desk, on somebody else's, or in force."""

from datetime import date

from django.db.models import BooleanField, Case, Q, Value, When

from qms.organisation.access import access_of
from qms.organisation.models import User

from .enums import PlanState
from .inbox import last_step, last_step_at, waits_for, with_drafted
from .models import Plan, PlanQuerySet

_PAST = (PlanState.REPLACED, PlanState.CLOSED, PlanState.DROPPED)


def plans_at_hand(user: User, *, today: date) -> PlanQuerySet:
    """In one query: `waits` says that the plan lies on this person's desk, `at_hand` that it is this or last year's

    plan of the own agency, in force or on its way; each with its last step.
    """
    own = access_of(user).agencies_with("read_agency")
    recent = Q(agency__in=own, year__gte=today.year - 1) & ~Q(state__in=_PAST)
    plans = with_drafted(Plan.objects.visible_to(user), user)
    plans = plans.annotate(waits=_whether(waits_for(user)), at_hand=_whether(recent))
    plans = plans.filter(Q(waits=True) | Q(at_hand=True)).annotate(last_step=last_step(), since=last_step_at())
    return plans.select_related("agency__plan_settings").order_by("year", "changed_at", "pk")


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
