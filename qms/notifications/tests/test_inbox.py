"""The inbox: one's own messages, found again, read once."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.notifications.actions import Telling, notify
from qms.notifications.models import Category, Message, Preference
from qms.organisation.tests.cast import NOW, House

pytestmark = pytest.mark.django_db
INBOX = reverse("notifications:inbox")


@pytest.fixture
def lan(house: House, client: Client) -> Client:
    """Signed in as an ordinary person."""
    client.force_login(house["lan"])
    return client


def tell(house: House, number: int, username: str = "lan", **fields: object) -> Message:
    values = {"category": Category.NEWS, "title": f"Kế hoạch số {number}", "url": "/ke-hoach/", **fields}
    notify([Telling(house[username].pk, house.agency.pk, key=f"k{number}", **values)], at=NOW)
    return Message.objects.get(key=f"k{number}")


def titles(client: Client, query: str = "") -> list[str]:
    return [message.title for message in client.get(f"{INBOX}?{query}").context["page"]]


def test_the_newest_stands_first_and_others_messages_nowhere(house: House, lan: Client) -> None:
    tell(house, 1)
    tell(house, 2)
    tell(house, 3, "nam")
    assert titles(lan) == ["Kế hoạch số 2", "Kế hoạch số 1"]


def test_it_is_searched_without_marks(house: House, lan: Client) -> None:
    tell(house, 1, title="Đánh giá nội bộ")
    tell(house, 2)
    assert titles(lan, "q=danh+gia") == ["Đánh giá nội bộ"]


@pytest.mark.parametrize(
    ("query", "found"), [("xem=chua-doc", ["Kế hoạch số 2"]), ("xem=da-doc", ["Kế hoạch số 1"]), ("loai=reminder", [])]
)
def test_it_is_filtered(house: House, lan: Client, query: str, found: list[str]) -> None:
    lan.post(reverse("notifications:mark_read", args=[tell(house, 1).pk]))
    tell(house, 2)
    assert titles(lan, query) == found


def test_opening_marks_as_read_and_leads_there(house: House, lan: Client) -> None:
    message = tell(house, 1)
    response = lan.post(reverse("notifications:open", args=[message.pk]))
    message.refresh_from_db()
    assert (response["Location"], message.read_at is None) == ("/ke-hoach/", False)


@pytest.mark.parametrize("name", ["open", "mark_read"])
def test_somebody_elses_message_is_unknown(house: House, lan: Client, name: str) -> None:
    message = tell(house, 1, "nam")
    assert lan.post(reverse(f"notifications:{name}", args=[message.pk])).status_code == 404
    assert Message.objects.unread().count() == 1


def test_all_are_marked_as_read_but_nobody_elses(house: House, lan: Client) -> None:
    for number, username in enumerate(("lan", "lan", "nam")):
        tell(house, number, username)
    response = lan.post(reverse("notifications:mark_all_read"), {"tro_ve": f"{INBOX}?loai=news"})
    assert (response["Location"], Message.objects.unread().get().user) == (f"{INBOX}?loai=news", house["nam"])


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(house: House, lan: Client, target: str) -> None:
    assert lan.post(reverse("notifications:mark_all_read"), {"tro_ve": target})["Location"] == INBOX


def test_the_count_stands_in_the_frame_and_is_asked_for_again(house: House, lan: Client) -> None:
    for number in range(3):
        tell(house, number)
    assert lan.get(INBOX).context["unread"] == 3
    assert lan.get(reverse("notifications:unread")).content.decode().count(">3<") == 1


def test_the_list_is_paged(house: House, lan: Client) -> None:
    for number in range(51):
        tell(house, number)
    assert [len(titles(lan, f"page={page}")) for page in (1, 2)] == [50, 1]


def test_excel_has_what_the_filter_shows(house: House, lan: Client) -> None:
    tell(house, 1, category=Category.ANSWER)
    tell(house, 2)
    sheet = load_workbook(BytesIO(lan.get(f"{INBOX}?loai=answer&xuat=xlsx").content)).active
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["Việc", "Kế hoạch số 1"]


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_however_long(
    house: House, lan: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        tell(house, number)
    lan.get(INBOX)
    with django_assert_max_num_queries(8):
        lan.get(INBOX)


def test_what_is_wanted_by_mail_is_kept(house: House, lan: Client) -> None:
    lan.post(reverse("notifications:preferences"), {"mail": "on", "kinds": ["reminder", "decision"]})
    chosen = Preference.objects.get(user=house["lan"])
    assert (chosen.mail, chosen.muted) == (True, ["returned", "answer", "news"])


def test_a_kind_that_does_not_exist_is_refused(house: House, lan: Client) -> None:
    response = lan.post(reverse("notifications:preferences"), {"kinds": ["x"]})
    assert (response.status_code, Preference.objects.count()) == (422, 0)
