"""The reminder run of a day: who has reached which rung of the ladder is written down, then everybody gets one mail.

Two halves, each safe to repeat, to run twice at once and to kill anywhere: the ledger (messages under unique keys), and
the digests (`qms.notifications.digest`). What an earlier run left undone, for whatever reason, the next one does.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qms.deadlines import WorkingCalendar
from qms.notifications.actions import Telling, fresh_only, notify
from qms.notifications.digest import Outcome, has_unsettled, send_digests, would_send
from qms.notifications.models import Category, ReminderRun, ReminderSettings
from qms.organisation.calendar import calendar_of
from qms.organisation.models import Agency
from qms.text import weekday_date

from .audience import Recipients
from .ladder import Audience, Ladder, Rung
from .links import answer_path
from .models import Duty
from .urging import enrol

BATCH = 500
ASKED, FOLLOWED = "duty", "duty-followed"
"""What a reminder asks of its reader: an answer, or only to know."""
_ASKED_AUDIENCES = frozenset({Audience.DOER, Audience.HEAD})
_LONGEST_WAIT = timedelta(hours=2)
_WHY = {
    Audience.DOER: "Báo anh/chị vì là người thực hiện.",
    Audience.HEAD: "Báo anh/chị vì phụ trách đơn vị.",
    Audience.SECRETARY: "Báo anh/chị vì theo dõi việc của cơ quan.",
    Audience.LEADERSHIP: "Báo anh/chị vì đã báo các cấp dưới mà chưa xong.",
}


def run(day: date, *, at: datetime, dry_run: bool = False, agencies: Iterable[Agency] | None = None) -> Outcome:
    """Remind every agency (or those given) for which `day` is a working day. With `dry_run` count, write nothing.

    `at` is the time the messages bear. In a dry run `sent` is what would be sent and `failed` is 0.
    """
    total = Outcome()
    for agency in Agency.objects.order_by("pk") if agencies is None else agencies:
        total.add(run_agency(agency, day, at=at, dry_run=dry_run))
    return total


def run_agency(agency: Agency, day: date, *, at: datetime, dry_run: bool = False) -> Outcome:
    """The same for one agency; nothing on its days off."""
    round_ = Round(agency, day)
    if not round_.is_working:
        return Outcome()
    return _rehearse(round_) if dry_run else _carry_out(round_, at)


def settings_of(agency: Agency) -> ReminderSettings:
    """How that agency reminds, or the default way (unsaved)."""
    return ReminderSettings.objects.filter(agency=agency).first() or ReminderSettings(agency=agency)


def is_due(agency: Agency, *, now: datetime) -> bool:
    """Whether today's run should start: the agency's hour has come, and none was completed yet.

    After a completed run the mails that failed are tried again, waiting longer each time (up to two hours). A run
    that is alive elsewhere is left alone; one that was cut off is not waited for longer than its lease.
    """
    local = timezone.localtime(now)
    if local.hour < settings_of(agency).hour or not calendar_of(agency).is_working(local.date()):
        return False
    runs = list(ReminderRun.objects.filter(agency=agency, day=local.date()).order_by("-pk"))
    lease = timedelta(seconds=settings.REMINDER_LEASE)
    if any(run.ended_at is None and run.seen_at > now - lease for run in runs):
        return False
    ended = [run for run in runs if run.ended_at]
    if not ended:
        return True
    refused = sum(1 for run in ended[1:] if run.failed)  # a run that only found mails in other hands waits no longer
    wait = min(timedelta(seconds=settings.REMINDER_INTERVAL) * 2 ** min(refused, 8), _LONGEST_WAIT)
    return now >= ended[0].ended_at + wait and has_unsettled(agency)


@dataclass
class Round:
    """One agency on one day: its calendar, ladder and people, read once, and what they make of a duty."""

    agency: Agency
    day: date

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return calendar_of(self.agency)

    @cached_property
    def ladder(self) -> Ladder:
        used = settings_of(self.agency)
        return Ladder(tuple(used.before), used.head_after, used.secretary_after, used.leadership_after)

    @cached_property
    def recipients(self) -> Recipients:
        return Recipients(self.agency, self.day)

    @property
    def is_working(self) -> bool:
        return self.calendar.is_working(self.day)

    def owed(self) -> QuerySet[Duty]:
        """The duties that may have reached a rung: owed, and due before the first reminder's horizon."""
        horizon = self.calendar.add_working_days(self.day, self.ladder.earliest + 1)
        owed = Duty.objects.owed().filter(agency=self.agency, due_on__lte=horizon).select_related("unit").order_by("pk")
        return owed.only(
            "title", "period", "context", "due_on", "state", "person", "agency", "unit__name", "unit__agency"
        )

    def batches(self) -> Iterator[list[Duty]]:
        """The same, streamed: never more than `BATCH` in memory."""
        rows = self.owed().iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            yield batch

    def rungs(self, due_on: date) -> list[Rung]:
        """What has been reached for a due day; the same for all its duties, so worked out once."""
        if due_on not in self._rungs:
            self._rungs[due_on] = self.ladder.reached(due_on, self.day, self.calendar.add_working_days)
        return self._rungs[due_on]

    @cached_property
    def _rungs(self) -> dict[date, list[Rung]]:
        return {}

    def tellings(self, duties: Iterable[Duty]) -> Iterator[Telling]:
        """What people should have been told by now; a person in several audiences hears the highest rung only."""
        for duty in duties:
            told = {
                user_id: rung for rung in self.rungs(duty.due_on) for user_id in self.recipients.of(rung.audience, duty)
            }
            yield from (self._telling(duty, rung, user_id) for user_id, rung in told.items())

    def _telling(self, duty: Duty, rung: Rung, user_id: int) -> Telling:
        return Telling(
            user_id=user_id,
            agency_id=self.agency.pk,
            category=Category.REMINDER,
            key=f"duty:{duty.pk}:{duty.due_on}:{rung.audience}:{rung.name}:{user_id}",
            title=" · ".join(part for part in (duty.title, duty.period) if part),
            body=" ".join((_when(duty.due_on, self.day), f"{duty.unit.name}. {duty.context}.", _WHY[rung.audience])),
            url=reverse("duties:detail", args=[duty.pk]),
            about=ASKED if rung.audience in _ASKED_AUDIENCES else FOLLOWED,
            about_id=duty.pk,
            due_on=duty.due_on,
        )

    def exhausted(self, duties: Iterable[Duty]) -> list[Duty]:
        """Those for which the ladder has ended: the leadership has been told."""
        return [duty for duty in duties if any(r.audience == Audience.LEADERSHIP for r in self.rungs(duty.due_on))]


