"""The register as an official annex: issues, parties, risks and opportunities (DOMAIN 3.19, 3.20)."""

from collections.abc import Iterable
from datetime import date

from qms.documents.model import (
    Align,
    Annex,
    Cell,
    Column,
    Issuer,
    OfficialDocument,
    Paragraph,
    Row,
    Table,
    reference_line,
)
from qms.organisation.models import Agency, User
from qms.text import roman, short_date

from .listing import SHELVES, Shelf, filtered, ordered
from .models import Issue, Party, RegisterRow, Risk

_TT = Column("TT", 4, align=Align.CENTER)
_UNIT = Column("Đơn vị theo dõi", 12, align=Align.CENTER)
_COLUMNS: dict[type[RegisterRow], tuple[Column, ...]] = {
    Issue: (
        _TT, Column("Loại", 9, align=Align.CENTER), Column("Vấn đề", 30), Column("Tác động", 25),
        Column("Cách theo dõi, xử lý", 25), _UNIT,
    ),
    Party: (
        _TT, Column("Bên quan tâm", 20), Column("Yêu cầu, mong đợi", 34), Column("Cách đáp ứng, theo dõi", 30), _UNIT,
    ),
    Risk: (
        _TT, Column("Quá trình", 12), Column("Mô tả", 20), Column("Nguyên nhân", 14), Column("Hậu quả, lợi ích", 14),
        Column("Khả năng", 6, align=Align.CENTER), Column("Mức độ", 6, align=Align.CENTER),
        Column("Điểm, mức", 9, align=Align.CENTER), Column("Biện pháp, thời gian, đơn vị", 22), _UNIT,
    ),
}  # fmt: skip


def register_document(agency: Agency, user: User, *, on: date) -> OfficialDocument:
    """The four lists as annexes of one draft; the plan or decision they go with gets its number at issue."""
    document = OfficialDocument(
        issuer=Issuer(agency.name, agency.superior), kind_name="DANH MỤC",
        subject="Bối cảnh, các bên quan tâm, rủi ro và cơ hội", symbol=f"DM-{agency.abbreviation}", place=agency.place,
        year=on.year, draft=True,
        blocks=(
            Paragraph(
                f"Danh mục bối cảnh, các bên quan tâm, rủi ro và cơ hội của {agency.name} đến ngày {short_date(on)} "
                "gồm các phụ lục kèm theo./."
            ),
        ),
    )  # fmt: skip
    reference = reference_line(document, "Danh mục")
    annexes = tuple(
        _annex(shelf, number, reference, _rows_of(shelf, agency, user, on))
        for number, shelf in enumerate(SHELVES, start=1)
    )
    return OfficialDocument(**{**vars(document), "annexes": annexes})


def _rows_of(shelf: Shelf, agency: Agency, user: User, on: date) -> list[RegisterRow]:
    rows = filtered(shelf, user, {}, on=on).filter(agency=agency)
    if shelf.model is Risk:
        rows = rows.prefetch_related("actions__unit")
    return list(ordered(shelf, rows, ""))


def _annex(shelf: Shelf, number: int, reference: str, rows: list[RegisterRow]) -> Annex:
    table = Table(_COLUMNS[shelf.model], tuple(_row(n, row) for n, row in enumerate(rows, start=1)))
    blocks = (table,) if rows else (Paragraph("Không có."),)
    return Annex(title=shelf.label, blocks=blocks, number=roman(number), reference=reference, landscape=True)


def _row(number: int, row: RegisterRow) -> Row:
    texts = (str(number), *_texts(row), row.unit.name)
    return tuple(Cell(tuple(text.split("\n"))) for text in texts)


def _texts(row: RegisterRow) -> Iterable[str]:
    if isinstance(row, Issue):
        return (row.get_side_display().capitalize(), row.text, row.effect, row.response)
    if isinstance(row, Party):
        return (row.name, row.needs, row.follow_up)
    marks = [str(mark) if mark else "" for mark in (row.likelihood, row.effect)]
    judged = f"{row.score}\n{row.level}" if row.score else "chưa đánh giá"
    return (row.process, row.text, row.cause, row.consequence, *marks, judged, _actions(row))


def _actions(risk: Risk) -> str:
    promised = [f"{action.text} ({action.timing_text}; {action.unit})" for action in risk.actions.all()]
    return "\n".join(filter(None, [risk.response, *promised]))
