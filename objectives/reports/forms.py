"""Forms of reports on objectives: a round, the words, a step."""

from datetime import date, timedelta
from typing import Any

from django import forms

from objectives.periods import Period, count_of, period_on
from objectives.terms import PeriodKind
from qms.organisation.forms.fields import Day, Words

from .actions import WORDS
from .models import ObjectiveReport

_GROUPS = (
    ("Năm, nửa năm", (PeriodKind.YEAR, PeriodKind.HALF_YEAR)),
    ("Quý", (PeriodKind.QUARTER,)),
    ("Tháng", (PeriodKind.MONTH,)),
)  # fmt: skip
_USUAL_DAYS = 10


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
    submit_by = Day("Hạn đơn vị gửi")
    note = Words("Hướng dẫn", 4_000, required=False)

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


class WordsForm(forms.Form):
    """What people write around the figures."""

    subject = forms.CharField(label="Trích yếu", max_length=500)
    conclusions = Words("Đánh giá chung", 20_000, rows=5)
    causes = Words("Tồn tại, nguyên nhân", 20_000, required=False, rows=5)
    next_steps = Words("Nhiệm vụ kỳ tới", 20_000, rows=4)
    proposals = Words("Kiến nghị, đề xuất", 20_000, required=False)
    recipients = Words("Nơi nhận", 3_000, required=False, help_text="Mỗi nơi một dòng.")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, report: ObjectiveReport) -> "WordsForm":
        """As the report stands now."""
        words = {name: getattr(report, name) for name in ("subject", "revision", *WORDS)}
        return cls(initial={**words, "recipients": "\n".join(report.recipients)})
