"""What waits, and what wakes it: events, announced days, cases, other bodies, a task finished before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.duties.events import Said, record_event, retract_event, ways_of
from plans.duties.followers import predecessor_of
from plans.models import Plan
from qms.duties.actions import return_report
from qms.duties.enums import DutyState
from qms.duties.models import Duty, Occurrence
from qms.organisation.tests.cast import moment

from .running import GROUP, ISSUED_ON, KH, TC, YEAR, Running, duties, row, task_of, told

pytestmark = pytest.mark.django_db
OPEN, DORMANT, WITHDRAWN = DutyState.OPEN, DutyState.DORMANT, DutyState.WITHDRAWN
RECEIVED = date(YEAR, 3, 2)
TODAY = date(YEAR, 3, 10)
CHANGE = "Khi có thay đổi thành viên"
AFTER_LETTER = "trong thời hạn 10 ngày kể từ ngày nhận được văn bản"


def happen(desk: Running, plan: Plan, title: str = "Việc", who: str = "thuky", **said: Any) -> Occurrence:
    words = {"way": "0", "day": RECEIVED, "what": "Nhận được văn bản", **said}
    return record_event(task_of(plan, title), Said(**words), actor=desk[who], at=moment(said.pop("at", TODAY)))


def refused(desk: Running, plan: Plan, **said: Any) -> dict[str, list[str]]:
    before = list(Duty.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as error:
        happen(desk, plan, **said)
    assert list(Duty.objects.order_by("pk").values()) == before
    assert Occurrence.objects.count() == 0
    return error.value.message_dict


def test_an_event_gives_every_unit_its_day_and_says_how_it_was_counted(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER, GROUP))
    happen(desk, plan, reference="215/QĐ-BNNMT")
    due = date(YEAR, 3, 12)
    assert told(plan) == [(KH, due, OPEN), (TC, due, OPEN)]
    duty = duties(plan)[0]
    assert (duty.opens_on, duty.original_due_on, duty.waits_for) == (RECEIVED, due, "")
    assert duty.explanation == (
        f"Nhận được văn bản ngày 02/03/{YEAR} (215/QĐ-BNNMT). 10 ngày từ 02/03/{YEAR} là thứ Năm 12/03/{YEAR}."
    )


def test_a_day_off_moves_the_end_to_the_next_working_day(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    happen(desk, plan, day=date(YEAR, 3, 4))
    duty = duties(plan)[0]
    assert duty.due_on == date(YEAR, 3, 16)
    assert duty.explanation.endswith("(Điều 148 Bộ luật Dân sự).")


def test_only_the_units_concerned_are_woken(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER, GROUP))
    happen(desk, plan, units=frozenset({desk.unit("tc").pk}))
    assert told(plan) == [(KH, None, DORMANT), (TC, date(YEAR, 3, 12), OPEN)]


def test_the_same_event_again_opens_a_new_set(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    happen(desk, plan)
    happen(desk, plan, day=date(YEAR, 3, 9))
    assert [(d.period, d.due_on, d.state) for d in duties(plan)] == [
        (f"sự kiện 02/03/{YEAR}", date(YEAR, 3, 12), OPEN),
        (f"sự kiện 09/03/{YEAR}", date(YEAR, 3, 19), OPEN),
    ]


def test_without_a_number_of_days_the_person_says_the_last_day(desk: Running) -> None:
    plan = desk.issue(row("Việc", CHANGE))
    happen(desk, plan, what="Thay Phó Trưởng ban", due_on=date(YEAR, 3, 31))
    duty = duties(plan)[0]
    assert (duty.due_on, duty.state) == (date(YEAR, 3, 31), OPEN)
    assert duty.explanation == f"Thay Phó Trưởng ban ngày 02/03/{YEAR}. Người ghi nhận định hạn này."


def test_another_bodys_inspection_may_lie_ahead(desk: Running) -> None:
    plan = desk.issue(row("Việc", "Theo kế hoạch kiểm tra của UBND tỉnh"))
    happen(desk, plan, day=date(YEAR, 6, 1), due_on=date(YEAR, 5, 25))
    assert told(plan) == [(KH, date(YEAR, 5, 25), OPEN)]


def test_a_day_before_a_meeting_counts_back_from_it(desk: Running) -> None:
    plan = desk.issue(row("Việc", "1 tuần trước khi họp"))
    happen(desk, plan, what="Họp xem xét của lãnh đạo", day=date(YEAR, 6, 10))
    duty = duties(plan)[0]
    assert (duty.opens_on, duty.due_on) == (None, date(YEAR, 6, 3))


CASES = (
    "Trường hợp có văn bản mới: sau 10 ngày kể từ ngày nhận được văn bản. "
    f"Trường hợp không có văn bản mới: trước ngày 31/8/{YEAR}"
)


@pytest.mark.parametrize(("way", "due"), [("0", date(YEAR, 3, 12)), ("1", date(YEAR, 8, 30))])
def test_the_case_that_is_chosen_gives_the_day(desk: Running, way: str, due: date) -> None:
    plan = desk.issue(row("Việc", CASES))
    assert [w.label for w in ways_of(task_of(plan, "Việc"))] == ["có văn bản mới", "không có văn bản mới"]
    happen(desk, plan, way=way)
    assert told(plan) == [(KH, due, OPEN)]


def test_an_unknown_time_is_said_by_a_person(desk: Running) -> None:
    plan = desk.issue(row("Việc", "tùy tình hình"))
    happen(desk, plan, what="Thống nhất tại giao ban", due_on=date(YEAR, 4, 30))
    assert told(plan) == [(KH, date(YEAR, 4, 30), OPEN)]


def test_a_continuous_task_may_have_an_event_beside(desk: Running) -> None:
    plan = desk.issue(row("Việc", "Thường xuyên và khi có yêu cầu"))
    happen(desk, plan, what="Yêu cầu của UBND tỉnh", due_on=date(YEAR, 3, 20))
    assert [d.due_on for d in duties(plan)][:2] == [date(YEAR, 3, 20), date(YEAR, 3, 31)]
    assert len(duties(plan)) == 5


@pytest.mark.parametrize(
    ("timing", "said", "field", "sentence"),
    [
        (AFTER_LETTER, {"day": None}, "day", "Ghi ngày xảy ra."),
        (
            AFTER_LETTER, {"day": ISSUED_ON - timedelta(days=1)}, "day",
            f"Kế hoạch ban hành ngày 12/01/{YEAR}, không ghi nhận sự kiện trước ngày đó.",
        ),
        (
            AFTER_LETTER, {"day": TODAY + timedelta(days=1)}, "day",
            "Sự kiện chưa xảy ra thì chưa tính hạn; ghi nhận khi đã có.",
        ),
        (AFTER_LETTER, {"what": "  "}, "what", "Ghi sự kiện đã xảy ra."),
        (AFTER_LETTER, {"way": "7"}, "way", "Chọn một trường hợp."),
        (AFTER_LETTER, {"units": frozenset()}, "units", "Chọn ít nhất một đơn vị."),
        (CHANGE, {}, "due_on", "Ghi hạn hoàn thành; kế hoạch không nêu số ngày."),
        (CHANGE, {"due_on": date(YEAR, 3, 1)}, "due_on", f"Hạn không được trước ngày 02/03/{YEAR}."),
        (CHANGE, {"due_on": date(YEAR + 9, 3, 1)}, "due_on", "Hạn nằm quá xa."),
        ("1 tuần trước khi họp", {"day": date(YEAR + 2, 1, 5)}, "day", f"Ngày phải trong năm {YEAR} hoặc {YEAR + 1}."),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence_and_changes_nothing(
    desk: Running, timing: str, said: dict[str, Any], field: str, sentence: str
) -> None:
    plan = desk.issue(row("Việc", timing))
    assert refused(desk, plan, **said) == {field: [sentence]}


def test_a_file_that_is_not_taken_leaves_nothing_behind(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    upload = SimpleUploadedFile("qd.pdf", b"MZ\x90\x00 a program")
    assert list(refused(desk, plan, upload=upload)) == ["file"]


def test_the_document_is_kept_with_the_event(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    happen(desk, plan, upload=SimpleUploadedFile("quyet-dinh.txt", "Quyết định công bố".encode()))
    assert Occurrence.objects.get().file.original_name == "quyet-dinh.txt"


@pytest.mark.parametrize("who", ["truong", "vanthu", "giamdoc", "tuvan"])
def test_only_who_follows_duties_records(desk: Running, who: str) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    with pytest.raises(PermissionDenied):
        happen(desk, plan, who=who)
    assert told(plan) == [(KH, None, DORMANT)]


def test_a_wrong_entry_is_taken_back(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER, GROUP))
    before = [{**d.__dict__, "_state": None, "changed_at": None, "opened_at": None} for d in duties(plan)]
    occurrence = happen(desk, plan)
    retract_event(occurrence, actor=desk["thuky"], at=moment(TODAY))
    after = [{**d.__dict__, "_state": None, "changed_at": None, "opened_at": None} for d in duties(plan)]
    assert (after, Occurrence.objects.count()) == (before, 0)


def test_taking_back_the_second_time_withdraws_its_own_set(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    happen(desk, plan)
    second = happen(desk, plan, day=date(YEAR, 3, 9))
    retract_event(second, actor=desk["thuky"], at=moment(TODAY))
    assert [d.state for d in duties(plan)] == [OPEN, WITHDRAWN]


def test_an_entry_that_was_answered_stays(desk: Running) -> None:
    plan = desk.issue(row("Việc", AFTER_LETTER))
    occurrence = happen(desk, plan)
    desk.answer(duties(plan)[0], "truong", on=TODAY)
    with pytest.raises(ValidationError, match="Đã có đơn vị báo cáo"):
        retract_event(occurrence, actor=desk["thuky"], at=moment(TODAY))
    assert told(plan) == [(KH, date(YEAR, 3, 12), DutyState.DONE)]


AUDIT = row("Đánh giá nội bộ tại các phòng", f"Tháng 3/{YEAR}", GROUP)
CHAIN = (row("Lập kế hoạch đánh giá nội bộ", f"Tháng 2/{YEAR}"), AUDIT)


@pytest.mark.parametrize(
    ("timing", "found"),
    [
        ("Sau khi tổ chức đánh giá nội bộ", "Đánh giá nội bộ tại các phòng"),
        ("Sau khi lập kế hoạch đánh giá nội bộ", "Lập kế hoạch đánh giá nội bộ"),
        ("Sau khi hoàn thành nhiệm vụ 2", "Đánh giá nội bộ tại các phòng"),
        ("Sau khi hoàn thành nhiệm vụ 9", None),
        ("Sau khi công bố danh mục", None),
        ("Sau đó", None),
    ],
)
def test_the_task_that_is_waited_for_is_found_by_its_words(desk: Running, timing: str, found: str | None) -> None:
    plan = desk.issue(*CHAIN, row("Khắc phục", timing))
    predecessor = predecessor_of(task_of(plan, "Khắc phục"), list(plan.tasks.all()))
    assert (predecessor.title if predecessor else None) == found


def test_two_tasks_of_the_same_words_are_not_guessed_between(desk: Running) -> None:
    plan = desk.issue(AUDIT, AUDIT, row("Khắc phục", "Sau khi tổ chức đánh giá nội bộ"))
    assert predecessor_of(task_of(plan, "Khắc phục"), list(plan.tasks.all())) is None


def test_the_last_unit_that_finishes_wakes_what_waits(desk: Running) -> None:
    plan = desk.issue(AUDIT, row("Khắc phục", "10 ngày sau khi tổ chức đánh giá nội bộ"))
    first, second = duties(plan, AUDIT.title)
    desk.answer(first, "truong", on=date(YEAR, 3, 2))
    assert told(plan, "Khắc phục") == [(KH, None, DORMANT)]
    desk.answer(second, "truong2", on=date(YEAR, 3, 5))
    assert told(plan, "Khắc phục") == [(KH, date(YEAR, 3, 16), OPEN)]
    assert duties(plan, "Khắc phục")[0].explanation.startswith(
        f"Đã xong nhiệm vụ 1: Đánh giá nội bộ tại các phòng ngày 05/03/{YEAR}. 10 ngày từ 05/03/{YEAR}"
    )


def test_without_a_number_of_days_the_secretary_is_waited_for(desk: Running) -> None:
    plan = desk.issue(row("Đánh giá nội bộ", f"Tháng 3/{YEAR}"), row("Khắc phục", "Sau khi đánh giá nội bộ"))
    desk.answer(duties(plan, "Đánh giá nội bộ")[0], "truong", on=date(YEAR, 3, 5))
    assert [(d.state, d.waits_for) for d in duties(plan, "Khắc phục")] == [
        (DORMANT, f"Đã xong nhiệm vụ 1: Đánh giá nội bộ ngày 05/03/{YEAR}; chờ Thư ký ISO định hạn")
    ]


def test_what_was_given_back_puts_its_followers_to_sleep_again(desk: Running) -> None:
    plan = desk.issue(row("Đánh giá nội bộ", f"Tháng 3/{YEAR}"), row("Khắc phục", "10 ngày sau khi đánh giá nội bộ"))
    duty = desk.answer(duties(plan, "Đánh giá nội bộ")[0], "truong", on=date(YEAR, 3, 5))
    return_report(duty, reason="Thiếu biên bản.", actor=desk["thuky"], at=moment(date(YEAR, 3, 6)))
    assert (told(plan, "Khắc phục"), Occurrence.objects.count()) == ([(KH, None, DORMANT)], 0)
    assert duties(plan, "Khắc phục")[0].waits_for == "đánh giá nội bộ"
    desk.answer(duty, "truong", on=date(YEAR, 3, 9))
    assert told(plan, "Khắc phục") == [(KH, date(YEAR, 3, 19), OPEN)]
