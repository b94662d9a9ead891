"""Where a PDF leads, and what it does by itself: bookmarks, links, films, scripts and the turning of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf

from cafcass_reports.checks.accessibility import wording
from cafcass_reports.checks.accessibility.marks import Marks
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.accessibility.structure import Element
from cafcass_reports.checks.findings import Finding, Place


def check_bookmarks(pdf: Any, top: Element, found: Marks, place: Place) -> Iterator[Finding]:
    """Yield what bookmarks lack, and which sections have none."""
    items = list(_items(pdf.open_outline().root))  # not in a `with`, which would write it anew
    names = {" ".join(str(item.title).split()).casefold() for item in items}
    if any(not re.search(r"\w", name) for name in names):
        yield Rule.BOOKMARKS.at(place, "a bookmark has no words.")
    for item in items:
        if item.obj is not None and not _leads(pdf, item.obj):
            yield Rule.BOOKMARKS.at(place, f"the bookmark '{item.title}' leads nowhere.")
    if len(pdf.pages) <= 2:
        return
    for element in top.walk():
        if element.kind == "H2":
            text = " ".join(str(element.held.get("/T", "")).split()) or element.text(found)
            if text and text.casefold() not in names | {"contents"}:
                page = next((page for page, _ in element.places()), 0)
                yield Rule.BOOKMARKS.at(replace(place, page=page, part="H2"), f"the heading '{text}' has no bookmark.")


def _items(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _items(item.children)


def check_links(pdf: Any, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with links, and which films and sounds there are."""
    for number, page in enumerate(pdf.pages, start=1):
        at = replace(place, page=number)
        if page.get("/Annots") and str(page.get("/Tabs", "")) != "/S":
            yield Rule.READING_ORDER.at(at, "the page's tab order is not that of its structure.")
        for note in page.get("/Annots", []):
            kind = str(note.get("/Subtype", ""))
            if kind in {"/Screen", "/Movie", "/Sound", "/RichMedia"}:
                yield Rule.MEDIA.at(at, f"the page has a {kind.lstrip('/')}.")
            if kind != "/Link":
                continue
            address = str(note.get("/A", {}).get("/URI", ""))
            said = str(note.get("/Contents", ""))
            # Where a link leads may be said beside its text, of which the tag is held to the rule.
            if not said.strip() or (said != address and wording.says_nothing(said)):
                yield Rule.LINK_TEXT.at(at, f"a link says '{said}' of itself (Contents).")
            if "/StructParent" not in note:
                yield Rule.TAGGED.at(at, "a link is not tagged.")
            if not _leads(pdf, note):
                yield Rule.LINK_TARGET.at(at, f"a link leads to '{address or note.get('/Dest', '')}'.")


def _leads(pdf: Any, held: Any) -> bool:
    """Tell whether a link or bookmark leads to an address, or to a page that the file has."""
    action = held.get("/A", {})
    address = str(action.get("/URI", ""))
    if address:
        return bool(re.match(r"(https?://[^/\s]+|mailto:\S+@\S+)", address))
    target = held.get("/Dest", action.get("/D"))
    if isinstance(target, (pikepdf.String, pikepdf.Name)):
        target = _named(pdf, str(target))
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if not isinstance(target, pikepdf.Array) or len(target) == 0:
        return False
    return any(isinstance(target[0], pikepdf.Dictionary) and target[0].objgen == page.obj.objgen for page in pdf.pages)


def _named(pdf: Any, name: str) -> Any:
    tree = pdf.Root.get("/Names", {}).get("/Dests")
    named = pikepdf.NameTree(tree).get(name) if tree is not None else None
    return pdf.Root.get("/Dests", {}).get(name) if named is None else named


def check_moving(pdf: Any, place: Place) -> Iterator[Finding]:
    """Yield the scripts that run and the pages that turn over by themselves."""
    if "/JS" in _dictionary(pdf.Root.get("/OpenAction")) or "/JavaScript" in pdf.Root.get("/Names", {}):
        yield Rule.MEDIA.at(place, "the PDF runs a script when it is opened.")
    for number, holder in enumerate([pdf.Root, *(page.obj for page in pdf.pages)]):
        at = replace(place, page=number)
        if "/AA" in holder:
            yield Rule.MEDIA.at(at, "it does something by itself (AA).")
        if "/Dur" in holder:
            yield Rule.MEDIA.at(at, f"the page turns over after {float(holder.Dur):g} seconds.")


def _dictionary(held: Any) -> Any:
    return held if isinstance(held, pikepdf.Dictionary) else {}
