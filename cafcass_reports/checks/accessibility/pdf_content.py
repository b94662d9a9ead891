"""What is drawn on a PDF's pages, against its structure: content that no tag holds, or whose tag says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cafcass_reports.checks.accessibility import contrast
from cafcass_reports.checks.accessibility.marks import Marks, Text
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.accessibility.structure import Element
from cafcass_reports.checks.findings import Finding, Place

LANGUAGE = "en-GB"
_FOUND = 3  # findings of one kind on a page that say enough
_LEAST = 7.0  # points, in charts
_DRAWN = {"Figure", "Formula", "Form"}


def check_content(top: Element, found: Marks, place: Place) -> Iterator[Finding]:
    """Yield the content that the structure leaves out, and the drawings that it takes for text."""
    held = set(top.places())
    for page, mark in sorted(set(found.boxes) - held):
        words = found.words.get((page, mark), "").strip()
        yield Rule.TAGGED.at(replace(place, page=page), f"'{short(words)}' is drawn, and in no tag of the structure.")
    yield from _drawings(top, found, place)


def _drawings(element: Element, found: Marks, place: Place) -> Iterator[Finding]:
    """A drawing without words, tagged as text, is left out by screen readers."""
    if element.kind in _DRAWN:
        return
    for page, mark in element.marked:
        if (page, mark) in found.boxes and not found.words.get((page, mark), "").strip():
            yield Rule.ALT_TEXT.at(
                replace(place, page=page, part=element.kind), "what is drawn has no words, and is tagged as no figure."
            )
    for kid in element.kids:
        yield from _drawings(kid, found, place)


def check_texts(found: Marks, place: Place) -> Iterator[Finding]:
    """Yield the texts that are too small or faint, out of reach, in another language, or passed off as no content."""
    said: dict[tuple[Rule, int], int] = {}
    for text in found.texts:
        words = " ".join(text.text.split())
        if not words:
            continue
        for rule, fault in _faults(text, short(words), found.sizes[text.page - 1]):
            said[rule, text.page] = said.get((rule, text.page), 0) + 1
            if said[rule, text.page] <= _FOUND:
                yield rule.at(replace(place, page=text.page), fault)


def _faults(text: Text, words: str, page: tuple[float, float]) -> Iterator[tuple[Rule, str]]:
    if text.size < _LEAST - 0.05:
        yield Rule.SIZE, f"'{words}' is of {text.size:.1f} points, less than {_LEAST:g}."
    low = contrast.too_low(text.colour, [text.behind], text.size, bold=False) if text.colour and text.behind else ""
    if low:
        yield Rule.CONTRAST, f"'{words}': {low}."
    width, height = page
    if text.box.left < -1 or text.box.top < -1 or text.box.right > width + 1 or text.box.bottom > height + 1:
        yield Rule.ON_PAGE, f"'{words}' reaches beyond the page."
    if not text.drawn:
        yield Rule.ON_PAGE, f"'{words}' is not drawn."
    if text.language not in {"", LANGUAGE}:
        yield Rule.LANGUAGE, f"'{words}' is in {text.language}."
    if text.disowned and re.search(r"\w", words):
        yield Rule.TAGGED, f"'{words}' is marked as no content (artefact)."


def short(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
