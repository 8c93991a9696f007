"""Times that wait: counted from an event or another task, set off by an event, or decided by another body."""

import re
from dataclasses import replace

from qms.deadlines.clauses import External, Relative
from qms.deadlines.model import Offset, OffsetUnit, TimingKind
from qms.deadlines.reading import Reading
from qms.deadlines.terms import read_terms

_END = r"(?= |$)"

# --- where the words of an event stop

_FIRM_LEAD = (
    r"(?:(?:cham|muon|tre) nhat|trong (?:vong|thoi han)|khong (?:qua|muon hon|cham hon)"
    r"|(?:truoc|den(?: het)?) (?:ngay |thang |quy )?\d|(?:tru|khong (?:ke|tinh)) )"
)
_SOFT_LEAD = (
    rf"(?:{_FIRM_LEAD}|(?:trong |vao )?(?:quy|thang|ngay|nam) \d|trong \d|sau \d|truoc khi|dot xuat|khi "
    r"|dinh ky|(?:hang|moi) (?:thang|quy|nam|tuan)|thuong xuyen"
    r"|\d+ (?:ngay|thang|tuan|quy|nam) )"
)
_STOP = re.compile(
    rf" (?:[;(]|\.(?= |$)|{_FIRM_LEAD}"
    rf"|(?:[,:]|va|hoac|hay|thi) (?:(?:va|hoac|la|phai|nhung|thi|hoan thanh) )*(?={_SOFT_LEAD}))"
)


def _words_end(keys: str, at: int) -> int:
    stop = _STOP.search(keys, at - 1) if at else _STOP.search(keys, at)
    return stop.start() if stop else len(keys)


# --- counted from something

_AMOUNT = (
    r"(?:(?:(?P<low>\d+) (?:-|den|toi) )?(?P<amount>\d+|nua) "
    r"(?P<unit>(?P<day>ngay)|tuan|thang|quy|nam|gio)(?P<work> (?:\( )?lam viec(?: \))?)?"
    r"|(?:vao )?ngay (?P<next>lam viec (?:tiep theo|(?:ke|kế) tiep|lien sau)))"
)
_BOUND = (
    r"(?:(?:cham|muon|tre) nhat|khong qua|khong (?:muon|cham|tre) (?:hon|qua)|(?:tối|toi) da|trong vong"
    r"|trong thoi (?:han|gian)|trong khoang(?: thoi gian)?|trong)"
)
_AT_LEAST = r"(?:it nhat|(?:tối|toi) thieu)"
_COUNT = re.compile(
    rf"(?P<lead>(?:(?:{_BOUND}|(?:thoi )?han|{_AT_LEAST}|sau|truoc|khoang)(?: (?:la|thoi han))? ){{0,4}})"
    rf"{_AMOUNT}{_END}"
    r"(?! (?:dau|cuoi|giua|mot lan|/|lan|\d|hoc|phut))(?! ngay \d)"
)
_SINCE = re.compile(
    rf" (?:, )?(?:(?:ke|tinh)(?: ca)? )?(?P<way>tu|sau|truoc|so voi|khi)(?: sau)?"
    rf"(?P<mark>(?: (?:ngay|khi|luc|thoi diem|hom|thoi gian))*){_END}(?! (?:do|day|nay)(?: |$))"
)
_UNITS = {
    "ngay": OffsetUnit.DAY,
    "tuan": OffsetUnit.WEEK,
    "thang": OffsetUnit.MONTH,
    "quy": OffsetUnit.MONTH,
    "nam": OffsetUnit.YEAR,
}
_HALVES = {"thang": (15, OffsetUnit.DAY), "nam": (6, OffsetUnit.MONTH)}  # Bộ luật Dân sự 2015, Điều 146
_LARGEST = {OffsetUnit.DAY: 3660, OffsetUnit.WORKING_DAY: 2600, OffsetUnit.WEEK: 520, OffsetUnit.MONTH: 120}

