"""Forms about positions, who holds them, and who signs for whom."""

from datetime import date
from typing import Any

from django import forms

from ..enums import SigningForm
from ..grants import LEADING
from ..models import Agency, Position, PositionHolding, Unit, User
from ..selectors import people_with_title, person_words
from .fields import Day, Line, OwnForm, Pick, Roles


class PositionForm(OwnForm):
    """An office and what its holder may do."""

    title = Line("Chức vụ", 150)
    roles = Roles(help_text="Người giữ vị trí có các vai trò này trong thời gian giữ.")
    rank = forms.IntegerField(
        label="Thứ bậc", min_value=0, max_value=30_000, initial=100, help_text="Số nhỏ đứng trước."
    )  # fmt: skip
    valid_from = Day("Có từ ngày", required=False, help_text="Bỏ trống nếu đã có từ trước.")

    def __init__(self, *args: Any, position: Position | None = None, **kwargs: Any) -> None:
        values = {"title": position.title, "roles": position.roles, "rank": position.rank} if position else None
        super().__init__(*args, initial=values, **kwargs)
        if position:
            del self.fields["valid_from"]


class AppointmentForm(OwnForm):
    """Who takes a position, from when, by which decision."""

    person = Pick("Người giữ", words=person_words)
    valid_from = Day("Từ ngày")
    valid_to = Day("Đến hết ngày", required=False, help_text="Bỏ trống nếu chưa biết ngày thôi giữ.")
    basis = Line("Căn cứ", 200, required=False, help_text="Số, ngày quyết định bổ nhiệm hoặc phân công.")
    replace = forms.BooleanField(
        label="Người đang giữ thôi giữ từ ngày đó", required=False, help_text="Bỏ chọn khi nhiều người cùng giữ."
    )  # fmt: skip

    def __init__(self, *args: Any, position: Position, actor: User, on: date, **kwargs: Any) -> None:
        leads = bool(LEADING & set(position.roles))
        super().__init__(*args, initial={"valid_from": on, "replace": leads}, **kwargs)
        people = User.objects.filter(agency_id=position.unit.agency_id, is_active=True).exclude(pk=actor.pk)
        self.fields["person"].queryset = people_with_title(people, on=on)
        if not position.holdings.not_over(on).exists():
            del self.fields["replace"]


class HandOverForm(OwnForm):
    """Everything a person holds goes to others from the day after the last one."""

    last_day = Day("Ngày làm việc cuối cùng")
    basis = Line("Căn cứ", 200, required=False, help_text="Quyết định nghỉ hưu, điều động, phân công người thay.")

    def __init__(self, *args: Any, holdings: list[PositionHolding], actor: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": on}, **kwargs)
        self.holdings = holdings
        agency_ids = {holding.position.unit.agency_id for holding in holdings}
        people = User.objects.filter(agency__in=agency_ids, is_active=True).exclude(
            pk__in=[actor.pk, *(holding.user_id for holding in holdings)]
        )
        for holding in holdings:
            label = f"{holding.position.title}, {holding.position.unit}"
            field = Pick(label, words=person_words, required=False, empty_label="(chưa có người thay)")
            field.queryset = people_with_title(people, on=on)
            self.fields[f"heir_{holding.pk}"] = field

    @property
    def heir_fields(self) -> list[forms.BoundField]:
        """One choice per position."""
        return [self[f"heir_{holding.pk}"] for holding in self.holdings]

    @property
    def heirs(self) -> dict[int, User | None]:
        """Who takes what up, by holding id."""
        return {holding.pk: self.cleaned_data[f"heir_{holding.pk}"] for holding in self.holdings}


class DelegationForm(OwnForm):
    """Who signs for the head (NĐ 30/2020 Điều 13)."""

    form = forms.ChoiceField(label="Hình thức ký", choices=SigningForm)
    grantor = Pick(
        "Người giao", words=person_words, required=False, empty_label="(không có: quyền Giám đốc)",
        help_text="Người đứng đầu cơ quan. Để trống khi ký với tư cách quyền (Q.).",
    )  # fmt: skip
    delegate = Pick("Người được giao", words=person_words)
    valid_from = Day("Từ ngày")
    valid_to = Day("Đến hết ngày", required=False, help_text="Thừa ủy quyền (TUQ.) phải có thời hạn.")
    basis = Line("Căn cứ", 300, help_text="Số, ngày văn bản phân công hoặc ủy quyền.")

    def __init__(self, *args: Any, agency: Agency, actor: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"valid_from": on}} | kwargs)
        people = people_with_title(User.objects.filter(agency=agency, is_active=True), on=on)
        self.fields["grantor"].queryset = people
        self.fields["delegate"].queryset = people.exclude(pk=actor.pk)


def unit_choices(agency: Agency, on: date) -> Any:
    """The units of a day, for filters."""
    return Unit.objects.in_force(on).filter(agency=agency)
