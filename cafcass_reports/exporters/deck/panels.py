"""Panels: texts side by side or in order of time, all of one size, continued on further slides where they must."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean
from typing import Any, TypeAlias

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Arrangement
from cafcass_reports.exporters.deck import body, textfit
from cafcass_reports.exporters.deck import shapes as native
from cafcass_reports.exporters.deck.body import Fitted, Line
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.exporters.tree import PanelsBlock

SIZES = (24, 22, 20, 18, 16)
"""Sizes in points of the text that are tried: few, so that slides alike look alike; titles are larger, and bold."""

_TITLE, _LARGEST_TITLE = 2, 24  # points by which a title is larger than its text, up to so many points
_AIR = 8.0  # above the panels, in points
_PAD = 12.0  # between a panel's edges and its text, in points
_HEAD_PAD = 7.0  # above and below its title
_GUTTER = 16.0
_GAP = 0.5  # between paragraphs, in font sizes
_WIDEST_GAP = 1.5
_TITLE_LINES = 4
_HOLLOW = 0.6  # of the room for text: an arrangement that fills less gives way to the next
_MOST_BESIDE = 0.3  # of the width, for titles beside their texts
_ROW_GUTTER = 10.0

_MARK = 14.0  # diameter of a moment's mark on a timeline, in points
_LINE = 3.0  # thickness of the timeline
_NARROWEST = 7.0  # of a moment beside others, in font sizes
_MOST_WHEN = 0.32  # of the width, for the column that says when
_ROW_GAP = 8.0  # between moments, at least
_WIDEST_ROW_GAP = 56.0
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
    """What one slide shows of panels: the size in points of their titles, a timeline's line, and how full they are."""

    size: int
    panels: tuple[PanelPart, ...]
    line: Box | None = None
    filled: float = 1.0  # share of the room for text that has text; rows are as high as theirs


_Place: TypeAlias = Callable[[Sequence[_Titled], int, Box], Part | None]


def fit(block: PanelsBlock, box: Box) -> tuple[Part, ...]:
    """Share panels out over as few slides as their smallest size allows, then take the largest size that does.

    Parameters
    ----------
    block
        The panels. Where their texts would leave them half empty another arrangement is taken that does not: rows
        for pillars of few words, down the slide for a timeline.
    box
        The room on each slide. Text that does not fit even into a panel that has it to itself goes on in another one.
    """
    box = box.raised(-_AIR)
    titled = [(panel.title, body.lines(panel.blocks) or (Line(()),)) for panel in block.texts]
    for pages in range(1, len(titled) + 1):
        shares = _shares(titled, pages)
        placed = [parts for place in _PLACES[block.panels.arrangement] if (parts := _largest(place, shares, box))]
        if placed:
            return next((parts for parts in placed if _filled(parts) >= _HOLLOW), placed[-1])
    return tuple(_alone(titled, box))


def _largest(place: _Place, shares: Sequence[Sequence[_Titled]], box: Box) -> tuple[Part, ...]:
    """Return the parts in the largest size at which all of them fit; none where there is no such size."""
    for size in SIZES:
        parts = [place(share, size, box) for share in shares]
        placed = tuple(part for part in parts if part)
        if len(placed) == len(parts):
            return placed
    return ()


def _filled(parts: Sequence[Part]) -> float:
    return fmean(part.filled for part in parts)


def _shares(titled: Sequence[_Titled], count: int) -> list[Sequence[_Titled]]:
    """Share panels out in order; no slide has more than one more than another."""
    ends = [-(-len(titled) * number // count) for number in range(count + 1)]
    return [titled[start:end] for start, end in pairwise(ends)]


def _quadrants(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    return _grid(share, size, box, 2)


def _pillars(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    return _grid(share, size, box, len(share))


def _two_by_two(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    return _grid(share, size, box, 2) if len(share) == 4 else None


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
    texts = _spread(texts, inner, most - head - 2 * _PAD)
    panels = []
    for at, ((title, _), text) in enumerate(zip(share, texts, strict=True)):
        cell = cells[at % columns]
        top = box.top + at // columns * (most + _GUTTER)
        panels.append(
            PanelPart(
                body.shorten(title, _title_size(size), inner, _TITLE_LINES, bold=True),
                text,
                Box(cell.left, top, cell.width, head),
                Box(cell.left, top + head, cell.width, most - head),
            )
        )
    return Part(_title_size(size), tuple(panels), filled=_share_filled(texts, inner, most - head - 2 * _PAD))


def _rows(share: Sequence[_Titled], size: int, box: Box) -> Part | None:
    """Place panels one under the other, each title beside its text; ``None`` for lists, and where they do not fit."""
    if len(share) == 1 or any(len(lines) > 1 for _, lines in share):
        return None
    left = _MOST_BESIDE * box.width
    right = box.width - left
    titles = [body.shorten(title, _title_size(size), left - 2 * _PAD, _TITLE_LINES, bold=True) for title, _ in share]
    texts = [Fitted(lines, size, _GAP * size) for _, lines in share]
    heads = [_head_height([title], _title_size(size), left - 2 * _PAD) for title in titles]
    needed = [max(head, text.height(right - 2 * _PAD)) + 2 * _PAD for head, text in zip(heads, texts, strict=True)]
    spare = box.height - _ROW_GUTTER * (len(share) - 1) - sum(needed)
    if spare < 0:
        return None
    top, panels = box.top, []
    for title, text, least in zip(titles, texts, needed, strict=True):
        height = least + spare / len(share)
        panels.append(
            PanelPart(title, text, Box(box.left, top, left, height), Box(box.left + left, top, right, height))
        )
        top += height + _ROW_GUTTER
    return Part(_title_size(size), tuple(panels))


def _share_filled(texts: Sequence[Fitted], room: float, height: float) -> float:
    return fmean(text.height(room) for text in texts) / height


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
    if inner < _NARROWEST * size or _breaks_words(share, size, inner):
        return None
    head = _head_height([title for title, _ in share], _title_size(size), room)
    above = head + _HEAD_PAD + _MARK + _PAD
    texts = [Fitted(lines, size, _GAP * size) for _, lines in share]
    needed = max(text.height(inner) for text in texts) + 2 * _PAD
    if above + needed > box.height:
        return None
    height = box.height - above
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
    return Part(_title_size(size), tuple(panels), line, _share_filled(texts, inner, height - 2 * _PAD))


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


_PLACES: dict[Arrangement, tuple[_Place, ...]] = {
    Arrangement.QUADRANTS: (_quadrants,),
    Arrangement.PILLARS: (_pillars, _two_by_two, _rows),
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
        native.decoration(both.shapes, panel.mark, look.series[1], "Mark", form=MSO_SHAPE.OVAL)
    beside = panel.box.left > panel.head.left
    stands_alone = panel.mark and beside  # on the slide's own ground
    text = native.text_box(
        both.shapes,
        panel.box,
        "Text",
        fill=None if stands_alone else look.band,
        pad=0.0 if stands_alone else _PAD,
        middle=boxed and beside,
    )
    body.write(text.text_frame, panel.text)
    return both
