"""Rules on the components round the content: agency, number, place, title, căn cứ, signature, nơi nhận, annexes."""

import re
from collections.abc import Iterator

from qms.documents.model import Form, OfficialDocument, Paragraph, Signature, block_texts, plain_text
from qms.documents.review_remarks import LayoutRemark, fault, note
from qms.text import fold, roman

KIND_SIGNS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "phiếu gửi": "PG",
}
"""Abbreviations of the kinds of documents (Phụ lục III, mục I)."""

_SYMBOL = re.compile(r"[A-ZĐ][A-Za-zĐđ]*(-[A-ZĐ0-9][A-Za-zĐđ0-9]*)+")
_BARE_SUPERIORS = {"ubnd tinh", "uy ban nhan dan tinh", "ubnd thanh pho", "uy ban nhan dan thanh pho"}
_ON_BEHALF = re.compile(r"(TM|Q|KT|TL|TUQ)\. \S")
_ACADEMIC = re.compile(r"\b(PGS|GS|TS|ThS|Ths|CN|KS|BS)\.")
_BASIS_OPENING = re.compile(r"(Căn cứ|Theo|Thực hiện|Xét|Để)\b")
END_MARK = "./."


def issuer(document: OfficialDocument) -> Iterator[LayoutRemark]:
    where = "Tên cơ quan"
    if not document.issuer.name:
        yield fault("issuer-missing", "Chưa có tên cơ quan ban hành văn bản (Phụ lục I, mục II.2).", where)
    if not document.issuer.superior:
        yield note("superior-missing", "Chưa có tên cơ quan chủ quản trực tiếp (Phụ lục I, mục II.2).", where)
    elif fold(document.issuer.superior) in _BARE_SUPERIORS:
        message = "Tên cơ quan chủ quản ở địa phương phải kèm tên tỉnh, thành phố (Phụ lục I, mục II.2)."
        yield fault("superior-bare", message, where)


def number_and_symbol(document: OfficialDocument) -> Iterator[LayoutRemark]:
    where = "Số, ký hiệu"
    if document.number and not document.number.isdecimal():
        yield fault("number-form", "Số văn bản ghi bằng chữ số Ả Rập (Phụ lục I, mục II.3).", where)
    if document.symbol:
        yield from _symbol(document, where)
    elif document.form != Form.MINUTES:
        yield fault("symbol-missing", "Chưa có ký hiệu văn bản (Phụ lục I, mục II.3).", where)


def _symbol(document: OfficialDocument, where: str) -> Iterator[LayoutRemark]:
    if not _SYMBOL.fullmatch(document.symbol):
        message = "Ký hiệu viết in hoa, các nhóm chữ cách nhau bằng dấu gạch nối, không cách chữ (Phụ lục I, mục II.3)."
        yield fault("symbol-form", message, where)
        return
    first = document.symbol.split("-")[0]
    expected = KIND_SIGNS.get(document.kind_name.lower(), "")
    if document.form == Form.LETTER and first in {*KIND_SIGNS.values(), "CV"}:
        message = "Ký hiệu của công văn chỉ gồm tên viết tắt của cơ quan và đơn vị soạn thảo (Phụ lục I, mục II.3)."
        yield fault("symbol-letter", message, where)
    elif document.form != Form.LETTER and expected and first != expected:
        message = f"Ký hiệu của {document.kind_name.lower()} bắt đầu bằng “{expected}-” (Phụ lục III, mục I)."
        yield fault("symbol-kind", message, where)


def place(document: OfficialDocument) -> Iterator[LayoutRemark]:
    if not document.place:
        yield fault("place-missing", "Chưa có địa danh (Phụ lục I, mục II.4).", "Địa danh, thời gian")


def kind(document: OfficialDocument) -> Iterator[LayoutRemark]:
    if not document.kind_name:
        yield fault("kind-missing", "Chưa có tên loại văn bản (Phụ lục I, mục II.5).", "Tên loại")
    elif document.kind_name.lower() not in KIND_SIGNS:
        message = f"“{document.kind_name}” không có trong bảng tên loại văn bản hành chính (Phụ lục III, mục I)."
        yield note("kind-unknown", message, "Tên loại")


def subject(document: OfficialDocument) -> Iterator[LayoutRemark]:
    text, where = document.subject, "Trích yếu"
    if not text:
        yield fault("subject-missing", "Chưa có trích yếu nội dung (Phụ lục I, mục II.5).", where)
    elif text[-1] in ".;:,":
        yield fault("subject-end", "Trích yếu không kết thúc bằng dấu câu (Phụ lục I, mục II.5).", where)
    if document.form == Form.LETTER and fold(text).startswith(("v/v", "ve viec")):
        message = "Không ghi lại “V/v” trong trích yếu, hệ thống tự in chữ này (Phụ lục I, mục II.5)."
        yield fault("subject-prefix", message, where)