def _when(due_on: date, day: date) -> str:
    days = (due_on - day).days
    if days == 0:
        return "Hạn hôm nay."
    left = f"trễ {-days} ngày" if days < 0 else f"còn {days} ngày"
    return f"Hạn {weekday_date(due_on)}, {left}."


def _rehearse(round_: Round) -> Outcome:
    fresh: dict[int, set[str]] = {}
    considered = 0
    for batch in round_.batches():
        considered += len(batch)
        for telling in fresh_only(round_.tellings(batch)):
            fresh.setdefault(telling.user_id, set()).add(telling.category)
    outcome = would_send(round_.agency, round_.day, fresh)
    outcome.considered = considered
    return outcome


def _carry_out(round_: Round, at: datetime) -> Outcome:
    now = timezone.now()
    record = ReminderRun.objects.create(agency=round_.agency, day=round_.day, started_at=now, seen_at=now)
    for batch in round_.batches():
        notify(round_.tellings(batch), at=at, run=record)
        enrol(round_.agency, round_.exhausted(batch), secretaries=round_.recipients.secretaries, at=at)
        record.considered += len(batch)
        record.seen_at = timezone.now()
        record.save(update_fields=["considered", "seen_at"])
    outcome = send_digests(round_.agency, round_.day, alive=lambda: _touch(record))
    outcome.considered = record.considered
    record.sent, record.skipped, record.failed = outcome.sent, outcome.skipped, outcome.failed
    record.errors, record.ended_at = outcome.errors, timezone.now()
    record.save()
    return outcome


def _touch(record: ReminderRun) -> None:
    record.seen_at = timezone.now()
    record.save(update_fields=["seen_at"])


def mail_link(duty_id: int, user_id: int) -> str:
    """The one-question link of a reminder in a mail, for whoever may answer."""
    return answer_path(duty_id=duty_id, user_id=user_id)


def still_owed(ids: Collection[int]) -> set[int]:
    """Which of these duties still need a reminder."""
    return set(Duty.objects.owed().filter(pk__in=ids).values_list("pk", flat=True))
