"""This year's plan from last year's: years move, ended units give way, and a list says where to look."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from plans.actions import store_plan
from plans.carry import carry_content, carry_over
from plans.content import PhaseContent, Signer, TaskContent
from plans.highlight import changed_pieces
from plans.models import Plan
from qms.organisation.models import Agency, Reorganisation, Unit, UnitSuccession, User

from .conftest import AT
from .contents import content_of, task_row


def last_years(agency: Agency, actor: User, *tasks: TaskContent) -> Plan:
    content = replace(content_of(PhaseContent(tasks=tasks or (task_row(1),))), signer=Signer("", "GIÁM ĐỐC", "An"))
    return store_plan(agency=agency, content=content, actor=actor, at=AT)


def ended(agency: Agency, name: str, *, heir: str | None) -> Unit:
    """A unit that was merged into another one, or dissolved, in the middle of the plan's year."""
    unit = Unit.objects.create(agency=agency, kind="division", name=name, order=9, valid_to=date(2026, 6, 30))
    step = Reorganisation.objects.create(
        agency=agency, kind="merge", decision_number="1/QĐ", decision_date=date(2026, 6, 1),
        effective_on=date(2026, 7, 1), actor=User.objects.first(), at=AT,
    )  # fmt: skip
    successor = agency.units.get(name=heir) if heir else None
    UnitSuccession.objects.create(reorganisation=step, predecessor=unit, successor=successor)
    return unit


def test_years_move_in_every_text_and_citations_stay(agency: Agency, secretary: User) -> None:
    task = task_row(1, title="Lập mục tiêu năm 2026", timing="Trước ngày 05/11/2026", note="theo Kế hoạch năm 2026")
    content = carry_content(last_years(agency, secretary, task), year=2027, at=AT).content
    moved = content.tasks[0]
    assert (content.year, content.subject) == (2027, "Duy trì hệ thống năm 2027")
    assert (moved.title, moved.timing, moved.note) == (
        "Lập mục tiêu năm 2027", "Trước ngày 05/11/2027", "theo Kế hoạch năm 2027"
    )  # fmt: skip
    assert content.bases == ("Căn cứ Quyết định số 19/2014/QĐ-TTg;", "Căn cứ Thông tư số 26/2014/TT-BKHCN.")


def test_number_date_and_signature_are_left_out(agency: Agency, secretary: User) -> None:
    plan = last_years(agency, secretary)
    Plan.objects.filter(pk=plan.pk).update(number="05", date=AT.date())
    content = carry_content(Plan.objects.get(pk=plan.pk), year=2027, at=AT).content
    assert (content.number, content.date, content.signer) == ("", None, Signer())


def test_the_agency_bears_todays_name(agency: Agency, secretary: User) -> None:
    plan = last_years(agency, secretary)
    Agency.objects.filter(pk=agency.pk).update(name="Sở Mới", superior="UBND TỈNH MỚI", place="Mới", abbreviation="SM")
    content = carry_content(Plan.objects.get(pk=plan.pk), year=2027, at=AT).content
    assert (content.agency, content.parent_agency, content.place, content.symbol) == (
        "Sở Mới", "UBND TỈNH MỚI", "Mới", "KH-SM"
    )  # fmt: skip


def test_an_ended_unit_gives_way_to_its_successor(agency: Agency, secretary: User) -> None:
    ended(agency, "Phòng Biển", heir="Phòng Đất đai")
    carried = carry_content(
        last_years(agency, secretary, task_row(1, lead="Văn phòng Sở, Phòng Biển")), year=2027, at=AT
    )
    assert carried.content.tasks[0].lead == "Văn phòng Sở, Phòng Đất đai"
    assert ("Nhiệm vụ 1, chủ trì", "Văn phòng Sở, Phòng Biển") in [(c.where, c.before) for c in carried.changes]


