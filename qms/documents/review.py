"""Soát thể thức: reads an official document as văn thư would and says what departs from Nghị định 30/2020/NĐ-CP.

It warns and never blocks. Every rule is one row of `RULES`: its title is what the screen lists as passed, its check
yields the remarks. Numbers in messages name the places of the decree's annexes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qms.documents import review_frame, review_numbering, review_words
from qms.documents.model import Form, OfficialDocument
from qms.documents.review_remarks import LayoutRemark, Severity

__all__ = ["LayoutRemark", "LayoutReview", "Severity", "review_layout"]

Check = Callable[[OfficialDocument], Iterable[LayoutRemark]]


@dataclass(frozen=True)
class LayoutReview:
    """Titles of the rules that the document keeps, and the remarks on the others, in the order of the page."""

    passed: tuple[str, ...]
    remarks: tuple[LayoutRemark, ...]

    @property
    def summary(self) -> str:
        """The counts in words, as "12 điểm đạt, 1 điểm cần sửa, 2 lưu ý"."""
        faults = sum(remark.severity == Severity.FAULT for remark in self.remarks)
        notes = len(self.remarks) - faults
        counted = ((len(self.passed), "điểm đạt"), (faults, "điểm cần sửa"), (notes, "lưu ý"))
        return ", ".join(f"{count} {word}" for count, word in counted if count) or "Không có điểm nào để soát"


@dataclass(frozen=True)
class Rule:
    """One point of the review; `applies` says for which documents it is asked."""

    title: str
    check: Check
    applies: Callable[[OfficialDocument], bool] = lambda document: True


RULES = (
    Rule("Tên cơ quan ban hành và cơ quan chủ quản", review_frame.issuer),
    Rule("Số và ký hiệu văn bản", review_frame.number_and_symbol),
    Rule("Địa danh và thời gian ban hành", review_frame.place, lambda d: d.form != Form.MINUTES),
    Rule("Tên loại văn bản", review_frame.kind, lambda d: d.form != Form.LETTER),
    Rule("Trích yếu nội dung", review_frame.subject),
    Rule("Căn cứ ban hành", review_frame.bases, lambda d: bool(d.bases) or d.form == Form.DECISION),
    Rule("Viện dẫn văn bản", review_words.citations),
    Rule("Thứ tự đánh số mục, khoản, điểm", review_numbering.numbering),
    Rule("Tiêu đề mục, khoản", review_numbering.headings),
    Rule("Dấu câu và khoảng trắng", review_words.spacing),
    Rule("Dấu kết thúc đoạn", review_words.paragraph_ends),
    Rule("Dấu kết thúc văn bản “./.”", review_frame.end_mark),
    Rule("Viết hoa", review_words.capitals),
    Rule("Tên tiêu chuẩn TCVN ISO 9001", review_words.standard_name),
    Rule("Nơi kính gửi", review_frame.addressees, lambda d: d.form == Form.LETTER),
    Rule("Chức vụ, họ tên người ký", review_frame.signatures),
    Rule("Nơi nhận", review_frame.recipients),
    Rule("Phụ lục", review_frame.annexes, lambda d: bool(d.annexes)),
)


def review_layout(document: OfficialDocument) -> LayoutReview:
    """Every rule asked of the document."""
    passed: list[str] = []
    remarks: list[LayoutRemark] = []
    for rule in RULES:
        if rule.applies(document):
            found = list(rule.check(document))
            remarks += found
            passed += [] if found else [rule.title]
    return LayoutReview(tuple(passed), tuple(remarks))
