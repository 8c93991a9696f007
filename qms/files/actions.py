"""Taking in a file: checked, hashed, stored under a name of our own."""

import hashlib
import re
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from qms.organisation.models import Agency, User
from qms.text import decimal_text, one_line

from .models import StoredFile
from .sniff import RefusedFile, sniff

_LONGEST_NAME = 200
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def store_file(upload: UploadedFile, *, agency: Agency, actor: User, at: datetime) -> StoredFile:
    """Keep one uploaded file. Raises ValidationError with one sentence; then nothing is kept."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size > settings.EVIDENCE_MAX_BYTES:
        raise ValidationError(f"Tệp lớn hơn {decimal_text(settings.EVIDENCE_MAX_BYTES // 1024**2)} MB, không nhận.")
    try:
        kind = sniff(upload.file, name)
    except RefusedFile as refusal:
        raise ValidationError(f"{name}: {refusal}") from None
    stored = StoredFile(
        agency=agency, original_name=name, media_type=kind.media_type, size=size,
        sha256=_sha256(upload), uploaded_by=actor, uploaded_at=at,
    )  # fmt: skip
    stored.file.save(name, upload, save=False)
    stored.save()
    return stored


def clean_name(name: str) -> str:
    """The last part of the name, NFC, without control or direction marks. Raises ValidationError when too long."""
    name = one_line(_UNSAFE.sub("", PurePosixPath(name.replace("\\", "/")).name))
    if not name.strip(". "):
        raise ValidationError("Tệp không có tên.")
    if len(name) > _LONGEST_NAME:
        raise ValidationError(f"Tên tệp dài quá {_LONGEST_NAME} ký tự; hãy đặt tên ngắn hơn.")
    return name


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
