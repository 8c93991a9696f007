"""What the rooms above tell this one of their duties: the address of a source, and what follows when one is answered.

Filled in `AppConfig.ready()`; this room never imports an upper one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from qms.organisation.models import User

from .models import Duty


def _nowhere(source: Any) -> str:
    return ""


def _nothing(duty: Duty, actor: User, at: datetime) -> None:
    return None


@dataclass(frozen=True)
class SourceKind:
    """`address(source)` is where people read it; `answered` runs in the transaction that closes one of its duties,

    `reopened` in the one that gives it back.
    """

    address: Callable[[Any], str] = _nowhere
    answered: Callable[[Duty, User, datetime], None] = _nothing
    reopened: Callable[[Duty, User, datetime], None] = _nothing


_kinds: dict[str, SourceKind] = {}


def register(model_label: str, kind: SourceKind) -> None:
    """For a model ("plans.task"), once."""
    _kinds[model_label.lower()] = kind


def forget(model_label: str) -> None:
    """Back to a source of which nothing is declared."""
    _kinds.pop(model_label.lower(), None)


def kind_of(duty: Duty) -> SourceKind:
    """What the room of that duty's source declared. No query once the kinds of objects are known."""
    content_type = ContentType.objects.get_for_id(duty.content_type_id)
    return _kinds.get(f"{content_type.app_label}.{content_type.model}", SourceKind())


def has_address(duty: Duty) -> bool:
    """Whether somebody declared where such a source is read. No query."""
    return kind_of(duty).address is not _nowhere


def address_of(duty: Duty) -> str:
    """Where the source of a duty is read; empty where nobody declared it."""
    return kind_of(duty).address(duty.source) if duty.source else ""
