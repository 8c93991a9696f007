"""A plan as read from a file, laid out for correction: one form for each part, every doubt at its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from qms.organisation.models import Unit
from qms.organisation.naming import UnitDirectory

from .content import (
    DEFAULT_LAYOUT,
    PhaseContent,
    PlanContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    Signer,
    TaskContent,
)
from .forms import (
    FIRST_YEAR,
    LAST_YEAR,
    TASK_FIELD_OF,
    ClosingForm,
    HeadForm,
    Line,
    OpeningForm,
    PhaseForm,
    ResponsibilityForm,
    SectionForm,
    TaskForm,
)
from .importing import Doubt, ImportedPlan
from .imports import UnknownWords, unknown_words, with_meaning_doubts
from .wording import Meaning, meaning_of

# Where on the screen a doubt about the whole file belongs.
_HEAD_CODES = {
    "no_head": "head", "agency_from_body": "issuer", "agency_missing": "issuer", "number_missing": "number",
    "date_incomplete": "date", "no_title": "title", "subject_missing": "subject", "year_guessed": "year",
    "bases_missing": "bases", "intro_split": "intro", "recipients_missing": "recipients", "signer_missing": "sign_name",
}  # fmt: skip


class ImportHeadForm(HeadForm):
    """The header with the kind of document and the year, which a file may not tell."""

    title = Line("Tên loại", 200, required=True)
    year = forms.IntegerField(
        label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR,
        error_messages={
            "required": "Ghi năm của kế hoạch.", "invalid": "Năm là bốn chữ số.",
            "min_value": f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            "max_value": f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
        },
    )  # fmt: skip


class UnitChoiceForm(forms.Form):
    """What unknown words mean, or nothing: they stay as written."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị", required=False, empty_label="Để nguyên")


@dataclass(frozen=True)
class TaskReview:
    """One row: its form, its doubts, and what its timing means. `dropped`: the row is left out."""

    form: TaskForm
    doubts: tuple[Doubt, ...]
    meaning: Meaning | None
    confirmed: bool
    dropped: bool
    columns: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.form['ordinal'].value() or ''} {self.form['title'].value() or '(chưa có tên)'}".strip()

    @property
    def visible(self) -> set[str]:
        """Names of the fields worth showing: those with a column, and those with a value."""
        return {name for name in self.form.fields if name in self.columns or self.form[name].value()}

    @property
    def unit_fields(self) -> list[forms.BoundField]:
        """The fields that name units."""
        return [self.form[name] for name in ("lead_text", "support_text", "approver_text")]

    @property
    def needs_a_look(self) -> bool:
        """Something other than a unit, which is assigned once for all rows."""
        return any(doubt.code != "unit_unknown" for doubt in self.doubts)

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return f"{self.form.prefix}-"


@dataclass(frozen=True)
class PhaseReview:
    """One table with its heading."""

    form: PhaseForm
    tasks: tuple[TaskReview, ...]


@dataclass(frozen=True)
class SectionReview:
    """A section with its doubts; `kind` says what rows it holds."""

    form: SectionForm
    kind: SectionKind
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class HeadField:
    """A field of the header with its doubts."""

    bound: forms.BoundField
    doubts: tuple[Doubt, ...]


