"""Forms of surveys."""

from datetime import date
from typing import Any

from django import forms

from objectives.models import Objective
from objectives.periods import Period, periods_of
from objectives.terms import PeriodKind
from qms.organisation.forms.fields import Line, Lines, OwnForm, Pick, Words
from qms.organisation.models import Agency, Unit, User

from .actions import Given
from .models import WHOLE, Channel, Survey
from .scheme import Counted, Scheme, Share

_NUMBER = {"inputmode": "numeric", "class": "form-short"}
_MOST = 1_000_000


class Count(forms.IntegerField):
    """How many; "1.250" as written here is understood."""

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        errors = {
            "invalid": "Ghi một số nguyên, như 120.", "required": "Ghi một số, như 120.",
            "min_value": "Ghi số từ 0 trở lên.", "max_value": "Số quá lớn.",
        }  # fmt: skip
        super().__init__(
            label=label, required=required, min_value=0, max_value=_MOST, error_messages=errors,
            widget=forms.TextInput(attrs=_NUMBER), **kwargs,
        )  # fmt: skip

    def to_python(self, value: Any) -> int | None:
        text = str(value).replace(".", "").replace(" ", "") if isinstance(value, str) else value
        return super().to_python(text)


class PeriodPick(forms.ChoiceField):
    """A period of this year or the two before it that has begun."""

    def __init__(self, *, on: date, **kwargs: Any) -> None:
        groups = [("", "(chọn)"), *((str(year), _choices(year, on)) for year in (on.year, on.year - 1, on.year - 2))]
        errors = {"required": "Chọn kỳ khảo sát.", "invalid_choice": "Chọn trong danh sách."}
        super().__init__(label="Kỳ khảo sát", choices=groups, error_messages=errors, **kwargs)

    def clean(self, value: Any) -> Period:  # type: ignore[override]
        year, kind, index = super().clean(value).split("-")
        return Period(int(year), PeriodKind(kind), int(index))


def _choices(year: int, on: date) -> list[tuple[str, str]]:
    periods = [period for kind in PeriodKind for period in periods_of(kind, year) if period.start <= on]
    return [(period_value(period), period.label) for period in periods]


def period_value(period: Period) -> str:
    """ "2026-quarter-3"."""
    return f"{period.year}-{period.kind.value}-{period.index}"


class UnitPick(Pick):
    """A unit; empty is the whole department, offered to those who may enter it."""

    def __init__(self, units: list[Unit], *, whole: bool, label: str = "Đơn vị được khảo sát", **kwargs: Any) -> None:
        super().__init__(label, required=not whole, empty_label=WHOLE if whole else "(chọn)", **kwargs)
        self.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])


