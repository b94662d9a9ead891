"""Colours and sizes that single elements of a page set, held to the rules."""

from __future__ import annotations

from collections.abc import Iterator

from cafcass_reports.checks.accessibility import contrast, elements, styles, wording
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Page

_NOT_DRAWN = {"style", "script", "template", "head", "title", "noscript"}


def check_inline(page: Page, sheets: list[styles.Style], place: Place) -> Iterator[Finding]:
    """Hold `style` attributes to the rules, and SVG text, each on the ground that stands nearest around it."""
    paper = next(
        (found for style in sheets if style.selector == "body" and (found := styles.ground(style.says))), "FFFFFF"
    )
    for element in page.root.xpath("//svg//text"):
        fill = styles.colour(styles.declarations(element.get("style") or "").get("fill", element.get("fill") or ""))
        if fill and fill != "FFFFFF" and contrast.too_low(fill, ["FFFFFF"], 10, bold=False):
            yield Rule.CONTRAST.at(elements.at(element, place), f"'{elements.text(element)}' is drawn in #{fill}.")
    drawn = {element for drawing in page.root.iter("svg") for element in drawing.iter("*")}
    for element in page.having("style", "color"):
        if element.tag in _NOT_DRAWN or element in drawn:
            continue
        says = styles.declarations(element.get("style") or "")
        if element.get("color"):
            says["color"] = element.get("color")
        if not says:
            continue
        at = elements.at(element, place)
        around = next(
            (
                found
                for one in element.iterancestors()
                if (found := styles.ground(styles.declarations(one.get("style") or "")))
            ),
            paper,
        )
        text = styles.colour(says.get("color", ""))
        if text is None and styles.ground(says) and elements.text(element):
            says["color"] = "#1F1F1F"
        yield from styles.check_says(says, at, element.tag, around)
        words = elements.text(element)
        if (
            text
            and words
            and contrast.means_something(text)
            and not (set(words) & wording.SYMBOLS or wording.TONE_WORDS.search(words))
        ):
            yield Rule.COLOUR_ALONE.at(at, f"nothing but the colour of '{words[:40]}' says what it means.")
        hidden = says.get("display") == "none" or says.get("visibility") == "hidden"
        if hidden and (words or element.xpath(".//img | .//svg")):
            yield Rule.ON_PAGE.at(at, f"'{words[:40]}' is hidden.")
