"""The way of a report: drafted from the data, corrected, sent, taken or given back, put together, signed, issued."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document

from objectives.reports.actions import draft_report, open_round
from objectives.reports.duties import duty_of
from objectives.reports.models import ObjectiveReport, ReportState
from objectives.terms import PeriodKind
from objectives.tests.year import YEAR, on
from qms.documents.models import FrozenDocument
from qms.documents.selectors import is_intact
from qms.duties.actions import report as report_duty
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.workflow.engine import Incomplete, NotAllowed, TooLate
from qms.workflow.revisions import Overtaken

from .reporting import JULY, SUBMIT_BY, Reporting, rewrite


def test_a_round_gives_every_unit_with_objectives_one_duty(half: Reporting) -> None:
    duties = Duty.objects.filter(content_type__model="reportround")
    assert [(duty.unit, duty.due_on, duty.state) for duty in duties] == [
        (half.place.unit("kh"), SUBMIT_BY, DutyState.OPEN)
    ]


def test_a_round_opened_again_asks_only_the_units_that_came_since(half: Reporting) -> None:
    late = half.place.draft("tc")
    half.place.objective(late)
    half.place.in_force(late)
    asked = {"agency": half.place.agency, "year": YEAR, "kind": PeriodKind.HALF_YEAR, "index": 1}
    open_round(**asked, submit_by=SUBMIT_BY, note="", actor=half["thuky"], at=JULY)
    units = Duty.objects.filter(content_type__model="reportround").values_list("unit__name", flat=True)
    assert sorted(units) == ["Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ"]


def test_only_the_secretary_opens_a_round(half: Reporting) -> None:
    asked = {"agency": half.place.agency, "year": YEAR, "kind": PeriodKind.QUARTER, "index": 1}
    with pytest.raises(PermissionDenied):
        open_round(**asked, submit_by=SUBMIT_BY, note="", actor=half["truong"], at=JULY)


def test_sending_closes_the_duty_and_giving_back_opens_it_again(half: Reporting) -> None:
    report = half.step(half.draft(), "send", "truong")
    assert duty_of(report).state == DutyState.DONE
    report = half.step(report, "give_back", "thuky", comment="Bổ sung nguyên nhân.")
    assert (report.state, duty_of(report).state) == (ReportState.DRAFT, DutyState.IN_PROGRESS)


def test_a_report_taken_back_by_its_head_is_owed_again(half: Reporting) -> None:
    report = half.step(half.draft(), "send", "truong")
    report = half.step(report, "withdraw", "truong", comment="Sửa số.")
    assert (report.submitted_at, duty_of(report).state) == (None, DutyState.IN_PROGRESS)


def test_the_duty_is_answered_by_sending_alone(half: Reporting) -> None:
    duty = Duty.objects.get(content_type__model="reportround")
    with pytest.raises(ValidationError) as refused:
        report_duty(
            duty, state=DutyState.DONE, percent=100, text="Xong", revision=duty.revision, actor=half["truong"], at=JULY
        )
    assert list(refused.value.message_dict) == ["state"]


def test_the_whole_way_ends_with_a_number_and_frozen_files(half: Reporting) -> None:
    half.accepted()
    report = half.issued()
    frozen = FrozenDocument.objects.get(object_id=report.pk, content_type__model="objectivereport")
    assert (report.state, report.reference, report.date) == (ReportState.ISSUED, "01/BC-SKHCN", JULY.date())
    assert is_intact(frozen)


def test_the_accepted_report_of_a_unit_is_frozen_without_a_number(half: Reporting) -> None:
    report = half.accepted()
    frozen = FrozenDocument.objects.get(object_id=report.pk, content_type__model="objectivereport")
    assert (frozen.entry, report.sign_position, report.sign_name) == (None, "TRƯỞNG PHÒNG", "Ngô Văn Thắng")


def test_what_units_ask_for_stands_in_the_departments_draft(half: Reporting) -> None:
    report = rewrite(half, half.draft(), proposals="- Bổ sung một máy quét.")
    half.step(half.step(report, "send", "truong"), "accept", "thuky")
    assert half.draft(None).proposals == "- Phòng Kế hoạch - Tài chính: Bổ sung một máy quét."


@pytest.mark.parametrize(
    ("name", "who"),
    [("send", "lan"), ("send", "truong2"), ("send", "thuky"), ("submit", "thuky"), ("drop", "truong2")],
)
def test_a_units_draft_goes_on_only_by_its_head(half: Reporting, name: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        half.step(half.draft(), name, who, comment="Thử")


@pytest.mark.parametrize("who", ["truong", "lan", "giamdoc", "tuvan"])
def test_only_the_secretary_takes_a_report(half: Reporting, who: str) -> None:
    report = half.step(half.draft(), "send", "truong")
    with pytest.raises(NotAllowed):
        half.step(report, "accept", who)


def test_who_wrote_the_departments_report_does_not_sign_it(half: Reporting) -> None:
    report = half.step(half.draft(None), "submit", "thuky")
    report.editors.add(half["giamdoc"])
    with pytest.raises(NotAllowed, match="Người soạn không tự ký"):
        half.step(report, "approve", "giamdoc")


def test_a_report_with_a_miss_needs_its_cause(half: Reporting) -> None:
    report = rewrite(half, half.draft(), causes="")
    with pytest.raises(Incomplete, match="tồn tại, nguyên nhân"):
        half.step(report, "send", "truong")


def test_a_report_is_not_sent_before_its_period_is_over(half: Reporting) -> None:
    june = on(date(YEAR, 6, 29))
    with pytest.raises(ValidationError, match="Kỳ báo cáo chưa hết"):
        half.step(half.draft(at=june), "send", "truong", june)


def test_two_people_who_write_at_once_do_not_undo_each_other(half: Reporting) -> None:
    report = half.draft()
    stale = ObjectiveReport.objects.get(pk=report.pk)
    rewrite(half, report, conclusions="Câu của Lan.")
    with pytest.raises(Overtaken):
        rewrite(half, stale, "truong", conclusions="Câu của Thắng.")
    assert ObjectiveReport.objects.get(pk=report.pk).conclusions == "Câu của Lan."


def test_what_was_taken_does_not_go_back(half: Reporting) -> None:
    with pytest.raises(TooLate):
        half.step(half.accepted(), "give_back", "thuky", comment="Muộn rồi")


def test_a_unit_has_one_report_in_a_round(half: Reporting) -> None:
    half.draft()
    with pytest.raises(ValidationError, match="đã có báo cáo"):
        half.draft()


def test_strangers_do_not_write_for_a_unit(half: Reporting) -> None:
    with pytest.raises(PermissionDenied):
        draft_report(half.round, unit=half.place.unit("kh"), actor=half["nam"], at=JULY)


def test_the_frozen_word_file_tells_every_figure_with_who_entered_it(half: Reporting) -> None:
    half.accepted()
    report = half.issued()
    frozen = FrozenDocument.objects.get(object_id=report.pk, content_type__model="objectivereport")
    with frozen.docx.open() as file:
        tables = [table for table in Document(BytesIO(file.read())).tables if len(table.columns) > 3]
    traced = next(table for table in tables if table.rows[0].cells[3].text.startswith("Số liệu từng kỳ"))
    told = traced.rows[-1].cells[3].text.split("\n")
    assert told == [
        "Quý I/2026: 96\u00a0% (96/100); Phan Thị Lan, 02/04/2026",
        "Quý II/2026: 90\u00a0% (90/100); Phan Thị Lan, 02/07/2026",
    ]
