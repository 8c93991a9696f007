"""The tables of this room, by subject."""

from .figures import Figure, FigureVersion, MissCause
from .objectives import Objective, ObjectiveStep
from .sets import ObjectiveDocument, ObjectiveSet, Registration

__all__ = [
    "Figure",
    "FigureVersion",
    "MissCause",
    "Objective",
    "ObjectiveDocument",
    "ObjectiveSet",
    "ObjectiveStep",
    "Registration",
]
