"""The screens of people, delegations, hand-over and the record of changes."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.organisation.enums import SigningForm
from qms.organisation.handover import Held, forget_source, on_handover
from qms.organisation.models import Agency, Delegation, OrganisationChange, PositionHolding, User

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, add_person

PEOPLE = reverse("organisation:people")


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The secretary's browser."""
    client.force_login(house["thuky"])
    return client


def send(desk: Client, address: str, /, *args: int, **data: str | list) -> HttpResponse:
    return desk.post(reverse(f"organisation:{address}", args=args), data)


def found(response: HttpResponse) -> list[str]:
    return [row["person"].username for row in response.context["rows"]]


# The list


def test_people_stand_in_the_order_of_given_names(house: House, desk: Client) -> None:
    assert found(desk.get(PEOPLE))[:6] == ["quantri", "vanthu", "pho", "truong2", "giamdoc", "tuvan"]


def test_the_order_may_be_turned_round(house: House, desk: Client) -> None:
    assert found(desk.get(PEOPLE, {"sap_xep": "-ten"})) == found(desk.get(PEOPLE))[::-1]


def test_an_unknown_order_is_the_usual_one(house: House, desk: Client) -> None:
    assert found(desk.get(PEOPLE, {"sap_xep": "password"})) == found(desk.get(PEOPLE))


def test_when_people_signed_in_is_not_told_by_their_order(desk: Client, house: House) -> None:
    User.objects.filter(pk=house["lan"].pk).update(last_login=NOW)
    assert found(desk.get(PEOPLE, {"sap_xep": "-vao"})) == found(desk.get(PEOPLE))


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        ({"q": "tran thi mai"}, ["thuky"]),
        ({"q": "LAN"}, ["lan"]),
        ({"vai_tro": "head"}, ["truong2", "truong"]),
        ({"vai_tro": "signer"}, ["pho"]),
        ({"xem": "ngung"}, ["nghi"]),
        ({"xem": "chua-vi-tri"}, ["moi"]),
        ({"q": "khong co ai"}, []),
    ],
)
def test_people_are_found(house: House, desk: Client, asked: dict[str, str], people: list[str]) -> None:
    add_person(house, "moi", "Bùi Văn Mới")
    add_person(house, "nghi", "Đã Nghỉ", house.units["kh"])
    User.objects.filter(username="nghi").update(is_active=False)
    delegate(house)
    assert found(desk.get(PEOPLE, asked)) == people


def test_people_of_one_unit(house: House, desk: Client) -> None:
    assert found(desk.get(PEOPLE, {"don_vi": str(house.units["kh"].pk)})) == ["lan", "truong"]


def test_a_strange_filter_finds_no_error(house: House, desk: Client) -> None:
    asked = {"don_vi": "9" * 40, "vai_tro": "'", "xem": "?", "page": "-1", "q": "%_\\"}
    assert desk.get(PEOPLE, asked).status_code == 200


def test_the_excel_file_holds_roles_and_positions(house: House, desk: Client) -> None:
    delegate(house)
    response = desk.get(PEOPLE, {"xuat": "xlsx", "q": "le thi ha"})
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert (*rows[1][:4], *rows[1][5:7]) == (
        "Lê Thị Hà", "Phó Giám đốc", "Lãnh đạo Sở", "Phó Giám đốc, ký KT.", "pho", "pho@songgiang.example",
    )  # fmt: skip


def test_a_name_that_looks_like_a_formula_is_a_text(house: House, desk: Client) -> None:
    User.objects.filter(username="lan").update(full_name="=1+1")
    response = desk.get(PEOPLE, {"xuat": "xlsx"})
    cells = [row[0] for row in load_workbook(BytesIO(response.content)).active.iter_rows()]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


# One person


def page(desk: Client, person: User) -> HttpResponse:
    return desk.get(reverse("organisation:person", args=[person.pk]))


def test_a_role_is_explained_by_the_position(house: House, desk: Client) -> None:
    roles = page(desk, house.people["truong"]).context["roles"]
    assert [(role.label, role.because) for role in roles] == [
        ("Trưởng đơn vị", "vì giữ vị trí Trưởng phòng, Phòng Kế hoạch - Tài chính, từ 01/01/2020")
    ]


def test_a_role_is_explained_by_the_delegation(house: House, desk: Client) -> None:
    delegate(house, valid_to=TOMORROW)
    because = [role.because for role in page(desk, house.people["pho"]).context["roles"]]
    assert because[1] == f"vì được Phạm Quang Huy giao ký KT., từ 01/01/2020 đến hết {TOMORROW:%d/%m/%Y}"


