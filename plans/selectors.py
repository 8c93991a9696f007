"""Reads that more than one caller needs."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import TextField, Value

from .content import (
    Column,
    LayoutColumn,
    LayoutContent,
    PhaseContent,
    PlanContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    Signer,
    TaskContent,
    TaskStyle,
)
from .models import Plan, PlanLayout


def layout_content(layout: PlanLayout) -> LayoutContent:
    """The layout as plain data."""
    columns = tuple(
        LayoutColumn(Column(c["key"]), c["heading"], int(c.get("width", 10)), c.get("group", ""))
        for c in layout.columns
    )
    return LayoutContent(TaskStyle(layout.style), columns, layout.annex_title, layout.landscape)


_PHASE = ("pk", "number", "title", "in_table")
_TASK = (
    "ordinal", "title", "outputs", "lead_text", "support_text", "approver_text", "timing_text", "note", "description",
)  # fmt: skip
"""In the order of the fields of `TaskContent`."""


def _phases(plan: Plan) -> tuple[PhaseContent, ...]:
    """The phases with their tasks, empty ones too, in one query."""
    rows = plan.phases.order_by("order", "pk", "tasks__order", "tasks__pk").values_list(
        *_PHASE, "tasks__pk", *(f"tasks__{name}" for name in _TASK)
    )
    grouped = (list(group) for _, group in groupby(rows, key=itemgetter(0)))
    return tuple(PhaseContent(rows[0][1], rows[0][2], _tasks(rows), rows[0][3]) for rows in grouped)


def _tasks(rows: list[tuple[Any, ...]]) -> tuple[TaskContent, ...]:
    fields = (row[len(_PHASE) + 1 :] for row in rows if row[len(_PHASE)] is not None)
    return tuple(TaskContent(ordinal, title, tuple(outputs), *rest) for ordinal, title, outputs, *rest in fields)


def _texts(plan: Plan) -> list[list[str]]:
    """The sections and the responsibilities in their order, in one query: what it is, then its fields."""
    place = ("order", "pk")
    sections = plan.sections.order_by().values_list(
        *place, _word("section"), "number", "heading", "text", "text_after", "kind"
    )
    duties = plan.responsibilities.order_by().values_list(
        *place, _word("responsibility"), "heading", "unit_text", "text", _word(""), _word("")
    )
    return [rest for _, _, *rest in sections.union(duties, all=True).order_by(*place)]


def _word(text: str) -> Value:
    return Value(text, output_field=TextField())


def plan_content(plan: Plan) -> PlanContent:
    """The whole plan as plain data, in two queries and one for the layout; nothing is reordered."""
    texts = _texts(plan)
    return PlanContent(
        agency=plan.issuer,
        parent_agency=plan.superior,
        number=plan.number,
        symbol=plan.symbol,
        place=plan.place,
        date=plan.date,
        title=plan.title,
        subject=plan.subject,
        year=plan.year,
        bases=tuple(plan.bases),
        intro=plan.intro,
        sections=tuple(
            SectionContent(number, heading, text, SectionKind(kind), after)
            for part, number, heading, text, after, kind in texts
            if part == "section"
        ),
        phases=_phases(plan),
        responsibilities=tuple(
            ResponsibilityContent(unit, text, heading)
            for part, heading, unit, text, *_ in texts
            if part == "responsibility"
        ),
        closing=plan.closing,
        recipients=tuple(plan.recipients),
        signer=Signer(plan.sign_on_behalf, plan.sign_position, plan.sign_name),
        layout=layout_content(plan.layout),
    )
