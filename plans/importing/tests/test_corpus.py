"""The five real plans and the four bad files."""

import json
from pathlib import Path
from typing import Any

import pytest

from plans.content import DEFAULT_LAYOUT, LayoutContent, PlanContent, TaskStyle
from plans.importing import NotAPlan, read_plan, read_plan_safely

from .test_round_trip import HABITS
from .typist import Typist

pytestmark = pytest.mark.corpus
NAMES = ("ha-noi-2024", "ha-tinh-2026", "khcn-2024", "soc-trang-2025", "tra-vinh-2023")


def expected(corpus: Path, name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((corpus / "plans" / f"{name}.json").read_text(encoding="utf-8"))
    data.pop("_notes")
    return data


@pytest.mark.parametrize("name", NAMES)
def test_a_real_plan_is_read_field_by_field(corpus: Path, name: str) -> None:
    assert read_plan(corpus / "plans" / f"{name}.docx").content.to_json() == expected(corpus, name)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_plan_shows_its_sections_as_the_file_does(corpus: Path, name: str) -> None:
    data = read_plan_safely(corpus / "plans" / f"{name}.docx").to_json()
    data.pop("doubts")
    assert data == expected(corpus, name)


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("name", NAMES)
def test_a_real_plan_typed_another_way_is_the_same_plan(corpus: Path, tmp_path: Path, name: str, habit: str) -> None:
    data = expected(corpus, name)
    layout = LayoutContent(TaskStyle.PARAGRAPHS) if name == "khcn-2024" else DEFAULT_LAYOUT
    typed = Typist(PlanContent.from_json(data, layout), HABITS[habit]).type()
    assert typed.read(tmp_path).content.to_json() == data


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("blank.docx", "Tệp này không phải kế hoạch: không thấy tên loại KẾ HOẠCH và không có bảng nhiệm vụ."),
        ("broken.docx", "Tệp bị hỏng hoặc tải lên chưa đủ, không mở được; hãy kiểm tra lại tệp gốc."),
        ("bomb.docx", "Tệp giải nén ra quá lớn so với một kế hoạch, hệ thống không mở."),
        ("macro.docm", "Tệp có chứa macro, hệ thống không nhận; hãy lưu lại thành .docx hoặc .xlsx không có macro."),
    ],
)
@pytest.mark.parametrize("read", [read_plan, read_plan_safely])
def test_a_bad_file_gets_one_clear_sentence(corpus: Path, name: str, sentence: str, read: Any) -> None:
    with pytest.raises(NotAPlan) as caught:
        read(corpus / "bad" / name)
    assert str(caught.value) == sentence
