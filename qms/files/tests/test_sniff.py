"""What is taken, and what is refused with which sentence."""

import struct

import pytest

from qms.files import archives, pdfs, pictures, sniff, texts
from qms.files.kinds import RefusedFile

from . import samples

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PPTX_MAIN = PPTX + ".main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

TAKEN = {
    "a.pdf": (samples.pdf, "application/pdf"),
    "kèm chữ ký số.pdf": (samples.signed_pdf, "application/pdf"),
    "bản quét.PDF": (samples.scanned_pdf, "application/pdf"),
    "có cấu trúc.pdf": (lambda: samples.pdf(pdf_standards="ua-1"), "application/pdf"),
    "không nén.pdf": (lambda: samples.pdf(pretty=True), "application/pdf"),
    "ảnh.png": (lambda: samples.picture("PNG"), "image/png"),
    "ảnh.gif": (lambda: samples.picture("GIF"), "image/gif"),
    "ảnh.webp": (lambda: samples.picture("WEBP"), "image/webp"),
    "quét.jpeg": (lambda: samples.picture("JPEG", progressive=True), "image/jpeg"),
    "điện thoại.JPG": (samples.phone_photo, "image/jpeg"),
    "lớn.jpg": (lambda: samples.picture("JPEG", (2480, 3508)), "image/jpeg"),
    "biên bản.docx": (samples.docx, DOCX),
    "số liệu.xlsx": (samples.xlsx, XLSX),
    "trình chiếu.pptx": (lambda: samples.package(PPTX_MAIN, "ppt/presentation.xml"), PPTX),
    "có biểu đồ.docx": (
        lambda: samples.docx({"word/embeddings/Microsoft_Excel_Worksheet.xlsx": samples.xlsx()}), DOCX,
    ),
    "a.odt": (lambda: samples.open_document("text"), "application/vnd.oasis.opendocument.text"),
    "a.ods": (lambda: samples.open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "kết quả.txt": (lambda: "Kết quả: 95,5 %\r\n".encode(), "text/plain"),
    "kết quả.csv": (lambda: "\ufeffđơn vị;kết quả\nVăn phòng;<5\n".encode(), "text/plain"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_an_ordinary_file_is_taken(name: str) -> None:
    make, media_type = TAKEN[name]
    assert sniff.sniff(make(), name).media_type == media_type


REFUSED = {
    "an empty file": (lambda: b"", "a.pdf", sniff.EMPTY),
    "only blanks": (lambda: b" \r\n\0", "a.txt", sniff.EMPTY),
    "a Windows program": (lambda: b"MZ\x90\0" + b"\0" * 99, "a.pdf", sniff.PROGRAM),
    "a Linux program": (lambda: b"\x7fELF\2\1\1" + b"\0" * 99, "a.pdf", sniff.PROGRAM),
    "a macOS program": (lambda: b"\xcf\xfa\xed\xfe" + b"\0" * 99, "a.jpg", sniff.PROGRAM),
    "a macOS program of two kinds": (lambda: b"\xca\xfe\xba\xbe" + b"\0" * 99, "a.jpg", sniff.PROGRAM),
    "a shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "a.txt", sniff.PROGRAM),
    "a batch file": (lambda: b"@echo off\r\n", "a.bat", sniff.PROGRAM),
    "a shortcut": (lambda: b"L\0\0\0\1\x14\2\0" + b"\0" * 99, "a.docx", sniff.PROGRAM),
    "two endings": (samples.pdf, "hợp đồng.pdf.exe", sniff.PROGRAM),
    "old Word": (lambda: samples.OLE, "a.doc", sniff.OLD_OFFICE),
    "old Word under a new name": (lambda: samples.OLE, "a.docx", sniff.OLD_OFFICE),
    "Word with a password": (lambda: samples.OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", archives.LOCKED),
    "HTML": (lambda: b"<!DOCTYPE html><html><body>x</body></html>", "a.txt", texts.MARKUP),
    "HTML in the middle of a text": (lambda: b"a\n<SCRIPT src=x>", "a.csv", texts.MARKUP),
    "SVG with script": (lambda: SVG, "a.svg", texts.SVG),
    "SVG as a picture": (lambda: b"<svg viewBox='0 0 1 1'/>", "a.png", texts.SVG),
    "XML": (lambda: b'<?xml version="1.0"?><a/>', "a.txt", texts.MARKUP),
    "text in an old encoding": (lambda: "Kết quả đạt".encode("cp1258", "ignore"), "a.csv", texts.ENCODING),
    "text of two bytes a letter": (lambda: "Kết quả".encode("utf-16"), "a.csv", texts.ENCODING),
    "anything else": (lambda: b"\x01\x02\x03\xff" * 30, "a.pdf", texts.UNKNOWN),
    "a PDF that starts late": (lambda: b"x\n" + samples.pdf(), "a.pdf", texts.LATE_PDF),
    "a PDF cut off": (lambda: samples.pdf()[:-60], "a.pdf", pdfs.BROKEN),
    "a PDF with an archive behind": (lambda: samples.pdf() + samples.zipped({"a": b"x"}), "a.pdf", pdfs.TRAILING),
    "a PDF with a page behind": (lambda: samples.pdf() + b"<script>alert(1)</script>", "a.pdf", pdfs.TRAILING),
    "a PDF with script": (lambda: samples.pdf_with("script"), "a.pdf", pdfs.ACTIVE),
    "a PDF with packed script": (samples.pdf_with_packed_script, "a.pdf", pdfs.ACTIVE),
    "a PDF with an attachment": (lambda: samples.pdf_with("attachment"), "a.pdf", pdfs.ATTACHED),
    "a PDF with a password": (lambda: samples.pdf_with("password"), "a.pdf", pdfs.LOCKED),
    "a picture cut off": (lambda: samples.picture("JPEG")[:-3000], "a.jpg", pictures.BROKEN),
    "a PNG cut off": (lambda: samples.picture("PNG")[:-3000], "a.png", pictures.BROKEN),
    "a picture that is only a beginning": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 50, "a.jpg", pictures.BROKEN),
    "a picture of 400 million points": (samples.huge_png, "a.png", pictures.TOO_LARGE),
    "a PNG with an archive behind": (
        lambda: samples.picture("PNG") + samples.zipped({"a": b"x"}), "a.png", pictures.HIDDEN,
    ),
    "a PNG with bytes behind": (lambda: samples.picture("PNG") + b"\1" * 30, "a.png", pictures.TRAILING),
    "a JPEG with an archive behind": (lambda: samples.picture("JPEG") + samples.docx(), "a.jpg", pictures.HIDDEN),
    "a JPEG with PHP": (lambda: samples.picture("JPEG", comment=samples.PHP), "a.jpg", pictures.HIDDEN),
    "a GIF with script behind": (
        lambda: samples.picture("GIF") + b"*/=1;alert(1)", "a.gif", pictures.TRAILING,
    ),
    "a GIF that is script": (lambda: b"GIF89a/*\x00\x00" + samples.picture("GIF")[10:], "a.gif", pictures.HIDDEN),
    "a HEIC picture": (lambda: struct.pack(">I", 24) + b"ftypheic" + b"\0" * 40, "a.heic", "HEIC"),
    "a film": (lambda: struct.pack(">I", 24) + b"ftypmp42" + b"\0" * 40, "a.mp4", "video"),
    "macros under a plain name": (
        lambda: samples.docx({"word/vbaProject.bin": samples.OLE}), "a.docx", archives.MACRO,
    ),
    "macros by declaration": (lambda: samples.package(MACRO_MAIN, "word/document.xml"), "a.docm", archives.MACRO),
    "macros of Excel 4": (lambda: samples.docx({"xl/macrosheets/sheet1.xml": b"<a/>"}), "a.xlsx", archives.MACRO),
    "macros of LibreOffice": (
        lambda: samples.open_document("text", parts={"Basic/Standard/Module1.xml": b"<a/>"}), "a.odt", archives.MACRO,
    ),
    "an OLE object": (lambda: samples.docx({"word/embeddings/oleObject1.bin": b"x"}), "a.docx", archives.OBJECT),
    "an OLE object under another name": (
        lambda: samples.docx({"word/media/image1.png": samples.OLE}), "a.docx", archives.OBJECT,
    ),
    "a program inside": (lambda: samples.docx({"word/media/a.png": b"MZ\x90\0"}), "a.docx", archives.OBJECT),
    "a workbook with macros inside": (
        lambda: samples.docx({"word/embeddings/a.xlsx": samples.docx({"xl/vbaProject.bin": b"x"})}), "a.docx",
        archives.MACRO,
    ),
    "archives in archives": (
        lambda: samples.docx({"a.docx": samples.docx({"b.docx": samples.docx()})}), "a.docx", archives.OBJECT,
    ),
    "an archive": (lambda: samples.zipped({"a.txt": b"x"}), "a.zip", archives.ARCHIVE),
    "another archive": (lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 40, "a.rar", "nén"),
    "an archive with a password": (lambda: samples.encrypted(samples.docx()), "a.docx", archives.LOCKED),
    "an open document with a password": (
        lambda: samples.open_document("text", b"<manifest:encryption-data/>"), "a.odt", archives.LOCKED,
    ),
    "a declared bomb": (
        lambda: samples.understated(samples.docx({"a.xml": b"x"}), "a.xml", 400 << 20), "a.docx", archives.BOMB,
    ),
    "a regular bomb": (lambda: samples.docx({"word/a.xml": b"\0" * (8 << 20)}), "a.docx", archives.BOMB),
    "an undeclared bomb": (
        lambda: samples.understated(samples.docx({"word/a.xml": b"\0" * (3 << 20)}), "word/a.xml", 100), "a.docx",
        archives.BOMB,
    ),
    "an archive cut off": (lambda: samples.docx()[:-300], "a.docx", archives.BROKEN),
    "an archive with bytes behind": (lambda: samples.docx() + b"\1" * 40, "a.docx", archives.BROKEN),
    "a path inside": (lambda: samples.docx({"../../etc/passwd": b"x"}), "a.docx", archives.BROKEN),
    "a part twice": (lambda: samples.doubled(samples.docx(), "[Content_Types].xml"), "a.docx", archives.BROKEN),
    "entities": (
        lambda: samples.zipped({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), "a.docx",
        archives.BROKEN,
    ),
    "another kind than it says": (samples.docx, "a.xlsx", "Nội dung tệp là DOCX, không khớp với đuôi .xlsx"),
    "a picture called PDF": (lambda: samples.picture("PNG"), "a.pdf", "Nội dung tệp là PNG, không khớp với đuôi .pdf"),
    "a name without an ending": (samples.pdf, "hop dong", "hãy thêm đuôi .pdf"),
    "mail": (lambda: b"From: a@b\r\nSubject: x\r\n\r\nx", "a.eml", "không khớp với đuôi .eml"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused(what: str) -> None:
    make, name, sentence = REFUSED[what]
    with pytest.raises(RefusedFile) as refusal:
        sniff.sniff(make(), name)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("hidden", [b"% stream\n", b"5 0 obj\n(stream\n"])
def test_a_script_behind_a_false_stream_is_found(hidden: bytes) -> None:
    script = hidden + b"8 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj\nendstream\n"
    with pytest.raises(RefusedFile, match="JavaScript"):
        sniff.sniff(samples.pdf()[:9] + script + samples.pdf()[9:], "a.pdf")


@pytest.mark.parametrize("name", ["a.pdf", "ảnh.png", "ảnh.gif", "ảnh.webp", "quét.jpeg", "biên bản.docx", "a.odt"])
def test_no_cut_of_a_file_escapes_without_a_sentence(name: str) -> None:
    content = TAKEN[name][0]()
    for length in range(1, len(content) - 40, max(1, len(content) // 15)):
        with pytest.raises(RefusedFile):
            sniff.sniff(content[:length], name)
