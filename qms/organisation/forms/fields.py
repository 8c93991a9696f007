"""The few kinds of field that the forms of this room are made of. Every error is a sentence beside its field."""

from datetime import date
from typing import Any

from django import forms

from qms.text import lines_of, nfc, one_line

from ..enums import Role
from ..grants import BY_DELEGATION_ONLY

_TOO_LONG = "Ô này nhận tối đa %(limit_value)d ký tự, đang có %(show_value)d."


class OwnForm(forms.Form):
    """Labels without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class Line(forms.CharField):
    """One line of text in normal form."""

    def __init__(self, label: str, limit: int, *, required: bool = True, **kwargs: Any) -> None:
        errors = {"required": f"Ghi {label[0].lower()}{label[1:]}.", "max_length": _TOO_LONG}
        super().__init__(label=label, max_length=limit, required=required, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value))


class Words(forms.CharField):
    """Several lines of text in normal form, at most `limit` characters."""

    def __init__(
        self, label: str, limit: int = 5_000, *, required: bool = True, rows: int = 3,
        error_messages: dict[str, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        errors = {"required": f"Ghi {label[0].lower()}{label[1:]}.", "max_length": _TOO_LONG} | (error_messages or {})
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(
            label=label, max_length=limit, required=required, widget=widget, error_messages=errors, **kwargs
        )

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value)).strip()


class Lines(forms.CharField):
    """Several texts, one per line."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return lines_of(super().clean(value))


class Day(forms.DateField):
    """A day, typed as people write it. A browser's own picker would show it in the order of the browser's language."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"placeholder": "05/11/2026", "inputmode": "numeric", "class": "form-short"}
    )  # fmt: skip

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        errors = {"required": "Ghi ngày.", "invalid": "Ngày không đúng, ghi như 05/11/2026."}
        super().__init__(label=label, required=required, error_messages=errors, **kwargs)


def day_from(text: str) -> date | None:
    """The day that a text of the address bar or a filter means, or None."""
    try:
        return Day("").to_python(text)
    except forms.ValidationError:
        return None


class Pick(forms.ModelChoiceField):
    """One row of a list. `words(row)` is what the list shows."""

    def __init__(self, label: str, *, words: Any = str, required: bool = True, **kwargs: Any) -> None:
        self.words = words
        errors = {"required": f"Chọn {label[0].lower()}{label[1:]}.", "invalid_choice": "Chọn trong danh sách."}
        options = {"empty_label": "(chọn)"} | kwargs
        super().__init__(None, label=label, required=required, error_messages=errors, **options)

    def label_from_instance(self, obj: Any) -> str:
        return self.words(obj)


class PickSeveral(forms.ModelMultipleChoiceField):
    """Several rows of a list, as check boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        errors = {"required": f"Chọn {label[0].lower()}{label[1:]}.", "invalid_choice": "Chọn trong danh sách."}
        super().__init__(None, label=label, required=required, error_messages=errors, **kwargs)


class Roles(forms.TypedMultipleChoiceField):
    """The roles that a position may carry."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str = "Vai trò", **kwargs: Any) -> None:
        choices = [(role.value, role.label) for role in Role if role not in BY_DELEGATION_ONLY]
        super().__init__(label=label, choices=choices, coerce=Role, required=False, **kwargs)
