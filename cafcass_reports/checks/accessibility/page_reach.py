"""What of a page no reader reaches, or which moves before them: hidden words, turned order, scripts that run on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from cafcass_reports import theme
from cafcass_reports.checks.accessibility import elements, styles
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Page

_TEXT = re.compile(r"(?:main|body|article|section|table|td|th|tr|p|ul|ol|li|dl|dt|dd|h[1-6]|figure|figcaption)$")
_IN_TEXT = re.compile(r"(?:(?:body|main|p|li|td|dd|\.prose)\s+)*a(?::link|:visited)?$")
_RUNS = re.compile(r"setInterval|setTimeout|location\.(reload|href)|requestAnimationFrame")
_AWAY = re.compile(r"-\s*\d{3,}(px|em|rem|vw)?|-100%")


def check_reach(page: Page, sheets: Sequence[styles.Style], place: Place) -> Iterator[Finding]:
    """Yield the words that are not shown, the order that is turned, and what scrolls or moves out of reach."""
    for element in page.having("hidden", "inert", "style"):
        hidden = "hidden" in element.attrib or "inert" in element.attrib
        if not (hidden or _unseen(styles.declarations(element.get("style") or ""))):
            continue
        if words := elements.text(element):
            yield Rule.ON_PAGE.at(elements.at(element, place), f"'{words[:40]}' is out of reach.")
    for style in sheets:
        gone = style.says.get("display") == "none" or style.says.get("visibility") == "hidden" or _unseen(style.says)
        for selector in (one.strip() for one in style.selector.split(",")):
            if gone and _TEXT.match(selector):
                yield Rule.ON_PAGE.at(place, f"`{selector}` is not shown.")
            if _IN_TEXT.match(selector) and "none" in style.says.get(
                "text-decoration", style.says.get("text-decoration-line", "")
            ):
                yield Rule.COLOUR_ALONE.at(place, f"`{selector}` tells links by their colour alone.")
        if "reverse" in style.says.get("flex-direction", style.says.get("flex-flow", "")):
            yield Rule.READING_ORDER.at(place, f"`{style.selector}` shows another order than the page's.")
        if "infinite" in style.says.get("animation-iteration-count", ""):
            yield Rule.MEDIA.at(place, f"`{style.selector}` moves without end.")
    yield from _scrolling(page, sheets, place)
    yield from _running(page.root, place)


def _unseen(says: dict[str, str]) -> bool:
    return bool(
        (says.get("position") in {"absolute", "fixed"} and _AWAY.search(says.get("left", "") + says.get("top", "")))
        or _AWAY.search(says.get("text-indent", ""))
        or re.fullmatch(r"0(px|em|rem|%|pt)?", says.get("font-size", ""))
        or re.fullmatch(r"0?\.?0+", says.get("opacity", ""))
        or re.search(r"inset\((50|100)%\)", says.get("clip-path", ""))
    )


def _scrolling(page: Page, sheets: Sequence[styles.Style], place: Place) -> Iterator[Finding]:
    classes = {
        match[1]
        for style in sheets
        if re.search("auto|scroll", style.says.get("overflow-x", style.says.get("overflow", "")))
        and (match := re.fullmatch(r"\.([\w-]+)", style.selector))
    }
    for element in page.having("class") if classes else ():
        scrolls = not classes.isdisjoint(element.get("class").split())
        if scrolls and not element.xpath("self::*[@tabindex] | .//a[@href] | .//button | .//input"):
            yield Rule.KEYBOARD.at(elements.at(element, place), "it scrolls, and the keyboard does not reach it.")


@lru_cache
def _libraries() -> frozenset[str]:
    """The shipped libraries of dashboards: they can set things in motion, and nothing of ours asks them to."""
    vendor = theme.templates_folder() / "dashboard" / "vendor"
    return frozenset(file.read_text(encoding="utf-8") for file in vendor.glob("*.js"))


def _running(root: Any, place: Place) -> Iterator[Finding]:
    for element in root.iter("animate", "animatetransform", "animatemotion", "set"):
        yield Rule.MEDIA.at(elements.at(element, place), "a drawing moves.")
    for element in root.iter("script"):
        if element.text not in _libraries() and _RUNS.search(element.text or ""):
            yield Rule.MEDIA.at(elements.at(element, place), "a script runs by itself.")
    for element in root.iter("iframe"):
        if "autoplay" in (element.get("src") or "") + (element.get("allow") or ""):
            yield Rule.MEDIA.at(elements.at(element, place), "a frame plays by itself.")
