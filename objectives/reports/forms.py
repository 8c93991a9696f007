"""Forms of reports on objectives: a round, the words, a step."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from objectives.periods import Period, count_of, period_on
from objectives.terms import PeriodKind
from qms.documents.actions import next_number
from qms.documents.models import LAST_NUMBER, RegisterSettings
from qms.workflow.engine import Transition

from .actions import WORDS
from .models import ObjectiveReport
from .workflow import SERIES

_GROUPS = (
    ("Năm, nửa năm", (PeriodKind.YEAR, PeriodKind.HALF_YEAR)),
    ("Quý", (PeriodKind.QUARTER,)),
    ("Tháng", (PeriodKind.MONTH,)),
)  # fmt: skip
_USUAL_DAYS = 10


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Ghi ngày.", "invalid": "Ngày không hợp lệ."},
    )  # fmt: skip


def _choices(year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    def named(kind: PeriodKind) -> list[tuple[str, str]]:
        periods = (Period(year, kind, index) for index in range(1, count_of(kind) + 1))
        return [(f"{kind.value}:{p.index}", p.label.removesuffix(f"/{year}").removesuffix(f" {year}")) for p in periods]

    return [(name, [choice for kind in kinds for choice in named(kind)]) for name, kinds in _GROUPS]


def last_period(today: date) -> Period:
    """The half-year that ended last: what is most often reported."""
    this = period_on(PeriodKind.HALF_YEAR, today)
    return period_on(PeriodKind.HALF_YEAR, this.start - timedelta(days=1))


class RoundForm(forms.Form):
    """Which period, and until when units send their reports."""

    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)
    period = forms.ChoiceField(label="Kỳ báo cáo")
    submit_by = _day("Hạn đơn vị gửi")
    note = forms.CharField(
        label="Hướng dẫn",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data_grow": "true"}),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        period = last_period(today)
        first = max(today, period.end) + timedelta(days=_USUAL_DAYS)
        key = f"{period.kind.value}:{period.index}"
        super().__init__(data, initial={"year": period.year, "period": key, "submit_by": first})
        self.fields["period"].choices = _choices(period.year)

    def asked(self) -> dict[str, Any]:
        """As `open_round` takes it."""
        kind, _, index = self.cleaned_data["period"].partition(":")
        names = ("year", "submit_by", "note")
        return {**{name: self.cleaned_data[name] for name in names}, "kind": PeriodKind(kind), "index": int(index)}


def _text(label: str, rows: int, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "data_grow": "true"})
    return forms.CharField(label=label, max_length=20000, required=required, widget=widget)


class WordsForm(forms.Form):
    """What people write around the figures."""

    subject = forms.CharField(label="Trích yếu", max_length=500)
    conclusions = _text("Đánh giá chung", 5)
    causes = _text("Tồn tại, nguyên nhân", 5, required=False)
    next_steps = _text("Nhiệm vụ kỳ tới", 4)
    proposals = _text("Kiến nghị, đề xuất", 3, required=False)
    recipients = forms.CharField(
        label="Nơi nhận", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi nơi một dòng.",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, report: ObjectiveReport) -> "WordsForm":
        """As the report stands now."""
        words = {name: getattr(report, name) for name in ("subject", "revision", *WORDS)}
        return cls(initial={**words, "recipients": "\n".join(report.recipients)})


class StepForm(forms.Form):
    """A step with its words."""

    comment = forms.CharField(
        label="Ý kiến, lý do", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class IssueForm(StepForm):
    """The day of issue, and the number where it comes from elsewhere (NĐ 30/2020 Điều 15)."""

    date = _day("Ngày ban hành")
    number = forms.IntegerField(label="Số", min_value=1, max_value=LAST_NUMBER)
    field_order = ["number", "date", "comment"]
    proposed = ""

    def __init__(self, report: ObjectiveReport, data: Any = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"date": today})
        settings = getattr(report.agency, "register_settings", None) or RegisterSettings(agency_id=report.agency_id)
        if not settings.numbers_from_elsewhere:
            del self.fields["number"]
            number = next_number(report.agency, kind=SERIES, year=today.year, settings=settings)
            self.proposed = f"{number:02d}/{report.symbol}"


def step_form(transition: Transition, report: ObjectiveReport, data: Any = None) -> StepForm:
    """The form that belongs to a step."""
    return IssueForm(report, data) if transition.name == "issue" else StepForm(data)
