"""Reading a file that the caller trusts not to hurt; `isolated.read_plan_safely` is for files of strangers."""

from pathlib import Path

from .assemble import assemble
from .docx_lines import read_docx
from .doubts import Doubts
from .result import ImportedPlan, NotAPlan
from .safety import EMPTY, Kind, open_package
from .word_xml import TOO_DEEP
from .xlsx_lines import read_xlsx


def read_plan(path: Path, *, name: str = "") -> ImportedPlan:
    """The plan in a .docx or .xlsx file. `name` is the name under which the file was sent, if not its own.

    Raises NotAPlan with one Vietnamese sentence for every file that cannot be read as a plan.
    """
    package = open_package(path, name)
    doubts = Doubts()
    try:
        if package.kind == Kind.DOCX:
            text = read_docx(package)
            blocks = text.blocks
            if text.tracked:
                doubts.add("tracked_changes")
        else:
            blocks = read_xlsx(package, doubts)
    except RecursionError as error:
        raise NotAPlan(TOO_DEEP) from error
    if not blocks:
        raise NotAPlan(EMPTY)
    return assemble(blocks, doubts, file_name=name or path.name)
