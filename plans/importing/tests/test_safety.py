"""Files that are no plan, or mean harm: one clear sentence each, before anything large is opened."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from plans.importing import NotAPlan, read_plan, safety
from plans.importing.word_xml import TOO_DEEP

from .sheets import FIRST as ROW
from .sheets import plan_book
from .typed import FIRST, HEADING, Typed, element


def docx_bytes() -> bytes:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.end()
    buffer = io.BytesIO()
    typed.document.save(buffer)
    return buffer.getvalue()


def rewritten(data: bytes, changes: dict[str, bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The archive with parts replaced (None: left out) and parts added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = changes.get(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def refusal(folder: Path, data: bytes, name: str = "ke-hoach.docx") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(NotAPlan) as caught:
        read_plan(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.docx", safety.EMPTY),
        (b" \n\0", "a.docx", safety.EMPTY),
        (b"%PDF-1.7 ...", "a.docx", "Tệp là PDF; hãy nhập bản Word (.docx) hoặc Excel (.xlsx)."),
        (b"{\\rtf1 }", "a.docx", "Tệp là văn bản RTF; hãy mở bằng Word và lưu lại thành .docx."),
        (b"\x89PNG....", "a.docx", "Tệp là hình ảnh; hãy nhập bản Word (.docx) hoặc Excel (.xlsx)."),
        (b"Rar!....", "a.docx", "Tệp là tệp nén; hãy giải nén rồi nhập tệp .docx hoặc .xlsx bên trong."),
        ("Kế hoạch năm 2026".encode(), "a.docx", safety.NOT_OFFICE),
        (b"<html></html>", "a.xlsx", safety.NOT_OFFICE),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "a.doc",
         "Tệp là văn bản Word đời cũ (.doc); hãy mở bằng Word và lưu lại thành .docx."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"), "a.docx",
         "Tệp là bảng tính Excel đời cũ (.xls); hãy mở bằng Excel và lưu lại thành .xlsx."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "a.docx", safety.LOCKED),
        (b"PK\x03\x04" + b"\0" * 100, "a.docx", safety.BROKEN),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_told_so(tmp_path: Path, data: bytes, name: str, sentence: str) -> None:
    assert refusal(tmp_path, data, name) == sentence


def test_a_file_of_a_hundred_megabytes_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.docx"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(NotAPlan, match="lớn hơn 20 MB"):
        read_plan(path)


def test_what_is_no_file_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.docx"):
        with pytest.raises(NotAPlan, match=safety.UNREADABLE):
            read_plan(path)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.xlsx", "Tệp có đuôi .xlsx nhưng bên trong là văn bản Word; hãy đổi đuôi thành .docx rồi nhập lại."),
        ("a.pdf", "Đuôi tệp không đúng; hệ thống chỉ nhận tệp .docx hoặc .xlsx."),
        ("a", "Đuôi tệp không đúng; hệ thống chỉ nhận tệp .docx hoặc .xlsx."),
        ("a.docm", safety.MACRO),
    ],
)
def test_the_name_must_fit_the_content(tmp_path: Path, name: str, sentence: str) -> None:
    assert refusal(tmp_path, docx_bytes(), name) == sentence


def test_the_name_of_an_upload_counts_not_that_of_its_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "upload.tmp"
    path.write_bytes(docx_bytes())
    assert len(read_plan(path, name="Kế hoạch 2026.DOCX").content.tasks) == 1


def test_a_workbook_called_a_document_is_told_so(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    plan_book(ROW).save(buffer)
    sentence = "Tệp có đuôi .docx nhưng bên trong là bảng tính Excel; hãy đổi đuôi thành .xlsx rồi nhập lại."
    assert refusal(tmp_path, buffer.getvalue()) == sentence


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "xl/VBAPROJECT.BIN"])
def test_a_macro_is_refused_under_any_name(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, rewritten(docx_bytes(), {}, {name: b"x"})) == safety.MACRO


def test_a_document_that_declares_macros_is_refused(tmp_path: Path) -> None:
    data = docx_bytes()
    types = part(data, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert refusal(tmp_path, rewritten(data, {"[Content_Types].xml": types})) == safety.MACRO


BILLION = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>"""


@pytest.mark.parametrize("start", [BILLION, OUTSIDE, b"<!DOCTYPE d>"])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_entities_and_doctypes_are_refused(tmp_path: Path, start: bytes, name: str) -> None:
    data = docx_bytes()
    content = part(data, name)
    assert refusal(tmp_path, rewritten(data, {name: start + content[content.index(b"?>") + 2 :]})) == safety.ODD_XML


def test_doctypes_are_refused_in_workbooks_too(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    plan_book(ROW).save(buffer)
    data = buffer.getvalue()
    content = part(data, "xl/worksheets/sheet1.xml")
    assert (
        refusal(tmp_path, rewritten(data, {"xl/worksheets/sheet1.xml": BILLION + content}), "a.xlsx") == safety.ODD_XML
    )


@pytest.mark.parametrize("encoding", ["utf-7", "ibm037", "utf-32"])
def test_an_encoding_that_could_hide_a_doctype_is_refused(tmp_path: Path, encoding: str) -> None:
    start = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    data = docx_bytes()
    content = part(data, "word/document.xml")
    data = rewritten(data, {"word/document.xml": start + content[content.index(b"?>") + 2 :]})
    assert refusal(tmp_path, data) == safety.BROKEN


def test_a_document_in_utf_16_is_read(tmp_path: Path) -> None:
    data = docx_bytes()
    text = part(data, "word/document.xml").decode().replace("UTF-8", "UTF-16")
    path = tmp_path / "a.docx"
    path.write_bytes(rewritten(data, {"word/document.xml": text.encode("utf-16")}))
    assert len(read_plan(path).content.tasks) == 1


def test_a_small_archive_of_a_huge_part_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, rewritten(docx_bytes(), {"word/document.xml": b" " * (30 * 2**20)})) == safety.BOMB


