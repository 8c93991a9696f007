"""The form of a layout: which columns, in which order, under which headings, how wide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from .content import DEFAULT_LAYOUT, Column, LayoutColumn, LayoutContent, TaskStyle
from .forms import TASK_LABELS, Line
from .models import PlanLayout
from .selectors import layout_content

STYLE_LABELS = {
    TaskStyle.TABLE: "Bảng trong văn bản",
    TaskStyle.ANNEX: "Bảng trong phụ lục",
    TaskStyle.PARAGRAPHS: "Mục đánh số, không có bảng",
}
_NARROWEST, _WHOLE = 3, 100


class LayoutForm(forms.Form):
    """Everything about a layout but its columns."""

    name = Line("Tên mẫu", 100, required=True)
    style = forms.ChoiceField(
        label="Cách trình bày nhiệm vụ", choices=[(style.value, label) for style, label in STYLE_LABELS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    annex_title = Line("Tên phụ lục", 300, help_text="Dùng khi bảng nằm trong phụ lục.")
    landscape = forms.BooleanField(label="Phụ lục khổ giấy ngang", required=False)


class ColumnForm(forms.Form):
    """One column."""

    shown = forms.BooleanField(label="In cột này", required=False)
    heading = Line("Tiêu đề cột", 100)
    group = Line("Tiêu đề chung", 100)
    width = forms.IntegerField(
        label="Độ rộng (%)", required=False, min_value=_NARROWEST, max_value=_WHOLE,
        error_messages={
            "invalid": "Ghi số nguyên.", "min_value": f"Ít nhất {_NARROWEST}.", "max_value": f"Nhiều nhất {_WHOLE}.",
        },
    )  # fmt: skip


@dataclass(frozen=True)
class ColumnRow:
    """A column with what it holds."""

    key: Column
    form: ColumnForm

    @property
    def label(self) -> str:
        return TASK_LABELS[self.key]


class LayoutEditor:
    """The form of a layout with its columns in their order, from the layout or from what was sent."""

    def __init__(self, layout: PlanLayout, data: QueryDict | None = None) -> None:
        self.layout = layout
        self.data = data
        initial = {"name": layout.name, "style": layout.style or TaskStyle.TABLE.value,
                   "annex_title": layout.annex_title, "landscape": layout.landscape}  # fmt: skip
        self.form = LayoutForm(data, initial=initial, label_suffix="")
        self.rows = [ColumnRow(key, self._column_form(key)) for key in self._order()]

    def is_valid(self) -> bool:
        """Whether it may be stored; errors of the columns together stand on the form."""
        wrong = [form for form in (self.form, *(row.form for row in self.rows)) if not form.is_valid()]
        if not wrong:
            for sentence in self._troubles():
                self.form.add_error(None, sentence)
        return not wrong and self.form.is_valid()

    def values(self) -> dict[str, Any]:
        """What `layouts.save_layout` takes. Only after `is_valid`."""
        return {**self.form.cleaned_data, "columns": [_stored(column) for column in self.columns()]}

    def columns(self) -> tuple[LayoutColumn, ...]:
        """The shown columns as far as they can be understood."""
        if self.data is None:
            return layout_content(PlanLayout(style=TaskStyle.TABLE, columns=self._stored_columns())).columns
        return tuple(_column(row) for row in self.rows if row.form["shown"].value() and row.form.is_valid())

    def preview(self) -> LayoutContent:
        """The layout as it stands on screen, right or wrong."""
        style = self.form["style"].value()
        known = style if style in set(TaskStyle) else TaskStyle.TABLE
        return LayoutContent(TaskStyle(known), self.columns(), self.form["annex_title"].value() or "")

    @property
    def total(self) -> int:
        """Percent of the width that is given away."""
        return sum(column.width for column in self.columns())

    def spread(self) -> None:
        """Change the widths in proportion, so that they fill the page."""
        columns = self.columns()
        widths = dict(zip((column.key for column in columns), spread_widths([c.width for c in columns]), strict=True))
        assert self.data is not None  # noqa: S101 - only what was sent is spread
        data = self.data.copy()
        for key, width in widths.items():
            data[f"{key.value}-width"] = str(width)
        self.__init__(self.layout, data)  # type: ignore[misc]

    def _order(self) -> list[Column]:
        sent = self.data.getlist("column") if self.data is not None else [c["key"] for c in self._stored_columns()]
        known = [Column(key) for key in dict.fromkeys(sent) if key in set(Column)]
        return [*known, *(key for key in Column if key not in known)]

    def _stored_columns(self) -> list[dict[str, Any]]:
        return self.layout.columns or [_stored(column) for column in DEFAULT_LAYOUT.columns]

    def _column_form(self, key: Column) -> ColumnForm:
        stored = next((column for column in self._stored_columns() if column["key"] == key), None)
        data: Mapping[str, Any] = stored or {"heading": TASK_LABELS[key], "width": 10, "group": ""}
        initial = {"shown": stored is not None, **{name: data.get(name, "") for name in ("heading", "group", "width")}}
        return ColumnForm(self.data, prefix=key.value, initial=initial, label_suffix="")

    def _troubles(self) -> list[str]:
        columns = self.columns()
        found = []
        if Column.TITLE not in {column.key for column in columns}:
            found.append("Phải có cột nhiệm vụ.")
        if any(not column.heading for column in columns):
            found.append("Mỗi cột được in phải có tiêu đề.")
        if self.form.cleaned_data["style"] != TaskStyle.PARAGRAPHS and self.total != _WHOLE:
            found.append(f"Tổng độ rộng các cột phải là 100%, đang là {self.total}%.")
        return found


def spread_widths(widths: list[int]) -> list[int]:
    """Whole percents in the same proportion that add up to a hundred; none under the narrowest."""
    if not widths:
        return []
    exact = [max(width, 1) * _WHOLE / sum(max(w, 1) for w in widths) for width in widths]
    rounded = [max(int(width), _NARROWEST) for width in exact]
    order = sorted(range(len(widths)), key=lambda i: exact[i] - rounded[i], reverse=True)
    for step in range(abs(_WHOLE - sum(rounded))):
        up = sum(rounded) < _WHOLE
        place = order[step % len(order)] if up else rounded.index(max(rounded))
        rounded[place] += 1 if up else -1
    return rounded


def _column(row: ColumnRow) -> LayoutColumn:
    data = row.form.cleaned_data
    return LayoutColumn(row.key, data["heading"], data["width"] or 0, data["group"])


def _stored(column: LayoutColumn) -> dict[str, Any]:
    return {"key": column.key.value, "heading": column.heading, "width": column.width, "group": column.group}
