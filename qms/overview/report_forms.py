"""Forms of progress reports: which period, the words, a step."""

from datetime import date
from typing import Any

from django import forms

from qms.organisation.forms.fields import Day, Words

from .models import ProgressReport
from .progress_scope import HALVES, MONTHS, PERIODS, QUARTERS, WHOLE_YEAR, Period


def last_period(today: date) -> tuple[int, Period]:
    """Year and quarter that ended last: what is most often reported."""
    ended = [quarter for quarter in QUARTERS if quarter.end(today.year) < today]
    return (today.year, ended[-1]) if ended else (today.year - 1, QUARTERS[-1])


class PeriodForm(forms.Form):
    """Which period, and to which day its numbers run."""

    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)
    period = forms.ChoiceField(label="Kỳ báo cáo")
    as_of = Day(
        "Số liệu đến hết ngày", required=False, help_text="Để trống: ngày cuối kỳ, hoặc hôm nay nếu kỳ chưa hết."
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        year, quarter = last_period(today)
        super().__init__(data, initial={"year": year, "period": quarter.key})
        self.today = today
        groups = (("Năm, nửa năm", (WHOLE_YEAR, *HALVES)), ("Quý", QUARTERS), ("Tháng", MONTHS))
        self.fields["period"].choices = [(name, [(p.key, p.label) for p in periods]) for name, periods in groups]

    def clean(self) -> dict[str, Any]:
        """Fill in the day that was left open."""
        data = super().clean()
        if not data.get("as_of") and "year" in data and "period" in data:
            data["as_of"] = min(PERIODS[data["period"]].end(data["year"]), self.today)
        return data


class AsOfForm(forms.Form):
    """Another day for the numbers."""

    as_of = Day("Số liệu đến hết ngày")


class WordsForm(forms.Form):
    """What a person writes around the numbers."""

    subject = forms.CharField(label="Trích yếu", max_length=500)
    conclusions = Words("Đánh giá chung", 20_000, rows=7)
    proposals = Words("Kiến nghị, đề xuất", 20_000, rows=5)
    recipients = Words("Nơi nhận", 3_000, required=False, rows=4, help_text="Mỗi nơi một dòng.")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, report: ProgressReport) -> "WordsForm":
        """As the report stands now."""
        return cls(
            initial={
                "subject": report.subject, "conclusions": report.conclusions, "proposals": report.proposals,
                "recipients": "\n".join(report.recipients), "revision": report.revision,
            }
        )  # fmt: skip
