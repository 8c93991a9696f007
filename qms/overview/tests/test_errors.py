"""Pages shown when something goes wrong."""

import pytest
from django.template.loader import get_template
from django.test import Client


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "429", "500"])
def test_it_can_be_drawn_when_nothing_else_works(name: str) -> None:
    page = get_template(f"{name}.html").render()
    assert page.count("<h1>") == 1
    assert "Quản lý chất lượng" in page


@pytest.mark.django_db
def test_an_unknown_address_says_what_to_do(client: Client, django_user_model: type) -> None:
    client.force_login(django_user_model.objects.create(username="mai", full_name="Trần Thị Mai"))
    response = client.get("/khong-co/")
    assert (response.status_code, "Không có trang này" in response.content.decode()) == (404, True)


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/", {"login": "mai"})
    assert (response.status_code, "Chưa gửi được" in response.content.decode()) == (403, True)
