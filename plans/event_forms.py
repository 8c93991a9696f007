"""The form in which what a task waits for is recorded. What is right is asked of `duties.events`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from qms.organisation.forms.fields import Day, Line, OwnForm
from qms.organisation.models import Unit
from qms.text import nfc

from .duties.events import Said, Way
from .duties.followers import finished_words
from .models import Task

_CHOOSE_WAY = {"required": "Chọn một trường hợp.", "invalid_choice": "Chọn một trường hợp."}
_CHOOSE_UNIT = {"required": "Chọn ít nhất một đơn vị.", "invalid_choice": "Chọn đơn vị trong danh sách."}


class EventForm(OwnForm):
    """What happened, on what day, by what document, and whom it concerns."""

    way = forms.ChoiceField(label="Trường hợp", widget=forms.RadioSelect, error_messages=_CHOOSE_WAY)
    after = forms.TypedChoiceField(label="Chờ việc nào", required=False, coerce=int, empty_value=None)
    what = forms.CharField(label="Việc gì đã xảy ra", required=False, max_length=1000)
    day = Day("Ngày xảy ra")
    due_on = Day("Hạn hoàn thành", required=False, help_text="Kế hoạch không nêu số ngày nên người ghi nhận định hạn.")
    reference = Line("Văn bản", 300, required=False, help_text="Số, ký hiệu, ngày của văn bản, nếu có.")
    file = forms.FileField(
        label="Tệp văn bản", required=False,
        error_messages={"empty": "Tệp rỗng, không có nội dung.", "max_length": "Tên tệp quá dài, hãy đặt ngắn hơn."},
    )  # fmt: skip
    units = forms.TypedMultipleChoiceField(
        label="Đơn vị liên quan", coerce=int, widget=forms.CheckboxSelectMultiple, error_messages=_CHOOSE_UNIT
    )

    def __init__(
        self, *args: Any, ways: Sequence[Way], units: Sequence[Unit], others: Sequence[Task], suggested: Said,
        today: date, **kwargs: Any,
    ) -> None:  # fmt: skip
        initial = {
            "way": ways[0].name if len(ways) == 1 else None, "what": suggested.what, "after": suggested.after,
            "units": [unit.pk for unit in units], "day": today,
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self._others = {task.pk: task for task in others}
        fields: dict[str, Any] = self.fields
        fields["way"].choices = [(way.name, way.label) for way in ways]
        fields["units"].choices = [(unit.pk, str(unit)) for unit in units]
        fields["after"].choices = [("", "(việc khác, ghi ở dưới)"), *((t.pk, f"{t.ordinal}. {t}") for t in others)]
        if len(ways) == 1:
            fields["way"].widget = forms.HiddenInput()
        if not others:
            del fields["after"]
        if not any(way.asks_due for way in ways):
            del fields["due_on"]

    def said(self) -> Said:
        """What `record_event` takes; fields that were not understood are left out."""
        data = self.cleaned_data
        chosen = self._others.get(data.get("after") or 0)
        what = finished_words(chosen) if chosen else nfc(data.get("what", ""))
        units = frozenset(data["units"]) if data.get("units") else None
        return Said(
            data.get("way", ""), data.get("day"), what, data.get("reference", ""), data.get("due_on"),
            data.get("file"), units,
        )  # fmt: skip
