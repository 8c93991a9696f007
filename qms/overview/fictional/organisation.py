"""Sở Nông nghiệp và Môi trường tỉnh Sông Giang: its units, people, positions and groups. All of it is invented."""

from dataclasses import dataclass

from qms.organisation.enums import Role, UnitKind

AGENCY = {
    "code": "snnmt-sg",
    "name": "Sở Nông nghiệp và Môi trường",
    "superior": "UBND TỈNH SÔNG GIANG",
    "abbreviation": "SNNMT",
    "place": "Sông Giang",
    "address": "18 đường Bến Nghè, phường Trung Tâm, tỉnh Sông Giang",
}


@dataclass(frozen=True)
class UnitRow:
    """One unit. `aliases` are other ways to write it, divided by "|"; `parent` is the key of the unit above."""

    key: str
    kind: UnitKind
    name: str
    short: str = ""
    aliases: str = ""
    parent: str = ""


UNITS = (
    UnitRow("ld", UnitKind.LEADERSHIP, "Lãnh đạo Sở", "LĐS", "Ban Giám đốc|Lãnh đạo cơ quan|Giám đốc Sở"),
    UnitRow("vp", UnitKind.DIVISION, "Văn phòng Sở", "VP", "Văn phòng|VP Sở"),
    UnitRow("khtc", UnitKind.DIVISION, "Phòng Kế hoạch - Tài chính", "P. KHTC", "Phòng KHTC"),
    UnitRow("tccb", UnitKind.DIVISION, "Phòng Tổ chức cán bộ", "P. TCCB", "Phòng TCCB"),
    UnitRow("dd", UnitKind.DIVISION, "Phòng Quản lý đất đai", "P. QLĐĐ", "Phòng Đất đai"),
    UnitRow("mt", UnitKind.DIVISION, "Phòng Quản lý môi trường", "P. QLMT", "Phòng Môi trường"),
    UnitRow("tn", UnitKind.DIVISION, "Phòng Tài nguyên nước, Khoáng sản và Biển", "P. TNKS", "Phòng Tài nguyên nước"),
    UnitRow("tt", UnitKind.DIVISION, "Phòng Trồng trọt và Chăn nuôi", "P. TTCN"),
    UnitRow("nt", UnitKind.DIVISION, "Phòng Phát triển nông thôn", "P. PTNT"),
    UnitRow("kl", UnitKind.AFFILIATED, "Chi cục Kiểm lâm", "CCKL"),
    UnitRow("kt", UnitKind.AFFILIATED, "Trung tâm Kỹ thuật Nông nghiệp và Môi trường", "TTKT", "Trung tâm Kỹ thuật"),
    UnitRow("bcd", UnitKind.COMMITTEE, "Ban Chỉ đạo ISO", "BCĐ ISO", "Ban Chỉ đạo|BCĐ ISO Sở"),
    UnitRow("tgv", UnitKind.COMMITTEE, "Tổ giúp việc ISO", "TGV ISO", "Thư ký ISO|Tổ giúp việc", "bcd"),
    UnitRow("ddg", UnitKind.COMMITTEE, "Đoàn đánh giá nội bộ", "", "Đoàn đánh giá", "bcd"),
    UnitRow("cpcm", UnitKind.GROUP, "Các phòng chuyên môn, nghiệp vụ", "", "Các phòng|Các phòng chuyên môn"),
    UnitRow("cptt", UnitKind.GROUP, "Các phòng có thủ tục hành chính", "", "Các phòng có TTHC"),
    UnitRow("cdvtt", UnitKind.GROUP, "Các đơn vị trực thuộc", "", "Các đơn vị trực thuộc Sở"),
    UnitRow("tatca", UnitKind.GROUP, "Các phòng, đơn vị thuộc Sở", "", "Các phòng, đơn vị|Các đơn vị"),
    UnitRow("tv", UnitKind.EXTERNAL, "Đơn vị tư vấn"),
    UnitRow("skhcn", UnitKind.EXTERNAL, "Sở Khoa học và Công nghệ", "Sở KH&CN"),
    UnitRow("pvhcc", UnitKind.EXTERNAL, "Trung tâm Phục vụ hành chính công tỉnh", "TT PVHCC"),
)
GROUPS = {
    "cpcm": ("vp", "khtc", "tccb", "dd", "mt", "tn", "tt", "nt"),
    "cptt": ("dd", "mt", "tn", "tt"),
    "cdvtt": ("kl", "kt"),
    "tatca": ("vp", "khtc", "tccb", "dd", "mt", "tn", "tt", "nt", "kl", "kt"),
}
# Merged on 1 July of last year; the plan of last year still names it.
FORMER_UNIT = UnitRow("bien", UnitKind.DIVISION, "Phòng Biển và Hải đảo", "P. BHĐ")
FORMER_UNIT_HEIR = "tn"


@dataclass(frozen=True)
class PersonRow:
    """One person with one position; `username` is made from the name where it is empty."""

    name: str
    unit: str
    title: str
    roles: tuple[Role, ...] = (Role.STAFF,)
    username: str = ""
    rank: int = 50


