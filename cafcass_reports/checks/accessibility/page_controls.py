"""Controls and markup of a page held to the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from cafcass_reports.checks.accessibility import elements
from cafcass_reports.checks.accessibility.page_aria import TAGS, check_aria, check_tag, is_ruled
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Page

_FIELDS = {"input", "select", "textarea"}
_NO_LABEL = {"hidden", "submit", "reset", "button", "image"}
_REFERENCES = frozenset(
    ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "for", "aria-details")
)
_MOUSE = frozenset(("onclick", "onmouseover", "onmousedown"))
_KEYBOARD = frozenset(("accesskey", "tabindex"))
_MEANT = frozenset(("h1", "h2", "h3", "h4", "th", "td", "tr", "ul", "ol", "li", "main", "nav", "a", "button"))
_UNNAMED = {"img", "figure", "group", "region", "navigation", "form", "dialog"}


def check_controls(root: Any, place: Place) -> Iterator[Finding]:
    """Yield what fields, buttons, frames and players lack."""
    labelled = {label.get("for") for label in root.iter("label") if elements.text(label)}
    for one in root.iter(*_FIELDS):
        inside = any(elements.text(label) for label in one.iterancestors("label"))
        if one.get("type") not in _NO_LABEL and not (one.get("id") in labelled or inside or elements.name(one, root)):
            yield Rule.LABELS.at(elements.at(one, place), f"the {one.tag} has no label.")
    for one in root.iter("button", "summary"):
        if not elements.heard(one):
            yield Rule.LABELS.at(elements.at(one, place), f"a {one.tag} has no name.")
    for one in root.xpath("//input[@type='submit' or @type='button' or @type='reset']"):
        if not (one.get("value") or elements.name(one, root)):
            yield Rule.LABELS.at(elements.at(one, place), "a button has no name.")
    for one in root.iter("iframe", "frame"):
        if not (one.get("title") or "").strip():
            yield Rule.LABELS.at(elements.at(one, place), "a frame has no title.")
    for one in root.iter("details"):
        if one.find("summary") is None:
            yield Rule.LABELS.at(elements.at(one, place), "what opens has no summary.")
    for one in root.iter("fieldset"):
        if one.find("legend") is None or not elements.text(one.find("legend")):
            yield Rule.LABELS.at(elements.at(one, place), "a group of fields has no legend.")
    for one in root.iter("video", "audio", "marquee", "blink", "embed", "bgsound"):
        if one.tag not in {"video", "audio"} or "autoplay" in one.attrib or one.find("track") is None:
            yield Rule.MEDIA.at(elements.at(one, place), f"the page has a {one.tag}.")


def check_markup(page: Page, ids: Counter[str], place: Place) -> Iterator[Finding]:
    """Yield what is wrong with ids, references, roles, lists and the keyboard's way."""
    for name, count in ids.items():
        if count > 1:
            yield Rule.MARKUP.at(place, f"the id '{name}' stands {count} times.")
    for element in page.having("id"):
        if element.get("id") == "":
            yield Rule.MARKUP.at(elements.at(element, place), "an id is empty.")
    # Most elements are the spans of coloured code, or part of a drawing: no rule speaks of them.
    saying = set(page.having(*filter(_is_ruled, page.attributes)))
    for element in page.in_order([*saying, *page.root.iter(*TAGS)]):
        faults = _attributes(element, ids) if element in saying else ()
        of_tag = check_tag(element) if element.tag in TAGS else ()
        for rule, fault in chain(faults, of_tag):
            yield rule.at(elements.at(element, place), fault)


def _is_ruled(attribute: str) -> bool:
    """Tell whether what follows speaks of an attribute."""
    return attribute in _REFERENCES | _MOUSE | _KEYBOARD or is_ruled(attribute)


def _attributes(element: Any, ids: Counter[str]) -> Iterator[tuple[Rule, str]]:
    """Yield what is wrong with what an element says of itself."""
    yield from _references(element, ids)
    index = element.get("tabindex", "0")
    if index.lstrip("-").isdigit() and int(index) > 0:
        yield Rule.KEYBOARD, f"it has the tabindex {index}."
    native = element.tag in {"a", "button", "summary", *_FIELDS}
    if native and index == "-1":
        yield Rule.KEYBOARD, f"the {element.tag} cannot be reached with the keyboard."
    role = element.get("role")
    clicked = role in {"button", "link"} or not _MOUSE.isdisjoint(element.keys())
    if clicked and not native and "tabindex" not in element.attrib:
        yield Rule.KEYBOARD, "it is for the mouse only."
    if element.get("accesskey"):
        yield Rule.KEYBOARD, "it has an access key."
    yield from check_aria(element)
    if role in {"presentation", "none"} and element.tag in _MEANT:
        yield Rule.MARKUP, f"the role '{role}' hides what the {element.tag} is."
    if element.get("aria-hidden") != "true":
        return
    if element.tag not in {"svg", "img", "span", "use", "path", "g", "i"}:
        yield Rule.ON_PAGE, f"the {element.tag} is hidden from screen readers."
    elif next(element.iter("a", "button"), None) is not None:
        yield Rule.KEYBOARD, "what is hidden from screen readers takes the focus."


def _references(element: Any, ids: Counter[str]) -> Iterator[tuple[Rule, str]]:
    for name, value in element.attrib.items():
        if name in _REFERENCES:
            for target in value.split():
                if target not in ids:
                    yield Rule.MARKUP, f"{name} names '{target}', which is not there."
        if name in {"aria-label", "aria-roledescription"} and not value.strip():
            yield Rule.MARKUP, f"{name} is empty."
    if (
        element.get("role") in _UNNAMED - {"img"}
        and not elements.name(element, element.getroottree().getroot())
        and element.tag != "figure"
    ):
        yield Rule.LABELS, f"the {element.get('role')} has no name."
