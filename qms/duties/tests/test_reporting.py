"""How far a duty is: what is kept, what is refused beside its field, and what stays typed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from qms.duties import actions
from qms.duties.actions import Proof
from qms.duties.enums import DutyState
from qms.duties.models import Duty, Evidence, Report
from qms.files.models import StoredFile
from qms.organisation.tests.cast import NOW, TODAY, House
from qms.workflow.revisions import Overtaken

from .evidence import PDF
from .owing import Owing, in_days


@pytest.fixture
def head(client: Client, house: House) -> Client:
    """The head of the planning division at the screen."""
    client.force_login(house["truong"])
    return client


def send(client: Client, duty: Duty, **data: Any) -> Any:
    values = {"state": "done", "text": "Đã gửi 6 mục tiêu.", "revision": duty.revision}
    return client.post(reverse("duties:report", args=[duty.pk]), {**values, **data})


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def pdf(name: str = "quyet-dinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def test_one_touch_and_one_sentence_close_a_duty(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    assert send(head, duty)["Location"] == reverse("duties:detail", args=[duty.pk])
    duty.refresh_from_db()
    assert (duty.state, duty.percent, duty.closed_on, duty.revision) == (DutyState.DONE, 100, TODAY, 2)
    assert [(r.text, r.author_name, r.by_link) for r in duty.reports.all()] == [
        ("Đã gửi 6 mục tiêu.", "Ngô Văn Thắng", False)
    ]


def test_percent_left_empty_stays_as_it_was(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    send(head, duty, state="in_progress", percent="40")
    duty.refresh_from_db()
    send(head, duty, state="in_progress", percent="")
    duty.refresh_from_db()
    assert (duty.state, duty.percent) == (DutyState.IN_PROGRESS, 40)


@pytest.mark.parametrize(("state", "percent"), [("open", 0), ("done", 100), ("not_applicable", 0)])
def test_where_only_one_percent_fits_it_follows_from_the_answer(
    head: Client, owing: Owing, state: str, percent: int
) -> None:
    duty = owing.duty()
    send(head, duty, state=state, percent="35")
    duty.refresh_from_db()
    assert (duty.state, duty.percent) == (state, percent)


def test_evidence_keeps_its_own_day_apart_from_the_upload(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    day = f"{in_days(-9):%d/%m/%Y}"
    send(head, duty, files=[pdf(), pdf("anh.pdf")], link="https://songgiang.gov.vn/vb/1", effective_on=day)
    kept = [(str(one), one.effective_on) for one in Evidence.objects.all()]
    assert kept == [(name, in_days(-9)) for name in ("quyet-dinh.pdf", "anh.pdf", "https://songgiang.gov.vn/vb/1")]


BAD = [
    ({"state": ""}, "state", "Chọn một câu trả lời."),
    ({"state": "withdrawn"}, "state", "Chọn một trong bốn câu trả lời."),
    ({"state": "in_progress", "percent": "140"}, "percent", "Ghi một số từ 0 đến 100."),
    ({"state": "in_progress", "percent": "abc"}, "percent", "Ghi một số từ 0 đến 100."),
    ({"state": "in_progress", "percent": "-1"}, "percent", "Ghi một số từ 0 đến 100."),
    ({"state": "in_progress", "percent": "100"}, "percent", "Đã 100 % thì chọn “Đã xong”."),
    ({"state": "not_applicable", "text": " \u00a0"}, "text", "Ghi lý do không áp dụng."),
    ({"link": "https://a.vn", "effective_on": f"{in_days(1):%d/%m/%Y}"}, "effective_on",
     "Ngày của minh chứng không được sau hôm nay."),
    ({"effective_on": "31/02/2026"}, "effective_on", "Ngày không đúng, ghi như 05/11/2026."),
    ({"link": "javascript:alert(1)"}, "link", "Liên kết phải bắt đầu bằng http:// hoặc https://."),
    ({"link": "ftp://a.vn/x"}, "link", "Liên kết phải bắt đầu bằng http:// hoặc https://."),
    ({"text": "a" * 5001}, "text", "Dài quá 5000 ký tự; phần dài nên gửi thành tệp."),
    ({"revision": "x"}, "revision", None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "field", "sentence"), BAD, ids=lambda value: str(value)[:30])
def test_bad_input_is_told_beside_its_field_and_changes_nothing(
    head: Client, owing: Owing, data: dict[str, str], field: str, sentence: str | None
) -> None:
    duty = owing.duty()
    response = send(head, duty, **{"text": "Chữ đã gõ.", **data})
    found = errors(response)
    assert (response.status_code, list(found)) == (422, [field])
    assert sentence is None or found[field] == [sentence]
    assert response.context["form"]["text"].value() == data.get("text", "Chữ đã gõ.")
    assert (Report.objects.count(), Duty.objects.get().revision) == (0, 1)


def test_done_without_the_evidence_it_needs_is_refused(head: Client, owing: Owing) -> None:
    duty = owing.duty(evidence_required=True)
    found = errors(send(head, duty))
    assert found == {"files": ["Việc này phải có minh chứng trước khi báo xong: chọn tệp hoặc ghi liên kết."]}
    assert send(head, duty, files=[pdf()]).status_code == 302


def test_evidence_of_an_earlier_report_counts(head: Client, owing: Owing) -> None:
    duty = owing.duty(evidence_required=True)
    send(head, duty, state="in_progress", percent="50", files=[pdf()])
    duty.refresh_from_db()
    assert send(head, duty).status_code == 302


def test_a_refused_file_is_told_beside_the_files_and_the_others_do_not_stay(
    head: Client, owing: Owing, settings: Any
) -> None:
    duty = owing.duty()
    script = SimpleUploadedFile("anh.png", b"#!/bin/sh\nrm -rf x")
    response = send(head, duty, files=[pdf(), script])
    assert (response.status_code, list(errors(response))) == (422, ["files"])
    assert StoredFile.objects.count() == Report.objects.count() == 0
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_a_file_too_many_is_refused(head: Client, owing: Owing) -> None:
    response = send(head, owing.duty(), files=[pdf(f"{n}.pdf") for n in range(11)])
    assert errors(response) == {"files": ["Mỗi lần gửi tối đa 10 tệp."]}


def test_without_a_token_of_our_own_nothing_is_taken(house: House, owing: Owing) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house["truong"])
    assert send(client, owing.duty()).status_code == 403
    assert Report.objects.count() == 0


def test_who_writes_second_reads_both_versions_and_loses_nothing(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty, "lan", DutyState.IN_PROGRESS, percent=30, text="Đã họp lần một.")
    response = send(head, duty, state="in_progress", percent="60", text="Đã họp lần hai.")
    lines = [(line.mine, line.theirs) for line in response.context["clash"].lines]
    assert response.status_code == 409
    assert lines == [("Đang làm", "Đang làm"), ("60 %", "30 %"), ("Đã họp lần hai.", "Đã họp lần một.")]
    form = response.context["form"]
    assert (form["text"].value(), form["revision"].value()) == ("Đã họp lần hai.", "2")
    assert Report.objects.count() == 1


def test_sent_again_after_reading_both_it_follows_the_other_report(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty, "lan", DutyState.IN_PROGRESS, percent=30, text="Đã họp lần một.")
    duty.refresh_from_db()
    send(head, duty, state="in_progress", percent="60", text="Đã họp lần hai.")
    assert [r.text for r in Report.objects.all()] == ["Đã họp lần một.", "Đã họp lần hai."]


def test_the_same_answer_pressed_twice_is_one_report(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    for _ in range(2):
        assert send(head, duty, files=[pdf()], link="https://songgiang.gov.vn/vb/1").status_code == 302
    assert (Report.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_more_evidence_under_the_same_words_is_no_double_press(house: House, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty)
    with pytest.raises(Overtaken):
        actions.report(
            duty, state=DutyState.DONE, percent=100, text="Đã gửi.", proofs=[Proof(TODAY, link="https://a.vn")],
            revision=1, actor=house["truong"], at=NOW,
        )  # fmt: skip


def test_reporting_again_on_a_closed_duty_keeps_the_day_it_was_done(owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty, at=NOW - timedelta(days=5))
    owing.report(duty, text="Bổ sung bản ký.", proofs=[Proof(TODAY, link="https://a.vn")])
    assert Duty.objects.get().closed_on == in_days(-5)


@pytest.mark.parametrize(
    "wrong",
    [{"state": "done", "percent": 60, "closed_on": TODAY}, {"percent": 20}, {"state": "in_progress", "percent": 100}],
)
def test_the_database_refuses_a_percent_that_does_not_fit(owing: Owing, wrong: dict[str, Any]) -> None:
    duty = owing.duty()
    with pytest.raises(IntegrityError, match="duty_percent_agrees"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(**wrong)


def test_in_place_the_row_comes_back_with_its_new_state(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    address = reverse("duties:report", args=[duty.pk])
    opened = head.get(address, headers={"HX-Request": "true"})
    data = {"state": "in_progress", "percent": "20", "text": "Đang lấy ý kiến.", "revision": 1}
    saved = head.post(address, data, headers={"HX-Request": "true"})
    assert (opened.context["form"].is_bound, saved.status_code) == (False, 200)
    assert saved.context["row"].mark.label == "đang làm 20 %"
    assert saved.context["form"] is None


def test_in_place_a_wrong_answer_comes_back_in_the_open_row(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    address = reverse("duties:report", args=[duty.pk])
    response = head.post(address, {"state": "not_applicable", "revision": 1}, headers={"HX-Request": "true"})
    assert (response.status_code, errors(response)) == (422, {"text": ["Ghi lý do không áp dụng."]})


def test_without_javascript_the_way_leads_to_the_page_of_the_duty(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    response = head.get(reverse("duties:report", args=[duty.pk]))
    assert response["Location"] == reverse("duties:detail", args=[duty.pk]) + "#bao-cao"


def test_words_are_kept_in_composed_letters(head: Client, owing: Owing) -> None:
    duty = owing.duty()
    send(head, duty, text="Đã gử\u0069 bản ke\u0302\u0301")
    assert Report.objects.get().text == "Đã gửi bản kế"
