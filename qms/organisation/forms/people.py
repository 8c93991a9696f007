"""Forms about accounts."""

from typing import Any

from django import forms

from ..models import User
from .fields import Line, OwnForm


class PersonForm(OwnForm):
    """Who somebody is and how to reach them."""

    full_name = Line("Họ và tên", 100)
    username = Line("Tên đăng nhập", 100, required=False, help_text="Bỏ trống thì lấy từ họ tên, không dấu.")
    email = forms.EmailField(
        label="Thư điện tử", required=False, max_length=254,
        error_messages={"invalid": "Địa chỉ thư không đúng, ghi như ten@coquan.gov.vn."},
        help_text="Nhận thư đặt mật khẩu và nhắc việc.",
    )  # fmt: skip
    phone = Line("Điện thoại", 30, required=False)

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        fields = ("full_name", "username", "email", "phone")
        values = {name: getattr(person, name) for name in fields} if person else None
        super().__init__(*args, initial=values, **kwargs)
        if person:
            self.fields["username"].required = True
            self.fields["username"].help_text = ""
