"""The fictional year looks alive on whatever day it is loaded, and is what the README promises."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from objectives.board import board_of, counted
from objectives.context.models import Issue, Party, Risk, RiskAction
from objectives.models import MissCause, Objective, ObjectiveSet
from objectives.terms import Standing
from plans.documents import plan_document
from qms.documents.review import review_layout
from qms.duties.models import Duty, Evidence, Report
from qms.organisation.models import Agency, User
from qms.overview.fictional.load import load
from qms.overview.fictional.plan import plan_of

from .alive import assert_alive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 11, 22)
README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
ACCOUNTS = re.findall(r"^\| `(\w+)` \| ([^,|]+)[,|]", README, re.M)


@pytest.fixture(scope="module")
def agency(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Agency:
    """The department with its year, loaded once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("year"))
        return load(today=DAY)


def test_late_in_the_year_something_is_done_late_under_way_and_waiting(agency: Agency) -> None:
    assert_alive(DAY)


def test_the_year_is_loaded_once_with_its_files_and_last_year_is_closed(agency: Agency) -> None:
    before = (Duty.objects.count(), Report.objects.count(), Evidence.objects.count())
    load(today=DAY)
    assert (Duty.objects.count(), Report.objects.count(), Evidence.objects.count()) == before
    kinds = set(Evidence.objects.values_list("file__media_type", flat=True))
    assert kinds == {"application/pdf", "text/plain"}
    assert not Duty.objects.filter(year=2025).owed().exists()


def test_objectives_to_date_with_one_at_risk_and_one_missed_and_explained(agency: Agency) -> None:
    board = board_of(agency, 2026, DAY)
    in_force = [row for row in board.values() if row.objective.objective_set.state == "issued"]
    counts = counted(in_force)
    assert (counts[Standing.MISSED] >= 1, counts[Standing.AT_RISK] >= 1, counts[Standing.ON_TRACK] >= 5) == (
        True, True, True,
    )  # fmt: skip
    missed = {row.objective.pk for row in in_force if row.verdict.standing == Standing.MISSED}
    explained = set(MissCause.objects.filter(objective__in=missed).values_list("objective", flat=True))
    assert explained == {pk for pk in missed if not board[pk].objective.is_computed}
    assert sorted(set(ObjectiveSet.objects.values_list("year", "state"))) == [
        (2025, "closed"), (2026, "issued"), (2026, "review"),
    ]  # fmt: skip
    assert Objective.objects.filter(carried_from__isnull=False).count() == 2


def test_the_register_has_a_before_an_after_and_nothing_forgotten(agency: Agency) -> None:
    kept = {model: model.objects.filter(agency=agency) for model in (Issue, Party, Risk)}
    assert {model.__name__: rows.count() for model, rows in kept.items()} == {"Issue": 5, "Party": 5, "Risk": 8}
    assert [rows.overdue(DAY).count() for rows in kept.values()] == [0, 0, 0]
    assert [rows.filter(climate=True).count() for rows in kept.values()] == [1, 1, 2]
    assert kept[Issue].exclude(retired_on=None).count() == 1
    scores = {risk.text: [a.score for a in risk.assessments.all()] for risk in kept[Risk]}
    assert scores["Trả kết quả hồ sơ đất đai trễ hẹn vào tháng cao điểm"] == [16, 16, 8]
    assert sorted(RiskAction.objects.values_list("effective", flat=True), key=str) == [False, None, None, *[True] * 4]
    duties = Duty.objects.filter(content_type__app_label="context")
    assert (duties.late(DAY).count(), duties.filter(year=2025).owed().count()) == (0, 0)


def test_every_account_of_the_readme_is_there_and_bears_the_name(agency: Agency) -> None:
    people = dict(User.objects.values_list("username", "full_name"))
    assert ACCOUNTS
    assert {username: people.get(username) for username, _ in ACCOUNTS} == {u: n.strip() for u, n in ACCOUNTS}


def test_an_account_signs_in_with_the_password_given(agency: Agency, client: Client) -> None:
    (password,) = re.findall(r"Mật khẩu chung: `([^`]+)`", README)
    response = client.post(reverse("account_login"), {"login": ACCOUNTS[0][0], "password": password})
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_the_draft_of_next_year_has_nothing_to_mend_in_its_layout() -> None:
    assert review_layout(plan_document(plan_of(2027), draft=True)).remarks == ()