_HEAD, _STAFF = (Role.HEAD,), (Role.STAFF,)
PEOPLE = (
    PersonRow("Phạm Quang Huy", "ld", "Giám đốc", (Role.DIRECTOR,), "giamdoc", 1),
    PersonRow("Lê Thị Thanh Hà", "ld", "Phó Giám đốc", (Role.DEPUTY,), "phogiamdoc", 2),
    PersonRow("Đỗ Minh Trí", "ld", "Phó Giám đốc", (Role.DEPUTY,), "", 3),
    PersonRow("Nguyễn Hữu Phước", "vp", "Chánh Văn phòng", (Role.CHIEF,), "chanhvanphong", 10),
    PersonRow("Trần Thị Mai", "vp", "Phó Chánh Văn phòng", (Role.SECRETARY,), "thuky", 11),
    PersonRow("Vũ Thị Ngọc Ánh", "vp", "Văn thư", (Role.CLERK, Role.STAFF), "vanthu"),
    PersonRow("Hoàng Đức Anh", "vp", "Chuyên viên công nghệ thông tin", (Role.ADMIN,), "quantri"),
    PersonRow("Bùi Thị Hạnh", "vp", "Chuyên viên cải cách hành chính", _STAFF, "chuyenvien"),
    PersonRow("Ngô Văn Thắng", "khtc", "Trưởng phòng", _HEAD, "", 10),
    PersonRow("Phan Thị Lan", "khtc", "Chuyên viên"),
    PersonRow("Đặng Quốc Bảo", "khtc", "Kế toán"),
    PersonRow("Lý Thị Thu Hiền", "tccb", "Trưởng phòng", _HEAD, "", 10),
    PersonRow("Hồ Văn Nam", "tccb", "Chuyên viên"),
    PersonRow("Nguyễn Thị Bích Ngọc", "dd", "Trưởng phòng", _HEAD, "truongphong", 10),
    PersonRow("Trương Công Định", "dd", "Phó Trưởng phòng", _STAFF, "", 11),
    PersonRow("Võ Thị Kim Oanh", "dd", "Chuyên viên"),
    PersonRow("Lâm Hoàng Phúc", "dd", "Chuyên viên"),
    PersonRow("Dương Văn Lợi", "mt", "Trưởng phòng", _HEAD, "", 10),
    PersonRow("Tạ Thị Phương Thảo", "mt", "Phó Trưởng phòng", (Role.STAFF, Role.AUDITOR), "danhgia", 11),
    PersonRow("Cao Xuân Trường", "mt", "Chuyên viên"),
    PersonRow("Mai Thị Yến", "mt", "Chuyên viên"),
    PersonRow("Đinh Công Sơn", "tn", "Trưởng phòng", _HEAD, "", 10),
    PersonRow("Lưu Thị Diễm", "tn", "Phó Trưởng phòng", _STAFF, "", 11),
    PersonRow("Kiều Văn Tuấn", "tn", "Chuyên viên"),
    PersonRow("Thái Thị Hồng Nhung", "tt", "Trưởng phòng", _HEAD, "", 10),
    PersonRow("Quách Văn Đạt", "tt", "Chuyên viên"),
    PersonRow("Chu Thị Minh Nguyệt", "tt", "Chuyên viên"),
    PersonRow("Tô Ngọc Vinh", "nt", "Trưởng phòng", _HEAD, "", 10),
    PersonRow("Hà Thị Xuân", "nt", "Chuyên viên"),
    PersonRow("Phùng Bá Lộc", "nt", "Chuyên viên"),
    PersonRow("Lương Văn Khánh", "kl", "Chi cục trưởng", _HEAD, "chicuc", 10),
    PersonRow("Nông Thị Thắm", "kl", "Phó Chi cục trưởng", _STAFF, "", 11),
    PersonRow("Sầm Văn Quý", "kl", "Kiểm lâm viên"),
    PersonRow("Vi Thị Thanh Tâm", "kl", "Kiểm lâm viên"),
    PersonRow("Đoàn Thế Vinh", "kt", "Giám đốc Trung tâm", _HEAD, "", 10),
    PersonRow("Trịnh Thị Lệ", "kt", "Phó Giám đốc Trung tâm", _STAFF, "", 11),
    PersonRow("Châu Ngọc Hải", "kt", "Viên chức kỹ thuật"),
    PersonRow("Từ Thị Bảo Trâm", "kt", "Viên chức kỹ thuật"),
    PersonRow("La Minh Khôi", "tv", "Chuyên gia tư vấn", (Role.CONSULTANT,), "tuvan"),
    PersonRow("Ứng Thị Hoài", "tv", "Chuyên gia tư vấn", (Role.CONSULTANT,)),
)
# Further offices of the same people: (username, unit key, title, roles).
SECOND_OFFICES = (
    ("giamdoc", "bcd", "Trưởng Ban Chỉ đạo", _HEAD),
    ("phogiamdoc", "bcd", "Phó Trưởng Ban Chỉ đạo", ()),
    ("thuky", "tgv", "Tổ trưởng, Thư ký ISO", _HEAD),
    ("chuyenvien", "tgv", "Thành viên", _STAFF),
    ("danhgia", "ddg", "Trưởng đoàn đánh giá", _HEAD),
)
PASSWORD = "song-giang-mua-lua-vang"  # noqa: S105 - the published password of the fictional accounts
