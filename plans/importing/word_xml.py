"""Small helpers for WordprocessingML: names without their namespace, in both the transitional and the strict form."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .result import NotAPlan

_WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_PREFIXES = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
MAX_DEPTH = 60
TOO_DEEP = "Tệp lồng bảng hoặc khối quá nhiều lớp, không giống một kế hoạch."
TRANSPARENT = {
    "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "bdo", "dir",
    "mc:AlternateContent", "mc:Choice", "mc:Fallback", "m:oMath", "m:oMathPara", "m:r",
}  # fmt: skip
"""What only wraps content; deletions ("del", "moveFrom") are not among them and so are left out."""


@lru_cache(maxsize=2000)
def _short(tag: str) -> str:
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return name if namespace in _WORD else f"{_PREFIXES.get(namespace, '?')}:{name}"


def local(element: Any) -> str:
    """ "p" for w:p, "mc:Choice", "m:t"; "" for comments; "?:x" for a foreign element."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute in the element's own namespace."""
    value = element.get(element.tag[: element.tag.index("}") + 1] + name)
    return None if value is None else str(value)


def child(element: Any, *path: str) -> Any:
    """The first descendant along the path of names, or None."""
    for name in path:
        element = next((c for c in element if local(c) == name), None)
        if element is None:
            return None
    return element


def value_of(element: Any, *path: str) -> str | None:
    """The w:val of the element at the path; None where it is absent."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def number_of(element: Any, *path: str) -> int | None:
    """The w:val of the element at the path as a number."""
    return whole(value_of(element, *path))


def whole(text: str | None) -> int | None:
    """ "12" → 12; anything else → None. Word writes measures as "12", "12.5" or nonsense from other programs."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def switch(element: Any, *path: str) -> bool | None:
    """An on/off property: None where it is not set."""
    found = child(element, *path) if element is not None else None
    return None if found is None else attribute(found, "val") not in {"0", "false", "off", "none"}


def _is_placeholder(element: Any, name: str) -> bool:
    """A content control that still shows its hint ("Bấm vào đây để nhập")."""
    return name == "sdt" and child(element, "sdtPr", "showingPlcHdr") is not None


def unwrapped(element: Any, wanted: set[str], depth: int = 0) -> Iterator[Any]:
    """The wanted children, looked for through wrappers too. Of two alternatives only the first is taken."""
    if depth > MAX_DEPTH:
        raise NotAPlan(TOO_DEEP)
    for part in element:
        name = local(part)
        if name in wanted:
            yield part
        elif name in TRANSPARENT and not _is_placeholder(part, name):
            yield from unwrapped(part, wanted, depth + 1)
            if name == "mc:Choice":
                return
