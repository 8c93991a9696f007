"""Calendar feeds: read back with a calendar library, closed to everybody without the address."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from qms.duties.feeds import renew_feed
from qms.notifications.models import CalendarFeed
from qms.organisation.models import PositionHolding
from qms.organisation.tests.cast import NOW, TODAY, YESTERDAY, House

from .scene import finish, owe

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=5)


def address(house: House, username: str = "lan", unit: str = "") -> str:
    feed = renew_feed(house[username], house.units[unit] if unit else None, at=NOW)
    return reverse("feeds:calendar", args=[feed.secret])


def events(content: bytes) -> list[dict[str, object]]:
    """Summary, day and UID of every event, as a calendar program reads them."""
    calendar = Calendar.from_ical(content)
    return [
        {"what": str(event["SUMMARY"]), "day": event.decoded("DTSTART"), "uid": str(event["UID"])}
        for event in calendar.walk("VEVENT")
    ]


def test_due_days_are_events_of_a_whole_day(house: House, client: Client) -> None:
    duty = owe(house, DUE, person=house["lan"], title="Rà soát “mục tiêu”; báo cáo, lưu hồ sơ")
    owe(house, DUE, title="Việc của trưởng phòng")
    found = events(client.get(address(house)).content)
    assert found == [{"what": f"Hạn: {duty.title}", "day": DUE, "uid": f"duty-{duty.pk}@127.0.0.1"}]
    assert type(found[0]["day"]) is date


def test_lines_are_folded_and_end_as_the_standard_has_it(house: House, client: Client) -> None:
    owe(house, DUE, person=house["lan"], title="Đánh giá, cập nhật " * 20)
    lines = client.get(address(house)).content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None and b"\n" not in line for line in lines)


def test_what_the_standard_requires_is_there(house: House, client: Client) -> None:
    owe(house, DUE, person=house["lan"])
    calendar = Calendar.from_ical(client.get(address(house)).content)
    event = calendar.walk("VEVENT")[0]
    assert {"PRODID", "VERSION"} <= set(calendar)
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL"} <= set(event)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)


def test_a_head_sees_what_the_unit_has_not_handed_on_and_the_unit_sees_all(house: House, client: Client) -> None:
    owe(house, DUE, title="Chưa giao")
    owe(house, DUE, title="Đã giao", person=house["lan"])
    own = [event["what"] for event in events(client.get(address(house, "truong")).content)]
    whole = [event["what"] for event in events(client.get(address(house, "truong", "kh")).content)]
    assert (own, whole) == (["Hạn: Chưa giao"], ["Hạn: Chưa giao", "Hạn: Đã giao"])


def test_what_was_done_says_so_and_what_waits_is_absent(house: House, client: Client) -> None:
    finish(owe(house, DUE, person=house["lan"], title="Việc"), TODAY)
    owe(house, None, person=house["lan"], state="dormant", waits_for="văn bản mới")
    assert [event["what"] for event in events(client.get(address(house)).content)] == ["Xong: Việc"]


def test_a_program_that_has_it_already_gets_nothing_again(house: House, client: Client) -> None:
    duty = owe(house, DUE, person=house["lan"])
    feed = address(house)
    etag = client.get(feed)["ETag"]
    assert client.get(feed, headers={"if-none-match": etag}).status_code == 304
    finish(duty, TODAY)
    assert client.get(feed, headers={"if-none-match": etag}).status_code == 200


def test_a_renewed_address_closes_the_old_one(house: House, client: Client) -> None:
    old, new = address(house), address(house)
    assert [client.get(one).status_code for one in (old, new)] == [404, 200]


def test_a_revoked_address_is_closed(house: House, client: Client) -> None:
    feed = address(house)
    client.force_login(house["lan"])
    client.post(reverse("feeds:revoke", args=[0]))
    assert client.get(feed).status_code == 404


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%00", "..", "đ"])
def test_a_wrong_secret_is_unknown(house: House, client: Client, secret: str) -> None:
    address(house)
    assert client.get(f"/lich-viec/{secret}.ics").status_code == 404


def test_a_deactivated_person_has_no_feed(house: House, client: Client) -> None:
    feed, person = address(house), house["lan"]
    person.is_active = False
    person.save()
    assert client.get(feed).status_code == 404


def test_who_left_the_unit_loses_its_feed(house: House, client: Client) -> None:
    feed = address(house, "lan", "kh")
    PositionHolding.objects.filter(user=house["lan"]).update(valid_to=YESTERDAY)
    assert client.get(feed).status_code == 404


@pytest.mark.parametrize(("unit", "status"), [("kh", 302), ("tc", 404)])
def test_only_ones_own_units_may_be_subscribed_to(house: House, client: Client, unit: str, status: int) -> None:
    client.force_login(house["lan"])
    response = client.post(reverse("feeds:renew", args=[house.units[unit].pk]))
    assert (response.status_code, CalendarFeed.objects.count()) == (status, int(status == 302))


def test_the_page_shows_ones_own_addresses(house: House, client: Client) -> None:
    feed = address(house, "lan", "kh")
    address(house, "truong", "kh")
    client.force_login(house["lan"])
    rows = client.get(reverse("feeds:list")).context["rows"]
    assert [row.address.removeprefix("http://127.0.0.1:8000") for row in rows] == ["", feed]
