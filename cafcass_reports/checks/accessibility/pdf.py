"""A PDF held to the rules: its metadata, its structure, what its pages show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf

from cafcass_reports.checks.accessibility import contrast, marks, wording
from cafcass_reports.checks.accessibility.marks import Marks
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.accessibility.shapes import Box
from cafcass_reports.checks.findings import Finding, Place

LANGUAGE = "en-GB"
_LEAST = 7.0  # points, in charts
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
_FOUND = 3  # findings of one kind that say enough
_NEAR = 3.0  # points


@dataclass(frozen=True)
class Element:
    """A structure element: its type by the role map, its XML-like parts, its children and its depth."""

    kind: str
    held: Any
    kids: tuple[Element, ...]
    marked: tuple[tuple[int, int], ...]

    def walk(self) -> Iterator[Element]:
        """Yield it and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def text(self, found: Marks) -> str:
        """Return its words as drawn, or its actual text."""
        if "/ActualText" in self.held:
            return str(self.held.ActualText)
        own = "".join(found.words.get(mark, "") for mark in self.marked)
        return " ".join((own + " ".join(kid.text(found) for kid in self.kids)).split())

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the marks (page, number) of it and all below."""
        for element in self.walk():
            yield from element.marked

    def attribute(self, name: str) -> Any:
        """Return an attribute of its attribute objects, or ``None``."""
        held = self.held.get("/A")
        for one in list(held) if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(one, pikepdf.Dictionary) and name in one:
                return one[name]
        return None


def check_pdf(path: Path, place: Place, alts: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what is wrong with a PDF.

    Parameters
    ----------
    path
        The file.
    place
        What findings call it.
    alts
        The alternative texts of what the papers show; a PDF holds no data to hold a figure against.
    """
    with pikepdf.open(path) as pdf:
        yield from _metadata(pdf, place)
        found = marks.read(path)
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, pikepdf.Dictionary):
            yield Rule.TAGGED.at(place, "the PDF has no tags.")
        else:
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
            top = _element(root, {str(k): str(v) for k, v in root.get("/RoleMap", {}).items()}, numbers, 0)
            yield from _structure(top, found, place, alts)
            yield from _bookmarks(pdf, top, found, place)
        yield from _links(pdf, place)
        yield from _pages(found, place)
    yield from _validator(path, place)


def _metadata(pdf: Any, place: Place) -> Iterator[Finding]:
    root = pdf.Root
    title = str(pdf.docinfo.get("/Title", ""))
    with pdf.open_metadata() as held:
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
    for name in ("/OpenAction", "/AA"):
        if name in root and isinstance(root[name], pikepdf.Dictionary) and "/JS" in root[name]:
            yield Rule.MEDIA.at(place, "the PDF runs a script when it is opened.")


def _element(held: Any, roles: dict[str, str], numbers: dict[Any, int], page: int, depth: int = 0) -> Element:
    name = str(held.get("/S", "/Root"))
    seen: set[str] = set()
    while name in roles and name not in seen:
        seen.add(name)
        name = roles[name]
    if "/Pg" in held:
        page = numbers.get(held.Pg.objgen, page)
    kids, marked = [], []
    given = held.get("/K")
    for kid in list(given) if isinstance(given, pikepdf.Array) else [] if given is None else [given]:
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid and depth < 60:
                kids.append(_element(kid, roles, numbers, page, depth + 1))
            elif "/MCID" in kid:
                own = numbers.get(kid.Pg.objgen, page) if "/Pg" in kid else page
                marked.append((own, int(kid.MCID)))
        else:
            marked.append((page, int(kid)))
    return Element(name.lstrip("/"), held, tuple(kids), tuple(marked))


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
        yield Rule.ALT_DATA.at(at, f"a figure's alternative text is that of no exhibit: '{_short(alt)}'.")
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
    blocks = [_placed(element, found) for element in _leaves(top)]
    before: tuple[int, Box, Element] | None = None
    wrong = 0
    for block in blocks:
        if block is None:
            continue
        number, box, element = block
        if before is not None and wrong < _FOUND:
            page, above, earlier = before
            back = number < page or (number == page and box.before(above, _NEAR) and not above.before(box, _NEAR))
            if back:
                wrong += 1
                words = _short(earlier.text(found)), _short(element.text(found))
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


def _bookmarks(pdf: Any, top: Element, found: Marks, place: Place) -> Iterator[Finding]:
    with pdf.open_outline() as outline:
        items = list(_items(outline.root))
    names = {" ".join(str(item.title).split()).casefold() for item in items}
    if any(not re.search(r"\w", name) for name in names):
        yield Rule.BOOKMARKS.at(place, "a bookmark has no words.")
    if len(pdf.pages) <= 2:
        return
    for element in top.walk():
        if element.kind == "H2":
            text = " ".join(str(element.held.get("/T", "")).split()) or element.text(found)
            if text and text.casefold() not in names | {"contents"}:
                yield Rule.BOOKMARKS.at(_at(element, place), f"the heading '{text}' has no bookmark.")


def _items(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _items(item.children)


def _links(pdf: Any, place: Place) -> Iterator[Finding]:
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
            if not str(note.get("/Contents", "")).strip():
                yield Rule.LINK_TEXT.at(at, "a link says nothing of itself (Contents).")
            if "/StructParent" not in note:
                yield Rule.TAGGED.at(at, "a link is not tagged.")
            action = note.get("/A", {})
            address = str(action.get("/URI", ""))
            if (
                "/Dest" not in note
                and "/D" not in action
                and not re.match(r"(https?://[^/\s]+|mailto:\S+@\S+)", address)
            ):
                yield Rule.LINK_TARGET.at(at, f"a link leads to '{address}'.")


def _pages(found: Marks, place: Place) -> Iterator[Finding]:
    said: dict[tuple[Rule, int], int] = {}
    for text in found.texts:
        words = " ".join(text.text.split())
        if not words:
            continue
        at = replace(place, page=text.page)
        faults = []
        if text.size < _LEAST - 0.05:
            faults.append((Rule.SIZE, f"'{_short(words)}' is of {text.size:.1f} points, less than {_LEAST:g}."))
        low = contrast.too_low(text.colour, [text.behind], text.size, bold=False) if text.colour and text.behind else ""
        if low:
            faults.append((Rule.CONTRAST, f"'{_short(words)}': {low}."))
        width, height = found.sizes[text.page - 1]
        if text.box.left < -1 or text.box.top < -1 or text.box.right > width + 1 or text.box.bottom > height + 1:
            faults.append((Rule.ON_PAGE, f"'{_short(words)}' reaches beyond the page."))
        for rule, fault in faults:
            said[rule, text.page] = said.get((rule, text.page), 0) + 1
            if said[rule, text.page] <= _FOUND:
                yield rule.at(at, fault)


def _validator(path: Path, place: Place) -> Iterator[Finding]:
    report = page_validation.validate_pdf(path, profile=page_validation.ValidationProfile.PDF_UA_1)
    seen = set()
    for failure in report.failures:
        if _MISTAKEN not in failure.message and failure.message not in seen:
            seen.add(failure.message)
            yield Rule.PDF_STRUCTURE.at(place, f"{failure.message.rstrip('.')} ({failure.rule_id}).")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
