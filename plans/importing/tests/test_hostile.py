"""Whatever is done to a file, the reader answers with a plan or with NotAPlan."""

import contextlib
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.importing import NotAPlan, read_plan
from plans.importing.result import ImportedPlan

from .invented import PLAN
from .sheets import FIRST, SECOND, plan_book
from .typist import Habits, Typist


@cache
def original(suffix: str) -> bytes:
    buffer = io.BytesIO()
    if suffix == ".docx":
        Typist(PLAN, Habits(automatic=True, two_levels=True)).type().document.save(buffer)
    else:
        plan_book(FIRST, SECOND).save(buffer)
    return buffer.getvalue()


def read(data: bytes, suffix: str) -> ImportedPlan | None:
    with tempfile.NamedTemporaryFile(suffix=suffix) as file, contextlib.suppress(NotAPlan):
        file.write(data)
        file.flush()
        return read_plan(Path(file.name))
    return None


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return buffer.getvalue()


suffixes = st.sampled_from([".docx", ".xlsx"])


@settings(max_examples=60, deadline=None)
@given(suffix=suffixes, share=st.floats(0, 1))
def test_a_file_cut_off_anywhere_is_read_or_refused(suffix: str, share: float) -> None:
    data = original(suffix)
    assert read(data[: int(share * (len(data) - 1))], suffix) is None


@settings(max_examples=60, deadline=None)
@given(suffix=suffixes, places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_file_with_changed_bytes_is_read_or_refused(suffix: str, places: list[tuple[float, int]]) -> None:
    data = bytearray(original(suffix))
    for share, value in places:
        data[int(share * (len(data) - 1))] = value
    result = read(bytes(data), suffix)
    assert result is None or isinstance(result, ImportedPlan)


PARTS = {
    ".docx": ["word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"],
    ".xlsx": ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml"],
}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), suffix=suffixes)
def test_a_part_with_moved_pieces_is_read_or_refused(data: st.DataObject, suffix: str) -> None:
    with zipfile.ZipFile(io.BytesIO(original(suffix))) as archive:
        name = data.draw(st.sampled_from([part for part in PARTS[suffix] if part in archive.namelist()]))
        pieces = archive.read(name).split(b"<")
    for _ in range(data.draw(st.integers(1, 6))):
        at, to = (data.draw(st.integers(1, len(pieces) - 1)) for _ in range(2))
        change = data.draw(st.sampled_from(["drop", "double", "move", "number"]))
        if change == "drop":
            pieces[at] = b"w:p/>"
        elif change == "double":
            pieces.insert(to, pieces[at])
        elif change == "move":
            pieces.insert(to, pieces.pop(at))
        else:
            pieces[at] = pieces[at].replace(b'"1"', b'"-99999999999"').replace(b'"0"', b'"1e400"')
    result = read(with_part(original(suffix), name, b"<".join(pieces)), suffix)
    assert result is None or isinstance(result, ImportedPlan)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.text(max_size=40), min_size=30, max_size=30))
def test_any_words_in_the_cells_are_read_or_refused(texts: list[str]) -> None:
    rows = [texts[start : start + 5] for start in range(0, 25, 5)]
    clean = [["".join(c for c in text if c.isprintable()) for text in row] for row in rows]
    made = plan_book(*clean)
    buffer = io.BytesIO()
    made.save(buffer)
    result = read(buffer.getvalue(), ".xlsx")
    assert result is None or isinstance(result, ImportedPlan)
