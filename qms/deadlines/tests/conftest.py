import os
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real inputs beside the project; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("QMS_CORPUS", settings.BASE_DIR.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the corpus of real inputs is absent")
    return folder
