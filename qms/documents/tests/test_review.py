from collections.abc import Callable
from dataclasses import replace

import pytest

from qms.documents.model import (
    Align,
    Annex,
    Cell,
    Column,
    Heading,
    HeadingLevel,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    article,
)
from qms.documents.review import RULES, LayoutReview, review_layout
from qms.documents.review_remarks import LayoutRemark, Severity
from qms.documents.tests import samples

SECTION, CLAUSE, POINT = HeadingLevel.SECTION, HeadingLevel.CLAUSE, HeadingLevel.POINT
MENTION = Paragraph("Nội dung cụ thể tại Phụ lục kèm theo.")


def _codes(document: OfficialDocument) -> list[str]:
    return [remark.code for remark in review_layout(document).remarks]


def _body(*blocks: object) -> OfficialDocument:
    """The good plan with these blocks before its closing paragraph."""
    plan = samples.plan()
    return replace(plan, blocks=(*plan.blocks[:-2], *blocks, *plan.blocks[-2:]))


def _said(text: str) -> list[str]:
    """The remarks on one paragraph in a document that is good otherwise."""
    plan = samples.plan()
    return _codes(replace(plan, blocks=(plan.blocks[0], Paragraph(text), plan.blocks[-1])))


@pytest.mark.parametrize("name", [name for name in samples.ALL if name != "plan_with_annexes"])
def test_a_good_document_of_every_form_has_no_remark(name: str) -> None:
    review = review_layout(samples.ALL[name]())
    assert review.remarks == ()
    assert len(review.passed) >= 14


def test_the_summary_counts_in_words() -> None:
    remarks = (
        LayoutRemark("a", Severity.FAULT, "x"),
        LayoutRemark("b", Severity.NOTE, "y"),
        LayoutRemark("c", Severity.NOTE, "z"),
    )
    assert LayoutReview(("một", "hai"), remarks).summary == "2 điểm đạt, 1 điểm cần sửa, 2 lưu ý"
    assert LayoutReview(("một",), ()).summary == "1 điểm đạt"


def test_a_rule_with_a_remark_is_not_among_the_passed() -> None:
    good, bad = review_layout(samples.plan()), review_layout(samples.plan(place=""))
    assert set(good.passed) - set(bad.passed) == {"Địa danh và thời gian ban hành"}


def test_every_remark_is_a_sentence() -> None:
    everything = OfficialDocument(Issuer(), symbol="kh", bases=("sai",), signatures=(Signature(name="TS. A"),))
    for remark in review_layout(everything).remarks:
        assert remark.message[0].isupper() or remark.message[0] == "“"
        assert remark.message.endswith(".")
        assert remark.where


def test_rules_have_titles_of_their_own() -> None:
    assert len({rule.title for rule in RULES}) == len(RULES)


FRAME: list[tuple[str, Callable[[], OfficialDocument]]] = [
    ("issuer-missing", lambda: samples.plan(issuer=Issuer("", "UBND tỉnh Hòa Giang"))),
    ("superior-missing", lambda: samples.plan(issuer=Issuer("Sở Công Thương"))),
    ("superior-bare", lambda: samples.plan(issuer=Issuer("Sở Công Thương", "UBND TỈNH"))),
    ("number-form", lambda: samples.plan(number="5a")),
    ("symbol-missing", lambda: samples.plan(symbol="")),
    ("symbol-form", lambda: samples.plan(symbol="KH - SKHCN")),
    ("symbol-form", lambda: samples.plan(symbol="KH_SKHCN-x")),
    ("symbol-kind", lambda: samples.plan(symbol="BC-SKHCN")),
    ("symbol-letter", lambda: replace(samples.letter(), symbol="CV-SKHCN")),
    ("place-missing", lambda: samples.plan(place="")),
    ("kind-missing", lambda: samples.plan(kind_name="")),
    ("kind-unknown", lambda: samples.plan(kind_name="Bản kế hoạch")),
    ("subject-missing", lambda: samples.plan(subject="")),
    ("subject-end", lambda: samples.plan(subject="Duy trì hệ thống.")),
    ("subject-prefix", lambda: replace(samples.letter(), subject="V/v cung cấp số liệu")),
    ("bases-missing", lambda: replace(samples.decision(), bases=())),
    ("basis-end", lambda: samples.plan(bases=("Căn cứ quy chế làm việc;",))),
    ("basis-end", lambda: samples.plan(bases=("Căn cứ quy chế làm việc.", "Theo đề nghị của Văn phòng."))),
    ("basis-opening", lambda: samples.plan(bases=("Nhằm thực hiện quy chế.",))),
    ("end-mark-missing", lambda: samples.plan(blocks=(Paragraph("Hết."),))),
    ("end-mark-early", lambda: samples.plan(blocks=(Paragraph("Hết./."), Paragraph("Thật./.")))),
    ("addressee-missing", lambda: replace(samples.letter(), addressees=())),
    ("signature-missing", lambda: samples.plan(signatures=())),
    ("position-missing", lambda: samples.plan(signatures=(Signature(name="Trần Minh Quang"),))),
    ("name-missing", lambda: samples.plan(signatures=(Signature(position="GIÁM ĐỐC"),))),
    ("name-title", lambda: samples.plan(signatures=(Signature(position="GIÁM ĐỐC", name="TS. Trần Minh Quang"),))),
    ("on-behalf-form", lambda: samples.plan(signatures=(Signature(("Thay mặt Ban",), "TRƯỞNG BAN", "Quang"),))),
    ("deputy-position", lambda: samples.plan(signatures=(Signature(("KT. GIÁM ĐỐC",), "GIÁM ĐỐC", "Quang"),))),
    ("recipients-missing", lambda: samples.plan(recipients=())),
    ("recipients-archive", lambda: samples.plan(recipients=("Lưu: VT", "Các phòng"))),
    ("recipients-archive-form", lambda: samples.plan(recipients=("Các phòng", "Lưu VT"))),
    ("recipients-as-above", lambda: replace(samples.letter(), recipients=("Giám đốc", "Lưu: VT"))),
    ("recipients-article", lambda: replace(samples.decision(), recipients=("Các phòng", "Lưu: VT"))),
    ("annex-mention", lambda: samples.plan(annexes=(Annex("Danh mục"),))),
    ("annex-number", lambda: replace(_body(MENTION), annexes=(Annex("Danh mục", number="I"),))),
    ("annex-number", lambda: replace(_body(MENTION), annexes=(Annex("A", number="I"), Annex("B", number="III")))),
    ("annex-title", lambda: replace(_body(MENTION), annexes=(Annex(""),))),
    ("end-mark-annex", lambda: replace(_body(MENTION), annexes=(Annex("A", (Paragraph("Hết."),)),))),
]