def test_positions_of_before_are_marked(house: House, desk: Client) -> None:
    PositionHolding.objects.filter(user=house.people["lan"]).update(valid_to=YESTERDAY)
    line = page(desk, house.people["lan"]).context["holdings"][0]
    assert line["mark"].label == f"đến hết {YESTERDAY:%d/%m/%Y}"


def test_a_colleague_sees_no_buttons(house: House, client: Client) -> None:
    client.force_login(house["lan"])
    assert "<button" not in page(client, house.people["nam"]).content.decode().split('<main id="noi-dung"')[1]


def test_a_person_is_added_with_a_login_name_of_their_own(house: House, desk: Client) -> None:
    response = send(desk, "person_new", full_name="Đặng Quốc Bảo", username="", email="bao@songgiang.example", phone="")
    person = User.objects.get(username="dangquocbao")
    assert response["Location"] == reverse("organisation:person", args=[person.pk])


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"full_name": ""}, {"full_name": ["Ghi họ và tên."]}),
        ({"email": "sai"}, {"email": ["Địa chỉ thư không đúng, ghi như ten@coquan.gov.vn."]}),
        ({"email": "Lan@songgiang.example"}, {"__all__": ["Thư điện tử này đã có người dùng."]}),
        ({"username": "lan"}, {"username": ["Tên đăng nhập này đã có người dùng."]}),
    ],
)
def test_a_bad_entry_is_told_and_kept(house: House, desk: Client, change: dict, errors: dict) -> None:
    typed = {"full_name": "Đặng Quốc Bảo", "username": "bao", "email": "", "phone": "0911"} | change
    response = send(desk, "person_new", **typed)
    form = response.context["form"]
    assert (response.status_code, form.errors, {n: form[n].value() for n in typed}) == (422, errors, typed)


def test_a_password_is_shown_once_and_not_kept_by_the_browser(house: House, desk: Client) -> None:
    response = send(desk, "temporary_password", house.people["lan"].pk)
    password = response.context["password"]
    assert house["lan"].check_password(password) is True
    assert "no-store" in response["Cache-Control"]


def test_no_password_for_the_head_is_shown(house: House, desk: Client) -> None:
    response = send(desk, "temporary_password", house.people["giamdoc"].pk)
    assert (response.status_code, house["giamdoc"].has_usable_password()) == (302, False)


def test_a_mail_for_a_password_leads_back_here(house: House, desk: Client) -> None:
    send(desk, "password_mail", house.people["lan"].pk)
    assert [message.to for message in mail.outbox] == [["lan@songgiang.example"]]
    assert "http://testserver/tai-khoan/mat-khau/quen/" in mail.outbox[0].body


def test_an_account_is_closed_and_opened_by_one_button(house: House, desk: Client) -> None:
    states = []
    for _ in range(2):
        send(desk, "person_active", house.people["lan"].pk)
        states.append(house["lan"].is_active)
    assert states == [False, True]


# Leaving


@pytest.fixture
def drafts() -> Iterator[None]:
    """A room that has something on everybody's desk."""

    def source(person: User) -> list[Held]:
        return [Held(f"Dự thảo của {person}", "còn sửa", "/ke-hoach/1/")]

    on_handover(source)
    yield
    forget_source(source)


def test_the_sheet_lists_everything_held(house: House, desk: Client, drafts: None) -> None:
    delegate(house)
    sheet = desk.get(reverse("organisation:person_hand_over", args=[house.people["pho"].pk])).context
    assert [str(row.position) for row in sheet["holdings"]] == ["Phó Giám đốc"]
    assert [row.form for row in sheet["delegations_held"]] == ["KT"]
    assert sheet["desk"] == [Held("Dự thảo của Lê Thị Hà", "còn sửa", "/ke-hoach/1/")]


def test_the_sheet_of_the_head_lists_delegations_given(house: House, desk: Client) -> None:
    delegate(house)
    sheet = desk.get(reverse("organisation:person_hand_over", args=[house.people["giamdoc"].pk])).context
    assert [row.delegate for row in sheet["delegations_given"]] == [house.people["pho"]]


def test_a_hand_over_is_written_from_the_screen(house: House, desk: Client) -> None:
    heir = add_person(house, "moi", "Bùi Văn Mới")
    holding = house.people["truong"].holdings.get()
    data = {"last_day": f"{YESTERDAY:%d/%m/%Y}", "basis": "9/QĐ", f"heir_{holding.pk}": str(heir.pk)}
    response = send(desk, "person_hand_over", house.people["truong"].pk, **data)
    holding.refresh_from_db()
    assert (response.status_code, holding.valid_to, heir.holdings.get().position) == (302, YESTERDAY, holding.position)


