"""The two files of a document, as a browser gets them."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from .docx import render_docx
from .model import OfficialDocument
from .models import FrozenDocument
from .pdf import render_pdf
from .selectors import DOCUMENT_TYPES, download

RENDERERS = {"pdf": render_pdf, "docx": render_docx}


def document_response(
    frozen: FrozenDocument | None, describe: Callable[[], OfficialDocument], file_format: str, name: str
) -> HttpResponseBase:
    """PDF or DOCX: the original byte for byte; without one, what `describe` says now, as a file of that name.

    404 for any other format. The caller has checked who asks.
    """
    if file_format not in RENDERERS:
        raise Http404
    if frozen:
        return download(frozen, file_format)
    response = HttpResponse(RENDERERS[file_format](describe()), content_type=DOCUMENT_TYPES[file_format])
    response["Content-Disposition"] = content_disposition_header(file_format == "docx", f"{name}.{file_format}")
    response["Cache-Control"] = "private, no-store"
    return response
