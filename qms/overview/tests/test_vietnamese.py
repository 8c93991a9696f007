"""The libraries speak Vietnamese too."""

import ast
import gettext
import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import pgettext

LIBRARY = Path(allauth.__file__).parent
# What people meet: forms, messages of errors, choices. Names of tables are for administrators of databases.
SOURCES = ["account/adapter.py", "account/fields.py", "account/forms.py", "mfa/adapter.py", "mfa/base/forms.py",
           "mfa/totp/forms.py", "mfa/webauthn/forms.py", "socialaccount/adapter.py"]  # fmt: skip
CATALOGUE = settings.BASE_DIR / "locale/vi/LC_MESSAGES"


def sentences(source: str) -> list[tuple[str, ...]]:
    """The arguments of every call of gettext in that file: (sentence,) or (context, sentence)."""
    tree = ast.parse((LIBRARY / source).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    asked = [call for call in calls if call.func.id in {"_", "gettext", "pgettext"}]
    return [tuple(part.value for part in call.args if isinstance(part, ast.Constant)) for call in asked]


@pytest.mark.parametrize("source", SOURCES)
def test_every_sentence_of_the_sign_in_library_is_translated(source: str) -> None:
    asked = sentences(source)
    left = [s for s in asked if (translated(*s) if len(s) == 1 else pgettext(*s)) == s[-1]]
    assert (left, bool(asked)) == ([], True)


def entries() -> list[tuple[str, str]]:
    """(msgid, translation) of the written catalogue."""
    text = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    return re.findall(r'^msgid "(.+)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.+)"$', text, re.M)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    read = {key: value for key, value in compiled._catalog.items() if key}
    assert sorted(read.values()) == sorted(value.replace('\\"', '"') for _, value in entries())


@pytest.mark.parametrize(("asked", "answer"), entries())
def test_a_translation_keeps_what_is_filled_in(asked: str, answer: str) -> None:
    filled = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
    assert sorted(filled.findall(asked)) == sorted(filled.findall(answer))
