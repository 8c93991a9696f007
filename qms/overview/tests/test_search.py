"""What the search finds, in which order, and what it never shows. Runs on PostgreSQL and on SQLite alike."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from plans.enums import PlanState
from plans.models import Plan, Task
from plans.tests.journey import Department, department
from qms.documents.models import NumberSeries, RegisterEntry
from qms.duties.enums import DutyKind
from qms.duties.models import Duty, Evidence, Report
from qms.files.models import StoredFile
from qms.organisation.enums import Role
from qms.organisation.models import Agency, Unit, User
from qms.organisation.tests.cast import LONG_AGO, add_person
from qms.overview.search import MOST_COUNTED, Search
from qms.overview.search_terms import parse

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


@pytest.fixture
def neighbour(db: None) -> Department:
    """Another one that reports to nobody of the first."""
    return department("so-xd", name="Sở Xây dựng", abbreviation="SXD")


def owe(place: Department, title: str, unit: str = "kh", **fields: Any) -> Duty:
    """A duty of that unit, owed within a week."""
    due = fields.pop("due_on", TODAY + timedelta(days=7))
    plan = ContentType.objects.get_for_model(Plan)
    return Duty.objects.create(
        agency=place.agency, content_type=plan, object_id=1, key=str(Duty.objects.count()), kind=DutyKind.PLAN_TASK,
        title=title, unit=place.house.units[unit], due_on=due, original_due_on=due, opened_at=NOW, changed_at=NOW,
        **{"year": TODAY.year} | fields,
    )  # fmt: skip


def enter(agency: Agency, number: int, subject: str, year: int = TODAY.year) -> RegisterEntry:
    """A number of the agency's register."""
    series, _ = NumberSeries.objects.get_or_create(agency=agency, year=year, code="KH")
    return RegisterEntry.objects.create(
        series=series, number=number, symbol=f"KH-{agency.abbreviation}", issued_on=date(year, 3, 2), subject=subject,
        actor=agency.people.first(), at=NOW,
    )  # fmt: skip


def keep(agency: Agency, name: str) -> StoredFile:
    """A file that was taken in."""
    return StoredFile.objects.create(
        agency=agency, file="evidence/x", original_name=name, media_type="application/pdf", size=1, sha256="0" * 64,
        uploaded_by=agency.people.first(), uploaded_at=NOW,
    )  # fmt: skip


def prove(duty: Duty, name: str) -> None:
    """A report on the duty with one file."""
    author = duty.agency.people.first()
    report = Report.objects.create(duty=duty, state="in_progress", percent=10, author=author, author_name="A", at=NOW)
    Evidence.objects.create(report=report, file=keep(duty.agency, name), effective_on=TODAY)


def titles(user: User, typed: str, slug: str, year: int = 0) -> list[str]:
    """What this person finds of one kind, best first."""
    question = Search(user, parse(typed), TODAY, year)
    kinds = [kind for kind in question.kinds if kind.slug == slug]
    return [found.drawn.title for found in question.best(kinds, 0, 20)] if kinds else []


def counts(user: User, typed: str) -> dict[str, int]:
    """How much this person finds, kinds without a result left out."""
    return {slug: count for slug, count in Search(user, parse(typed), TODAY).counts().items() if count}


# What is found


@pytest.mark.parametrize(
    "typed", ["danh gia", "ĐÁNH GIÁ", "giá đánh", "đánh giá", "nội bộ đánh", '"đánh giá nội bộ"', "đan gi"]
)
def test_a_duty_is_found_without_marks_in_any_order_and_by_part_of_a_word(place: Department, typed: str) -> None:
    owe(place, "Đánh giá nội bộ")
    owe(place, "Họp xem xét của lãnh đạo")
    assert titles(place["thuky"], typed, "viec") == ["Đánh giá nội bộ"]


def test_a_phrase_in_quotes_is_found_only_as_it_stands(place: Department) -> None:
    owe(place, "Đánh giá nội bộ")
    owe(place, "Nội dung đánh giá cán bộ")
    assert titles(place["thuky"], '"giá nội bộ"', "viec") == ["Đánh giá nội bộ"]


