"""The register of context: issues, interested parties, risks and opportunities, their assessments and actions."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from objectives.models import Objective
from qms.deadlines import Timing, add_months, parse_timing
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.standards.models import Clause
from qms.text import fold

from .levels import (
    DEFAULT_ACT_FROM,
    DEFAULT_EFFECTS,
    DEFAULT_LEVELS,
    DEFAULT_LIKELIHOODS,
    Scale,
)

REVIEW_MONTHS = 12
"""Everything in the register is looked at again within this many months."""


def default_levels() -> list[list[int | str]]:
    """As JSON has them."""
    return [list(level) for level in DEFAULT_LEVELS]


def default_likelihoods() -> list[str]:
    """The words of 1 to 5."""
    return list(DEFAULT_LIKELIHOODS)


def default_effects() -> list[str]:
    """The words of 1 to 5."""
    return list(DEFAULT_EFFECTS)


class RiskScale(models.Model):
    """How an agency judges risks and opportunities. Past assessments keep the level they were given."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="risk_scale")
    size = models.PositiveSmallIntegerField("số mức", default=5)
    levels = models.JSONField("các mức", default=default_levels)
    act_from = models.PositiveSmallIntegerField("phải có biện pháp từ điểm", default=DEFAULT_ACT_FROM)
    likelihoods = models.JSONField("khả năng xảy ra", default=default_likelihoods)
    effects = models.JSONField("mức độ ảnh hưởng", default=default_effects)

    class Meta:
        verbose_name = "thang rủi ro, cơ hội"

    def __str__(self) -> str:
        return f"thang {self.size} mức của {self.agency}"

    @property
    def scale(self) -> Scale:
        """The same as plain data."""
        levels = tuple((int(score), str(name)) for score, name in self.levels)
        return Scale(self.size, levels, self.act_from, tuple(self.likelihoods), tuple(self.effects))


class RegisterQuerySet(models.QuerySet):
    """Rows of the register."""

    def visible_to(self, user: User | AnonymousUser) -> "RegisterQuerySet":
        """Those of the agencies this person may read."""
        return self.filter(agency__in=access_of(user).readable)

    def standing(self) -> "RegisterQuerySet":
        """Those that still hold."""
        return self.filter(retired_on__isnull=True)

    def overdue(self, on: date) -> "RegisterQuerySet":
        """Standing, and not looked at for longer than `REVIEW_MONTHS`."""
        return self.standing().filter(reviewed_on__lt=add_months(on, -REVIEW_MONTHS))


class RegisterRow(models.Model):
    """What every row has: the unit that keeps it, when it was looked at last, until when it held."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị theo dõi")
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="điều khoản"
    )
    climate = models.BooleanField("liên quan đến biến đổi khí hậu", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reviewed_on = models.DateField("rà soát gần nhất")
    retired_on = models.DateField("thôi theo dõi từ", null=True, blank=True)
    retired_reason = models.CharField("lý do thôi theo dõi", max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=700, editable=False, default="")

    objects = RegisterQuerySet.as_manager()
    TEXTS: tuple[str, ...] = ()
    """Fields that people write, in the order of the form; the first is what the row is called by."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, self.TEXTS[0]))

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(" ".join(str(getattr(self, name)) for name in self.TEXTS))[:700]
        super().save(*args, **kwargs)

    @property
    def review_by(self) -> date:
        """The last good day to look at it again."""
        return add_months(self.reviewed_on, REVIEW_MONTHS)


def _row_rules(name: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            name=f"{name}_retired_says_why",
            condition=Q(retired_on__isnull=True, retired_reason="")
            | (Q(retired_on__isnull=False) & ~Q(retired_reason="")),
        )
    ]