def bases(document: OfficialDocument) -> Iterator[LayoutRemark]:
    if not document.bases:
        yield fault("bases-missing", "Quyết định phải có căn cứ ban hành (Phụ lục I, mục II.6).", "Căn cứ")
    last = len(document.bases)
    for index, basis in enumerate(document.bases, 1):
        where, wanted = f"Căn cứ thứ {index}", "." if index == last else ";"
        if not basis.endswith(wanted):
            name = "dấu chấm" if index == last else "dấu chấm phẩy"
            which = "Căn cứ cuối cùng" if index == last else "Mỗi căn cứ"
            yield fault("basis-end", f"{which} kết thúc bằng {name} “{wanted}” (Phụ lục I, mục II.6).", where)
        if not _BASIS_OPENING.match(basis):
            yield note("basis-opening", "Căn cứ thường mở đầu bằng “Căn cứ” hoặc “Theo” (Phụ lục I, mục II.6).", where)


def end_mark(document: OfficialDocument) -> Iterator[LayoutRemark]:
    texts = list(block_texts(document.blocks))
    if not texts or not texts[-1].endswith(END_MARK):
        yield fault("end-mark-missing", "Nội dung văn bản kết thúc bằng “./.” (Phụ lục III, mục II).", "Cuối văn bản")
    for text in texts[:-1]:
        if END_MARK in text:
            yield fault("end-mark-early", f"Dấu “./.” chỉ đặt ở cuối văn bản: “{text[-60:]}”.", "Nội dung")
    for annex in document.annexes:
        last = annex.blocks[-1] if annex.blocks else None
        if isinstance(last, Paragraph) and not plain_text(last.text).endswith(END_MARK):
            yield note("end-mark-annex", "Nội dung phụ lục kết thúc bằng “./.” (Phụ lục III, mục II).", annex.label)


def addressees(document: OfficialDocument) -> Iterator[LayoutRemark]:
    if not document.addressees:
        yield fault("addressee-missing", "Công văn phải có nơi kính gửi (Phụ lục I, mục II.9).", "Kính gửi")


def signatures(document: OfficialDocument) -> Iterator[LayoutRemark]:
    if not document.signatures:
        yield fault("signature-missing", "Chưa có chức vụ và họ tên người ký (Phụ lục I, mục II.7).", "Chữ ký")
    for signature in document.signatures:
        yield from _signature(signature)


def _signature(signature: Signature) -> Iterator[LayoutRemark]:
    where = "Chữ ký"
    if not signature.position:
        yield fault("position-missing", "Chưa có chức vụ người ký (Phụ lục I, mục II.7).", where)
    if not signature.name:
        yield note("name-missing", "Chưa có họ tên người ký (Phụ lục I, mục II.7).", where)
    if _ACADEMIC.search(signature.name):
        yield fault("name-title", "Không ghi học hàm, học vị trước họ tên người ký (Phụ lục I, mục II.7).", where)
    for line in signature.on_behalf:
        if not _ON_BEHALF.match(line):
            message = f"“{line}”: quyền hạn ký ghi TM., Q., KT., TL. hoặc TUQ. rồi đến chức vụ (Phụ lục I, mục II.7)."
            yield fault("on-behalf-form", message, where)
    if signature.on_behalf and signature.on_behalf[-1].startswith("KT.") and not _is_deputy(signature.position):
        yield fault("deputy-position", "Người ký KT. là cấp phó: ghi “PHÓ …” (Phụ lục I, mục II.7).", where)


def _is_deputy(position: str) -> bool:
    return fold(position).startswith("pho ")


def recipients(document: OfficialDocument) -> Iterator[LayoutRemark]:
    where = "Nơi nhận"
    if not document.recipients:
        yield fault("recipients-missing", "Chưa có nơi nhận (Phụ lục I, mục II.9).", where)
        return
    last, first = document.recipients[-1], document.recipients[0]
    if not fold(last).startswith("luu"):
        yield fault("recipients-archive", "Dòng cuối của nơi nhận là “Lưu: VT, …” (Phụ lục I, mục II.9).", where)
    elif not last.startswith("Lưu: VT"):
        yield fault("recipients-archive-form", f"Ghi “Lưu: VT, …” thay cho “{last}” (Phụ lục I, mục II.9).", where)
    if document.addressees and not fold(first).startswith("nhu "):
        yield note(
            "recipients-as-above", "Văn bản có nơi kính gửi: dòng đầu ghi “Như trên” (Phụ lục I, mục II.9).", where
        )
    if document.form == Form.DECISION and not first.startswith("Như Điều"):
        yield note("recipients-article", "Nơi nhận của quyết định mở đầu bằng “Như Điều …” (mẫu 1.2).", where)


def annexes(document: OfficialDocument) -> Iterator[LayoutRemark]:
    if not any("phu luc" in fold(text) for text in block_texts(document.blocks)):
        message = "Trong văn bản phải có chỉ dẫn về phụ lục kèm theo (Phụ lục I, mục III.1)."
        yield fault("annex-mention", message, "Nội dung")
    several = len(document.annexes) > 1
    for index, annex in enumerate(document.annexes, 1):
        if annex.number != (roman(index) if several else ""):
            message = "Từ hai phụ lục trở lên đánh số I, II, III …; một phụ lục không đánh số (Phụ lục I, mục III.1)."
            yield fault("annex-number", message, annex.label)
        if not annex.title:
            yield fault("annex-title", "Phụ lục phải có tiêu đề (Phụ lục I, mục III.1).", annex.label)
