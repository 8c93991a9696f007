"""The shapes that stand beside the colour of a state, drawn so that they look the same on every machine."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# 12 × 12 drawings by the character that documents and plain text use for them.
_DRAWINGS = {
    "✓": '<path d="M4.4 10.3.8 6.7l1.4-1.4 2.1 2.1L9.7 1.2l1.5 1.3z"/>',
    "▲": '<path d="M6 .8 11.6 11H.4z"/>',
    "●": '<circle cx="6" cy="6" r="4.3"/>',
    "○": '<circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "◌": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2"/>',
    "↩": '<path d="M4.6.6.8 4.3l3.8 3.8V5.3h3.2a1.9 1.9 0 0 1 0 3.8H5.2v2h2.6a3.9 3.9 0 0 0 0-7.8H4.6z"/>',
}
TONE_SHAPES = {"late": "▲", "soon": "▲", "active": "●", "done": "✓", "dormant": "○"}


def drawing(shape: str) -> SafeString:
    """The inside of a 12 × 12 SVG for one of ✓ ▲ ● ○ ◌ ↩; nothing for another character."""
    return mark_safe(_DRAWINGS.get(shape, ""))


@cache
def shape_svg(shape: str) -> SafeString:
    """A shape to stand before its word; hidden from screen readers, which read the word."""
    return format_html('<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', drawing(shape))
