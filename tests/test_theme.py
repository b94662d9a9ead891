"""The look: complete, legible, and refused where it is not a theme."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import ImageColor

from cafcass_reports import theme
from cafcass_reports.errors import ExportError


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_a_contrast_of_4_5_on_whatever_it_stands_on() -> None:
    look = theme.load().colour
    for ink in (look.text, look.neutral, look.muted, look.title, look.improvement, look.concern):
        assert contrast(ink, "#FFFFFF") >= 4.5
    for ink in (look.text, look.title):
        assert contrast(ink, look.band) >= 4.5
    for ground, ink in (*zip(look.series, look.on_series, strict=True), *zip(look.grades, look.on_grades, strict=True)):
        assert contrast(ground, ink) >= 4.5, ground


def test_grades_run_from_dark_to_light_so_that_they_are_told_apart_without_colour() -> None:
    tones = [luminance(colour) for colour in theme.load().colour.grades]
    assert all(darker < lighter for darker, lighter in pairwise(tones))


def test_the_fonts_of_the_theme_are_shipped() -> None:
    family = theme.load().font.family.replace(" ", "")
    assert {f"{family}-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic")} <= {
        path.name for path in theme.fonts_folder().iterdir()
    }


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped theme, to break."""
    shutil.copy(theme.templates_folder() / "theme.toml", tmp_path)
    monkeypatch.setattr(theme, "templates_folder", lambda: tmp_path)
    theme.load.cache_clear()
    yield tmp_path / "theme.toml"
    theme.load.cache_clear()


@pytest.mark.parametrize(
    ("before", "after"),
    [("[font]", "[fount]"), ('rule = "', 'rulle = "'), ("width = 6.8", "width = wide"), ("[chart]", "[chart")],
)
def test_what_is_no_theme_is_refused(changed: Path, before: str, after: str) -> None:
    text = changed.read_text(encoding="utf-8")
    assert before in text
    changed.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ExportError, match=r"theme\.toml is not a theme: .*Compare it with the shipped file"):
        theme.load()


def test_a_theme_that_is_not_there_or_not_text_is_refused(changed: Path) -> None:
    changed.write_bytes(b"\xff\xfe")
    with pytest.raises(ExportError, match="is not a theme"):
        theme.load()
    changed.unlink()
    with pytest.raises(ExportError, match="is not a theme"):
        theme.load()
