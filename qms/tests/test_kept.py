"""What is kept by everything it was made of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.safestring import mark_safe

from qms.kept import Kept, refuse_unsteady
from qms.marks import Mark


@dataclass(frozen=True)
class Line:
    words: object


def test_a_thing_is_made_once_for_its_key() -> None:
    kept: Kept[object] = Kept(10)
    assert kept.get("a", object) is kept.get("a", object)
    assert kept.get("a", object) is not kept.get("b", object)


def test_nothing_is_a_thing_too() -> None:
    kept: Kept[object] = Kept(10)
    assert [kept.get("a", lambda: None), kept.get("a", object)] == [None, None]


def test_all_is_forgotten_when_it_is_too_much() -> None:
    kept: Kept[object] = Kept(2)
    first = kept.get("a", object)
    kept.get("b", object)
    kept.get("c", object)
    assert kept.get("a", object) is not first


@pytest.mark.parametrize("value", ["chữ", 3, None, date(2026, 1, 2), (1, ("a",)), Mark("done", "✓", "xong")])
def test_plain_values_are_steady(value: object) -> None:
    refuse_unsteady(value)


@pytest.mark.parametrize(
    "value",
    [
        mark_safe("<b>"),
        (mark_safe("<b>"),),
        Line(mark_safe("<b>")),
        [1],
        datetime(2026, 1, 1, tzinfo=UTC),
        Decimal("1.0"),
        Line,
    ],
    ids=["markup", "markup in a tuple", "markup in a line", "a list", "an instant", "a decimal", "a class"],
)
def test_what_looks_another_way_another_time_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        refuse_unsteady(value)
