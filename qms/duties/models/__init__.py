"""The tables of this room, by subject."""

from .answers import WEB_ADDRESS, Evidence, Extension, HandOver, Report
from .duties import ON_TIME, ON_TIME_ORIGINALLY, Duty, DutyQuerySet, answerable, fell_due
from .occurrences import Occurrence
from .urging import UrgingItem, UrgingLetter

__all__ = [
    "ON_TIME",
    "ON_TIME_ORIGINALLY",
    "WEB_ADDRESS",
    "Duty",
    "DutyQuerySet",
    "Evidence",
    "Extension",
    "HandOver",
    "Occurrence",
    "Report",
    "UrgingItem",
    "UrgingLetter",
    "answerable",
    "fell_due",
]
