"""What is asked, the surveys of each period, their answers and comments, files read in, objectives fed from them."""

from fractions import Fraction

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from objectives.models import Objective
from objectives.periods import Period
from objectives.terms import PeriodKind
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.text import fold

from .scheme import DEFAULT_CRITERIA, DEFAULT_GOOD_FROM, DEFAULT_WORDS, Scheme, Share

WHOLE = "Toàn cơ quan"


def default_criteria() -> list[str]:
    """As JSON has them."""
    return list(DEFAULT_CRITERIA)


def default_words() -> list[str]:
    """As JSON has them."""
    return list(DEFAULT_WORDS)


class Channel(models.TextChoices):
    """How people were asked."""

    PAPER = "paper", "phiếu giấy tại Bộ phận Một cửa"
    KIOSK = "kiosk", "máy đánh giá tại Bộ phận Một cửa"
    ONLINE = "online", "trực tuyến"
    PHONE = "phone", "điện thoại"
    POST = "post", "bưu chính"
    OTHER = "other", "hình thức khác"


class SurveyScheme(models.Model):
    """What an agency asks and how it judges. Surveys keep the scale and the rule they were made under."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="survey_scheme")
    criteria = models.JSONField("tiêu chí", default=default_criteria)
    words = models.JSONField("các mức", default=default_words)
    good_from = models.PositiveSmallIntegerField("hài lòng từ mức", default=DEFAULT_GOOD_FROM)

    class Meta:
        verbose_name = "tiêu chí và thang khảo sát"

    def __str__(self) -> str:
        return f"tiêu chí khảo sát của {self.agency}"

    @property
    def scheme(self) -> Scheme:
        """The same as plain data."""
        return Scheme(tuple(self.criteria), tuple(self.words), self.good_from)


class PeriodFields(models.Model):
    """A period as columns."""

    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại kỳ", max_length=20, choices=PeriodKind.choices())
    index = models.PositiveSmallIntegerField("kỳ thứ")

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """The same as a value."""
        return Period(self.year, PeriodKind(self.kind), self.index)


def folded_survey(period: Period, owner: str, channel: str, note: str) -> str:
    """What the search reads of a survey."""
    when = period.inline.replace("/", " năm ")
    return fold(f"khảo sát hài lòng {when} {owner} {channel} {note}")[:700]


class SurveyQuerySet(models.QuerySet):
    """Surveys."""

    def visible_to(self, user: User | AnonymousUser) -> "SurveyQuerySet":
        """Those of the agencies this person may read."""
        return self.filter(agency__in=access_of(user).readable)

    def standing(self) -> "SurveyQuerySet":
        """Those that count."""
        return self.filter(withdrawn_on__isnull=True)

    def within(self, period: Period) -> "SurveyQuerySet":
        """Those that lie wholly in the period."""
        return self.filter(starts_on__gte=period.start, ends_on__lte=period.end)

    def beside(self, period: Period) -> "SurveyQuerySet":
        """Those that share a day with the period."""
        return self.filter(starts_on__lte=period.end, ends_on__gte=period.start)


class Survey(PeriodFields):
    """The answers of one period, unit and channel. Without a unit it speaks for the whole department.

    `sent` is empty where nobody counted what went out (a machine at the counter). `highest` and `good_from` are the
    scale and the rule of its day. What was wrong is withdrawn with a reason and stays to be read.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="surveys")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name="đơn vị")
    starts_on = models.DateField(editable=False)
    ends_on = models.DateField(editable=False)
    channel = models.CharField("hình thức", max_length=10, choices=Channel)
    sent = models.PositiveIntegerField("số phiếu phát ra", null=True, blank=True)
    received = models.PositiveIntegerField("số phiếu thu về")
    highest = models.PositiveSmallIntegerField()
    good_from = models.PositiveSmallIntegerField()
    note = models.TextField("ghi chú", blank=True)
    source = models.ForeignKey(
        "SurveyImport", models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name="tệp"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_on = models.DateField("bỏ ngày", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do bỏ", max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=700, editable=False, default="")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "khảo sát hài lòng"
        ordering = ["-ends_on", "unit__order", "pk"]
        indexes = [models.Index(fields=["agency", "-ends_on"]), models.Index(fields=["unit", "-ends_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "kind", "index", "channel"], condition=Q(withdrawn_on__isnull=True),
                name="survey_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "kind", "index", "channel"],
                condition=Q(withdrawn_on__isnull=True, unit__isnull=True), name="survey_of_all_once",
            ),
            models.CheckConstraint(
                name="survey_received_of_sent", condition=Q(sent__isnull=True) | Q(received__lte=F("sent"))
            ),
            models.CheckConstraint(
                name="survey_withdrawn_says_why",
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="survey_scale", condition=Q(good_from__gte=2, highest__gte=F("good_from"), highest__lte=10)
            ),
            models.CheckConstraint(name="survey_days", condition=Q(ends_on__gte=F("starts_on"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.owner_name}, {self.period.inline}, {self.get_channel_display()}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = folded_survey(self.period, self.owner_name, self.get_channel_display(), self.note)
        super().save(*args, **kwargs)

    @property
    def owner_name(self) -> str:
        """The unit, or the whole department."""
        return self.unit.name if self.unit else WHOLE

    @property
    def response_rate(self) -> Fraction | None:
        """Received over sent in percent, or None where nobody counted what was sent."""
        return Fraction(100 * self.received, self.sent) if self.sent else None


class Answers(models.Model):
    """The answers to one criterion of a survey. `counts`: of each mark from 1 on, empty where only sums are known."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField()
    criterion = models.CharField("tiêu chí", max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    counts = models.JSONField("số lượt từng mức", default=list)
    answered = models.PositiveIntegerField("số lượt chấm")
    satisfied = models.PositiveIntegerField("số lượt hài lòng")

    class Meta:
        verbose_name = "kết quả theo tiêu chí"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "folded"], name="answers_once"),
            models.CheckConstraint(name="answers_satisfied_of_answered", condition=Q(satisfied__lte=F("answered"))),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.share.words}"

    @property
    def share(self) -> Share:
        """As the rules take it."""
        return Share(self.satisfied, self.answered)


class CommentQuerySet(models.QuerySet):
    """Comments."""

    def visible_to(self, user: User | AnonymousUser) -> "CommentQuerySet":
        """Those of the agencies this person works in: whoever only oversees an agency reads its results."""
        inside = access_of(user).agencies_with("read_agency")
        return self.filter(survey__agency__in=inside, survey__withdrawn_on__isnull=True)


class Comment(models.Model):
    """What somebody wrote, and what was done about it. `line` is its place in the file it came from."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="comments")
    text = models.TextField("ý kiến")
    line = models.PositiveIntegerField(null=True, blank=True)
    handling = models.TextField("cách xử lý", blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    handled_name = models.CharField(max_length=100, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    search = models.CharField(max_length=700, editable=False, default="")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_handled_has_stamp",
                condition=Q(handling="", handled_by__isnull=True, handled_at__isnull=True)
                | (~Q(handling="") & Q(handled_by__isnull=False, handled_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = folded_comment(self.text, self.handling)
        super().save(*args, **kwargs)


def folded_comment(text: str, handling: str = "") -> str:
    """What a comment is found by."""
    return fold(f"{text} {handling}")[:700]


class ImportState(models.TextChoices):
    """From the file that was sent to the surveys that were saved."""

    DRAFT = "draft", "chờ xem lại"
    QUEUED = "queued", "chờ lưu"
    RUNNING = "running", "đang lưu"
    DONE = "done", "đã lưu"
    FAILED = "failed", "chưa lưu được"


class SurveyImportQuerySet(models.QuerySet):
    """Files that were sent."""

    def visible_to(self, user: User | AnonymousUser) -> "SurveyImportQuerySet":
        """One's own, in the agencies one works in."""
        return self.filter(user=user.pk, agency__in=access_of(user).agencies_with("read_agency"))


class SurveyImport(PeriodFields):
    """An export of the one-stop system: its cells until it is saved, what each column means, how far saving got.

    `rows` are [line, [cell, …]]; they are dropped once saved, name and sha256 stay. `moved_at` is the last sign of
    life of whoever saves it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField("hình thức", max_length=10, choices=Channel)
    replaces = models.BooleanField("thay khảo sát đã có", default=False)
    headings = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    state = models.CharField("trạng thái", max_length=10, choices=ImportState, default=ImportState.DRAFT)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    at = models.DateTimeField()
    moved_at = models.DateTimeField()

    objects = SurveyImportQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp khảo sát"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["agency", "sha256"])]

    def __str__(self) -> str:
        return self.file_name


class FigureSource(models.Model):
    """An objective whose figures may be taken from surveys: of one unit or of all, by one criterion or by all."""

    objective = models.OneToOneField(Objective, models.CASCADE, related_name="survey_source")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="khảo sát của đơn vị"
    )
    criterion = models.CharField("tiêu chí", max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "mục tiêu lấy số liệu từ khảo sát"

    def __str__(self) -> str:
        return f"{self.unit.name if self.unit else WHOLE}, {self.criterion or 'mọi tiêu chí'}"
