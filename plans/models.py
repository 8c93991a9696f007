"""The annual plan and its parts. Fields and constraints only: rules, steps and writes live beside this file."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from qms.deadlines import Timing
from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.text import fold

from .content import Column, SectionKind, TaskStyle
from .enums import IN_FORCE_OR_PAST, PlanState, RowKind, UnitPart
from .marks import state_mark


class PlanSettings(models.Model):
    """Which steps of approval an agency uses; draft, approve, issue is the least."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="plan_settings")
    consultation = models.BooleanField("lấy ý kiến các đơn vị", default=True)
    content_check = models.BooleanField("Chánh Văn phòng kiểm tra nội dung", default=True)
    layout_check = models.BooleanField("văn thư kiểm tra thể thức", default=True)

    class Meta:
        verbose_name = "các bước của kế hoạch"

    def __str__(self) -> str:
        return f"các bước của kế hoạch, {self.agency}"


class PlanLayout(models.Model):
    """How a department prints its tasks (`content.LayoutContent`); a column is {key, heading, width, group}."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="plan_layouts")
    name = models.CharField("tên mẫu", max_length=100)
    style = models.CharField("cách trình bày", max_length=20, choices=[(s.value, s.value) for s in TaskStyle])
    columns = models.JSONField("các cột", default=list)
    annex_title = models.CharField("tên phụ lục", max_length=300, blank=True)
    landscape = models.BooleanField("phụ lục khổ ngang", default=False)

    class Meta:
        verbose_name = "mẫu trình bày"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], name="plan_layout_name_once",
                violation_error_message="Đã có mẫu mang tên này.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def keys(self) -> list[Column]:
        return [Column(column["key"]) for column in self.columns]


class PlanQuerySet(models.QuerySet):
    """Plans."""

    def visible_to(self, user: User | AnonymousUser) -> "PlanQuerySet":
        """Plans of the agencies this person may read; of overseen agencies only what is issued."""
        access = access_of(user)
        own = Q(agency__in=access.agencies_with("read_agency"))
        overseen = Q(agency__in=access.overseen, state__in=IN_FORCE_OR_PAST)
        return self.filter(own | overseen)


class Plan(models.Model):
    """A department's plan for one year (QĐ 19/2014 Điều 4; ISO 9001 6.2.2, 8.1).

    The header texts (`issuer`, `superior`, `place`) are kept with the plan, so that it prints the names of its day.
    `changed_at` moves with every change of the plan or a part of it; `head_changed_by` and `head_changed_at` only with
    the plan's own fields. `looks` are things to look at since the draft was begun, `seen_looks` the keys of others that
    a person has ticked off (`plans.looks`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans", verbose_name="cơ quan")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=20, choices=PlanState, default=PlanState.DRAFT)
    title = models.CharField("tên loại", max_length=200, default="KẾ HOẠCH")
    subject = models.TextField("trích yếu", blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=300)
    superior = models.CharField("cơ quan chủ quản", max_length=300, blank=True)
    place = models.CharField("địa danh", max_length=200, blank=True)
    number = models.CharField("số", max_length=30, blank=True)
    symbol = models.CharField("ký hiệu", max_length=100, blank=True)
    date = models.DateField("ngày ban hành", null=True, blank=True)
    bases = models.JSONField("căn cứ", default=list, blank=True)
    intro = models.TextField("câu dẫn", blank=True)
    closing = models.TextField("câu kết", blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    sign_on_behalf = models.CharField("ký thay", max_length=300, blank=True)
    sign_position = models.CharField("chức vụ người ký", max_length=300, blank=True)
    sign_name = models.CharField("người ký", max_length=200, blank=True)
    standard = models.CharField("tiêu chuẩn", max_length=50, default="TCVN ISO 9001:2015")
    layout = models.ForeignKey(PlanLayout, models.PROTECT, related_name="plans", verbose_name="mẫu trình bày")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay thế kế hoạch"
    )
    amendment_reason = models.TextField("lý do điều chỉnh", blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    from_paper = models.BooleanField("đã ban hành trên giấy", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người soạn")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="những người đã sửa"
    )
    head_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    head_changed_at = models.DateTimeField(null=True, blank=True)
    looks = models.JSONField(default=list, blank=True)
    seen_looks = models.JSONField(default=list, blank=True)
    search = models.CharField(max_length=700, editable=False, default="")

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["agency", "-year", "state"]), models.Index(fields=["search"])]
        constraints = [
            models.CheckConstraint(name="plan_year_sensible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="plan_approved_has_stamp",
                condition=~Q(state__in=["numbering", "issued", "replaced", "closed"])
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                | Q(from_paper=True),
            ),
            models.CheckConstraint(
                name="plan_unapproved_has_no_stamp",
                condition=~Q(state__in=["draft", "consultation", "content_check", "layout_check", "approval"])
                | Q(approved_by__isnull=True, approved_at__isnull=True, issued_at__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_issued_has_number_and_date",
                condition=~Q(state__in=["issued", "replaced", "closed"])
                | (~Q(number="") & ~Q(symbol="") & Q(date__isnull=False, issued_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_closed_has_stamp", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.capitalize()} năm {self.year}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.reference} {self} {self.subject} {self.issuer}")[:700]
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """ "05/KH-SKHCN", or nothing before the number is given."""
        return f"{self.number}/{self.symbol}" if self.number else ""

    @property
    def is_editable(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def mark(self) -> Mark:
        """The state as a pill. Where `last_step` is annotated, a draft that was given back says so."""
        last = getattr(self, "last_step", None) or {}
        return state_mark(self.state, returned=last.get("name") == "return", on_paper=self.from_paper)

    known_tasks: "list[Task] | None" = None
    """The tasks as `checklist.tasks_with_lead` reads them, where a page has read them already."""

    @cached_property
    def known_drafters(self) -> dict[int, bool]:
        """By user, whether that person wrote on it, as far as it was asked."""
        return {self.author_id: True}

    def is_drafted_by(self, user: User) -> bool:
        """Whether this person wrote on it, for the separation of duties. At most one query for each person."""
        if user.pk not in self.known_drafters:
            self.known_drafters[user.pk] = self.editors.filter(pk=user.pk).exists()
        return self.known_drafters[user.pk]


class PlanPart(models.Model):
    """A row of a draft that is edited by itself, and who changed it last."""

    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class PlanSection(PlanPart):
    """A section under a Roman numeral: see `content.SectionContent`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in SectionKind], default=SectionKind.TEXT)
    number = models.CharField("số mục", max_length=50, blank=True)
    heading = models.TextField("tên mục", blank=True)
    text = models.TextField("nội dung", blank=True)
    text_after = models.TextField("nội dung sau bảng", blank=True)

    class Meta:
        verbose_name = "mục của kế hoạch"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}" if self.number else self.heading


class Phase(PlanPart):
    """A table of tasks; a plan without phases has one without a heading."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField(default=0)
    number = models.CharField("số", max_length=50, blank=True)
    title = models.TextField("tên giai đoạn", blank=True)
    in_table = models.BooleanField("tên giai đoạn là một dòng của bảng", default=False)

    class Meta:
        verbose_name = "giai đoạn"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class Task(PlanPart):
    """One task. Lead, support, approver and timing stand as written; `units` and `timing` hold their meaning."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="tasks")
    order = models.PositiveSmallIntegerField(default=0)
    ordinal = models.CharField("TT", max_length=50, blank=True)
    title = models.TextField("nhiệm vụ", blank=True)
    description = models.TextField("diễn giải", blank=True)
    outputs = models.JSONField("sản phẩm", default=list, blank=True)
    lead_text = models.TextField("chủ trì", blank=True)
    support_text = models.TextField("phối hợp", blank=True)
    approver_text = models.TextField("người duyệt", blank=True)
    timing_text = models.TextField("thời gian", blank=True)
    timing_data = models.JSONField(default=dict, editable=False)
    timing_confirmed = models.BooleanField("đã xác nhận thời gian", default=False)
    note = models.TextField("ghi chú", blank=True)
    search = models.CharField(max_length=1000, editable=False, blank=True, default="")

    class Meta:
        verbose_name = "nhiệm vụ"
        ordering = ["phase__order", "order", "pk"]
        indexes = [models.Index(fields=["plan", "phase", "order"])]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs):
        """Keep the folded search column in step."""
        self.search = self.folded()
        fields = {*update_fields, "search"} if update_fields is not None else None
        super().save(*args, update_fields=fields, **kwargs)

    def folded(self) -> str:
        """What `search` holds: its words, what comes out of it and who leads."""
        return fold(f"{self.title} {self.description} {' '.join(self.outputs)} {self.lead_text}")[:1000]

    @property
    def timing(self) -> Timing:
        """The meaning of the timing phrase."""
        return Timing.from_storage(self.timing_data)


class TaskUnit(models.Model):
    """A unit that a task names, with its part in it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=UnitPart)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "đơn vị của nhiệm vụ"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "unit", "part"], name="task_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_part_display()}"


class Responsibility(PlanPart):
    """What one unit has to do under "Tổ chức thực hiện": see `content.ResponsibilityContent`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="responsibilities")
    order = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField("số", max_length=50, blank=True)
    unit_text = models.TextField("đơn vị", blank=True)
    text = models.TextField("trách nhiệm", blank=True)

    class Meta:
        verbose_name = "trách nhiệm"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.unit_text


class PlanComment(models.Model):
    """What a unit says when the draft is sent round."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="comments")
    agrees = models.BooleanField("thống nhất với dự thảo", default=False)
    text = models.TextField("ý kiến", blank=True)
    reply = models.TextField("tiếp thu, giải trình", blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ý kiến góp ý"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_comment_says_something", condition=Q(agrees=True) | ~Q(text=""),
                violation_error_message="Ghi ý kiến hoặc chọn thống nhất.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text or 'thống nhất'}"


class RemovedRow(models.Model):
    """A row taken out of a draft, kept so that it can be put back. `data` holds its fields, `order` its old place."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="removed")
    kind = models.CharField(max_length=20, choices=RowKind)
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200)
    data = models.JSONField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "dòng đã bỏ"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def ordinal(self) -> str:
        """The number of a task that was taken out."""
        return self.data.get("ordinal", "")


class PlanImport(models.Model):
    """A file that was read and waits to be looked through; nothing of it is a plan before it is confirmed.

    `content` is what `plans.importing.ImportedPlan.to_storage` gives.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "tệp chờ nhập"
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.file_name
