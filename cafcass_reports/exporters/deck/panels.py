"""Panels: texts side by side or in order of time, all of one size, continued on further slides where they must."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any, TypeAlias

from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Arrangement
from cafcass_reports.exporters.deck import body, textfit
from cafcass_reports.exporters.deck import shapes as native
from cafcass_reports.exporters.deck.body import Fitted, Line
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.exporters.tree import PanelsBlock

SIZES = (28, 24, 22, 20, 18, 17, 16, 15, 14)
"""Sizes in points of the text that are tried; titles are a little larger, and bold."""

_TITLE, _LARGEST_TITLE = 2, 22  # points by which a title is larger than its text, up to so many points
_AIR = 8.0  # above the panels, in points
_PAD = 12.0  # between a panel's edges and its text, in points
_HEAD_PAD = 7.0  # above and below its title
_GUTTER = 16.0
_GAP = 0.5  # between paragraphs, in font sizes
_WIDEST_GAP = 1.0
_TITLE_LINES = 4
_LEAST_HEIGHT = 0.75  # of the room, for panels with little in them
_FULL = 0.8  # of the room: panels that need more take all of it

_MARK = 14.0  # diameter of a moment's mark on a timeline, in points
_LINE = 3.0  # thickness of the timeline
_LEAST_ALONG = 16  # points: with smaller text the moments stand one under the other
_NARROWEST = 7.0  # of a moment beside others, in font sizes
_MOST_WHEN = 0.28  # of the width, for the column that says when
_ROW_GAP = 8.0  # between moments, at least
_WIDEST_ROW_GAP = 26.0
_WHITE = "#FFFFFF"

_Titled: TypeAlias = tuple[str, tuple[Line, ...]]


@dataclass(frozen=True)
class PanelPart:
    """A panel as drawn: its title's box and its text's; a moment of a timeline has a mark between them."""

    title: str
    text: Fitted
    head: Box
    box: Box
    mark: Box | None = None

    @property
    def words(self) -> str:
        """Title and text, as read aloud."""
        return f"{self.title}: {' '.join(line.text for line in self.text.lines)}"


@dataclass(frozen=True)
class Part:
    """What one slide shows of panels: the size in points of their titles, and the line of a timeline."""

    size: int
    panels: tuple[PanelPart, ...]
    line: Box | None = None


def fit(block: PanelsBlock, box: Box) -> tuple[Part, ...]:
    """Share panels out over as few slides as their smallest size allows, then take the largest size that does.

    Parameters
    ----------
    block
        The panels.
    box
        The room on each slide. Text that does not fit even into a panel that has it to itself goes on in another one.
    """
    box = box.raised(-_AIR)
    titled = [(panel.title, body.lines(panel.blocks) or (Line(()),)) for panel in block.texts]
    for pages in range(1, len(titled) + 1):
        for place, size in product(_PLACES[block.panels.arrangement], SIZES):
            parts = [place(share, size, box) for share in _shares(titled, pages)]
            placed = tuple(part for part in parts if part)
            if len(placed) == len(parts):
                return placed
    return tuple(_alone(titled, box))


def _shares(titled: Sequence[_Titled], count: int) -> list[Sequence[_Titled]]:
    """Share panels out in order; no slide has more than one more than another."""
    ends = [-(-len(titled) * number // count) for number in range(count + 1)]
    return [titled[start:end] for start, end in pairwise(ends)]


def _quadrants(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    return _grid(share, size, box, 2)


def _pillars(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    return _grid(share, size, box, len(share))


def _grid(share: Sequence[_Titled], size: int, box: Box, columns: int) -> Part | None:
    """Place panels in rows of equal heights; ``None`` where a text does not fit at the size (in points)."""
    rows = -(-len(share) // columns)
    cells = box.columns(columns, _GUTTER)
    inner = cells[0].width - 2 * _PAD
    if size > SIZES[-1] and _breaks_words(share, size, inner):
        return None
    head = _head_height([title for title, _ in share], _title_size(size), inner) + 2 * _HEAD_PAD
    most = (box.height - _GUTTER * (rows - 1)) / rows
    texts = [Fitted(lines, size, _GAP * size) for _, lines in share]
    needed = max(text.height(inner) for text in texts) + head + 2 * _PAD
    if needed > most:
        return None
    height = most if needed >= _FULL * most else max(needed, _LEAST_HEIGHT * most)
    texts = _spread(texts, inner, height - head - 2 * _PAD)
    panels = []
    for at, ((title, _), text) in enumerate(zip(share, texts, strict=True)):
        cell = cells[at % columns]
        top = box.top + at // columns * (height + _GUTTER)
        panels.append(
            PanelPart(
                body.shorten(title, _title_size(size), inner, _TITLE_LINES, bold=True),
                text,
                Box(cell.left, top, cell.width, head),
                Box(cell.left, top + head, cell.width, height - head),
            )
        )
    return Part(_title_size(size), tuple(panels))


def _breaks_words(share: Sequence[_Titled], size: int, room: float) -> bool:
    return any(
        textfit.longest_word(title, _title_size(size), bold=True) > room
        or any(textfit.longest_word(line.text, size, bold=True) > room - line.margin(size) for line in lines)
        for title, lines in share
    )


def _title_size(size: int) -> int:
    return min(size + _TITLE, _LARGEST_TITLE)


def _head_height(titles: Sequence[str], size: int, room: float) -> float:
    lines = max(min(_TITLE_LINES, textfit.count_lines(title, size, room, bold=True)) for title in titles)
    return lines * size * textfit.LINE


def _spread(texts: Sequence[Fitted], room: float, height: float) -> list[Fitted]:
    """Widen the gaps of all texts alike, as far as the fullest allows."""
    free = [(height - text.height(room)) / (len(text.lines) - 1) for text in texts if len(text.lines) > 1]
    more = max(0.0, min(free, default=0.0))
    return [replace(text, gap=min(text.gap + more, _WIDEST_GAP * text.size)) for text in texts]


def _along(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    """Place moments along a line: when above it, what below; ``None`` where the text would be small."""
    cells = box.columns(len(share), _GUTTER)
    room = cells[0].width
    inner = room - 2 * _PAD
    if size < _LEAST_ALONG or inner < _NARROWEST * size or _breaks_words(share, size, inner):
        return None
    head = _head_height([title for title, _ in share], _title_size(size), room)
    above = head + _HEAD_PAD + _MARK + _PAD
    texts = [Fitted(lines, size, _GAP * size) for _, lines in share]
    needed = max(text.height(inner) for text in texts) + 2 * _PAD
    if above + needed > box.height:
        return None
    room_below = box.height - above
    height = room_below if needed >= _FULL * room_below else max(needed, _LEAST_HEIGHT * room_below)
    texts = _spread(texts, inner, height - 2 * _PAD)
    marks = box.top + head + _HEAD_PAD
    panels = []
    for (title, _), text, cell in zip(share, texts, cells, strict=True):
        short = body.shorten(title, _title_size(size), room, _TITLE_LINES, bold=True)
        own = _head_height([short], _title_size(size), room)
        panels.append(
            PanelPart(
                short,
                text,
                Box(cell.left, box.top + head - own, room, own),
                Box(cell.left, box.top + above, room, height),
                Box(cell.left, marks, _MARK, _MARK),
            )
        )
    line = Box(box.left, marks + (_MARK - _LINE) / 2, box.width, _LINE)
    return Part(_title_size(size), tuple(panels), line)


def _down(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    """Place moments one under the other: when on the left of what; ``None`` where they do not fit."""
    left = _MARK + _PAD
    widest = max(textfit.width(title, size, bold=True) for title, _ in share) + 1
    when = min(widest, _MOST_WHEN * box.width)
    what = box.width - left - when - 2 * _PAD
    texts = [Fitted(lines, size, _GAP * size) for _, lines in share]
    titles = [body.shorten(title, size, when, _TITLE_LINES, bold=True) for title, _ in share]
    heads = [_head_height([title], size, when) for title in titles]
    heights = [max(head, text.height(what)) for head, text in zip(heads, texts, strict=True)]
    gaps = max(1, len(share) - 1)
    gap = (box.height - sum(heights)) / gaps
    if gap < _ROW_GAP:
        return None
    gap = min(gap, _WIDEST_ROW_GAP)
    top, panels = box.top, []
    for title, text, head, height in zip(titles, texts, heads, heights, strict=True):
        panels.append(
            PanelPart(
                title,
                text,
                Box(box.left + left, top, when, head),
                Box(box.left + left + when + 2 * _PAD, top, what, text.height(what)),
                Box(box.left, top + (size * textfit.LINE - _MARK) / 2, _MARK, _MARK),
            )
        )
        top += height + gap
    first, last = box.top + size * textfit.LINE / 2, top - gap - heights[-1] + size * textfit.LINE / 2
    line = Box(box.left + (_MARK - _LINE) / 2, first, _LINE, max(last - first, _LINE))
    return Part(size, tuple(panels), line)


def _alone(titled: Sequence[_Titled], box: Box) -> Iterator[Part]:
    """Give each panel slides of its own, over which its text goes on."""
    size = SIZES[-1]
    inner = box.width - 2 * _PAD
    for title, lines in titled:
        head = _head_height([title], _title_size(size), inner) + 2 * _HEAD_PAD
        for number, text in enumerate(body.fit(lines, inner, box.height - head - 2 * _PAD, (size,))):
            said = f"{title} (continued)" if number else title
            panel = PanelPart(
                body.shorten(said, _title_size(size), inner, _TITLE_LINES, bold=True),
                text,
                replace(box, height=head),
                box.raised(-head),
            )
            yield Part(_title_size(size), (panel,))


_PLACES: dict[Arrangement, tuple[Callable[[Sequence[_Titled], int, Box], Part | None], ...]] = {
    Arrangement.QUADRANTS: (_quadrants,),
    Arrangement.PILLARS: (_pillars,),
    Arrangement.TIMELINE: (_along, _down),
}


def draw(shapes: Any, part: Part) -> list[Any]:
    """Draw the panels; return the line of a timeline and a group for each panel, in reading order."""
    look = theme.load().colour
    line = [native.decoration(shapes, part.line, look.rule, "Timeline")] if part.line else []
    return [*line, *(_panel(shapes, panel, part.size) for panel in part.panels)]


def _panel(shapes: Any, panel: PanelPart, size: int) -> Any:
    look = theme.load().colour
    both = native.group(shapes, panel.title, panel.words)
    boxed = panel.mark is None
    if boxed:
        head = native.text_box(both.shapes, panel.head, "Title", fill=look.title, middle=True)
        head.text_frame.margin_left = head.text_frame.margin_right = Pt(_PAD)
    else:
        head = native.text_box(both.shapes, panel.head, "When")
    native.write(head.text_frame.paragraphs[0], panel.title, size, _WHITE if boxed else look.title, bold=True)
    if panel.mark:
        native.decoration(both.shapes, panel.mark, look.series[1], "Mark", round_=True)
    stands_alone = panel.mark and panel.box.left > panel.head.left  # beside its title, on the slide's own ground
    text = native.text_box(
        both.shapes, panel.box, "Text", fill=None if stands_alone else look.band, pad=0.0 if stands_alone else _PAD
    )
    body.write(text.text_frame, panel.text)
    return both