class Review:
    """All forms of one file. The structure is the file's; values come from it or from what was sent."""

    def __init__(self, imported: ImportedPlan, directory: UnitDirectory, data: QueryDict | None = None) -> None:
        self.imported = with_meaning_doubts(imported, directory)
        self.content = imported.content
        self.directory = directory
        self.data = data

    @cached_property
    def head(self) -> ImportHeadForm:
        content = self.content
        initial = {
            "superior": content.parent_agency, "issuer": content.agency, "number": content.number,
            "symbol": content.symbol, "place": content.place, "date": content.date, "subject": content.subject,
            "title": content.title, "year": content.year or None,
        }  # fmt: skip
        return ImportHeadForm(self.data, key="head", prefix="head", initial=initial)

    @cached_property
    def opening(self) -> OpeningForm:
        initial = {"bases": list(self.content.bases), "intro": self.content.intro}
        return OpeningForm(self.data, key="opening", prefix="opening", initial=initial)

    @cached_property
    def closing(self) -> ClosingForm:
        content, signer = self.content, self.content.signer
        initial = {
            "closing": content.closing, "recipients": list(content.recipients), "sign_on_behalf": signer.on_behalf,
            "sign_position": signer.position, "sign_name": signer.name,
        }  # fmt: skip
        return ClosingForm(self.data, key="closing", prefix="closing", initial=initial)

    @cached_property
    def sections(self) -> list[SectionReview]:
        return [
            SectionReview(self._section_form(n, section), section.kind, self._doubts_of_section(section))
            for n, section in enumerate(self.content.sections)
        ]

    @cached_property
    def duties(self) -> list[ResponsibilityForm]:
        return [
            ResponsibilityForm(
                self.data, key=f"duty-{n}", prefix=f"duty-{n}",
                initial={"heading": duty.heading, "unit_text": duty.unit, "text": duty.text},
            )
            for n, duty in enumerate(self.content.responsibilities)
        ]  # fmt: skip

    @cached_property
    def phases(self) -> list[PhaseReview]:
        numbers = iter(range(len(self.content.tasks)))
        return [
            PhaseReview(
                PhaseForm(
                    self.data, key=f"phase-{n}", prefix=f"phase-{n}",
                    initial={"number": phase.number, "title": phase.title},
                ),
                tuple(self._task(next(numbers), task) for task in phase.tasks),
            )
            for n, phase in enumerate(self.content.phases)
        ]  # fmt: skip

    @cached_property
    def tasks(self) -> list[TaskReview]:
        return [task for phase in self.phases for task in phase.tasks]

    @cached_property
    def unknown(self) -> list[tuple[UnknownWords, UnitChoiceForm]]:
        """Each group of unknown words with the choice of its unit."""
        pairs = []
        for n, words in enumerate(unknown_words(self.content, self.directory)):
            form = UnitChoiceForm(self.data, prefix=f"unit-{n}", auto_id=f"unit-{n}-%s", label_suffix="")
            field = form.fields["unit"]
            field.queryset = Unit.objects.filter(agency=self._agency_pk)  # type: ignore[attr-defined]
            field.widget.choices = [("", field.empty_label), *((u.pk, u.name) for u in self.directory.units)]  # type: ignore[attr-defined]
            pairs.append((words, form))
        return pairs

    @property
    def general(self) -> list[Doubt]:
        """Doubts that belong to no place of their own."""
        placed = {id(d) for row in self.tasks for d in row.doubts} | {id(d) for s in self.sections for d in s.doubts}
        return [d for d in self.imported.doubts if id(d) not in placed and d.code not in _HEAD_CODES]

    @cached_property
    def at(self) -> Mapping[str, list[Doubt]]:
        """Doubts of the header by the name of the field."""
        found: dict[str, list[Doubt]] = {name: [] for name in _HEAD_CODES.values()}
        for doubt in self.imported.doubts:
            if doubt.code in _HEAD_CODES:
                found[_HEAD_CODES[doubt.code]].append(doubt)
        return found

    @property
    def head_fields(self) -> list[HeadField]:
        return [HeadField(bound, tuple(self.at.get(bound.name, ()))) for bound in self.head]

    @property
    def facts(self) -> list[tuple[str, object]]:
        """What the file holds, counted."""
        counts = (
            ("Nhiệm vụ", self.content.tasks), ("Giai đoạn", self.content.phases if self.has_phases else ()),
            ("Mục", self.content.sections), ("Căn cứ", self.content.bases),
            ("Đơn vị có trách nhiệm", self.content.responsibilities), ("Chỗ cần xem", self.imported.doubts),
        )  # fmt: skip
        columns = ", ".join(column.heading for column in self.content.layout.columns)
        return [*((name, len(rows)) for name, rows in counts if rows), ("Các cột", columns)]

    @property
    def has_phases(self) -> bool:
        return len(self.content.phases) > 1 or any(phase.heading for phase in self.content.phases)

    @property
    def tasks_apart(self) -> bool:
        """No section holds the tasks."""
        return all(section.kind != SectionKind.TASKS for section in self.content.sections)

    @property
    def duties_apart(self) -> bool:
        return all(section.kind != SectionKind.RESPONSIBILITIES for section in self.content.sections)

    @property
    def has_errors(self) -> bool:
        return self.data is not None and any(form.errors for form in self.forms)

    @property
    def forms(self) -> Iterator[forms.Form]:
        yield from (self.head, self.opening, *(section.form for section in self.sections))
        for phase in self.phases:
            yield from (phase.form, *(task.form for task in phase.tasks if not task.dropped))
        yield from (*self.duties, self.closing, *(form for _, form in self.unknown))

    def is_valid(self) -> bool:
        """Whether all parts may be stored as they stand."""
        wrong = [form for form in self.forms if not form.is_valid()]  # every form is asked, so that all errors show
        return not wrong

    def corrected(self) -> PlanContent:
        """The plan as corrected. Only after `is_valid`."""
        head, opening, closing = (form.cleaned_data for form in (self.head, self.opening, self.closing))
        return replace(
            self.content,
            agency=head["issuer"], parent_agency=head["superior"], number=head["number"], symbol=head["symbol"],
            place=head["place"], date=head["date"], title=head["title"], subject=head["subject"], year=head["year"],
            bases=tuple(opening["bases"]), intro=opening["intro"],
            sections=tuple(map(_section, self.content.sections, self.sections)),
            phases=tuple(map(_phase, self.content.phases, self.phases)),
            responsibilities=tuple(_duty(form.cleaned_data) for form in self.duties),
            closing=closing["closing"], recipients=tuple(closing["recipients"]),
            signer=Signer(closing["sign_on_behalf"], closing["sign_position"], closing["sign_name"]),
        )  # fmt: skip

    def units(self) -> dict[str, Unit]:
        """The units chosen for unknown words."""
        chosen = ((words.text, form.cleaned_data["unit"]) for words, form in self.unknown)
        return {text: unit for text, unit in chosen if unit}

    def confirmed(self) -> set[str]:
        """The timings that a person has confirmed."""
        kept = (task.form.cleaned_data for task in self.tasks if not task.dropped)
        return {data["timing_text"] for data in kept if data["timing_confirmed"]}

    @property
    def _agency_pk(self) -> int | None:
        return next((unit.agency_id for unit in self.directory.units), None)

    def _section_form(self, n: int, section: SectionContent) -> SectionForm:
        initial = {
            "number": section.number, "heading": section.heading, "text": section.text, "text_after": section.text_after
        }  # fmt: skip
        return SectionForm(self.data, key=f"section-{n}", prefix=f"section-{n}", section=section, initial=initial)

    def _doubts_of_section(self, section: SectionContent) -> tuple[Doubt, ...]:
        place = f"Mục {section.number}"
        return tuple(doubt for doubt in self.imported.doubts if section.number and doubt.where == place)

    def _task(self, n: int, task: TaskContent) -> TaskReview:
        prefix = f"task-{n}"
        form = TaskForm(
            self.data, key=prefix, prefix=prefix, layout=self.content.layout, initial=_task_initial(task)
        )  # fmt: skip
        timing = form["timing_text"].value() or ""
        confirmed = bool(timing) and form["timing_confirmed"].value() == timing
        return TaskReview(
            form,
            tuple(self._doubts_by_task[n]),
            meaning_of(timing.strip(), year=self.content.year),
            confirmed,
            self.data is not None and f"{prefix}-drop" in self.data,
            frozenset(TASK_FIELD_OF[column.key] for column in self.content.layout.columns or DEFAULT_LAYOUT.columns),
        )

    @cached_property
    def _doubts_by_task(self) -> dict[int, list[Doubt]]:
        """Doubts that quote a row, by the place of the row."""
        found: dict[int, list[Doubt]] = defaultdict(list)
        for doubt in self.imported.doubts:
            place = _row_of(doubt, self.content.tasks)
            if place is not None:
                found[place].append(doubt)
        return found


