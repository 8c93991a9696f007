"""Plans as a clerk types them, built for the tests with python-docx; all their sentences are invented."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.content import TaskContent
from plans.importing import ImportedPlan, read_plan

Rows = Sequence[Sequence[str | Sequence[str]]]
HEADING = ["TT", "Nội dung công việc", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]
FIRST = ["1", "Lập sổ theo dõi tài liệu", "Sổ theo dõi", "Văn phòng Sở", "Các phòng", "Tháng 3/2026"]
SECOND = ["2", "Họp rà soát quy trình", "Biên bản họp", "Ban Chỉ đạo ISO", "Thanh tra Sở", "Quý II/2026"]
PURPOSE = "Giữ cho hệ thống quản lý chất lượng của Sở vận hành đều đặn."


class Typed:
    """A Word file in the making. The methods type one thing each and give back what python-docx made of it."""

    def __init__(self) -> None:
        self.document = docx.Document()

    def line(self, text: str = "", *, bold: bool = False, centered: bool = False, style: str | None = None) -> Any:
        """A paragraph in one run; tabs and line feeds become Word's own."""
        paragraph = self.document.add_paragraph(style=style)
        if text:
            paragraph.add_run(text).bold = bold or None
        if centered:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def lines(self, *texts: str) -> None:
        for text in texts:
            self.line(text)

    def heading(self, text: str) -> Any:
        return self.line(text, bold=True)

    def table(self, rows: Rows, *, heading: bool = True) -> Any:
        """A table; a cell given as a list has one paragraph for each of its strings. The first row is bold."""
        table = self.document.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                type_in(table.cell(number, column), words, bold=heading and number == 0)
        return table

    def head(self, number: str = "Số: 12/KH-SNV", date: str = "Sơn Bình, ngày 15 tháng 01 năm 2026") -> None:
        table = self.document.add_table(1, 2)
        type_in(table.cell(0, 0), ["UBND TỈNH SƠN BÌNH", "SỞ NỘI VỤ", number])
        motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        type_in(table.cell(0, 1), [*motto, date])
        make_bold(table.cell(0, 0).paragraphs[1])

    def title(self, subject: str = "Duy trì hệ thống quản lý chất lượng năm 2026") -> None:
        self.line("KẾ HOẠCH", bold=True, centered=True)
        self.line(subject, bold=True, centered=True)

    def opening(self) -> None:
        self.lines(
            "Căn cứ Quyết định số 45/QĐ-UBND ngày 02/01/2026 của UBND tỉnh Sơn Bình;",
            "Sở Nội vụ ban hành Kế hoạch duy trì hệ thống quản lý chất lượng năm 2026 như sau:",
        )

    def purpose(self) -> None:
        self.heading("I. MỤC ĐÍCH")
        self.line(PURPOSE)

    def start(self) -> "Typed":
        """Everything up to the section of the tasks, whose heading is typed too."""
        self.head()
        self.title()
        self.opening()
        self.purpose()
        self.heading("II. NHIỆM VỤ")
        return self

    def end(self) -> "Typed":
        """Responsibilities, closing sentence, recipients and signature."""
        self.heading("III. TỔ CHỨC THỰC HIỆN")
        self.heading("1. Văn phòng Sở")
        self.line("- Theo dõi việc thực hiện Kế hoạch.")
        self.closing()
        return self

    def closing(self) -> None:
        self.line("Trên đây là Kế hoạch năm 2026 của Sở Nội vụ, yêu cầu các phòng thực hiện./.")
        table = self.document.add_table(1, 2)
        type_in(table.cell(0, 0), ["Nơi nhận:", "- Như trên;", "- Lưu: VT, VP."])
        type_in(table.cell(0, 1), ["GIÁM ĐỐC", "", "", "Trần Minh Khôi"])

    def read(self, folder: Path, name: str = "ke-hoach.docx") -> ImportedPlan:
        return read_plan(self.save(folder / name))

    def save(self, path: Path) -> Path:
        self.document.save(str(path))
        return path


def type_in(cell: Any, words: str | Sequence[str], *, bold: bool = False) -> None:
    """Text into a cell: one paragraph, or several."""
    paragraphs = [words] if isinstance(words, str) else list(words)
    for index, text in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        if text:
            paragraph.add_run(text).bold = bold or None


def make_bold(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.bold = True


def read_table(folder: Path, rows: Rows) -> ImportedPlan:
    """A whole plan around one task table."""
    typed = Typed().start()
    typed.table(rows)
    return typed.end().read(folder)


def tasks_of(folder: Path, rows: Rows) -> list[TaskContent]:
    return list(read_table(folder, rows).content.tasks)


def codes(plan: ImportedPlan) -> list[str]:
    return [doubt.code for doubt in plan.doubts]


def element(xml: str) -> Any:
    """An element of WordprocessingML from its text, without namespace declarations."""
    tag = xml.split(">", 1)[0].split()[0].lstrip("<").rstrip("/")
    return parse_xml(xml.replace(f"<{tag}", f"<{tag} {nsdecls('w', 'r', 'wp', 'a')}", 1))


def append_xml(paragraph: Any, xml: str) -> None:
    paragraph._p.append(element(xml))


def merge_down(table: Any, column: int, first: int, last: int) -> None:
    """Merge cells of a column the way Word does: the words stay in the first."""
    kept = table.cell(first, column)
    for row in range(first, last + 1):
        properties = table.cell(row, column)._tc.get_or_add_tcPr()
        merge = OxmlElement("w:vMerge")
        if row == first:
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    assert kept is not None


def number_list(document: Any, levels: Sequence[tuple[str, str]], *, starts: dict[int, int] | None = None) -> int:
    """A list with these levels, each as (format, text); returns its number. `starts` are overrides of the list."""
    root = document.part.numbering_part.element
    abstract = 100 + len(root.findall(qn("w:abstractNum")))
    shown = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (how, text) in enumerate(levels)
    )
    first = root.find(qn("w:num"))
    first.addprevious(element(f'<w:abstractNum w:abstractNumId="{abstract}">{shown}</w:abstractNum>'))
    return another_list(document, abstract, starts or {})


def another_list(document: Any, abstract: int, starts: dict[int, int]) -> int:
    root = document.part.numbering_part.element
    number = 1 + max(int(n.get(qn("w:numId"))) for n in root.findall(qn("w:num")))
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for i, start in starts.items()
    )
    root.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'))
    return number


def number_it(paragraph: Any, number: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
