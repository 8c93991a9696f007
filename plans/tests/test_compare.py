"""What differs between two contents of a plan."""

from dataclasses import replace

from plans.compare import Difference, differences
from plans.content import PhaseContent, PlanContent, Signer, TaskContent

TASKS = (
    TaskContent("1", "Lập mục tiêu chất lượng của Sở", ("Bảng mục tiêu",), "Văn phòng", timing="Tháng 01/2026"),
    TaskContent("2", "Đánh giá nội bộ tại các phòng", ("Báo cáo",), "Đoàn đánh giá", timing="Quý II/2026"),
    TaskContent("3", "Họp xem xét của lãnh đạo", ("Biên bản",), "Ban Chỉ đạo", timing="Quý IV/2026"),
)


def plan(*tasks: TaskContent, **fields: object) -> PlanContent:
    return PlanContent(subject="Duy trì hệ thống", year=2026, phases=(PhaseContent(tasks=tasks or TASKS),), **fields)


def test_equal_plans_do_not_differ() -> None:
    assert differences(plan(), plan()) == []


def test_a_changed_cell_is_named_by_task_and_column() -> None:
    changed = replace(TASKS[1], lead="Tổ giúp việc", outputs=("Báo cáo", "Phiếu ghi chép"))
    assert differences(plan(), plan(TASKS[0], changed, TASKS[2])) == [
        Difference("Nhiệm vụ 2, sản phẩm", "Báo cáo", "Báo cáo\nPhiếu ghi chép"),
        Difference("Nhiệm vụ 2, chủ trì", "Đoàn đánh giá", "Tổ giúp việc"),
    ]


def test_an_inserted_task_is_one_difference_though_all_numbers_move() -> None:
    new = TaskContent("2", "Tập huấn cho công chức mới", (), "Phòng Tổ chức", timing="Tháng 3/2026")
    moved = (TASKS[0], new, replace(TASKS[1], ordinal="3"), replace(TASKS[2], ordinal="4"))
    assert differences(plan(), plan(*moved)) == [
        Difference("Nhiệm vụ 2", "", "Tập huấn cho công chức mới\nPhòng Tổ chức\nTháng 3/2026")
    ]


def test_a_removed_task_is_told_with_its_words() -> None:
    assert differences(plan(), plan(TASKS[0], TASKS[2])) == [
        Difference("Nhiệm vụ 2", "Đánh giá nội bộ tại các phòng\nĐoàn đánh giá\nQuý II/2026", "")
    ]


def test_a_moved_task_is_no_difference() -> None:
    assert differences(plan(), plan(TASKS[2], TASKS[0], TASKS[1])) == []


def test_a_reworded_task_is_the_same_task() -> None:
    reworded = replace(TASKS[1], title="Đánh giá nội bộ tại các phòng, đơn vị")
    assert differences(plan(), plan(TASKS[0], reworded, TASKS[2])) == [
        Difference("Nhiệm vụ 2, nhiệm vụ", "Đánh giá nội bộ tại các phòng", "Đánh giá nội bộ tại các phòng, đơn vị")
    ]


def test_two_tasks_of_one_name_are_paired_in_their_order() -> None:
    twice = (replace(TASKS[0], lead="A"), replace(TASKS[0], ordinal="2", lead="B"))
    later = (replace(TASKS[0], lead="A"), replace(TASKS[0], ordinal="2", lead="C"))
    assert differences(plan(*twice), plan(*later)) == [Difference("Nhiệm vụ 2, chủ trì", "B", "C")]


def test_a_task_that_changes_its_phase_is_told() -> None:
    before = PlanContent(phases=(PhaseContent("1", "Chuẩn bị", TASKS[:1]), PhaseContent("2", "Vận hành", TASKS[1:])))
    after = PlanContent(phases=(PhaseContent("1", "Chuẩn bị", TASKS[:2]), PhaseContent("2", "Vận hành", TASKS[2:])))
    assert differences(before, after) == [Difference("Nhiệm vụ 2, giai đoạn", "2. Vận hành", "1. Chuẩn bị")]


def test_head_bases_recipients_and_signature_are_compared_in_the_order_of_the_document() -> None:
    before = plan(bases=("Căn cứ A;", "Căn cứ B."), recipients=("Lãnh đạo Sở",), signer=Signer("", "GIÁM ĐỐC", "Huy"))
    after = replace(
        before, subject="Cải tiến hệ thống", bases=("Căn cứ A;", "Căn cứ C."), recipients=("Lãnh đạo Sở", "Lưu: VT"),
        signer=Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hà"),
    )  # fmt: skip
    assert [d.where for d in differences(before, after)] == [
        "Trích yếu", "Căn cứ", "Nơi nhận", "Ký thay", "Chức vụ người ký", "Người ký",
    ]  # fmt: skip
