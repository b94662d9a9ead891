"""Colours and sizes that a page's style sheets and `style` attributes set, held to the rules."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2

from cafcass_reports.checks.accessibility import contrast
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

_ROOT = 16.0  # pixels
_LEAST = 12.0
_ENOUGH = 4.5
_TEXTUAL = re.compile(r"(^|\s)(main|body|p|td|th|li|dd|table|section)$")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": _ROOT, "em": _ROOT, "%": _ROOT / 100}
_SMALL = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0}
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF",
          "yellow": "FFFF00", "grey": "808080", "gray": "808080", "silver": "C0C0C0", "lightgrey": "D3D3D3",
          "lightgray": "D3D3D3", "darkgrey": "A9A9A9", "darkgray": "A9A9A9", "orange": "FFA500", "lime": "00FF00",
          "pink": "FFC0CB", "aqua": "00FFFF", "cyan": "00FFFF", "navy": "000080", "transparent": ""}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """A rule of a style sheet: its selector and its declarations, variables filled in."""

    selector: str
    says: dict[str, str]


def read(sheets: Sequence[str]) -> list[Style]:
    """Read style sheets, and what is in their media queries for screens."""
    found = [style for sheet in sheets for style in _sheet(sheet)]
    variables = {name: value for style in found if style.selector == ":root" for name, value in style.says.items()}
    return [Style(one.selector, {key: _filled(value, variables) for key, value in one.says.items()}) for one in found]


@lru_cache(maxsize=32)
def _sheet(text: str) -> tuple[Style, ...]:
    """Read a style sheet; the pages of a pack have the same ones."""
    return tuple(_rules(tinycss2.parse_stylesheet(text, True, True)))


def _rules(nodes: Sequence[Any]) -> Iterator[Style]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Style(tinycss2.serialize(node.prelude).strip(), declarations(tinycss2.serialize(node.content)))
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content:
            screen = "print" not in tinycss2.serialize(node.prelude)
            yield from _rules(tinycss2.parse_rule_list(node.content, True, True) if screen else [])


def declarations(text: str) -> dict[str, str]:
    """Return what a `style` attribute declares."""
    return dict(_declared(text))


@lru_cache(maxsize=4096)
def _declared(text: str) -> dict[str, str]:
    """Read a `style` attribute; in one page many are alike."""
    return {
        node.name if node.name.startswith("--") else node.lower_name: tinycss2.serialize(node.value).strip()
        for node in tinycss2.parse_blocks_contents(text, True, True)
        if node.type == "declaration"
    }


def _filled(value: str, variables: dict[str, str]) -> str:
    for _ in range(4):
        value = re.sub(r"var\(\s*(--[\w-]+)\s*(?:,([^)]*))?\)", lambda m: variables.get(m[1], m[2] or ""), value)
    return value


def colour(value: str) -> str | None:
    """Return a colour of CSS as ``RRGGBB``; ``None`` where it is none, or is seen through."""
    text = value.replace("!important", "").strip().lower()
    if match := re.search(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", text):
        digits = match[1]
        return (digits if len(digits) == 6 else "".join(2 * digit for digit in digits)).upper()
    if match := re.search(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*([\d.]+)%?)?\s*\)", text):
        share = float(match[4]) / (100 if "%" in match[0] else 1) if match[4] else 1.0
        if share == 0:
            return None  # seen through; what is half seen through is lighter, on light papers
        return "".join(f"{round(255 - (255 - min(255, int(part))) * share):02X}" for part in match.groups()[:3])
    if match := re.search(r"hsla?\(\s*([\d.]+)(?:deg)?[\s,]+([\d.]+)%[\s,]+([\d.]+)%", text):
        hue, full, light = (float(part) for part in match.groups())
        parts = colorsys.hls_to_rgb(hue / 360 % 1, min(1.0, light / 100), min(1.0, full / 100))
        return "".join(f"{round(part * 255):02X}" for part in parts)
    return next((_NAMED[word] for word in re.findall(r"[a-z]+", text) if _NAMED.get(word)), None)


def pixels(value: str) -> float | None:
    """Return a size of CSS in pixels; of a ``font`` its size; ``None`` where it is in words."""
    if value in _SMALL:
        return _SMALL[value]
    match = re.search(r"([\d.]+)(px|pt|rem|em|%)", value)
    return float(match[1]) * _PIXELS[match[2]] if match else None


def ground(says: dict[str, str]) -> str | None:
    """Return the background that declarations set."""
    return colour(says.get("background-color", says.get("background", "")))


def _ink(says: dict[str, str]) -> str | None:
    return colour(says.get("color", ""))


def check_styles(styles: Sequence[Style], place: Place) -> Iterator[Finding]:
    """Yield what style sheets set that no page may have.

    A rule that sets text and background is held against itself, one that sets text alone against the page's; rules
    for what stands on a dark ground inherit that, and set no colour of their own.
    """
    paper = next((found for style in styles if style.selector == "body" and (found := ground(style.says))), "FFFFFF")
    ink = next((found for style in styles if style.selector == "body" and (found := _ink(style.says))), "000000")
    for style in styles:
        yield from check_says(style.says, place, style.selector, paper)
        says = style.says
        back = ground(says)
        if back and _ink(says) is None and _TEXTUAL.search(style.selector) and contrast.ratio(ink, back) < _ENOUGH:
            yield Rule.CONTRAST.at(place, f"`{style.selector}` sets #{back} behind text of #{ink}.")
        if "focus" in style.selector and _none(says.get("outline", "")) and "main" not in style.selector:
            yield Rule.KEYBOARD.at(place, f"`{style.selector}` takes the focus's outline away.")
        if style.selector in {"a", "*", "button", "a:link"} and _none(says.get("outline", "")):
            yield Rule.KEYBOARD.at(place, f"`{style.selector}` takes the focus's outline away.")
        if re.search(r"(infinite|blink)", says.get("animation", "") + says.get("text-decoration", "")):
            yield Rule.MEDIA.at(place, f"`{style.selector}` moves without end.")


def check_says(says: dict[str, str], place: Place, where: str, paper: str) -> Iterator[Finding]:
    """Yield what declarations set wrongly, on a background of the colour ``paper``."""
    size = pixels(says.get("font-size", says.get("font", "")))
    if size is not None and 0 < size < _LEAST - 0.5:
        yield Rule.SIZE.at(place, f"`{where}` sets text of {size:.1f} pixels.")
    text = colour(says.get("color", ""))
    back = ground(says) or paper
    if text:
        bold = "bold" in says.get("font-weight", "") + says.get("font", "")
        fault = contrast.too_low(text, [back], (size or _ROOT) * 0.75, bold=bold)
        if fault:
            yield Rule.CONTRAST.at(place, f"`{where}`: {fault}.")
    opacity = re.fullmatch(r"0?\.(\d+)", says.get("opacity", ""))
    if opacity and float(f"0.{opacity[1]}") < 0.7:
        yield Rule.CONTRAST.at(place, f"`{where}` lets text fade (opacity {says['opacity']}).")
    if re.search(r"line-through|blink", says.get("text-decoration", "")) and "blink" in says["text-decoration"]:
        yield Rule.MEDIA.at(place, f"`{where}` blinks.")


def _none(value: str) -> bool:
    return value.replace("!important", "").strip() in {"none", "0", "0px"}
