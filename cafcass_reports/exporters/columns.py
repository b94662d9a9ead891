"""How a table fits on a page: the widths of its columns, the size of its text, upright or turned.

Widths are in characters, of the mean width that the shipped font has in tables. Numbers and words are never
broken over lines as long as any page could hold them.
"""

from __future__ import annotations

from dataclasses import dataclass

from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload

# What a page holds: characters in a line, points of text, whether the page is turned; the first that does is taken.
_PAGES = ((96, 9, False), (108, 8, False), (123, 7, False), (165, 8, True), (189, 7, True))
_GAP = 3  # characters between two columns
_WRAPS_AT = 45  # characters; a longer text is better read over lines
_WORD_WRAPS_AT = 24
_NARROW = 0.75  # of the page; a narrower table is not stretched, since it is easier to read across
_NARROWEST = 0.4


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
    """

    widths: tuple[float, ...]
    room: tuple[int, ...]
    share: float
    size: int
    turned: bool


def fit(table: TablePayload) -> Fit:
    """Return how a table of one column or more fits on a page."""
    texts = [_texts(table, place) for place in range(len(table.columns))]
    least = [_least(column, cells) for column, cells in zip(table.columns, texts, strict=True)]
    wanted = [
        max([known, *(min(_length(cell), _WRAPS_AT) + _GAP for cell in cells)])
        for known, cells in zip(least, texts, strict=True)
    ]
    capacity, size, turned = next((page for page in _PAGES if sum(least) <= page[0]), _PAGES[-1])
    spare = max(capacity - sum(least), 0.0)
    slack = _slack(table, least, wanted)
    widths = [known + spare * part / sum(slack) for known, part in zip(least, slack, strict=True)]
    share = max(want / width for want, width in zip(wanted, widths, strict=True))
    share = 1.0 if share > _NARROW else max(share, _NARROWEST)
    line = min(capacity / sum(widths), 1.0) * share
    room = tuple(max(int(width * line) - _GAP, 3) for width in widths)
    return Fit(tuple(widths), room, share, size, turned)


def _texts(table: TablePayload, place: int) -> list[Cell]:
    return [row[place] for section in table.sections for row in section.rows]


def _length(cell: Cell) -> int:
    return len(cell.text) + (2 if cell.arrow else 0)


def _least(column: TableColumn, cells: list[Cell]) -> float:
    # A label is bold, and so a tenth wider.
    words = [1.1 * len(word) for word in column.label.split()]
    for cell in cells:
        if column.align == "right" and len(cell.text) <= _WORD_WRAPS_AT:
            words.append(_length(cell))
        else:
            words.extend(len(word) for word in cell.text.split())
        words.extend([len(cell.tone.value)] if cell.tone else [])
    return min(max(words, default=0.0), _WORD_WRAPS_AT) + _GAP


def _slack(table: TablePayload, least: list[float], wanted: list[float]) -> list[float]:
    """Return how the width that is left is shared out: by the table's weights, else by what texts want."""
    weights = [max(column.weight, 0.0) for column in table.columns]
    if len(set(weights)) > 1:
        return weights
    slack = [want - known for want, known in zip(wanted, least, strict=True)]
    return slack if sum(slack) > 0 else [1.0] * len(slack)
