"""The công văn đôn đốc: ready when the ladder ends, worded, signed, numbered, frozen."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from qms.documents.docx import render_docx
from qms.documents.models import FrozenDocument, RegisterEntry
from qms.documents.pdf import render_pdf
from qms.documents.review import review_layout
from qms.documents.selectors import is_intact
from qms.documents.tests.reading import read_pdf
from qms.duties.models import UrgingItem, UrgingLetter
from qms.duties.reminders import run
from qms.duties.urging import edit_letter, take_letter_step
from qms.duties.urging_document import items_of, urging_document
from qms.notifications.models import Message
from qms.organisation.tests.cast import House, moment
from qms.workflow.engine import Incomplete, NotAllowed

from .scene import MONDAY, finish, owe

pytestmark = pytest.mark.django_db
LONG_LATE = MONDAY - timedelta(days=40)


@pytest.fixture
def letter(house: House) -> UrgingLetter:
    """Two duties of two units were late for long when the reminders ran."""
    owe(house, LONG_LATE, title="Rà soát mục tiêu chất lượng", period="Quý I/2026")
    owe(house, LONG_LATE - timedelta(days=1), unit="tc", title="Cập nhật sổ tay chất lượng")
    run(MONDAY, at=moment(MONDAY))
    return UrgingLetter.objects.get()


def step(house: House, letter: UrgingLetter, name: str, who: str, comment: str = "") -> UrgingLetter:
    return take_letter_step(letter, name, actor=house[who], at=timezone.now(), comment=comment)


def issued(house: House, letter: UrgingLetter) -> UrgingLetter:
    return step(house, step(house, letter, "sign", "giamdoc"), "issue", "vanthu")


def test_it_lies_ready_and_the_secretary_is_told(house: House, letter: UrgingLetter) -> None:
    told = Message.objects.get(key__startswith="urging:")
    assert (told.user, told.url) == (house["thuky"], reverse("reminders:letter", args=[letter.pk]))
    assert [item.duty.title for item in items_of(letter)] == [
        "Rà soát mục tiêu chất lượng", "Cập nhật sổ tay chất lượng",
    ]  # fmt: skip


def test_running_again_changes_nothing(house: House, letter: UrgingLetter) -> None:
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        run(day, at=moment(day))
    assert (UrgingLetter.objects.count(), UrgingItem.objects.count()) == (1, 2)
    assert Message.objects.filter(key__startswith="urging:").count() == 1


def test_what_is_done_meanwhile_leaves_the_draft(house: House, letter: UrgingLetter) -> None:
    finish(letter.items.first().duty, MONDAY)
    assert [item.duty.title for item in items_of(letter)] == ["Cập nhật sổ tay chất lượng"]


def test_a_duty_that_ends_its_ladder_after_the_issue_gets_a_letter_of_its_own(
    house: House, letter: UrgingLetter
) -> None:
    issued(house, letter)
    owe(house, LONG_LATE, title="Việc khác")
    run(MONDAY, at=moment(MONDAY))
    assert [letter.items.count() for letter in UrgingLetter.objects.order_by("pk")] == [2, 1]


def test_the_layout_is_that_of_a_letter(house: House, letter: UrgingLetter) -> None:
    page = read_pdf(render_pdf(urging_document(letter, as_of=MONDAY)))[0]
    number, subject = page.find("Số: "), page.find("V/v đôn đốc")
    assert (number.size, subject.size, subject.bold, subject.y > number.y) == (13, 12, False, True)
    assert page.find("Kính gửi:").size == 14
    assert page.find("Kính gửi:").y < page.find("Qua theo dõi").y
    assert page.find("GIÁM ĐỐC").bold
    assert page.find("Nơi nhận:").italic


def test_the_rules_of_layout_have_nothing_against_it(house: House, letter: UrgingLetter) -> None:
    document = urging_document(issued(house, letter), as_of=timezone.localdate())
    assert [remark.message for remark in review_layout(document).remarks] == []


def test_word_and_pdf_say_the_same(house: House, letter: UrgingLetter) -> None:
    document = urging_document(letter, as_of=MONDAY)
    table = Document(BytesIO(render_docx(document))).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1] == ["1", "Rà soát mục tiêu chất lượng\nQuý I/2026", "Phòng Kế hoạch - Tài chính", "25/02/2026", "40"]


def test_it_is_signed_numbered_and_frozen(house: House, letter: UrgingLetter) -> None:
    done = issued(house, letter)
    assert (str(done), done.sign_position, done.sign_name) == ("Công văn 01/SKHCN-VP", "GIÁM ĐỐC", "Phạm Quang Huy")
    assert str(RegisterEntry.objects.get()) == "01/SKHCN-VP"
    assert is_intact(FrozenDocument.objects.get())


def test_who_worded_it_does_not_sign_it(house: House, letter: UrgingLetter) -> None:
    UrgingLetter.objects.filter(pk=letter.pk).update(edited_by=house["giamdoc"])
    with pytest.raises(NotAllowed):
        step(house, letter, "sign", "giamdoc")


@pytest.mark.parametrize(("name", "who"), [("sign", "thuky"), ("drop", "vanthu"), ("sign", "truong")])
def test_each_step_has_its_own_people(house: House, letter: UrgingLetter, name: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        step(house, letter, name, who, "lý do")


def test_a_letter_about_nothing_is_not_signed(house: House, letter: UrgingLetter) -> None:
    for item in letter.items.all():
        finish(item.duty, MONDAY)
    with pytest.raises(Incomplete):
        step(house, letter, "sign", "giamdoc")


def test_the_words_are_changed_and_nobody_writes_over_anybody(house: House, letter: UrgingLetter) -> None:
    words = {"subject": "báo cáo kết quả", "opening": "Kính gửi.", "request": "Đề nghị báo cáo./."}
    edit_letter(letter, **words, revision=0, actor=house["thuky"], at=timezone.now())
    with pytest.raises(ValidationError):
        edit_letter(letter, **words, revision=0, actor=house["thuky"], at=timezone.now())
    with pytest.raises(PermissionDenied):
        edit_letter(letter, **words, revision=1, actor=house["truong"], at=timezone.now())
    assert UrgingLetter.objects.get().subject == "báo cáo kết quả"


@pytest.mark.parametrize(("who", "status"), [("thuky", 200), ("giamdoc", 200), ("vanthu", 200), ("truong", 404)])
def test_who_reads_it(house: House, letter: UrgingLetter, client: Client, who: str, status: int) -> None:
    client.force_login(house[who])
    pages = (reverse("reminders:letter", args=[letter.pk]), reverse("reminders:letter_file", args=[letter.pk, "pdf"]))
    assert [client.get(page).status_code for page in pages] == [status, status]


def test_the_screen_shows_it_as_a_letter(house: House, letter: UrgingLetter, client: Client) -> None:
    client.force_login(house["thuky"])
    page = client.get(reverse("reminders:letter", args=[letter.pk])).content.decode()
    assert "<p>V/v đôn đốc thực hiện các nhiệm vụ đã quá hạn</p>" in page
    assert "<p>Kính gửi: Phòng Kế hoạch - Tài chính; Phòng Tổ chức cán bộ.</p>" in page


def test_it_goes_through_the_screens(house: House, letter: UrgingLetter, client: Client) -> None:
    for who, name in (("giamdoc", "sign"), ("vanthu", "issue")):
        client.force_login(house[who])
        assert client.post(reverse("reminders:letter_step", args=[letter.pk, name])).status_code == 302
    assert client.get(reverse("reminders:letters")).context["page"][0].number == "01"
    original = client.get(reverse("reminders:letter_file", args=[letter.pk, "pdf"])).getvalue()
    assert len(original) == FrozenDocument.objects.get().pdf_size


def test_a_refused_step_says_why_and_changes_nothing(house: House, letter: UrgingLetter, client: Client) -> None:
    client.force_login(house["thuky"])
    response = client.post(reverse("reminders:letter_step", args=[letter.pk, "drop"]))
    assert (response.status_code, response.context["trouble"]) == (422, "Còn thiếu: lý do.")


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_cost_the_same_however_much_is_late(
    house: House, client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        owe(house, LONG_LATE, title=f"Việc {number}")
    run(MONDAY, at=moment(MONDAY))
    client.force_login(house["thuky"])
    pages = (reverse("reminders:letters"), reverse("reminders:letter", args=[UrgingLetter.objects.get().pk]))
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(12):
            client.get(page)
