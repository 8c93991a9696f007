"""What files hang on. An upper room names its models here in `AppConfig.ready()`; this room imports none of them.

Whoever may see one of these objects may read its file; nobody else may, the one who uploaded it included.
"""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:  # an AppConfig imports this module before there are models
    from django.contrib.auth.models import AnonymousUser

    from qms.organisation.models import User

_owners: set[tuple[str, str]] = set()


def register_owner(model_label: str, *, field: str = "file") -> None:
    """A model ("duties.Evidence") whose `field` leads to a StoredFile and whose manager has `visible_to(user)`."""
    _owners.add((model_label, field))


def hangs_on_something_visible(user: "User | AnonymousUser") -> Q:
    """The condition on a StoredFile: some owner that this person may see leads to it."""
    seen = Q(pk__in=[])
    for model_label, field in sorted(_owners):
        owners = apps.get_model(model_label).objects.visible_to(user)
        seen |= Q(Exists(owners.filter(**{field: OuterRef("pk")})))
    return seen
