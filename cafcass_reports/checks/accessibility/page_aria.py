"""Roles and states of a page held to WAI-ARIA 1.2, and lists to HTML's own content model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cafcass_reports.checks.accessibility import elements, wording
from cafcass_reports.checks.accessibility.rules import Rule

_ROLES = frozenset(wording.WORDS["roles"].split())
_STATES = frozenset(f"aria-{name}" for name in wording.WORDS["states"].split())
_NEEDS = {"checkbox": "aria-checked", "radio": "aria-checked", "switch": "aria-checked", "heading": "aria-level",
          "slider": "aria-valuenow", "scrollbar": "aria-valuenow", "combobox": "aria-expanded"}  # fmt: skip
_WITHIN = {"listitem": {"list"}, "row": {"table", "grid", "treegrid", "rowgroup"}, "cell": {"row"},
           "columnheader": {"row"}, "rowheader": {"row"}, "gridcell": {"row"}, "tab": {"tablist"},
           "option": {"listbox", "combobox"}, "menuitem": {"menu", "menubar"}, "treeitem": {"tree"}}  # fmt: skip
_HOLDS = {"list": "listitem", "tablist": "tab", "listbox": "option", "tree": "treeitem", "radiogroup": "radio"}
_NAMED = {"button", "link", "checkbox", "radio", "switch", "slider", "meter", "progressbar", "textbox", "combobox"}
_SWITCH = frozenset({"true", "false", "undefined"})
_VALUES = {
    "aria-hidden": _SWITCH, "aria-expanded": _SWITCH, "aria-selected": _SWITCH,
    "aria-checked": _SWITCH | {"mixed"}, "aria-pressed": _SWITCH | {"mixed"},
    "aria-live": {"off", "polite", "assertive"},
}  # fmt: skip
_OF_CONTROLS = {"aria-checked", "aria-selected", "aria-pressed", "aria-expanded"}
_NAMELESS = {"p", "span", "dt", "dd", "em", "strong", "code"}
_CONTROLS = {"button", "input", "select", "textarea", "summary"}


def check_aria(element: Any) -> Iterator[tuple[Rule, str]]:
    """Yield what is wrong with an element's role, states and name."""
    role = element.get("role")
    if role is not None and (not role.strip() or not set(role.split()) <= _ROLES):
        yield Rule.MARKUP, f"there is no role '{role}'."
    if role in _NEEDS and _NEEDS[role] not in element.attrib and not element.tag.startswith("h"):
        yield Rule.MARKUP, f"the role '{role}' needs {_NEEDS[role]}."
    if role in _WITHIN and not any(one.get("role") in _WITHIN[role] for one in element.iterancestors()):
        yield Rule.MARKUP, f"the role '{role}' stands in no {' or '.join(sorted(_WITHIN[role]))}."
    if role in _HOLDS and not element.xpath(f".//*[@role='{_HOLDS[role]}'] | .//li"):
        yield Rule.MARKUP, f"a {role} holds no {_HOLDS[role]}."
    if role in _NAMED and not elements.heard(element):
        yield Rule.LABELS, f"a {role} has no name."
    for name, value in element.attrib.items():
        if not name.startswith("aria-"):
            continue
        if name not in _STATES:
            yield Rule.MARKUP, f"there is no attribute '{name}'."
        elif value not in _VALUES.get(name, {value}) or (name == "aria-level" and not value.isdigit()):
            yield Rule.MARKUP, f"{name} cannot be '{value}'."
        elif role is None and element.tag in _NAMELESS and name in _OF_CONTROLS | {"aria-label", "aria-labelledby"}:
            yield Rule.MARKUP, f"a {element.tag} without a role cannot have {name}."


def is_ruled(attribute: str) -> bool:
    """Tell whether :func:`check_aria` speaks of an attribute."""
    return attribute == "role" or attribute.startswith("aria-")


def check_tag(element: Any) -> Iterator[tuple[Rule, str]]:
    """Yield what of lists and controls stands where it may not, or cannot be told, of an element of ``TAGS``."""
    yield from _BY_TAG[element.tag](element)


def _gauge(element: Any) -> Iterator[tuple[Rule, str]]:
    if element.get("role") not in _NAMED and not elements.heard(element):
        yield Rule.LABELS, f"a {element.get('role') or element.tag} has no name."


def _outdated(element: Any) -> Iterator[tuple[Rule, str]]:
    yield Rule.MARKUP, f"the page has a <{element.tag}>."


def _item(element: Any) -> Iterator[tuple[Rule, str]]:
    if element.getparent().tag not in {"ul", "ol", "menu"}:
        yield Rule.MARKUP, "an item stands in no list."


def _list(element: Any) -> Iterator[tuple[Rule, str]]:
    kids = _kids(element)
    if any(kid.tag not in {"li", "script", "template"} for kid in kids):
        yield Rule.MARKUP, "a list holds what is no item."
    if not kids:
        yield Rule.MARKUP, "a list is empty."
    if any((words or "").strip() for words in (element.text, *(kid.tail for kid in kids))):
        yield Rule.MARKUP, "a list holds words outside its items."


def _terms(element: Any) -> Iterator[tuple[Rule, str]]:
    groups = [list(kid) if kid.tag == "div" else [kid] for kid in _kids(element)]
    held = [one.tag for group in groups for one in group]
    if set(held) - {"dt", "dd", "script", "template"}:
        yield Rule.MARKUP, "a list of terms holds what is neither term nor meaning."
    elif "dt" not in held or "dd" not in held:
        yield Rule.MARKUP, "a list of terms lacks a term or its meaning."


def _term(element: Any) -> Iterator[tuple[Rule, str]]:
    up = element.getparent()
    if up.tag not in {"dl", "div"} or (up.tag == "div" and up.getparent().tag != "dl"):
        yield Rule.MARKUP, f"a {element.tag} stands in no list of terms."


def _control(element: Any) -> Iterator[tuple[Rule, str]]:
    if any(map(_takes_focus, element.iterdescendants("*"))):
        yield Rule.MARKUP, f"a {element.tag} holds another control."


def _kids(element: Any) -> list[Any]:
    return [kid for kid in element if isinstance(kid.tag, str)]


def _takes_focus(element: Any) -> bool:
    return element.tag in _CONTROLS or "tabindex" in element.attrib or (element.tag == "a" and "href" in element.attrib)


_BY_TAG = {
    "meter": _gauge, "progress": _gauge,
    "font": _outdated, "center": _outdated, "blink": _outdated, "marquee": _outdated,
    "li": _item, "ul": _list, "ol": _list, "dl": _terms, "dt": _term, "dd": _term,
    "a": _control, "button": _control,
}  # fmt: skip

TAGS = frozenset(_BY_TAG)
"""The tags that are held to rules whatever their attributes."""
