"""The few properties of Word styles that carry meaning: bold, capitals, centring, numbering, heading level."""

from dataclasses import dataclass
from typing import Any

from .word_xml import attribute, child, local, number_of, switch, value_of

MAX_PARENTS = 20


@dataclass(frozen=True)
class Look:
    """Properties set at one place; None means: not set here, ask the style below."""

    bold: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    centered: bool | None = None
    heading: bool | None = None
    number_id: str | None = None
    level: int | None = None

    def over(self, base: "Look") -> "Look":
        """These properties, completed by those of `base`."""
        pairs = {name: getattr(base, name) if mine is None else mine for name, mine in vars(self).items()}
        return Look(**pairs)


def look_of(element: Any) -> Look:
    """The look that a w:pPr, w:rPr or w:style sets."""
    run = element if element is None or local(element) == "rPr" else child(element, "rPr")
    paragraph = element if element is None or local(element) == "pPr" else child(element, "pPr")
    if paragraph is None:
        return Look(switch(run, "b"), switch(run, "caps"), switch(run, "vanish"))
    jc = value_of(paragraph, "jc")
    outline = number_of(paragraph, "outlineLvl")
    return Look(
        bold=switch(run, "b"),
        capitals=switch(run, "caps"),
        hidden=switch(run, "vanish"),
        centered=None if jc is None else jc == "center",
        heading=None if outline is None else outline < 9,
        number_id=value_of(paragraph, "numPr", "numId"),
        level=number_of(paragraph, "numPr", "ilvl"),
    )


class Styles:
    """The styles part. Asking for an unknown style gives an empty look."""

    def __init__(self, root: Any = None) -> None:
        self._looks: dict[str, Look] = {}
        self._bases: dict[str, str] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local(element) == "style":
                self._read(element)

    def _read(self, element: Any) -> None:
        name = attribute(element, "styleId") or ""
        self._looks[name] = look_of(element)
        self._bases[name] = value_of(element, "basedOn") or ""
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true", "on"}:
            self.default = name

    def look(self, name: str) -> Look:
        """The style's look with those it is based on."""
        look = Look()
        for _ in range(MAX_PARENTS):
            if name not in self._looks:
                break
            look = look.over(self._looks[name])
            name = self._bases[name]
        return look

    def number_style(self, name: str) -> str:
        """The style in the chain that sets the numbering: its level is the one tied to that style."""
        for _ in range(MAX_PARENTS):
            if name not in self._looks or self._looks[name].number_id is not None:
                break
            name = self._bases[name]
        return name
