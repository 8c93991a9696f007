"""Every row of the real inputs gives the stated meaning."""

import csv
from datetime import date
from pathlib import Path

import pytest

from qms.deadlines import Timing, WorkingCalendar, explain, parse_timing

pytestmark = pytest.mark.corpus


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _as_row(timing: Timing) -> dict[str, str]:
    offset = timing.offset
    return {
        "kind": timing.kind.value,
        "occurrences": ";".join(f"{w.start or ''}..{w.due}" for w in timing.occurrences),
        "offset": f"{offset.amount} {offset.unit}" if offset else "",
        "confirm": "yes" if timing.needs_confirmation else "no",
    }


def test_every_phrase_has_the_stated_meaning(corpus: Path) -> None:
    rows = _rows(corpus / "timing.tsv")
    wanted = {row["phrase"]: {key: row[key] for key in ("kind", "occurrences", "offset", "confirm")} for row in rows}
    read = {row["phrase"]: _as_row(parse_timing(row["phrase"], year=int(row["year"]))) for row in rows}
    assert read == wanted
    assert len(rows) >= 40


def test_every_phrase_explains_each_of_its_due_days(corpus: Path) -> None:
    for row in _rows(corpus / "timing.tsv"):
        timing = parse_timing(row["phrase"], year=int(row["year"]))
        said = explain(timing)
        assert [w.due for w in timing.occurrences if f"{w.due:%d/%m}" not in said] == [], row["phrase"]


def test_every_decreed_day_of_the_calendar_is_off_or_worked_as_stated(corpus: Path) -> None:
    rows = [row for row in _rows(corpus / "calendar_2024_2027.tsv") if "ESTIMATE" not in row["kind"]]
    calendar = WorkingCalendar()
    worked = {row["date"] for row in rows if calendar.is_working(date.fromisoformat(row["date"]))}
    assert worked == {row["date"] for row in rows if row["kind"].startswith("WORK")}


def test_no_weekday_is_off_beyond_the_rows_of_the_calendar(corpus: Path) -> None:
    stated = {date.fromisoformat(row["date"]) for row in _rows(corpus / "calendar_2024_2027.tsv")}
    off = WorkingCalendar().days_off_between(date(2024, 1, 1), date(2027, 12, 31))
    assert [day.day for day in off if day.day.weekday() < 5 and day.day not in stated] == []
