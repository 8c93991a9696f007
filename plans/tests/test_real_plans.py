"""The five real plans: read, stored, and given back to the letter."""

import json
from pathlib import Path
from typing import Any

import pytest

from plans.actions import store_plan
from plans.importing import read_plan
from plans.models import Plan
from plans.selectors import plan_content
from qms.organisation.models import Agency, User

from .conftest import AT

NAMES = ("ha-noi-2024", "ha-tinh-2026", "khcn-2024", "soc-trang-2025", "tra-vinh-2023")


def expected(corpus: Path, name: str) -> dict[str, Any]:
    data = json.loads((corpus / "plans" / f"{name}.json").read_text(encoding="utf-8"))
    return {key: value for key, value in data.items() if not key.startswith("_")}


@pytest.mark.corpus
@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_is_what_is_stored(corpus: Path, agency: Agency, secretary: User, name: str) -> None:
    content = read_plan(corpus / "plans" / f"{name}.docx").content
    plan = store_plan(agency=agency, content=content, actor=secretary, at=AT)
    assert plan_content(Plan.objects.get(pk=plan.pk)).to_json() == expected(corpus, name)
