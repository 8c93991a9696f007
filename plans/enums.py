"""States of a plan and parts of a task."""

from django.db import models


class PlanState(models.TextChoices):
    """From the first draft to the closed year (NĐ 30/2020 Điều 10–13; DOMAIN §4)."""

    DRAFT = "draft", "đang soạn"
    CONSULTATION = "consultation", "đang lấy ý kiến"
    CONTENT_CHECK = "content_check", "chờ kiểm tra nội dung"
    LAYOUT_CHECK = "layout_check", "chờ kiểm tra thể thức"
    APPROVAL = "approval", "chờ phê duyệt"
    NUMBERING = "numbering", "chờ cấp số"
    ISSUED = "issued", "đang thực hiện"
    REPLACED = "replaced", "đã được thay thế"
    CLOSED = "closed", "đã đóng"
    DROPPED = "dropped", "đã bỏ"


BEFORE_APPROVAL = frozenset({"draft", "consultation", "content_check", "layout_check", "approval"})
IN_FORCE_OR_PAST = frozenset({"issued", "replaced", "closed"})


class UnitPart(models.TextChoices):
    """What a unit does in a task."""

    LEAD = "lead", "chủ trì"
    SUPPORT = "support", "phối hợp"
    APPROVER = "approver", "duyệt"


class RowKind(models.TextChoices):
    """The kinds of rows of a draft; `slug` stands in addresses and, with the row's id, marks its place on the page."""

    TASK = "task", "nhiệm vụ"
    SECTION = "section", "mục"
    PHASE = "phase", "giai đoạn"
    RESPONSIBILITY = "responsibility", "đơn vị trong tổ chức thực hiện"

    @property
    def slug(self) -> str:
        return _SLUGS[self]


_SLUGS = {
    RowKind.TASK: "nhiem-vu",
    RowKind.SECTION: "muc",
    RowKind.PHASE: "giai-doan",
    RowKind.RESPONSIBILITY: "trach-nhiem",
}
