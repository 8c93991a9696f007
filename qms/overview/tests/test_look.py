"""Colours that can be read, assets that are what they claim to be."""

import hashlib
import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
TEXTS = ("text", "muted", "accent", "late", "soon", "done", "dormant")
TINTED = ("accent", "late", "soon", "done", "dormant")
GROUNDS = ("page", "card", "raised")


def tokens() -> dict[str, dict[str, str]]:
    """The colours by theme; the two writings of the dark theme must agree."""
    css = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    light, system, chosen, *_ = re.findall(r":root[^{]*\{([^}]*)\}", css)
    read = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)) for block in (light, system, chosen)]
    assert read[1] == read[2]
    return {"light": read[0], "dark": read[1]}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*itertools.product(TEXTS, GROUNDS)])
def test_words_can_be_read_on_every_ground(theme: str, text: str, ground: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[text], colours[ground]) >= 5.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tone", TINTED)
def test_a_state_can_be_read_on_its_own_tint(theme: str, tone: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[tone], colours[f"{tone}-tint"]) >= 5.5
    assert contrast(colours["text"], colours[f"{tone}-tint"]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_fields_and_buttons_stand_out_from_their_ground(theme: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours["on-accent"], colours["accent"]) >= 5.5
    assert min(contrast(colours["field-border"], colours[ground]) for ground in GROUNDS) >= 3


def listed() -> dict[str, str]:
    """File → sha256, as the manifest says."""
    text = (STATIC / "vendor/README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", text, re.M))


def test_every_asset_of_others_is_listed() -> None:
    files = {
        path.relative_to(STATIC / "vendor").as_posix() for path in (STATIC / "vendor").rglob("*") if path.is_file()
    }
    assert files - {"README.md"} == set(listed())


@pytest.mark.parametrize("asset", listed())
def test_an_asset_of_others_is_unchanged(asset: str) -> None:
    assert hashlib.sha256((STATIC / "vendor" / asset).read_bytes()).hexdigest() == listed()[asset]


@pytest.mark.parametrize("sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_names_only_files_of_ours(sheet: Path) -> None:
    for address in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text(encoding="utf-8")):
        assert (sheet.parent / address).is_file(), address


@pytest.mark.parametrize("sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_colours_are_named_once(sheet: Path) -> None:
    rules = sheet.read_text(encoding="utf-8")
    if sheet.name in {"tokens.css", "sheet.css"}:  # the paper of a document is white in every theme
        return
    assert re.findall(r"(?<!&)#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*\{)", rules.replace("background: #fff;", "")) == []
