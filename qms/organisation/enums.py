"""Kinds of units, roles and signing forms (NĐ 30/2020 Điều 13; DOMAIN §1.4, §4)."""

from django.db import models


class UnitKind(models.TextChoices):
    """What a unit is; only divisions, affiliated units, leadership and committees can owe work by themselves."""

    LEADERSHIP = "leadership", "lãnh đạo"
    DIVISION = "division", "phòng, văn phòng, thanh tra"
    AFFILIATED = "affiliated", "đơn vị trực thuộc"
    COMMITTEE = "committee", "ban, tổ, hội đồng"
    GROUP = "group", "nhóm đơn vị"
    EXTERNAL = "external", "đơn vị ngoài cơ quan"


class Role(models.TextChoices):
    """What the holder of a position may do; one position may carry several."""

    DIRECTOR = "director", "Giám đốc"
    DEPUTY = "deputy", "Phó Giám đốc"
    SECRETARY = "secretary", "Thư ký ISO"
    CHIEF = "chief", "Chánh Văn phòng"
    CLERK = "clerk", "Văn thư"
    HEAD = "head", "Trưởng đơn vị"
    STAFF = "staff", "Chuyên viên"
    AUDITOR = "auditor", "Chuyên gia đánh giá nội bộ"
    CONSULTANT = "consultant", "Tư vấn"
    ADMIN = "admin", "Quản trị hệ thống"
    OVERSEER = "overseer", "Theo dõi các cơ quan báo cáo"
    SIGNER = "signer", "Người ký thay theo ủy nhiệm"


class SigningForm(models.TextChoices):
    """How somebody signs who is not the head (NĐ 30/2020 Điều 13)."""

    KT = "KT", "KT. (ký thay)"
    TL = "TL", "TL. (thừa lệnh)"
    TUQ = "TUQ", "TUQ. (thừa ủy quyền)"
    Q = "Q", "Q. (quyền)"


class ReorganisationKind(models.TextChoices):
    """What a decision does to units on its effective day."""

    MERGE = "merge", "sáp nhập, hợp nhất"
    SPLIT = "split", "chia, tách"
    RENAME = "rename", "đổi tên"
    DISSOLVE = "dissolve", "giải thể"
