"""Tags and filters of every template (a builtin library: no {% load %} needed). Examples: docs/giao-dien.md."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.db.models import Choices, Model
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from qms import text
from qms.kept import Kept, refuse_unsteady
from qms.overview import browsers, charts
from qms.overview.shapes import TONE_SHAPES, shape_svg

register = template.Library()
_DRAWINGS: Kept[str] = Kept(4000)


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def short_date(value: date | datetime | None) -> str:
    """05/11/2026; nothing for no date."""
    day = _day(value)
    return text.short_date(day) if day else ""


@register.filter
def long_date(value: date | datetime | None) -> str:
    """ngày 05 tháng 11 năm 2026."""
    day = _day(value)
    return text.long_date(day) if day else ""


@register.filter
def weekday_date(value: date | datetime | None) -> str:
    """thứ Năm 05/11/2026."""
    day = _day(value)
    return text.weekday_date(day) if day else ""


@register.filter
def day_and_time(value: datetime | None) -> str:
    """14:05 ngày 05/11/2026, by the clock in Việt Nam."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M} ngày {text.short_date(local.date())}"


@register.filter
def vn_number(value: int | float | Decimal | None) -> str:
    """1.234,5: a point between thousands, a comma before decimals; nothing for no number."""
    return "" if value is None or value == "" else text.decimal_text(Decimal(str(value)))


@register.filter
def lines(value: str | None) -> list[str]:
    """The lines of a text that are not blank."""
    return [line.strip() for line in (value or "").splitlines() if line.strip()]


@register.filter
def browser_words(user_agent: str | None) -> str:
    """Firefox trên Windows."""
    return browsers.browser_words(user_agent or "")


@register.simple_tag
def shape(sign: str) -> SafeString:
    """One of ✓ ▲ ● ○ ◌ ↩ as a drawing."""
    return shape_svg(sign)


@register.simple_tag
def pill(state: Any = None, tone: str = "", label: str = "", shape: str = "") -> SafeString:
    """A state as shape, word and colour. `state` has `tone`, `label` and perhaps `shape`; or give them one by one.

    Tones: late, soon, active, done, dormant. Without a shape the tone's own is drawn.
    """
    label = label or str(getattr(state, "label", "") or "")
    if not label:
        return mark_safe("")
    tone = tone or getattr(state, "tone", "") or "dormant"
    sign = shape or getattr(state, "shape", "") or TONE_SHAPES[tone]
    return format_html('<span class="pill tone-{}">{}{}</span>', tone, shape_svg(sign), label)


_CLASSES = {
    "select": "form-select",
    "checkbox": "form-check-input",
    "radioselect": "",
    "checkboxselectmultiple": "",
    "hidden": "",
    "nullbooleanselect": "form-select",
    "selectmultiple": "form-select",
}


def _kind(bound: BoundField) -> str:
    """What the template must draw: "check", "choices" or "line"."""
    if bound.widget_type == "checkbox":
        return "check"
    return "choices" if bound.use_fieldset else "line"


def _control(bound: BoundField, extra: dict[str, Any]) -> SafeString:
    own = _CLASSES.get(bound.widget_type, "form-control")
    classes = " ".join(filter(None, [own, bound.field.widget.attrs.get("class", ""), extra.pop("class", "")]))
    return bound.as_widget(attrs={**extra, **({"class": classes} if classes else {})})


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, label: str = "", help: str | None = None, style: str = "", hide_label: bool = False, **attrs: str
) -> dict[str, Any]:
    """A form field with label, help and errors, tied together for screen readers.

    `label` and `help` replace the form's own words (`help=""` takes them away); `style="large"` draws choices as
    large buttons; further keyword arguments become attributes of the control (an underscore stands for a hyphen).
    """
    if help is not None:
        bound.help_text = help  # Django derives the control's aria-describedby from it
    label = label or str(bound.label)
    extra: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    if str(bound.field.widget.attrs.get("placeholder", "")) in (label, str(bound.label)):
        extra["placeholder"] = False  # a label repeated inside its field says nothing
    return {
        "field": bound,
        "kind": _kind(bound),
        "control": _control(bound, extra),
        "label": label,
        "help_text": bound.help_text,
        "hide_label": hide_label,
        "style": style,
        "required": bound.field.required,
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """What stops the form, at its head: errors of the whole, and a link to every field with an error."""
    wrong = [bound for form in forms for bound in form if bound.errors and not bound.is_hidden]
    hidden = [error for form in forms for bound in form.hidden_fields() for error in bound.errors]
    general = [error for form in forms for error in form.non_field_errors()] + hidden
    return {"general": general, "wrong": wrong}


@register.simple_tag
def choose(name: str, label: str, options: Iterable[Any], chosen: Any = "", every: str = "") -> SafeString:
    """A select among the filters of a list. `every` is the choice of no filter.

    Options are (value, words), members of an enum, rows of a table (by their pk) or plain values.
    """
    pairs = [(str(value), str(words)) for value, words in map(_option, options)]
    drawn = format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((value, mark_safe(" selected") if value == str(chosen) else "", capfirst(words)) for value, words in pairs),
    )  # fmt: skip
    first = format_html('<option value="">{}</option>', every) if every else ""
    return format_html(
        '<div><label class="form-label" for="{0}">{1}</label>'
        '<select class="form-select" id="{0}" name="{0}">{2}{3}</select></div>',
        name, label, first, drawn,
    )  # fmt: skip


