"""A report on objectives as an official document (NĐ 30/2020, mẫu 1.4): the one place where its data becomes words.

The number before an objective is its number in the annex, where every figure stands with who entered it and when.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from objectives.terms import Standing
from plans.documents import text_blocks
from qms.documents.model import (
    Align,
    Annex,
    Block,
    Cell,
    Column,
    Heading,
    HeadingLevel,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Picture,
    Row,
    Signature,
    Table,
    reference_line,
)
from qms.text import long_date, roman, short_date

from .changes import Change
from .facts import UNWANTED, Drawing, Fact, FigureFact, ReportData, UnitReport, count
from .models import ObjectiveReport, ReportState
from .words import counts_text

_RESULT_COLUMNS = (
    Column("TT", 5, align=Align.CENTER),
    Column("Mục tiêu", 33),
    Column("Chỉ tiêu", 14, align=Align.CENTER),
    Column("Kết quả trong kỳ", 22),
    Column("Tính đến hết kỳ", 13, align=Align.CENTER),
    Column("Đánh giá", 13, align=Align.CENTER),
)
_UNIT_COLUMNS = (
    Column("Đơn vị", 34),
    Column("Số mục tiêu", 10, align=Align.CENTER),
    Column("Đạt", 9, align=Align.CENTER),
    Column("Đúng hướng", 10, align=Align.CENTER),
    Column("Có nguy cơ", 10, align=Align.CENTER),
    Column("Không đạt", 9, align=Align.CENTER),
    Column("Thiếu số liệu", 9, align=Align.CENTER),
    Column("Chưa đến kỳ", 9, align=Align.CENTER),
)
_UNIT_STANDINGS = (
    Standing.ACHIEVED, Standing.ON_TRACK, Standing.AT_RISK, Standing.MISSED, Standing.NO_DATA, Standing.NOT_YET_DUE,
)  # fmt: skip
_CAUSE_COLUMNS = (
    Column("TT", 5, align=Align.CENTER),
    Column("Mục tiêu, đơn vị", 28),
    Column("Tình trạng", 23),
    Column("Nguyên nhân", 22),
    Column("Xử lý, khắc phục", 22),
)
_CHANGE_COLUMNS = (
    Column("Mục tiêu, đơn vị", 38),
    Column("Nội dung", 16),
    Column("Báo cáo trước", 14, align=Align.CENTER),
    Column("Nay", 14, align=Align.CENTER),
    Column("Lý do", 18),
)
_ANNEX_COLUMNS = (
    Column("TT", 4, align=Align.CENTER),
    Column("Mục tiêu, đơn vị", 26),
    Column("Chỉ tiêu; kết quả năm trước", 16),
    Column("Số liệu từng kỳ; người nhập, ngày nhập", 36),
    Column("Đánh giá", 18),
)


def report_document(report: ObjectiveReport) -> OfficialDocument:
    """The report as `render_pdf` and `render_docx` take it."""
    data = ReportData.from_storage(report.data)
    document = OfficialDocument(
        issuer=Issuer(report.issuer, report.superior),
        kind_name="BÁO CÁO",
        subject=report.subject,
        number=report.number,
        symbol=report.symbol,
        place=report.place,
        date=report.date,
        year=report.as_of.year,
        blocks=tuple(_body(report, data)),
        signatures=(Signature.of(report.sign_on_behalf, report.sign_position, report.sign_name),),
        recipients=tuple(report.recipients),
        draft=report.state not in (ReportState.ACCEPTED, ReportState.ISSUED),
    )
    return replace(document, annexes=tuple(_annexes(data, reference_line(document, "Báo cáo"))))


def _annexes(data: ReportData, reference: str) -> Iterator[Annex]:
    """The figures, and the charts where there are some."""
    if not data.facts:
        return
    first, second = ("I", "II") if data.drawings else ("", "")
    yield Annex("Số liệu từng mục tiêu", (_annex(data),), number=first, reference=reference, landscape=True)
    if data.drawings:
        yield Annex("Biểu đồ", tuple(_charts(data.drawings)), number=second, reference=reference)


def _charts(drawings: Iterable[Drawing]) -> Iterator[Block]:
    """Each drawing with its numbers as a table after it."""
    for number, drawing in enumerate(drawings, start=1):
        yield Picture(drawing.svg, f"Biểu đồ {number}. {drawing.caption}")
        first, *others = drawing.head
        columns = (Column(first, 30), *(Column(head, 20, align=Align.CENTER) for head in others))
        yield Table(columns, tuple(tuple(Cell((text,)) for text in row) for row in drawing.rows))


def _body(report: ObjectiveReport, data: ReportData) -> Iterator[Block]:
    yield Paragraph(_opening(report, data))
    sections = (
        ("KẾT QUẢ THỰC HIỆN", _results(report, data)),
        ("MỤC TIÊU KHÔNG ĐẠT, CÓ NGUY CƠ, THIẾU SỐ LIỆU", _unwanted(report, data)),
        ("THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC", _changes(data)),
        ("ĐÁNH GIÁ CHUNG", text_blocks(report.conclusions)),
        ("NHIỆM VỤ KỲ TỚI", text_blocks(report.next_steps)),
        ("KIẾN NGHỊ, ĐỀ XUẤT", text_blocks(report.proposals or "Không có.")),
    )
    for number, (heading, blocks) in enumerate(sections, start=1):
        yield Heading(HeadingLevel.SECTION, roman(number), heading)
        yield from blocks
    yield Paragraph(
        f"Trên đây là báo cáo kết quả thực hiện mục tiêu chất lượng {report.round.period_words} của {report.issuer}./."
    )


def _opening(report: ObjectiveReport, data: ReportData) -> str:
    bases = f"Thực hiện {' và '.join(data.bases)}, " if data.bases else ""
    day = long_date(date.fromisoformat(data.as_of))
    return (
        f"{bases}{report.issuer} báo cáo kết quả thực hiện mục tiêu chất lượng {report.round.period_words} "
        f"(số liệu đến hết {day}) như sau:"
    )


def _results(report: ObjectiveReport, data: ReportData) -> Iterator[Block]:
    if report.unit_id:
        yield Paragraph(_summary(data))
        yield _result_table(data.numbered)
        return
    yield Heading(HeadingLevel.CLAUSE, "1", "Kết quả chung")
    yield Paragraph(_summary(data))
    yield from _sending(data.units)
    yield Heading(HeadingLevel.CLAUSE, "2", "Mục tiêu cấp Sở")
    yield _result_table(data.departments) if data.departments else Paragraph("Chưa ban hành mục tiêu cấp Sở.")
    yield Heading(HeadingLevel.CLAUSE, "3", "Mục tiêu của các phòng, đơn vị")
    yield _unit_table(data) if data.divisions else Paragraph("Chưa ban hành mục tiêu của phòng, đơn vị.")


def _summary(data: ReportData) -> str:
    if not data.facts:
        return "Trong kỳ chưa có mục tiêu nào được ban hành để theo dõi."
    facts = [fact for _, fact in data.numbered]
    annex = " I" if data.drawings else ""
    where = f"Số thứ tự trong các bảng là số thứ tự ở Phụ lục{annex}, nơi ghi từng số liệu và người nhập."
    levels = f" ({len(data.departments)} mục tiêu cấp Sở)" if data.departments else ""
    return f"Có {len(facts)} mục tiêu được theo dõi{levels}: {counts_text(facts)}. {where}"


def _sending(units: Iterable[UnitReport]) -> Iterator[Block]:
    """Which units reported, late or not at all."""
    rows = list(units)
    if not rows:
        return
    accepted = [row for row in rows if row.state == ReportState.ACCEPTED]
    yield Paragraph(f"{len(accepted)}/{len(rows)} đơn vị đã có báo cáo được nhận.")
    late = [f"{row.unit} (muộn {row.late_days} ngày)" for row in accepted if row.late_days]
    if late:
        yield ListItem(f"Gửi muộn: {', '.join(late)}.")
    lacking = [row.unit for row in rows if row.state != ReportState.ACCEPTED]
    if lacking:
        yield ListItem(f"Chưa có báo cáo được nhận, số liệu lấy trên hệ thống: {', '.join(lacking)}.")


def _result_table(rows: Iterable[tuple[int, Fact]]) -> Table:
    return Table(_RESULT_COLUMNS, tuple(_result_row(number, fact) for number, fact in rows))


def _result_row(number: int, fact: Fact) -> Row:
    inside = [f"{figure.label}: {figure.words or 'chưa có'}" for figure in fact.inside] or ["Chưa đến kỳ đo"]
    columns = ([str(number)], [fact.statement], [fact.target], inside, [fact.to_date or "–"], [_standing(fact)])
    return tuple(Cell(tuple(lines)) for lines in columns)


def _standing(fact: Fact) -> str:
    label = Standing(fact.standing).label
    return f"{label[:1].upper()}{label[1:]}"


def _unit_table(data: ReportData) -> Table:
    units = list(data.by_unit())
    every = [fact for _, facts in units for fact in facts]
    rows = [_unit_row(unit, facts) for unit, facts in units]
    return Table(_UNIT_COLUMNS, (*rows, _unit_row("Cộng", every, bold=True)))


def _unit_row(unit: str, facts: list[Fact], *, bold: bool = False) -> Row:
    counts = count(facts)
    numbers = (len(facts), *(counts.get(standing, 0) for standing in _UNIT_STANDINGS))
    return tuple(Cell((text,), bold=bold) for text in (unit, *map(str, numbers)))


def _unwanted(report: ObjectiveReport, data: ReportData) -> Iterator[Block]:
    rows = data.of(*UNWANTED)
    if not rows:
        yield Paragraph("Không có.")
        return
    yield Table(_CAUSE_COLUMNS, tuple(_cause_row(number, fact) for number, fact in rows))
    yield from text_blocks(report.causes)


def _cause_row(number: int, fact: Fact) -> Row:
    columns = (
        [str(number)], [fact.statement, fact.unit], [fact.sentence], (fact.cause or "Chưa ghi.").split("\n"),
        fact.remedy.split("\n"),
    )  # fmt: skip
    return tuple(Cell(tuple(filter(None, lines))) for lines in columns)


def _changes(data: ReportData) -> Iterator[Block]:
    if not data.before:
        yield Paragraph("Đây là báo cáo đầu tiên trong năm.")
    elif not data.changes:
        yield Paragraph(f"So với {data.before}: không có số liệu đính chính, không có mục tiêu đổi tình trạng.")
    else:
        yield Paragraph(f"So với {data.before}:")
        yield Table(_CHANGE_COLUMNS, tuple(map(_change_row, data.changes)))


def _change_row(change: Change) -> Row:
    columns = ([change.statement, change.unit], [change.what], [change.before], [change.now], [change.reason])
    return tuple(Cell(tuple(filter(None, lines))) for lines in columns)


def _annex(data: ReportData) -> Table:
    return Table(_ANNEX_COLUMNS, tuple(_annex_row(number, fact) for number, fact in data.numbered))


def _annex_row(number: int, fact: Fact) -> Row:
    """One row for each objective, one line for each figure, so that a row stays whole on its page."""
    target = [fact.target, *([f"Năm trước: {fact.previous}"] if fact.previous else [])]
    figures = [_figure_line(figure) for figure in fact.figures] or ["Chưa đến kỳ đo"]
    columns = ([str(number)], [fact.statement, fact.unit], target, [*figures, fact.provenance], [fact.sentence])
    return tuple(Cell(tuple(filter(None, lines))) for lines in columns)


def _figure_line(figure: FigureFact) -> str:
    """ "Quý I/2026: 96 % (96/100); Phan Thị Lan, 02/04/2026"."""
    amended = " (đã đính chính)" if figure.amended else ""
    on = short_date(date.fromisoformat(figure.on)) if figure.on else ""
    entered = ", ".join(filter(None, [figure.by, on]))
    return f"{figure.label}: {figure.words or 'chưa có'}{amended}{f'; {entered}' if entered else ''}"
