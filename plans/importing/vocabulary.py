"""The words of plans: column headings, labels of paragraphs, units, verbs, positions. All patterns see folded text
(no marks, lower case) unless their comment says otherwise."""

import re
from functools import lru_cache

from plans.content import Column
from qms.text import fold

_NOT_WORD = re.compile(r"[^a-z0-9]+")
MAX_HEADING = 90
"""No column heading is longer than this."""

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        (Column.ORDINAL, r"(so )?(s ?t ?t|t ?t)|so thu tu|thu tu|so|no|muc|ma so|buoc"),
        (Column.NOTE, r"ghi chu.*|luu y"),
        (Column.LEAD, r"(.* )?chu tri( va)?( don vi)? phoi hop( .*)?"),
        (Column.APPROVER, r"(.* )?(phe duyet|ky duyet|xet duyet|nguoi duyet|cap duyet)( .*)?"),
        (Column.APPROVER, r"duyet|lanh dao.*|(nguoi )?chi dao.*"),
        (Column.SUPPORT, r"(.* )?(phoi hop|ho tro)( .*)?|(don vi )?tham gia.*"),
        (Column.TIMING, r"(.* )?(thoi gian|thoi han|tien do|thoi diem|ky han|moc|ngay hoan thanh)( .*)?"),
        (Column.TIMING, r"han( .*)?|hoan thanh( truoc.*| vao.*)?|lich( .*)?|thang( .*)?|quy( [iv0-9].*)?"),
        (Column.TIMING, r"bat dau.*|ket thuc.*"),
        (Column.OUTPUTS, r"(.* )?(san pham|ket qua|dau ra|ho so|tai lieu|minh chung)( .*)?"),
        (Column.TITLE, r"(ten )?(noi dung|nhiem vu|cong viec|hoat dong|hang muc|dau viec|viec|buoc cong viec)( .*)?"),
        (Column.LEAD, r"(.* )?(chu tri|don vi|tham muu|phu trach|dau moi|bo phan|co quan|ca nhan)( .*)?"),
        (Column.LEAD, r"(.* )?trach nhiem( .*)?|(nguoi |to chuc |giao )?thuc hien|chinh|phan cong.*"),
        (Column.LEAD, r"(nguoi|phong|can bo|nhan su)( .*)?"),
        (Column.TITLE, r"(.* )?(noi dung|nhiem vu|cong viec|hoat dong|hang muc|buoc)( .*)?"),
    )
)
_NOT_TASKS = re.compile(
    r"ho( va)? ten|ho ten.*|chuc vu|chuc danh|don gia|thanh tien|so luong|so dien thoai|chu ky|don vi tinh"
)


@lru_cache(maxsize=2000)
def words(text: str) -> str:
    """The folded text with every sign as one space."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def column_of(heading: str) -> Column | None:
    """What a column with this heading holds; None where the heading says nothing known."""
    if not heading or len(heading) > MAX_HEADING:
        return None
    bare = words(heading)
    return next((key for key, pattern in _COLUMNS if pattern.fullmatch(bare)), None)


def is_foreign_column(heading: str) -> bool:
    """A heading that belongs to a list of people or of costs, never to a table of tasks."""
    return bool(_NOT_TASKS.fullmatch(words(heading)))


def is_ordinal_heading(heading: str) -> bool:
    """ "STT", "TT", "Số TT", also broken over lines ("S TT")."""
    return column_of(heading) == Column.ORDINAL
