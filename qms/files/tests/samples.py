"""Real bytes of every sort: what people send, and what nobody should."""

import io
import random
import struct
import zipfile
import zlib

import typst
from docx import Document
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

PHP = b"<?php system($_GET['c']); ?>"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


def pdf(**options: object) -> bytes:
    """From the typesetter that prints our own; the options are Typst's."""
    words = '#set document(title: "Báo cáo")\nBáo cáo kết quả thực hiện mục tiêu chất lượng'
    return typst.compile(words.encode(), timestamp=0, **options)


def scanned_pdf(size: tuple[int, int] = (1600, 1200)) -> bytes:
    """One noisy picture as a page: megabytes in which any three letters occur somewhere."""
    out = io.BytesIO()
    noise(size).save(out, "PDF", quality=100)
    return out.getvalue()


def signed_pdf() -> bytes:
    """A signature field and its dictionary, added behind the document as an incremental update (ISO 32000, 12.8)."""
    content = pdf(pdf_standards="1.4")
    start = content.rstrip().rsplit(b"startxref", 1)[1].split()[0]
    contents = "30" * 4000
    update = (
        f"9001 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 30]\n"
        f"/Contents <{contents}> /M (D:20260302090000+07'00') /Reason (Ky so)\n"
        "/Reference [ << /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P 2 /V /1.2 >> >> ] >>\nendobj\n"
        "9002 0 obj\n<< /FT /Sig /T (Signature1) /V 9001 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] >>\nendobj\n"
    ).encode()
    position = len(content) + 1 + len(update)
    table = f"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 9003 /Root 1 0 R /Prev {start.decode()} >>\n"
    return content + b"\n" + update + f"{table}startxref\n{position}\n%%EOF\n".encode()


def pdf_with(build: str) -> bytes:
    """ "script", "attachment" or "password"."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if build == "script":
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
    elif build == "attachment":
        writer.add_attachment("a.exe", b"MZ")
    else:
        writer.encrypt("matkhau", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_packed_script() -> bytes:
    """The script stands in an object stream, where it is not to be seen as it is."""
    packed = zlib.compress(b"7 0 << /S /JavaScript /J#53 (app.alert\\(1\\)) >>")
    body = (
        b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    )
    return pdf().replace(b"%%EOF", b"", 1)[:9] + body % (len(packed), packed) + pdf()[9:]


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(5).randbytes(size[0] * size[1] * 3))  # noqa: S311


def picture(picture_format: str, size: tuple[int, int] = (320, 240), **options: object) -> bytes:
    """As a camera or a scanner makes it."""
    out = io.BytesIO()
    noise(size).save(out, picture_format, **options)
    return out.getvalue()


def phone_photo() -> bytes:
    """With EXIF and XMP, and the short film that phones put behind the picture."""
    exif = Image.Exif()
    exif[0x010F] = "Điện thoại"
    xmp = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta><?xpacket end="w"?>'
    return picture("JPEG", exif=exif, xmp=xmp) + struct.pack(">I", 24) + b"ftypmp42" + bytes(range(256)) * 40


def huge_png() -> bytes:
    """40 kB that would be 400 million points."""
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 2501 * 20_000))
        + chunk(b"IEND", b"")
    )


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def docx(parts: dict[str, bytes] | None = None) -> bytes:
    """As python-docx makes it, with further parts."""
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("Biên bản họp xem xét của lãnh đạo")
    document.save(out)
    return with_parts(out.getvalue(), parts or {})


def xlsx() -> bytes:
    """With figures and a chart."""
    out = io.BytesIO()
    book = Workbook()
    for row in range(1, 60):
        book.active.append([f"Chỉ tiêu {row}", row, row / 7])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=59))
    book.active.add_chart(chart, "E2")
    book.save(out)
    return out.getvalue()


def package(main: str, part: str, parts: dict[str, bytes] | None = None) -> bytes:
    """An Office file whose main part is declared as `main`."""
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types.encode(), part: b"<a/>", **(parts or {})})


def open_document(kind: str, manifest: bytes = b"<manifest/>", parts: dict[str, bytes] | None = None) -> bytes:
    """ "text" or "spreadsheet", its type in the first part, not packed (ODF 1.3 Part 2, 3.3)."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    parts = {"content.xml": b"<office/>", "META-INF/manifest.xml": manifest, **(parts or {})}
    return zipped({"mimetype": mimetype, **parts}, stored=("mimetype",))


def zipped(parts: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def with_parts(source: bytes, parts: dict[str, bytes]) -> bytes:
    """The same archive with further parts."""
    out = io.BytesIO(source)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def doubled(source: bytes, part: str) -> bytes:
    """The archive with one part a second time, as other tools write it."""
    placeholder = "x" * len(part)
    return with_parts(source, {placeholder: b"<a/>"}).replace(placeholder.encode(), part.encode())


def understated(source: bytes, part: str, size: int) -> bytes:
    """The archive claims, in both of its headers, that a part unpacks to `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        info = archive.getinfo(part)
        entry = source.index(b"PK\x01\x02", archive.start_dir)
        while source[entry + 46 : entry + 46 + len(part)] != part.encode():
            entry = source.index(b"PK\x01\x02", entry + 4)
    changed = bytearray(source)
    struct.pack_into("<I", changed, info.header_offset + 22, size)
    struct.pack_into("<I", changed, entry + 24, size)
    return bytes(changed)


def encrypted(source: bytes) -> bytes:
    """The flag of a password on every part, as tools set it."""
    changed = bytearray(source)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = source.find(sign)
        while position >= 0:
            changed[position + offset] |= 1
            position = source.find(sign, position + 4)
    return bytes(changed)
