"""The screens of objectives: what they show to whom, and what they write."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from objectives.actions import open_registration
from objectives.enums import SetState
from objectives.measuring import Given, enter_figure
from objectives.models import Figure, MissCause, Objective, ObjectiveSet
from objectives.terms import Gathering, Measure
from qms.organisation.tests.cast import found_house, overseer_of

from .year import Year, figure, on

TODAY = timezone.localdate()
LAST = TODAY.year - 1
"""Last year: all its periods are over, whatever the day of the test."""
START = on(date(LAST, 2, 10))


@pytest.fixture
def old(place: Year) -> Year:
    """The department, ready to be told last year's story."""
    return place


def sign_in(client: Client, place: Year, who: str) -> Client:
    client.force_login(place[who])
    return client


def issued(place: Year, **fields: Any) -> Objective:
    """An objective in force since February of last year."""
    objectives = place.draft(year=LAST)
    objective = place.objective(objectives, **fields)
    place.in_force(objectives, at=START)
    return objective


def words_of(response: Any) -> str:
    return response.content.decode()


def post_objective(place: Year, **more: Any) -> dict[str, Any]:
    """What a head types."""
    return {
        "level": "division", "statement": "Giải quyết hồ sơ đúng hạn và trước hạn", "indicator": "Tỷ lệ đúng hạn",
        "measure": "ratio", "unit_of_measure": "%", "numerator_label": "Đúng hạn", "denominator_label": "Đã giải quyết",
        "direction": "at_least", "target": "95,5 %", "period": "quarter", "gathering": "ratio_of_sums",
        "formula": "own", "due_on": f"31/12/{TODAY.year}", "unit": place.unit("kh").pk, "place": "Phòng Kế hoạch",
        "revision": "0", "bien-phap-TOTAL_FORMS": "2", "bien-phap-INITIAL_FORMS": "0",
        "bien-phap-0-text": "Họp giao ban hằng tuần", "bien-phap-0-timing_text": "Quý II",
        "bien-phap-1-text": "", **more,
    }  # fmt: skip


def test_who_oversees_reads_what_was_issued_not_how_it_came_about(old: Year, client: Client) -> None:
    objectives = issued(old, statement="Trả hồ sơ đúng hẹn").objective_set
    overseer = overseer_of(found_house("so-tdc", name="Sở theo dõi", abbreviation="STD"), old.house)
    pages = []
    for reader in (old["nam"], overseer):
        client.force_login(reader)
        pages.append(client.get(reverse("objectives:set", args=[objectives.pk])).content.decode())
    assert [("Các bước" in page, "Trả hồ sơ đúng hẹn" in page) for page in pages] == [(True, True), (False, True)]


def test_a_head_begins_the_set_of_the_unit_and_adds_an_objective(place: Year, client: Client) -> None:
    sign_in(client, place, "truong")
    client.post(reverse("objectives:start", args=[TODAY.year]), {"unit": place.unit("kh").pk})
    objectives = ObjectiveSet.objects.get()
    response = client.post(reverse("objectives:add", args=[objectives.pk]), post_objective(place))
    assert response.status_code == 302
    row = objectives.objectives.get()
    assert (row.target, row.measure, row.level) == (Decimal("95.5"), "ratio", "division")
    assert list(row.steps.values_list("text", "timing_text")) == [("Họp giao ban hằng tuần", "Quý II")]


def test_a_mistake_in_the_form_keeps_what_was_typed(place: Year, client: Client) -> None:
    sign_in(client, place, "truong")
    objectives = place.draft(year=TODAY.year)
    response = client.post(reverse("objectives:add", args=[objectives.pk]), post_objective(place, target="95.5"))
    assert response.status_code == 422
    assert "đọc được hai cách" in words_of(response)
    assert "Họp giao ban hằng tuần" in words_of(response)
    assert Objective.objects.count() == 0


def test_two_heads_at_once_write_over_nothing(place: Year, client: Client) -> None:
    sign_in(client, place, "truong")
    objectives = place.draft(year=TODAY.year)
    row = place.objective(objectives)
    url = reverse("objectives:edit", args=[row.pk])
    first = client.post(url, post_objective(place, revision="1"))
    second = client.post(url, post_objective(place, revision="1", statement="Mục tiêu khác hẳn của người thứ hai"))
    assert (first.status_code, second.status_code) == (302, 409)
    assert Objective.objects.get().statement == "Giải quyết hồ sơ đúng hạn và trước hạn"


def test_the_five_requirements_advise_and_do_not_stop(place: Year, client: Client) -> None:
    sign_in(client, place, "truong")
    objectives = place.draft(year=TODAY.year)
    place.objective(objectives, place="", method="", indicator="")
    page = words_of(client.get(reverse("objectives:set", args=[objectives.pk])))
    assert "Ghi nơi thực hiện." in page
    assert "Còn thiếu chỉ số đo, cách tính." in page
    client.post(reverse("objectives:step", args=[objectives.pk, "submit"]))
    assert ObjectiveSet.objects.get().state == SetState.REVIEW


