"""The clause tables that come with the program, and putting them into the database (`manage.py prepare`).

Titles are our own words: the text of the standard belongs to its publisher and is not copied here.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from .models import Clause, ClauseLink, Edition

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Source:
    """One edition and the file of its clauses (number, tab, title)."""

    code: str
    name: str
    file: str
    is_published: bool


SOURCES = (
    Source("TCVN ISO 9001:2015", "Hệ thống quản lý chất lượng – Các yêu cầu", "9001-2015.tsv", is_published=True),
    Source("ISO 9001:2026", "Chuẩn bị chuyển đổi, chưa có TCVN tương ứng", "9001-2026.tsv", is_published=False),
)
# (older, newer, file of older number, newer number, what is different)
LINKS = (("TCVN ISO 9001:2015", "ISO 9001:2026", "9001-2015-2026.tsv"),)


@transaction.atomic
def align_standards() -> None:
    """Make the tables say what the files say; clauses keep their rows, so that what points at them stays."""
    for order, source in enumerate(SOURCES, start=1):
        fields = {"name": source.name, "order": order, "is_published": source.is_published}
        edition, _ = Edition.objects.update_or_create(code=source.code, defaults=fields)
        _align_clauses(edition, _rows(source.file))
    for older, newer, file in LINKS:
        _align_links(older, newer, _rows(file))


def _rows(file: str) -> list[list[str]]:
    return [line.split("\t") for line in (_DATA / file).read_text(encoding="utf-8").splitlines()]


def _align_clauses(edition: Edition, rows: list[list[str]]) -> None:
    Clause.objects.bulk_create(
        [
            Clause(edition=edition, number=number, title=title, order=order, depth=number.count(".") + 1)
            for order, (number, title) in enumerate(rows, start=1)
        ],
        update_conflicts=True,
        unique_fields=["edition", "number"],
        update_fields=["title", "order", "depth"],
    )


def _align_links(older: str, newer: str, rows: list[list[str]]) -> None:
    before = {clause.number: clause for clause in Clause.objects.filter(edition__code=older)}
    after = {clause.number: clause for clause in Clause.objects.filter(edition__code=newer)}
    ClauseLink.objects.bulk_create(
        [ClauseLink(older=before[a], newer=after[b], note=note) for a, b, note in rows],
        update_conflicts=True,
        unique_fields=["older", "newer"],
        update_fields=["note"],
    )