class WhereForm(OwnForm):
    """Which period, unit and channel."""

    def __init__(self, *args: Any, units: list[Unit], whole: bool, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"] = PeriodPick(on=on)
        self.fields["unit"] = UnitPick(units, whole=whole, initial=None if whole else units[0].pk if units else None)
        self.fields["channel"] = forms.ChoiceField(
            label="Hình thức", choices=Channel.choices, error_messages={"invalid_choice": "Chọn trong danh sách."}
        )


class UploadForm(WhereForm):
    """An export of the one-stop system."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].help_text = "Dùng khi tệp không có cột đơn vị."
        self.fields["file"] = forms.FileField(
            label="Tệp", help_text="Bảng tính XLSX hoặc CSV, tối đa 20 MB, 20.000 dòng.",
            error_messages=dict.fromkeys(("required", "missing", "invalid"), "Chọn tệp khảo sát.")
            | {"empty": "Tệp trống, không có nội dung để đọc."},
            widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        )  # fmt: skip
        self.order_fields(["file", "period", "unit", "channel"])


class AnswerForm(OwnForm):
    """Sent, received, how many gave each mark of each criterion, comments. Names: `m0_5` is criterion 0, mark 5."""

    sent = Count("Số phiếu phát ra", help_text="Để trống nếu không theo dõi.")
    received = Count("Số phiếu thu về", required=True)
    note = Words("Ghi chú", required=False, rows=2)
    comments = Words("Ý kiến của người dân, tổ chức", required=False, rows=4, help_text="Mỗi dòng một ý kiến.")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scheme: Scheme, survey: Survey | None = None, **kwargs: Any) -> None:
        self.scheme, self.survey = scheme, survey
        self.standing = {row.criterion: row for row in survey.answers.all()} if survey else {}
        self.criteria = list(self.standing) or list(scheme.criteria)
        self.highest = survey.highest if survey else scheme.highest
        self.good_from = survey.good_from if survey else scheme.good_from
        super().__init__(*args, initial=self._initial(), **kwargs)
        for place, name in enumerate(self.criteria):
            for field, label in self._names(place):
                self.fields[field] = Count(f"{name}, {label}")
                self.fields[field].widget.attrs |= {"class": "form-control", "aria-label": f"{name}, {label}"}

    def _initial(self) -> dict[str, Any]:
        if self.survey is None:
            return {}
        names = ("sent", "received", "note", "revision")
        initial: dict[str, Any] = {name: getattr(self.survey, name) for name in names}
        for place, name in enumerate(self.criteria):
            row = self.standing[name]
            values = row.counts or (row.answered, row.satisfied)
            initial |= {field: value for (field, _), value in zip(self._names(place), values, strict=True)}
        return initial

    def _names(self, place: int) -> list[tuple[str, str]]:
        """(name, label) of the fields of a criterion: its marks, or the two sums where only those are known."""
        row = self.standing.get(self.criteria[place])
        if row is not None and not row.counts:
            return [(f"s{place}_answered", "tổng số lượt chấm"), (f"s{place}_satisfied", "số lượt hài lòng")]
        return [(f"m{place}_{mark}", f"mức {mark}") for mark in range(1, self.highest + 1)]

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """(criterion, its fields) for the table."""
        return [(name, [self[field] for field, _ in self._names(place)]) for place, name in enumerate(self.criteria)]

    def given(self) -> Given:
        """What was typed. A criterion left wholly open was not asked."""
        answers = {name: counted for place, name in enumerate(self.criteria) if (counted := self._counted(place))}
        data = self.cleaned_data
        comments = [(None, line) for line in data["comments"].splitlines()]
        return Given(data["sent"], data["received"], answers, comments, data["note"])

    def _counted(self, place: int) -> Counted | None:
        values = [self.cleaned_data.get(field) for field, _ in self._names(place)]
        if all(value is None for value in values):
            return None
        counts = [value or 0 for value in values]
        if f"s{place}_answered" in self.fields:
            return Counted(Share(satisfied=counts[1], answered=counts[0]))
        return Counted.of(counts, self.good_from)

    def field_of(self, name: str) -> str:
        """The field that an error of `actions` belongs to: a criterion's stands at its first count."""
        if name in self.criteria:
            return self._names(self.criteria.index(name))[0][0]
        return name


class SurveyForm(WhereForm, AnswerForm):
    """A new survey, by hand."""


class WithdrawForm(OwnForm):
    """Why it counts no more."""

    reason = Line("Lý do bỏ", 300)


class HandleForm(OwnForm):
    """What was done about a comment."""

    handling = Words("Cách xử lý", rows=2)


class SchemeForm(OwnForm):
    """Criteria and marks, one per line."""

    criteria = Lines("Tiêu chí, mỗi dòng một tiêu chí")
    words = Lines("Các mức, mỗi dòng một mức, từ thấp đến cao")
    good_from = forms.IntegerField(
        label="Tính là hài lòng từ mức",
        error_messages=dict.fromkeys(("invalid", "required"), "Ghi một số, như 4."),
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        initial = {"criteria": list(scheme.criteria), "words": list(scheme.words), "good_from": scheme.good_from}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def scheme(self) -> Scheme:
        """What was asked for."""
        data = self.cleaned_data
        return Scheme(tuple(data["criteria"]), tuple(data["words"]), data["good_from"])


class FeedForm(OwnForm):
    """Which objective takes its figures from which surveys."""

    objective = Pick("Mục tiêu", words=lambda row: str(row)[:110])
    criterion = forms.ChoiceField(label="Tiêu chí", required=False)

    def __init__(
        self, *args: Any, agency: Agency, user: User, units: list[Unit], criteria: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found = Objective.objects.visible_to(user).filter(objective_set__agency=agency, formula="own")
        open_ones = found.exclude(measure="milestone").exclude(objective_set__state__in=("closed", "dropped"))
        self.fields["objective"].queryset = open_ones.order_by("-objective_set__year", "order", "pk")
        self.fields["unit"] = UnitPick(units, whole=True, label="Khảo sát của")
        self.fields["criterion"].choices = [("", "(mọi tiêu chí)"), *((name, name) for name in criteria)]
        self.order_fields(["objective", "unit", "criterion"])
