"""Files and rows hold together or not at all: no rollback of the database reaches a folder or a bucket by itself."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.db import Error, transaction
from django.db.models.fields.files import FieldFile

_written: ContextVar[list[FieldFile] | None] = ContextVar("files written in this transaction", default=None)


@contextmanager
def files_and_rows() -> Iterator[None]:
    """A transaction that takes the files noted in it (`note_file`) along when it does not hold. Also a decorator.

    What a killed process leaves behind is the matter of `actions.sweep_orphans`.
    """
    outer, mine = _written.get(), list[FieldFile]()
    token = _written.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        _take_back(mine)
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


def _take_back(files: list[FieldFile]) -> None:
    """After a failure, which may have come after the commit: what a row names stays."""
    with suppress(Error):
        for file in files:
            rows = type(file.instance)._base_manager.filter(**{file.field.name: file.name})
            if not rows.exists():
                file.storage.delete(file.name)
