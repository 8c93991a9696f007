"""Templates: all in use, all found, nothing inline that the security policy would refuse."""

import re
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.tracked import name, tracked

# Asked for by Django itself (429: by django-allauth) when something goes wrong.
BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt))(?:#[\w-]+)?["']""")
REQUIRED = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"'#]+)(?:#[\w-]+)?["']""")
INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>"),
    "style element": re.compile(r"<style\b"),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "javascript address": re.compile(r"javascript:"),
}


def template_folders() -> list[Path]:
    """Where our own templates live."""
    own = [Path(config.path) / "templates" for config in apps.get_app_configs()]
    return [settings.BASE_DIR / "templates", *(path for path in own if settings.BASE_DIR in path.parents)]


@cache
def templates() -> dict[str, Path]:
    """Every template of ours by the name it is asked for with."""
    paths = [path for path in tracked(".html", ".txt") if "site-packages" not in path.parts]
    found = {}
    for folder in template_folders():
        found |= {path.relative_to(folder).as_posix(): path for path in paths if path.is_relative_to(folder)}
    return found


def replaces_one_of_a_library(asked: str) -> bool:
    """A library asks for it; ours comes first."""
    libraries = [Path(config.path) / "templates" for config in apps.get_app_configs()]
    return any((folder / asked).is_file() for folder in libraries if "site-packages" in folder.parts)


@cache
def mentioned() -> set[str]:
    """Names that stand in Python files and in other templates."""
    sources = [*tracked(".py"), *templates().values()]
    return {asked for path in sources for asked in NAMED.findall(path.read_text(encoding="utf-8"))}


def exists(asked: str) -> bool:
    """Whether a template of that name is found."""
    try:
        get_template(asked)
    except TemplateDoesNotExist:
        return False
    return True


def test_every_template_compiles_and_comes_before_that_of_a_library() -> None:
    found = {asked: Path(get_template(asked).origin.name) for asked in templates()}
    assert found == templates()


def test_every_template_is_in_use() -> None:
    known = mentioned() | BY_DJANGO
    assert [asked for asked in templates() if asked not in known and not replaces_one_of_a_library(asked)] == []


def test_what_templates_include_exists() -> None:
    texts = {asked: path.read_text(encoding="utf-8") for asked, path in templates().items()}
    asked_for = {part: asked for asked, text in texts.items() for part in REQUIRED.findall(text)}
    assert {part: asked for part, asked in asked_for.items() if not exists(part)} == {}


def test_templates_have_nothing_inline() -> None:
    pages = [path for path in tracked(".html") if path.parent.name != "mail"]  # a mail has only inline styles
    found = {name(path): kinds for path in pages if (kinds := inline_parts(path))}
    assert found == {}


def inline_parts(path: Path) -> dict[str, list[str]]:
    """What the security policy would refuse, by kind; comments do not reach the browser."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    return {kind: found for kind, rule in INLINE.items() if (found := rule.findall(text))}
