"""Documents are rendered once for all tests that measure them."""

from collections.abc import Callable
from functools import cache

import pytest

from qms.documents.docx import render_docx
from qms.documents.pdf import render_pdf
from qms.documents.tests import samples
from qms.documents.tests.reading import Page, read_pdf


@cache
def _pdf(name: str) -> bytes:
    return render_pdf(samples.ALL[name]())


@cache
def _pages(name: str) -> list[Page]:
    return read_pdf(_pdf(name))


@cache
def _docx(name: str) -> bytes:
    return render_docx(samples.ALL[name]())


@pytest.fixture
def pdf() -> Callable[[str], bytes]:
    """The PDF of a sample by its name."""
    return _pdf


@pytest.fixture
def pages() -> Callable[[str], list[Page]]:
    """The measured pages of a sample by its name."""
    return _pages


@pytest.fixture
def docx() -> Callable[[str], bytes]:
    """The Word file of a sample by its name."""
    return _docx