def test_the_secretary_gives_a_set_back_with_a_reason(place: Year, client: Client) -> None:
    objectives = place.draft(year=TODAY.year)
    place.objective(objectives)
    place.bring(objectives, SetState.REVIEW)
    sign_in(client, place, "thuky")
    url = reverse("objectives:step", args=[objectives.pk, "return"])
    assert client.post(url, {"comment": ""}).status_code == 422
    assert client.post(url, {"comment": "Chỉ tiêu thấp hơn năm trước"}).status_code == 302
    page = words_of(client.get(reverse("objectives:set", args=[objectives.pk])))
    assert "Chỉ tiêu thấp hơn năm trước" in page
    assert "trả lại để sửa" in page


def test_the_secretary_finds_what_waits(place: Year, client: Client) -> None:
    objectives = place.draft(year=TODAY.year)
    place.objective(objectives)
    place.bring(objectives, SetState.REVIEW)
    for who, shown in (("thuky", True), ("giamdoc", False), ("truong", False)):
        page = words_of(sign_in(client, place, who).get(reverse("objectives:desk")))
        assert (str(objectives) in page) is shown


def test_a_figure_is_entered_with_two_numbers(old: Year, client: Client) -> None:
    objective = issued(old, measure=Measure.RATIO.value, gathering=Gathering.RATIO_OF_SUMS.value)
    first = figure(objective, 1)
    sign_in(client, old, "lan")
    response = client.post(
        reverse("objectives:figure", args=[first.pk]), {"numerator": "1.250", "denominator": "1.300", "revision": 1}
    )
    assert response.status_code == 302
    assert (figure(objective, 1).numerator, figure(objective, 1).denominator) == (1250, 1300)


def test_a_share_typed_in_one_box_fills_both(old: Year, client: Client) -> None:
    objective = issued(old, measure=Measure.RATIO.value, gathering=Gathering.RATIO_OF_SUMS.value)
    sign_in(client, old, "lan").post(
        reverse("objectives:figure", args=[figure(objective, 1).pk]), {"numerator": "13/13", "revision": 1}
    )
    assert (figure(objective, 1).numerator, figure(objective, 1).denominator) == (13, 13)


def test_a_miss_brings_the_form_back_with_the_question(old: Year, client: Client) -> None:
    objective = issued(old)
    url = reverse("objectives:figure", args=[figure(objective, 1).pk])
    sign_in(client, old, "lan")
    asked = client.post(url, {"value": "80", "revision": 1})
    assert (asked.status_code, figure(objective, 1).is_entered) == (422, False)
    assert "Vì sao không đạt" in words_of(asked)
    client.post(url, {"value": "80", "revision": 1, "cause": "Thiếu người"})
    assert MissCause.objects.get().cause == "Thiếu người"
    page = words_of(client.get(reverse("objectives:detail", args=[LAST, objective.pk])))
    assert "Thiếu người" in page


def test_the_preview_says_how_the_period_would_stand_and_writes_nothing(old: Year, client: Client) -> None:
    objective = issued(old)
    url = reverse("objectives:figure_preview", args=[figure(objective, 1).pk])
    sign_in(client, old, "lan")
    good, bad = (words_of(client.post(url, {"value": value, "revision": 1})) for value in ("97", "80"))
    assert ("Vì sao không đạt" in good, "Vì sao không đạt" in bad) == (False, True)
    assert "đạt chỉ tiêu ít nhất 95" in good
    assert figure(objective, 1).is_entered is False


def test_a_closed_period_is_amended_visibly(old: Year, client: Client) -> None:
    objective = issued(old)
    enter_figure(
        figure(objective, 1), given=Given(value=Decimal(97)), revision=1, actor=old["lan"], at=on(date(LAST, 4, 2))
    )
    url = reverse("objectives:figure", args=[figure(objective, 1).pk])
    sign_in(client, old, "lan")
    assert client.post(url, {"value": "96", "revision": 2}).status_code == 422
    client.post(url, {"value": "96", "revision": 2, "reason": "Đếm trùng một hồ sơ"})
    page = words_of(client.get(reverse("objectives:detail", args=[LAST, objective.pk])))
    assert "Đếm trùng một hồ sơ" in page
    assert "97\u00a0%" in page


def test_the_owed_figures_are_those_of_ones_own_unit(old: Year, client: Client) -> None:
    objective = issued(old)
    for who, shown in (("lan", True), ("nam", False)):
        page = words_of(sign_in(client, old, who).get(reverse("objectives:owed")))
        assert (objective.statement in page) is shown


