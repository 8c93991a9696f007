"""Role × address × method: who gets which answer. Strangers do not learn that a row exists."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.organisation.enums import Role, SigningForm
from qms.organisation.models import Agency, DecreedDay, Delegation, Reorganisation, User

from .cast import LONG_AGO, NOW, TODAY, House, add_person

LISTS = [
    "units", "people", "positions", "delegations", "reorganisations", "agency", "changes", "calendar",
]  # fmt: skip
PAGES = ["unit", "position", "person", "reorganisation"]
# Forms of managers; what each needs in its address.
FORMS = {
    "unit_new": "", "unit_change": "unit", "unit_close": "unit", "unit_members": "unit", "unit_aliases": "unit",
    "position_new": "unit", "position_change": "position", "position_close": "position", "appoint": "position",
    "holding_end": "holding", "person_new": "", "person_change": "person", "person_hand_over": "person",
    "delegation_new": "", "delegation_end": "delegation", "reorganise": "kind", "agency_change": "",
    "agency_rename": "", "decreed_day_new": "", "decreed_day_change": "day", "decreed_day_remove": "day",
    "calendar_confirm": "year",
}  # fmt: skip
BUTTONS = {
    "unit_reopen": "unit", "person_active": "person", "password_mail": "person", "temporary_password": "person",
    "calendar_seed": "",
}  # fmt: skip
MEMBERS = ["giamdoc", "pho", "chanh", "vanthu", "truong", "lan", "danhgia", "tuvan"]
MANAGERS = ["thuky", "quantri"]
HEAD_ALSO = {"delegation_new", "delegation_end"}


@pytest.fixture
def rows(house: House) -> dict[str, int | str]:
    """One row of each kind, by what stands in addresses."""
    decision = Reorganisation.objects.create(
        agency=house.agency, kind="rename", decision_number="1", decision_date=TODAY, effective_on=TODAY,
        actor=house["thuky"], at=NOW,
    )  # fmt: skip
    delegation = Delegation.objects.create(
        agency=house.agency, grantor=house["giamdoc"], delegate=house["pho"], form=SigningForm.KT,
        valid_from=LONG_AGO, basis="1",
    )  # fmt: skip
    day = DecreedDay.objects.create(agency=house.agency, day=TODAY, is_off=True, name="Nghỉ", source="1")
    return {
        "unit": house.units["kh"].pk, "position": house.position("lan").pk, "person": house.people["nam"].pk,
        "holding": house.people["lan"].holdings.get().pk, "reorganisation": decision.pk, "kind": "sap-nhap",
        "delegation": delegation.pk, "day": day.pk, "year": 2027,
    }  # fmt: skip


def address(name: str, needs: str, rows: dict[str, int | str]) -> str:
    return reverse(f"organisation:{name}", args=[rows[needs]] if needs else [])


def as_(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.mark.parametrize("username", MEMBERS + MANAGERS)
def test_everybody_of_the_agency_may_look(house: House, rows: dict, client: Client, username: str) -> None:
    as_(client, house[username])
    addresses = [address(name, "", rows) for name in LISTS] + [address(name, name, rows) for name in PAGES]
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("username", MANAGERS)
def test_managers_open_every_form(house: House, rows: dict, client: Client, username: str) -> None:
    as_(client, house[username])
    answers = {name: client.get(address(name, needs, rows)).status_code for name, needs in FORMS.items()}
    assert answers == dict.fromkeys(FORMS, 200)


@pytest.mark.parametrize("username", MEMBERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_colleagues_open_no_form(house: House, rows: dict, client: Client, username: str, method: str) -> None:
    as_(client, house[username])
    answers = {name: getattr(client, method)(address(name, n, rows)).status_code for name, n in FORMS.items()}
    opened = {name for name, status in answers.items() if status != 403}
    assert opened == (HEAD_ALSO if username == "giamdoc" else set())


@pytest.mark.parametrize("username", MEMBERS)
def test_colleagues_press_no_button(house: House, rows: dict, client: Client, username: str) -> None:
    as_(client, house[username])
    answers = {name: client.post(address(name, needs, rows)).status_code for name, needs in BUTTONS.items()}
    assert answers == dict.fromkeys(BUTTONS, 403)


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_is_no_link(house: House, rows: dict, client: Client, name: str) -> None:
    assert as_(client, house["thuky"]).get(address(name, BUTTONS[name], rows)).status_code == 405


@pytest.mark.parametrize("name", LISTS + PAGES)
def test_a_page_to_read_takes_no_post(house: House, rows: dict, client: Client, name: str) -> None:
    response = as_(client, house["thuky"]).post(address(name, name if name in PAGES else "", rows))
    assert response.status_code == 405


OF_A_ROW = {name: needs for name, needs in (FORMS | BUTTONS).items() if needs not in {"", "kind", "year"}}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_manager_next_door_finds_no_row(
    house: House, neighbour: House, rows: dict, client: Client, method: str
) -> None:
    as_(client, neighbour["thuky"])
    looked = {name: name for name in PAGES} if method == "get" else {}
    wanted = looked | {n: r for n, r in OF_A_ROW.items() if method == "post" or n not in BUTTONS}
    answers = {name: getattr(client, method)(address(name, needs, rows)).status_code for name, needs in wanted.items()}
    assert answers == dict.fromkeys(wanted, 404)


@pytest.mark.parametrize("name", LISTS)
def test_a_neighbours_list_is_unknown(house: House, neighbour: House, client: Client, name: str) -> None:
    as_(client, house["thuky"])
    assert client.get(reverse(f"organisation:{name}"), {"co-quan": neighbour.agency.code}).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_somebody_without_a_position_finds_no_list(house: House, client: Client, name: str) -> None:
    add_person(house, "moi", "Bùi Thị Hạnh")
    assert as_(client, house["moi"]).get(reverse(f"organisation:{name}")).status_code == 404


def test_one_finds_oneself_even_without_a_position(house: House, client: Client) -> None:
    person = add_person(house, "moi", "Bùi Thị Hạnh")
    response = as_(client, house["moi"]).get(reverse("organisation:person", args=[person.pk]))
    assert response.status_code == 200


@pytest.fixture
def overseer(house: House, neighbour: House, client: Client) -> Client:
    """Somebody whose agency oversees the neighbour."""
    Agency.objects.filter(pk=neighbour.agency.pk).update(parent=house.agency)
    add_person(house, "theodoi", "Người Theo Dõi", house.units["kh"], "Theo dõi", (Role.OVERSEER,))
    return as_(client, house["theodoi"])


@pytest.mark.parametrize("name", [name for name in LISTS if name != "changes"])
def test_an_overseer_reads_the_lists_of_those_that_report(overseer: Client, neighbour: House, name: str) -> None:
    response = overseer.get(reverse(f"organisation:{name}"), {"co-quan": neighbour.agency.code})
    assert (response.status_code, response.context["place"].agency) == (200, neighbour.agency)


def test_the_journal_is_for_the_agencys_own_people(overseer: Client, neighbour: House) -> None:
    assert overseer.get(reverse("organisation:changes"), {"co-quan": neighbour.agency.code}).status_code == 404
    tabs = overseer.get(reverse("organisation:units"), {"co-quan": neighbour.agency.code}).context["place"].tabs
    assert "Nhật ký" not in {tab.label for tab in tabs}


@pytest.mark.parametrize("words", ["@songgiang.example", 'class="secondary">lan<'])
def test_an_overseer_sees_neither_addresses_nor_accounts(overseer: Client, neighbour: House, words: str) -> None:
    person = neighbour["lan"]
    urls = [
        f"{reverse('organisation:people')}?co-quan={neighbour.agency.code}",
        reverse("organisation:person", args=[person.pk]),
    ]
    pages = [overseer.get(url).content.decode() for url in urls]
    assert [person.full_name in page for page in pages] == [True, True]
    assert not any(words in page for page in pages)


@pytest.mark.parametrize(("typed", "found"), [("phan thi lan", ["Phan Thị Lan"]), ("songgiang", []), ("so-tp-lan", [])])
def test_an_overseer_finds_people_by_name_alone(
    overseer: Client, neighbour: House, typed: str, found: list[str]
) -> None:
    asked = {"co-quan": neighbour.agency.code, "q": typed}
    page = overseer.get(reverse("organisation:people"), asked).context["page"]
    assert [person.full_name for person in page] == found


def test_the_excel_file_of_an_overseer_ends_before_the_account(overseer: Client, neighbour: House) -> None:
    response = overseer.get(reverse("organisation:people"), {"co-quan": neighbour.agency.code, "xuat": "xlsx"})
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert (rows[0][-1], {len(row) for row in rows}) == ("Đang hoạt động", {5})


def test_an_overseer_changes_nothing_there(overseer: Client, neighbour: House) -> None:
    url = reverse("organisation:unit_change", args=[neighbour.units["kh"].pk])
    assert (overseer.get(url).status_code, overseer.post(url, {"name": "X"}).status_code) == (403, 403)


def test_those_that_report_do_not_see_their_overseer(overseer: Client, house: House, neighbour: House) -> None:
    as_(overseer, neighbour["thuky"])
    response = overseer.get(reverse("organisation:units"), {"co-quan": house.agency.code})
    assert response.status_code == 404


@pytest.mark.parametrize("kind", ["sap-nhap", "chia-tach", "doi-ten", "giai-the"])
def test_every_kind_of_decision_has_its_form(house: House, client: Client, kind: str) -> None:
    assert as_(client, house["thuky"]).get(reverse("organisation:reorganise", args=[kind])).status_code == 200


def test_other_kinds_are_unknown(house: House, client: Client) -> None:
    assert as_(client, house["thuky"]).get(reverse("organisation:reorganise", args=["la"])).status_code == 404


def test_a_year_out_of_reach_is_unknown(house: House, client: Client) -> None:
    url = reverse("organisation:calendar_confirm", args=[99999])
    assert as_(client, house["thuky"]).get(url).status_code == 404
