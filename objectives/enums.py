"""States of a set of objectives, levels of an objective, the two documents of a set."""

from django.db import models


class SetState(models.TextChoices):
    """From the registration of a unit to the closed year (ISO 9001 6.2; NĐ 30/2020 Điều 10–13)."""

    DRAFT = "draft", "đang soạn"
    REVIEW = "review", "chờ Thư ký ISO xem"
    APPROVAL = "approval", "chờ phê duyệt"
    NUMBERING = "numbering", "chờ cấp số"
    ISSUED = "issued", "đang thực hiện"
    CLOSED = "closed", "đã đóng"
    DROPPED = "dropped", "đã bỏ"


IN_FORCE_OR_PAST = frozenset({"issued", "closed"})
UNDER_WAY = frozenset({"draft", "review", "approval", "numbering"})


class Level(models.TextChoices):
    """Whose objective it is; each level serves the one above."""

    DEPARTMENT = "department", "cấp Sở"
    DIVISION = "division", "cấp phòng, đơn vị"
    PERSON = "person", "cá nhân"


ABOVE = {Level.DIVISION: Level.DEPARTMENT, Level.PERSON: Level.DIVISION}


class DocumentKind(models.TextChoices):
    """What is issued for a set (DOMAIN 3.1, 3.2)."""

    TARGETS = "targets", "Mục tiêu chất lượng"
    ACTIONS = "actions", "Kế hoạch thực hiện mục tiêu chất lượng"