def test_the_year_shows_what_is_not_covered_and_who_is_late(old: Year, client: Client) -> None:
    open_registration(
        agency=old.agency, year=TODAY.year, register_by=TODAY - timedelta(days=1), figure_days=5, note="",
        actor=old["thuky"], at=timezone.now(),
    )  # fmt: skip
    above = old.objective(old.draft(None, year=TODAY.year))
    page = words_of(sign_in(client, old, "lan").get(reverse("objectives:year", args=[TODAY.year])))
    assert page.count("quá hạn đăng ký") == 3
    assert "Chưa đơn vị nào phục vụ mục tiêu này" in page
    below = old.objective(old.draft(year=TODAY.year), serves=above)
    page = words_of(client.get(reverse("objectives:year", args=[TODAY.year])))
    assert "Chưa đơn vị nào phục vụ mục tiêu này" not in page
    assert below.statement in page


def test_last_years_result_stands_beside_this_years_target(old: Year, client: Client) -> None:
    objective = issued(old)
    for index in range(1, 5):
        enter_figure(
            figure(objective, index), given=Given(value=Decimal("96.5")), revision=1, actor=old["lan"],
            at=timezone.now(),
        )  # fmt: skip
    sign_in(client, old, "truong").post(
        reverse("objectives:start", args=[TODAY.year]), {"unit": old.unit("kh").pk, "from": "previous"}
    )
    new = ObjectiveSet.objects.get(year=TODAY.year)
    assert new.objectives.get().carried_from == objective
    page = words_of(client.get(reverse("objectives:set", args=[new.pk])))
    assert f"Năm {LAST}: chỉ tiêu ít nhất 95\u00a0%, kết quả 96,5\u00a0%" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "trong rung"}, ["Trồng"]),
        ({"sap_xep": "muc_tieu"}, ["Cấp", "Trồng"]),
        ({"sap_xep": "-muc_tieu"}, ["Trồng", "Cấp"]),
        ({"tinh_trang": "missed"}, []),
        ({"tinh_trang": "not_yet_due"}, ["Trồng", "Cấp"]),
        ({"cap": "department"}, []),
    ],
)
def test_a_list_is_searched_filtered_and_ordered(
    old: Year, client: Client, asked: dict[str, str], found: list[str]
) -> None:
    objectives = old.draft(year=LAST)
    old.objective(objectives, statement="Trồng rừng phòng hộ ven biển")
    old.objective(objectives, statement="Cấp phép khai thác khoáng sản")
    page = sign_in(client, old, "lan").get(reverse("objectives:list", args=[LAST]), asked).context["page"]
    assert [row.objective.statement.split()[0] for row in page] == found


def test_excel_holds_the_list_with_the_reasons(old: Year, client: Client) -> None:
    objective = issued(old)
    response = sign_in(client, old, "lan").get(reverse("objectives:list", args=[LAST]), {"xuat": "xlsx"})
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert [rows[1][0], rows[1][6]] == [objective.statement, "Ít nhất 95\u00a0%"]
    assert rows[1][10].startswith("Chưa có số liệu")


@pytest.mark.parametrize("kind", ["targets", "actions"])
@pytest.mark.parametrize(("file_format", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_draft_is_printed_before_it_is_issued(
    place: Year, client: Client, kind: str, file_format: str, begins: bytes
) -> None:
    objectives = place.draft()
    place.objective(objectives)
    response = sign_in(client, place, "lan").get(
        reverse("objectives:download", args=[objectives.pk, kind, file_format])
    )
    assert response.content.startswith(begins)


def test_strangers_find_nothing(old: Year, client: Client) -> None:
    objective = issued(old)
    stranger = found_house("so-khac", name="Sở Khác", abbreviation="SK")
    client.force_login(stranger["thuky"])
    row = Figure.objects.first()
    addresses = [
        ("detail", [LAST, objective.pk]), ("set", [objective.objective_set_id]), ("figure", [row.pk]),
        ("edit", [objective.pk]), ("head", [objective.objective_set_id]),
        ("download", [objective.objective_set_id, "targets", "pdf"]),
    ]  # fmt: skip
    statuses = [client.get(reverse(f"objectives:{name}", args=args)).status_code for name, args in addresses]
    assert statuses == [404] * len(addresses)
    assert objective.statement not in words_of(client.get(reverse("objectives:year", args=[LAST])))


@pytest.mark.parametrize(
    ("name", "who"), [("add", "vanthu"), ("add", "nam"), ("head", "thuky"), ("registration", "truong")]
)
def test_what_one_may_not_do_is_refused(place: Year, client: Client, name: str, who: str) -> None:
    objectives = place.draft(year=TODAY.year)
    args = [TODAY.year] if name == "registration" else [objectives.pk]
    response = sign_in(client, place, who).post(reverse(f"objectives:{name}", args=args), {})
    assert response.status_code == 403
