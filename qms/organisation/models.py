"""Agencies, units in time, positions, people and delegations.

Every row belongs to one agency. Units, positions and holdings are valid from a day to a day (both inclusive;
an empty end means still in force). Roles become django-guardian permissions on agencies and units: see `roles.py`.
"""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group, PermissionsMixin, UserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from guardian.models import GroupObjectPermissionBase

from qms.text import fold

from .enums import ReorganisationKind, Role, SigningForm, UnitKind


class InForceQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to`."""

    def in_force(self, on: date) -> "InForceQuerySet":
        """Those valid on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )


def period_constraint(name: str) -> models.CheckConstraint:
    """`valid_to` not before `valid_from`."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
    )


class Agency(models.Model):
    """A Sở or another body that runs its own quality management system (TT 26/2014 Điều 3)."""

    code = models.SlugField("mã cơ quan", max_length=30, unique=True)
    name = models.CharField("tên cơ quan", max_length=200)
    superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True, help_text="Ví dụ: UBND TỈNH SÔNG GIANG")
    abbreviation = models.CharField("chữ viết tắt", max_length=30, help_text="Dùng trong ký hiệu văn bản: KH-SKHCN")
    place = models.CharField("địa danh", max_length=100, help_text="Ghi trước ngày tháng của văn bản")
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reporting", verbose_name="cơ quan theo dõi"
    )

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        ordering = ["name"]
        permissions = [
            ("read_agency", "Xem nội dung của cơ quan"),
            ("oversee_agency", "Xem các cơ quan báo cáo"),
            ("draft_plan", "Soạn kế hoạch"),
            ("comment_plan", "Góp ý kế hoạch"),
            ("check_content", "Kiểm tra nội dung"),
            ("check_layout", "Kiểm tra thể thức"),
            ("approve_plan", "Phê duyệt, ký"),
            ("number_document", "Cấp số, ban hành"),
            ("manage_layouts", "Sửa mẫu trình bày"),
            ("manage_calendar", "Sửa lịch làm việc"),
            ("manage_organisation", "Quản lý đơn vị, con người"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> "FormerAgencyName | Agency":
        """The names (name, superior, abbreviation, place) that documents of that day bear."""
        return self.former_names.filter(used_until__gte=day).order_by("used_until").first() or self


class FormerAgencyName(models.Model):
    """What an agency was called until a day, so that old documents keep the old name."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_names")
    used_until = models.DateField("dùng đến hết ngày")
    name = models.CharField("tên cơ quan", max_length=200)
    superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    abbreviation = models.CharField("chữ viết tắt", max_length=30)
    place = models.CharField("địa danh", max_length=100)

    class Meta:
        verbose_name = "tên cũ của cơ quan"
        constraints = [models.UniqueConstraint(fields=["agency", "used_until"], name="former_agency_name_once")]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def with_position(self, on: date) -> "UserQuerySet":
        """Prefetch the holdings in force that day as `current_holdings`."""
        holdings = PositionHolding.objects.in_force(on).select_related("position__unit")
        return self.prefetch_related(models.Prefetch("holdings", holdings, to_attr="current_holdings"))


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    """Creates accounts; migrations do not need it."""

    use_in_migrations = False


class User(AbstractBaseUser, PermissionsMixin):
    """A person with one login. The name is written as Vietnamese people write it: family name first."""

    username = models.CharField("tên đăng nhập", max_length=100, unique=True)
    email = models.EmailField("thư điện tử", blank=True)
    full_name = models.CharField("họ và tên", max_length=100)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="cơ quan"
    )
    is_active = models.BooleanField("đang hoạt động", default=True)
    date_joined = models.DateTimeField("ngày tạo", auto_now_add=True)
    roles_synced_on = models.DateField(null=True, editable=False)
    search = models.CharField(max_length=300, editable=False, default="", db_index=True)

    objects = PeopleManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", condition=~Q(email=""),
                violation_error_message="Thư điện tử này đã có người dùng.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.full_name} {self.username} {self.email}")[:300]
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """The Django admin is not used; libraries ask nevertheless."""
        return self.is_superuser


class Unit(models.Model):
    """A division, affiliated unit, committee, group of units or external body, from a day to a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name="cơ quan")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="đơn vị cấp trên"
    )
    kind = models.CharField("loại", max_length=20, choices=UnitKind)
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    members = models.ManyToManyField(
        "self", through="GroupMember", through_fields=("group", "member"), symmetrical=False, related_name="groups"
    )
    search = models.CharField(max_length=400, editable=False, default="", db_index=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["order", "name", "pk"]
        constraints = [
            period_constraint("unit_period"),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(valid_to__isnull=True), name="unit_name_once",
                violation_error_message="Đã có một đơn vị đang hoạt động mang tên này.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["agency", "kind", "valid_to"])]
        permissions = [
            ("answer_for_unit", "Báo cáo việc của đơn vị"),
            ("lead_unit", "Phụ trách đơn vị"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.name} {self.short_name}")[:400]
        super().save(*args, **kwargs)

    def is_in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or self.valid_to >= on)

    def name_on(self, day: date) -> str:
        """The name documents of that day bear."""
        former = self.former_names.filter(used_until__gte=day).order_by("used_until").first()
        return former.name if former else self.name


class FormerUnitName(models.Model):
    """What a unit was called until a day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField("tên cũ", max_length=200)
    short_name = models.CharField("tên viết tắt cũ", max_length=50, blank=True)
    used_until = models.DateField("dùng đến hết ngày")

    class Meta:
        verbose_name = "tên cũ của đơn vị"
        constraints = [models.UniqueConstraint(fields=["unit", "used_until"], name="former_unit_name_once")]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """Another way people write a unit ("VP Sở", "BCĐ ISO"), learnt by imports and editable."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="unit_aliases")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.CharField("cách viết khác", max_length=200)
    folded = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = "cách viết khác của đơn vị"
        constraints = [models.UniqueConstraint(fields=["agency", "folded"], name="unit_alias_once")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs):
        """Keep the folded column in step."""
        self.folded = fold(self.text)[:200]
        super().save(*args, **kwargs)


class GroupMember(models.Model):
    """A unit belongs to a group ("Các phòng chuyên môn, nghiệp vụ") from a day to a day."""

    group = models.ForeignKey(Unit, models.CASCADE, related_name="memberships", verbose_name="nhóm")
    member = models.ForeignKey(Unit, models.CASCADE, related_name="group_memberships", verbose_name="đơn vị")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên của nhóm"
        constraints = [
            period_constraint("group_member_period"),
            models.UniqueConstraint(fields=["group", "member", "valid_from"], name="group_member_once"),
            models.CheckConstraint(name="group_not_own_member", condition=~Q(group=F("member"))),
        ]

    def __str__(self) -> str:
        return f"{self.member} trong {self.group}"


class Reorganisation(models.Model):
    """A decision that merges, splits, renames or dissolves units on a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reorganisations")
    kind = models.CharField("việc", max_length=20, choices=ReorganisationKind)
    decision_number = models.CharField("số quyết định", max_length=100)
    decision_date = models.DateField("ngày quyết định")
    effective_on = models.DateField("có hiệu lực từ ngày")
    note = models.TextField("ghi chú", blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        ordering = ["-effective_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} theo {self.decision_number}"


class UnitSuccession(models.Model):
    """Who follows whom after a reorganisation; a dissolved unit has no successor row."""

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="succeeds")

    class Meta:
        verbose_name = "kế thừa đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "predecessor", "successor"], name="succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or 'không có đơn vị kế thừa'}"


class Position(models.Model):
    """An office in a unit ("Trưởng phòng Tổng hợp"), with the roles its holder gets."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions", verbose_name="đơn vị")
    title = models.CharField("chức vụ", max_length=150)
    roles = models.JSONField("vai trò", default=list, blank=True)
    rank = models.PositiveSmallIntegerField("thứ bậc", default=100, help_text="Số nhỏ đứng trước")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí"
        ordering = ["rank", "title", "pk"]
        constraints = [period_constraint("position_period")]

    def __str__(self) -> str:
        return self.title

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in self.roles]


class PositionHolding(models.Model):
    """A person holds a position from a day to a day."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="holdings", verbose_name="vị trí")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings", verbose_name="người giữ")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=200, blank=True, help_text="Số quyết định bổ nhiệm, phân công")

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "người giữ vị trí"
        ordering = ["position__rank", "pk"]
        constraints = [
            period_constraint("holding_period"),
            models.UniqueConstraint(
                fields=["position", "user"], condition=Q(valid_to__isnull=True), name="holding_once",
                violation_error_message="Người này đang giữ vị trí này.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["user", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.position}"


class Delegation(models.Model):
    """Somebody signs for the head for a period, on a written basis (NĐ 30/2020 Điều 13)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="delegations", verbose_name="cơ quan")
    grantor = models.ForeignKey(User, models.PROTECT, related_name="delegations_given", verbose_name="người giao")
    delegate = models.ForeignKey(User, models.PROTECT, related_name="delegations_held", verbose_name="người được giao")
    form = models.CharField("hình thức ký", max_length=5, choices=SigningForm)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=300, help_text="Số, ngày văn bản phân công hoặc ủy quyền")

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy nhiệm ký"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            period_constraint("delegation_period"),
            models.CheckConstraint(
                name="delegation_to_another", condition=~Q(grantor=F("delegate")),
                violation_error_message="Người giao và người được giao phải khác nhau.",
            ),
            models.CheckConstraint(
                name="delegation_tuq_ends", condition=~Q(form="TUQ") | Q(valid_to__isnull=False),
                violation_error_message="Thừa ủy quyền phải có thời hạn.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.form}. {self.delegate}"


class DecreedDay(models.Model):
    """A day off or a worked weekend day that corrects the calendar, with the document that says so."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="decreed_days")
    day = models.DateField("ngày")
    is_off = models.BooleanField("được nghỉ", help_text="Bỏ chọn nếu là ngày làm bù")
    name = models.CharField("nội dung", max_length=200)
    source = models.CharField("văn bản", max_length=300, help_text="Số, ngày, cơ quan ban hành")

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"], name="decreed_day_once",
                violation_error_message="Ngày này đã có trong lịch.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class RoleGroup(models.Model):
    """The auth group of one role in one unit (or the whole agency); guardian permissions hang on the group."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="role_group")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="role_groups")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="role_groups")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        verbose_name = "nhóm quyền"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "role"], condition=Q(unit__isnull=False), name="unit_role_group_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "role"], condition=Q(unit__isnull=True), name="agency_role_group_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit or self.agency}"


class AgencyGroupPermission(GroupObjectPermissionBase):
    """Guardian's table for agencies, with a real foreign key."""

    content_object = models.ForeignKey(Agency, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền trên cơ quan"


class UnitGroupPermission(GroupObjectPermissionBase):
    """Guardian's table for units, with a real foreign key."""

    content_object = models.ForeignKey(Unit, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền trên đơn vị"
