"""Forms of the draft. Every error says in a sentence what is wrong; what was typed stays in its field."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from qms.organisation.forms.fields import Day
from qms.organisation.models import Agency, Unit
from qms.text import nfc

from .content import Column, LayoutContent, SectionKind
from .editing import cleaned
from .models import Phase, Plan, PlanLayout, PlanSection, Responsibility, Task

FIRST_YEAR, LAST_YEAR = 2000, 2100
TASK_FIELD_OF = {
    Column.ORDINAL: "ordinal",
    Column.TITLE: "title",
    Column.OUTPUTS: "outputs",
    Column.LEAD: "lead_text",
    Column.SUPPORT: "support_text",
    Column.APPROVER: "approver_text",
    Column.TIMING: "timing_text",
    Column.NOTE: "note",
}
TASK_LABELS = {
    Column.ORDINAL: "TT",
    Column.TITLE: "Nhiệm vụ",
    Column.OUTPUTS: "Sản phẩm",
    Column.LEAD: "Chủ trì",
    Column.SUPPORT: "Phối hợp",
    Column.APPROVER: "Người duyệt",
    Column.TIMING: "Thời gian",
    Column.NOTE: "Ghi chú",
}
_TOO_LONG = {"max_length": "Ô này nhận tối đa %(limit_value)d ký tự, đang có %(show_value)d. Rút gọn lại."}
_MARK = re.compile(r"^(?:[-–+•*]\s+|[-–•](?=[^\W\d]))")


class Line(forms.CharField):
    """One line of text, at most `limit` characters."""

    def __init__(self, label: str, limit: int, *, required: bool = False, **kwargs: Any) -> None:
        errors = {**_TOO_LONG, "required": f"Ghi {label.lower()}."}
        super().__init__(label=label, max_length=limit, required=required, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value)).replace("\r\n", "\n")


class Text(Line):
    """Several lines of text; `rows` of them are visible at first."""

    def __init__(self, label: str, limit: int = 20_000, *, rows: int = 1, **kwargs: Any) -> None:
        super().__init__(label, limit, widget=forms.Textarea(attrs={"rows": rows, "data-grow": "true"}), **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted without a word


class Lines(Text):
    """A list of texts, one per line. `plain` drops a dash before and a semicolon or full stop behind each."""

    def __init__(self, label: str, *, plain: bool = False, closing: str = ";", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.plain, self.closing = plain, closing

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in super().clean(value).split("\n")]
        if self.plain:
            lines = [_MARK.sub("", line).rstrip(self.closing).strip() for line in lines]
        return [line for line in lines if line]


class DraftForm(forms.Form):
    """A form of one row of a draft. `key` makes the ids of its fields unique on the page."""

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{key}-%s", label_suffix="", **kwargs)

    def clean(self) -> dict[str, Any]:
        return {name: cleaned(value) for name, value in self.cleaned_data.items()}


class HeadForm(DraftForm):
    """The header of the document (NĐ 30/2020 Phụ lục I)."""

    superior = Line("Cơ quan chủ quản", 300)
    issuer = Line("Cơ quan ban hành", 300, required=True)
    symbol = Line("Ký hiệu", 100)
    place = Line("Địa danh", 200)
    subject = Text("Trích yếu", 2_000)
    number = Line("Số", 30, help_text="Văn thư cấp khi ban hành; chỉ ghi ở đây khi nhập kế hoạch đã có trên giấy.")
    date = Day("Ngày ban hành", required=False)


class OpeningForm(DraftForm):
    """The bases and the sentence that leads to the content."""

    bases = Lines("Căn cứ", help_text="Mỗi căn cứ một dòng, chép cả dấu chấm phẩy, dấu chấm ở cuối.", rows=3)
    intro = Text("Câu dẫn", 5_000)


class ClosingForm(DraftForm):
    """The last sentence, the recipients and the signature."""

    closing = Text("Câu kết", 5_000, help_text="Kết thúc bằng dấu ./.")
    recipients = Lines("Nơi nhận", plain=True, closing=";.", help_text="Mỗi nơi một dòng.", rows=3)
    sign_on_behalf = Text("Ký thay (nếu có)", 300, help_text="Ví dụ: KT. GIÁM ĐỐC")
    sign_position = Line("Chức vụ người ký", 300)
    sign_name = Line("Người ký", 200)


class LayoutChoiceForm(DraftForm):
    """Which of the agency's layouts the plan is printed with."""

    layout = forms.ModelChoiceField(PlanLayout.objects.none(), label="Mẫu trình bày", empty_label=None)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"].queryset = PlanLayout.objects.filter(agency=plan.agency_id)  # type: ignore[attr-defined]


