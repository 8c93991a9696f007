"""Forms: types and words. What is allowed and what is written is asked of `actions`."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from qms.organisation.forms.fields import Day, OwnForm, Pick, Words
from qms.organisation.models import User
from qms.organisation.selectors import person_words

from .actions import LONGEST_TEXT, Proof
from .enums import DutyState
from .models import WEB_ADDRESS, Duty

ANSWERS = (
    (DutyState.OPEN.value, "Chưa bắt đầu"),
    (DutyState.IN_PROGRESS.value, "Đang làm"),
    (DutyState.DONE.value, "Đã xong"),
    (DutyState.NOT_APPLICABLE.value, "Không áp dụng"),
)
_NO_PERCENT = "Ghi một số từ 0 đến 100."
MOST_FILES = 10


class WebAddress(forms.URLField):
    """A link that a browser opens: http or https and nothing else."""

    default_validators = [WEB_ADDRESS]


class SeveralFiles(forms.FileInput):
    """One control for several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files; what is in them is judged where they are stored."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần gửi tối đa {MOST_FILES} tệp.")
        return [file for one in given if (file := super(Files, self).clean(one, initial))]


class ReportForm(OwnForm):
    """How far is it: one touch, one sentence, perhaps a proof."""

    state = forms.ChoiceField(
        label="Đến hôm nay việc này thế nào?", choices=ANSWERS, widget=forms.RadioSelect,
        error_messages={"required": "Chọn một câu trả lời.", "invalid_choice": "Chọn một trong bốn câu trả lời."},
    )  # fmt: skip
    percent = forms.IntegerField(
        label="Được bao nhiêu phần trăm", required=False, min_value=0, max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "form-short", "autocomplete": "off"}),
        error_messages={"invalid": _NO_PERCENT, "min_value": _NO_PERCENT, "max_value": _NO_PERCENT},
    )  # fmt: skip
    text = Words(
        "Kết quả (một câu là đủ)", LONGEST_TEXT, required=False,
        error_messages={"max_length": "Dài quá %(limit_value)d ký tự; phần dài nên gửi thành tệp."},
    )  # fmt: skip
    files = Files(
        label="Minh chứng", required=False,
        error_messages={
            "empty": "Tệp rỗng, không có nội dung.", "invalid": "Tệp gửi lên bị lỗi; chọn lại tệp.",
            "max_length": "Tên tệp quá dài; hãy đặt tên ngắn hơn.",
        },
    )  # fmt: skip
    link = WebAddress(
        label="Liên kết đến minh chứng", required=False, max_length=500, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        error_messages={
            "invalid": "Liên kết phải bắt đầu bằng http:// hoặc https://.",
            "max_length": "Liên kết dài quá %(limit_value)d ký tự.",
        },
    )  # fmt: skip
    effective_on = Day("Ngày của minh chứng", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, duty: Duty, today: date, **kwargs: Any) -> None:
        begun = duty.state == DutyState.IN_PROGRESS
        initial = {
            "state": duty.state if begun else None, "percent": duty.percent if begun else None,
            "effective_on": today, "revision": duty.revision,
        }  # fmt: skip
        super().__init__(*args, initial=initial, auto_id=f"id_{duty.pk}_%s", **kwargs)
        self.duty, self.today = duty, today
        self.fields["files"].help_text = "Phải có khi báo xong." if duty.evidence_required else ""

    def clean_percent(self) -> int:
        """Left empty, it stays as it was."""
        percent = self.cleaned_data["percent"]
        return min(self.duty.percent, 99) if percent is None else percent

    def answer(self) -> dict[str, Any]:
        """What `actions.report` takes."""
        data = self.cleaned_data
        day = data["effective_on"] or self.today
        proofs = [Proof(day, upload=file) for file in data["files"]]
        if data["link"]:
            proofs.append(Proof(day, link=data["link"]))
        names = ("state", "percent", "text", "revision")
        return {**{name: data[name] for name in names}, "state": DutyState(data["state"]), "proofs": proofs}


class HandOverForm(OwnForm):
    """To whom of the unit."""

    person = Pick("Người làm", words=person_words, required=False, empty_label="Cả đơn vị")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ReturnForm(OwnForm):
    """Why the answer is given back."""

    reason = Words("Lý do trả lại")


class ExtensionForm(OwnForm):
    """A later day, and why."""

    new_due_on = Day("Xin gia hạn đến ngày")
    reason = Words("Lý do", error_messages={"required": "Ghi lý do xin gia hạn."})


class DecisionForm(OwnForm):
    """Granted or not; a refusal says why."""

    grant = forms.TypedChoiceField(
        label="Ý kiến", choices=(("1", "Đồng ý"), ("0", "Không đồng ý")), coerce=lambda value: value == "1",
        widget=forms.RadioSelect, error_messages={"required": "Chọn đồng ý hoặc không đồng ý."},
    )  # fmt: skip
    answer = Words("Ghi thêm", required=False, help_text="Không đồng ý thì ghi lý do.")