_AFTER_DOUBT = "“Sau … ngày” thường có nghĩa là trong vòng số ngày đó; cần xác nhận."
_AT_LEAST_DOUBT = "“Ít nhất … ngày” là khoảng tối thiểu, không phải hạn cuối."
NO_ANCHOR_DOUBT = "Chưa rõ tính từ ngày nào."
_WORK_WEEK_DOUBT = "“Tuần làm việc” có thể là một tuần lịch hoặc 5 ngày làm việc."
_HOURS_DOUBT = "Hạn tính bằng giờ được làm tròn lên thành ngày."
_RANGE_DOUBT = "Hạn ghi một khoảng; đang lấy mức dài hơn."
_DATED_ANCHOR_DOUBT = "Mốc tính là một ngày cụ thể; ghi nhận ngày đó để có hạn."
_REPEATED_DOUBT = "Mốc tính lặp lại mỗi kỳ; ghi nhận từng kỳ để có hạn."
_BACK_DOUBT = "“Trước … kể từ” có thể là đếm lùi hoặc đếm tới."
_BEFORE_DOUBT = "Chưa rõ trước bao lâu."
_TOO_LONG_DOUBT = "Khoảng thời gian dài bất thường."

_REPEATED = re.compile(r"(?:hang|moi|tung) (?:thang|quy|nam|tuan)(?= |$)")
_NUMBER_AHEAD = re.compile(r" \d+ (?:/|thang) \d")
_TASK_WORDS = re.compile(
    r"(?:khi )?(?:hoan (?:thanh|tat)|ket thuc|to chuc|thuc hien|tien hanh|trien khai|xong|hop|cuoc|dot|phien"
    r"|be mac|khai mac|nghiem thu|danh gia|ra soat|xem xet|hoi (?:nghi|nghị)|dao tao|tap huan"
    r"|cong viec|nhiem vu|buoc)(?= |$)"
)
_EVENT_WORDS = re.compile(
    r"(?:khi )?(?:co|nhan|tiep nhan|phat (?:hien|sinh)|xay ra|duoc|xuat hien|bien dong|thay doi)(?= |$)"
)


def read_count(reading: Reading, at: int, year: int) -> Relative | None:
    """ "trong 30 ngày làm việc kể từ ngày nhận được văn bản", "1 tuần trước khi họp"."""
    count = _COUNT.match(reading.keys, at)
    if not count:
        return None
    since = _SINCE.match(reading.keys, count.end())
    lead = count["lead"]
    if since and _is_dated(reading.keys, count, since, year):
        return None
    if not since:
        return _unanchored(reading, at, count) if lead or count["work"] or count["next"] else None
    offset, doubts = _offset(count, lead)
    trigger_at = since.end() + 1
    end = _words_end(reading.keys, trigger_at)
    trigger = reading.words(trigger_at, end) if trigger_at < end else ""
    if since["way"] in ("truoc", "so voi") or "truoc" in lead:
        offset = replace(offset, amount=-offset.amount)
        doubts = tuple(doubt for doubt in doubts if doubt not in (_AT_LEAST_DOUBT, _AFTER_DOUBT))
        doubts += (_BACK_DOUBT,) if since["way"] == "tu" else ()
    doubts += _anchor_doubts(reading, trigger_at, end)
    return Relative(_anchored_kind(reading.keys, trigger_at, since), end, trigger, offset, doubts)


def _is_dated(keys: str, count: re.Match[str], since: re.Match[str], year: int) -> bool:
    """The dates say it all in "trong 5 ngày từ 01/3 đến 05/3" and "báo cáo 6 tháng trước ngày 15/6"."""
    if since["way"] == "truoc" and not count["lead"] and not count["day"]:
        return bool(_NUMBER_AHEAD.match(keys, since.end()))
    terms = read_terms(keys, since.end() + 1, year) if since["way"] == "tu" else None
    return terms is not None and terms.is_range


def _unanchored(reading: Reading, at: int, count: re.Match[str]) -> Relative | None:
    if count["unit"] == "quy" and not count["lead"]:
        return None
    offset, doubts = _offset(count, count["lead"])
    if "truoc" in count["lead"]:
        offset = replace(offset, amount=-offset.amount)
    return Relative(TimingKind.EVENT, count.end(), "", offset, (*doubts, NO_ANCHOR_DOUBT))


