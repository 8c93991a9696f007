"""What the README promises a newcomer."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.tracked import name, tracked

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
ACCOUNTS = re.findall(r"^\| `(\w+)` \| ([^,|]+)[,|]", README, re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_every_command_exists() -> None:
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("path", tracked(".md"), ids=name)
def test_a_link_between_documents_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (path.parent / link).exists()] == []