@pytest.mark.parametrize(("code", "make"), FRAME, ids=[f"{code}-{index}" for index, (code, _) in enumerate(FRAME)])
def test_a_fault_of_the_frame_is_seen_and_nothing_else(code: str, make: Callable[[], OfficialDocument]) -> None:
    assert set(_codes(make())) == {code}


def _heading(level: HeadingLevel, number: str) -> Heading:
    return Heading(level, number, "Nội dung")


@pytest.mark.parametrize(
    "blocks",
    [
        (_heading(SECTION, "IV"), Paragraph("X.")),
        (_heading(CLAUSE, "2"), Paragraph("X.")),
        (_heading(CLAUSE, "1"), Paragraph("X."), _heading(CLAUSE, "3"), Paragraph("X.")),
        (Paragraph("1. Một việc."), Paragraph("1. Hai việc.")),
        (_heading(CLAUSE, "1"), Paragraph("X."), _heading(CLAUSE, "1.2"), Paragraph("X.")),
        (_heading(CLAUSE, "1"), _heading(POINT, "b"), Paragraph("X.")),
    ],
)
def test_a_gap_in_the_numbers_is_seen(blocks: tuple[object, ...]) -> None:
    assert "numbering" in _codes(_body(_heading(SECTION, "III"), *blocks))


def test_numbers_may_go_deeper_and_come_back() -> None:
    numbers = ["1", "2", "2.1", "2.2", "3", "4", "4.1", "5"]
    blocks = [block for number in numbers for block in (_heading(CLAUSE, number), Paragraph("X."))]
    plan = samples.plan()
    closing = plan.blocks[-1]
    assert _codes(replace(plan, blocks=(_heading(SECTION, "I"), *blocks, closing))) == []


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [Heading(POINT, letter, "Nội dung") for letter in "abcdđeg"]
    blocks = [block for letter in letters for block in (letter, Paragraph("X."))]
    plan = samples.plan()
    assert _codes(replace(plan, blocks=(*blocks, plan.blocks[-1]))) == []


def test_articles_run_through_the_chapters() -> None:
    levels = (HeadingLevel.CHAPTER, HeadingLevel.ARTICLE)
    blocks = []
    for chapter, number in (("I", "1"), ("II", "2")):
        blocks += [_heading(levels[0], chapter), _heading(levels[1], number), Paragraph("X.")]
    assert _codes(replace(samples.decision(), blocks=(*blocks, article("3", "Thi hành./.")))) == []


