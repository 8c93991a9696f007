"""The two official documents of a set: Mục tiêu chất lượng (DOMAIN 3.1) and Kế hoạch thực hiện mục tiêu (3.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

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
from qms.text import roman

from .content import ObjectiveContent, StepContent, contents_of
from .enums import DocumentKind
from .models import ObjectiveDocument, ObjectiveSet
from .selectors import last_results

SERIES = {DocumentKind.TARGETS: "MTCL", DocumentKind.ACTIONS: "KH"}
"""Which series of the register numbers a document."""

_TARGET_COLUMNS = (
    Column("TT", 4, align=Align.CENTER),
    Column("Mục tiêu", 24),
    Column("Chỉ số đo, cách tính", 20),
    Column("Chỉ tiêu", 10, align=Align.CENTER),
    Column("Kết quả năm trước", 12, align=Align.CENTER),
    Column("Kỳ đo", 8, align=Align.CENTER),
    Column("Đơn vị, người chịu trách nhiệm", 14, align=Align.CENTER),
    Column("Thời hạn", 9, align=Align.CENTER),
    Column("Căn cứ", 15),
)
_ACTION_COLUMNS = (
    Column("TT", 4, align=Align.CENTER),
    Column("Mục tiêu, chỉ tiêu", 20),
    Column("Biện pháp", 22),
    Column("Nguồn lực", 11),
    Column("Trách nhiệm", 12, align=Align.CENTER),
    Column("Phối hợp", 10, align=Align.CENTER),
    Column("Thời gian", 10, align=Align.CENTER),
    Column("Phương pháp theo dõi", 12),
    Column("Kết quả", 12),
)


def symbol_of(objectives: ObjectiveSet, kind: DocumentKind) -> str:
    """ "MTCL-SKHCN", "KH-SKHCN"."""
    return f"{SERIES[kind]}-{objectives.agency.abbreviation}"


def document_of(
    objectives: ObjectiveSet, kind: DocumentKind, issued: ObjectiveDocument | None = None
) -> OfficialDocument:
    """The document as `render_pdf` and `render_docx` take it; a draft until it is issued."""
    contents = contents_of(objectives, last_results(objectives))
    body = _targets_body if kind == DocumentKind.TARGETS else _actions_body
    document = OfficialDocument(
        issuer=Issuer(objectives.issuer, objectives.superior),
        kind_name="MỤC TIÊU CHẤT LƯỢNG" if kind == DocumentKind.TARGETS else "KẾ HOẠCH",
        subject=_subject(objectives, kind),
        number=issued.number if issued else "",
        symbol=symbol_of(objectives, kind),
        place=objectives.place,
        date=issued.date if issued else None,
        year=objectives.year,
        bases=tuple(_bases(objectives)),
        blocks=tuple(body(objectives, contents)),
        signatures=(Signature.of(objectives.sign_on_behalf, objectives.sign_position, objectives.sign_name),),
        recipients=tuple(objectives.recipients),
        draft=issued is None,
    )
    return replace(document, annexes=(_annex(kind, document, contents),))


def _subject(objectives: ObjectiveSet, kind: DocumentKind) -> str:
    owner = f" của {objectives.unit.name}" if objectives.unit else ""
    if kind == DocumentKind.TARGETS:
        return f"Năm {objectives.year}{owner}"
    return f"Thực hiện mục tiêu chất lượng năm {objectives.year}{owner}"


def _bases(objectives: ObjectiveSet) -> Iterator[str]:
    last = len(objectives.bases) - 1
    for index, text in enumerate(objectives.bases):
        yield f"{text.rstrip(' ;.')}{'.' if index == last else ';'}"


def _targets_body(objectives: ObjectiveSet, contents: list[ObjectiveContent]) -> Iterator[Block]:
    yield from text_blocks(objectives.intro)
    yield Heading(HeadingLevel.SECTION, "I", "MỤC TIÊU CHẤT LƯỢNG")
    for number, content in enumerate(contents, start=1):
        yield Paragraph(f"{number}. {_full_sentence(content)}")
    yield Paragraph("Chỉ số đo, cách tính, kỳ đo và trách nhiệm của từng mục tiêu tại Phụ lục kèm theo.")
    yield from _carrying_out(objectives, "II")
    owner = f" của {objectives.unit.name}" if objectives.unit else f" của {objectives.agency.name}"
    yield Paragraph(f"Trên đây là Mục tiêu chất lượng năm {objectives.year}{owner}./.")


def _actions_body(objectives: ObjectiveSet, contents: list[ObjectiveContent]) -> Iterator[Block]:
    year = objectives.year
    owner = objectives.unit.name if objectives.unit else objectives.agency.name
    yield Paragraph(f"{objectives.agency.name} ban hành Kế hoạch thực hiện mục tiêu chất lượng năm {year} như sau:")
    sections = (
        ("MỤC ĐÍCH, YÊU CẦU", _purpose(objectives, owner, len(contents))),
        (
            "BIỆN PHÁP THỰC HIỆN",
            ["Biện pháp, nguồn lực, trách nhiệm và thời gian thực hiện từng mục tiêu tại Phụ lục kèm theo."],
        ),
    )
    for number, (heading, lines) in enumerate(sections, start=1):
        yield Heading(HeadingLevel.SECTION, roman(number), heading)
        for line in lines:
            yield Paragraph(line)
    yield from _carrying_out(objectives, "III")
    yield Paragraph(f"Trên đây là Kế hoạch thực hiện mục tiêu chất lượng năm {year} của {owner}./.")


def _purpose(objectives: ObjectiveSet, owner: str, count: int) -> list[str]:
    return [
        f"1. Tổ chức thực hiện {count} mục tiêu chất lượng năm {objectives.year} của {owner} "
        f"theo {objectives.edition}.",
        "2. Phân công rõ việc, rõ người, rõ thời gian, rõ kết quả; theo dõi, đo lường đúng kỳ; "
        "không đạt phải có nguyên nhân và biện pháp khắc phục.",
    ]  # fmt: skip


def _carrying_out(objectives: ObjectiveSet, number: str) -> Iterator[Block]:
    if objectives.carrying_out:
        yield Heading(HeadingLevel.SECTION, number, "TỔ CHỨC THỰC HIỆN")
        yield from text_blocks(objectives.carrying_out)


def _full_sentence(content: ObjectiveContent) -> str:
    target = content.target[0].lower() + content.target[1:]
    return f"{content.statement.rstrip(' .;')}: {target}."


def _annex(kind: DocumentKind, document: OfficialDocument, contents: list[ObjectiveContent]) -> Annex:
    targets = kind == DocumentKind.TARGETS
    name = "Mục tiêu chất lượng" if targets else "Kế hoạch"
    return Annex(
        title="Bảng mục tiêu chất lượng" if targets else "Biện pháp thực hiện mục tiêu chất lượng",
        blocks=(
            Table(_TARGET_COLUMNS, _target_rows(contents))
            if targets
            else Table(_ACTION_COLUMNS, _action_rows(contents)),
        ),
        reference=reference_line(document, name),
        landscape=True,
    )


def _target_rows(contents: Iterable[ObjectiveContent]) -> tuple[Row, ...]:
    return tuple(
        tuple(
            _cell(text)
            for text in (
                str(number), _with(c.statement, "Phục vụ mục tiêu của cấp trên", c.serves, "Nơi thực hiện", c.place),
                c.indicator, c.target, c.previous or c.baseline, c.period, c.who, c.due, c.basis,
            )
        )
        for number, c in enumerate(contents, start=1)
    )  # fmt: skip


def _action_rows(contents: Iterable[ObjectiveContent]) -> tuple[Row, ...]:
    return tuple(row for number, c in enumerate(contents, start=1) for row in _steps(number, c))


def _steps(number: int, content: ObjectiveContent) -> Iterator[Row]:
    """One row per step; number, objective, resources and monitoring reach over all of them."""
    steps = content.steps or (StepContent("", content.who, "", content.due, ""),)
    high = len(steps)
    for index, step in enumerate(steps):
        own = [_cell(text) for text in (step.text, step.who, step.support, step.timing, step.result)]
        if index:
            yield tuple(own)
        else:
            head = (_cell(str(number), high), _cell(f"{content.statement}\n{content.target}", high))
            yield (
                *head, own[0], _cell(content.resources, high), *own[1:4], _cell(content.monitoring, high), own[4],
            )  # fmt: skip


def _with(text: str, *further: str) -> str:
    pairs = zip(further[::2], further[1::2], strict=True)
    return "\n".join([text, *(f"{label}: {value}" for label, value in pairs if value)])


def _cell(text: str, rows: int = 1) -> Cell:
    return Cell(tuple(line for line in text.split("\n") if line), rows=rows)
