"""One objective, and the steps by which it is reached."""

from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from objectives.enums import Level
from objectives.goals import Goal
from objectives.terms import Direction, Formula, Gathering, Measure, PeriodKind
from qms.deadlines import Timing
from qms.organisation.models import Unit, User
from qms.standards.models import Clause
from qms.text import fold

from .sets import ObjectiveSet


def figure_field(label: str = "", **options) -> models.DecimalField:
    """A figure: up to 12 digits before and 6 after the comma."""
    return models.DecimalField(label, max_digits=18, decimal_places=6, null=True, blank=True, **options)


class ObjectiveQuerySet(models.QuerySet):
    """Objectives."""

    def visible_to(self, user: User | AnonymousUser) -> "ObjectiveQuerySet":
        """Those of the sets that this person may see."""
        return self.filter(objective_set__in=ObjectiveSet.objects.visible_to(user))


class Objective(models.Model):
    """One quality objective: what, how measured, which target, by whom, until when (ISO 9001 6.2; DOMAIN 3.1).

    `serves` is the objective one level above. With a `formula` the figures come from the objectives that serve this
    one, `weight` counts there. `upper` is the upper bound of "within". `clause` is one of the edition of its set.
    `revision` counts the edits of a draft.
    """

    objective_set = models.ForeignKey(ObjectiveSet, models.CASCADE, related_name="objectives")
    order = models.PositiveSmallIntegerField(default=0)
    level = models.CharField("cấp", max_length=20, choices=Level)
    serves = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="served_by", verbose_name="phục vụ mục tiêu"
    )
    statement = models.TextField("mục tiêu")
    indicator = models.TextField("chỉ số đo", blank=True)
    method = models.TextField("cách tính", blank=True)
    measure = models.CharField("số liệu nhập", max_length=20, choices=Measure.choices(), default=Measure.NUMBER.value)
    unit_of_measure = models.CharField("đơn vị tính", max_length=50, blank=True)
    numerator_label = models.CharField("tử số là", max_length=200, blank=True)
    denominator_label = models.CharField("mẫu số là", max_length=200, blank=True)
    baseline = figure_field("mức hiện nay")
    direction = models.CharField(
        "chiều", max_length=20, choices=Direction.choices(), default=Direction.AT_LEAST.value
    )  # fmt: skip
    target = figure_field("chỉ tiêu")
    upper = figure_field("cận trên")
    period = models.CharField("kỳ đo", max_length=20, choices=PeriodKind.choices(), default=PeriodKind.QUARTER.value)
    gathering = models.CharField(
        "tính cả năm", max_length=20, choices=Gathering.choices(), default=Gathering.LATEST.value
    )
    formula = models.CharField(
        "số liệu từ đâu", max_length=20, choices=Formula.choices(), default=Formula.OWN.value
    )  # fmt: skip
    weight = models.DecimalField(
        "trọng số", max_digits=7, decimal_places=2, default=1, validators=[MinValueValidator(Decimal("0.01"))]
    )
    due_on = models.DateField("thời hạn")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị chịu trách nhiệm")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="người chịu trách nhiệm",
    )  # fmt: skip
    place = models.CharField("nơi thực hiện", max_length=300, blank=True)
    basis = models.TextField("căn cứ (nhiệm vụ năm)", blank=True)
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="điều khoản"
    )
    resources = models.TextField("nguồn lực", blank=True)
    monitoring = models.TextField("phương pháp theo dõi", blank=True)
    evidence_required = models.BooleanField("số liệu phải có minh chứng", default=False)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to", verbose_name="tiếp nối mục tiêu"
    )
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    search = models.CharField(max_length=700, editable=False, default="")

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "mục tiêu"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["objective_set", "order"]), models.Index(fields=["serves"])]
        constraints = [
            models.CheckConstraint(
                name="objective_milestone_is_a_milestone",
                condition=Q(direction="milestone", measure="milestone", target__isnull=True, upper__isnull=True)
                | (~Q(direction="milestone") & ~Q(measure="milestone") & Q(target__isnull=False)),
                violation_error_message="Ghi chỉ tiêu; mục tiêu đạt mốc thì không có chỉ tiêu bằng số.",
            ),
            models.CheckConstraint(
                name="objective_within_has_two_bounds",
                condition=Q(direction="within", upper__isnull=False, upper__gte=F("target"))
                | (~Q(direction="within") & Q(upper__isnull=True)),
                violation_error_message="Khoảng chỉ tiêu cần cận dưới và cận trên, cận trên không nhỏ hơn.",
            ),
            models.CheckConstraint(
                name="objective_department_serves_none", condition=~Q(level="department") | Q(serves__isnull=True)
            ),
            models.CheckConstraint(
                name="objective_of_a_person_names_the_person",
                condition=~Q(level="person") | Q(person__isnull=False),
                violation_error_message="Mục tiêu cá nhân phải ghi người chịu trách nhiệm.",
            ),
            models.CheckConstraint(
                name="objective_not_serving_itself", condition=Q(serves__isnull=True) | ~Q(serves=F("pk"))
            ),
            models.CheckConstraint(name="objective_weight_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="objective_ratio_over_ratios",
                condition=~Q(gathering="ratio_of_sums") | Q(measure="ratio") | ~Q(formula="own"),
                violation_error_message="Cộng tử số, mẫu số chỉ dùng khi nhập tử số và mẫu số.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.statement

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.statement} {self.indicator} {self.basis}")[:700]
        super().save(*args, **kwargs)

    @property
    def goal(self) -> Goal:
        """The target as the rules take it."""
        return Goal(
            Direction(self.direction), self.due_on, self.target, self.upper, self.unit_of_measure,
            Gathering(self.gathering),
        )  # fmt: skip

    @property
    def is_computed(self) -> bool:
        """Whether its figures come from the objectives that serve it."""
        return self.formula != Formula.OWN


class StepQuerySet(models.QuerySet):
    """Steps."""

    def visible_to(self, user: User | AnonymousUser) -> "StepQuerySet":
        """Those of the objectives that this person may see."""
        return self.filter(objective__in=Objective.objects.visible_to(user))


class ObjectiveStep(models.Model):
    """What is done to reach an objective, by whom, when (ISO 9001 6.2.2; DOMAIN 3.2). Timing stands as written."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField("biện pháp")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị thực hiện")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người làm"
    )
    support_text = models.CharField("phối hợp", max_length=500, blank=True)
    timing_text = models.CharField("thời gian", max_length=500, blank=True)
    timing_data = models.JSONField(default=dict, editable=False)
    result = models.CharField("kết quả cần có", max_length=500, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "biện pháp"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def timing(self) -> Timing:
        """The meaning of the timing phrase."""
        return Timing.from_storage(self.timing_data)
