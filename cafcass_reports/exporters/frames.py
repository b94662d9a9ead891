"""Tables in HTML, above all data frames': read through an allow-list of elements, as text.

Only ``table``, ``caption``, ``thead``, ``tbody``, ``tfoot``, ``tr``, ``th`` and ``td`` are looked at;
spans are honoured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exporters.characters import clean

_NUMBER = re.compile(
    r"[-+−–]?[£$€]?[\d,]*\.?\d+(?:e[-+]?\d+)?\s?%?|NaN|None|<NA>|NaT|\[.\]|[-–—]?|\.\.\.", re.IGNORECASE
)
_GAP = ("...", "⋮")
_WIDEST_SPAN = 1000  # HTML's own limit on a colspan
_MOST_PLACES = 200_000  # of a table; spans of a few kilobytes can claim as many as a memory holds


@dataclass(frozen=True)
class _Grid:
    """A table laid out in full: each row's texts, how many rows are its head and columns its row headers."""

    rows: tuple[tuple[str, ...], ...]
    head: int
    headers: int


def tables(source: str) -> Iterator[TablePayload]:
    """Yield each outermost table of an HTML text; title is its caption, alt text and source are empty.

    A data frame's index that only counts the rows (0, 1, 2, ...) and has no name is left out.
    """
    if "<table" not in source.lower():
        return
    try:
        root = html.fragment_fromstring(clean(source), create_parent="div")
    except (etree.ParserError, ValueError):
        return
    for table in root.xpath(".//table[not(ancestor::table)]"):
        grid = _without_counter(_grid(table))
        if grid.rows and grid.rows[0] and len(grid.rows) > grid.head:
            caption = table.find("caption")
            yield _payload(grid, "" if caption is None else text_of(caption))


def _grid(table: html.HtmlElement) -> _Grid:
    trs = [tr for tr in table.iter("tr") if next(tr.iterancestors("table")) is table]
    cells: dict[tuple[int, int], str] = {}
    head = headers = 0
    for row, tr in enumerate(trs):
        column = 0
        parts = [cell for cell in tr if cell.tag in ("th", "td")]
        in_head = tr.getparent().tag == "thead" or (row == 0 and all(cell.tag == "th" for cell in parts))
        head = row + 1 if in_head and head == row else head
        for cell in parts:
            while (row, column) in cells:
                column += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(trs) - row)
            text = text_of(cell)
            if len(cells) + across * down > _MOST_PLACES:
                return _Grid((), 0, 0)
            for place in ((row + y, column + x) for y in range(down) for x in range(across)):
                cells[place] = text
            column += across
            if cell.tag == "th" and not in_head:
                headers = max(headers, column)
    width = 1 + max((column for _, column in cells), default=-1)
    rows = tuple(tuple(cells.get((row, column), "") for column in range(width)) for row in range(len(trs)))
    return _Grid(rows, head, min(headers, width))


def _span(cell: html.HtmlElement, name: str) -> int:
    given = cell.get(name, "1")
    return min(max(int(given), 1), _WIDEST_SPAN) if given.isdecimal() and len(given) < 6 else 1


def text_of(element: html.HtmlElement) -> str:
    """Return what a reader sees of an element, in one line; the element is not changed."""
    return " ".join("".join(element.xpath(".//text()[not(ancestor::script or ancestor::style)]")).split())


def _without_counter(grid: _Grid) -> _Grid:
    labels = [row[0] for row in grid.rows[grid.head :]] if grid.headers == 1 else []
    unnamed = not any(row[0] for row in grid.rows[: grid.head])
    if not (labels and unnamed and _only_counts(labels) and len(grid.rows[0]) > 1):
        return grid
    return _Grid(tuple(row[1:] for row in grid.rows), grid.head, 0)


def _only_counts(labels: list[str]) -> bool:
    gap = next((place for place, label in enumerate(labels) if label in _GAP), len(labels))
    tail = labels[gap + 1 :]
    if not all(label.isdecimal() for label in tail):
        return False
    # A long frame is shown with a gap in its middle, after which the count goes on.
    goes_on = [str(int(tail[0]) + place) for place in range(len(tail))] if tail else []
    return labels[:gap] == [str(place) for place in range(gap)] and tail == goes_on


def _payload(grid: _Grid, caption: str) -> TablePayload:
    body = grid.rows[grid.head :]
    columns = []
    for place in range(len(grid.rows[0])):
        texts = [row[place] for row in body]
        label = _label([row[place] for row in grid.rows[: grid.head]], row_header=place < grid.headers)
        numbers = any(texts) and all(_NUMBER.fullmatch(text) for text in texts)
        columns.append(
            TableColumn(
                label=label,
                align="right" if numbers and place >= grid.headers else "left",
                row_header=place < max(grid.headers, 1),
            )
        )
    rows = tuple(tuple(Cell(text=text) for text in row) for row in body)
    return TablePayload(
        title=caption,
        subtitle="",
        alt="",
        source="",
        columns=tuple(columns),
        sections=(TableSection(title="", rows=rows),),
    )


def _label(parts: list[str], *, row_header: bool) -> str:
    named = list(dict.fromkeys(part for part in parts if part and not part.startswith("Unnamed: ")))
    # Over an index pandas writes the columns' own name first: only the index's name is its label.
    return named[-1] if named and row_header else ", ".join(named)
