"""What axe-core finds on a page in a real browser."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings

AXE = settings.BASE_DIR / "tests/vendor/axe-core/axe.min.js"
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
SIZES = {"desk": {"width": 1366, "height": 900}, "phone": {"width": 390, "height": 844}}
EVERY_LOOK = (("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark"))
# Every component is looked at in all four (the page of styles); a screen in each size and each scheme.
LOOKS = (("desk", "light"), ("phone", "dark"))


def faults(page: Any, looks: Iterable[tuple[str, str]] = LOOKS) -> dict[str, Any]:
    """What is wrong with the open page in each look: rules of WCAG 2.2 AA, and how far it reaches beyond the screen."""
    found: dict[str, Any] = {}
    for size, scheme in looks:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[f"{size}, {scheme}"] = violations(page, WCAG)
        width = page.evaluate("document.documentElement.scrollWidth")
        found[f"{size}, {scheme}, too wide"] = max(0, width - SIZES[size]["width"])
    page.set_viewport_size(SIZES["desk"])
    page.emulate_media(color_scheme="light")
    return {name: problems for name, problems in found.items() if problems}


def violations(page: Any, rules: dict[str, Any]) -> list[str]:
    """What axe finds on the page as it stands; `rules` is axe's `runOnly`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())  # through the debugger, so that the page's own security policy stays as it is
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(f"    {node['html']}\n    {node['failureSummary']}" for node in rule["nodes"])
        for rule in found["violations"]
    ]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
