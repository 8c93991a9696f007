"""The five real plans as PDF and as Word file: nothing lost, nothing moved, the same pages in LibreOffice."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plans.content import Column, LayoutColumn, LayoutContent, PlanContent, TaskStyle
from plans.documents import plan_document
from plans.tests.test_documents import docx_text, missing_in_order, pdf_text, printed_strings
from qms.documents.docx import render_docx
from qms.documents.pdf import render_pdf
from qms.documents.review import review_layout
from qms.documents.tests import samples
from qms.documents.tests.reading import read_pdf

pytestmark = pytest.mark.corpus


def _layout(*columns: tuple[Column, str, int, str]) -> LayoutContent:
    return LayoutContent(columns=tuple(LayoutColumn(*column) for column in columns))


LAYOUTS = {
    "soc-trang-2025": _layout(
        (Column.ORDINAL, "TT", 6, ""),
        (Column.TITLE, "Nhiệm vụ", 28, ""),
        (Column.OUTPUTS, "Sản phẩm", 22, ""),
        (Column.LEAD, "Tham mưu", 13, ""),
        (Column.SUPPORT, "Phối hợp", 16, ""),
        (Column.TIMING, "Thời gian", 15, ""),
    ),
    "tra-vinh-2023": _layout(
        (Column.ORDINAL, "TT", 6, ""),
        (Column.TITLE, "Công việc", 24, ""),
        (Column.OUTPUTS, "Kết quả", 24, ""),
        (Column.APPROVER, "Chính", 12, "Trách nhiệm"),
        (Column.LEAD, "Tham mưu", 12, "Trách nhiệm"),
        (Column.TIMING, "Thời gian", 22, ""),
    ),
    "ha-noi-2024": _layout(
        (Column.ORDINAL, "STT", 7, ""),
        (Column.TITLE, "Nội dung", 28, ""),
        (Column.OUTPUTS, "Kết quả", 28, ""),
        (Column.LEAD, "Chủ trì", 12, ""),
        (Column.SUPPORT, "Phối hợp", 14, ""),
        (Column.TIMING, "Thời gian", 11, ""),
    ),
    "ha-tinh-2026": _layout(
        (Column.ORDINAL, "TT", 6, ""),
        (Column.TITLE, "Nội dung", 50, ""),
        (Column.LEAD, "Thực hiện", 24, ""),
        (Column.TIMING, "Thời gian", 20, ""),
    ),
    "khcn-2024": LayoutContent(style=TaskStyle.PARAGRAPHS),
}
NAMES = list(LAYOUTS)


def _published(corpus: Path, name: str) -> dict[str, Any]:
    data = json.loads((corpus / "plans" / f"{name}.json").read_text("utf-8"))
    return {key: value for key, value in data.items() if not key.startswith("_")}


@cache
def _content(corpus: Path, name: str) -> PlanContent:
    return PlanContent.from_json(_published(corpus, name), LAYOUTS[name])


@cache
def _pdf(corpus: Path, name: str) -> bytes:
    return render_pdf(plan_document(_content(corpus, name)))


@cache
def _docx(corpus: Path, name: str) -> bytes:
    return render_docx(plan_document(_content(corpus, name)))


@pytest.mark.parametrize("name", NAMES)
def test_the_published_form_comes_back_unchanged(corpus: Path, name: str) -> None:
    assert _content(corpus, name).to_json() == _published(corpus, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_string_of_a_real_plan_is_in_the_pdf_in_order(corpus: Path, name: str) -> None:
    assert missing_in_order(printed_strings(_content(corpus, name)), pdf_text(_pdf(corpus, name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_string_of_a_real_plan_is_in_the_word_file_in_order(corpus: Path, name: str) -> None:
    assert missing_in_order(printed_strings(_content(corpus, name)), docx_text(_docx(corpus, name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_recipients_and_signer_close_both_files(corpus: Path, name: str) -> None:
    content = _content(corpus, name)
    signer = [content.closing, content.signer.on_behalf, content.signer.position, content.signer.name]
    for text in (pdf_text(_pdf(corpus, name)), docx_text(_docx(corpus, name))):
        assert missing_in_order([content.closing, *content.recipients], text) == []
        assert missing_in_order(signer, text) == []


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_a_real_plan_keep_margins_and_font(corpus: Path, name: str) -> None:
    for page in read_pdf(_pdf(corpus, name)):
        body = [words for words in page.words if words.y > 15]
        assert min(words.x for words in body) >= 29.9
        assert max(words.x + words.width for words in body) <= 210 - 20 + 0.6
        assert max(words.y for words in body) <= 297 - 20
        assert {words.font.split("+")[1].split("-")[0] for words in page.words} == {"LiberationSerif"}


@pytest.mark.parametrize("name", NAMES)
def test_the_review_keeps_its_head_on_a_real_plan(corpus: Path, name: str) -> None:
    review = review_layout(plan_document(_content(corpus, name)))
    assert len(review.passed) >= 8
    assert {"Thứ tự đánh số mục, khoản, điểm", "Dấu kết thúc văn bản “./.”"} <= set(review.passed)


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> dict[str, bytes]:
    """The Word files of the five plans and of a fictional one with annexes, as LibreOffice prints them."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    for name in NAMES:
        (folder / f"{name}.docx").write_bytes(_docx(corpus, name))
    (folder / "annexes.docx").write_bytes(render_docx(samples.plan_with_annexes()))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    files = sorted(map(str, folder.glob("*.docx")))
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_prints_as_many_pages(corpus: Path, libreoffice: dict[str, bytes], name: str) -> None:
    assert abs(len(read_pdf(libreoffice[name])) - len(read_pdf(_pdf(corpus, name)))) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_prints_every_string_in_order(corpus: Path, libreoffice: dict[str, bytes], name: str) -> None:
    assert missing_in_order(printed_strings(_content(corpus, name)), pdf_text(libreoffice[name])) == []


@pytest.mark.slow
def test_libreoffice_numbers_the_pages_of_each_annex_by_itself(libreoffice: dict[str, bytes]) -> None:
    pages = read_pdf(libreoffice["annexes"])
    numbers = ["".join(words.text for words in page.words if words.y < 15).strip() for page in pages]
    assert numbers == ["", "2", "", "2", "3", "", "2", "3"]
    assert [page.width > page.height for page in pages] == [False] * 5 + [True] * 3
