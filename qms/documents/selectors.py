"""Reading frozen originals."""

import hashlib
import logging

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import FileResponse, Http404

from .models import FrozenDocument

log = logging.getLogger(__name__)

DOCUMENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def frozen_of(obj: models.Model) -> FrozenDocument | None:
    """The frozen original of an object, if it was issued here."""
    kind = ContentType.objects.get_for_model(obj)
    return FrozenDocument.objects.filter(content_type=kind, object_id=obj.pk).first()


def is_intact(frozen: FrozenDocument) -> bool:
    """Whether both stored files are there and still have the hash they were frozen with."""
    pairs = ((frozen.pdf, frozen.pdf_sha256), (frozen.docx, frozen.docx_sha256))
    return all(_sha256(file) == expected for file, expected in pairs)


def download(frozen: FrozenDocument, file_format: str) -> FileResponse:
    """The stored file, never rendered again. The caller has checked who asks. 404 where the store has lost it."""
    stored = frozen.pdf if file_format == "pdf" else frozen.docx
    if not stored.storage.exists(stored.name):
        log.error("Bản gốc %s (%s) không còn trong kho", frozen.pk, stored.name)
        raise Http404
    return FileResponse(
        stored.open("rb"),
        as_attachment=file_format == "docx",
        filename=f"{frozen.file_name}.{file_format}",
        content_type=DOCUMENT_TYPES[file_format],
    )


def _sha256(file: models.fields.files.FieldFile) -> str:
    """Of the stored file; nothing for a file that is gone."""
    if not file.storage.exists(file.name):
        return ""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()
