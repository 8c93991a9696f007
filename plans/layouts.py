"""Writing layouts. A layout that an issued plan was printed with stays as it is; changing it makes a new one."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from qms.organisation.access import access_of, require
from qms.organisation.models import Agency, User

from .enums import PlanState
from .models import Plan, PlanLayout

FIELDS = ("name", "style", "columns", "annex_title", "landscape")


def why_not_manage(agency: Agency, user: User) -> str:
    """Layouts belong to whoever is charged with them in the agency."""
    allowed = access_of(user).may("manage_layouts", agency.pk)
    return "" if allowed else "Chỉ người được giao sửa mẫu trình bày làm được việc này."


@transaction.atomic
def save_layout(layout: PlanLayout, *, values: Mapping[str, Any], actor: User) -> PlanLayout:
    """Store a new or changed layout and return it.

    Where plans beyond the draft use it, a new layout is stored under a free name and the drafts move to it.
    Raises PermissionDenied, or ValidationError for a name that is taken.
    """
    require(why_not_manage(layout.agency, actor))
    if layout.pk:
        _hold(layout)
    if layout.pk and layout.plans.exclude(state=PlanState.DRAFT).exists():
        return _copy(layout, values)
    for name in FIELDS:
        setattr(layout, name, values[name])
    layout.full_clean()
    layout.save()
    return layout


@transaction.atomic
def remove_layout(layout: PlanLayout, *, actor: User) -> None:
    """Take out a layout that no plan uses."""
    require(why_not_manage(layout.agency, actor))
    _hold(layout)
    if layout.plans.exists():
        raise ValidationError("Mẫu này đang có kế hoạch dùng, không bỏ được.")
    layout.delete()


def _hold(layout: PlanLayout) -> None:
    """No plan with this layout takes a step, and none comes to it, until the transaction ends.

    The plans first, as a step does, which holds its plan before it reads the layout.
    """
    list(Plan.objects.select_for_update().filter(layout=layout).order_by("pk").values_list("pk"))
    if not PlanLayout.objects.select_for_update().filter(pk=layout.pk).exists():
        raise ValidationError("Mẫu này vừa bị người khác bỏ.")


def _copy(layout: PlanLayout, values: Mapping[str, Any]) -> PlanLayout:
    new = PlanLayout(agency=layout.agency, **{name: values[name] for name in FIELDS})
    new.name = _free_name(layout.agency, values["name"])
    new.full_clean()
    new.save()
    Plan.objects.filter(layout=layout, state=PlanState.DRAFT).update(layout=new)
    return new


def _free_name(agency: Agency, wanted: str) -> str:
    taken = set(PlanLayout.objects.filter(agency=agency).values_list("name", flat=True))
    candidates = [wanted, *(f"{wanted[:90]} ({number})" for number in range(2, len(taken) + 3))]
    return next(name for name in candidates if name not in taken)
