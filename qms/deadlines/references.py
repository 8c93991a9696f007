"""Where a text cites documents: their numbers and dates are neither deadlines nor moved to another year."""

import re

_DATE = r"(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}|(?:\d{1,2}|…+|\.+)?\s?tháng\s(?:\d{1,2}|…+|\.+)?\s?năm\s\d{4})"
_WORD_OF_TIME = r"(?:trước|đến|chậm|muộn|hoàn|trong|từ|sau|khi|quý|tháng)"
_ISSUER = rf"(?:\scủa(?:\s(?!{_WORD_OF_TIME}\b|ngày\b)[^\s,;.\d]{{1,20}}){{1,15}})"
_SIGNED = rf"(?:{_ISSUER}?\s?,?\s(?:ký\s)?ngày\s{_DATE})"
_TYPES = r"(?:nghị định|thông tư|quyết định|nghị quyết|công văn|chỉ thị|kế hoạch|tờ trình|báo cáo|văn bản|luật)"
# A symbol begins with capitals: KH-UBND, QĐ-TTg, QH16, Đ-BVHTTDL; never "LẦN/NĂM" or the month mark T6.
_SYMBOL = r"(?!(?:NĂM|THÁNG|QUÝ|TUẦN|NGÀY|LẦN)\b)(?:[A-ZĐ]{2,}[\w]*|[A-ZĐ](?=-[A-Z]))(?:[-&.][A-ZĐ][\w]*)*"

_NUMBERED = rf"(?<!\d)(?:\d{{1,5}}\s?/\s?(?:\d{{4}}\s?/\s?)?|(?<=[:\s])/){_SYMBOL}{_SIGNED}?"
_TYPED = rf"(?i:\b{_TYPES}\s(?:số\s)?|\bsố\s)\d{{1,5}}/\d{{4}}(?!\d|\s?/){_SIGNED}?"
_DATED = rf"(?i:\b{_TYPES}\s)(?:số:?\s?[…._\s]*)?(?:\d{{1,5}}\s)?ngày\s{_DATE}"
_STANDARD = (
    r"\b(?:TCVN|ISO|IEC|QCVN)(?:/(?:IEC|TS))?(?:\s(?:ISO|IEC)(?:/(?:IEC|TS))?)*\s?"
    r"(?:\d{1,5}(?:-\d+)?:\s?\d{4}|(?!20[0-4]\d\b)\d{3,5}\b)"  # "ISO 2025" is a year, not a standard
)
_STANDARD_BARE = r"\b\d{4,5}:\d{4}\b"
_LAW = r"\b(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)(?:\s(?!năm\b)[^\s,;.\d]{1,20}){0,12}\s(?:năm\s)?\d{4}\b"

_REFERENCE = re.compile("|".join((_NUMBERED, _TYPED, _DATED, _STANDARD, _STANDARD_BARE, _LAW)))


def reference_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of every citation in an NFC text whose white space is single."""
    return [match.span() for match in _REFERENCE.finditer(text)]