def _offset(count: re.Match[str], lead: str) -> tuple[Offset, tuple[str, ...]]:
    if count["next"]:
        return Offset(1, OffsetUnit.WORKING_DAY), ()
    unit, number = count["unit"], count["amount"]
    doubts = _lead_doubts(lead) + ((_RANGE_DOUBT,) if count["low"] else ())
    if number == "nua":
        return Offset(*_HALVES.get(unit, (1, _UNITS.get(unit, OffsetUnit.DAY)))), doubts
    amount = int(number)
    if unit == "gio":
        return Offset(max(1, -(-amount // 24)), OffsetUnit.DAY), (*doubts, _HOURS_DOUBT)
    kind = OffsetUnit.WORKING_DAY if unit == "ngay" and count["work"] else _UNITS[unit]
    doubts += (_WORK_WEEK_DOUBT,) if count["work"] and unit != "ngay" else ()
    offset = Offset(3 * amount if unit == "quy" else amount, kind)
    return (offset, doubts) if offset.amount <= _LARGEST.get(kind, 10) else (offset, (*doubts, _TOO_LONG_DOUBT))


def _lead_doubts(lead: str) -> tuple[str, ...]:
    if re.search(rf"{_BOUND}|han", lead):
        return ()
    if re.search(_AT_LEAST, lead):
        return (_AT_LEAST_DOUBT,)
    return (_AFTER_DOUBT,) if "sau" in lead else ()


def _anchored_kind(keys: str, at: int, since: re.Match[str]) -> TimingKind:
    """ "Kể từ" counts from an event, "sau" and "trước" from another task, unless the next words say otherwise."""
    if since["way"] in ("tu", "khi"):
        return TimingKind.AFTER_TASK if _TASK_WORDS.match(keys, at) else TimingKind.EVENT
    return TimingKind.EVENT if _EVENT_WORDS.match(keys, at) else TimingKind.AFTER_TASK


def _anchor_doubts(reading: Reading, at: int, end: int) -> tuple[str, ...]:
    if at >= end:
        return (NO_ANCHOR_DOUBT,)
    if _REPEATED.search(reading.keys, at, end):
        return (_REPEATED_DOUBT,)
    return (_DATED_ANCHOR_DOUBT,) if _NUMBER_AHEAD.match(reading.keys, at - 1) else ()


_AROUND = re.compile(rf"(?:ngay~? )?(?P<way>sau|truoc)(?P<mark>(?: (?:khi|ngay|thoi diem))*){_END}")
_AROUND_NOT_AFTER = re.compile(r"(?:^|.* )(?:nhu|nam|thang|quy|tuan|lan|ve|phia|ky|nhu sau)$")
_AROUND_NOT_BEFORE = re.compile(r" (?:do|day|nay|cung|het(?! han)|mat|mắt|nhat)(?= |$)")
_TAIL_COUNT = re.compile(rf" (?:, )?(?P<lead>(?:(?:{_BOUND}|{_AT_LEAST}|khoang)(?: la)? ){{0,2}}){_AMOUNT}$")


def read_around(reading: Reading, at: int, year: int) -> Relative | None:
    """ "Sau khi tổ chức đánh giá", "Sau công bố", "Trước khi họp 1 tuần"."""
    keys = reading.keys
    mark = _AROUND.match(keys, at)
    if not mark or _AROUND_NOT_AFTER.match(keys[max(0, at - 12) : max(0, at - 1)]):
        return None
    start = mark.end() + 1
    if start >= len(keys) or _AROUND_NOT_BEFORE.match(keys, mark.end()):
        return None
    end = _words_end(keys, start)
    if end <= start:
        return None
    before = mark["way"] == "truoc"
    kind = TimingKind.EVENT if _EVENT_WORDS.match(keys, start) else TimingKind.AFTER_TASK
    tail, tail_end = _tail(keys, start, end)
    if not tail:
        return Relative(kind, end, reading.words(start, end), None, (_BEFORE_DOUBT,) if before else ())
    offset, doubts = _offset(tail, tail["lead"])
    if before:
        return Relative(kind, tail_end, reading.words(start, tail.start()), replace(offset, amount=-offset.amount))
    doubts += () if re.search(_BOUND, tail["lead"]) else (_AFTER_DOUBT,)
    return Relative(kind, tail_end, reading.words(start, tail.start()), offset, doubts)


def _tail(keys: str, start: int, end: int) -> tuple[re.Match[str] | None, int]:
    """The count that closes the clause ("… 05 ngày làm việc"), also behind the words that would end it."""
    sentence = re.compile(r" [;(.](?= |$)").search(keys, start)
    limit = sentence.start() if sentence else len(keys)
    tail = _TAIL_COUNT.search(keys[:limit], max(start, limit - 90))
    if tail and tail.start() > start and tail.start() <= end:
        return tail, limit
    return None, end


# --- events and other bodies

_EVENT = re.compile(
    rf"(?:ngay~? )?(?:(?:moi|chi|tru) )?(?:khi|luc(?! \d)|(?:trong )?truong (?:hợp|hop)"
    rf"|(?:ke|tinh) tu (?:khi|ngay)(?! \d)|neu(?! (?:co|can)(?: [),;.]|$))){_END}(?! (?:nao|do)(?: |$))"
)
_AD_HOC = re.compile(rf"(?:theo )?(?:dot|đột) xuat{_END}")


def read_event(reading: Reading, at: int, year: int) -> Relative | None:
    """ "Khi có sự thay đổi", "đột xuất khi có yêu cầu", "đột xuất"."""
    keys = reading.keys
    ad_hoc = _AD_HOC.match(keys, at)
    mark = _EVENT.match(keys, ad_hoc.end() + 1 if ad_hoc else at)
    if mark:
        end = _words_end(keys, mark.end() + 1)
        trigger = reading.words(mark.end() + 1, end) if mark.end() + 1 < end else ""
        return Relative(TimingKind.EVENT, end, trigger, None, () if trigger else (NO_ANCHOR_DOUBT,))
    return Relative(TimingKind.EVENT, ad_hoc.end(), "đột xuất") if ad_hoc else None


_SET_BY_OTHERS = re.compile(
    r"(?:(?:can cu )?theo|(?:tuy|phu) thuoc(?: vao)?) (?:(?:su|cac|tung|noi dung|thoi (?:gian|han|diem)|tien do) ){0,2}"
    r"(?:(?:ke|kế) hoach|chuong trinh|lich|thong bao|chi dao|huong dan|yeu cau|quyet dinh|cong van|van ban|quy~? dinh"
    r"|giay (?:mời|moi)|de nghi|thu (?:mời|moi)|dot|@)(?= |$)"
)
_OPENING = re.compile(r"(?:can cu )?theo |(?:tuy|phu) thuoc (?:vao )?")
_NO_BODY = re.compile(r" (?:cac ben|thong nhat|(?:tình|tinh) hinh|thuc te|dieu kien|kha nang|nhu cau)(?= |$)")
_BODY = re.compile(r" (?:cua|@|so|do|tai) ")
_BODY_DOUBT = "Chưa rõ cơ quan nào định thời gian."


def read_external(reading: Reading, at: int, year: int) -> External | None:
    """ "Theo Kế hoạch kiểm tra của UBND tỉnh". Wishes of no one in particular ("thống nhất của các bên") are none."""
    keys = reading.keys
    mark = _SET_BY_OTHERS.match(keys, at)
    if not mark:
        return None
    end = _words_end(keys, mark.end() + 1) if mark.end() < len(keys) else mark.end()
    if _NO_BODY.search(keys, at, min(len(keys), end)):
        return None
    named = mark.group().endswith("@") or _BODY.search(keys, mark.end(), end)
    opening = _OPENING.match(keys, at)
    return External(reading.words(opening.end() if opening else at, end), end, () if named else (_BODY_DOUBT,))
