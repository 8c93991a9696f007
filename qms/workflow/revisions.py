"""Nobody writes over anybody: a row counts its revisions, a screen sends back the one that it showed."""

from django.core.exceptions import ValidationError
from django.db import models


class Overtaken(ValidationError):
    """Somebody else saved first, nothing of the new text was written. `latest` is the row as it stands now."""

    def __init__(self, sentence: str, latest: models.Model) -> None:
        super().__init__(sentence)
        self.latest = latest


def refuse_overtaken(row: models.Model, revision: int, sentence: str) -> None:
    """Raises Overtaken with that sentence unless the (locked) row still has the revision that was shown."""
    if row.revision != revision:
        raise Overtaken(sentence, row)
