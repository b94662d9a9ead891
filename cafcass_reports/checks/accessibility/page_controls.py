"""Controls and markup of a page held to the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cafcass_reports.checks.accessibility import elements
from cafcass_reports.checks.accessibility.page_aria import check_aria, check_nesting
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

_FIELDS = {"input", "select", "textarea"}
_NO_LABEL = {"hidden", "submit", "reset", "button", "image"}
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "for", "aria-details")
_PLAIN = frozenset(("code", "div", "g", "p", "path", "rect", "span", "td", "text", "th", "tr", "tspan", "use"))
_SILENT = frozenset(
    ("class", "colspan", "d", "fill", "height", "href", "scope", "style", "transform", "width", "x", "y")
)
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


def check_markup(root: Any, ids: Counter[str], place: Place) -> Iterator[Finding]:
    """Yield what is wrong with ids, references, roles, lists and the keyboard's way."""
    for name, count in ids.items():
        if count > 1:
            yield Rule.MARKUP.at(place, f"the id '{name}' stands {count} times.")
    for element in root.iter():
        if not isinstance(element.tag, str) or _is_plain(element):
            continue
        at = elements.at(element, place)
        yield from _references(element, ids, at)
        index = element.get("tabindex", "0")
        if index.lstrip("-").isdigit() and int(index) > 0:
            yield Rule.KEYBOARD.at(at, f"it has the tabindex {index}.")
        native = element.tag in {"a", "button", "summary", *_FIELDS}
        if native and index == "-1":
            yield Rule.KEYBOARD.at(at, f"the {element.tag} cannot be reached with the keyboard.")
        clicked = bool({"onclick", "onmouseover", "onmousedown"} & set(element.attrib)) or element.get("role") in {
            "button",
            "link",
        }
        if clicked and not native and "tabindex" not in element.attrib:
            yield Rule.KEYBOARD.at(at, "it is for the mouse only.")
        if element.get("accesskey"):
            yield Rule.KEYBOARD.at(at, "it has an access key.")
        role = element.get("role")
        yield from check_aria(element, at)
        yield from check_nesting(element, at)
        if element.get("id") == "":
            yield Rule.MARKUP.at(at, "an id is empty.")
        if role in {"presentation", "none"} and element.tag in {
            "h1",
            "h2",
            "h3",
            "h4",
            "th",
            "td",
            "tr",
            "ul",
            "ol",
            "li",
            "main",
            "nav",
            "a",
            "button",
        }:
            yield Rule.MARKUP.at(at, f"the role '{role}' hides what the {element.tag} is.")
        if element.get("aria-hidden") == "true" and element.tag not in {"svg", "img", "span", "use", "path", "g", "i"}:
            yield Rule.ON_PAGE.at(at, f"the {element.tag} is hidden from screen readers.")
        elif element.get("aria-hidden") == "true" and element.xpath(
            "descendant-or-self::a | descendant-or-self::button"
        ):
            yield Rule.KEYBOARD.at(at, "what is hidden from screen readers takes the focus.")
        if element.tag in {"ul", "ol"} and any(
            isinstance(kid.tag, str) and kid.tag not in {"li", "script", "template"} for kid in element
        ):
            yield Rule.MARKUP.at(at, "a list holds what is no item.")
        if element.tag == "li" and element.getparent().tag not in {"ul", "ol", "menu"}:
            yield Rule.MARKUP.at(at, "an item stands in no list.")
        if element.tag in {"dt", "dd"} and element.getparent().tag not in {"dl", "div"}:
            yield Rule.MARKUP.at(at, f"a {element.tag} stands in no list of terms.")
        if element.tag in {"font", "center", "blink", "marquee"}:
            yield Rule.MARKUP.at(at, f"the page has a <{element.tag}>.")


def _is_plain(element: Any) -> bool:
    """Whether no rule speaks of an element: most of a page's are the spans of coloured code, or part of a drawing."""
    return element.tag in _PLAIN and _SILENT.issuperset(element.keys())


def _references(element: Any, ids: Counter[str], at: Place) -> Iterator[Finding]:
    for name in _REFERENCES:
        for target in (element.get(name) or "").split():
            if target not in ids:
                yield Rule.MARKUP.at(at, f"{name} names '{target}', which is not there.")
    for name, value in element.attrib.items():
        if name in {"aria-label", "aria-roledescription"} and not value.strip():
            yield Rule.MARKUP.at(at, f"{name} is empty.")
    if (
        element.get("role") in _UNNAMED - {"img"}
        and not elements.name(element, element.getroottree().getroot())
        and element.tag != "figure"
    ):
        yield Rule.LABELS.at(at, f"the {element.get('role')} has no name.")
