"""Where the real inputs lie, and a plan to type."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from plans.content import PlanContent

from .invented import PLAN


@pytest.fixture
def corpus() -> Path:
    """The folder of real inputs; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("QMS_CORPUS") or settings.BASE_DIR.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip("no corpus here")
    return folder


@pytest.fixture
def plan() -> PlanContent:
    return PLAN
