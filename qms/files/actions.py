"""Taking in a file: checked, hashed, stored under a name of our own; and taking back what no row names."""

import hashlib
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from qms.organisation.models import Agency, User
from qms.text import decimal_text, one_line

from .kinds import RefusedFile
from .models import FOLDER, StoredFile
from .sniff import sniff
from .storage import stored_names
from .together import files_and_rows, note_file

LONGEST_NAME = 200
ORPHAN_AGE = timedelta(days=1)
"""No request takes as long; a younger file without a row may belong to a transaction that is still open."""

_PATH = re.compile(r"[/\\]|^[A-Za-z]:|^\.+$")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_BATCH = 500


@files_and_rows()
def store_file(upload: UploadedFile, *, agency: Agency, actor: User, at: datetime) -> StoredFile:
    """Keep one uploaded file. Raises ValidationError with one sentence; then nothing is kept.

    Call it inside a `files_and_rows`, which takes the file back when what it hangs on is not saved.
    """
    name = clean_name(upload.name or "")
    content = _content(upload, name)
    try:
        kind = sniff(content, name)
    except RefusedFile as refusal:
        raise ValidationError(f"{name}: {refusal}") from None
    stored = StoredFile(
        agency=agency, original_name=name, media_type=kind.media_type, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), uploaded_by=actor, uploaded_at=at,
    )  # fmt: skip
    stored.file.save(name, ContentFile(content), save=False)
    note_file(stored.file)
    stored.save()
    return stored


def clean_name(name: str) -> str:
    """The name, NFC, on one line. Raises ValidationError for what is no plain name of a file."""
    if _PATH.search(name):
        raise ValidationError("Tên tệp chứa đường dẫn; hãy đặt tên không có dấu / \\ và tên ổ đĩa.")
    if _HIDDEN.search(name):
        raise ValidationError("Tên tệp chứa ký tự ẩn hoặc ký tự đảo chiều chữ; hãy đặt lại tên.")
    name = one_line(name)
    if not name.strip(". "):
        raise ValidationError("Tệp không có tên.")
    if len(name) > LONGEST_NAME:
        raise ValidationError(f"Tên tệp dài quá {LONGEST_NAME} ký tự; hãy đặt tên ngắn hơn.")
    return name


def sweep_orphans(*, at: datetime) -> int:
    """Delete stored files that no row names and that are older than ORPHAN_AGE. Returns how many."""
    found = 0
    batch: list[str] = []
    for name in stored_names(FOLDER):
        if default_storage.get_modified_time(name) < at - ORPHAN_AGE:
            batch.append(name)
        if len(batch) == _BATCH:
            found += _delete_unnamed(batch)
            batch = []
    return found + _delete_unnamed(batch)


def _content(upload: UploadedFile, name: str) -> bytes:
    if (upload.size or 0) > settings.EVIDENCE_MAX_BYTES:
        limit = decimal_text(settings.EVIDENCE_MAX_BYTES // 1024**2)
        raise ValidationError(f"{name}: Tệp lớn hơn {limit} MB, không nhận.")
    upload.seek(0)
    return upload.read()


def _delete_unnamed(names: list[str]) -> int:
    kept = set(StoredFile.objects.filter(file__in=names).values_list("file", flat=True))
    for name in set(names) - kept:
        default_storage.delete(name)
    return len(set(names) - kept)
