"""How a table fits on a page: the widths of its columns, the size of its text, upright or turned.

Widths are in characters, of the mean width that the shipped font has in tables. Numbers and words are never
broken over lines as long as any page could hold them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload
from cafcass_reports.exporters.change_cells import change

# What a page holds: characters in a line, points of text, whether the page is turned; the first that does is taken.
_PAGES = ((96, 9, False), (108, 8, False), (123, 7, False), (165, 8, True), (189, 7, True))
_SMALLER = 1  # of these pages, to which text is set smaller for short labels on one line and row headers in few
_BREAK = re.compile(r"[^\S\u00a0\u202f]+")  # no-break spaces hold a calculation together
_GAP = 3  # characters between two columns
_WRAPS_AT = 45  # characters; a longer text is better read over lines
_HEADS_WRAP_AT = 20  # what heads a row
_LABEL_WRAPS_AT = 12
_LABEL_LINES = 3  # that a longer label takes where there is room
_STATUS_WRAPS_AT = 14
_WORD_WRAPS_AT = 24
_BOLD = 1.1  # how much wider bold text is
_RAGGED = 1.2  # how much longer a text is for its lines' ends
_SHAPE = 2  # characters, of a status or of an arrow
_NARROW = 0.75  # of the page; a narrower table is not stretched, since it is easier to read across
_NARROWEST = 0.4
_THIN = 0.7  # how much narrower than the mean a text's characters may be


@dataclass(frozen=True)
class Fit:
    """How a table is set.

    Parameters
    ----------
    widths
        Of the columns, in relation to each other.
    room
        Characters that fit into a line of each column.
    share
        Of the page's width, from 0 to 1.
    size
        Of the text, in points.
    turned
        Whether it needs a page in landscape.
    lines
        How many lines its rows take at least.
    """

    widths: tuple[float, ...]
    room: tuple[int, ...]
    share: float
    size: int
    turned: bool
    lines: int


def fit(table: TablePayload) -> Fit:
    """Return how a table of one column or more fits on a page."""
    texts = [_texts(table, place) for place in range(len(table.columns))]
    least = [_least(column, cells) for column, cells in zip(table.columns, texts, strict=True)]
    wanted = [
        max([known, _over_lines(column.label), *(min(_length(cell), _WRAPS_AT) + _GAP for cell in cells)])
        for column, known, cells in zip(table.columns, least, texts, strict=True)
    ]
    roomy = [
        max(
            known,
            _short(column.label),
            *(min(_length(cell), _HEADS_WRAP_AT) + _GAP for cell in cells if column.row_header),
        )
        for column, known, cells in zip(table.columns, least, texts, strict=True)
    ]
    if sum(roomy) <= _PAGES[_SMALLER][0]:
        least = roomy
    capacity, size, turned = next((page for page in _PAGES if sum(least) <= page[0]), _PAGES[-1])
    # Exhibits give weights and all take the page's width, so that equal ones look equal.
    weighted = len({column.weight for column in table.columns}) > 1
    if sum(wanted) <= _NARROW * capacity and not weighted:
        widths, share = wanted, max(sum(wanted) / capacity, _NARROWEST)
    else:
        widths, share = _shared_out(table, least, wanted, capacity), 1.0
    line = min(capacity * share / sum(widths), 1.0)
    # Shared out, a column of ten characters can have 9.999 of them.
    room = tuple(max(int(round(width * line, 6)) - _GAP, 3) for width in widths)
    rows = [row for section in table.sections for row in section.rows]
    lines = sum(max(ceil(_THIN * len(cell.text) / most) for cell, most in zip(row, room, strict=True)) for row in rows)
    return Fit(tuple(widths), room, share, size, turned, lines)


def _shared_out(table: TablePayload, least: list[float], wanted: list[float], capacity: float) -> list[float]:
    """Share a page's width out by the table's weights, else by what texts want; each column has what it needs."""
    heaviest = max(column.weight for column in table.columns)
    # One too light to be seen counts as none: sums of such weights divide into nothing.
    weights = [column.weight if column.weight > max(heaviest, 1.0) / 1e6 else 0.0 for column in table.columns]
    if len(set(weights)) == 1:
        weights = wanted
    held: set[int] = set()  # columns whose weight gives them less than they need
    while True:
        free = [place for place in range(len(least)) if place not in held]
        unit = max(capacity - sum(least[place] for place in held), 0.0) / (sum(weights[place] for place in free) or 1.0)
        short = {place for place in free if weights[place] * unit < least[place]}
        if not short:
            return [least[place] if place in held else weights[place] * unit for place in range(len(least))]
        held |= short


def _texts(table: TablePayload, place: int) -> list[Cell]:
    return [row[place] for section in table.sections for row in section.rows]


def _short(label: str) -> float:
    """Return the width of a label that is better not broken over lines; of a longer one nothing."""
    return _BOLD * len(label) + _GAP if len(label) <= _LABEL_WRAPS_AT else 0.0


def _over_lines(label: str) -> float:
    """Return the width in which a label takes one line, or if it is long no more than a few."""
    return _short(label) or _BOLD * _RAGGED * len(label) / _LABEL_LINES + _GAP


def _length(cell: Cell) -> float:
    """Return the width of a cell on one line."""
    moved = change(cell)
    return _amount(cell) + (len(moved.word) + 1 if moved and moved.word else 0)


def _amount(cell: Cell) -> float:
    """Return the width of what is better not broken: a number, with its arrow where it is a change; a status; icons."""
    if cell.signal:
        # Its icons are wider than their characters.
        words = [word for word in (cell.signal.word, cell.signal.assured_word) if word]
        return _BOLD * len(cell.text) + sum(len(word) + 1 for word in words) + 3 * bool(cell.signal.word)
    moved = change(cell)
    marked = cell.status is not None or (moved is not None and moved.arrow)
    return (_BOLD if moved or cell.status else 1) * len(cell.text) + (_SHAPE if marked else 0)


def _least(column: TableColumn, cells: list[Cell]) -> float:
    words = [_BOLD * len(word) for word in column.label.split()]
    for cell in cells:
        longest = _STATUS_WRAPS_AT if cell.status else _WORD_WRAPS_AT if column.align == "right" else 0
        if len(cell.text) <= longest:
            words.append(_amount(cell))
        elif cell.status:
            words.extend(_BOLD * len(word) + _SHAPE for word in _BREAK.split(cell.text))
        else:
            words.extend(len(word) for word in _BREAK.split(cell.text))
        moved = change(cell)
        words.extend([len(moved.word)] if moved else [])
    return min(max(words, default=0.0), _WORD_WRAPS_AT) + _GAP
