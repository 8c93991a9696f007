"""Forms of the register."""

from typing import Any

from django import forms

from objectives.models import Objective
from qms.organisation.forms.fields import Line, Lines, OwnForm, Pick, Words
from qms.organisation.models import Agency, Unit, User
from qms.standards.models import Clause, Edition

from .levels import Scale
from .models import Issue, Party, RegisterRow, Risk


class RowForm(OwnForm):
    """What every row of the register asks for, after its own fields."""

    own: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, units: list[Unit], edition: Edition, row: RegisterRow | None = None, **kw: Any
    ) -> None:
        initial = {name: getattr(row, name) for name in (*self.own, "clause", "climate", "unit")} if row else {}
        super().__init__(*args, initial=initial | {"revision": row.revision if row else 1}, **kw)
        self.fields["unit"] = Pick("Đơn vị theo dõi", initial=units[0].pk if units and not row else None)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["clause"] = Pick("Điều khoản", required=False, empty_label="(không ghi)")
        self.fields["clause"].queryset = Clause.objects.filter(edition=edition)
        self.fields["climate"] = forms.BooleanField(label="Liên quan đến biến đổi khí hậu", required=False)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the row."""
        return {name: self.cleaned_data[name] for name in (*self.own, "clause", "climate")}


class IssueForm(RowForm):
    """ISO 9001 4.1."""

    own = ("side", "text", "effect", "response")
    side = forms.ChoiceField(
        label="Loại", choices=Issue.Side.choices, widget=forms.RadioSelect,
        error_messages={"required": "Chọn bên trong hay bên ngoài."},
    )  # fmt: skip
    text = Words("Vấn đề")
    effect = Words("Tác động đến hệ thống")
    response = Words("Cách theo dõi, xử lý", required=False)


class PartyForm(RowForm):
    """ISO 9001 4.2."""

    own = ("name", "needs", "follow_up")
    name = Line("Bên quan tâm", 300)
    needs = Words("Yêu cầu, mong đợi")
    follow_up = Words("Cách đáp ứng, theo dõi", required=False)


class RiskForm(RowForm):
    """ISO 9001 6.1. Its kind follows from the list it is added to."""

    own = ("process", "text", "cause", "consequence", "response", "owner", "issue", "party", "objective")
    process = Line("Quá trình, công việc", 300)
    text = Words("Mô tả")
    cause = Words("Nguyên nhân", required=False, rows=2)
    consequence = Words("Hậu quả, lợi ích", required=False, rows=2)
    response = Words("Biện pháp đang có", required=False, rows=2)

    def __init__(self, *args: Any, agency: Agency, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picks = {
            "owner": ("Người chịu trách nhiệm", User.objects.filter(agency=agency, is_active=True)),
            "issue": ("Từ vấn đề", Issue.objects.visible_to(user).filter(agency=agency).standing()),
            "party": ("Từ bên quan tâm", Party.objects.visible_to(user).filter(agency=agency).standing()),
            "objective": ("Ảnh hưởng đến mục tiêu", _objectives(agency, user)),
        }
        for name, (label, rows) in picks.items():
            self.fields[name] = Pick(label, required=False, empty_label="(không ghi)", words=_short)
            self.fields[name].queryset = rows


def _objectives(agency: Agency, user: User) -> Any:
    found = Objective.objects.visible_to(user).filter(objective_set__agency=agency, objective_set__state="issued")
    return found.order_by("-objective_set__year", "order", "pk")


def _short(row: Any) -> str:
    text = str(getattr(row, "statement", row))
    return text if len(text) <= 90 else f"{text[:89]}…"


class AssessForm(OwnForm):
    """Likelihood and effect, by the words of the agency's scale."""

    likelihood = forms.TypedChoiceField(label="Khả năng xảy ra", coerce=int, error_messages={"required": "Chọn mức."})
    effect = forms.TypedChoiceField(label="Mức độ ảnh hưởng", coerce=int, error_messages={"required": "Chọn mức."})
    note = Words("Nhận xét", required=False, rows=2)

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("likelihood", scale.likelihoods), ("effect", scale.effects)):
            self.fields[name].choices = [
                ("", "(chọn)"),
                *((n, f"{n}. {word}") for n, word in enumerate(words, start=1)),
            ]


class ActionForm(OwnForm):
    """What is done, by whom, until when in the words of a plan."""

    text = Words("Biện pháp", rows=2)
    unit = Pick("Đơn vị thực hiện")
    person = Pick("Người thực hiện", required=False, empty_label="(cả đơn vị)")
    timing_text = Line("Thời gian", 300, help_text="Như trong kế hoạch: Trước ngày 05/11/2026, Quý II, Hằng tháng.")

    def __init__(self, *args: Any, agency: Agency, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["person"].queryset = User.objects.filter(agency=agency, is_active=True)


class JudgeForm(OwnForm):
    """Whether an action worked."""

    effective = forms.TypedChoiceField(
        label="Biện pháp", coerce=lambda value: value == "1", widget=forms.RadioSelect,
        choices=[("1", "có hiệu lực"), ("0", "chưa có hiệu lực")], error_messages={"required": "Chọn một trả lời."},
    )  # fmt: skip
    verdict = Words("Nhận xét", required=False, rows=2)


class RetireForm(OwnForm):
    """Why it no longer holds."""

    reason = Line("Lý do thôi theo dõi", 300)


class ScaleForm(OwnForm):
    """The agency's scale; a level per line, "3 - thấp"."""

    size = forms.IntegerField(label="Số mức của mỗi chiều", error_messages={"invalid": "Ghi một số, như 5."})
    likelihoods = Lines("Khả năng xảy ra, mỗi dòng một mức từ thấp đến cao")
    effects = Lines("Mức độ ảnh hưởng, mỗi dòng một mức từ thấp đến cao")
    levels = Lines("Các mức theo điểm, mỗi dòng: điểm cao nhất - tên mức", help_text="Ví dụ: 3 - thấp")
    act_from = forms.IntegerField(label="Phải có biện pháp từ điểm", error_messages={"invalid": "Ghi một số, như 9."})

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        initial = {
            "size": scale.size, "likelihoods": list(scale.likelihoods), "effects": list(scale.effects),
            "levels": [f"{score} - {name}" for score, name in scale.levels], "act_from": scale.act_from,
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)

    def clean_levels(self) -> tuple[tuple[int, str], ...]:
        pairs = [line.partition("-") for line in self.cleaned_data["levels"]]
        if not all(score.strip().isdecimal() and name.strip() for score, _, name in pairs):
            raise forms.ValidationError("Mỗi dòng ghi điểm cao nhất, dấu gạch, tên mức: 3 - thấp.")
        return tuple((int(score.strip()[:6]), name.strip()[:50]) for score, _, name in pairs)

    @property
    def scale(self) -> Scale:
        """What was asked for."""
        data = self.cleaned_data
        words = (tuple(data["likelihoods"]), tuple(data["effects"]))
        return Scale(data["size"], data["levels"], data["act_from"], *words)


FORMS: dict[type[RegisterRow], type[RowForm]] = {Issue: IssueForm, Party: PartyForm, Risk: RiskForm}