def test_a_bad_day_keeps_the_chosen_heir(house: House, desk: Client) -> None:
    holding, heir = house.people["truong"].holdings.get(), house.people["nam"]
    response = send(
        desk, "person_hand_over", house.people["truong"].pk, last_day="x", **{f"heir_{holding.pk}": str(heir.pk)}
    )
    form = response.context["form"]
    assert (list(form.errors), form[f"heir_{holding.pk}"].value()) == (["last_day"], str(heir.pk))


# Delegations


def delegate(house: House, **fields) -> Delegation:
    data = {
        "agency": house.agency, "grantor": house.people["giamdoc"], "delegate": house.people["pho"],
        "form": SigningForm.KT, "valid_from": LONG_AGO, "basis": "07/TB-SKHCN",
    }  # fmt: skip
    return Delegation.objects.create(**(data | fields))


def test_a_delegation_is_written_from_the_screen(house: House, desk: Client) -> None:
    data = {
        "form": "KT", "grantor": str(house.people["giamdoc"].pk), "delegate": str(house.people["pho"].pk),
        "valid_from": f"{TODAY:%d/%m/%Y}", "valid_to": "", "basis": "07/TB-SKHCN",
    }  # fmt: skip
    response = send(desk, "delegation_new", **data)
    assert (response.status_code, Delegation.objects.get().delegate) == (302, house.people["pho"])


def test_what_the_decree_forbids_is_told_beside_its_field(house: House, desk: Client) -> None:
    data = {
        "form": "TL", "grantor": str(house.people["giamdoc"].pk), "delegate": str(house.people["pho"].pk),
        "valid_from": f"{TODAY:%d/%m/%Y}", "basis": "1",
    }  # fmt: skip
    form = send(desk, "delegation_new", **data).context["form"]
    assert form.errors == {"delegate": ["Thừa lệnh (TL.) dành cho người đứng đầu một đơn vị."]}


def test_the_head_writes_and_ends_a_delegation(house: House, client: Client) -> None:
    client.force_login(house["giamdoc"])
    assert client.get(reverse("organisation:delegation_new")).status_code == 200
    delegation = delegate(house)
    send(client, "delegation_end", delegation.pk, last_day=f"{TODAY:%d/%m/%Y}")
    delegation.refresh_from_db()
    assert delegation.valid_to == TODAY


def test_a_delegation_of_the_past_is_shown_on_demand(house: House, desk: Client) -> None:
    delegate(house, valid_to=YESTERDAY)
    url = reverse("organisation:delegations")
    assert [len(desk.get(url, asked).context["rows"]) for asked in ({}, {"xem": "tat-ca"})] == [0, 1]


# The agency and the record


def test_the_agency_is_renamed_from_the_screen(house: House, desk: Client) -> None:
    data = {
        "name": "Sở Khoa học, Công nghệ và Chuyển đổi số", "superior": "UBND TỈNH SÔNG GIANG",
        "abbreviation": "SKHCNCĐS", "place": "Sông Giang", "used_from": f"{TODAY:%d/%m/%Y}", "basis": "15/QĐ-UBND",
    }  # fmt: skip
    send(desk, "agency_rename", **data)
    agency = Agency.objects.get(pk=house.agency.pk)
    assert (agency.abbreviation, agency.former_names.get().abbreviation) == ("SKHCNCĐS", "SKHCN")


def test_the_agencys_address_is_corrected_from_the_screen(house: House, desk: Client) -> None:
    send(desk, "agency_change", **house.agency.names(), address="1 Lê Lợi")
    assert Agency.objects.get(pk=house.agency.pk).address == "1 Lê Lợi"


def test_the_record_tells_who_did_what(house: House, desk: Client) -> None:
    send(desk, "person_active", house.people["lan"].pk)
    rows = desk.get(reverse("organisation:changes")).context["page"]
    assert [str(row) for row in rows] == ["Trần Thị Mai ngừng tài khoản của Phan Thị Lan"]


@pytest.mark.parametrize(("words", "count"), [("ngung lan", 1), ("TRAN THI MAI", 1), ("nam", 0)])
def test_the_record_is_searched(house: House, desk: Client, words: str, count: int) -> None:
    send(desk, "person_active", house.people["lan"].pk)
    page = desk.get(reverse("organisation:changes"), {"q": words}).context["page"]
    assert page.paginator.count == count


def test_the_record_comes_in_pages(house: House, desk: Client) -> None:
    for n in range(52):
        OrganisationChange.objects.create(
            agency=house.agency,
            actor=house.people["thuky"],
            actor_name="Mai",
            at=NOW - timedelta(hours=n),
            sentence="x",
        )
    page = desk.get(reverse("organisation:changes"), {"page": "2"}).context["page"]
    assert len(page.object_list) == 2
