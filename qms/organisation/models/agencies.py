"""Agencies and the names they bore."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models

from ..access import access_of


class AgencyNames(models.Model):
    """What the head of a document says about its agency."""

    name = models.CharField("tên cơ quan", max_length=200)
    superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True, help_text="Ví dụ: UBND TỈNH SÔNG GIANG")
    abbreviation = models.CharField("chữ viết tắt", max_length=30, help_text="Dùng trong ký hiệu văn bản: KH-SKHCN")
    place = models.CharField("địa danh", max_length=100, help_text="Ghi trước ngày tháng của văn bản")

    NAMES = ("name", "superior", "abbreviation", "place")

    class Meta:
        abstract = True

    def names(self) -> dict[str, str]:
        """The four texts by field name."""
        return {field: getattr(self, field) for field in self.NAMES}


class AgencyQuerySet(models.QuerySet):
    """Agencies."""

    def visible_to(self, user: "models.Model | AnonymousUser") -> "AgencyQuerySet":
        """Those whose organisation this person may see: one's own, those one manages, those that report to it."""
        return self.filter(pk__in=access_of(user).known)


class Agency(AgencyNames):
    """A Sở or another body that runs its own quality management system (TT 26/2014 Điều 3)."""

    code = models.SlugField("mã cơ quan", max_length=30, unique=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reporting", verbose_name="cơ quan theo dõi"
    )

    objects = AgencyQuerySet.as_manager()

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
            ("see_progress", "Xem tiến độ toàn cơ quan"),
            ("follow_duties", "Theo dõi việc, ghi nhận sự kiện, trả lại báo cáo"),
            ("decide_extensions", "Xét gia hạn"),
            ("manage_objectives", "Quản lý mục tiêu chất lượng"),
            ("manage_calendar", "Sửa lịch làm việc"),
            ("manage_organisation", "Quản lý đơn vị, con người"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> AgencyNames:
        """The names (name, superior, abbreviation, place) that documents of that day bear."""
        former = self.former_names.filter(used_until__gte=day).order_by("used_until").first()
        return former or self.coming_names.filter(used_from__lte=day).first() or self


class FormerAgencyName(AgencyNames):
    """What an agency was called until a day, so that old documents keep the old name."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_names")
    used_until = models.DateField("dùng đến hết ngày")
    basis = models.CharField("căn cứ đổi tên", max_length=200, blank=True)

    class Meta:
        verbose_name = "tên cũ của cơ quan"
        ordering = ["-used_until"]
        constraints = [models.UniqueConstraint(fields=["agency", "used_until"], name="former_agency_name_once")]

    def __str__(self) -> str:
        return self.name


class ComingAgencyName(AgencyNames):
    """What an agency will be called from a day on; at most one waits. `names.adopt_names` carries it out."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="coming_names")
    used_from = models.DateField("dùng từ ngày")
    basis = models.CharField("căn cứ đổi tên", max_length=200, blank=True)

    class Meta:
        verbose_name = "tên sắp dùng của cơ quan"
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], name="coming_agency_name_once",
                violation_error_message="Đã có một lần đổi tên đang chờ đến ngày.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
