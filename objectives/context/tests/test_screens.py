"""The screens of the register."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from objectives.context import actions
from objectives.context.models import Issue, Risk, RiskScale
from qms.documents.tests.reading import read_pdf
from qms.organisation.tests.cast import NOW, House, found_house

from .conftest import RISK

SHELVES = ("van-de", "ben-quan-tam", "rui-ro", "co-hoi")


@pytest.fixture
def head(client: Client, house: House) -> Client:
    client.force_login(house["truong"])
    return client


def risks(house: House, count: int) -> None:
    for n in range(count):
        row = actions.add_row(
            Risk, unit=house.unit("kh"), fields=RISK | {"text": f"Rủi ro {n}"}, actor=house["truong"], at=NOW
        )  # fmt: skip
        actions.assess(row, likelihood=n % 5 + 1, effect=3, note="", actor=house["truong"], at=NOW)


@pytest.mark.parametrize("slug", SHELVES)
def test_an_empty_list_says_what_belongs_there(head: Client, slug: str) -> None:
    page = head.get(reverse("context:shelf", args=[slug])).content.decode()
    assert "Chưa ghi mục nào" in page
    assert reverse("context:add", args=[slug]) in page


def test_an_opportunity_is_added_to_its_own_list(head: Client, house: House) -> None:
    sent = {"process": "Một cửa", "text": "Ký số từ xa", "unit": house.units["kh"].pk, "revision": 1}
    assert head.post(reverse("context:add", args=["co-hoi"]), sent).status_code == 302
    assert Risk.objects.get().kind == Risk.Kind.OPPORTUNITY


def test_what_is_missing_is_said_beside_its_field(head: Client, house: House) -> None:
    answer = head.post(reverse("context:add", args=["van-de"]), {"text": "Thiếu người", "revision": 1})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"side", "effect", "unit"}
    assert "Thiếu người" in answer.content.decode()
    assert not Issue.objects.exists()


def test_a_unit_of_others_cannot_be_chosen(head: Client, house: House) -> None:
    sent = {"process": "Một cửa", "text": "Trễ", "unit": house.units["tc"].pk, "revision": 1}
    answer = head.post(reverse("context:add", args=["rui-ro"]), sent)
    assert answer.context["form"].errors == {"unit": ["Chọn trong danh sách."]}


def test_the_page_of_a_risk_judges_and_promises(head: Client, house: House, risk: Risk) -> None:
    head.post(reverse("context:risk_assess", args=[risk.pk]), {"likelihood": 4, "effect": 5})
    sent = {"text": "Nhắc hạn", "unit": house.units["kh"].pk, "timing_text": "Quý IV"}
    head.post(reverse("context:risk_action", args=[risk.pk]), sent)
    page = head.get(reverse("context:risk", args=[risk.pk])).content.decode()
    assert "4 × 5 = 20" in page
    assert page.count("rất cao") == 2  # beside the title and in the list of assessments
    assert "Nhắc hạn" in page


def test_a_wrong_mark_keeps_the_page_and_what_was_typed(head: Client, risk: Risk) -> None:
    answer = head.post(
        reverse("context:risk_assess", args=[risk.pk]), {"likelihood": 4, "effect": "", "note": "giữ lại"}
    )
    assert answer.status_code == 422
    assert "giữ lại" in answer.content.decode()


def test_strangers_find_nothing(client: Client, house: House, risk: Risk) -> None:
    neighbour = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    client.force_login(neighbour["thuky"])
    assert client.get(reverse("context:risk", args=[risk.pk])).status_code == 404
    assert client.get(reverse("context:register")).context["page"].paginator.count == 0
    assert client.post(reverse("context:retire", args=["rui-ro", risk.pk]), {"reason": "x"}).status_code == 404


def test_the_list_is_found_without_marks_and_by_level(head: Client, house: House) -> None:
    risks(house, 5)
    address = reverse("context:register")
    assert head.get(address, {"q": "rui ro 3"}).context["page"].paginator.count == 1
    assert [r.text for r in head.get(address, {"muc": "cao"}).context["page"]] == ["Rủi ro 4", "Rủi ro 3", "Rủi ro 2"]


def test_the_scale_counts_every_risk_once(head: Client, house: House) -> None:
    risks(house, 7)
    matrix = head.get(reverse("context:register")).context["matrix"]
    counts = {(cell.likelihood, cell.effect): cell.count for row in matrix for cell in row if cell.count}
    assert counts == {(1, 3): 2, (2, 3): 2, (3, 3): 1, (4, 3): 1, (5, 3): 1}


def test_the_list_goes_to_excel(head: Client, house: House) -> None:
    risks(house, 1)
    answer = head.get(reverse("context:register"), {"xuat": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][:9] == ("Tiếp nhận hồ sơ", "Rủi ro 0", None, None, 1, 3, 3, "thấp", None)


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_whatever_its_size(
    head: Client, house: House, count: int, django_assert_max_num_queries
) -> None:
    risks(house, count)
    head.get(reverse("context:register"))
    with django_assert_max_num_queries(12):
        head.get(reverse("context:register"))


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_a_risk_costs_the_same_with_one_action_and_with_four(
    head: Client, house: House, risk: Risk, count: int, django_assert_max_num_queries
) -> None:
    for n in range(count):
        actions.add_action(
            risk, text=f"Việc {n}", unit=house.unit("kh"), person=None, timing_text="Quý IV", actor=house["truong"],
            at=NOW,
        )  # fmt: skip
    head.get(reverse("context:risk", args=[risk.pk]))
    with django_assert_max_num_queries(19):
        head.get(reverse("context:risk", args=[risk.pk]))


def test_the_printed_annexes_hold_every_row(head: Client, house: House) -> None:
    risks(house, 3)
    answer = head.get(reverse("context:document", args=["pdf"]))
    text = " ".join(page.text for page in read_pdf(answer.content))
    assert [f"Rủi ro {n}" in text for n in range(3)] == [True, True, True]
    assert "Phụ lục IV" in text


def test_the_secretary_sets_a_scale_of_three(client: Client, house: House) -> None:
    client.force_login(house["thuky"])
    sent = {
        "size": 3, "likelihoods": "hiếm\nvừa\nhay", "effects": "nhỏ\nvừa\nlớn", "act_from": 4,
        "levels": "2 - thấp\n9 - cao",
    }  # fmt: skip
    assert client.post(reverse("context:scale"), sent).status_code == 302
    assert RiskScale.objects.get().scale.level(3).name == "cao"


@pytest.mark.parametrize("levels", ["thấp", "3 thấp", "9 - cao\n3 - thấp", "3 - thấp"])
def test_levels_that_make_no_scale_are_refused(client: Client, house: House, levels: str) -> None:
    client.force_login(house["thuky"])
    sent = {"size": 3, "likelihoods": "a\nb\nc", "effects": "a\nb\nc", "levels": levels, "act_from": 4}
    assert list(client.post(reverse("context:scale"), sent).context["form"].errors) == ["levels"]
    assert not RiskScale.objects.exists()