def test_a_part_over_the_limit_is_refused_however_well_it_packs(tmp_path: Path) -> None:
    noise = bytes(range(256)) * (safety.MAX_XML // 256 + 1)
    buffer = io.BytesIO(rewritten(docx_bytes(), {"word/document.xml": None}))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", noise[: safety.MAX_XML + 1])
    with pytest.raises(NotAPlan):
        read_plan(_saved(tmp_path, buffer.getvalue()))


def _saved(folder: Path, data: bytes) -> Path:
    path = folder / "ke-hoach.docx"
    path.write_bytes(data)
    return path


def with_size(data: bytes, name: str, size: int) -> bytes:
    """The archive with a false unpacked size for one entry, in both of its headers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo(name)
    old, new = true.file_size.to_bytes(4, "little"), size.to_bytes(4, "little")
    packed = true.compress_size.to_bytes(4, "little")
    return data.replace(packed + old, packed + new)


@pytest.mark.parametrize("size", [10, 100_000_000, 2**32 - 2])
def test_an_archive_that_lies_about_sizes_is_refused(tmp_path: Path, size: int) -> None:
    data = docx_bytes()
    lie = with_size(data, "word/document.xml", size)
    assert lie != data
    assert refusal(tmp_path, lie) == (safety.BROKEN if size == 10 else safety.BOMB)


def test_an_archive_of_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    more = {f"word/media/{index}.png": b"x" for index in range(safety.MAX_ENTRIES)}
    assert refusal(tmp_path, rewritten(docx_bytes(), {}, more)) == safety.BOMB


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_parts_of_one_name_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, rewritten(docx_bytes(), {}, {"word/document.xml": b"<x/>"})) == safety.BROKEN


def test_a_locked_entry_is_told(tmp_path: Path) -> None:
    data = bytearray(docx_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    assert refusal(tmp_path, bytes(data)) == safety.LOCKED


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "word/document.xml"])
def test_an_archive_without_its_main_parts_is_no_document(tmp_path: Path, missing: str) -> None:
    assert refusal(tmp_path, rewritten(docx_bytes(), {missing: None})) == safety.NOT_OFFICE


@pytest.mark.parametrize("missing", ["word/styles.xml", "word/numbering.xml", "word/settings.xml", "docProps/core.xml"])
def test_parts_that_are_not_needed_may_be_missing(tmp_path: Path, missing: str) -> None:
    path = _saved(tmp_path, rewritten(docx_bytes(), {missing: None}))
    assert len(read_plan(path).content.tasks) == 1


def nested(depth: int, opening: str, closing: str) -> str:
    return opening * depth + "<w:p><w:r><w:t>đáy</w:t></w:r></w:p>" + closing * depth


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:customXml>", "</w:customXml>"),
    ],
)
@pytest.mark.parametrize("depth", [70, 2000])
def test_deep_nesting_is_refused(tmp_path: Path, opening: str, closing: str, depth: int) -> None:
    data = docx_bytes()
    xml = part(data, "word/document.xml").decode()
    xml = xml.replace("<w:body>", "<w:body>" + nested(depth, opening, closing), 1)
    sentence = refusal(tmp_path, rewritten(data, {"word/document.xml": xml.encode()}))
    assert sentence in {TOO_DEEP, safety.BROKEN}


def test_a_table_of_endless_columns_is_refused(tmp_path: Path) -> None:
    typed = Typed().start()
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc>'
    typed.line()._p.addnext(element(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>"))
    path = typed.end().save(tmp_path / "ke-hoach.docx")
    with pytest.raises(NotAPlan, match="quá lớn"):
        read_plan(path)


def _merge_everything(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.merged_cells.add("A1:XFD1048576")


def _far_away(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["XFD1048576"] = "x"


@pytest.mark.parametrize(("spoil", "refused"), [(_merge_everything, True), (_far_away, False)])
def test_a_sheet_without_bounds_does_no_harm(
    tmp_path: Path, spoil: Callable[[openpyxl.worksheet.worksheet.Worksheet], None], refused: bool
) -> None:
    made = plan_book(ROW)
    spoil(made["Kế hoạch"])
    path = tmp_path / "ke-hoach.xlsx"
    made.save(path)
    if refused:
        with pytest.raises(NotAPlan, match=safety.BOMB):
            read_plan(path)
    else:
        assert len(read_plan(path).content.tasks) == 1


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("BÁO CÁO", "Tệp này là báo cáo, không phải kế hoạch."),
        ("QUYẾT ĐỊNH", "Tệp này là quyết định, không phải kế hoạch."),
        ("Thư mời", "Tệp này không phải kế hoạch: không thấy tên loại KẾ HOẠCH và không có bảng nhiệm vụ."),
    ],
)
def test_another_kind_of_document_is_no_plan(tmp_path: Path, title: str, sentence: str) -> None:
    typed = Typed()
    typed.head()
    typed.line(title, bold=True, centered=True)
    typed.line("Kính gửi các phòng.")
    path = typed.save(tmp_path / "a.docx")
    with pytest.raises(NotAPlan) as caught:
        read_plan(path)
    assert str(caught.value) == sentence


def test_a_title_with_nothing_under_it_is_no_plan(tmp_path: Path) -> None:
    typed = Typed()
    typed.title()
    with pytest.raises(NotAPlan, match="không có mục hay nhiệm vụ"):
        typed.read(tmp_path)


def test_an_empty_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotAPlan, match=safety.EMPTY):
        Typed().read(tmp_path)
