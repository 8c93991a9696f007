"""A progress report as an official document (NĐ 30/2020, mẫu 1.4): the one place where its data becomes words.

Every number in the body is a sum over the list of duties in the annex.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

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
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    reference_line,
)
from qms.text import long_date

from .models import ProgressReport, ReportState
from .progress import Numbers, Standing
from .report_data import Fact, ReportData, day_text, days_between

_CITED = re.compile(r"\bKế hoạch (?=\d)")  # a document is cited with "số" (NĐ 30/2020 Phụ lục I)
_NOTHING = "Trong kỳ không có việc nào đến hạn."
_UNIT_COLUMNS = (
    Column("TT", 5, align=Align.CENTER),
    Column("Đơn vị", 33),
    Column("Tổng số", 9, align=Align.CENTER),
    Column("Xong", 9, align=Align.CENTER),
    Column("Đang làm", 9, align=Align.CENTER),
    Column("Chưa bắt đầu", 10, align=Align.CENTER),
    Column("Trễ hạn", 8, align=Align.CENTER),
    Column("Đúng hạn", 12, align=Align.CENTER),
)
_LATE_COLUMNS = (
    Column("TT", 5, align=Align.CENTER),
    Column("Việc", 34),
    Column("Đơn vị, người thực hiện", 22),
    Column("Hạn", 14, align=Align.CENTER),
    Column("Trễ", 9, align=Align.CENTER),
    Column("Nguyên nhân", 27),
)
_LIST_COLUMNS = (
    Column("TT", 6, align=Align.CENTER),
    Column("Việc", 44),
    Column("Đơn vị", 24),
    Column("Hạn", 14, align=Align.CENTER),
    Column("Tình trạng", 16, align=Align.CENTER),
)


def report_document(report: ProgressReport) -> OfficialDocument:
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
        year=report.year,
        blocks=tuple(_body(report, data)),
        signatures=(Signature.of(report.sign_on_behalf, report.sign_position, report.sign_name),),
        recipients=tuple(report.recipients),
        draft=report.state != ReportState.ISSUED,
    )
    annex = Annex("Danh mục công việc", tuple(_list(data)), reference=reference_line(document, "Báo cáo"))
    return replace(document, annexes=(annex,) if data.facts else ())


def _body(report: ProgressReport, data: ReportData) -> Iterator[Block]:
    yield Paragraph(_opening(report, data))
    yield Heading(HeadingLevel.SECTION, "I", "TÌNH HÌNH THỰC HIỆN")
    yield Heading(HeadingLevel.CLAUSE, "1", "Kết quả chung")
    yield from (Paragraph(sentence) for sentence in summary(data, report))
    yield Heading(HeadingLevel.CLAUSE, "2", "Kết quả theo đơn vị")
    yield _unit_table(data)
    yield Heading(HeadingLevel.SECTION, "II", "VIỆC TRỄ HẠN VÀ NGUYÊN NHÂN")
    yield from _late(data)
    yield Heading(HeadingLevel.SECTION, "III", "ĐÁNH GIÁ CHUNG")
    yield from text_blocks(report.conclusions)
    yield Heading(HeadingLevel.SECTION, "IV", "KIẾN NGHỊ, ĐỀ XUẤT")
    yield from text_blocks(report.proposals)
    yield Paragraph(f"Trên đây là báo cáo tiến độ {report.period_words} của {report.issuer}./.")


def _opening(report: ProgressReport, data: ReportData) -> str:
    plans = f"Thực hiện {' và '.join(data.plans)}, " if data.plans else ""
    day = long_date(date.fromisoformat(data.as_of))
    words = f"{report.issuer} báo cáo tiến độ thực hiện {report.period_words} (số liệu đến hết {day}) như sau:"
    return f"{plans}{words}"


def summary(data: ReportData, report: ProgressReport) -> Iterator[str]:
    """The numbers of the whole in sentences."""
    now = data.numbers
    carried = sum(fact.carried for fact in data.facts)
    awake = now.total - now.dormant
    of_before = f", trong đó {carried} việc của kỳ trước chuyển sang" if carried else ""
    yield f"Trong kỳ có {awake} việc phải thực hiện{of_before}: {_counts(now)}." if awake else _NOTHING
    if now.dormant:
        yield f"Ngoài ra có {now.dormant} việc chờ sự kiện mới phát sinh hạn."
    yield from _rates(data, report)
    if data.facts:
        yield "Danh mục từng việc được tính ở Phụ lục kèm theo."


def _counts(now: Numbers) -> str:
    shown = [standing for standing in Standing if standing != Standing.DORMANT and getattr(now, standing.value)]
    words = {Standing.LATE: "trễ hạn", Standing.DONE: "đã xong"}
    return ", ".join(f"{getattr(now, s.value)} việc {words.get(s, s.word)}" for s in shown)


def _rates(data: ReportData, report: ProgressReport) -> Iterator[str]:
    now = data.numbers
    if not now.rate.of:
        yield "Chưa có việc nào đến hạn để tính tỷ lệ đúng hạn."
        return
    first = now.first_rate.long_words if now.first_rate.of else "–"
    before = f" Cùng kỳ năm {report.year - 1}: {data.before.long_words}." if data.before.of else ""
    yield (
        f"Tỷ lệ đúng hạn theo hạn đã gia hạn là {now.rate.long_words}, theo hạn ban đầu là {first}; tính trên việc đã "
        f"xong hoặc đã quá hạn, không tính việc không áp dụng và việc chờ sự kiện.{before}"
    )


def _unit_table(data: ReportData) -> Table:
    rows = [_unit_row(str(i), unit, data.sum(facts)) for i, (unit, facts) in enumerate(data.by_unit(), start=1)]
    return Table(_UNIT_COLUMNS, (*rows, _unit_row("", "Cộng", data.numbers, bold=True)))


def _unit_row(number: str, unit: str, numbers: Numbers, *, bold: bool = False) -> Row:
    awake = numbers.total - numbers.dormant
    counts = (awake, numbers.done, numbers.active, numbers.open, numbers.late)
    texts = (number, unit, *map(str, counts), numbers.rate.words)
    return tuple(Cell((text,), bold=bold) for text in texts)


def _late(data: ReportData) -> Iterator[Block]:
    late = data.of(Standing.LATE)
    if not late:
        yield Paragraph("Không có việc trễ hạn.")
        return
    rows = tuple(_late_row(number, fact, data) for number, fact in enumerate(late, start=1))
    yield Table(_LATE_COLUMNS, rows)


def _late_row(number: int, fact: Fact, data: ReportData) -> Row:
    days = days_between(fact.due, data.late_before)
    due = _due_lines(fact)
    title = [fact.title, *([fact.period] if fact.period else [])]
    reason = fact.reason or "Chưa có báo cáo."
    lines = ([str(number)], title, [fact.unit, fact.who], due, [f"{days} ngày"], [reason])
    return tuple(Cell(tuple(part)) for part in lines)


def _list(data: ReportData) -> Iterator[Block]:
    yield Table(_LIST_COLUMNS, tuple(_list_row(number, fact) for number, fact in enumerate(data.facts, start=1)))


def _list_row(number: int, fact: Fact) -> Row:
    context = _CITED.sub("Kế hoạch số ", fact.context)
    title = (fact.title, ". ".join(filter(None, (fact.period, context))))
    columns = ([str(number)], filter(None, title), [fact.unit], _due_lines(fact), _standing_lines(fact))
    return tuple(Cell(tuple(lines)) for lines in columns)


def _due_lines(fact: Fact) -> list[str]:
    """The day in force, and the first one where it was moved."""
    moved = fact.original_due and fact.original_due != fact.due
    return [day_text(fact.due), *([f"(ban đầu {day_text(fact.original_due)})"] if moved else [])]


def _standing_lines(fact: Fact) -> list[str]:
    if fact.standing != Standing.DONE:
        return ["trễ hạn" if fact.standing == Standing.LATE else Standing(fact.standing).word]
    late = fact.days_late
    return [f"xong {day_text(fact.closed)}", *([f"(muộn {late} ngày)"] if late and late > 0 else [])]


def drafted_conclusions(data: ReportData) -> str:
    """What the numbers themselves say, as a beginning for the writer."""
    late = data.of(Standing.LATE)
    if not late:
        return "- Các việc đến hạn trong kỳ đã được thực hiện, không có việc trễ hạn."
    return f"- Còn {len(late)} việc trễ hạn: {_by_unit(late)}."


def drafted_proposals(data: ReportData) -> str:
    """What is usually asked for where something is late."""
    if not data.of(Standing.LATE):
        return "- Các phòng, đơn vị tiếp tục thực hiện đúng tiến độ các việc còn lại."
    return (
        "- Các đơn vị có việc trễ hạn báo cáo nguyên nhân và thời gian hoàn thành trên hệ thống.\n"
        "- Lãnh đạo Sở chỉ đạo, xem xét các đề nghị gia hạn."
    )


def _by_unit(facts: Iterable[Fact]) -> str:
    counts: dict[str, int] = {}
    for fact in facts:
        counts[fact.unit] = counts.get(fact.unit, 0) + 1
    return ", ".join(f"{unit} {count} việc" for unit, count in counts.items())
