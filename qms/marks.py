"""A state as the eye meets it, the same for every room (docs/giao-dien.md)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """What `{% pill %}` draws. Tones: late, soon, active, done, dormant. Without a shape the tone's own is drawn."""

    tone: str
    shape: str
    label: str
