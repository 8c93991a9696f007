"""Lists of duties: filters, order, groups, Excel; and how punctual they were."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.duties.actions import decide_extension
from qms.duties.enums import DutyKind, DutyState
from qms.duties.listing import HEADINGS, filtered, listed, periods
from qms.duties.models import Duty
from qms.duties.opening import withdraw_duties
from qms.duties.selectors import Punctuality, punctuality
from qms.organisation.tests.cast import NOW, TODAY, House

from .owing import Owing, in_days

MINE = reverse("duties:mine")


def found(**asked: str) -> list[str]:
    """Titles of what fits, most urgent first."""
    return [duty.title for duty in listed(filtered(Duty.objects.all(), asked, on=TODAY), "", on=TODAY)]


@pytest.fixture
def several(house: House, owing: Owing) -> Owing:
    """Duties in every state."""
    owing.duty(title="Trễ", due=in_days(-3), period="Quý I")
    owing.report(owing.duty(title="Đang làm", due=in_days(40)), state=DutyState.IN_PROGRESS, percent=30)
    owing.handed(owing.duty(title="Giao Lan", due=in_days(50), kind=DutyKind.CHECK_IN), "lan")
    owing.report(owing.duty(title="Xong"))
    owing.report(owing.duty(title="Xong lâu rồi"), at=NOW - timedelta(days=40))
    owing.duty(title="Chờ", dormant=True)
    return owing


FILTERS = [
    ({}, ["Trễ", "Đang làm", "Giao Lan", "Chờ", "Xong"]),
    ({"q": "dang LAM"}, ["Đang làm"]),
    ({"q": "quy i"}, ["Trễ"]),
    ({"q": "lâu"}, ["Xong lâu rồi"]),
    ({"trang_thai": "done"}, ["Xong", "Xong lâu rồi"]),
    ({"trang_thai": "dormant"}, ["Chờ"]),
    ({"trang_thai": "tat-ca"}, ["Trễ", "Đang làm", "Giao Lan", "Chờ", "Xong", "Xong lâu rồi"]),
    ({"trang_thai": "xyz"}, ["Trễ", "Đang làm", "Giao Lan", "Chờ", "Xong"]),
    ({"loai": "check_in"}, ["Giao Lan"]),
    ({"tre": "1"}, ["Trễ"]),
    ({"nguoi": "0", "trang_thai": "open"}, ["Trễ"]),
    ({"nguoi": "99999999999999999999"}, []),
    ({"ky": "nam-truoc"}, []),
]


@pytest.mark.parametrize(("asked", "titles"), FILTERS, ids=lambda value: str(value)[:30])
def test_a_filter_finds(several: Owing, asked: dict[str, str], titles: list[str]) -> None:
    assert found(**asked) == titles


def test_one_person_s_duties_are_found(several: Owing) -> None:
    assert found(nguoi=str(several.house.people["lan"].pk)) == ["Giao Lan"]


@pytest.mark.parametrize("value", [value for value, _ in periods(TODAY)])
def test_every_period_that_is_offered_finds_its_own(owing: Owing, value: str) -> None:
    months = [TODAY.replace(month=month, day=1) for month in range(1, 13)]
    for month in months:
        owing.duty(due=month)
    following = [(TODAY.month % 12) + 1] if TODAY.month < 12 else []
    quarters = {f"quy-{n}": list(range(3 * n - 2, 3 * n + 1)) for n in range(1, 5)}
    expected = {"thang": [TODAY.month], "thang-sau": following, "nam": list(range(1, 13)), "nam-truoc": [], **quarters}
    shown = filtered(Duty.objects.all(), {"ky": value}, on=TODAY)
    assert sorted(duty.due_on.month for duty in shown) == expected[value]


def test_what_was_withdrawn_is_shown_only_when_asked_for(owing: Owing) -> None:
    owing.duty(title="Rút")
    withdraw_duties(owing.house.agency, at=NOW)
    assert (found(), found(trang_thai="withdrawn"), found(trang_thai="tat-ca")) == ([], ["Rút"], ["Rút"])


@pytest.mark.parametrize("order", ["han", "viec", "don_vi"])
def test_the_order_turns_round(client: Client, several: Owing, order: str) -> None:
    client.force_login(several.house["truong"])
    up = [row.duty.pk for row in client.get(MINE, {"sap_xep": order}).context["rows"]]
    down = [row.duty.pk for row in client.get(MINE, {"sap_xep": f"-{order}"}).context["rows"]]
    without_day = {duty.pk for duty in Duty.objects.filter(due_on__isnull=True)} if order != "viec" else set()
    turned = [pk for pk in reversed(down) if pk not in without_day]
    assert sorted(up) == sorted(down)
    assert order == "don_vi" or [pk for pk in up if pk not in without_day] == turned


def test_the_list_goes_to_excel_as_it_is_filtered(client: Client, several: Owing) -> None:
    client.force_login(several.house["truong"])
    sheet = load_workbook(BytesIO(client.get(MINE, {"tre": "1", "xuat": "xlsx"}).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == HEADINGS
    assert [(row[0], row[2], row[4], row[9]) for row in rows[1:]] == [
        ("Trễ", "Quý I", "Phòng Kế hoạch - Tài chính", "chưa bắt đầu")
    ]


def test_a_long_list_has_pages(client: Client, house: House, owing: Owing) -> None:
    for _ in range(51):
        owing.duty()
    client.force_login(house["truong"])
    pages = [client.get(MINE, {"page": page}).context["rows"] for page in ("1", "2", "99", "x")]
    assert [len(rows) for rows in pages] == [50, 1, 1, 50]


def test_punctuality_is_counted_against_both_days(house: House, owing: Owing) -> None:
    extended = owing.duty(due=in_days(-3))
    grant = owing.asked(extended, days=5)
    decide_extension(grant, grant=True, answer="", actor=house["giamdoc"], at=NOW)
    for duty in (extended, owing.duty(due=in_days(1)), owing.duty(due=in_days(-1))):
        owing.report(duty)
    owing.report(owing.duty(), state=DutyState.NOT_APPLICABLE, text="Không có thủ tục.")
    owing.duty(due=in_days(-9))
    owing.duty(due=in_days(9))
    assert punctuality(Duty.objects.all(), on=TODAY) == Punctuality(judged=4, on_time=2, on_time_originally=1)
    counted = (Duty.objects.fell_due(TODAY), Duty.objects.on_time(), Duty.objects.on_time_originally())
    assert [found.count() for found in counted] == [4, 2, 1]
