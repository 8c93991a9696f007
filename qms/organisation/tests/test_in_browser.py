"""The screens of this room in a real browser: accessible in both themes, fitting a phone, working without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from qms.organisation.enums import SigningForm
from qms.organisation.models import DecreedDay, Delegation, Reorganisation, Unit

from .cast import LONG_AGO, NOW, TODAY, House, found_house

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = {"width": 1366, "height": 900}


@pytest.fixture
def furnished(transactional_db: None) -> House:
    """A department with a delegation, a decision, a decreed day."""
    house = found_house()
    Delegation.objects.create(
        agency=house.agency, grantor=house["giamdoc"], delegate=house["pho"], form=SigningForm.KT,
        valid_from=LONG_AGO, basis="07/TB-SKHCN",
    )  # fmt: skip
    Reorganisation.objects.create(
        agency=house.agency, kind="rename", decision_number="1/QĐ", decision_date=TODAY, effective_on=TODAY,
        changes=["Phòng A đổi tên thành Phòng B"], actor=house["thuky"], at=NOW,
    )  # fmt: skip
    DecreedDay.objects.create(agency=house.agency, day=TODAY, is_off=True, name="Nghỉ", source="1/TB")
    return house


def cookie_of(house: House, username: str, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(house[username])
    name = project.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def merger(house: House) -> str:
    units = "&".join(f"units_ended={house.units[key].pk}" for key in ("kh", "tc"))
    rest = f"name=Phòng+Tổng+hợp&new_kind=division&effective_on={TODAY:%d/%m/%Y}"
    return f"{reverse('organisation:reorganise', args=['sap-nhap'])}?{units}&{rest}"


def addresses(house: House) -> Iterator[str]:
    """Every sort of page of this room."""
    for name in ("units", "people", "positions", "delegations", "reorganisations", "agency", "changes", "calendar"):
        yield reverse(f"organisation:{name}")
    yield f"{reverse('organisation:calendar')}?nam=2028"
    for name, row in (
        ("unit", house.units["kh"]), ("unit", house.units["nhom"]), ("position", house.position("lan")),
        ("person", house.people["pho"]), ("reorganisation", Reorganisation.objects.get()),
        ("unit_members", house.units["nhom"]), ("position_change", house.position("lan")),
        ("appoint", house.position("lan")), ("person_change", house.people["lan"]),
        ("person_hand_over", house.people["pho"]), ("decreed_day_remove", DecreedDay.objects.get()),
    ):  # fmt: skip
        yield reverse(f"organisation:{name}", args=[row.pk])
    for name in ("unit_new", "delegation_new", "agency_rename", "decreed_day_new"):
        yield reverse(f"organisation:{name}")
    yield reverse("organisation:reorganise", args=["chia-tach"])
    yield f"{reverse('organisation:reorganise', args=['sap-nhap'])}?effective_on=x"
    yield merger(house)


def test_every_page_is_accessible_fits_and_keeps_the_security_policy(
    furnished: House, page: Page, live_server: Any, assert_screen: Callable[[Page], None]
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.context.add_cookies([cookie_of(furnished, "thuky", live_server.url)])
    for address in addresses(furnished):
        page.goto(live_server.url + address)
        assert_screen(page)
    assert refused == []


@pytest.fixture
def plain(furnished: House, browser: Browser, live_server: Any) -> Iterator[Page]:
    """The secretary's browser, with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    context.add_cookies([cookie_of(furnished, "thuky", live_server.url)])
    yield context.new_page()
    context.close()


def test_two_divisions_are_merged_without_scripts(furnished: House, plain: Page, live_server: Any) -> None:
    plain.goto(live_server.url + reverse("organisation:unit", args=[furnished.units["kh"].pk]))
    plain.click("text=sáp nhập")
    plain.check("text=Phòng Tổ chức cán bộ")
    plain.fill("[name=name]", "Phòng Tổng hợp")
    plain.fill("[name=effective_on]", f"{TODAY:%d/%m/%Y}")
    plain.click("text=Xem trước")
    plain.select_option(f"[name=vi_tri_{furnished.position('truong').pk}]", label="Chuyển sang Phòng Tổng hợp")
    plain.click("text=Xem lại với lựa chọn này")
    plain.fill("[name=decision_number]", "20/QĐ-UBND")
    plain.fill("[name=decision_date]", f"{TODAY:%d/%m/%Y}")
    plain.click("button:has-text('Áp dụng')")
    plain.wait_for_selector("text=Những gì đã thay đổi")
    new = Unit.objects.get(name="Phòng Tổng hợp")
    assert {p.title for p in new.positions.all()} == {"Trưởng phòng", "Chuyên viên", "Chuyên gia đánh giá"}


def test_a_person_is_added_and_appointed_without_scripts(furnished: House, plain: Page, live_server: Any) -> None:
    plain.goto(live_server.url + reverse("organisation:people"))
    plain.click("text=Thêm người")
    plain.fill("[name=full_name]", "Đặng Quốc Bảo")
    plain.click("main button[type=submit]")
    plain.wait_for_selector("text=Chưa giữ vị trí nào")
    plain.goto(live_server.url + reverse("organisation:appoint", args=[furnished.position("lan").pk]))
    plain.select_option("[name=person]", label="Đặng Quốc Bảo")
    plain.click("main button:has-text('Lưu')")
    plain.wait_for_selector("text=Đã ghi người giữ vị trí.")
    held = furnished.position("lan").holdings.order_by("pk").last()
    assert (str(held.user), held.valid_from) == ("Đặng Quốc Bảo", TODAY)