class Issue(RegisterRow):
    """Something inside or outside the department that bears on its results (ISO 9001 4.1)."""

    class Side(models.TextChoices):
        """Where it comes from."""

        INTERNAL = "internal", "bên trong"
        EXTERNAL = "external", "bên ngoài"

    side = models.CharField("loại", max_length=10, choices=Side)
    text = models.TextField("vấn đề")
    effect = models.TextField("tác động đến hệ thống")
    response = models.TextField("cách theo dõi, xử lý", blank=True)
    TEXTS = ("text", "effect", "response")

    class Meta:
        verbose_name = "vấn đề bên trong, bên ngoài"
        ordering = ["side", "pk"]
        indexes = [models.Index(fields=["agency", "side"])]
        constraints = _row_rules("issue")


class Party(RegisterRow):
    """Somebody whose needs bear on the department, and what they require (ISO 9001 4.2)."""

    name = models.CharField("bên quan tâm", max_length=300)
    needs = models.TextField("yêu cầu, mong đợi")
    follow_up = models.TextField("cách đáp ứng, theo dõi", blank=True)
    TEXTS = ("name", "needs", "follow_up")

    class Meta:
        verbose_name = "bên quan tâm"
        verbose_name_plural = "bên quan tâm"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["agency", "name"])]
        constraints = _row_rules("party")


class Risk(RegisterRow):
    """A risk or an opportunity of a process (ISO 9001 6.1). `score` and `level` are those of the last assessment."""

    class Kind(models.TextChoices):
        """Kept apart, as ISO 9001:2026 asks."""

        RISK = "risk", "rủi ro"
        OPPORTUNITY = "opportunity", "cơ hội"

    kind = models.CharField("loại", max_length=12, choices=Kind)
    process = models.CharField("quá trình, công việc", max_length=300)
    text = models.TextField("mô tả")
    cause = models.TextField("nguyên nhân", blank=True)
    consequence = models.TextField("hậu quả, lợi ích", blank=True)
    response = models.TextField("biện pháp đang có", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="người chịu trách nhiệm",
    )  # fmt: skip
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name="từ vấn đề"
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name="từ bên quan tâm"
    )
    objective = models.ForeignKey(
        Objective, models.SET_NULL, null=True, blank=True, related_name="risks", verbose_name="ảnh hưởng đến mục tiêu"
    )
    score = models.PositiveSmallIntegerField("điểm", null=True, editable=False)
    level = models.CharField("mức", max_length=50, editable=False, default="")
    TEXTS = ("text", "process", "cause", "consequence", "response")

    class Meta:
        verbose_name = "rủi ro, cơ hội"
        ordering = [F("score").desc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["agency", "kind", "-score"]), models.Index(fields=["unit", "kind"])]
        constraints = _row_rules("risk")


class Assessment(models.Model):
    """One judgement of a risk; never changed, a newer one follows it."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="assessments")
    day = models.DateField("ngày đánh giá")
    likelihood = models.PositiveSmallIntegerField("khả năng xảy ra")
    effect = models.PositiveSmallIntegerField("mức độ ảnh hưởng")
    level = models.CharField("mức", max_length=50)
    tone = models.CharField(max_length=10)
    note = models.TextField("nhận xét", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "đánh giá"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(name="assessment_counts", condition=Q(likelihood__gte=1, effect__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.effect} = {self.score}, {self.level}"

    @property
    def score(self) -> int:
        return self.likelihood * self.effect


class RiskAction(models.Model):
    """What is done about a risk or an opportunity, as a duty. `effective` is judged by another person."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="actions")
    text = models.TextField("biện pháp")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị thực hiện")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    timing_text = models.CharField("thời gian", max_length=300)
    year = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    effective = models.BooleanField("có hiệu lực", null=True, blank=True)
    verdict = models.TextField("đánh giá hiệu lực", blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "biện pháp xử lý rủi ro, cơ hội"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="risk_action_judged_has_stamp",
                condition=Q(effective__isnull=True, judged_by__isnull=True, judged_at__isnull=True)
                | Q(effective__isnull=False, judged_by__isnull=False, judged_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def timing(self) -> Timing:
        """What the words mean."""
        return parse_timing(self.timing_text, year=self.year)
