"""States of a duty and of a request for more time."""

from django.db import models


class DutyKind(models.TextChoices):
    """What a duty comes from."""

    PLAN_TASK = "plan_task", "nhiệm vụ kế hoạch"
    CONTRIBUTION = "contribution", "phối hợp"
    CHECK_IN = "check_in", "việc thường xuyên"
    FIGURE = "figure", "số liệu mục tiêu"
    STEP = "step", "biện pháp thực hiện mục tiêu"
    RISK_ACTION = "risk_action", "biện pháp xử lý rủi ro, cơ hội"
    READING = "reading", "đọc tài liệu"
    CORRECTIVE = "corrective", "hành động khắc phục"
    DECISION = "decision", "kết luận xem xét của lãnh đạo"


class DutyState(models.TextChoices):
    """Where a duty stands. Whether it is late follows from the day, never from the state."""

    DORMANT = "dormant", "chờ sự kiện"
    OPEN = "open", "chưa bắt đầu"
    IN_PROGRESS = "in_progress", "đang làm"
    DONE = "done", "xong"
    NOT_APPLICABLE = "not_applicable", "không áp dụng"
    WITHDRAWN = "withdrawn", "đã rút"


OWED = frozenset({DutyState.OPEN.value, DutyState.IN_PROGRESS.value})
ANSWERED = frozenset({DutyState.DONE.value, DutyState.NOT_APPLICABLE.value})


class ExtensionState(models.TextChoices):
    """A request for more time."""

    ASKED = "asked", "chờ xét"
    GRANTED = "granted", "đồng ý"
    REFUSED = "refused", "không đồng ý"


class UrgingState(models.TextChoices):
    """A letter that urges: drafted by the system, signed, numbered and issued; or dropped with a reason."""

    DRAFT = "draft", "dự thảo"
    SIGNED = "signed", "đã ký, chờ cấp số"
    ISSUED = "issued", "đã ban hành"
    DROPPED = "dropped", "bỏ"
