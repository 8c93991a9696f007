"""Rows pasted from a spreadsheet."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from plans.content import DEFAULT_LAYOUT, Column
from plans.models import Plan
from plans.pasting import MOST_ROWS, guessed_columns, pasted_rows, task_values
from qms.organisation.models import User

TABLE = (
    "STT\tNội dung công việc\tChủ trì\tThời gian\n"
    '1.\tLập kế hoạch\tVăn phòng Sở\tQuý I/2026\n2.\t"Đánh giá\nnội bộ"\tVP\t\n'
)


def test_cells_of_several_lines_stay_together() -> None:
    assert pasted_rows(TABLE)[2] == ["2.", "Đánh giá\nnội bộ", "VP", ""]


def test_empty_rows_and_columns_are_left_out() -> None:
    assert pasted_rows("a\tb\t\n\t\t\nc\t\t\n") == [["a", "b"], ["c", ""]]


def test_headings_name_the_columns() -> None:
    columns, headed = guessed_columns(pasted_rows(TABLE), DEFAULT_LAYOUT)
    assert (columns, headed) == ([Column.ORDINAL, Column.TITLE, Column.LEAD, Column.TIMING], True)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("1\tViệc\tBáo cáo", [Column.ORDINAL, Column.TITLE, Column.OUTPUTS]),
        ("Việc\tBáo cáo\tVăn phòng", [Column.TITLE, Column.OUTPUTS, Column.LEAD]),
    ],
)
def test_without_headings_the_order_of_the_layout_counts(text: str, columns: list[Column]) -> None:
    assert guessed_columns(pasted_rows(text), DEFAULT_LAYOUT) == (columns, False)


def test_each_row_becomes_the_fields_of_a_task() -> None:
    rows = pasted_rows(
        "1\tViệc\t- Báo cáo;\n- Biên bản\tVP".replace("- Báo cáo;\n- Biên bản", '"- Báo cáo;\n- Biên bản"')
    )
    columns = [Column.ORDINAL, Column.TITLE, Column.OUTPUTS, None]
    assert task_values(rows, columns) == [{"ordinal": "1", "title": "Việc", "outputs": ["Báo cáo", "Biên bản"]}]


def test_too_many_rows_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=f"tối đa {MOST_ROWS} dòng"):
        pasted_rows("x\n" * (MOST_ROWS + 1))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        rows = pasted_rows(text)
    except ValueError:
        return
    columns, _ = guessed_columns(rows, DEFAULT_LAYOUT)
    assert len(columns) == (len(rows[0]) if rows else 0)
    assert len(task_values(rows, columns)) <= len(rows)


@pytest.fixture
def url(client: Client, draft: Plan, secretary: User) -> str:
    client.force_login(secretary)
    return reverse("plans:task_paste", args=[draft.year, draft.pk])


def test_pasting_shows_first_and_writes_nothing(client: Client, url: str, draft: Plan) -> None:
    shown = client.post(url, {"text": TABLE})
    assert (shown.context["count"], shown.context["columns"]) == (2, ["ordinal", "title", "lead", "timing"])
    assert draft.tasks.count() == 3


def test_confirmed_rows_are_added_counted_and_linked(client: Client, url: str, draft: Plan) -> None:
    columns = ["ordinal", "title", "lead", "timing"]
    client.post(url, {"text": TABLE, "column": columns, "headed": "on", "store": "1"})
    new = draft.tasks.order_by("order")[3:]
    assert [(task.ordinal, task.title) for task in new] == [("4", "Lập kế hoạch"), ("5", "Đánh giá\nnội bộ")]
    assert [link.unit.name for link in new[0].units.all()] == ["Văn phòng Sở"]
    assert f"{new[0].timing.last_due}" == "2026-03-31"


def test_a_column_with_the_names_is_needed(client: Client, url: str, draft: Plan) -> None:
    response = client.post(url, {"text": TABLE, "column": ["", "", "lead", ""], "store": "1"})
    assert (response.status_code, response.context["trouble"]) == (422, "Chọn cột nào là tên nhiệm vụ.")
    assert draft.tasks.count() == 3


def test_nothing_pasted_says_so(client: Client, url: str) -> None:
    assert client.post(url, {"text": " \n"}).context["trouble"] == "Chưa có dòng nào để dán."
