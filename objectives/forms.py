"""Forms of objectives: types and words. What is allowed and what is written is asked of `actions` and `measuring`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from qms.documents.actions import next_number
from qms.documents.forms import StepForm
from qms.documents.models import LAST_NUMBER
from qms.duties.actions import Proof
from qms.duties.forms import Files
from qms.organisation.forms.fields import Day, Line, Lines, OwnForm, Pick, Words
from qms.organisation.models import Unit, User
from qms.organisation.selectors import people_with_title, person_words
from qms.standards.models import Clause
from qms.workflow.engine import Transition

from .documents import SERIES, symbol_of
from .enums import ABOVE, DocumentKind, Level, SetState
from .figures import NotAFigure, figure_text, read_figure, read_number
from .measuring import Given
from .models import Figure, Objective, ObjectiveSet
from .rules import REGISTERING
from .terms import Direction, Formula, Gathering, Measure, PeriodKind

_LINKS = ("serves", "unit", "person", "clause")
NUMBER = {"inputmode": "decimal", "autocomplete": "off", "class": "form-short"}


class FigureField(forms.CharField):
    """A number as written here: "95,5", "1.250", "95,5 %"."""

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=NUMBER)
        errors = {"required": f"Ghi {label[0].lower()}{label[1:]}."}
        super().__init__(label=label, required=required, widget=widget, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_number(text)
        except NotAFigure as error:
            raise forms.ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        return figure_text(value, places=6) if isinstance(value, Decimal) else value


class RegistrationForm(OwnForm):
    """Until when units register, and how soon a figure follows its period."""

    register_by = Day("Hạn đăng ký")
    figure_days = forms.IntegerField(
        label="Nộp số liệu trong bao nhiêu ngày sau kỳ", min_value=1, max_value=60, initial=5,
        help_text="Gặp ngày nghỉ thì chuyển sang ngày làm việc tiếp theo.",
    )  # fmt: skip
    note = Words("Hướng dẫn cho các đơn vị", required=False)


class HeadForm(OwnForm):
    """The texts around the table."""

    bases = Lines("Căn cứ", required=False, help_text="Mỗi dòng một căn cứ.")
    intro = Words("Câu dẫn", required=False, rows=2)
    carrying_out = Words("Tổ chức thực hiện", required=False, rows=4)
    recipients = Lines("Nơi nhận", required=False, help_text="Mỗi dòng một nơi nhận.")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ObjectiveForm(OwnForm):
    """One objective."""

    serves = Pick("Phục vụ mục tiêu của cấp trên", required=False, empty_label="(chưa gắn với mục tiêu nào)")
    level = forms.ChoiceField(label="Cấp", choices=[(x.value, x.label) for x in (Level.DIVISION, Level.PERSON)])
    statement = Words("Mục tiêu", rows=2)
    indicator = Words("Chỉ số đo", required=False, rows=2)
    measure = forms.ChoiceField(label="Số liệu nhập mỗi kỳ", choices=Measure.choices(), initial=Measure.NUMBER.value)
    unit_of_measure = Line("Đơn vị tính", 50, required=False, help_text="%, hồ sơ, ngày, lớp…")
    numerator_label = Line("Tử số là", 200, required=False)
    denominator_label = Line("Mẫu số là", 200, required=False)
    method = Words("Cách tính", required=False, rows=2)
    direction = forms.ChoiceField(label="Chiều", choices=Direction.choices(), initial=Direction.AT_LEAST.value)
    target = FigureField("Chỉ tiêu", help_text="Ghi như 95,5 hoặc 1.250.")
    upper = FigureField("Đến", help_text="Chỉ khi chọn trong khoảng.")
    baseline = FigureField("Mức hiện nay")
    period = forms.ChoiceField(label="Kỳ đo", choices=PeriodKind.choices(), initial=PeriodKind.QUARTER.value)
    gathering = forms.ChoiceField(
        label="Số liệu cả năm", choices=Gathering.choices(), initial=Gathering.LATEST.value
    )  # fmt: skip
    formula = forms.ChoiceField(label="Số liệu từ đâu", choices=Formula.choices(), initial=Formula.OWN.value)
    weight = FigureField("Trọng số", help_text="Khi cấp trên lấy trung bình theo trọng số.")
    due_on = Day("Thời hạn")
    unit = Pick("Đơn vị chịu trách nhiệm")
    person = Pick("Người chịu trách nhiệm", required=False, words=person_words, empty_label="(cả đơn vị)")
    place = Line("Nơi thực hiện", 300, required=False)
    basis = Words("Căn cứ (nhiệm vụ năm)", required=False, rows=2)
    clause = Pick("Điều khoản của tiêu chuẩn", required=False, empty_label="(không ghi)")
    resources = Words("Nguồn lực", required=False, rows=2)
    monitoring = Words("Phương pháp theo dõi", required=False, rows=2)
    evidence_required = forms.BooleanField(label="Số liệu phải có minh chứng", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, objectives: ObjectiveSet, row: Objective | None = None, **kwargs: Any) -> None:
        self.objectives = objectives
        super().__init__(*args, initial=_initial(objectives, row), **kwargs)
        today = timezone.localdate()
        if objectives.unit_id is None:
            del self.fields["level"], self.fields["serves"], self.fields["weight"]
        else:
            self.fields["serves"].queryset = _above(objectives, row)
            self.fields["serves"].label_from_instance = lambda above: f"{above.get_level_display()}: {above}"[:140]
        units = Unit.objects.in_force(today).filter(agency=objectives.agency_id, kind__in=REGISTERING)
        self.fields["unit"].queryset = units
        self.fields["person"].queryset = _people(objectives, today)
        self.fields["clause"].queryset = Clause.objects.filter(edition=objectives.edition_id)
        self.fields["clause"].help_text = _clause_help(objectives, row)

    def clean_weight(self) -> Decimal:
        """One where nothing is said."""
        return self.cleaned_data.get("weight") or Decimal(1)

    def clean(self) -> dict[str, Any]:
        """What belongs together; figures that the direction does not use are left out."""
        data = super().clean()
        direction = data.get("direction")
        if direction == Direction.MILESTONE:
            data |= {"measure": Measure.MILESTONE.value, "target": None, "upper": None, "formula": Formula.OWN.value}
        elif data.get("measure") == Measure.MILESTONE:
            self.add_error("measure", "Ngày đạt mốc chỉ dùng khi chiều là “đạt một mốc trước hạn”.")
        elif data.get("target") is None and "target" not in self.errors:
            self.add_error("target", "Ghi chỉ tiêu.")
        self._check_bounds(data)
        if data.get("level") == Level.PERSON and not data.get("person"):
            self.add_error("person", "Mục tiêu cá nhân phải ghi người chịu trách nhiệm.")
        own = data.get("formula", Formula.OWN) == Formula.OWN and data.get("measure") != Measure.RATIO
        if data.get("gathering") == Gathering.RATIO_OF_SUMS and own:
            self.add_error("gathering", "Cộng tử số, mẫu số chỉ dùng khi nhập tử số và mẫu số.")
        return data

    def _check_bounds(self, data: dict[str, Any]) -> None:
        if data.get("direction") != Direction.WITHIN:
            data["upper"] = None
        elif data.get("upper") is None or (data.get("target") is not None and data["upper"] < data["target"]):
            self.add_error("upper", "Ghi cận trên, không nhỏ hơn cận dưới.")

    def fields_to_store(self) -> dict[str, Any]:
        """What `actions.save_objective` takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return {"level": Level.DEPARTMENT.value, "serves": None, "weight": Decimal(1), **data}


