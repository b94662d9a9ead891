"""A PDF held to the rules: its metadata, its structure, what its pages show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf

from cafcass_reports.checks.accessibility import marks, structure, wording
from cafcass_reports.checks.accessibility.marks import Marks
from cafcass_reports.checks.accessibility.pdf_content import LANGUAGE, check_content, check_texts, short
from cafcass_reports.checks.accessibility.pdf_links import check_bookmarks, check_links, check_moving
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.accessibility.shapes import Box
from cafcass_reports.checks.accessibility.structure import Element
from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Opened

_MISTAKEN = "stream /Length"
"""What the validator, unlike veraPDF, says of a compressed stream whose last byte happens to be a carriage return."""
_BLOCKS = {
    "P",
    "H",
    *(f"H{level}" for level in range(1, 7)),
    "Table",
    "Figure",
    "L",
    "LI",
    "Caption",
    "BlockQuote",
    "Code",
}
_TOGETHER = {"Table", "THead", "TBody", "TFoot", "TR", "L", "LI"}
"""What is read part by part: rows, cells, items, an item's mark before its words."""
_FOUND = 3  # findings of one kind that say enough
_NEAR = 3.0  # points


def check_pdf(file: Opened, place: Place, alts: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what is wrong with a PDF.

    Parameters
    ----------
    file
        The file.
    place
        What findings call it.
    alts
        The alternative texts of what the papers show; a PDF holds no data to hold a figure against.
    """
    pdf = file.pdf.objects
    yield from _metadata(pdf, place)
    found = marks.read(file.pdf.pages)
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        yield Rule.TAGGED.at(place, "the PDF has no tags.")
    else:
        if "/ParentTree" not in root:
            yield Rule.TAGGED.at(place, "the PDF's content does not lead to its tags (ParentTree).")
        top = structure.read(pdf, root)
        yield from _structure(top, found, place, alts)
        yield from check_content(top, found, place)
        yield from check_bookmarks(pdf, top, found, place)
    yield from check_links(pdf, place)
    yield from check_moving(pdf, place)
    yield from check_texts(found, place)
    yield from _validator(file.path, place)


def _metadata(pdf: Any, place: Place) -> Iterator[Finding]:
    root = pdf.Root
    title = str(pdf.docinfo.get("/Title", ""))
    held = pdf.open_metadata()  # not in a `with`, which would write it anew
    named = str(held.get("dc:title", ""))
    part = str(held.get("pdfuaid:part", ""))
    spoken = {str(language) for language in held.get("dc:language", [])}
    if wording.no_title(title) or wording.no_title(named):
        yield Rule.DOCUMENT_TITLE.at(place, f"the PDF's titles are {title!r} and {named!r}.")
    elif wording.different(title, named):
        yield Rule.DOCUMENT_TITLE.at(place, f"the PDF has two titles, {title!r} and {named!r}.")
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield Rule.DOCUMENT_TITLE.at(place, "readers show the file's name in place of the title (DisplayDocTitle).")
    if str(root.get("/Lang", "")) != LANGUAGE:
        yield Rule.LANGUAGE.at(place, f"the PDF's language is {str(root.get('/Lang', '')) or 'not set'}.")
    if spoken - {LANGUAGE}:
        yield Rule.LANGUAGE.at(place, f"the PDF's metadata say {', '.join(sorted(spoken - {LANGUAGE}))}.")
    marked = root.get("/MarkInfo", {})
    if not bool(marked.get("/Marked", False)) or bool(marked.get("/Suspects", False)):
        yield Rule.TAGGED.at(place, "the PDF is not marked as tagged, or its tags as doubtful.")
    if part != "1":
        yield Rule.TAGGED.at(place, "the PDF does not say that it is PDF/UA-1.")
    if pdf.is_encrypted and not pdf.allow.accessibility:
        yield Rule.READABLE.at(place, "the PDF's security keeps screen readers out.")


def _structure(top: Element, found: Marks, place: Place, alts: Collection[str]) -> Iterator[Finding]:
    yield from _headings(top, found, place)
    yield from _order(top, found, place)
    for element in top.walk():
        at = _at(element, place)
        if "/Lang" in element.held and str(element.held.Lang) != LANGUAGE:
            yield Rule.LANGUAGE.at(at, f"a {element.kind} is in {element.held.Lang}.")
        if element.kind in {"Figure", "Formula"}:
            yield from _figure(element, at, alts)
        elif "/Alt" in element.held and element.kind not in {"Link", "Annot", "Form", "Note", "Reference"}:
            yield Rule.ALT_TEXT.at(at, f"a {element.kind} has alternative text, which hides its own words.")
        if "/ActualText" in element.held and element.kind not in {"Span", "Lbl", "Figure"}:
            yield Rule.ALT_TEXT.at(at, f"the words of a {element.kind} are replaced by 'ActualText'.")
        if element.kind == "Table":
            yield from _table(element, found, at)
        elif element.kind == "Link":
            text = element.text(found)
            if wording.says_nothing(text):
                yield Rule.LINK_TEXT.at(at, f"a link says '{text}'.")
        elif element.kind == "L" and any(kid.kind not in {"LI", "L", "Caption"} for kid in element.kids):
            yield Rule.PDF_STRUCTURE.at(at, "a list holds what is no item.")
        elif element.kind == "LI" and not any(kid.kind == "LBody" for kid in element.kids):
            yield Rule.PDF_STRUCTURE.at(at, "an item of a list has no body.")


def _at(element: Element, place: Place) -> Place:
    page = next((page for page, _ in element.places()), 0)
    return replace(place, page=page, part=element.kind)


def _headings(top: Element, found: Marks, place: Place) -> Iterator[Finding]:
    headings = [element for element in top.walk() if re.fullmatch(r"H[1-6]?", element.kind)]
    if not headings:
        yield Rule.HEADING_ORDER.at(place, "the PDF has no headings.")
        return
    level = 0
    for element in headings:
        at = _at(element, place)
        if not re.search(r"\w", element.text(found)):
            yield Rule.TITLES.at(at, "a heading is empty.")
        if element.kind == "H":
            yield Rule.HEADING_ORDER.at(at, "a heading has no level.")
            continue
        own = int(element.kind[1])
        if own > level + 1:
            yield Rule.HEADING_ORDER.at(at, f"'{element.text(found)}' is of level {own}, after level {level}.")
        level = own


def _figure(element: Element, at: Place, alts: Collection[str]) -> Iterator[Finding]:
    alt = " ".join(str(element.held.get("/Alt", "")).split())
    if not alt:
        yield Rule.ALT_TEXT.at(at, "a figure has no alternative text.")
    elif wording.is_name(alt):
        yield Rule.ALT_NAMES.at(at, f"a figure's alternative text is '{alt}'.")
    elif alts and alt not in alts:
        yield Rule.ALT_DATA.at(at, f"a figure's alternative text is that of no exhibit: '{short(alt)}'.")
    elif re.match(r"(line chart|bars|bar chart|chart|column)", alt, re.IGNORECASE) and len(wording.numbers(alt)) < 2:
        yield Rule.ALT_DATA.at(at, f"a chart's alternative text gives no figures: '{alt}'.")


def _table(table: Element, found: Marks, at: Place) -> Iterator[Finding]:
    rows = [element for element in table.walk() if element.kind == "TR"]
    if any(element.kind == "Table" for kid in table.kids for element in kid.walk()):
        yield Rule.TABLE_SHAPE.at(at, "a table stands in a table.")
    if not rows:
        yield Rule.TABLE_SHAPE.at(at, "a table has no rows.")
        return
    cells = [[cell for cell in row.kids if cell.kind in {"TH", "TD"}] for row in rows]
    if not any(kid.kind == "Caption" for kid in table.kids) and not str(table.attribute("/Summary") or "").strip():
        yield Rule.TABLE_CAPTION.at(at, "a table has no caption, and names no title (Summary).")
    names = {str(cell.held.ID) for row in rows for cell in row.kids if "/ID" in cell.held}
    columns = max(sum(_span(cell, "/ColSpan") for cell in row) for row in cells)
    if not cells[0] or any(cell.kind != "TH" for cell in cells[0]):
        yield Rule.TABLE_HEADERS.at(at, "the first row is not all of header cells (TH).")
    for number, row in enumerate(cells, start=1):
        said = [cell.text(found) for cell in row]
        spans = [_span(cell, "/ColSpan") for cell in row]
        group = len(row) == 1 and spans[0] == columns
        if sum(spans) != columns:
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has {sum(spans)} cells of {columns}.")
        if (max(spans, default=1) > 1 and not group) or any(_span(cell, "/RowSpan") > 1 for cell in row):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has merged cells.")
        if not any(said):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} is empty.")
        elif number > 1 and (not row or row[0].kind != "TH"):
            yield Rule.TABLE_HEADERS.at(at, f"row {number}, '{said[0]}', has no header cell (TH).")
        for cell, text in zip(row, said, strict=True):
            lost = {str(name) for name in cell.attribute("/Headers") or ()} - names
            if lost:
                yield Rule.TABLE_HEADERS.at(at, f"a cell of row {number} names a header that is not there.")
            if cell.kind != "TH":
                if text and set(text) & wording.SYMBOLS and not re.search(r"\w", text):
                    yield Rule.COLOUR_ALONE.at(at, f"row {number} has '{text}' without a word.")
                continue
            scope = str(cell.attribute("/Scope") or "").lstrip("/")
            wanted = {"Column", "Both"} if number == 1 or group else {"Row", "Both"}
            if scope not in wanted:
                yield Rule.TABLE_HEADERS.at(
                    at, f"the header '{text}' of row {number} has the scope '{scope or 'none'}'."
                )
            if not re.search(r"\w", text):
                yield Rule.TABLE_HEADERS.at(at, f"a header of row {number} is blank.")


def _span(cell: Element, name: str) -> int:
    return int(cell.attribute(name) or 1)


def _order(top: Element, found: Marks, place: Place) -> Iterator[Finding]:
    """Blocks are read in the order of pages, and on a page before what stands lower in the same column."""
    yield from islice(_back(_leaves(top), found, place), _FOUND)
    for element in top.walk():
        if element.kind in _TOGETHER:
            yield from islice(_back(element.kids, found, place), _FOUND)


def _back(elements: Iterable[Element], found: Marks, place: Place) -> Iterator[Finding]:
    """Yield the neighbours of which the second must be read first."""
    before: tuple[int, Box, Element] | None = None
    for block in filter(None, (_placed(element, found) for element in elements)):
        number, box, element = block
        if before is not None:
            page, above, earlier = before
            if number < page or (number == page and box.before(above, _NEAR) and not above.before(box, _NEAR)):
                words = short(earlier.text(found)), short(element.text(found))
                yield Rule.READING_ORDER.at(replace(place, page=number), f"'{words[0]}' is read before '{words[1]}'.")
        before = block


def _leaves(element: Element) -> Iterator[Element]:
    for kid in element.kids:
        if kid.kind in _BLOCKS - {"L", "Table"} or (kid.kind in {"TR", "TD", "TH", "LBody", "Link"} and kid.marked):
            yield kid
        else:
            yield from _leaves(kid)


def _placed(element: Element, found: Marks) -> tuple[int, Box, Element] | None:
    marked = [(page, found.boxes[page, mark]) for page, mark in element.places() if (page, mark) in found.boxes]
    if not marked:
        return None
    first = marked[0][0]
    boxes = [box for page, box in marked if page == first]
    whole = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return first, whole, element


def _validator(path: Path, place: Place) -> Iterator[Finding]:
    report = page_validation.validate_pdf(path, profile=page_validation.ValidationProfile.PDF_UA_1)
    seen = set()
    for failure in report.failures:
        if _MISTAKEN not in failure.message and failure.message not in seen:
            seen.add(failure.message)
            yield Rule.PDF_STRUCTURE.at(place, f"{failure.message.rstrip('.')} ({failure.rule_id}).")
