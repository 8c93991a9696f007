"""Forms of the plan page: a step with its words, the number and day of issue, a view on the draft, an answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from plans.models import Plan
from qms.documents.actions import next_number
from qms.documents.models import LAST_NUMBER, RegisterSettings
from qms.organisation.forms.fields import Day, Words
from qms.organisation.models import Unit
from qms.workflow.engine import Transition


class StepForm(forms.Form):
    """One step; `comment` is the reason where the step asks for one, `proposed` the number that will be given."""

    comment = Words("Ý kiến kèm theo", 4_000, required=False)
    proposed = ""

    def __init__(self, transition: Transition, plan: Plan, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{transition.name}_%s")
        self.fields["comment"].required = transition.comment_required
        if transition.comment_required:
            self.fields["comment"].label = "Lý do"
        self.fields["comment"].error_messages["required"] = "Ghi lý do để người soạn biết cần sửa gì."

    def step_data(self) -> dict[str, Any]:
        """What the step needs beside its comment; the form is valid."""
        return {}


class IssueForm(StepForm):
    """The day of issue, and the number where it comes from elsewhere (NĐ 30/2020 Điều 15)."""

    date = Day("Ngày ban hành")
    number = forms.IntegerField(label="Số", min_value=1, max_value=LAST_NUMBER)

    field_order = ["number", "date", "comment"]

    def __init__(self, transition: Transition, plan: Plan, data: Any = None) -> None:
        super().__init__(transition, plan, data)
        today = timezone.localdate()
        self.fields["date"].initial = today
        settings = getattr(plan.agency, "register_settings", None) or RegisterSettings(agency_id=plan.agency_id)
        if settings.numbers_from_elsewhere:
            self.fields["number"].help_text = "Số do hệ thống văn bản điều hành cấp."
        else:
            del self.fields["number"]
            number = next_number(plan.agency, kind="KH", year=today.year, settings=settings)
            self.proposed = f"{number:02d}/{plan.symbol}"

    def step_data(self) -> dict[str, Any]:
        """The day, and the number if it was typed."""
        return {"date": self.cleaned_data["date"], "number": self.cleaned_data.get("number")}


def step_form(transition: Transition, plan: Plan, data: Any = None) -> StepForm:
    """The form that belongs to a step."""
    kind = IssueForm if transition.name == "issue" else StepForm
    return kind(transition, plan, data)


class CommentForm(forms.Form):
    """A view on the draft sent round; whoever leads several of `units` says for which one it is."""

    AGREES, REMARKS = "agree", "remark"
    answer = forms.ChoiceField(
        label="Ý kiến của đơn vị", choices=[(AGREES, "Thống nhất với dự thảo"), (REMARKS, "Có ý kiến góp ý")],
        widget=forms.RadioSelect, error_messages={"required": "Chọn thống nhất hoặc có ý kiến."},
    )  # fmt: skip
    unit = forms.ChoiceField(label="Của đơn vị", error_messages={"required": "Chọn đơn vị có ý kiến này."})
    task = forms.ChoiceField(label="Về nhiệm vụ", required=False)
    text = Words("Nội dung góp ý", 10_000, required=False, rows=4)

    def __init__(self, plan: Plan, units: Sequence[Unit], data: Any = None) -> None:
        super().__init__(data, auto_id="id_comment_%s")
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *((pk, unit.name) for pk, unit in self.units.items())]
        if len(units) < 2:
            del self.fields["unit"]
        rows = plan.tasks.order_by("phase__order", "phase__pk", "order", "pk").values_list("pk", "ordinal", "title")
        named = ((str(pk), f"{ordinal}. {title}"[:80]) for pk, ordinal, title in rows)
        self.fields["task"].choices = [("", "Toàn bộ dự thảo"), *named]

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit chosen, None where there is nothing to choose; the form is valid."""
        return self.units.get(self.cleaned_data.get("unit", ""))

    def clean(self) -> dict[str, Any]:
        """Remarks need words."""
        data = super().clean()
        if data.get("answer") == self.REMARKS and not data.get("text", "").strip():
            self.add_error("text", "Ghi nội dung góp ý, hoặc chọn thống nhất.")
        return data


class ReplyForm(forms.Form):
    """How a view was taken up."""

    reply = Words(
        "Tiếp thu, giải trình", 10_000, rows=2,
        error_messages={"required": "Ghi đã tiếp thu thế nào, hoặc vì sao không tiếp thu."},
    )  # fmt: skip


class AmendForm(forms.Form):
    """Why an issued plan has to be replaced."""

    reason = Words("Lý do điều chỉnh", 4_000)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_amend_%s")