def _initial(objectives: ObjectiveSet, row: Objective | None) -> dict[str, Any]:
    if row is None:
        unit = objectives.unit_id
        return {
            "unit": unit, "due_on": date(objectives.year, 12, 31), "place": objectives.unit or objectives.agency,
            "level": Level.DIVISION.value, "revision": 0,
        }  # fmt: skip
    names = [name for name in ObjectiveForm.base_fields if name not in _LINKS]
    values = {name: getattr(row, name) for name in names}
    return values | {name: getattr(row, f"{name}_id") for name in _LINKS}


def _clause_help(objectives: ObjectiveSet, row: Objective | None) -> str:
    """The edition; and the clause of last year where the new edition leaves a choice of what it became."""
    if row is None or row.clause_id or row.carried_from is None or row.carried_from.clause is None:
        return f"Theo {objectives.edition}."
    before = row.carried_from.clause
    return f"Năm trước ghi {before} ({before.edition}). Chọn điều tương ứng của {objectives.edition}."


def _above(objectives: ObjectiveSet, row: Objective | None) -> Any:
    """What an objective of that unit may serve: the department's, and for a person's the unit's own."""
    of_department = Q(level=Level.DEPARTMENT)
    of_unit = Q(level=ABOVE[Level.PERSON], objective_set__unit=objectives.unit_id)
    found = Objective.objects.filter(
        of_department | of_unit, objective_set__agency=objectives.agency_id, objective_set__year=objectives.year
    ).exclude(objective_set__state=SetState.DROPPED)
    return found.exclude(pk=row.pk if row else None).order_by("objective_set__unit__order", "order", "pk")


