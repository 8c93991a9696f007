"""What the page of one risk shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType

from qms.duties.marks import duty_mark
from qms.duties.models import Duty
from qms.marks import Mark
from qms.organisation.models import User

from . import rules
from .forms import JudgeForm
from .listing import Shelf
from .models import Risk, RiskAction
from .selectors import scale_of


@dataclass(frozen=True)
class ActionRow:
    """An action, its duties with their marks, and the form by which this person may judge it, if so."""

    action: RiskAction
    duties: list[tuple[Duty, Mark]]
    form: Any = None


def risk_context(risk: Risk, shelf: Shelf, user: User, forms: dict[str, Any], *, today: date) -> dict[str, Any]:
    """Everything for `context/risk.html`."""
    assessments = list(risk.assessments.all())
    last = assessments[-1] if assessments else None
    scale = scale_of(risk.agency)
    return {
        "risk": risk, "shelf": shelf, "assessments": assessments, "last": last, "scale": scale, "today": today,
        "actions": _actions(risk, user, forms, today), "forms": forms,
        "must_act": bool(last and scale.must_act(last.score)),
        "why_not": rules.why_not_change(risk, user),
    }  # fmt: skip


def _actions(risk: Risk, user: User, forms: dict[str, Any], today: date) -> list[ActionRow]:
    actions = list(risk.actions.select_related("unit", "person", "judged_by"))
    kind = ContentType.objects.get_for_model(RiskAction)
    duties: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(content_type=kind, object_id__in=[a.pk for a in actions]).order_by("pk"):
        duties[duty.object_id].append(duty)
    return [_row(action, risk, duties[action.pk], user, forms, today) for action in actions]


def _row(
    action: RiskAction, risk: Risk, duties: list[Duty], user: User, forms: dict[str, Any], today: date
) -> ActionRow:
    action.risk = risk
    form = forms.get(f"judge-{action.pk}")
    if form is None and not rules.why_not_judge(action, duties[-1] if duties else None, user):
        form = JudgeForm(prefix=f"judge-{action.pk}")
    return ActionRow(action, [(duty, duty_mark(duty, today)) for duty in duties], form)
