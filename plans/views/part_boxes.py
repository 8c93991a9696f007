"""Sections, phases and duties of a draft as boxes."""

from plans.content import SectionKind
from plans.editing import edit_row
from plans.enums import RowKind
from plans.forms import PhaseForm, ResponsibilityForm, SectionForm
from plans.models import Phase, Plan, PlanSection, Responsibility

from .saving import Box

_FORMS: dict[RowKind, tuple[type, str, tuple[str, ...]]] = {
    RowKind.SECTION: (SectionForm, "plans/editor/fields_muc.html", ("number", "heading", "text", "text_after")),
    RowKind.PHASE: (PhaseForm, "plans/editor/fields_giai_doan.html", ("number", "title")),
    RowKind.RESPONSIBILITY: (
        ResponsibilityForm, "plans/editor/fields_trach_nhiem.html", ("heading", "unit_text", "text")
    ),
}  # fmt: skip
Part = PlanSection | Phase | Responsibility


def part_box(plan: Plan, kind: RowKind, row: Part) -> Box:
    """The box of one section, phase or duty."""
    form_class, template, fields = _FORMS[kind]
    plain = isinstance(row, PlanSection) and row.kind == SectionKind.TEXT
    return Box(
        plan=plan,
        key=f"{kind.slug}-{row.pk}",
        title=f"{kind.label.capitalize()} {row}",
        row=row,
        fields=fields[:-1] if plain else fields,
        form_class=form_class,
        template=template,
        url_name=f"plans:{kind.value}_edit",
        url_args=(row.pk,),
        write=edit_row,
        options={"section": row} if isinstance(row, PlanSection) else {},
        extra={"bare": True, "fixed": isinstance(row, PlanSection) and not plain},
    )


def section_boxes(plan: Plan) -> list[Box]:
    """All sections in order."""
    return [part_box(plan, RowKind.SECTION, row) for row in plan.sections.select_related("changed_by")]


def duty_boxes(plan: Plan) -> list[Box]:
    """All duties in order."""
    return [part_box(plan, RowKind.RESPONSIBILITY, row) for row in plan.responsibilities.select_related("changed_by")]