@pytest.mark.parametrize("typed", ["%%", "__", "a_b", "50%", "\\\\", "' or 1=1 --", "🌾🌾"])
def test_signs_that_databases_read_are_letters_here(place: Department, typed: str) -> None:
    owe(place, "Báo cáo quý I")
    assert counts(place["thuky"], typed) == {}


def test_a_percent_sign_finds_itself(place: Department) -> None:
    owe(place, "Đạt 50% kế hoạch")
    owe(place, "Đạt 500 kế hoạch")
    assert titles(place["thuky"], "50%", "viec") == ["Đạt 50% kế hoạch"]


def test_every_kind_is_found(place: Department) -> None:
    plan = place.draft(tasks=1)
    Task.objects.filter(plan=plan).update(search="lap ke hoach")
    owe(place, "Lập kế hoạch")
    enter(place.agency, 5, "Kế hoạch đào tạo")
    add_person(place.house, "mua.vang", "Kế Văn Hoạch")
    assert Search(place["thuky"], parse("kế hoạch"), TODAY).counts() == {
        "ke-hoach": 1, "nhiem-vu": 1, "viec": 1, "muc-tieu": 0, "rui-ro": 0, "khao-sat": 0, "bao-cao-muc-tieu": 0,
        "bao-cao-tien-do": 0, "van-ban": 1, "tep": 0, "don-vi": 1, "nguoi": 1,
    }  # fmt: skip


def test_a_task_is_found_by_its_words_after_they_change(place: Department) -> None:
    plan = place.draft()
    task = plan.tasks.first()
    task.title = "Rà soát mục tiêu chất lượng"
    task.save(update_fields={"title"})
    assert titles(place["thuky"], "muc tieu", "nhiem-vu") == ["Rà soát mục tiêu chất lượng"]


def test_a_task_written_in_bulk_is_found(place: Department) -> None:
    first = place.draft().tasks.first()
    assert first.title in titles(place["thuky"], first.title, "nhiem-vu")


def test_a_dropped_plan_and_its_tasks_are_not_found(place: Department) -> None:
    plan = place.draft()
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DROPPED)
    assert counts(place["thuky"], plan.tasks.first().title) == {}


# Numbers


@pytest.mark.parametrize("typed", ["05/KH-", "05/KH-SKHCN", "5/kh-skhcn", "005/kh", "05/"])
def test_a_document_is_found_by_its_number_with_or_without_zero(place: Department, typed: str) -> None:
    enter(place.agency, 5, "Áp dụng hệ thống")
    enter(place.agency, 15, "Áp dụng hệ thống")
    assert titles(place["thuky"], typed, "van-ban") == ["Số 05/KH-SKHCN"]


def test_a_number_above_nine_is_found_before_one_that_ends_with_it(place: Department) -> None:
    enter(place.agency, 115, "Áp dụng hệ thống")
    enter(place.agency, 15, "Áp dụng hệ thống")
    assert titles(place["thuky"], "15/KH-SKHCN", "van-ban") == ["Số 15/KH-SKHCN", "Số 115/KH-SKHCN"]


# Order


def test_the_whole_title_comes_first_then_its_beginning_then_the_phrase_then_scattered_words(place: Department) -> None:
    for title in ("Nội dung họp bộ phận", "Rà soát nội bộ", "Nội bộ cơ quan", "Nội bộ"):
        owe(place, title, context="")
    Duty.objects.filter(title="Nội bộ cơ quan").update(search="noi bong co quan")
    found = titles(place["thuky"], "nội bộ", "viec")
    assert found == ["Nội bộ", "Nội bộ cơ quan", "Rà soát nội bộ", "Nội dung họp bộ phận"]


def test_what_is_owed_comes_before_what_is_done_and_the_nearest_day_first(place: Department) -> None:
    done = {"state": "done", "percent": 100, "closed_on": TODAY}
    owe(place, "Báo cáo cũ", context="x", due_on=TODAY - timedelta(days=9), **done)
    owe(place, "Báo cáo sau", context="x", due_on=TODAY + timedelta(days=9))
    owe(place, "Báo cáo trước", context="x", due_on=TODAY)
    assert titles(place["thuky"], "báo cáo", "viec") == ["Báo cáo trước", "Báo cáo sau", "Báo cáo cũ"]


