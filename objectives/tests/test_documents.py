"""The two official documents: every word of them, in both files."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from objectives.actions import save_head
from objectives.documents import document_of
from objectives.enums import DocumentKind
from objectives.models import ObjectiveDocument, ObjectiveSet
from qms.documents.docx import render_docx
from qms.documents.model import OfficialDocument, Table, block_texts
from qms.documents.pdf import render_pdf
from qms.documents.review import review_layout
from qms.documents.tests.reading import read_pdf
from qms.text import nfc

from .year import FEBRUARY, YEAR, Year

STEPS = [
    {"text": "Tập huấn nghiệp vụ", "timing_text": "Quý II/2026", "support_text": "Văn phòng Sở", "result": "Danh sách"},
    {"text": "Họp giao ban", "timing_text": "Hằng tháng"},
]


@pytest.fixture
def objectives(place: Year) -> ObjectiveSet:
    """A draft of the planning division with two objectives, and words around them."""
    draft = place.draft()
    above = place.objective(place.draft(None), statement="Sở giải quyết hồ sơ đúng hạn")
    place.objective(
        draft, steps=STEPS, serves=above, resources="Hai chuyên viên", monitoring="Sổ theo dõi", basis="KH 12"
    )
    place.objective(draft, statement="Không để xảy ra khiếu nại quá hạn", direction="at_most", target=Decimal(2))
    fields = {
        "bases": ["Căn cứ quy chế làm việc của Sở", "Căn cứ nhiệm vụ được giao năm 2026;"], "intro": draft.intro,
        "carrying_out": "Phòng thực hiện.", "recipients": ["Lãnh đạo Sở", "Lưu: VT"],
    }  # fmt: skip
    draft.refresh_from_db()
    return save_head(draft, fields=fields, revision=draft.revision, actor=place["truong"], at=FEBRUARY)


def table_of(document: OfficialDocument) -> Table:
    return next(block for block in document.annexes[0].blocks if isinstance(block, Table))


def texts(table: Table, row: int) -> list[str]:
    return ["\n".join(str(line) for line in cell.lines) for cell in table.rows[row]]


def test_the_frame_of_the_targets_is_that_of_the_agency(objectives: ObjectiveSet) -> None:
    document = document_of(objectives, DocumentKind.TARGETS)
    assert (document.issuer.superior, document.issuer.name) == ("UBND TỈNH SÔNG GIANG", "Sở Khoa học và Công nghệ")
    assert (document.kind_name, document.subject) == (
        "MỤC TIÊU CHẤT LƯỢNG", "Năm 2026 của Phòng Kế hoạch - Tài chính",
    )  # fmt: skip
    assert document.symbol == "MTCL-SKHCN"
    assert document.bases == ("Căn cứ quy chế làm việc của Sở;", "Căn cứ nhiệm vụ được giao năm 2026.")


def test_the_body_names_every_objective_with_its_target(objectives: ObjectiveSet) -> None:
    lines = list(block_texts(document_of(objectives, DocumentKind.TARGETS).blocks))
    assert "1. Giải quyết hồ sơ thủ tục hành chính đúng hạn: ít nhất 95\u00a0%." in lines
    assert "2. Không để xảy ra khiếu nại quá hạn: không quá 2\u00a0%." in lines
    assert lines[-1].endswith("./.")


def test_the_table_of_targets_has_the_fields_of_the_form(objectives: ObjectiveSet) -> None:
    table = table_of(document_of(objectives, DocumentKind.TARGETS))
    assert [column.heading for column in table.columns] == [
        "TT", "Mục tiêu", "Chỉ số đo, cách tính", "Chỉ tiêu", "Kết quả năm trước", "Kỳ đo",
        "Đơn vị, người chịu trách nhiệm", "Thời hạn", "Căn cứ",
    ]  # fmt: skip
    assert texts(table, 0) == [
        "1",
        "Giải quyết hồ sơ thủ tục hành chính đúng hạn\nPhục vụ mục tiêu của cấp trên: Sở giải quyết hồ sơ đúng hạn\n"
        "Nơi thực hiện: Sở Khoa học và Công nghệ",
        "Tỷ lệ hồ sơ giải quyết đúng hạn\nHồ sơ đúng hạn / hồ sơ đã giải quyết",
        "Ít nhất 95\u00a0%", "", "Hằng quý", "Phòng Kế hoạch - Tài chính", "31/12/2026", "KH 12",
    ]  # fmt: skip


def test_the_plan_has_one_row_per_step_under_its_objective(objectives: ObjectiveSet) -> None:
    table = table_of(document_of(objectives, DocumentKind.ACTIONS))
    assert texts(table, 0) == [
        "1", "Giải quyết hồ sơ thủ tục hành chính đúng hạn\nÍt nhất 95\u00a0%", "Tập huấn nghiệp vụ", "Hai chuyên viên",
        "Phòng Kế hoạch - Tài chính", "Văn phòng Sở", "Quý II/2026", "Sổ theo dõi", "Danh sách",
    ]  # fmt: skip
    assert texts(table, 1) == ["Họp giao ban", "Phòng Kế hoạch - Tài chính", "", "Hằng tháng", ""]
    assert [cell.rows for cell in table.rows[0]] == [2, 2, 1, 2, 1, 1, 1, 2, 1]
    assert texts(table, 2)[0] == "2"


def test_every_row_fills_the_width_of_its_table(objectives: ObjectiveSet) -> None:
    for kind in DocumentKind:
        table = table_of(document_of(objectives, kind))
        covered = [0] * len(table.columns)
        for index, row in enumerate(table.placed(table.rows)):
            for position, cell in row:
                covered[position] = index + cell.rows
            assert all(end > index for end in covered), (kind, index)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_layout_review_finds_nothing_to_warn_of(objectives: ObjectiveSet, kind: DocumentKind) -> None:
    issued = ObjectiveDocument(
        objective_set=objectives, kind=kind, number="05", symbol="X-SKHCN", date=date(YEAR, 2, 5)
    )
    objectives.sign_position, objectives.sign_name = "GIÁM ĐỐC", "Phạm Quang Huy"
    remarks = review_layout(document_of(objectives, kind, issued)).remarks
    assert [remark.code for remark in remarks if remark.code != "kind-unknown"] == []


def squeezed(text: str) -> str:
    return "".join(nfc(text).split())


@pytest.mark.parametrize("kind", DocumentKind)
def test_both_files_hold_every_word(objectives: ObjectiveSet, kind: DocumentKind) -> None:
    document = document_of(objectives, kind)
    lines = [line for row in table_of(document).rows for cell in row for line in cell.lines]
    words = {squeezed(word) for line in lines for word in str(line).split()}
    printed = squeezed(" ".join(words.text for page in read_pdf(render_pdf(document)) for words in page.words))
    tables = Document(BytesIO(render_docx(document))).tables
    typed = squeezed(" ".join(cell.text for table in tables for row in table.rows for cell in row.cells))
    assert [word for word in words if word not in printed] == []
    assert [word for word in words if word not in typed] == []


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_table_lies_across_an_a4_sheet_within_its_margins(objectives: ObjectiveSet, kind: DocumentKind) -> None:
    body, *annex = read_pdf(render_pdf(document_of(objectives, kind)))
    assert (round(body.width), round(body.height)) == (210, 297)
    assert [(round(page.width), round(page.height)) for page in annex] == [(297, 210)] * len(annex)
    for page in annex:
        assert min(words.x for words in page.words) >= 19.5
        assert max(words.x + words.width for words in page.words) <= 297 - 14.5
