"""From the parts of a document to the plan."""

from collections.abc import Sequence

from plans.content import PlanContent

from .blocks import Block
from .body import read_body
from .checks import note_recomposed, note_tables, note_whole
from .doubts import Doubts
from .flow import Flow, cut
from .header_block import read_head
from .opening import agency_in, read_opening
from .result import ImportedPlan, NotAPlan
from .signature import read_signature
from .years import plan_year

NO_PLAN = "Tệp này không phải kế hoạch: không thấy tên loại KẾ HOẠCH và không có bảng nhiệm vụ."
NO_CONTENT = "Tệp có tên loại KẾ HOẠCH nhưng không có mục hay nhiệm vụ nào."


def assemble(blocks: Sequence[Block], doubts: Doubts, *, file_name: str = "") -> ImportedPlan:
    """The plan in these lines and grids. Raises NotAPlan where there is none."""
    flow = cut(blocks, doubts)
    _refuse_others(flow)
    head = read_head(flow.head)
    opening = read_opening(flow.title, flow.opening)
    closing = "\n".join(line.text for line in flow.closing)
    year, sure = plan_year(opening, head, closing, file_name)
    doubts.year = year
    if not sure:
        doubts.add("year_guessed", "", str(year or ""))
    body = read_body(flow, doubts)
    recipients, signer = read_signature(flow.tail)
    plan = PlanContent(
        agency=head.agency or agency_in(opening.intro) or agency_in(closing),
        parent_agency=head.parent_agency,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        date=head.date,
        subject=opening.subject,
        year=year,
        bases=opening.bases,
        intro=opening.intro,
        sections=tuple(body.sections),
        phases=tuple(body.phases),
        responsibilities=tuple(body.responsibilities),
        closing=closing,
        recipients=recipients,
        signer=signer,
        layout=body.layout,
    )
    note_whole(doubts, flow, head, opening, plan)
    note_tables(doubts, flow)
    note_recomposed(doubts, plan, body.texts)
    return ImportedPlan(plan, tuple(doubts), tuple(body.texts))


def _refuse_others(flow: Flow) -> None:
    """A document that is no plan: another kind by its title, or neither title nor tasks, or nothing at all."""
    if flow.kind:
        raise NotAPlan(f"Tệp này là {flow.kind.lower()}, không phải kế hoạch.")
    if flow.title is None and not flow.headers:
        raise NotAPlan(NO_PLAN)
    if not flow.headers and not flow.sections:
        raise NotAPlan(NO_CONTENT)