def test_a_dissolved_unit_is_to_be_looked_at(agency: Agency, secretary: User) -> None:
    ended(agency, "Phòng Cũ", heir=None)
    carried = carry_content(last_years(agency, secretary, task_row(1, lead="Phòng Cũ")), year=2027, at=AT)
    assert ("ended", "Nhiệm vụ 1", "Phòng Cũ không còn hoạt động.") in [
        (x.code, x.where, x.reason) for x in carried.looks
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"timing": "Quý III hoặc Quý IV"}, "timing"),
        ({"timing": "tùy tình hình"}, "timing"),
        ({"timing": "Tháng 3/2020"}, "year"),
        ({"support": "Tổ lạ"}, "unit"),
        ({"timing": "Trước ngày 29/02/2024"}, "year"),
    ],
)
def test_what_is_not_sure_is_to_be_looked_at(
    agency: Agency, secretary: User, fields: dict[str, str], code: str
) -> None:
    carried = carry_content(last_years(agency, secretary, task_row(1, **fields)), year=2027, at=AT)
    assert [(look.code, look.where) for look in carried.looks if look.code != "basis"] == [(code, "Nhiệm vụ 1")]


def test_every_basis_is_to_be_looked_at(agency: Agency, secretary: User) -> None:
    looks = carry_content(last_years(agency, secretary), year=2027, at=AT).looks
    assert [look.anchor for look in looks if look.code == "basis"] == ["can-cu", "can-cu"]


def test_the_draft_is_stored_with_its_origin_and_its_list(agency: Agency, secretary: User) -> None:
    source = last_years(agency, secretary)
    new, _ = carry_over(source, year=2027, actor=secretary, at=AT)
    assert (new.carried_from, new.layout, new.year, new.tasks.count()) == (source, source.layout, 2027, 1)
    assert [look["code"] for look in Plan.objects.get(pk=new.pk).looks] == ["basis", "basis"]


def test_the_same_year_and_a_year_out_of_range_are_refused(agency: Agency, secretary: User) -> None:
    source = last_years(agency, secretary)
    for year in (2026, 1999, 2101):
        with pytest.raises(ValidationError):
            carry_over(source, year=year, actor=secretary, at=AT)


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_only_who_drafts_carries_over(
    agency: Agency, secretary: User, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        carry_over(last_years(agency, secretary), year=2027, actor=request.getfixturevalue(who), at=AT)
    assert Plan.objects.count() == 1


def test_the_preview_writes_nothing_and_the_button_makes_one_draft(
    client: Client, agency: Agency, secretary: User
) -> None:
    source = last_years(agency, secretary)
    client.force_login(secretary)
    choice = {"tu": source.pk, "nam": 2027}
    shown = client.get(reverse("plans:carry"), choice)
    assert [change.where for change in shown.context["changes"]] == ["Trích yếu", "Nhiệm vụ 1, thời gian"]
    assert Plan.objects.count() == 1
    choice["seen"] = shown.context["newest"]
    made = [client.post(reverse("plans:carry"), choice)["Location"] for _ in range(2)]
    new = Plan.objects.exclude(pk=source.pk).get()
    assert made == [reverse("plans:edit", args=[2027, new.pk])] * 2


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("2026", "Kế hoạch gốc đã là của năm 2026; chọn năm khác."),
        ("1066", "Năm phải từ 2000 đến 2100."),
        ("abc", "Năm là bốn chữ số."),
        ("", "Ghi năm của kế hoạch mới."),
    ],
)
def test_a_wrong_year_is_said_beside_its_field(
    client: Client, agency: Agency, secretary: User, year: str, sentence: str
) -> None:
    client.force_login(secretary)
    shown = client.get(reverse("plans:carry"), {"tu": last_years(agency, secretary).pk, "nam": year})
    assert shown.context["form"]["nam"].errors == [sentence]


def test_a_strangers_plan_cannot_be_chosen(client: Client, agency: Agency, secretary: User, stranger: User) -> None:
    client.force_login(stranger)
    shown = client.post(reverse("plans:carry"), {"tu": last_years(agency, secretary).pk, "nam": 2027})
    assert (shown.status_code, Plan.objects.count()) == (422, 1)


def test_changed_words_are_marked_and_unchanged_lines_left_out() -> None:
    before, after = changed_pieces("Dòng một\nTháng 02/2026 nhé", "Dòng một\nTháng 02/2027 nhé")
    assert [(piece.text, piece.changed) for piece in before] == [("Tháng ", False), ("02/2026", True), (" nhé", False)]
    assert [piece.text for piece in after if piece.changed] == ["02/2027"]
