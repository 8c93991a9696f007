"""Which edition an agency works by, on screen and on a day."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.organisation.tests.cast import NOW, TODAY, TOMORROW, House
from qms.standards.actions import adopt
from qms.standards.models import Adoption, Edition
from qms.standards.selectors import edition_of

ADOPTION = reverse("standards:adoption")
CLAUSES = reverse("standards:clauses")


@pytest.fixture
def new(house: House) -> Edition:
    return Edition.objects.get(order=2)


def test_until_somebody_decides_the_edition_is_that_of_2015(house: House) -> None:
    assert edition_of(house.agency, on=TODAY).code == "TCVN ISO 9001:2015"


def test_an_edition_is_in_force_from_its_day_on(house: House, new: Edition) -> None:
    adopt(agency=house.agency, edition=new, from_day=TOMORROW, basis="CV 12/TĐC", actor=house["thuky"], at=NOW)
    found = [edition_of(house.agency, on=day).order for day in (TODAY, TOMORROW, TOMORROW + timedelta(400))]
    assert found == [1, 2, 2]


@pytest.mark.parametrize("who", ["giamdoc", "truong", "quantri", "tuvan"])
def test_only_the_secretary_records_it(house: House, new: Edition, who: str) -> None:
    with pytest.raises(PermissionDenied):
        adopt(agency=house.agency, edition=new, from_day=TODAY, basis="CV 12/TĐC", actor=house[who], at=NOW)
    assert not Adoption.objects.exists()


def test_the_edition_in_force_is_not_adopted_again(house: House) -> None:
    old = Edition.objects.get(order=1)
    with pytest.raises(ValidationError, match="Ngày đó cơ quan đã áp dụng TCVN ISO 9001:2015"):
        adopt(agency=house.agency, edition=old, from_day=TODAY, basis="CV 12/TĐC", actor=house["thuky"], at=NOW)


def test_the_secretary_moves_on_the_screen(client: Client, house: House, new: Edition) -> None:
    client.force_login(house["thuky"])
    sent = {"edition": new.pk, "from_day": "01/09/2029", "basis": "Công văn số 12/TĐC ngày 01/8/2029"}
    assert client.post(ADOPTION, sent)["Location"] == CLAUSES
    assert "từ 01/09/2029, theo Công văn số 12/TĐC" in client.get(CLAUSES).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("from_day", "31/02/2029", "Ngày không đúng, ghi như 05/11/2026."),
        ("basis", " ", "Ghi căn cứ."),
        ("edition", "999", "Chọn một phiên bản trong danh sách."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Client, house: House, new: Edition, field: str, value: str, sentence: str
) -> None:
    client.force_login(house["thuky"])
    sent = {"edition": new.pk, "from_day": "01/09/2029", "basis": "CV 12"} | {field: value}
    response = client.post(ADOPTION, sent)
    assert response.context["form"].errors == {field: [sentence]}
    assert not Adoption.objects.exists()


def test_colleagues_see_the_table_and_no_button(client: Client, house: House) -> None:
    client.force_login(house["truong"])
    assert ADOPTION not in client.get(CLAUSES).content.decode()
    assert client.get(ADOPTION).status_code == 403


def test_clauses_are_found_without_marks(client: Client, house: House) -> None:
    client.force_login(house["truong"])
    rows = client.get(CLAUSES, {"q": "hai long"}).context["rows"]
    assert [row.clause.number for row in rows] == ["9.1.2"]


def test_the_list_goes_to_excel(client: Client, house: House) -> None:
    client.force_login(house["truong"])
    answer = client.get(CLAUSES, {"q": "6.1.2", "xuat": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    elsewhere = "ISO 9001:2026: 6.1.2, phần rủi ro; ISO 9001:2026: 6.1.3, phần cơ hội"
    assert rows[1] == ("TCVN ISO 9001:2015", "6.1.2", "Biện pháp xử lý rủi ro và cơ hội", elsewhere)


def test_the_page_costs_few_queries(client: Client, house: House, django_assert_max_num_queries) -> None:
    client.force_login(house["truong"])
    client.get(CLAUSES)
    with django_assert_max_num_queries(12):
        client.get(CLAUSES)