def test_the_newest_year_comes_first(place: Department) -> None:
    for year in (2025, 2027, 2026):
        enter(place.agency, 5, f"Áp dụng năm {year}", year)
    question = Search(place["thuky"], parse("05/KH"), TODAY)
    documents = [kind for kind in question.kinds if kind.slug == "van-ban"]
    assert [found.year for found in question.best(documents, 0, 5)] == [2027, 2026, 2025]


def test_a_person_is_found_by_the_given_name_first(place: Department) -> None:
    add_person(place.house, "a", "Lan Văn Tám")
    assert titles(place["thuky"], "lan", "nguoi") == ["Phan Thị Lan", "Lan Văn Tám"]


def test_pages_follow_each_other_without_gap_or_double(place: Department) -> None:
    for number in range(7):
        owe(place, f"Báo cáo số {number}")
    question = Search(place["thuky"], parse("báo cáo"), TODAY)
    duties = [kind for kind in question.kinds if kind.slug == "viec"]
    pages = [question.best(duties, start, start + 3) for start in (0, 3, 6)]
    assert [found.drawn.title for page in pages for found in page] == [f"Báo cáo số {n}" for n in range(7)]


# Years


def test_a_year_narrows_and_leaves_out_what_belongs_to_none(place: Department) -> None:
    owe(place, "Việc của Lan", year=2025)
    owe(place, "Việc khác của Lan", year=2026)
    assert Search(place["thuky"], parse("lan"), TODAY, 2025).counts() == {
        "ke-hoach": 0, "nhiem-vu": 0, "viec": 1, "muc-tieu": 0, "khao-sat": 0, "bao-cao-muc-tieu": 0,
        "bao-cao-tien-do": 0, "van-ban": 0, "tep": 0,
    }  # fmt: skip


# What one may not see


def test_nothing_of_another_agency_is_found(place: Department, neighbour: Department) -> None:
    plan = neighbour.plan_in(PlanState.ISSUED)
    owe(neighbour, plan.tasks.first().title)
    enter(neighbour.agency, 77, "Áp dụng")
    shared = [plan.tasks.first().title, "77/KH-SXD", "so-xd-truong"]
    assert [counts(neighbour["thuky"], typed) != {} for typed in shared] == [True, True, True]
    assert [counts(place["thuky"], typed) for typed in shared] == [{}, {}, {}]


def test_the_units_of_another_agency_are_not_found(place: Department, neighbour: Department) -> None:
    assert counts(place["thuky"], "Phòng Tổ chức cán bộ") == {"don-vi": 1}


@pytest.mark.parametrize(
    ("username", "found"), [("truong", ["Báo cáo của Kế hoạch"]), ("truong2", ["Báo cáo của Tổ chức"])]
)
def test_a_head_finds_only_the_duties_of_the_own_unit(place: Department, username: str, found: list[str]) -> None:
    owe(place, "Báo cáo của Kế hoạch", "kh")
    owe(place, "Báo cáo của Tổ chức", "tc")
    assert titles(place[username], "báo cáo", "viec") == found


def test_a_duty_that_was_handed_over_is_found_by_that_person(place: Department) -> None:
    owe(place, "Báo cáo của Văn phòng", "vp", person=place.house.people["vanthu"])
    owe(place, "Báo cáo khác của Văn phòng", "vp")
    assert titles(place["vanthu"], "báo cáo", "viec") == ["Báo cáo của Văn phòng"]


@pytest.mark.parametrize(("username", "found"), [("truong", ["Biên bản họp.pdf"]), ("truong2", [])])
def test_a_file_is_found_by_whoever_may_see_the_duty(place: Department, username: str, found: list[str]) -> None:
    prove(owe(place, "Họp", "kh"), "Biên bản họp.pdf")
    assert titles(place[username], "bien ban", "tep") == found


