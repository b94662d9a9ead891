"""Tables of a page held to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cafcass_reports.checks.accessibility import elements, styles, wording
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place


def check_table(table: Any, place: Place) -> Iterator[Finding]:
    """Yield what is wrong with a table."""
    at = elements.at(table, place)
    caption = table.find("caption")
    if (caption is None or not elements.text(caption)) and not (
        table.get("aria-label") or elements.referred(table, table.getroottree().getroot())
    ):
        yield Rule.TABLE_CAPTION.at(at, "a table has no caption.")
    if next(table.iterancestors("table"), None) is not None:
        yield Rule.TABLE_SHAPE.at(at, "a table stands in a table.")
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [[cell for cell in row if cell.tag in {"th", "td"}] for row in rows]
    if not cells or not any(cells):
        yield Rule.TABLE_SHAPE.at(at, "a table has no rows.")
        return
    columns = max(sum(elements.span(cell, "colspan") for cell in row) for row in cells)
    head = [row for row, xml in zip(cells, rows, strict=True) if xml.getparent().tag == "thead"] or cells[:1]
    if any(cell.tag != "th" for row in head for cell in row):
        yield Rule.TABLE_HEADERS.at(at, "the first row is not all of header cells (th).")
    for number, row in enumerate(cells, start=1):
        spans = [elements.span(cell, "colspan") for cell in row]
        texts = [elements.text(cell) for cell in row]
        group = len(row) == 1 and spans[0] == columns
        if (max(spans, default=1) > 1 and not group) or any(elements.span(cell, "rowspan") > 1 for cell in row):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has merged cells.")
        if sum(spans) != columns:
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has {sum(spans)} cells of {columns}.")
        if not any(texts) and not row[0].xpath(".//svg | .//img"):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} is empty.")
        elif row not in head and row[0].tag != "th":
            yield Rule.TABLE_HEADERS.at(at, f"row {number}, '{texts[0]}', has no header cell (th).")
        for cell, text in zip(row, texts, strict=True):
            yield from _cell(cell, text, number, row in head, group, at)


def _cell(cell: Any, text: str, number: int, head: bool, group: bool, at: Place) -> Iterator[Finding]:
    if cell.tag == "th":
        if not re.search(r"\w", text):
            yield Rule.TABLE_HEADERS.at(at, f"a header of row {number} is blank.")
        wanted = {"col", "colgroup"} if head else {"rowgroup", "colgroup", "row"} if group else {"row", "rowgroup"}
        if cell.get("scope") not in wanted:
            yield Rule.TABLE_HEADERS.at(
                at, f"the header '{text}' of row {number} has the scope '{cell.get('scope') or 'none'}'."
            )
        return
    if text and set(text) & wording.SYMBOLS and not re.search(r"\w", text):
        yield Rule.COLOUR_ALONE.at(at, f"row {number} has '{text}' without a word.")
    says = styles.declarations(cell.get("style") or "")
    if not text and not len(cell) and (says.keys() & {"background", "background-color"} or cell.get("bgcolor")):
        yield Rule.COLOUR_ALONE.at(at, f"a cell of row {number} has a colour, and no word.")
