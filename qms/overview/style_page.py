"""Every component of the visual language on one page, with long, empty, late and wrong states (only with DEBUG)."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

TODAY = date(2026, 3, 9)
DONE = Row(tone="done", shape="✓", label="xong")
LATE = Row(tone="late", shape="▲", label="trễ 6 ngày")
SOON = Row(tone="soon", shape="▲", label="còn 2 ngày")
RETURNED = Row(tone="soon", shape="↩", label="trả lại")
ACTIVE = Row(tone="active", shape="●", label="đang làm")
WAITING = Row(tone="dormant", shape="◌", label="chờ sự kiện")
AHEAD = Row(tone="dormant", shape="○", label="chưa đến kỳ")
LONG = (
    "Rà soát, sửa đổi, bổ sung các quy trình nội bộ giải quyết thủ tục hành chính cho phù hợp với danh mục thủ tục "
    "hành chính mới được công bố và với việc sắp xếp lại các phòng chuyên môn, nghiệp vụ"
)


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Tên nhiệm vụ", help_text="Viết như sẽ in trong kế hoạch.")
    due = forms.DateField(label="Hạn cuối", widget=forms.DateInput(attrs={"placeholder": "05/11/2026"}))
    unit = forms.ChoiceField(label="Đơn vị chủ trì", choices=[("", "Chọn đơn vị"), ("1", "Văn phòng"), ("2", LONG)])
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    public = forms.BooleanField(label="Gửi các đơn vị trực thuộc để biết", required=False)
    kind = forms.ChoiceField(
        label="Cách trình bày", choices=[("table", "Bảng"), ("list", "Mục đánh số")], widget=forms.RadioSelect
    )
    answer = forms.ChoiceField(
        label="Đến hôm nay việc này thế nào?",
        choices=[("no", "Chưa bắt đầu"), ("doing", "Đang làm"), ("done", "Đã xong"), ("none", "Không áp dụng")],
        widget=forms.RadioSelect,
    )


def _right_form() -> SampleForm:
    return SampleForm(initial={"title": "Xây dựng mục tiêu chất lượng", "kind": "table", "answer": "done"})


def _wrong_form() -> SampleForm:
    form = SampleForm({"title": "", "due": "31/02/2026", "kind": "table"}, prefix="wrong")
    form.full_clean()
    form.add_error(None, "Năm của kế hoạch đã có một kế hoạch khác đang soạn.")
    return form


def _tasks() -> list[Row]:
    return [
        Row(number=1, label="Xây dựng mục tiêu chất lượng của Sở", product="Mục tiêu; kế hoạch thực hiện",
            unit="Văn phòng", units="", timing="Tháng 02/2026", due=date(2026, 2, 28), state=DONE,
            windows=[(date(2026, 2, 1), date(2026, 2, 28), DONE)], url="#bang"),
        Row(number=2, label="Xây dựng mục tiêu chất lượng của các phòng", product="Mục tiêu của từng phòng",
            unit="Các phòng chuyên môn, nghiệp vụ", units="8 đơn vị, 7 đã gửi", timing="Trước ngày 06/03/2026",
            due=date(2026, 3, 5), state=LATE, windows=[(None, date(2026, 3, 5), LATE)], url="#bang"),
        Row(number=3, label=LONG, product="", unit="Các phòng có thủ tục hành chính", units="", timing="Thường xuyên",
            due=None, state=ACTIVE, windows=[(None, None, ACTIVE)], url="#bang"),
        Row(number=4, label="Đánh giá nội bộ", product="Báo cáo đánh giá", unit="Đoàn đánh giá", units="",
            timing="Quý II và Quý III/2026", due=date(2026, 9, 30), state=AHEAD,
            windows=[(date(2026, 4, 1), date(2026, 9, 30), AHEAD)], url="#bang"),
        Row(number=5, label="Báo cáo kết quả áp dụng hệ thống", product="Báo cáo", unit="Văn phòng", units="",
            timing="Hằng quý", due=date(2026, 3, 31), state=SOON,
            windows=[(date(2026, 1, 1), date(2026, 3, 31), SOON), (date(2026, 10, 1), date(2026, 12, 31), AHEAD)],
            url="#bang"),
        Row(number=6, label="Kiện toàn Ban Chỉ đạo ISO", product="Quyết định", unit="Văn phòng", units="",
            timing="Khi có sự thay đổi", due=None, state=WAITING, windows=[], note="chờ sự kiện", url="#bang"),
    ]  # fmt: skip


def _steps() -> list[Row]:
    day = datetime(2026, 1, 5, 9, 30, tzinfo=timezone.get_current_timezone())
    return [
        Row(tone="done", shape="✓", label="Soạn thảo", who="Trần Thị Mai", when=day),
        Row(tone="done", shape="✓", label="Lấy ý kiến", who="8/8 phòng", when=day + timedelta(days=7)),
        Row(tone="soon", shape="↩", label="Chánh Văn phòng trả lại", who="Nguyễn Hữu Phước",
            when=day + timedelta(days=9), comment="Bổ sung Chi cục vào phạm vi.\nĐiều chỉnh thời gian mục 4."),
        Row(tone="done", shape="✓", label="Kiểm tra nội dung", who="Nguyễn Hữu Phước", when=day + timedelta(days=10)),
        Row(tone="active", shape="●", label="Phê duyệt", who="Phó Giám đốc (KT.)"),
        Row(tone="dormant", shape="○", label="Cấp số, ban hành"),
    ]  # fmt: skip


def _comparison() -> list[Row]:
    return [
        Row(label="Nhiệm vụ", mine="Đánh giá nội bộ", theirs="Đánh giá nội bộ"),
        Row(label="Chủ trì", mine="Văn phòng", theirs="Đoàn đánh giá nội bộ"),
        Row(label="Thời gian", mine="Quý II/2026", theirs="Quý II và Quý III/2026"),
        Row(label="Ghi chú", mine="", theirs="Mời đơn vị tư vấn cùng dự"),
    ]


def _samples() -> dict[str, Any]:
    return {
        "sample_day": TODAY,
        "states": [DONE, LATE, SOON, RETURNED, ACTIVE, WAITING, AHEAD],
        "form": _right_form(),
        "wrong_form": _wrong_form(),
        "tasks": _tasks(),
        "steps": _steps(),
        "parts": [("done", 14, "xong"), ("active", 12, "đang làm"), ("late", 3, "trễ"), ("dormant", 15, "chưa đến kỳ")],
        "missing": [
            Row(text="Chọn một đơn vị phối hợp (nhiệm vụ 7)", url="#bang"),
            Row(text="Chưa có căn cứ", url=""),
        ],
        "comparison": _comparison(),
        "tabs": [
            Row(label="Bảng", url="#bang", current=True),
            Row(label="Dòng thời gian", url="#bieu-do", current=False),
            Row(label="Như bản in", url="#ban-in", current=False),
        ],
        "documents": [
            Row(title="05/KH-SKH", date=date(2026, 1, 28), note="", files=[("PDF", "#tep"), ("DOCX", "#tep")]),
            Row(title="Dự thảo", date=None, note="Soát thể thức: 12 điểm đạt, 1 lưu ý", files=[("PDF", "#tep")]),
        ],
        "facts": [
            ("Số, ký hiệu", "05/KH-SKH"),
            ("Người ký", "KT. Giám đốc, Phó Giám đốc Lê Văn Bình"),
            ("Ghi chú", ""),
        ],
        "page": Paginator(range(500), 25).page(7),
    }


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """The page `/giao-dien/`; unknown (404) on a real installation."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "overview/style/page.html", _samples())
