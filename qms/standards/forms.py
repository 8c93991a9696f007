"""The form by which an agency moves to an edition."""

from typing import Any

from django import forms

from qms.organisation.forms.fields import Day, Line, OwnForm

from .models import Edition


class AdoptionForm(OwnForm):
    """Which edition, from when, by what document."""

    edition = forms.ModelChoiceField(
        label="Phiên bản", queryset=Edition.objects.none(), empty_label=None,
        error_messages={"required": "Chọn phiên bản.", "invalid_choice": "Chọn một phiên bản trong danh sách."},
    )  # fmt: skip
    from_day = Day("Áp dụng từ ngày", help_text="Việc lập trước ngày này giữ phiên bản cũ.")
    basis = Line("Căn cứ", 300, help_text="Số, ngày, cơ quan ban hành văn bản hướng dẫn chuyển đổi.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = Edition.objects.all()
