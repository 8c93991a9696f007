"""The doubts about a plan as a whole, once all of it is read."""

from collections.abc import Sequence

from plans.content import PlanContent, section_text
from qms.text import one_line

from .blocks import Grid
from .doubts import Doubts
from .flow import Flow
from .header_block import Head
from .opening import Opening


def note_whole(doubts: Doubts, flow: Flow, head: Head, opening: Opening, plan: PlanContent) -> None:
    """What is missing or was taken from an unusual place."""
    agency_code = "agency_from_body" if plan.agency else "agency_missing"
    for code, missing, text in (
        ("no_head", not head.found, ""),
        (agency_code, not head.agency, plan.agency),
        ("number_missing", head.found and not plan.number, plan.symbol),
        ("date_incomplete", head.found and plan.date is None, ""),
        ("no_title", flow.title is None, ""),
        ("subject_missing", not plan.subject, ""),
        ("bases_missing", not plan.bases, ""),
        ("intro_split", opening.split, opening.intro),
        ("no_tasks", not plan.tasks, ""),
        ("recipients_missing", not plan.recipients, ""),
        ("signer_missing", not (plan.signer.position and plan.signer.name), plan.signer.position),
    ):
        if missing:
            doubts.add(code, "", text)


def note_tables(doubts: Doubts, flow: Flow) -> None:
    """Tables that are no task tables, and annexes that stay outside."""
    tasks_in_annex = any(id(item) in flow.headers for item in flow.annex)
    for item in [*flow.loose, *(item for section in flow.sections for item in section.items), *flow.annex]:
        if isinstance(item, Grid) and id(item) not in flow.headers:
            doubts.add("table_skipped", item.label, one_line(" ".join(cell.text for cell in item.row(0)))[:200])
    if flow.annex and not tasks_in_annex:
        doubts.add("attachment_skipped", "Phụ lục")


def note_recomposed(doubts: Doubts, plan: PlanContent, texts: Sequence[str]) -> None:
    """Sections that will not print to the letter as they stood in the file."""
    for section, text in zip(plan.sections, texts, strict=True):
        if section_text(plan, section) != text:
            doubts.add("text_recomposed", f"Mục {section.number}".rstrip(), section.heading)
