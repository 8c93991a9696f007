"""Forms about units."""

from datetime import date
from typing import Any

from django import forms

from ..enums import UnitKind
from ..models import Agency, Unit
from .fields import Day, Line, Lines, OwnForm, Pick, PickSeveral


class UnitForm(OwnForm):
    """A unit's entry; the first day only where the unit is new."""

    kind = forms.ChoiceField(label="Loại", choices=UnitKind)
    name = Line("Tên đơn vị", 200)
    short_name = Line("Tên viết tắt", 50, required=False)
    parent = Pick("Đơn vị cấp trên", required=False, empty_label="(trực thuộc cơ quan)")
    order = forms.IntegerField(
        label="Thứ tự", min_value=0, max_value=30_000, initial=100, help_text="Số nhỏ đứng trước."
    )  # fmt: skip
    valid_from = Day("Hoạt động từ ngày", required=False, help_text="Bỏ trống nếu đã có từ trước.")

    def __init__(self, *args: Any, agency: Agency, on: date, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_values(unit) if unit else None, **kwargs)
        above = Unit.objects.in_force(on).filter(agency=agency).exclude(kind=UnitKind.GROUP)
        self.fields["parent"].queryset = above.exclude(pk=unit.pk) if unit else above
        if unit:
            del self.fields["valid_from"]
            self.fields["name"].help_text = "Sửa lỗi chính tả ở đây. Đổi tên theo quyết định: dùng “Đổi tên”."


def _values(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in ("kind", "name", "short_name", "parent", "order")}


class LastDayForm(OwnForm):
    """When something is over."""

    last_day = Day("Ngày cuối cùng", help_text="Hết ngày này thì thôi.")


class MembersForm(OwnForm):
    """Who belongs to a group from a day on."""

    members = PickSeveral("Đơn vị thành viên", required=False)
    from_day = Day("Áp dụng từ ngày", help_text="Văn bản trước ngày này vẫn tính theo thành viên cũ.")

    def __init__(self, *args: Any, group: Unit, on: date, **kwargs: Any) -> None:
        standing = list(group.memberships.in_force(on).values_list("member_id", flat=True))
        super().__init__(*args, initial={"members": standing, "from_day": on}, **kwargs)
        units = Unit.objects.in_force(on).filter(agency_id=group.agency_id)
        self.fields["members"].queryset = units.exclude(kind=UnitKind.GROUP).exclude(pk=group.pk)


class AliasesForm(OwnForm):
    """Other ways to write a unit's name."""

    texts = Lines(
        "Cách viết khác", required=False,
        help_text="Mỗi dòng một cách. Khi nhập kế hoạch, các cách viết này được hiểu là đơn vị.",
    )  # fmt: skip