def _option(row: Any) -> tuple[Any, Any]:
    if isinstance(row, tuple):
        return row
    if isinstance(row, Choices):
        return row.value, row.label
    return (row.pk, row) if isinstance(row, Model) else (row, row)


@register.inclusion_tag("components/timeline.html")
def year_timeline(rows: Iterable[Any], year: int, today: date | None = None, title: str = "") -> dict[str, Any]:
    """The tasks of a year as bars over its months. See `qms.overview.charts.timeline` for what a row has."""
    return {"chart": charts.timeline(rows, year=year, today=today, title=title)}


@register.inclusion_tag("components/progress.html")
def progress(parts: Iterable[tuple[str, int, str]], title: str) -> dict[str, Any]:
    """How much is done: (tone, count, word) for each part, as one line and its legend."""
    return {"chart": charts.progress(parts, title=title)}


@register.filter
def page_range(paginator: Paginator, number: int) -> Iterable[int | str]:
    """The page numbers worth showing around that one."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


class DrawnNode(template.Node):
    """See `drawn`."""

    def __init__(self, name: str, values: dict[str, FilterExpression]) -> None:
        self.name = name
        self.values = values

    def render(self, context: template.Context) -> str:
        values = {name: _read(value.resolve(context)) for name, value in self.values.items()}
        drawing = context.template.engine.get_template(self.name)

        def draw() -> str:
            for value in values.values():
                refuse_unsteady(value)
            return drawing.render(context.new(values))

        return _DRAWINGS.get((drawing, *values.items()), draw)


def _read(value: Any) -> Any:
    """A lazy object of the frame without the request that it holds on to; words, though somebody called them safe."""
    if isinstance(value, SimpleLazyObject):
        bool(value)  # reads it
        value = copy(value)
    return "".join(value) if isinstance(value, SafeString) else value


@register.tag
def drawn(parser: Parser, token: Token) -> DrawnNode:
    """`{% drawn "plans/list_row.html" line=line %}`: an include that is drawn once for what it shows.

    The template sees these values and nothing else, and equal values are not drawn again. They must be plain: numbers,
    texts, days, tuples and frozen dataclasses of them, never a row of the database.
    """
    _, name, *rest = token.split_contents()
    return DrawnNode(name.strip("\"'"), template.base.token_kwargs(rest, parser))


class FilledNode(template.Node):
    """Draws an element around its content, or nothing when the content is blank."""

    def __init__(self, nodelist: NodeList, element: str, attributes: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.element = element
        self.attributes = attributes

    def render(self, context: template.Context) -> str:
        content = self.nodelist.render(context)
        if not content.strip():
            return ""
        pairs = ((name, value.resolve(context)) for name, value in self.attributes.items())
        drawn = "".join(format_html(' {}="{}"', name.replace("_", "-"), value) for name, value in pairs)
        return f"<{self.element}{drawn}>{content}</{self.element}>"


@register.tag
def filled(parser: Parser, token: Token) -> FilledNode:
    """`{% filled "aside" class="page-side" %}…{% endfilled %}`: an element only around something."""
    _, element, *rest = token.split_contents()
    attributes = template.base.token_kwargs(rest, parser)
    nodelist = parser.parse(("endfilled",))
    parser.delete_first_token()
    return FilledNode(nodelist, element.strip("\"'"), attributes)
