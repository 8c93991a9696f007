"""What was measured: the figure of each period, every version of it, and the cause of a miss."""

from datetime import date
from fractions import Fraction

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from objectives.figures import figure_text, ratio
from objectives.periods import Period
from objectives.status import Entry, Slot
from objectives.terms import PeriodKind
from qms.organisation.models import User

from .objectives import Objective, figure_field


class FigureValues(models.Model):
    """A figure as it was entered: one number, a numerator over a denominator, the day of a milestone, or that nothing

    arose. Exactly one of them, or none before it is entered.
    """

    value = figure_field("số liệu")
    numerator = figure_field("tử số")
    denominator = figure_field("mẫu số")
    nothing_arose = models.BooleanField("không phát sinh trong kỳ", default=False)
    reached_on = models.DateField("ngày đạt mốc", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)

    VALUES = ("value", "numerator", "denominator", "nothing_arose", "reached_on", "note")

    class Meta:
        abstract = True

    def values(self) -> dict[str, object]:
        """The entered fields by name."""
        return {name: getattr(self, name) for name in self.VALUES}

    @property
    def is_entered(self) -> bool:
        """Whether there is anything."""
        return self.nothing_arose or any(v is not None for v in (self.value, self.numerator, self.reached_on))

    def exact(self, unit: str) -> Fraction | None:
        """The figure in its unit, or None where there is none or nothing arose."""
        if self.numerator is not None and self.denominator is not None:
            return ratio(self.numerator, self.denominator, unit)
        return None if self.value is None else Fraction(self.value)

    def words(self, unit: str) -> str:
        """ "96,15 % (25/26)", "không phát sinh", "đạt mốc ngày 05/11/2026"; empty before it is entered."""
        if self.nothing_arose:
            return "không phát sinh"
        if self.reached_on:
            return f"đạt mốc ngày {self.reached_on:%d/%m/%Y}"
        exact = self.exact(unit)
        if exact is None:
            return ""
        if self.numerator is None or self.denominator is None:
            return figure_text(exact, unit, 6)
        return f"{figure_text(exact, unit)} ({figure_text(self.numerator)}/{figure_text(self.denominator)})"


def _one_shape(*, may_be_empty: bool) -> Q:
    none = Q(value__isnull=True, numerator__isnull=True, denominator__isnull=True, reached_on__isnull=True)
    number = Q(
        value__isnull=False, numerator__isnull=True, denominator__isnull=True, reached_on__isnull=True,
        nothing_arose=False,
    )  # fmt: skip
    share = Q(
        value__isnull=True, numerator__isnull=False, denominator__isnull=False, numerator__gte=0, denominator__gt=0,
        reached_on__isnull=True, nothing_arose=False,
    )  # fmt: skip
    milestone = Q(
        value__isnull=True, numerator__isnull=True, denominator__isnull=True, reached_on__isnull=False,
        nothing_arose=False,
    )  # fmt: skip
    shapes = number | share | milestone | (none & Q(nothing_arose=True))
    return shapes | (none & Q(nothing_arose=False)) if may_be_empty else shapes


class FigureQuerySet(models.QuerySet):
    """Figures."""

    def visible_to(self, user: User | AnonymousUser) -> "FigureQuerySet":
        """Those of the objectives that this person may see."""
        return self.filter(objective__in=Objective.objects.visible_to(user))


