"""What the project's storage holds, folder or bucket alike."""

from collections.abc import Iterator

from django.core.files.storage import default_storage


def stored_names(folder: str) -> Iterator[str]:
    """The names of all files below a folder ("" for all), none where it is not there yet."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    beginning = f"{folder}/" if folder else ""
    yield from (beginning + name for name in files)
    for inner in folders:
        yield from stored_names(beginning + inner)
