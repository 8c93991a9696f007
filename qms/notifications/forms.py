"""What a person wants by mail."""

from django import forms

from .models import Category


class PreferenceForm(forms.Form):
    """Mail at all, and of which kinds; the inbox always has everything."""

    mail = forms.BooleanField(
        label="Nhận thư tổng hợp", required=False,
        help_text="Mỗi ngày làm việc nhiều nhất một thư, không có việc thì không gửi.",
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="Loại nhận qua thư", required=False, widget=forms.CheckboxSelectMultiple, choices=Category.choices
    )
