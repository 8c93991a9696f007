"""The frame around every page."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans.models import Plan, PlanLayout
from qms.notifications.models import Message
from qms.organisation.access import access_of
from qms.organisation.enums import Role, UnitKind
from qms.organisation.models import Agency, Position, PositionHolding, Unit, User
from qms.organisation.roles import sync_roles
from qms.overview import context
from qms.overview.context import Place, frame, plans_waiting


@pytest.fixture
def person(db: None) -> User:
    """Somebody with two positions, of which the higher one stands beside the name."""
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm", abbreviation="STN", place="Sông Giang")
    unit = Unit.objects.create(agency=agency, name="Văn phòng", kind=UnitKind.DIVISION)
    user = User.objects.create(username="mai", full_name="Trần Thị Mai", agency=agency)
    for rank, title in ((50, "Tổ viên"), (10, "Thư ký ISO")):
        position = Position.objects.create(unit=unit, title=title, rank=rank)
        PositionHolding.objects.create(position=position, user=user, valid_from=date(2020, 1, 1))
    ended = Position.objects.create(unit=unit, title="Giám đốc", rank=1)
    PositionHolding.objects.create(position=ended, user=user, valid_to=date(2021, 1, 1))
    return user


def request_of(user: User | AnonymousUser, path: str = "/", **cookies: str):
    request = RequestFactory().get(path)
    request.user = user
    request.COOKIES.update(cookies)
    return request


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """A navigation of known addresses."""
    known = [
        Place("Trang đầu", "home"),
        Place("Tài khoản", "account_login"),
        Place("Chờ tôi", "account_email", count=lambda request: 3),
        Place("Chưa cài", "nowhere:list"),
        Place("Không được xem", "style_page", visible=lambda request: False),
    ]
    monkeypatch.setattr(context, "NAV", known)
    return known


def test_it_names_the_person_by_the_highest_position_of_today(person: User) -> None:
    drawn = frame(request_of(person))
    assert [str(drawn[name]) for name in ("user_name", "user_title", "agency_name")] == [
        "Trần Thị Mai",
        "Thư ký ISO",
        "Sở Thử nghiệm",
    ]


def test_places_that_are_not_installed_or_not_allowed_are_left_out(person: User, places: list[Place]) -> None:
    entries = list(frame(request_of(person))["nav"])
    assert [(entry.label, entry.count) for entry in entries] == [("Trang đầu", 0), ("Tài khoản", 0), ("Chờ tôi", 3)]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Trang đầu"), ("/tai-khoan/thu-dien-tu/", "Chờ tôi"), ("/tai-khoan/dang-nhap/x/", "Tài khoản")],
)
def test_the_place_where_one_is_stands_out(person: User, places: list[Place], path: str, current: str) -> None:
    entries = frame(request_of(person, path))["nav"]
    assert [entry.label for entry in entries if entry.current] == [current]


def test_an_unknown_page_lies_in_no_place(person: User, places: list[Place]) -> None:
    assert [entry for entry in frame(request_of(person, "/khac/"))["nav"] if entry.current] == []


def test_it_costs_one_query_beside_the_counts(person: User, places: list[Place]) -> None:
    drawn = frame(request_of(person))
    access_of(person)  # every page has asked for it before
    with CaptureQueriesContext(connection) as queries:
        assert [len(drawn["nav"]), bool(drawn["user_title"]), bool(drawn["agency_name"])] == [3, True, True]
    assert len(queries) == 1


def test_it_tells_what_changed_since_the_last_page(person: User) -> None:
    before = frame(request_of(person))["unread"]
    assert before == 0
    Message.objects.create(agency=person.agency, user=person, key="one", title="Việc mới", created_at=timezone.now())
    assert frame(request_of(person))["unread"] == 1


def test_a_desk_counts_as_soon_as_the_person_sits_at_it(person: User) -> None:
    Plan.objects.create(
        agency=person.agency, year=2026, state="approval", author=User.objects.create(username="khac"),
        layout=PlanLayout.objects.create(agency=person.agency, name="Mẫu", style="table"),
    )  # fmt: skip
    assert plans_waiting(request_of(person)) == 0
    director = Position.objects.create(unit=Unit.objects.get(), title="Giám đốc", roles=[Role.DIRECTOR])
    PositionHolding.objects.create(position=director, user=person, valid_from=date(2020, 1, 1))
    sync_roles(person, on=timezone.localdate())
    assert plans_waiting(request_of(person)) == 1


@pytest.mark.django_db
def test_a_stranger_sees_no_places_and_costs_no_query() -> None:
    with CaptureQueriesContext(connection) as queries:
        drawn = frame(request_of(AnonymousUser()))
        assert [list(drawn["nav"]), str(drawn["user_name"])] == [[], ""]
    assert len(queries) == 0


@pytest.mark.parametrize(("chosen", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")])
def test_only_a_known_theme_is_taken_from_the_cookie(chosen: str, theme: str) -> None:
    assert frame(request_of(AnonymousUser(), theme=chosen))["theme"] == theme
