"""Forms about the agency itself and its calendar."""

from typing import Any

from django import forms

from ..models import Agency, DecreedDay
from .fields import Day, Line, OwnForm


class AgencyForm(OwnForm):
    """Misspellings and the address."""

    name = Line("Tên cơ quan", 200)
    superior = Line("Cơ quan chủ quản", 200, required=False, help_text="Ví dụ: UBND TỈNH SÔNG GIANG")
    abbreviation = Line("Chữ viết tắt", 30, help_text="Dùng trong ký hiệu văn bản: KH-SKHCN")
    place = Line("Địa danh", 100, help_text="Ghi trước ngày tháng của văn bản.")
    address = Line("Địa chỉ", 300, required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, initial={**agency.names(), "address": agency.address}, **kwargs)


class AgencyNameForm(AgencyForm):
    """Another name from a day, by a decision."""

    used_from = Day("Dùng từ ngày", help_text="Văn bản trước ngày này giữ tên cũ. Chưa đến ngày thì chưa đổi.")
    basis = Line("Căn cứ", 200, help_text="Số, ngày, cơ quan ban hành văn bản đổi tên.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["address"]


class DecreedDayForm(OwnForm):
    """A day off or a worked weekend day, with its document."""

    day = Day("Ngày")
    is_off = forms.TypedChoiceField(
        label="Là ngày", choices=[("1", "được nghỉ"), ("0", "làm bù")], coerce=lambda value: value == "1",
        widget=forms.RadioSelect, error_messages={"required": "Chọn nghỉ hay làm bù."},
    )  # fmt: skip
    name = Line("Nội dung", 200, help_text="Ví dụ: Nghỉ hoán đổi, làm bù ngày 10/01/2026")
    source = Line("Văn bản", 300, help_text="Số, ngày, cơ quan ban hành.")

    def __init__(self, *args: Any, row: DecreedDay | None = None, **kwargs: Any) -> None:
        if row:
            values = {"day": row.day, "is_off": "1" if row.is_off else "0", "name": row.name, "source": row.source}
            kwargs = {"initial": values} | kwargs
        super().__init__(*args, **kwargs)


class NewDecreedDayForm(DecreedDayForm):
    """A new day; a notice often names the Saturday that is worked instead."""

    worked_day = Day("Ngày làm bù (nếu hoán đổi)", required=False, help_text="Ghi luôn ngày làm việc thay vào.")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("worked_day") and data.get("is_off") is False:
            self.add_error("worked_day", "Chỉ ghi ngày làm bù khi ngày trên là ngày được nghỉ.")
        if data.get("worked_day") and data.get("worked_day") == data.get("day"):
            self.add_error("worked_day", "Ngày làm bù phải khác ngày nghỉ.")
        return data


class ConfirmYearForm(OwnForm):
    """The document by which a year's days off are complete."""

    source = Line("Văn bản", 300, help_text="Thông báo nghỉ Tết và Quốc khánh: số, ngày, cơ quan ban hành.")
