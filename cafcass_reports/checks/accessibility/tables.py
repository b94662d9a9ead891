"""A table of a slide held to the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from cafcass_reports.checks.accessibility import contrast, wording
from cafcass_reports.checks.accessibility.office import Surroundings, qn
from cafcass_reports.checks.accessibility.rules import Rule
from cafcass_reports.checks.findings import Finding, Place

_ON = {"1", "true"}
_SPANS = ("gridSpan", "rowSpan", "hMerge", "vMerge")

Texts = Callable[[Place, Surroundings, Any, list[str]], Iterator[Finding]]


def check_table(at: Place, around: Surroundings, frame: Any, back: list[str], texts: Texts) -> Iterator[Finding]:
    """Yield what is wrong with a table; ``texts`` checks a paragraph of a cell against the colours behind it."""
    table = frame.find(f".//{qn('a:tbl')}")
    properties = table.find(qn("a:tblPr"))
    columns = len(table.findall(f"{qn('a:tblGrid')}/{qn('a:gridCol')}"))
    rows = [row.findall(qn("a:tc")) for row in table.findall(qn("a:tr"))]
    words = [[_text(cell) for cell in row] for row in rows]
    for name, flag in (("row", "firstRow"), ("column", "firstCol")):
        if properties is None or properties.get(flag) not in _ON:
            yield Rule.TABLE_HEADERS.at(at, f"the table's first {name} is not marked as headers.")
    yield from _shape(at, rows, words, columns)
    if words:
        for number, text in enumerate(words[0], start=1):
            if not re.search(r"\w", text):
                yield Rule.TABLE_HEADERS.at(at, f"the header of column {number} is blank.")
        for number, row in enumerate(words[1:], start=2):
            if row and any(row) and not re.search(r"\w", row[0]):
                yield Rule.TABLE_HEADERS.at(at, f"the header of row {number} is blank.")
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            where = replace(at, part=f"{at.part}, row {number}, column {place}")
            fills = around.fills(cell.find(qn("a:tcPr")))
            if fills and not _text(cell) and any(contrast.means_something(fill) for fill in fills):
                yield Rule.COLOUR_ALONE.at(where, "the cell has a colour, and no word.")
            for paragraph in cell.iter(qn("a:p")):
                yield from texts(where, around, paragraph, fills or back)
    yield from _signs(at, words)


def _signs(at: Place, words: list[list[str]]) -> Iterator[Finding]:
    """A shape without a word is a colour's companion only for those who see it."""
    for number, row in enumerate(words[1:], start=2):
        for place, text in enumerate(row, start=1):
            if text and set(text) & wording.SYMBOLS and not re.search(r"\w", text):
                yield Rule.COLOUR_ALONE.at(at, f"row {number}, column {place} is '{text}', without a word.")


def _shape(at: Place, rows: list[Any], words: list[list[str]], columns: int) -> Iterator[Finding]:
    if len(rows) < 2 or columns < 1:
        yield Rule.TABLE_SHAPE.at(at, "the table has no rows below its header.")
    for number, row in enumerate(rows, start=1):
        if len(row) != columns:
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has {len(row)} cells of {columns}.")
        if any(_merged(cell) for cell in row):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} has merged cells.")
        if row and not any(words[number - 1]):
            yield Rule.TABLE_SHAPE.at(at, f"row {number} is empty.")
    for place in range(columns):
        if rows and not any(row[place] for row in words[1:] if place < len(row)):
            yield Rule.TABLE_SHAPE.at(at, f"column {place + 1} is empty.")


def _merged(cell: Any) -> bool:
    return any(
        cell.get(name, "1" if name.endswith("Span") else "0") not in {"0", "1", "false"} for name in _SPANS[:2]
    ) or any(cell.get(name, "0") in _ON for name in _SPANS[2:])


def _text(cell: Any) -> str:
    return " ".join("".join(part.text or "" for part in cell.iter(qn("a:t"))).split())
