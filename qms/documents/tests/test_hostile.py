"""Texts that would break a careless renderer, in every place where a person can write one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from unicodedata import category, normalize
from urllib.request import urlopen

import pytest
from docx import Document

from qms.documents.docx import render_docx
from qms.documents.measures import TEXT_WIDTH
from qms.documents.metrics import FONTS, drawable
from qms.documents.model import (
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
)
from qms.documents.pdf import TEMPLATE, _fonts, render_pdf
from qms.documents.tests import samples
from qms.documents.tests.reading import read_pdf

HOSTILE = {
    "markup": "<script>alert('x')</script> & <b>đậm</b> \" ' ]]> <!-- --> &amp; {{ x }} {% y %} ${z}",
    "control": "a\x00b\x01c\x0bd\x0ce\x1ff\x7fg\x85h",
    "surrogate": "a\ud800b\udfffc\ufffed\uffffe",
    "direction": "a\u202eb\u2066c\u2069d",
    "emoji": "việc 😀 cần 👨‍👩‍👧 làm ☑",
    "decomposed": normalize("NFD", "Kế hoạch áp dụng Hệ thống quản lý chất lượng"),
    "lines": "một\nhai\r\nba\tbốn\u2028năm",
    "long word": "x" * 150,
    "slashes": "1/" * 60 + "A-B",
    "nothing": "   ",
    "template": '#panic("x") #import "@a/b:1.0.0" $x$ *b* _i_ `c` <l> @r ~ \\ -- // c',
}


def _everywhere(text: str) -> OfficialDocument:
    """The text in every field of a document."""
    table = Table(
        (Column(text, group=text), Column("B", group=text)), ((Cell((text, text)), Cell(((Run(text, True),),))),)
    )
    return OfficialDocument(
        issuer=Issuer(text, text),
        kind_name=text,
        subject=text,
        number=text,
        symbol=text,
        place=text,
        authority=text,
        issued_with=text,
        addressees=(text, text),
        bases=(text,),
        blocks=(*(Heading(level, text, text) for level in HeadingLevel), Paragraph(text), ListItem(text, text), table),
        signatures=(Signature((text,), text, text, text),),
        recipients=(text,),
        annexes=(Annex(text, (Paragraph(text),), text, text),),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_breaks_neither_file(name: str) -> None:
    document = _everywhere(HOSTILE[name])
    assert read_pdf(render_pdf(document))
    assert Document(BytesIO(render_docx(document))).paragraphs


@pytest.mark.parametrize("name", ["markup", "template", "decomposed"])
def test_a_hostile_text_is_printed_as_it_was_written(name: str) -> None:
    document = OfficialDocument(samples.ISSUER, blocks=(Paragraph(HOSTILE[name]),))
    written = normalize("NFC", HOSTILE[name])
    assert written in read_pdf(render_pdf(document))[0].text
    assert written in [paragraph.text for paragraph in Document(BytesIO(render_docx(document))).paragraphs]


def test_a_very_long_word_stays_inside_the_margins_and_whole() -> None:
    table = Table((Column("A"), Column("B")), ((Cell(("z" * 900,)), Cell(("b",))),))
    document = OfficialDocument(samples.ISSUER, blocks=(Paragraph("x" * 5000), table))
    words = [words for page in read_pdf(render_pdf(document)) for words in page.words if words.y > 20]
    assert max(words.x + words.width for words in words) <= 30 + TEXT_WIDTH + 0.5
    assert "".join(words.text for words in words).count("x") == 5000
    assert "".join(words.text for words in words).count("z") == 900


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """A web server of our own with the list of what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_no_address_in_a_text_is_ever_fetched(visits: tuple[str, list[str]]) -> None:
    address, asked = visits
    text = (
        f'<img src="{address}/i.png"><link rel="stylesheet" href="{address}/c.css"><base href="{address}/">'
        f'"><style>@import url({address}/s.css); p {{ background: url({address}/b.png) }}</style> url({address}/u)'
    )
    document = replace(_everywhere(text), annexes=())
    render_pdf(document)
    render_docx(document)
    assert asked == []
    urlopen(f"{address}/control").close()  # noqa: S310 - our own server
    assert asked == ["/control"]


def test_the_renderer_knows_our_four_faces_and_reads_no_other_file() -> None:
    faces = _fonts().fonts()
    assert {Path(face.path).parent for face in faces} == {FONTS}
    assert len(faces) == 4
    calls = re.compile(r"\b(?:import|include|read|plugin|csv|yaml|toml|xml|cbor|bibliography)\b")
    assert calls.findall(re.sub("//.*", "", TEMPLATE.read_text("utf-8"))) == []


def test_every_character_that_the_font_has_is_printed_and_no_other_stops_the_printer() -> None:
    others = " ".join(
        map(chr, (*range(0x250), *range(0x300, 0x370), *range(0x590, 0x700), *range(0xD000, 0x10FFFF, 997)))
    )
    text = " ".join(sorted(drawable()))
    pages = read_pdf(render_pdf(OfficialDocument(samples.ISSUER, blocks=(Paragraph(text), Paragraph(others)))))
    printed = {char for page in pages for words in page.words for char in words.text}
    visible = {char for char in map(partial(normalize, "NFC"), drawable()) if category(char[0])[0] in "LNPS"}
    assert visible - printed == set()
