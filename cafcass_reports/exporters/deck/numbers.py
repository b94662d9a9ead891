"""Big numbers: tiles on a grid, each one box of text that is read as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import BigNumber, NumbersPayload
from cafcass_reports.exporters.deck import shapes as native
from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.body import shorten
from cafcass_reports.exporters.deck.cells import cell_text, tone_colour
from cafcass_reports.exporters.deck.template import Box

_PAD, _PAD_ABOVE = 14.0, 10.0  # beside a tile's text, and above and below it, in points
_RULE = 4.0
_GUTTER = 20.0
_GAP = 4.0  # between the texts of a tile, in points
_FULL_ROW = 3  # tiles that fill a box in a single row; more stand in two
_MOST_LINES = 4  # of a label


@dataclass(frozen=True)
class Sizes:
    """Sizes in points of a tile's texts."""

    value: int
    label: int
    basis: int
    change: int


_SIZES = (
    Sizes(96, 28, 20, 24),
    Sizes(72, 24, 18, 22),
    Sizes(60, 22, 16, 20),
    Sizes(54, 20, 16, 18),
    Sizes(48, 20, 16, 18),
    Sizes(44, 18, 14, 16),
    Sizes(40, 18, 14, 16),
    Sizes(36, 16, 14, 16),
    Sizes(36, 16, 14, 14),
    Sizes(32, 14, 14, 14),
    Sizes(28, 14, 14, 14),
    Sizes(24, 14, 14, 14),
)
_IN_BAND = _SIZES[4:]  # a row above a text leaves it room


@dataclass(frozen=True)
class Tiles:
    """Figures in their boxes, all of one size."""

    sizes: Sizes
    tiles: tuple[tuple[BigNumber, Box], ...]

    @property
    def needed(self) -> float:
        """Height in points that the fullest tile needs."""
        return max(_height(number, self.sizes, box.width) for number, box in self.tiles)

    @property
    def fits(self) -> bool:
        """Whether no tile needs more height than it has."""
        return self.needed <= min(box.height for _, box in self.tiles) + 0.01


def fill(payload: NumbersPayload, box: Box) -> Tiles:
    """Let the tiles fill a box: three side by side, more in two rows."""
    count = len(payload.numbers)
    rows = (count,) if count <= _FULL_ROW else (-(-count // 2), count // 2)
    height = (box.height - _GUTTER * (len(rows) - 1)) / len(rows)
    return _fitted(payload.numbers, _grid(box, rows, height), _SIZES)


def row(payload: NumbersPayload, box: Box, smaller: int = 0) -> Tiles:
    """Put the tiles side by side along the top of a box, no higher than they need, so many steps below the largest."""
    fitted = _fitted(payload.numbers, box.columns(len(payload.numbers), _GUTTER), _IN_BAND[smaller:])
    height = min(fitted.needed, box.height)
    return Tiles(fitted.sizes, tuple((number, replace(cell, height=height)) for number, cell in fitted.tiles))


def _grid(box: Box, rows: Sequence[int], height: float) -> list[Box]:
    """Return the tiles' boxes; each row fills the width."""
    return [
        replace(column, top=box.top + number * (height + _GUTTER), height=height)
        for number, count in enumerate(rows)
        for column in box.columns(count, _GUTTER)
    ]


def _fitted(numbers: Sequence[BigNumber], cells: Sequence[Box], sizes: Sequence[Sizes]) -> Tiles:
    room, height = min(cell.width for cell in cells), cells[0].height
    fitting = [
        step
        for step in sizes
        if all(_unbroken(number, step, room) and _height(number, step, room) <= height for number in numbers)
    ]
    level = (step for step in fitting if all(_on_one_line(number, step, room) for number in numbers))
    chosen = next(level, fitting[0] if fitting else sizes[-1])
    inner = room - 2 * _PAD
    short = (
        number.model_copy(
            update={
                "value": shorten(number.value, chosen.value, inner, 1, bold=True),
                "label": shorten(number.label, chosen.label, inner, _MOST_LINES, bold=True),
                "basis": shorten(number.basis, chosen.basis, inner, _MOST_LINES),
            }
        )
        for number in numbers
    )
    return Tiles(chosen, tuple(zip(short, cells, strict=True)))


def _unbroken(number: BigNumber, sizes: Sizes, room: float) -> bool:
    inner = room - 2 * _PAD
    whole = textfit.width(number.value, sizes.value, bold=True) <= inner
    return whole and textfit.longest_word(number.label, sizes.label, bold=True) <= inner


def _on_one_line(number: BigNumber, sizes: Sizes, room: float) -> bool:
    """Tell whether a change keeps its word, arrow and number together."""
    change = cell_text(number.change) if number.change else ""
    return textfit.width(change, sizes.change, bold=True) <= room - 2 * _PAD


def _texts(number: BigNumber, sizes: Sizes) -> list[tuple[str, int, str, bool]]:
    """Return a tile's texts in reading order, each with its size, colour and weight."""
    look = theme.load().colour
    texts = [
        (number.value, sizes.value, look.title, True),
        (number.label, sizes.label, look.text, True),
        (number.basis, sizes.basis, look.muted, False),
    ]
    if number.change and number.change.text:
        texts.append((cell_text(number.change), sizes.change, tone_colour(number.change), True))
    return [text for text in texts if text[0]]


def _height(number: BigNumber, sizes: Sizes, room: float) -> float:
    inner = room - 2 * _PAD
    texts = _texts(number, sizes)
    lines = sum(textfit.count_lines(text, size, inner, bold) * size * textfit.LINE for text, size, _, bold in texts)
    return lines + _GAP * (len(texts) - 1) + 2 * _PAD_ABOVE + _RULE


def draw(shapes: Any, tiles: Tiles) -> list[Any]:
    """Draw the tiles; return a group for each, in reading order."""
    needed = tiles.needed
    return [_tile(shapes, number, box, tiles.sizes, max(0.0, (box.height - needed) / 2)) for number, box in tiles.tiles]


def _tile(shapes: Any, number: BigNumber, box: Box, sizes: Sizes, lower: float) -> Any:
    """Draw a tile; its text begins so many points lower than it could, so that values of a row are level."""
    look = theme.load().colour
    texts = _texts(number, sizes)
    name = f"numbers {number.measurement}" if number.measurement else number.label
    tile = native.group(shapes, name, ", ".join(text for text, *_ in texts))
    native.decoration(tile.shapes, Box(box.left, box.top, box.width, _RULE), look.series[1], "Rule")
    inner = Box(box.left, box.top + _RULE, box.width, box.height - _RULE)
    shape = native.text_box(tile.shapes, inner, number.label, fill=look.band, pad=_PAD)
    frame = shape.text_frame
    frame.margin_bottom = Pt(_PAD_ABOVE)
    frame.margin_top = Pt(_PAD_ABOVE + lower)
    for at, (text, size, colour, bold) in enumerate(texts):
        paragraph = frame.add_paragraph() if at else frame.paragraphs[0]
        native.write(paragraph, text, size, colour, bold=bold, after=_GAP if at < len(texts) - 1 else 0.0)
    return tile
