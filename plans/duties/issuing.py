"""The day of issue and the last day of a plan, as its workflow calls them."""

from datetime import datetime, timedelta

from django.utils import timezone

from qms.duties.enums import DutyState
from qms.organisation.models import User
from qms.workflow.engine import record

from ..models import Plan
from .fanout import Outcome, duties_of, open_missing
from .takeover import joined, take_over


def open_plan(plan: Plan, *, actor: User, at: datetime) -> Outcome:
    """Open the duties of a plan that is being issued; an amendment first takes over those of the plan it replaces.

    Doing it again changes nothing. The history of the plan says what was done.
    """
    taken = take_over(plan, at=at) if plan.replaces_id else Outcome()
    outcome = joined(taken, open_missing(plan, at=at))
    if outcome.sentence:
        after = at + timedelta(microseconds=1)  # in the history it follows the issue, which is written later
        record(plan, name="open_duties", sentence="giao việc", actor=actor, at=after, comment=outcome.sentence)
    return outcome


def close_plan(plan: Plan, *, at: datetime) -> int:
    """Withdraw what still waits: its event did not come this year. What is owed stays owed. Returns how many."""
    asleep = duties_of(plan.tasks.all()).filter(state=DutyState.DORMANT)
    return asleep.update(state=DutyState.WITHDRAWN, closed_on=timezone.localdate(at), changed_at=at)


def left_open(owed: int, asleep: int) -> str:
    """What closing a plan leaves behind, in a sentence; "" where nothing is."""
    parts = []
    if owed:
        parts.append(f"Còn {owed} việc chưa xong; đóng kế hoạch rồi các đơn vị vẫn phải báo cáo.")
    if asleep:
        parts.append(f"{asleep} việc chờ sự kiện sẽ được rút.")
    return " ".join(parts)
