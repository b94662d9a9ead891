"""Elements of a page: their words, their names, where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cafcass_reports.checks.findings import Place


def name(element: Any, root: Any) -> str:
    """Return the name that a label gives an element, not its own words."""
    return " ".join((element.get("aria-label") or referred(element, root) or element.get("title") or "").split())


def referred(element: Any, root: Any) -> str:
    """Return the words of the elements that label one."""
    targets = (element.get("aria-labelledby") or "").split()
    return " ".join(text(found) for target in targets for found in root.xpath("//*[@id=$id]", id=target))


def text(element: Any) -> str:
    """Return the words in an element."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(element.itertext()).split())


def heard(element: Any) -> str:
    """Return what a screen reader says of an element: its name, or its words and pictures that are not hidden."""
    named = name(element, element.getroottree().getroot())
    own = element.xpath(
        "descendant::text()[not(ancestor::*[@aria-hidden='true'])] | descendant::*/@alt | descendant::svg/@aria-label"
    )
    return named or " ".join(" ".join(own).split())


def span(cell: Any, name: str) -> int:
    """Return how many columns or rows a cell takes."""
    given = cell.get(name, "1")
    return int(given) if given.isdigit() else 1


def at(element: Any, place: Place) -> Place:
    """Return where an element stands."""
    return replace(place, line=element.sourceline or 0, part=element.tag)
