"""Reading of last year's annual plan from a Word or Excel file.

`read_plan` turns a .docx or .xlsx into `plans.content.PlanContent` with a list of doubts; `read_plan_safely` does
the same in a process of its own with bounded time and memory, for files that strangers send. Nothing here knows the
database.

The way of a file: `safety` (is it fit to be opened) → `docx_lines` or `xlsx_lines` (a flat run of lines and grids)
→ `assemble` (head, bases, sections, tables, signature) → `result.ImportedPlan`.
"""

from .isolated import read_plan_safely
from .reader import read_plan
from .result import Doubt, ImportedPlan, NotAPlan

__all__ = ["Doubt", "ImportedPlan", "NotAPlan", "read_plan", "read_plan_safely"]
