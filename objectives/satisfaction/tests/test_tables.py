"""Files of strangers as rows: encodings, delimiters, what is refused and with which words."""

import io
import zipfile

import pytest

from objectives.satisfaction.importing import tables
from objectives.satisfaction.importing.tables import NotAnExport, Row, read_rows
from qms.files import archives

from .exports import csv_text, responses, xlsx

HEAD = ("Đơn vị", "Ý kiến")
ROWS = [["Phòng Kế hoạch", "Chờ lâu; nên thêm quầy"], ["Văn phòng", "Tốt, cảm ơn"]]
READ = [Row(1, HEAD), Row(2, tuple(ROWS[0])), Row(3, tuple(ROWS[1]))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_unicode_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    content = csv_text(ROWS, head=HEAD, delimiter=delimiter).encode(encoding)
    assert read_rows(content, "phieu.csv") == READ


def test_windows_1258_is_read_into_composed_letters() -> None:
    content = "Đơn vi\u0323;Y\u0301 kiê\u0301n\r\nPho\u0300ng A;Tô\u0301t\r\n".encode("cp1258")
    assert read_rows(content, "phieu.csv") == [Row(1, ("Đơn vị", "Ý kiến")), Row(2, ("Phòng A", "Tốt"))]


def test_a_cell_of_two_lines_keeps_the_line_numbers_right() -> None:
    content = 'a,b\n1,"hai\ndòng"\n2,x\n'.encode()
    assert [row.line for row in read_rows(content, "a.csv")] == [1, 2, 4]


def test_the_hint_of_excel_about_its_delimiter_is_no_row() -> None:
    assert read_rows(b"sep=;\r\na;b\r\n1;2\r\n", "a.csv")[0] == Row(2, ("a", "b"))


def test_a_workbook_is_read_as_it_is_seen() -> None:
    rows = read_rows(xlsx(responses(1), above=["KẾT QUẢ KHẢO SÁT"]), "phieu.xlsx")
    assert [row.line for row in rows] == [1, 2, 3]
    assert rows[2].cells[0] == "1"
    assert len(rows[2].cells[2].split("/")) == 3


def macro_book() -> bytes:
    return _with(xlsx(responses(2)), "xl/vbaProject.bin", b"x")


def bomb() -> bytes:
    return _with(xlsx(responses(2)), "xl/media/zero.bin", b"\0" * (30 * 2**20))


def doctype() -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>&b;</a>'
    return _with(xlsx(responses(2)), "xl/odd.xml", head)


def _with(book: bytes, name: str, data: bytes) -> bytes:
    buffer = io.BytesIO(book)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


HOSTILE = {
    "macro": (macro_book, "a.xlsx", archives.MACRO),
    "bomb": (bomb, "a.xlsx", archives.BOMB),
    "doctype": (doctype, "a.xlsx", tables.UNREADABLE),
    "cut": (lambda: xlsx(responses(50))[:-200], "a.xlsx", archives.BROKEN),
    "empty": (lambda: b"  \n", "a.csv", "Tệp trống, không có nội dung."),
    "nothing but borders": (lambda: b",,,\n,,,\n", "a.csv", tables.EMPTY),
    "program": (lambda: b"MZ\x90\x00", "a.csv", "Không nhận chương trình hoặc tệp lệnh."),
    "bytes": (lambda: bytes(range(1, 256)) * 9, "a.csv", tables.NO_TEXT),
    "workbook called csv": (
        lambda: xlsx(responses(2)), "a.csv", "Nội dung tệp là XLSX, không khớp với đuôi .csv của tên tệp.",
    ),
    "text called xlsx": (
        lambda: b"a;b\n1;2\n", "a.xlsx", "Nội dung tệp là TXT, không khớp với đuôi .xlsx của tên tệp.",
    ),
    "endless rows": (lambda: b"a,b\n" + b"1,2\n" * tables.MAX_ROWS, "a.csv", tables.TOO_MANY),
    "endless cell": (lambda: b'a,"' + b"x" * 200_000 + b'"\n', "a.csv",
                     "Dòng 1: ô quá dài hoặc dấu nháy không đóng; hãy xuất lại tệp."),
    "too large": (lambda: b"a" * (tables.MAX_FILE + 1), "a.csv", tables.TOO_LARGE),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_export_is_refused_with_one_sentence(name: str) -> None:
    make, file_name, sentence = HOSTILE[name]
    with pytest.raises(NotAnExport) as refused:
        read_rows(make(), file_name)
    assert str(refused.value) == sentence


def test_a_stray_cell_at_the_far_end_makes_no_millions_of_rows() -> None:
    book = xlsx([["", "", ""], *responses(3)])
    assert len(read_rows(book, "a.xlsx")) == 4