def _people(objectives: ObjectiveSet, today: date) -> Any:
    people = User.objects.filter(agency=objectives.agency_id, is_active=True)
    if objectives.unit_id:
        people = people.filter(holdings__position__unit=objectives.unit_id).distinct()
    return people_with_title(people, on=today)


class StepRowForm(OwnForm):
    """One step; a row without words is no step."""

    text = Words("Biện pháp", required=False, rows=2)
    timing_text = Line("Thời gian", 500, required=False, help_text="Như trong kế hoạch: Quý II, trước ngày 30/9…")
    support_text = Line("Phối hợp", 500, required=False)
    result = Line("Kết quả cần có", 500, required=False)


StepRows = forms.formset_factory(StepRowForm, extra=2, max_num=30)


class FigureForm(OwnForm):
    """The figure of one period, as short as the objective allows; a miss and a closed period ask for more."""

    value = FigureField("Số liệu của kỳ")
    numerator = FigureField("Tử số")
    denominator = FigureField("Mẫu số")
    reached_on = Day("Ngày đạt mốc", required=False)
    nothing_arose = forms.BooleanField(label="Không phát sinh trong kỳ", required=False)
    note = Words("Ghi chú", required=False, rows=2)
    files = Files(label="Minh chứng", required=False)
    link = forms.URLField(label="Liên kết đến minh chứng", required=False, max_length=500, assume_scheme="https")
    cause = Words("Vì sao không đạt", required=False, rows=3)
    correction = Words("Đã xử lý ngay thế nào", required=False, rows=2)
    action = Words("Làm gì để không lặp lại", required=False, rows=2)
    reason = Words("Lý do đính chính", required=False, rows=2)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    SHAPES = {
        Measure.NUMBER: ("value", "nothing_arose"),
        Measure.RATIO: ("numerator", "denominator", "nothing_arose"),
        Measure.MILESTONE: ("reached_on",),
    }

    def __init__(self, *args: Any, figure: Figure, today: date, **kwargs: Any) -> None:
        self.figure, self.today = figure, today
        objective = figure.objective
        shape = self.SHAPES[Measure(objective.measure)]
        initial = {name: getattr(figure, name) for name in (*shape, "note", "revision")}
        super().__init__(*args, initial=initial, **kwargs)
        for name in {name for names in self.SHAPES.values() for name in names} - set(shape):
            del self.fields[name]
        if not figure.is_locked(today):
            del self.fields["reason"]
        self._name_fields(objective)

    def _name_fields(self, objective: Objective) -> None:
        unit = objective.unit_of_measure
        if "value" in self.fields:
            self.fields["value"].label = f"{objective.indicator or 'Số liệu của kỳ'}{f' ({unit})' if unit else ''}"
            self.fields["value"].help_text = "Ghi như 95,5 hoặc 1.250."
        if "numerator" in self.fields:
            self.fields["numerator"].label = objective.numerator_label or "Tử số"
            self.fields["denominator"].label = objective.denominator_label or "Mẫu số"
            self.fields["numerator"] = _ShareField(self.fields["numerator"])
        if objective.evidence_required:
            self.fields["files"].help_text = "Phải có minh chứng."

    def clean(self) -> dict[str, Any]:
        """ "12/13" in the first of two boxes fills both."""
        data = super().clean()
        share = data.get("numerator")
        if isinstance(share, tuple):
            data["numerator"], data["denominator"] = share
            self.errors.pop("denominator", None)
        return data

    def given(self) -> Given:
        """What `measuring.enter_figure` takes."""
        names = (
            "value", "numerator", "denominator", "reached_on", "nothing_arose", "note", "cause", "correction", "action"
        )  # fmt: skip
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if given.get("nothing_arose"):
            given |= {name: None for name in ("value", "numerator", "denominator") if name in given}
        return Given(**given)

    def proofs(self) -> list[Proof]:
        """The evidence, dated on the last day of the period or today."""
        day = min(self.figure.ends_on, self.today)
        proofs = [Proof(day, upload=file) for file in self.cleaned_data["files"]]
        return [*proofs, Proof(day, link=self.cleaned_data["link"])] if self.cleaned_data["link"] else proofs

    def take_errors(self, errors: dict[str, list[str]]) -> None:
        """Errors of the rules beside their fields; those of the figure beside its first box."""
        boxes = [name for names in self.SHAPES.values() for name in names if name in self.fields]
        for name, words in errors.items():
            where = {"figure": boxes[0], "evidence": "files", "upload": "files"}.get(name, name)
            self.add_error(where if where in self.fields else None, words)