def test_a_heading_without_content_or_with_a_mark_is_seen() -> None:
    bare = _body(_heading(SECTION, "III"))
    marked = samples.plan(blocks=(Heading(SECTION, "I", "Mục đích:"), Paragraph("Hết./.")))
    assert _codes(bare) == ["numbering", "heading-bare"]
    assert _codes(marked) == ["heading-end"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thực hiện Quyết định 19/QĐ-UBND ngày 05/3/2026 của Ủy ban nhân dân tỉnh.", "citation-number"),
        ("Thực hiện Quyết định số 19/Đ-UBND ngày 05/3/2026 của Ủy ban nhân dân tỉnh.", "citation-sign"),
        ("Thực hiện Quyết định số 19/QĐ-UBND của Ủy ban nhân dân tỉnh.", "citation-full"),
        ("Thực hiện từ ngày 5/3/2026.", "date-day"),
        ("Thực hiện từ ngày 5 tháng 3 năm 2026.", "date-day"),
        ("Báo cáo Ủy ban nhân dân Tỉnh.", "capitals"),
        ("Báo cáo Ủy ban Nhân dân tỉnh.", "capitals"),
        ("Báo cáo Uỷ ban nhân dân tỉnh.", "capitals"),
        ("Tại thành phố Hồ Chí Minh.", "capitals"),
        ("Tại thủ đô Hà Nội.", "capitals"),
        ("Trên địa bàn Tỉnh Hòa Giang.", "capitals"),
        ("Theo quy định tại Khoản 2 Điều 4.", "capitals"),
        ("Theo khoản 2 điều 4.", "capitals"),
        ("Theo kế hoạch số 12/KH-UBND.", "capitals"),
        ("Nghỉ Tết nguyên đán.", "capitals"),
        ("Họp Ban chỉ đạo ISO.", "capitals"),
        ("Họp vào thứ hai, ngày 20 tháng 4.", "capitals"),
        ("Các cơ quan Nhà Nước.", "capitals"),
        ("Bộ Văn hóa, thể thao và Du lịch.", "capitals"),
        ("Sở Khoa học và công nghệ.", "capitals"),
        ("Áp dụng TCVN 9001:2015.", "standard-name"),
        ("Áp dụng TCVN ISO 9001: 2015.", "standard-name"),
        ("Hai  khoảng trắng.", "spaces-double"),
        ("Cách chữ , trước dấu.", "space-before-mark"),
        ("Dính,chữ sau dấu.", "space-after-mark"),
        ("Sơ kết, tổng kết,...", "marks-double"),
        ("Trong ( ngoặc) đơn.", "space-bracket"),
        ("Không có dấu ở cuối", "paragraph-end"),
    ],
)
def test_a_slip_of_the_pen_is_seen_and_nothing_else(text: str, code: str) -> None:
    assert _said(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo Ủy ban nhân dân Thành phố Hồ Chí Minh, Ủy ban nhân dân tỉnh và Thủ đô Hà Nội.",
        "Tỉnh Hòa Giang giao Sở Khoa học và Công nghệ, Bộ Văn hóa, Thể thao và Du lịch.",
        "Thực hiện khoản 2 Điều 4, điểm a khoản 1 Điều 5 Nghị định này.",
        "Từ ngày 05/3/2026 đến ngày 15 tháng 3 năm 2026, thứ Hai, ngày 16/3/2026.",
        "Nghỉ tết Nguyên đán; họp Ban Chỉ đạo (lần thứ hai) theo TCVN ISO 9001:2015, v.v.",
        "Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014 của Thủ tướng Chính phủ; Quyết định số 19/2014/QĐ-TTg.",
        "Đạt 99,5%; 1.250 hồ sơ; lúc 08:30; địa chỉ https://example.vn/a.",
    ],
)
def test_good_writing_is_left_alone(text: str) -> None:
    assert _said(text) == []


def test_one_remark_names_all_places_of_one_slip() -> None:
    blocks = [block for n in range(1, 6) for block in (Heading(CLAUSE, str(n), "Việc"), Paragraph("Ban chỉ đạo họp."))]
    plan = samples.plan()
    document = replace(plan, blocks=(_heading(SECTION, "I"), *blocks, plan.blocks[-1]))
    (remark,) = review_layout(document).remarks
    assert remark.message == "Viết “Ban Chỉ đạo” thay cho “Ban chỉ đạo” (Phụ lục II)."
    assert remark.where == "Mục I, khoản 1; Mục I, khoản 2; Mục I, khoản 3 và 2 chỗ khác"


def test_cells_are_read_and_named_by_their_row() -> None:
    table = Table(
        (Column("TT"), Column("Việc")), ((Cell(("1",)), Cell(("xong",))), (Cell(("2",)), Cell(("Ban chỉ đạo",))))
    )
    (remark,) = review_layout(_body(table)).remarks
    assert remark.where == "Mục II, bảng, dòng 2"


def test_a_centred_line_needs_no_mark_at_its_end() -> None:
    assert _codes(_body(Paragraph("Mẫu số 01", align=Align.CENTER))) == []
    assert _codes(_body(ListItem("một việc"))) == ["paragraph-end"]


def test_hostile_text_is_reviewed_in_no_time() -> None:
    for text in ("1/" * 3000, "Khoản " * 2000, " ," * 3000, "a" * 6000, "Bộ A B, c d và " * 500, "(" * 3000):
        assert isinstance(_said(text), list)
