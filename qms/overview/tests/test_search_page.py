"""The page of the search: what it says to anything typed, how it narrows, and what it costs."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from plans.enums import PlanState
from plans.tests.journey import Department
from qms.overview.tests.test_search import enter, owe

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


@pytest.fixture
def secretary(place: Department, client: Client) -> Client:
    """The secretary's browser."""
    client.force_login(place["thuky"])
    return client


def page(client: Client, q: str, **asked: str) -> Any:
    """The answer to a question."""
    return client.get(reverse("search"), {"q": q, **asked})


def words(response: Any) -> str:
    return response.content.decode()


def headings(response: Any) -> list[str]:
    return [group.kind.label for group in response.context["groups"]]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Chưa có từ nào"),
        ("   ", "Chưa có từ nào"),
        ("a", "Cần thêm chữ"),
        ("%_\\", "Cần thêm chữ"),
        ("\x00", "Chưa có từ nào"),
        ("🌾🌾🌾", "Cần thêm chữ"),
        ("...!!!", "Cần thêm chữ"),
        ('"""', "Cần thêm chữ"),
        ("không hề có", "Không tìm thấy"),
        ("' OR 1=1; DROP TABLE plans_plan; --", "Không tìm thấy"),
        ("<script>alert(1)</script>", "Không tìm thấy"),
        ("a" * 300, "Từ cần tìm quá dài"),
    ],
)
def test_anything_typed_gets_a_sensible_page(secretary: Client, typed: str, says: str) -> None:
    response = page(secretary, typed)
    assert (response.status_code, says in words(response)) == (200, True)


def test_what_was_typed_stays_in_the_field_and_never_becomes_markup(secretary: Client) -> None:
    text = words(page(secretary, '"><b>đất'))
    assert ('value="&quot;&gt;&lt;b&gt;đất"' in text, "<b>" in text) == (True, False)


def test_results_stand_by_kind_with_their_counts(place: Department, secretary: Client) -> None:
    owe(place, "Lập kế hoạch")
    enter(place.agency, 5, "Kế hoạch đào tạo")
    response = page(secretary, "kế hoạch")
    labels = [tab.label for tab in response.context["tabs"]]
    assert labels == ["Tất cả (3)", "Việc phải làm (1)", "Văn bản đã vào sổ (1)", "Đơn vị (1)"]
    assert headings(response) == ["Việc phải làm", "Văn bản đã vào sổ", "Đơn vị"]


def test_the_match_is_marked(place: Department, secretary: Client) -> None:
    owe(place, "Đánh giá nội bộ")
    assert "<mark>Đánh giá</mark> nội bộ" in words(page(secretary, '"danh gia"'))


def test_one_kind_comes_page_by_page(place: Department, secretary: Client) -> None:
    for number in range(26):
        owe(place, f"Báo cáo {number:02d}")
    second = page(secretary, "báo cáo", loai="viec", page="2")
    assert [row.found.drawn.title for row in second.context["rows"]] == ["Báo cáo 25"]
    assert "26–26 trong 26" in words(second)


@pytest.mark.parametrize(
    "asked", [{"loai": "la"}, {"nam": "x"}, {"nam": "99999"}, {"nam": "²⁰²⁶"}, {"page": "-3"}, {"page": "x"}]
)
def test_an_unknown_filter_is_left_out(place: Department, secretary: Client, asked: dict[str, str]) -> None:
    owe(place, "Báo cáo")
    assert headings(page(secretary, "báo cáo", **asked)) == ["Việc phải làm"]


def test_a_year_narrows_the_results(place: Department, secretary: Client) -> None:
    owe(place, "Báo cáo cũ", year=2024)
    owe(place, "Báo cáo mới", year=2025)
    (group,) = page(secretary, "báo cáo", nam="2024").context["groups"]
    assert [row.found.drawn.title for row in group.rows] == ["Báo cáo cũ"]


def test_a_kind_that_belongs_to_no_year_is_not_asked_with_a_year(place: Department, secretary: Client) -> None:
    response = page(secretary, "lan", nam="2026", loai="nguoi")
    assert (response.context["kind"], response.context["groups"]) == (None, [])


def test_htmx_gets_the_results_alone(place: Department, secretary: Client) -> None:
    owe(place, "Báo cáo")
    response = secretary.get(reverse("search"), {"q": "báo cáo"}, headers={"HX-Request": "true"})
    text = words(response)
    assert ("<mark>Báo</mark>" in text, "<html" in text) == (True, False)


def test_the_results_of_one_kind_as_an_excel_file(place: Department, secretary: Client) -> None:
    owe(place, "=Báo cáo", unit="tc", period="Quý I", year=2026)
    response = page(secretary, "báo cáo", loai="viec", xuat="xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][:3] == ("Loại", "Tên", "Chi tiết")
    assert rows[1][:4] == ("Việc phải làm", "=Báo cáo", "Phòng Tổ chức cán bộ · Quý I", "còn 7 ngày")


def test_an_excel_file_of_nothing_is_not_made(secretary: Client) -> None:
    assert page(secretary, "", loai="viec", xuat="xlsx")["Content-Type"].startswith("text/html")


def test_another_agency_is_named_and_the_own_is_not(place: Department, secretary: Client) -> None:
    owe(place, "Báo cáo")
    text = words(page(secretary, "báo cáo"))
    assert text.count("Sở Khoa học và Công nghệ") == words(page(secretary, "không hề có")).count(
        "Sở Khoa học và Công nghệ"
    )


def status(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        response.getvalue()  # the client closes the file behind the last chunk and keeps the database open
    return response.status_code


def test_every_result_leads_somewhere(place: Department, secretary: Client) -> None:
    place.plan_in(PlanState.ISSUED)
    enter(place.agency, 44, "Số không gắn với văn bản nào ở đây")
    groups = [group for q in ("kế hoạch", "KH-SKHCN", "lan") for group in page(secretary, q).context["groups"]]
    urls = {row.found.drawn.url for group in groups for row in group.rows}
    assert {status(secretary, url) for url in urls if url} == {200}


def cost(client: Client, **asked: str) -> int:
    page(client, **asked)
    with CaptureQueriesContext(connection) as queries:
        assert page(client, **asked).status_code == 200
    return len(queries)


def test_a_question_costs_the_same_however_much_is_found(place: Department) -> None:
    questions = ({}, {"loai": "viec"}, {"loai": "nguoi"}, {"loai": "viec", "xuat": "xlsx"}, {"nam": "2026"})
    browsers = {who: Client() for who in ("lan", "thuky", "giamdoc")}
    for who, client in browsers.items():
        client.force_login(place[who])
    costs: dict[tuple[str, int], set[int]] = {(who, q): set() for who in browsers for q in range(len(questions))}
    owe(place, "Lan báo cáo", year=2026)
    for size in (0, 3):
        for number in range(size):
            owe(place, "Lan báo cáo", year=2026)
            enter(place.agency, number + 1, "Lan báo cáo", 2026)
        for who, asked in costs:
            costs[who, asked].add(cost(browsers[who], q="lan", **questions[asked]))
    assert {case: found for case, found in costs.items() if len(found) > 1 or max(found) > MOST_QUERIES} == {}


def test_the_search_of_every_page_leads_here(secretary: Client) -> None:
    assert f'action="{reverse("search")}"' in words(secretary.get(reverse("home")))