class _ShareField(FigureField):
    """A numerator, or a whole share "12/13": then a pair."""

    def __init__(self, like: forms.Field) -> None:
        super().__init__(str(like.label))

    def to_python(self, value: Any) -> Any:
        text = forms.CharField.to_python(self, value)
        if "/" not in text:
            return super().to_python(value)
        try:
            typed = read_figure(text)
        except NotAFigure as error:
            raise forms.ValidationError(str(error)) from None
        return typed.numerator, typed.denominator


class MissForm(OwnForm):
    """Why an objective as a whole is missed."""

    cause = Words("Vì sao không đạt", error_messages={"required": "Ghi nguyên nhân."}, rows=3)
    correction = Words("Đã xử lý ngay thế nào", required=False, rows=2)
    action = Words("Làm gì để không lặp lại", required=False, rows=2)


class IssueForm(StepForm):
    """The day of issue; the numbers where they come from elsewhere, otherwise those `proposed` for both documents."""

    date = Day("Ngày ban hành")
    targets_number = forms.IntegerField(label="Số của Mục tiêu chất lượng", min_value=1, max_value=LAST_NUMBER)
    actions_number = forms.IntegerField(label="Số của Kế hoạch thực hiện", min_value=1, max_value=LAST_NUMBER)

    field_order = ("targets_number", "actions_number", "date", "comment")

    def __init__(self, transition: Transition, objectives: ObjectiveSet, data: Any = None) -> None:
        super().__init__(transition, data)
        today = timezone.localdate()
        self.fields["date"].initial = today
        settings = getattr(objectives.agency, "register_settings", None)
        if settings and settings.numbers_from_elsewhere:
            return
        del self.fields["targets_number"], self.fields["actions_number"]
        numbers = {kind: next_number(objectives.agency, kind=SERIES[kind], year=today.year) for kind in DocumentKind}
        self.proposed = [f"{k.label}: {number:02d}/{symbol_of(objectives, k)}" for k, number in numbers.items()]


def step_form(transition: Transition, objectives: ObjectiveSet, data: Any = None) -> StepForm:
    """The form that belongs to a step."""
    form = IssueForm(transition, objectives, data) if transition.name == "issue" else StepForm(transition, data)
    if transition.comment_required:
        form.demand_reason("Ghi lý do.")
    return form
