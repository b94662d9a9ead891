"""Contrast of two colours, as WCAG 2.2 defines it."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from functools import lru_cache

LEAST_TEXT = 4.5
"""Least contrast of text (WCAG 1.4.3)."""

LEAST_LARGE = 3.0
"""Least contrast of large text (WCAG 1.4.3) and of graphics (WCAG 1.4.11)."""

_LARGE, _LARGE_BOLD = 18.0, 14.0  # points
_ROUNDING = 0.005


@lru_cache(maxsize=256)  # a theme has few colours, and each text of a file is held against one
def luminance(colour: str) -> float:
    """Return the relative luminance of ``RRGGBB`` or ``#RRGGBB``, from 0 (black) to 1 (white).

    Examples
    --------
    >>> luminance("#FFFFFF")
    1.0
    """
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (none) to 21.

    Examples
    --------
    >>> round(ratio("#000000", "FFFFFF"), 1)
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least(size: float, *, bold: bool) -> float:
    """Return the least contrast of text of a size in points."""
    return LEAST_LARGE if size >= _LARGE or (bold and size >= _LARGE_BOLD) else LEAST_TEXT


def too_low(text: str, behind: Iterable[str], size: float, *, bold: bool) -> str:
    """Say how text fails against one of the colours behind it; empty where it does not."""
    for colour in behind:
        has, needs = ratio(text, colour), least(size, bold=bold)
        if has < needs - _ROUNDING:
            return f"#{text.lstrip('#')} on #{colour.lstrip('#')} has {has:.1f}:1, and needs {needs:g}:1"
    return ""


def means_something(colour: str) -> bool:
    """Tell whether a colour is one that readers give a meaning: red, amber or green, strong enough to be seen."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    return saturation > 0.4 and 0.15 < lightness < 0.75 and (hue < 0.14 or hue > 0.95 or 0.22 < hue < 0.45)


def _parts(colour: str) -> tuple[float, float, float]:
    digits = colour.lstrip("#")
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
