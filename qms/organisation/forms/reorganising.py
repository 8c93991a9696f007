"""Forms of a reorganisation: one per kind of decision, each yields an `Order`."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from ..enums import ReorganisationKind, UnitKind
from ..models import Agency, Unit
from ..reorganising import NewUnit, Order
from .fields import Day, Line, OwnForm, Pick, PickSeveral, Words

PARTS = 4  # lines offered for the parts of a division
_KINDS = [choice for choice in UnitKind.choices if choice[0] != UnitKind.GROUP]


class OrderForm(OwnForm):
    """What all kinds share."""

    kind: ReorganisationKind

    effective_on = Day("Có hiệu lực từ ngày", help_text="Có thể là ngày sắp tới: trước ngày đó không có gì đổi.")

    def __init__(self, *args: Any, agency: Agency, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        for field in self.fields.values():
            if hasattr(field, "queryset"):
                field.queryset = _units(agency, on)

    def order(self, moves: dict[int, int] | None = None) -> Order:
        """The order that the form describes."""
        data = self.cleaned_data
        return Order(
            agency=self.agency, kind=self.kind, effective_on=data["effective_on"], units=self.units(), into=self.into(),
            keeps_unit=bool(data.get("keeps_unit")), moves=moves or {},
        )  # fmt: skip

    def units(self) -> tuple[Unit, ...]:
        """The units that the decision touches."""
        return (self.cleaned_data["unit"],)

    def into(self) -> tuple[Unit | NewUnit, ...]:
        """What becomes of them."""
        return ()


def _units(agency: Agency, on: date) -> QuerySet:
    return Unit.objects.not_over(on).filter(agency=agency).exclude(kind=UnitKind.EXTERNAL)


class MergeForm(OrderForm):
    """Several units become one, new or standing."""

    kind = ReorganisationKind.MERGE

    units_ended = PickSeveral("Đơn vị thôi hoạt động")
    heir = Pick("Nhập vào đơn vị đang có", required=False, empty_label="(lập đơn vị mới)")
    name = Line("Tên đơn vị mới", 200, required=False)
    short_name = Line("Tên viết tắt", 50, required=False)
    new_kind = forms.ChoiceField(
        label="Loại của đơn vị mới", choices=_KINDS, initial=UnitKind.DIVISION, required=False
    )  # fmt: skip

    field_order = ["units_ended", "heir", "name", "short_name", "new_kind", "effective_on"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("heir") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", "Chọn đơn vị đang có, hoặc ghi tên đơn vị mới.")
        if data.get("heir") and data.get("name"):
            self.add_error("name", "Đã chọn đơn vị đang có thì bỏ trống tên mới.")
        return data

    def units(self) -> tuple[Unit, ...]:
        return tuple(self.cleaned_data["units_ended"])

    def into(self) -> tuple[Unit | NewUnit, ...]:
        data = self.cleaned_data
        new = NewUnit(
            data["name"], UnitKind(data["new_kind"] or UnitKind.DIVISION), data["short_name"],
            order=min((unit.order for unit in self.units()), default=100),
        )  # fmt: skip
        return (data["heir"] or new,)


class SplitForm(OrderForm):
    """One unit becomes several; or a part is split off and the unit goes on."""

    kind = ReorganisationKind.SPLIT

    unit = Pick("Đơn vị")
    keeps_unit = forms.BooleanField(label="Đơn vị cũ vẫn hoạt động (tách)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, PARTS + 1):
            self.fields[f"part_{n}"] = Line(f"Đơn vị nhận thứ {n}", 200, required=n == 1)
            self.fields[f"short_{n}"] = Line("Tên viết tắt", 50, required=False)
        self.fields["part_1"].help_text = "Ghi tên đơn vị mới, hoặc đúng tên một đơn vị đang có."
        self.order_fields(["unit", "keeps_unit", "part_1"])

    @property
    def parts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines for the parts."""
        return [(self[f"part_{n}"], self[f"short_{n}"]) for n in range(1, PARTS + 1)]

    def into(self) -> tuple[Unit | NewUnit, ...]:
        data, origin = self.cleaned_data, self.cleaned_data["unit"]
        standing = {unit.name: unit for unit in self.fields["unit"].queryset if unit != origin}
        lines = ((data[f"part_{n}"], data[f"short_{n}"]) for n in range(1, PARTS + 1))
        return tuple(
            standing.get(name) or NewUnit(name, UnitKind(origin.kind), short, origin.parent, origin.order)
            for name, short in lines
            if name
        )


class RenameForm(OrderForm):
    """A unit gets another name."""

    kind = ReorganisationKind.RENAME

    unit = Pick("Đơn vị")
    name = Line("Tên mới", 200)
    short_name = Line("Tên viết tắt mới", 50, required=False)

    field_order = ["unit", "name", "short_name", "effective_on"]

    def into(self) -> tuple[Unit | NewUnit, ...]:
        return (NewUnit(self.cleaned_data["name"], short_name=self.cleaned_data["short_name"]),)


class DissolveForm(OrderForm):
    """Units end without an heir."""

    kind = ReorganisationKind.DISSOLVE

    units_ended = PickSeveral("Đơn vị giải thể")

    field_order = ["units_ended", "effective_on"]

    def units(self) -> tuple[Unit, ...]:
        return tuple(self.cleaned_data["units_ended"])


ORDER_FORMS: dict[str, type[OrderForm]] = {
    "sap-nhap": MergeForm,
    "chia-tach": SplitForm,
    "doi-ten": RenameForm,
    "giai-the": DissolveForm,
}


class DecisionForm(OwnForm):
    """The decision by which the order is carried out."""

    decision_number = Line("Số quyết định", 100)
    decision_date = Day("Ngày quyết định")
    note = Words("Ghi chú", 2_000, required=False, rows=2)