def _row_of(doubt: Doubt, tasks: Iterable[TaskContent]) -> int | None:
    if doubt.code in _HEAD_CODES or not doubt.text:
        return None
    if doubt.where.startswith(("Bảng", "Trang")) or "hiệm vụ" in doubt.where:
        return next((n for n, task in enumerate(tasks) if _holds(task, doubt.text)), None)
    return None


def _holds(task: TaskContent, text: str) -> bool:
    cells = (task.title, task.timing, task.lead, task.support, task.approver, task.note, task.ordinal, *task.outputs)
    return any(text in cell for cell in cells)


def _task_initial(task: TaskContent) -> dict[str, Any]:
    return {
        "ordinal": task.ordinal, "title": task.title, "description": task.description, "outputs": list(task.outputs),
        "lead_text": task.lead, "support_text": task.support, "approver_text": task.approver,
        "timing_text": task.timing, "note": task.note,
    }  # fmt: skip


def _section(old: SectionContent, review: SectionReview) -> SectionContent:
    data = review.form.cleaned_data
    return replace(
        old, number=data["number"], heading=data["heading"], text=data["text"], text_after=data.get("text_after", "")
    )


def _phase(old: PhaseContent, review: PhaseReview) -> PhaseContent:
    data = review.form.cleaned_data
    kept = (task.form.cleaned_data for task in review.tasks if not task.dropped)
    return replace(old, number=data["number"], title=data["title"], tasks=tuple(map(_task, kept)))


def _task(data: dict[str, Any]) -> TaskContent:
    return TaskContent(
        ordinal=data["ordinal"], title=data["title"], outputs=tuple(data["outputs"]), lead=data["lead_text"],
        support=data["support_text"], approver=data["approver_text"], timing=data["timing_text"], note=data["note"],
        description=data["description"],
    )  # fmt: skip


def _duty(data: dict[str, Any]) -> ResponsibilityContent:
    return ResponsibilityContent(data["unit_text"], data["text"], data["heading"])
