"""An official document cut for the screen: nothing left out, nothing reordered, nothing that could become markup."""

from django.template.loader import render_to_string

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
    Run,
    Signature,
    Table,
    reference_line,
)
from qms.documents.sheet import sheet_of

TABLE = Table(
    columns=(
        Column("TT", 5, align=Align.CENTER), Column("Chủ trì", 10, "Phân công"), Column("Phối hợp", 10, "Phân công"),
    ),
    rows=(
        (Cell(("1",), rows=2), Cell(("Văn phòng",)), Cell(("Phòng A", "Phòng B"))),
        (Cell(("Chi cục",)), Cell(("Phòng C",), bold=True)),
    ),
)  # fmt: skip
DOCUMENT = OfficialDocument(
    issuer=Issuer("Sở Khoa học", "UBND tỉnh Sông"),
    kind_name="Kế hoạch",
    subject="Duy trì hệ thống",
    number="5",
    symbol="KH-SKH",
    place="Sông",
    year=2026,
    bases=("Căn cứ A.",),
    blocks=(
        Heading(HeadingLevel.SECTION, "I", "Mục đích"),
        Paragraph((Run("Yêu cầu: ", bold=True), Run("đúng hạn"))),
        ListItem("một dòng"),
        TABLE,
    ),
    signatures=(Signature(("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "Lê Thị Hà"),),
    recipients=("Lãnh đạo Sở", "Lưu: VT"),
    annexes=(Annex("Phân công", (Paragraph("Nội dung phụ lục"),), reference="(Kèm theo)"),),
)


def drawn(document: OfficialDocument) -> str:
    return render_to_string("documents/sheet.html", {"sheet": sheet_of(document)})


def test_every_part_stands_in_its_order() -> None:
    text = drawn(DOCUMENT)
    parts = (
        "UBND TỈNH SÔNG", "SỞ KHOA HỌC", "Số: 05/KH-SKH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Sông, ngày",
        "KẾ HOẠCH", "Duy trì hệ thống", "Căn cứ A.", "I. MỤC ĐÍCH", "<b>Yêu cầu: </b>đúng hạn", "- một dòng",
        "Phân công",
        "Chi cục", "<b>Phòng C</b>", "Nơi nhận:", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hà", "Phụ lục",
        "(Kèm theo)", "Nội dung phụ lục",
    )  # fmt: skip
    places = [text.find(part) for part in parts]
    assert places == sorted(places)
    assert -1 not in places


def test_a_table_keeps_its_spans_widths_and_alignment() -> None:
    (block,) = (block for block in sheet_of(DOCUMENT).blocks if block.kind == "table")
    assert block.widths == (20, 40, 40)
    assert [[(cell.lines[0], cell.span, cell.rows) for cell in row] for row in block.head] == [
        [("TT", 1, 2), ("Phân công", 2, 1)], [("Chủ trì", 1, 1), ("Phối hợp", 1, 1)],
    ]  # fmt: skip
    assert [[cell.centred for cell in row] for row in block.rows] == [[True, False, False], [False, False]]


def test_words_never_become_markup() -> None:
    hostile = '<script>alert("x")</script> & <b>'
    text = drawn(
        OfficialDocument(
            issuer=Issuer(hostile, hostile), kind_name=hostile, subject=hostile, bases=(hostile,),
            blocks=(Paragraph(hostile), ListItem(hostile, hostile), Table((Column(hostile),), ((Cell((hostile,)),),))),
            signatures=(Signature((hostile,), hostile, hostile),), recipients=(hostile,),
        )
    )  # fmt: skip
    assert "<script" not in text.lower()
    assert "&lt;script&gt;" in text


def test_only_a_draft_carries_the_mark() -> None:
    assert "DỰ THẢO" not in drawn(DOCUMENT)
    assert "DỰ THẢO" in drawn(OfficialDocument(issuer=Issuer("Sở"), draft=True))


def test_a_stacked_heading_has_its_label_above() -> None:
    document = OfficialDocument(issuer=Issuer("Sở"), blocks=(Heading(HeadingLevel.PART, "I", "Chung"),))
    (block,) = sheet_of(document).blocks
    assert (block.kind, block.label, block.words) == ("stacked", "Phần I", "CHUNG")


def test_the_reference_of_an_annex_is_the_documents_own() -> None:
    assert reference_line(DOCUMENT, "Kế hoạch").endswith("của Sở Khoa học)")
