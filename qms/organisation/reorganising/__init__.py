"""Merging, splitting, renaming and dissolving units on a day by a decision: previewed first, then done as previewed."""

from .apply import apply_reorganisation
from .order import NewUnit, OpenWork, Order, PositionChange, Preview
from .preview import default_moves, preview_reorganisation
from .registry import forget_room, on_reorganisation

__all__ = [
    "NewUnit",
    "OpenWork",
    "Order",
    "PositionChange",
    "Preview",
    "apply_reorganisation",
    "default_moves",
    "forget_room",
    "on_reorganisation",
    "preview_reorganisation",
]