class Figure(FigureValues):
    """One period of an objective: its days, when its figure is due, and the figure that stands.

    `reopened` lifts the lock of a closed period until the next entry: the answer was given back.
    """

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="figures")
    index = models.PositiveSmallIntegerField("kỳ thứ")
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField("hạn nhập")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    reopened = models.BooleanField(default=False)
    amended = models.BooleanField("đã đính chính", default=False)
    revision = models.PositiveIntegerField(default=1)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu của kỳ"
        ordering = ["objective", "index"]
        indexes = [models.Index(fields=["due_on"], name="figure_owed", condition=Q(at__isnull=True))]
        constraints = [
            models.UniqueConstraint(fields=["objective", "index"], name="figure_once"),
            models.CheckConstraint(name="figure_days", condition=Q(ends_on__gte=models.F("starts_on"))),
            models.CheckConstraint(name="figure_one_shape", condition=_one_shape(may_be_empty=True)),
            models.CheckConstraint(
                name="figure_entered_has_author",
                condition=(
                    Q(at__isnull=True, author__isnull=True, value__isnull=True, numerator__isnull=True)
                    & Q(reached_on__isnull=True, nothing_arose=False)
                )
                | (
                    Q(at__isnull=False, author__isnull=False)
                    & (
                        Q(value__isnull=False)
                        | Q(numerator__isnull=False)
                        | Q(reached_on__isnull=False)
                        | Q(nothing_arose=True)
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.label}: {self.words(self.objective.unit_of_measure) or 'chưa có'}"

    @property
    def period(self) -> Period:
        """The period it is for."""
        return Period(self.ends_on.year, PeriodKind(self.objective.period), self.index)

    @property
    def slot(self) -> Slot:
        """As the rules take it."""
        return Slot(self.period, self.due_on, self.entry)

    @property
    def entry(self) -> Entry | None:
        """What was entered, or None."""
        if not self.is_entered:
            return None
        shares = (None if side is None else Fraction(side) for side in (self.numerator, self.denominator))
        return Entry(self.exact(self.objective.unit_of_measure), *shares, reached_on=self.reached_on)

    def told_versions(self) -> list["FigureVersion"]:
        """Every entry, oldest first, each with its words (`told`)."""
        versions = list(self.versions.all())
        for version in versions:
            version.told = version.words(self.objective.unit_of_measure)
        return versions

    def is_locked(self, today: date) -> bool:
        """Whether the period is closed: entered, the due day over, and the day of the entry too."""
        if self.at is None or self.reopened:
            return False
        return today > max(self.due_on, timezone.localdate(self.at))


class FigureVersion(FigureValues):
    """One entry of a figure, kept for ever. An amendment of a closed period says why."""

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="versions")
    is_amendment = models.BooleanField("đính chính", default=False)
    reason = models.TextField("lý do", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lần nhập số liệu"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="figure_version_one_shape", condition=_one_shape(may_be_empty=False)),
            models.CheckConstraint(
                name="figure_amendment_has_reason", condition=Q(is_amendment=False) | ~Q(reason=""),
                violation_error_message="Ghi lý do đính chính.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.author_name}, {self.at:%d/%m/%Y}"


class MissCauseQuerySet(models.QuerySet):
    """Causes."""

    def visible_to(self, user: User | AnonymousUser) -> "MissCauseQuerySet":
        """Those of the objectives that this person may see."""
        return self.filter(objective__in=Objective.objects.visible_to(user))


class MissCause(models.Model):
    """Why an objective was missed and what is done about it (ISO 9001 9.1.3, 10.2.1).

    Holds what a nonconformity needs to take it over: what was found (`finding`, the rule's own sentence on that day),
    the cause, what was done at once, what is done against a repetition, whose it is and when it was found.
    """

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="misses")
    figure = models.OneToOneField(Figure, models.PROTECT, null=True, blank=True, related_name="miss")
    finding = models.TextField("không đạt ở đâu")
    cause = models.TextField("nguyên nhân")
    correction = models.TextField("đã xử lý ngay", blank=True)
    action = models.TextField("biện pháp khắc phục", blank=True)
    found_on = models.DateField("ngày phát hiện")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    objects = MissCauseQuerySet.as_manager()

    class Meta:
        verbose_name = "nguyên nhân không đạt"
        ordering = ["found_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="miss_has_cause", condition=~Q(cause="") & ~Q(finding=""),
                violation_error_message="Ghi nguyên nhân không đạt.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.finding
