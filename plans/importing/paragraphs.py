"""Tasks written as numbered paragraphs, with lines such as "- Đơn vị thực hiện: …; - Thời gian thực hiện: …"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from plans.content import Column, LayoutColumn, LayoutContent, PhaseContent, TaskContent, TaskStyle
from qms.text import one_line

from .blocks import Line
from .fields import entry, joined
from .numbers import Form, Numbered, number_of
from .vocabulary import column_of, words

_LABEL = re.compile(
    r"(?:^\(?|(?<=[;.,(])\s*)(?:[-–+•*]\s*|[a-zđ]\)\s*|\(?\d\)\s*)?(?P<label>[^\W\d_][^:;.,()]{1,45}?)\s*:\s*"
)
_TASK_FIELDS = {Column.OUTPUTS, Column.LEAD, Column.SUPPORT, Column.APPROVER, Column.TIMING, Column.NOTE}
_TASKS_SECTION = re.compile(r".*\b(nhiem vu|noi dung|cong viec|giai phap|tien do|hoat dong|ke hoach thuc hien)\b.*")
_HEADING_FORMS = (
    Form.ROMAN,
    Form.CAPITAL,
    Form.DECIMAL,
    Form.DECIMAL2,
    Form.DECIMAL3,
    Form.BRACKET,
    Form.LETTER,
    Form.STEP,
)


@dataclass
class Labelled:
    """One labelled value: "Đơn vị thực hiện" with what stands behind the colon."""

    key: Column
    label: str
    value: str


@dataclass
class ParagraphTasks:
    """What a section without a table holds: the lines around the tasks, the phases, the layout of the labels."""

    before: list[str] = field(default_factory=list)
    phases: list[PhaseContent] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    labels: Counter[tuple[Column, str]] = field(default_factory=Counter)
    order: list[Column] = field(default_factory=list)

    @property
    def layout(self) -> LayoutContent:
        """The labels as columns, each kind by its commonest label, in the order in which tasks use them."""
        best = {key: max((n, label) for (k, label), n in self.labels.items() if k == key)[1] for key in self.order}
        return LayoutContent(TaskStyle.PARAGRAPHS, tuple(LayoutColumn(key, best[key]) for key in self.order))

    def note(self, item: "Labelled", before: Column | None) -> None:
        """Count a label. A kind not met before takes its place right behind the one it follows in its task."""
        self.labels[item.key, item.label] += 1
        if item.key not in self.order:
            self.order.insert(self.order.index(before) + 1 if before in self.order else 0, item.key)


@dataclass
class _Draft:
    """A task while its lines are being read; `behind` are free lines after its labelled ones."""

    ordinal: str
    title: str
    description: list[str] = field(default_factory=list)
    values: dict[Column, list[str]] = field(default_factory=dict)
    behind: list[str] = field(default_factory=list)
    open: Column | None = None

    def add(self, item: Labelled) -> None:
        """A labelled value; one without words, or that ends in a colon, is filled by the dash lines under it."""
        self.values.setdefault(item.key, [])
        self.open = None if item.value and not item.value.endswith(":") else item.key
        if item.value:
            self.values[item.key].append(item.value)

    def content(self) -> TaskContent:
        one = {key: joined(values) for key, values in self.values.items()}
        return TaskContent(
            ordinal=self.ordinal,
            title=one_line(self.title),
            outputs=tuple(self.values.get(Column.OUTPUTS, ())),
            lead=one.get(Column.LEAD, ""),
            support=one.get(Column.SUPPORT, ""),
            approver=one.get(Column.APPROVER, ""),
            timing=one.get(Column.TIMING, ""),
            note=one.get(Column.NOTE, ""),
            description="\n".join([*self.description, *self.behind]),
        )


@dataclass
class _Group:
    """A line over several tasks ("1. Nhiệm vụ chung"), what stands right under it, and its tasks."""

    heading: Line | None = None
    lines: list[str] = field(default_factory=list)
    tasks: list[_Draft] = field(default_factory=list)

    def take_behind(self) -> list[str]:
        """Free lines behind the labels of the very last task close the section; they are no part of that task."""
        if not self.tasks:
            return []
        lines, self.tasks[-1].behind = self.tasks[-1].behind, []
        return lines

    @property
    def texts(self) -> list[str]:
        return [*([self.heading.text] if self.heading else []), *self.lines]


def labelled(text: str) -> list[Labelled]:
    """The labelled values of a line; several may share it ("Chủ trì: …; phối hợp: …; thời gian: …")."""
    found = [(match, column_of(match["label"])) for match in _LABEL.finditer(text)]
    known = [(match, key) for match, key in found if key in _TASK_FIELDS]
    ends = [*(match.start() for match, _ in known[1:]), len(text)]
    return [
        Labelled(key, one_line(match["label"]), _value(text[match.end() : end]))
        for (match, key), end in zip(known, ends, strict=False)
        if key
    ]


def count_labels(lines: Sequence[Line]) -> int:
    """How many lines carry labelled values: the mark of a section with tasks."""
    return sum(_starts_with_label(line.text) for line in lines)


def may_hold_tasks(heading: str) -> bool:
    """Whether a section with this heading may list tasks without any label."""
    return bool(_TASKS_SECTION.fullmatch(words(heading)))


def read_paragraphs(lines: Sequence[Line]) -> ParagraphTasks:
    """The tasks of a section; lines before the first and after the last stay text."""
    form = _task_form(lines)
    groups = [_Group()]
    result = ParagraphTasks()
    for line in lines:
        _take(line, form, groups, result)
    behind = groups[-1].take_behind()
    result = _arranged(groups, result)
    result.after += behind
    return result


def _value(text: str) -> str:
    value = one_line(text).strip("; ").rstrip(".").rstrip(" ;")
    return value[:-1] if value.endswith(")") and value.count(")") > value.count("(") else value


def _starts_with_label(text: str) -> bool:
    match = _LABEL.match(text)
    return match is not None and column_of(match["label"]) in _TASK_FIELDS


def _task_form(lines: Sequence[Line]) -> Form:
    """The form of number that tasks carry: that of the lines over the labelled ones, or the first that occurs twice."""
    above: Counter[Form] = Counter()
    forms: Counter[Form] = Counter()
    last = Form.NONE
    for line in lines:
        numbered = number_of(line)
        if _starts_with_label(line.text):
            above[last] += 1
        elif numbered.form in _HEADING_FORMS:
            last = numbered.form
            forms[last] += 1
            above[last] += len(labelled(line.text)) > 0
    if above:
        return above.most_common(1)[0][0]
    return next((form for form in _HEADING_FORMS if forms[form] > 1), Form.NONE)


def _take(line: Line, form: Form, groups: list[_Group], result: ParagraphTasks) -> None:
    """One line: a labelled value, a task, a heading over tasks, or words that belong to one of them."""
    numbered = number_of(line)
    tasks = groups[-1].tasks
    if _starts_with_label(line.text) and tasks:
        _add_labels(tasks[-1], line.text, result)
    elif _is_task(line, numbered, form, tasks):
        first = next(iter(_LABEL.finditer(numbered.text)), None) if labelled(numbered.text) else None
        title = numbered.text[: first.start()].rstrip(" ;.,(") if first else numbered.text
        tasks.append(_Draft(numbered.number, title))
        _add_labels(tasks[-1], numbered.text[first.start() :].strip() if first else "", result)
    elif _is_over(numbered.form, form):
        groups.append(_Group(line))
    elif tasks and tasks[-1].open and numbered.form in {Form.DASH, Form.PLUS}:
        tasks[-1].values[tasks[-1].open].append(entry(line.text).rstrip("."))
    elif tasks and tasks[-1].values:
        tasks[-1].behind.append(line.text)
    elif tasks:
        tasks[-1].description.append(line.text)
    else:
        groups[-1].lines.append(line.text)


def _is_task(line: Line, numbered: Numbered, form: Form, tasks: list[_Draft]) -> bool:
    """Tasks without numbers are the bold lines, or, where nothing is bold, what follows a block of labels."""
    if form != Form.NONE:
        return numbered.form == form
    return numbered.form == Form.NONE and (line.bold or (bool(tasks) and bool(tasks[-1].values)))


def _is_over(found: Form, form: Form) -> bool:
    """Whether a number stands above that of the tasks: 1. over 1.1., I. over 1."""
    if found not in _HEADING_FORMS or form not in _HEADING_FORMS:
        return False
    return _HEADING_FORMS.index(found) < _HEADING_FORMS.index(form)


def _add_labels(task: _Draft, text: str, result: ParagraphTasks) -> None:
    for item in labelled(text):
        result.note(item, next(reversed(task.values), None))
        task.add(item)


def _arranged(groups: list[_Group], result: ParagraphTasks) -> ParagraphTasks:
    """Headings are phases where several of them hold tasks; else they are lines of the text around the tasks."""
    holding = [group for group in groups if group.tasks]
    for group in groups:
        tasks = tuple(draft.content() for draft in group.tasks)
        if not tasks:
            (result.after if result.phases else result.before).extend(group.texts)
        elif len(holding) > 1 and group.heading:
            numbered = number_of(group.heading)
            result.phases.append(PhaseContent(numbered.number, numbered.text, tasks))
            result.after.extend(group.lines)
        else:
            result.before.extend(group.texts)
            result.phases.append(PhaseContent("", "", tasks))
    return result