class SectionForm(DraftForm):
    """A section; `text_after` only where rows stand in the middle."""

    number = Line("Số mục", 50)
    heading = Text("Tên mục", 1_000)
    text = Text("Nội dung", 50_000, rows=2)
    text_after = Text("Nội dung sau bảng", 50_000)

    def __init__(self, *args: Any, section: PlanSection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section.kind == SectionKind.TEXT:
            del self.fields["text_after"]
        else:
            self.fields["text"].label = "Nội dung trước bảng" if section.kind == SectionKind.TASKS else "Lời dẫn"
            self.fields["text_after"].label = (
                "Nội dung sau" if section.kind != SectionKind.TASKS else "Nội dung sau bảng"
            )


class PhaseForm(DraftForm):
    """The heading over a table of tasks."""

    number = Line("Số", 50)
    title = Text("Tên giai đoạn", 1_000)


class ResponsibilityForm(DraftForm):
    """What one unit has to do."""

    heading = Line("Số", 50)
    unit_text = Text("Đơn vị", 1_000)
    text = Text("Trách nhiệm", 20_000, rows=2)


class TaskForm(DraftForm):
    """One task. The box that confirms an unclear timing holds the very words it confirms."""

    ordinal = Line("TT", 50)
    title = Text("Nhiệm vụ", 5_000)
    description = Text("Diễn giải", 20_000)
    outputs = Lines("Sản phẩm", plain=True, help_text="Mỗi sản phẩm một dòng.")
    lead_text = Text("Chủ trì", 2_000)
    support_text = Text("Phối hợp", 2_000)
    approver_text = Text("Người duyệt", 2_000)
    timing_text = Text("Thời gian", 2_000)
    timing_confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    note = Text("Ghi chú", 5_000)

    def __init__(self, *args: Any, layout: LayoutContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column, name in TASK_FIELD_OF.items():
            self.fields[name].label = layout.heading_of(column, TASK_LABELS[column])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        words = cleaned(data.get("timing_confirmed", ""))
        return {**data, "timing_confirmed": words != "" and words == data.get("timing_text")}


class UploadForm(forms.Form):
    """A file to be read as a plan."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan", empty_label=None)
    file = forms.FileField(
        label="Tệp kế hoạch", help_text="Word (.docx) hoặc Excel (.xlsx), tối đa 20 MB.",
        error_messages={
            "required": "Chọn tệp kế hoạch.", "empty": "Tệp trống, không có nội dung để đọc.",
            "missing": "Chọn tệp kế hoạch.", "invalid": "Chọn lại tệp kế hoạch.",
        },
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}),
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])  # type: ignore[attr-defined]
        field.initial = agencies[0].pk
        if len(agencies) == 1:
            field.widget = forms.HiddenInput()


class AliasForm(forms.Form):
    """Words of a plan and the unit that they mean."""

    text = forms.CharField(max_length=200, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [unit.pk for unit in units]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=choices)  # type: ignore[attr-defined]


def values_of(row: Plan | PlanSection | Phase | Responsibility | Task, names: Iterable[str]) -> dict[str, Any]:
    """What a form of that row shows at first."""
    values = {name: getattr(row, name) for name in names}
    if isinstance(row, Task):
        values["timing_confirmed"] = row.timing_text if row.timing_confirmed else ""
    return values
