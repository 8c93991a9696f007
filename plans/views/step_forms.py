"""Forms of the plan page: a step with its words, a view on the draft, an answer to it, why a plan is amended."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plans.models import Plan
from plans.workflow import SERIES
from qms.documents import forms as documents
from qms.documents.forms import StepForm
from qms.organisation.forms.fields import Words
from qms.organisation.models import Unit
from qms.workflow.engine import Transition


def step_form(transition: Transition, plan: Plan, data: Any = None) -> StepForm:
    """The form that belongs to a step; where the step asks for a reason, the form does."""
    form = documents.step_form(transition, plan, data, kind=SERIES)
    if transition.comment_required:
        form.demand_reason("Ghi lý do để người soạn biết cần sửa gì.")
    return form


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
