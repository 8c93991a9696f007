"""Objectives, risks, surveys and reports in the search: found by whoever may read them, by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from objectives.actions import take_step
from objectives.context.actions import add_row, assess, retire_row
from objectives.context.models import Risk
from objectives.reports.tests.reporting import Reporting, found_reporting
from objectives.satisfaction.actions import withdraw_survey
from objectives.satisfaction.tests.conftest import QUARTER, asked
from objectives.tests.year import FEBRUARY, YEAR, Year, found_year
from qms.organisation.models import User
from qms.organisation.tests.cast import NOW, House, found_house, overseer_of
from qms.overview.search import Found, Search
from qms.overview.search_terms import parse

from .test_search import titles

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STATEMENT = "Giải quyết hồ sơ thủ tục hành chính đúng hạn"


@pytest.fixture
def place() -> Year:
    return found_year()


@pytest.fixture
def half() -> Reporting:
    return found_reporting()


def found(user: User, typed: str, slug: str) -> list[Found]:
    """The results of one kind."""
    question = Search(user, parse(typed), TODAY)
    return question.best([kind for kind in question.kinds if kind.slug == slug], 0, 20)


def drawn(user: User, typed: str, slug: str) -> list[tuple[str, str, str]]:
    """Title, note and mark of each."""
    return [(one.drawn.title, one.drawn.note, getattr(one.drawn.mark, "label", "")) for one in found(user, typed, slug)]


def risk_of(house: House, **marks: int) -> Risk:
    """A risk of the planning division, judged where marks are given."""
    fields = {"kind": Risk.Kind.RISK, "process": "Tiếp nhận hồ sơ", "text": "Hồ sơ trả trễ hẹn"}
    risk = add_row(Risk, unit=house.unit("kh"), fields=fields, actor=house["truong"], at=NOW)
    if marks:
        assess(risk, **marks, note="", actor=house["truong"], at=NOW)
    return risk


def test_an_objective_is_found_by_its_words_with_its_unit_and_state(place: Year) -> None:
    place.objective(place.draft())
    assert drawn(place["lan"], "thu tuc dung han", "muc-tieu") == [
        (STATEMENT, f"Phòng Kế hoạch - Tài chính · mục tiêu cấp phòng, đơn vị năm {YEAR}", "đang soạn")
    ]


def test_an_objective_of_a_dropped_set_is_not_found(place: Year) -> None:
    objectives = place.draft()
    place.objective(objectives)
    take_step(objectives, "drop", actor=place["truong"], at=FEBRUARY, comment="Nhầm")
    assert found(place["lan"], STATEMENT, "muc-tieu") == []


def test_strangers_find_nothing_and_an_overseer_only_what_is_issued(place: Year) -> None:
    neighbour = found_house("so-xd", name="Sở Xây dựng", abbreviation="SXD")
    objectives = place.draft()
    place.objective(objectives)
    overseer = overseer_of(neighbour, place.house)
    before = found(overseer, STATEMENT, "muc-tieu")
    place.in_force(objectives)
    assert (before, found(neighbour["thuky"], STATEMENT, "muc-tieu")) == ([], [])
    assert titles(overseer, STATEMENT, "muc-tieu") == [STATEMENT]


def test_a_year_narrows_objectives(place: Year) -> None:
    place.objective(place.draft())
    years = {year: titles(place["lan"], STATEMENT, "muc-tieu", year) for year in (YEAR, YEAR - 1)}
    assert years == {YEAR: [STATEMENT], YEAR - 1: []}


def test_a_risk_is_found_with_its_level_the_higher_first(place: Year) -> None:
    risk_of(place.house)
    risk_of(place.house, likelihood=2, effect=2)
    risk_of(place.house, likelihood=4, effect=4)
    note = "Rủi ro · Tiếp nhận hồ sơ · Phòng Kế hoạch - Tài chính"
    assert drawn(place["lan"], "tre hen", "rui-ro") == [
        ("Hồ sơ trả trễ hẹn", note, mark) for mark in ("mức rất cao", "mức trung bình", "")
    ]


def test_a_risk_that_no_longer_holds_says_so_and_strangers_do_not_find_it(place: Year) -> None:
    neighbour = found_house("so-xd", name="Sở Xây dựng", abbreviation="SXD")
    retire_row(risk_of(place.house), reason="Đã bỏ thủ tục", actor=place["truong"], at=NOW)
    ((_, _, mark),) = drawn(place["lan"], "trễ hẹn", "rui-ro")
    assert (mark, found(neighbour["lan"], "trễ hẹn", "rui-ro")) == (f"thôi theo dõi từ {TODAY:%d/%m/%Y}", [])


@pytest.mark.parametrize("typed", ["khảo sát kế hoạch", "hai long phieu giay", f"khao sat nam {QUARTER.year}"])
def test_a_survey_is_found_by_unit_channel_and_period(place: Year, typed: str) -> None:
    asked(place.house)
    assert drawn(place["lan"], typed, "khao-sat") == [
        (
            f"Khảo sát hài lòng {QUARTER.inline}",
            "Phòng Kế hoạch - Tài chính · phiếu giấy tại Bộ phận Một cửa · 200 phiếu thu về", "",
        )
    ]  # fmt: skip


def test_a_withdrawn_survey_and_that_of_strangers_are_not_found(place: Year) -> None:
    neighbour = found_house("so-xd", name="Sở Xây dựng", abbreviation="SXD")
    survey = asked(place.house)
    stranger = found(neighbour["lan"], "khảo sát", "khao-sat")
    withdraw_survey(survey, reason="Nhập nhầm", actor=place["thuky"], at=NOW + timedelta(minutes=1))
    assert (stranger, found(place["lan"], "khảo sát", "khao-sat")) == ([], [])


@pytest.mark.parametrize(("username", "sees"), [("lan", 1), ("thuky", 1), ("giamdoc", 1), ("truong2", 0), ("nam", 0)])
def test_a_units_draft_report_is_found_by_those_who_work_on_it(half: Reporting, username: str, sees: int) -> None:
    half.draft("kh")
    assert len(found(half[username], "kết quả mục tiêu", "bao-cao-muc-tieu")) == sees


def test_an_issued_report_is_found_by_its_number(half: Reporting) -> None:
    report = half.issued()
    ((title, note, mark),) = drawn(half["nam"], report.reference, "bao-cao-muc-tieu")
    assert (title, note, mark) == (report.subject, f"{report.reference} · toàn Sở", "đã ban hành")


def test_every_result_leads_to_its_page(half: Reporting, client: Client) -> None:
    half.accepted()
    asked(half.place.house)
    risk_of(half.place.house)
    client.force_login(half["thuky"])
    kinds = {"muc-tieu": "hồ sơ", "rui-ro": "hồ sơ", "khao-sat": "khảo sát", "bao-cao-muc-tieu": "mục tiêu"}
    urls = {slug: found(half["thuky"], typed, slug)[0].drawn.url for slug, typed in kinds.items()}
    answers: dict[str, Any] = {slug: client.get(url).status_code for slug, url in urls.items()}
    assert answers == dict.fromkeys(kinds, 200)
