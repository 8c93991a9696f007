"""The screens of surveys."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from objectives.satisfaction.forms import period_value
from objectives.satisfaction.importing import tables
from objectives.satisfaction.models import Channel, Comment, ImportState, Survey, SurveyImport, SurveyScheme
from qms.organisation.tests.cast import House, add_person, found_house

from .conftest import FIRST, LAST_QUARTER, QUARTER, SECOND, asked
from .exports import responses, xlsx

MARKS = {f"m0_{mark}": count for mark, count in enumerate((1, 2, 6, 91, 100), start=1)}


@pytest.fixture
def head(client: Client, house: House) -> Client:
    client.force_login(house["truong"])
    return client


@pytest.fixture
def secretary(client: Client, house: House) -> Client:
    client.force_login(house["thuky"])
    return client


def typed(house: House, **more: Any) -> dict[str, Any]:
    return {
        "period": period_value(QUARTER), "unit": house.units["kh"].pk, "channel": "paper", "sent": "1.220",
        "received": "200", "comments": "Chờ lâu\n\nTốt", **MARKS, **more,
    }  # fmt: skip


def upload(client: Client, content: bytes, name: str = "phieu.xlsx", **more: Any) -> Any:
    sent = {"file": SimpleUploadedFile(name, content), "period": period_value(QUARTER), "channel": "paper", **more}
    return client.post(reverse("satisfaction:upload"), sent)


def sheet_of(answer: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_an_empty_room_says_what_to_do(head: Client) -> None:
    for name in ("results", "surveys", "comments", "feeds"):
        page = head.get(reverse(f"satisfaction:{name}")).content.decode()
        assert "Chưa có" in page


def test_a_survey_is_entered_by_hand(head: Client, house: House) -> None:
    assert head.post(reverse("satisfaction:add"), typed(house)).status_code == 302
    survey = Survey.objects.get()
    assert (survey.sent, survey.received, survey.owner_name) == (1220, 200, "Phòng Kế hoạch - Tài chính")
    assert [row.share.words for row in survey.answers.all()] == ["95,5\u00a0% (191/200)"]
    assert [comment.text for comment in survey.comments.all()] == ["Chờ lâu", "Tốt"]


@pytest.mark.parametrize(
    ("typing", "field", "sentence"),
    [
        ({"sent": "10"}, "received", "Thu về 200 phiếu, nhiều hơn 10 phiếu phát ra."),
        ({"m0_3": "7"}, "m0_1", "Cộng các mức được 201 lượt chấm, nhiều hơn 200 phiếu thu về."),
        ({"m0_3": "x"}, "m0_3", "Ghi một số nguyên, như 120."),
        ({"received": ""}, "received", "Ghi một số, như 120."),
        ({"period": "2026-quarter-9"}, "period", "Chọn trong danh sách."),
        ({"unit": ""}, "unit", "Chọn đơn vị được khảo sát."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    head: Client, house: House, typing: dict[str, str], field: str, sentence: str
) -> None:
    answer = head.post(reverse("satisfaction:add"), typed(house, **typing))
    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {field: [sentence]}
    page = answer.content.decode()
    assert sentence in page
    assert 'value="100"' in page
    assert not Survey.objects.exists()


def test_a_survey_is_changed_and_withdrawn(head: Client, survey: Survey) -> None:
    page = head.get(reverse("satisfaction:change", args=[survey.pk]))
    assert page.context["form"].initial["m0_4"] == 91
    sent = {"received": "210", "sent": "", "revision": 1, **MARKS}
    assert head.post(reverse("satisfaction:change", args=[survey.pk]), sent).status_code == 302
    head.post(reverse("satisfaction:withdraw", args=[survey.pk]), {"reason": "Nhầm kỳ"})
    survey.refresh_from_db()
    assert (survey.received, survey.sent, survey.withdrawn_reason) == (210, None, "Nhầm kỳ")
    assert "đã bỏ" in head.get(reverse("satisfaction:survey", args=[survey.pk])).content.decode()


def test_results_are_sums_over_sums_by_period_unit_and_criterion(secretary: Client, house: House) -> None:
    asked(house)
    asked(house, unit="tc", received=300, sent=None)
    asked(house, period=LAST_QUARTER)
    results = secretary.get(reverse("satisfaction:results")).context["results"]
    assert [(p, t.received, t.share.counts) for p, t in results.periods] == [
        (LAST_QUARTER, 200, "341/390"), (QUARTER, 500, "682/780"),
    ]  # fmt: skip
    assert [(name, t.received, t.rate) for name, t in results.units] == [
        ("Phòng Kế hoạch - Tài chính", 200, "90,9\u00a0%"), ("Phòng Tổ chức cán bộ", 300, "–"),
    ]  # fmt: skip
    assert [(name, share.counts) for name, share in results.cells()[-1][2]] == [(FIRST, "382/400"), (SECOND, "300/380")]


def test_results_are_narrowed_by_criterion_unit_and_channel(secretary: Client, house: House) -> None:
    asked(house)
    asked(house, unit="tc", channel=Channel.ONLINE)
    address = reverse("satisfaction:results")

    def counts(**asked_for: Any) -> str:
        return secretary.get(address, asked_for).context["results"].whole.share.counts

    assert counts(tieu_chi=FIRST) == "382/400"
    assert counts(tieu_chi=FIRST, don_vi=house.units["tc"].pk) == "191/200"
    assert counts(hinh_thuc="online") == "341/390"


def test_a_survey_of_the_year_is_not_spread_over_quarters_but_said(secretary: Client, house: House) -> None:
    asked(house)
    found = secretary.get(reverse("satisfaction:results"), {"loai": "month"}).context["results"]
    assert (found.longer, found.is_empty) == (1, True)
    assert secretary.get(reverse("satisfaction:results"), {"loai": "year"}).context["results"].whole.received == 200


def test_lists_go_to_excel_with_every_number(secretary: Client, house: House) -> None:
    asked(house, comments=("=HYPERLINK()",))
    rows = sheet_of(secretary.get(reverse("satisfaction:surveys"), {"xuat": "xlsx"}))
    assert [row[8:12] for row in rows[1:]] == [(FIRST, 200, 191, 95.5), (SECOND, 190, 150, 78.95)]
    assert sheet_of(secretary.get(reverse("satisfaction:results"), {"xuat": "xlsx"}))[1][:6] == (
        QUARTER.label, "Tất cả", 220, 200, 390, 341,
    )  # fmt: skip
    assert sheet_of(secretary.get(reverse("satisfaction:comments"), {"xuat": "xlsx"}))[1][3] == "=HYPERLINK()"


def test_surveys_and_comments_are_found_without_marks(secretary: Client, house: House) -> None:
    asked(house, comments=("Chờ lâu quá", "Cảm ơn"))
    asked(house, unit="tc", comments=("Chờ hơi lâu",))
    listed = secretary.get(reverse("satisfaction:comments"), {"q": "cho lau", "xem": "chua"}).context["page"]
    assert [comment.text for comment in listed] == ["Chờ lâu quá", "Chờ hơi lâu"]
    page = secretary.get(reverse("satisfaction:surveys"), {"q": "to chuc"}).context["page"]
    assert [survey.owner_name for survey in page] == ["Phòng Tổ chức cán bộ"]


def test_a_comment_is_answered(head: Client, house: House) -> None:
    comment = asked(house, comments=("Chờ lâu",)).comments.get()
    address = reverse("satisfaction:handle", args=[comment.pk])
    assert head.post(address, {"handling": " "}).status_code == 422
    assert head.post(address, {"handling": "Thêm một quầy"}).status_code == 302
    assert Comment.objects.get().handling == "Thêm một quầy"


def test_strangers_find_nothing(client: Client, house: House, survey: Survey) -> None:
    neighbour = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    client.force_login(neighbour["thuky"])
    for name in ("survey", "change"):
        assert client.get(reverse(f"satisfaction:{name}", args=[survey.pk])).status_code == 404
    assert client.post(reverse("satisfaction:withdraw", args=[survey.pk]), {"reason": "x"}).status_code == 404
    assert client.get(reverse("satisfaction:surveys")).context["page"].paginator.count == 0
    assert client.get(reverse("satisfaction:results")).context["results"].is_empty


def test_a_file_of_others_is_not_seen(client: Client, house: House) -> None:
    client.force_login(house["thuky"])
    upload(client, xlsx(responses(3)))
    sent = SurveyImport.objects.get()
    client.force_login(house["truong"])
    assert client.get(reverse("satisfaction:import", args=[sent.pk])).status_code == 404


def test_a_file_is_looked_through_and_saved(secretary: Client, django_capture_on_commit_callbacks: Any) -> None:
    upload(secretary, xlsx(responses(60)))
    sent = SurveyImport.objects.get()
    page = secretary.get(reverse("satisfaction:import", args=[sent.pk]))
    assert "Sẽ lưu 3 khảo sát, 60 phiếu" in page.content.decode()
    roles = {f"cot{place}": role for place, role in enumerate(sent.roles)}
    with django_capture_on_commit_callbacks(execute=True):
        secretary.post(reverse("satisfaction:import", args=[sent.pk]), {**roles, "then": "save"})
    done = secretary.get(reverse("satisfaction:import_progress", args=[sent.pk])).content.decode()
    assert "60 dòng, 3 khảo sát" in done
    assert Survey.objects.count() == 3


def test_bad_rows_are_shown_by_line_and_column_and_go_to_excel(secretary: Client) -> None:
    rows = responses(3)
    rows[1][3] = "tạm"
    upload(secretary, xlsx(rows))
    sent = SurveyImport.objects.get()
    page = secretary.get(reverse("satisfaction:import", args=[sent.pk])).content.decode()
    assert "Dòng 3" in page
    assert 'value="save"' not in page
    sheet = sheet_of(secretary.get(reverse("satisfaction:import_problems", args=[sent.pk])))
    assert sheet[1][:4] == (3, "D", "Về tiếp cận dịch vụ", "tạm")


def test_columns_are_mapped_by_hand(secretary: Client) -> None:
    upload(secretary, xlsx(responses(3), head=("A", "B", "C", "D", "E", "F", "G", "H", "I")))
    sent = SurveyImport.objects.get()
    address = reverse("satisfaction:import", args=[sent.pk])
    assert "Chọn ít nhất một cột mức chấm" in secretary.get(address).content.decode()
    secretary.post(address, {"cot1": "unit", "cot3": f"score:{FIRST}", "then": "check"})
    assert "Sẽ lưu 3 khảo sát, 3 phiếu" in secretary.get(address).content.decode()


def test_progress_is_polled_and_shown_without_javascript(secretary: Client) -> None:
    upload(secretary, xlsx(responses(60)))
    SurveyImport.objects.update(state=ImportState.RUNNING, done=20)
    address = reverse("satisfaction:import_progress", args=[SurveyImport.objects.get().pk])
    whole = secretary.get(address).content.decode()
    part = secretary.get(address, headers={"hx-request": "true"}).content.decode()
    assert "Đã kiểm tra 20 trong 60 dòng" in whole
    assert 'http-equiv="refresh"' in whole
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [(b"%PDF-1.7 x", "a.pdf", 422), (b"x", "a.exe", 422), (b"a" * (tables.MAX_FILE + 1), "a.csv", 413)],
    ids=["pdf", "program", "large"],
)
def test_a_file_that_is_no_export_is_refused_beside_its_field(
    secretary: Client, content: bytes, name: str, status: int
) -> None:
    answer = upload(secretary, content, name)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == ["file"]
    assert not SurveyImport.objects.exists()


def test_a_file_is_dropped_before_it_is_saved_not_after(secretary: Client) -> None:
    upload(secretary, xlsx(responses(3)))
    sent = SurveyImport.objects.get()
    SurveyImport.objects.update(state=ImportState.DONE)
    secretary.post(reverse("satisfaction:import_discard", args=[sent.pk]))
    assert SurveyImport.objects.count() == 1
    SurveyImport.objects.update(state=ImportState.DRAFT)
    secretary.post(reverse("satisfaction:import_discard", args=[sent.pk]))
    assert SurveyImport.objects.count() == 0


def test_who_enters_nothing_reads_results_and_uploads_nothing(client: Client, house: House) -> None:
    client.force_login(house["giamdoc"])
    assert client.get(reverse("satisfaction:results")).status_code == 200
    assert client.get(reverse("satisfaction:upload")).status_code == 403


def test_the_secretary_sets_criteria_and_marks(secretary: Client) -> None:
    sent = {"criteria": "Thủ tục\nThái độ", "words": "Kém\nĐược\nTốt", "good_from": 3}
    assert secretary.post(reverse("satisfaction:scheme"), sent).status_code == 302
    assert SurveyScheme.objects.get().scheme.rule == "Hài lòng là chấm từ mức 3 trên thang 3."
    assert secretary.post(reverse("satisfaction:scheme"), sent | {"good_from": 9}).status_code == 422


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("name", ["results", "surveys", "comments"])
def test_lists_cost_at_most_twelve_queries(
    head: Client, house: House, name: str, count: int, django_assert_max_num_queries: Any
) -> None:
    for unit in ("kh", "tc", "vp", None)[:count]:
        asked(house, unit=unit, comments=("Chờ lâu", "Tốt"))
    head.get(reverse(f"satisfaction:{name}"))
    with django_assert_max_num_queries(12):
        head.get(reverse(f"satisfaction:{name}"))


@pytest.mark.parametrize("count", [1, 30])
def test_one_survey_costs_at_most_twelve_queries(
    head: Client, house: House, count: int, django_assert_max_num_queries: Any
) -> None:
    survey = asked(house, comments=("Chờ lâu",) * count)
    head.get(reverse("satisfaction:survey", args=[survey.pk]))
    with django_assert_max_num_queries(12):
        head.get(reverse("satisfaction:survey", args=[survey.pk]))


@pytest.mark.parametrize("count", [3, 600])
def test_looking_through_a_file_costs_the_same_with_three_rows_and_with_many(
    client: Client, house: House, count: int, django_assert_max_num_queries: Any
) -> None:
    client.force_login(house["thuky"])
    upload(client, xlsx(responses(count)))
    address = reverse("satisfaction:import", args=[SurveyImport.objects.get().pk])
    client.get(address)
    with django_assert_max_num_queries(15):  # five of them are the names that units bear or bore
        client.get(address)


def test_a_person_of_no_unit_sees_no_entry(client: Client, house: House) -> None:
    add_person(house, "moi", "Người mới")
    client.force_login(house["moi"])
    assert client.get(reverse("satisfaction:results")).status_code == 404
