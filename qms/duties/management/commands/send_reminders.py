"""`manage.py send_reminders --on 2026-03-01 [--dry-run] --json`: what the beat job does, for one day.

Prints `{"considered","sent","skipped","failed"}`: duties looked at; people who got their mail, who were not to get one
(no address, not wanted), whom the mail server refused. A bad day: exit code 2 and one line on standard error.
"""

import json
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from qms.duties.reminders import run
from qms.text import one_line

REFUSED = 2
YEARS = range(2000, 2100)
_HOUR = time(7)


class Command(BaseCommand):
    help = "Gửi nhắc việc của một ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", default="", metavar="NGÀY", help="dạng 2026-03-01; mặc định: hôm nay")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không ghi, không gửi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        day = _day(options["on"]) if options["on"] else timezone.localdate(now)
        at = now if day == timezone.localdate(now) else timezone.make_aware(datetime.combine(day, _HOUR))
        outcome = run(day, at=at, dry_run=options["dry_run"])
        for error in outcome.errors:
            self.stderr.write(error)
        self.stdout.write(json.dumps(outcome.counts()) if options["json"] else _words(outcome.counts()))


def _day(text: str) -> date:
    """The day as YYYY-MM-DD, in the years that the calendar of days off reaches."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != 10 or day.year not in YEARS:
        raise CommandError(f"Ngày phải có dạng 2026-03-01, không phải {one_line(text)!r}.", returncode=REFUSED)
    return day


def _words(counts: dict[str, int]) -> str:
    return "Xét {considered} việc; gửi {sent} thư, không gửi {skipped}, gửi lỗi {failed}.".format(**counts)
