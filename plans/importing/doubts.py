"""Collecting doubts, and their sentences in one place."""

from collections.abc import Iterator

from .result import Doubt

MAX_DOUBTS = 300

SENTENCES = {
    "no_head": "Không thấy phần đầu văn bản (cơ quan ban hành, số, ngày); hãy bổ sung.",
    "agency_from_body": "Không thấy tên cơ quan ở phần đầu; tên được lấy từ câu dẫn.",
    "agency_missing": "Không tìm thấy tên cơ quan ban hành.",
    "number_missing": "Số văn bản để trống.",
    "date_incomplete": "Ngày ban hành để trống hoặc chưa đủ ngày, tháng, năm.",
    "attached": "Kế hoạch kèm theo một văn bản khác trong cùng tệp; số, ngày, người ký là của văn bản đó.",
    "no_title": "Không thấy dòng KẾ HOẠCH; tên loại được đặt theo mặc định.",
    "subject_missing": "Không thấy trích yếu dưới dòng KẾ HOẠCH.",
    "year_guessed": "Năm của kế hoạch không ghi rõ ở trích yếu; hãy kiểm tra lại.",
    "bases_missing": "Không thấy căn cứ ban hành.",
    "intro_split": "Căn cứ và câu dẫn nằm chung một đoạn; đã tách làm hai.",
    "no_tasks": "Không nhận ra nhiệm vụ nào trong tệp; hãy nhập các nhiệm vụ.",
    "tasks_guessed": "Nhiệm vụ được lấy từ các tiểu mục đánh số; hãy kiểm tra lại.",
    "table_skipped": "Bảng này không giống bảng nhiệm vụ nên chưa được nhập.",
    "heading_missing": "Bảng không có dòng tiêu đề; các cột được hiểu như bảng ngay trước.",
    "columns_guessed": "Bảng không có dòng tiêu đề nhận ra được; các cột được đoán theo nội dung.",
    "column_unknown": "Không nhận ra cột này; nội dung được đưa vào ghi chú.",
    "cells_merged": "Ô gộp qua nhiều cột; nội dung được tính cho cột đầu tiên.",
    "row_joined": "Dòng không có số và tên nhiệm vụ; nội dung được nối vào nhiệm vụ ngay trên.",
    "ordinal_missing": "Dòng không có số thứ tự.",
    "ordinal_jump": "Số thứ tự không liên tục; hãy kiểm tra có thiếu dòng nào không.",
    "title_missing": "Dòng không có tên nhiệm vụ.",
    "lead_missing": "Nhiệm vụ chưa ghi đơn vị thực hiện.",
    "timing_missing": "Nhiệm vụ chưa ghi thời gian.",
    "timing_unclear": "Thời gian này chưa rõ nghĩa; hãy xác nhận.",
    "ditto": "Ô ghi “như trên”; hãy ghi rõ nội dung.",
    "month_words": "Ô tháng có chữ thay vì dấu; hãy kiểm tra lại thời gian.",
    "phases_across": "Các bảng nhiệm vụ nằm ở nhiều mục; khi in sẽ đứng chung một mục.",
    "text_between": "Có nội dung nằm giữa các bảng; khi in sẽ đứng sau bảng.",
    "text_recomposed": "Khi in, mục này sẽ khác tệp gốc ở cách đánh số, dấu câu hoặc thứ tự dòng.",
    "unit_unclear": "Không nhận ra đơn vị chịu trách nhiệm của đoạn này.",
    "recipients_missing": "Không thấy Nơi nhận.",
    "signer_missing": "Không thấy chức vụ hoặc tên người ký.",
    "tracked_changes": "Tệp còn sửa đổi đang theo dõi; phần thêm được nhận, phần xóa được bỏ.",
    "several_plans": "Trang tính này là một kế hoạch khác nên không được đọc.",
    "rows_left": "Các dòng cuối bảng không phải nhiệm vụ nên chưa được nhập.",
    "attachment_skipped": "Phụ lục này không có bảng nhiệm vụ nên chưa được nhập.",
    "text_outside": "Đoạn này không thuộc mục nào nên chưa được nhập.",
}


class Doubts:
    """The doubts of one file in the order in which they arose, each once."""

    def __init__(self, year: int = 0) -> None:
        self.year = year
        """The year of the plan, by which timings are judged."""
        self._found: dict[Doubt, None] = {}

    def add(self, code: str, where: str = "", text: str = "", reason: str = "") -> None:
        """Note a doubt; `text` is the words in question, `reason` a sentence more."""
        if len(self._found) < MAX_DOUBTS:
            self._found[Doubt(code, where, f"{SENTENCES[code]} {reason}".strip(), text)] = None

    def __iter__(self) -> Iterator[Doubt]:
        return iter(self._found)
