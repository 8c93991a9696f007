"""Files and rows hold together or not at all: no rollback of the database reaches a folder or a bucket by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models.fields.files import FieldFile

_written: ContextVar[list[FieldFile] | None] = ContextVar("files written in this transaction", default=None)


@contextmanager
def files_and_rows() -> Iterator[None]:
    """A transaction that takes the files noted in it (`note_file`) along when it does not hold."""
    outer, mine = _written.get(), list[FieldFile]()
    token = _written.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for file in mine:
            file.storage.delete(file.name)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(mine)  # an outer transaction may still not hold


def note_file(file: FieldFile) -> None:
    """This file was written just now; outside of `files_and_rows` it simply stays."""
    written = _written.get()
    if written is not None:
        written.append(file)
