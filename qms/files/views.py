"""Stored files, to those who may see what they hang on."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from .models import StoredFile

log = logging.getLogger(__name__)

# What the browser may do with a file that it opens: show it, and nothing else.
_SANDBOX = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
_PDF_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded, under its own name, to be saved."""
    return _answer(request, visible_file(request, pk), inline=False)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """An image or a PDF in the browser's own viewer. 404 for a kind that browsers do not show."""
    file = visible_file(request, pk)
    if not file.can_preview:
        raise Http404
    return _answer(request, file, inline=True)


def visible_file(request: HttpRequest, pk: int) -> StoredFile:
    """The row, or 404 for whoever may not see anything that the file hangs on."""
    return get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)


def _answer(request: HttpRequest, file: StoredFile, *, inline: bool) -> HttpResponse:
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag) or _content(file, inline=inline)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = _PDF_VIEWER if file.is_pdf else _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _content(file: StoredFile, *, inline: bool) -> FileResponse:
    """The bytes from the storage; the name as in RFC 6266. 404 where the storage has lost them."""
    try:
        stream = file.file.open("rb")
    except FileNotFoundError:
        log.exception("Tệp %s (%s) không còn trong kho", file.pk, file.file.name)
        raise Http404 from None
    response = FileResponse(
        stream, as_attachment=not inline, filename=file.original_name, content_type=file.content_type
    )
    response["Content-Length"] = file.size
    return response
