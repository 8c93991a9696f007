"""The one mail of a day, through a real mail server."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from pytest_django import Settings

from qms.notifications.actions import Telling, notify, set_preference
from qms.notifications.digest import Outcome, claim, send_digests
from qms.notifications.models import Category, Digest, Message
from qms.organisation.tests.cast import NOW, TODAY, TOMORROW, House

from .post import Catcher, free_port, mail_server, use_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Settings) -> Iterator[Catcher]:
    """A mail server that works."""
    port = free_port()
    use_server(settings, port)
    with mail_server(port) as catcher:
        yield catcher


def tell(house: House, username: str = "lan", key: str = "k1", category: Category = Category.NEWS) -> None:
    telling = Telling(
        house[username].pk, house.agency.pk, category, key, f"Kế hoạch mới {key}", "Vừa ban hành.", "/ke-hoach/"
    )
    notify([telling], at=NOW)


def send(house: House, day: object = TODAY) -> Outcome:
    return send_digests(house.agency, day, alive=lambda: None)


def parts(mail: EmailMessage) -> tuple[str, str]:
    return mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


def subject(mail: EmailMessage) -> str:
    """Without the space that folding leaves in front."""
    return mail["Subject"].strip()


def test_the_mail_says_what_why_and_where_in_both_forms(house: House, post: Catcher, settings: Settings) -> None:
    settings.SITE_URL = "https://qms.songgiang.example"
    tell(house)
    send(house)
    for text in parts(post.mails[0]):
        wanted = ("Phan Thị Lan", "Kế hoạch mới k1", "Vừa ban hành.", "https://qms.songgiang.example/ke-hoach/")
        assert [word for word in wanted if word not in text] == []


def test_the_mail_can_be_unsubscribed_from_and_is_known_as_automatic(house: House, post: Catcher) -> None:
    tell(house)
    send(house)
    mail = post.mails[0]
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8000/thong-bao/tuy-chon/>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (subject(mail), mail["To"].addresses[0].display_name) == ("Văn bản mới: Kế hoạch mới k1", "Phan Thị Lan")


def test_what_people_typed_is_text_in_the_html(house: House, post: Catcher) -> None:
    notify([Telling(house["lan"].pk, house.agency.pk, Category.NEWS, "k", "<b>Sở & ban</b>\r\nBcc: x@y.z")], at=NOW)
    send(house)
    assert "<b>Sở" not in parts(post.mails[0])[1]
    assert (subject(post.mails[0]), post.mails[0]["Bcc"]) == ("Văn bản mới: <b>Sở & ban</b> Bcc: x@y.z", None)


def test_news_of_the_day_after_the_mail_wait_for_tomorrow(house: House, post: Catcher) -> None:
    tell(house)
    send(house)
    tell(house, key="k2")
    assert (send(house).sent, send(house, TOMORROW).sent, post.recipients()) == (0, 1, ["lan", "lan"])


def test_a_server_that_is_down_loses_nothing(house: House, settings: Settings) -> None:
    port = free_port()
    use_server(settings, port)
    tell(house)
    down = send(house)
    assert (down.sent, down.failed, down.errors[0].split(":")[0]) == (0, 1, "Phan Thị Lan")
    with mail_server(port) as catcher:
        assert (send(house).sent, catcher.recipients()) == (1, ["lan"])
    assert (Digest.objects.get().state, Digest.objects.get().attempts) == ("sent", 2)


def test_a_server_that_was_down_all_day_is_caught_up_in_the_mail_of_the_next(house: House, settings: Settings) -> None:
    port = free_port()
    use_server(settings, port)
    tell(house)
    send(house)
    tell(house, key="k2")
    with mail_server(port) as catcher:
        send(house, TOMORROW)
        assert catcher.recipients() == ["lan"]
        assert subject(catcher.mails[0]).startswith("2 việc: 2 văn bản mới")
    assert list(Digest.objects.order_by("day").values_list("state", flat=True)) == ["skipped", "sent"]


def test_a_refused_address_does_not_hold_up_the_others(house: House, post: Catcher) -> None:
    post.refused.add(house["chanh"].email)
    for username in ("chanh", "lan", "nam"):
        tell(house, username, f"k-{username}")
    outcome = send(house)
    assert (outcome.sent, outcome.failed, sorted(post.recipients())) == (2, 1, ["lan", "nam"])


def test_a_dead_server_is_not_asked_for_everybody(house: House, settings: Settings) -> None:
    use_server(settings, free_port())
    for username in house.people:
        tell(house, username, f"k-{username}")
    outcome = send(house)
    assert (outcome.failed, Digest.objects.count()) == (len(house.people), 5)


def test_a_muted_kind_stays_in_the_inbox_and_out_of_the_mail(house: House, post: Catcher) -> None:
    set_preference(house["lan"], mail=True, muted=[Category.NEWS])
    tell(house)
    tell(house, key="k2", category=Category.ANSWER)
    send(house)
    assert "k1" not in parts(post.mails[0])[0]
    assert Message.objects.filter(user=house["lan"]).unread().count() == 2


@pytest.mark.parametrize("reason", ["tài khoản đã ngừng", "không có địa chỉ thư", "đã chọn không nhận thư"])
def test_who_gets_no_mail_is_counted_with_the_reason(house: House, post: Catcher, reason: str) -> None:
    tell(house)
    person = house["lan"]
    if reason.startswith("đã chọn"):
        set_preference(person, mail=False, muted=[])
    person.is_active, person.email = "ngừng" not in reason, "" if "địa chỉ" in reason else person.email
    person.save()
    assert (send(house).counts(), Digest.objects.get().error, post.mails) == (
        {"considered": 0, "sent": 0, "skipped": 1, "failed": 0}, reason, [],
    )  # fmt: skip


def test_mail_switched_on_again_does_not_bring_the_old_days(house: House, post: Catcher) -> None:
    set_preference(house["lan"], mail=False, muted=[])
    tell(house)
    send(house)
    set_preference(house["lan"], mail=True, muted=[])
    assert send(house, TOMORROW).counts() == {"considered": 0, "sent": 0, "skipped": 0, "failed": 0}


def test_a_claim_in_hand_is_left_alone_until_its_lease_is_over(house: House, post: Catcher) -> None:
    tell(house)
    digest = claim(house["lan"].pk, TODAY)
    assert (claim(house["lan"].pk, TODAY), send(house).sent) == (None, 0)
    Digest.objects.filter(pk=digest.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    assert (send(house).sent, post.recipients()) == (1, ["lan"])


def test_a_claim_of_yesterday_that_died_is_told_today(house: House, post: Catcher) -> None:
    tell(house)
    digest = claim(house["lan"].pk, TODAY)
    Digest.objects.filter(pk=digest.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    assert (send(house, TOMORROW).sent, Message.objects.get().digest.day) == (1, TOMORROW)


def test_a_slow_worker_does_not_undo_what_a_quicker_one_sent(house: House, post: Catcher) -> None:
    tell(house)
    digest = claim(house["lan"].pk, TODAY)
    Digest.objects.filter(pk=digest.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    send(house)
    assert claim(house["lan"].pk, TODAY) is None
    assert Digest.objects.get().state == "sent"


def test_the_same_digest_sent_twice_is_one_mail_for_mail_programs(house: House, post: Catcher) -> None:
    tell(house)
    send(house)
    Digest.objects.update(state="claimed", sent_at=None, claimed_at=timezone.now() - timedelta(hours=1))
    send(house)
    assert len(post.mails) == 2
    assert post.mails[0]["Message-ID"] == post.mails[1]["Message-ID"]
