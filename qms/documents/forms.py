"""Forms of the steps on the way to an issued document: a reason, the day of issue, the number."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from qms.organisation.forms.fields import Day, OwnForm, Words
from qms.organisation.models import User
from qms.workflow.engine import Offer, Transition, Workflow, offers

from .actions import next_number
from .models import LAST_NUMBER, RegisterSettings


class StepForm(OwnForm):
    """One step; `comment` is the reason where the step asks for one, `proposed` what will be given as number."""

    comment = Words("Ý kiến kèm theo", 4_000, required=False)
    proposed: str | list[str] = ""

    def __init__(self, transition: Transition, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{transition.name}_%s")
        if transition.comment_required:
            self.fields["comment"].label = "Lý do"

    def demand_reason(self, sentence: str) -> None:
        """Without a reason the form itself is refused, with that sentence."""
        self.fields["comment"].required = True
        self.fields["comment"].error_messages["required"] = sentence

    def step_data(self) -> dict[str, Any]:
        """What the step needs beside its comment; the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "comment"}


class IssueForm(StepForm):
    """The day of issue, and the number where it comes from elsewhere (NĐ 30/2020 Điều 15).

    `obj` has an agency and a symbol; `kind` is the abbreviation of its type ("KH", "BC").
    """

    date = Day("Ngày ban hành")
    number = forms.IntegerField(label="Số", min_value=1, max_value=LAST_NUMBER)

    field_order = ["number", "date", "comment"]

    def __init__(self, transition: Transition, obj: Any, data: Any = None, *, kind: str) -> None:
        super().__init__(transition, data)
        today = timezone.localdate()
        self.fields["date"].initial = today
        settings = getattr(obj.agency, "register_settings", None) or RegisterSettings(agency_id=obj.agency_id)
        if settings.numbers_from_elsewhere:
            self.fields["number"].help_text = "Số do hệ thống văn bản điều hành cấp."
        else:
            del self.fields["number"]
            number = next_number(obj.agency, kind=kind, year=today.year, settings=settings)
            self.proposed = f"{number:02d}/{obj.symbol}"


def step_form(transition: Transition, obj: Any, data: Any = None, *, kind: str) -> StepForm:
    """The form that belongs to a step of a document."""
    return IssueForm(transition, obj, data, kind=kind) if transition.name == "issue" else StepForm(transition, data)


def offered(
    workflow: Workflow, obj: Any, user: User, *, kind: str, refused: Mapping[str, forms.Form]
) -> list[tuple[Offer, forms.Form]]:
    """The steps this person may take now, each with its form; `refused` are forms by step, with what was typed."""
    steps = offers(workflow, obj, user)
    return [(o, refused.get(o.transition.name) or step_form(o.transition, obj, kind=kind)) for o in steps]
