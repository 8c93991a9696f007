"""What axe-core finds on a page in a real browser."""

from functools import cache
from typing import Any

from django.conf import settings

AXE = settings.BASE_DIR / "tests/vendor/axe-core/axe.min.js"
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
SIZES = {"desk": {"width": 1366, "height": 900}, "phone": {"width": 390, "height": 844}}


def faults(page: Any) -> dict[str, Any]:
    """At a desk and on a phone: every rule in the light, the colours in the dark, and whether the page fits."""
    found: dict[str, Any] = {}
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found[f"{size}, light"] = violations(page, WCAG)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found[f"{size}, dark"] = violations(page, COLOURS)
        width = page.evaluate("document.documentElement.scrollWidth")
        found[f"{size}, too wide"] = max(0, width - viewport["width"])
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
