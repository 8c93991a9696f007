"""Progress reports: what they count, what they say, who takes which step, and that nothing changes after issue."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from plans.enums import PlanState
from plans.tests.journey import Department
from qms.documents.model import Signature, block_texts
from qms.documents.models import RegisterEntry
from qms.documents.review import review_layout
from qms.documents.selectors import frozen_of, is_intact
from qms.documents.tests.reading import read_pdf
from qms.duties.enums import DutyState
from qms.organisation.tests.cast import NOW, TODAY, House, found_house, moment
from qms.overview.models import ProgressReport, period_words
from qms.overview.progress import Numbers, Rate, Standing
from qms.overview.report_actions import change_words, draft_report, read_again, take_step
from qms.overview.report_data import ReportData, collect
from qms.overview.report_documents import report_document
from qms.workflow.engine import Incomplete, NotAllowed, TooLate
from qms.workflow.revisions import Overtaken

from .duties import answer, extend, owe, withdraw

pytestmark = pytest.mark.django_db
D = date
END = D(2026, 9, 30)
LATER = D(2026, 10, 5)


@pytest.fixture
def house(place: Department) -> House:
    """A department whose deputy signs for the head."""
    return place.house


def read(house: House, period: str = "q3", as_of: date = END, today: date = LATER) -> ReportData:
    return collect(house.agency, year=2026, period=period, as_of=as_of, today=today)


def titles(data: ReportData, standing: Standing) -> list[str]:
    return [fact.title for fact in data.of(standing)]


@pytest.fixture
def autumn(house: House) -> House:
    """A third quarter of which every number is known."""
    head, secretary = house["truong"], house["thuky"]
    answer(owe(house, "kh", D(2026, 8, 1), "Xong đúng hạn"), head, D(2026, 7, 20))
    answer(owe(house, "kh", D(2026, 8, 1), "Xong muộn"), head, D(2026, 8, 11))
    moved = extend(owe(house, "kh", D(2026, 7, 1), "Gia hạn"), head, secretary, D(2026, 6, 20), D(2026, 9, 1))
    answer(moved, head, D(2026, 8, 25))
    answer(owe(house, "kh", END, "Xong sau ngày lấy số liệu"), head, D(2026, 10, 2))
    owe(house, "tc", D(2026, 5, 1), "Kỳ trước chuyển sang")
    answer(owe(house, "tc", D(2026, 5, 1), "Kỳ trước đã xong"), house["truong2"], D(2026, 6, 1))
    answer(owe(house, "tc", D(2026, 9, 1), "Không áp dụng"), house["truong2"], D(2026, 8, 1), DutyState.NOT_APPLICABLE)
    owe(house, "tc", D(2026, 11, 1), "Kỳ sau")
    owe(house, "tc", None, "Chờ", year=2026, waits_for="sự kiện")
    withdraw(owe(house, "tc", D(2026, 9, 1), "Đã rút"), D(2026, 8, 1))
    return house


def test_a_quarter_holds_what_is_due_in_it_done_in_it_or_left_over(autumn: House) -> None:
    data = read(autumn)
    assert titles(data, Standing.DONE) == ["Xong đúng hạn", "Xong muộn", "Gia hạn"]
    assert titles(data, Standing.LATE) == ["Xong sau ngày lấy số liệu", "Kỳ trước chuyển sang"]
    assert titles(data, Standing.NOT_APPLICABLE) == ["Không áp dụng"]
    assert titles(data, Standing.DORMANT) == ["Chờ"]
    assert (titles(data, Standing.OPEN), titles(data, Standing.ACTIVE)) == ([], [])


def test_the_numbers_are_those_counted_by_hand(autumn: House) -> None:
    assert read(autumn).numbers == Numbers(
        done=3, late=2, dormant=1, not_applicable=1, dated_done=3, on_time=2, on_time_first=1, past_first=2
    )
    assert (read(autumn).numbers.rate, read(autumn).numbers.first_rate) == (Rate(2, 5), Rate(1, 5))


def test_units_stand_in_the_order_of_the_house_and_add_up(autumn: House) -> None:
    data = read(autumn)
    units = {unit: (data.sum(facts).done, data.sum(facts).late) for unit, facts in data.by_unit()}
    assert units == {"Phòng Kế hoạch - Tài chính": (3, 1), "Phòng Tổ chức cán bộ": (0, 1)}


def test_what_is_due_today_is_not_late_while_the_day_lasts(house: House) -> None:
    owe(house, "kh", END)
    assert read(house, today=END).numbers.late == 0
    assert read(house, today=END + timedelta(days=1)).numbers.late == 1


def test_the_year_before_is_that_of_the_same_period(house: House) -> None:
    for due, done in ((D(2025, 8, 1), D(2025, 7, 1)), (D(2025, 8, 1), D(2025, 9, 1)), (D(2025, 3, 1), D(2025, 2, 1))):
        answer(owe(house, "kh", due), house["truong"], done)
    assert read(house).before == Rate(1, 2)


def test_what_was_said_later_is_not_known_yet(house: House) -> None:
    duty = owe(house, "kh", D(2026, 8, 1))
    answer(duty, house["truong"], D(2026, 9, 1), DutyState.IN_PROGRESS, "Chờ số liệu.")
    answer(duty, house["truong"], D(2026, 10, 3), DutyState.IN_PROGRESS, "Sắp xong.")
    assert [fact.reason for fact in read(house).facts] == ["Ngô Văn Thắng: “Chờ số liệu.”"]


def test_data_survive_their_storage(autumn: House) -> None:
    data = read(autumn)
    assert ReportData.from_storage(data.to_storage()) == data


@pytest.mark.parametrize(
    ("period", "words"),
    [("nam", "năm 2026"), ("6t1", "6 tháng đầu năm 2026"), ("q3", "quý III năm 2026"), ("t10", "tháng 10 năm 2026")],
)
def test_a_period_is_named_as_documents_do(period: str, words: str) -> None:
    assert period_words(period, 2026) == words


def draft(house: House, period: str = "q3") -> ProgressReport:
    return draft_report(
        agency=house.agency, year=2026, period=period, as_of=END, actor=house["thuky"], at=moment(LATER)
    )


def test_every_number_of_the_report_stands_in_words_and_every_duty_in_the_annex(autumn: House) -> None:
    document = report_document(draft(autumn))
    words = " ".join(block_texts(document.blocks))
    for part in ("Trong kỳ có 6 việc phải thực hiện, trong đó 1 việc của kỳ trước chuyển sang: 3 việc đã xong, "
                 "2 việc trễ hạn, 1 việc không áp dụng.", "1 việc chờ sự kiện", "40 % (2/5)", "20 % (1/5)",
                 "số liệu đến hết ngày 30 tháng 9 năm 2026"):  # fmt: skip
        assert part in words
    (annex,) = document.annexes
    assert len(annex.blocks[0].rows) == 7


def test_the_plan_it_reports_on_is_cited(place: Department) -> None:
    plan = place.plan_in(PlanState.ISSUED)
    report = draft_report(
        agency=place.agency, year=plan.year, period="nam", as_of=TODAY, actor=place["thuky"], at=NOW
    )  # fmt: skip
    document = report_document(report)
    assert next(block_texts(document.blocks)).startswith(f"Thực hiện Kế hoạch số {plan.reference} ngày ")
    signed = replace(document, signatures=(Signature((), "GIÁM ĐỐC", "Phạm Quang Huy"),))
    assert [remark.message for remark in review_layout(signed).remarks if remark.severity == "fault"] == []


def test_nothing_late_is_said_in_words(house: House) -> None:
    report = draft(house)
    words = list(block_texts(report_document(report).blocks))
    assert "Không có việc trễ hạn." in words
    assert "Trong kỳ không có việc nào đến hạn." in words
    assert "Chưa có việc nào đến hạn để tính tỷ lệ đúng hạn." in words


def test_the_day_of_the_numbers_lies_in_the_past_and_not_before_the_period(house: House) -> None:
    for day in (LATER + timedelta(days=1), D(2026, 6, 30)):
        with pytest.raises(ValidationError) as refused:
            draft_report(agency=house.agency, year=2026, period="q3", as_of=day, actor=house["thuky"], at=moment(LATER))
        assert set(refused.value.message_dict) == {"as_of"}
    assert ProgressReport.objects.count() == 0


def test_only_the_secretary_drafts(house: House) -> None:
    for username in ("giamdoc", "truong", "vanthu", "tuvan"):
        with pytest.raises(PermissionDenied):
            draft_report(agency=house.agency, year=2026, period="q3", as_of=END, actor=house[username], at=NOW)


WORDS = {"subject": "Trích  yếu", "conclusions": "- Tốt.\n", "proposals": "- Tiếp tục.", "recipients": "A\n\n B \n"}


def test_the_words_are_changed_the_numbers_stay(autumn: House) -> None:
    report = ProgressReport.objects.get(pk=draft(autumn).pk)
    changed = change_words(report, words=WORDS, revision=1, actor=autumn["thuky"], at=NOW)
    assert (changed.subject, changed.conclusions, changed.recipients) == ("Trích yếu", "- Tốt.", ["A", "B"])
    assert (changed.data, changed.revision) == (report.data, 2)


def test_two_who_save_at_once_do_not_write_over_each_other(house: House) -> None:
    report = draft(house)
    change_words(report, words=WORDS, revision=1, actor=house["thuky"], at=NOW)
    with pytest.raises(Overtaken):
        change_words(report, words=WORDS | {"subject": "Khác"}, revision=1, actor=house["thuky"], at=NOW)
    report.refresh_from_db()
    assert report.subject == "Trích yếu"


def test_a_draft_may_read_its_numbers_again(autumn: House) -> None:
    report = draft(autumn)
    again = read_again(report, as_of=LATER, actor=autumn["thuky"], at=moment(LATER))
    assert ReportData.from_storage(again.data).numbers.done == 4
    assert again.conclusions == report.conclusions


def step(
    house: House, report: ProgressReport, name: str, who: str, comment: str = "", **data: object
) -> ProgressReport:
    return take_step(report, name, actor=house[who], at=timezone.now(), comment=comment, data=data)


def signed(house: House, who: str = "giamdoc") -> ProgressReport:
    return step(house, step(house, draft(house), "submit", "thuky"), "approve", who)


def test_a_report_is_numbered_and_frozen_when_it_is_issued(autumn: House) -> None:
    report = step(autumn, signed(autumn), "issue", "vanthu", date=TODAY)
    assert (report.state, report.reference, report.sign_position) == ("issued", "01/BC-SKHCN", "GIÁM ĐỐC")
    entry = RegisterEntry.objects.get()
    assert (str(entry), entry.subject) == ("01/BC-SKHCN", report.subject)
    frozen = frozen_of(report)
    assert (frozen.entry, is_intact(frozen)) == (entry, True)
    with frozen.pdf.open() as file:
        assert "quý III năm 2026" in read_pdf(file.read())[0].text


def test_a_deputy_signs_for_the_head(house: House) -> None:
    report = signed(house, "pho")
    assert (report.sign_on_behalf, report.sign_position) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


@pytest.mark.parametrize(
    ("name", "who"), [("submit", "giamdoc"), ("drop", "vanthu"), ("approve", "giamdoc"), ("issue", "vanthu")]
)
def test_a_draft_is_submitted_or_dropped_by_its_writer_and_goes_nowhere_else(house: House, name: str, who: str) -> None:
    with pytest.raises((NotAllowed, TooLate)):
        step(house, draft(house), name, who, "x", date=TODAY)


@pytest.mark.parametrize("who", ["thuky", "vanthu", "truong"])
def test_nobody_else_signs(house: House, who: str) -> None:
    with pytest.raises(NotAllowed):
        step(house, step(house, draft(house), "submit", "thuky"), "approve", who)


def test_what_lacks_words_is_not_submitted(house: House) -> None:
    report = change_words(
        draft(house), words=WORDS | {"conclusions": " "}, revision=1, actor=house["thuky"], at=NOW
    )  # fmt: skip
    with pytest.raises(Incomplete) as refused:
        step(house, report, "submit", "thuky")
    assert [lack.message for lack in refused.value.missing] == ["đánh giá chung"]


def test_a_report_comes_back_with_a_reason_and_without_its_signature(house: House) -> None:
    report = signed(house)
    with pytest.raises(Incomplete):
        step(house, report, "return", "vanthu")
    back = step(house, report, "return", "vanthu", "Sai nơi nhận.")
    assert (back.state, back.approved_by, back.sign_name) == ("draft", None, "")


@pytest.mark.parametrize("state", ["approval", "numbering", "issued"])
def test_only_a_draft_is_changed(house: House, state: str) -> None:
    report = step(house, draft(house), "submit", "thuky")
    report = step(house, report, "approve", "giamdoc") if state != "approval" else report
    report = step(house, report, "issue", "vanthu", date=TODAY) if state == "issued" else report
    with pytest.raises(PermissionDenied):
        change_words(report, words=WORDS, revision=report.revision, actor=house["thuky"], at=NOW)
    with pytest.raises(PermissionDenied):
        read_again(report, as_of=END, actor=house["thuky"], at=NOW)


@pytest.mark.parametrize("days", [1, -1])
def test_a_report_is_issued_neither_before_its_signature_nor_for_a_day_to_come(house: House, days: int) -> None:
    report = signed(house)
    with pytest.raises(ValidationError):
        step(house, report, "issue", "vanthu", date=TODAY + timedelta(days=days))
    report.refresh_from_db()
    assert (report.state, RegisterEntry.objects.count()) == ("numbering", 0)


def test_what_happens_later_changes_nothing_in_an_issued_report(autumn: House) -> None:
    report = step(autumn, signed(autumn), "issue", "vanthu", date=TODAY)
    before = report_document(report)
    answer(owe(autumn, "kh", D(2026, 8, 2)), autumn["truong"], D(2026, 8, 1))
    report.refresh_from_db()
    assert report_document(report) == before


def test_drafts_are_for_those_who_work_on_them_issued_ones_for_all(house: House) -> None:
    report = draft(house)

    def seen_by(*usernames: str) -> list[bool]:
        return [ProgressReport.objects.visible_to(house[name]).filter(pk=report.pk).exists() for name in usernames]

    assert seen_by("thuky", "giamdoc", "vanthu", "chanh", "truong", "lan") == [True, True, True, True, False, False]
    report = step(house, step(house, report, "submit", "thuky"), "approve", "giamdoc")
    step(house, report, "issue", "vanthu", date=TODAY)
    assert seen_by("truong", "lan", "tuvan", "quantri") == [True, True, True, False]
    stranger = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"]
    assert not ProgressReport.objects.visible_to(stranger).exists()