def test_a_file_that_hangs_on_nothing_is_not_found(place: Department) -> None:
    keep(place.agency, "Biên bản họp.pdf")
    assert titles(place["thuky"], "biên bản", "tep") == []


def test_drafts_of_an_overseen_agency_are_not_found(place: Department, neighbour: Department) -> None:
    overseer = add_person(place.house, "theodoi", "Người theo dõi", place.house.units["vp"], roles=(Role.OVERSEER,))
    Agency.objects.filter(pk=neighbour.agency.pk).update(parent=place.agency)
    draft = neighbour.draft()
    words = draft.tasks.first().title
    before = counts(place["theodoi"], words)
    neighbour.plan_in(PlanState.ISSUED, draft)
    assert (before, counts(place["theodoi"], words)["nhiem-vu"] > 0, overseer.agency) == ({}, True, place.agency)


def test_people_whose_account_was_closed_are_not_found(place: Department) -> None:
    found = titles(place["thuky"], "Phan Thị Lan", "nguoi")
    User.objects.filter(username="lan").update(is_active=False)
    assert (found, titles(place["thuky"], "Phan Thị Lan", "nguoi")) == (["Phan Thị Lan"], [])


def test_whoever_only_manages_the_organisation_finds_no_content(place: Department) -> None:
    place.plan_in(PlanState.ISSUED)
    admin = add_person(place.house, "may", "Người quản trị", place.house.units["vp"], roles=(Role.ADMIN,))
    assert (counts(place["may"], "kế hoạch"), admin.is_superuser) == ({"don-vi": 1}, False)


def test_a_person_without_any_role_finds_only_oneself(place: Department) -> None:
    add_person(place.house, "moi", "Người mới đến")
    assert (counts(place["moi"], "người"), counts(place["moi"], "phòng")) == ({"nguoi": 1}, {})


def test_people_of_an_overseen_agency_are_found_by_name_alone(place: Department, neighbour: Department) -> None:
    add_person(place.house, "theodoi", "Người theo dõi", place.house.units["vp"], roles=(Role.OVERSEER,))
    Agency.objects.filter(pk=neighbour.agency.pk).update(parent=place.agency)
    person = neighbour.house.people["lan"]
    person.email = "hoasen@xaydung.example"
    person.save()
    asked = ("hoasen", "xaydung.example", person.username, '"thi lan"', "lan phan")
    found = {who: [bool(titles(reader, typed, "nguoi")) for typed in asked] for who, reader in {
        "inside": neighbour["nam"], "overseer": place["theodoi"], "oneself": person,
    }.items()}  # fmt: skip
    assert found == {
        "inside": [True] * 5, "overseer": [False, False, False, True, True], "oneself": [True] * 5,
    }  # fmt: skip


def test_a_unit_that_ended_says_so(place: Department) -> None:
    Unit.objects.filter(pk=place.house.units["tc"].pk).update(valid_from=LONG_AGO, valid_to=date(2025, 2, 28))
    question = Search(place["thuky"], parse("tổ chức cán bộ"), TODAY)
    (found,) = question.best([kind for kind in question.kinds if kind.slug == "don-vi"], 0, 5)
    assert found.drawn.mark.label == "đến hết 28/02/2025"


def test_counting_stops_where_nobody_reads_on(place: Department) -> None:
    first = owe(place, "Báo cáo")
    rows = [
        Duty(
            **{f.attname: getattr(first, f.attname) for f in Duty._meta.concrete_fields if f.name not in ("id", "key")},
            key=f"n{n}",
        )
        for n in range(MOST_COUNTED + 5)
    ]
    Duty.objects.bulk_create(rows)
    assert counts(place["thuky"], "báo cáo")["viec"] == MOST_COUNTED + 1


def test_the_fields_of_a_task_that_are_searched(place: Department) -> None:
    task = Task(title="Họp", description="tại Sở", outputs=["Biên bản", "Nghị quyết"], lead_text="Văn phòng")
    assert task.folded() == "hop tai so bien ban nghi quyet van phong"
