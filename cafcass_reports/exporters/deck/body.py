"""A slide's text: the document's blocks as lines, fitted into a box, written as paragraphs."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from pptx.util import Pt

from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.tree import (
    Block,
    ListBlock,
    ListItem,
    Paragraph,
    Preformatted,
    Quotation,
    Run,
    Runs,
)

_LINK = re.compile("https?://|mailto:", re.IGNORECASE)  # others lead nowhere from a deck
_INDENT = 1.15  # of a level of a list, in font sizes
_HANG = {"bullet": 1.0, "number": 1.5}  # of a marker, in font sizes
_INSET = {"quote": 1.0, "speaker": 1.0}  # of what is set apart, in font sizes
_SPEAKER, _LEAST_SPEAKER = 0.7, 16  # of the size of the words; and points below which it is not smaller than them
_GAP = 0.45  # after a paragraph, in font sizes
_FIXED = 0.6  # width of every character of the fixed-width face, in font sizes
_INNER_GAP = 0.45  # before an item of a list within a list or a speaker, of the gap between paragraphs
_WIDEST_GAP = 1.1


class Marker(StrEnum):
    """What stands before a line."""

    NONE = "none"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"
    SPEAKER = "speaker"


@dataclass(frozen=True)
class Line:
    """A paragraph of a slide: its runs, its marker, its level in a list (from 0) and its number in it."""

    runs: Runs
    marker: Marker = Marker.NONE
    level: int = 0
    number: int = 1

    @property
    def text(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)

    @property
    def quoted(self) -> bool:
        """Whether it is somebody's words, or says who spoke them."""
        return self.marker in (Marker.QUOTE, Marker.SPEAKER)

    def margin(self, size: float) -> float:
        """Return the left margin of the text in points at a size of font."""
        return (self.level * _INDENT + _HANG.get(self.marker, 0.0) + _INSET.get(self.marker, 0.0)) * size

    def size(self, size: int) -> int:
        """Return the line's own size in points in a text of a size: who speaks is smaller than the words."""
        return min(size, max(round(_SPEAKER * size), _LEAST_SPEAKER)) if self.marker is Marker.SPEAKER else size

    def height(self, size: int, room: float) -> float:
        """Return the height in points that the line takes in a text of a size, in a width in points."""
        margin, size = self.margin(size), self.size(size)
        if self.runs and all(run.code for run in self.runs):
            return math.ceil(len(self.text) * _FIXED * size / max(room, size)) * size * textfit.LINE
        bold = any(run.bold for run in self.runs)
        return textfit.count_lines(self.text, size, room - margin, bold) * size * textfit.LINE


@dataclass(frozen=True)
class Fitted:
    """Lines that fit: their size and the gap after each, in points."""

    lines: tuple[Line, ...]
    size: int
    gap: float

    def height(self, room: float) -> float:
        """Return the height in points in a width in points."""
        return sum(line.height(self.size, room) for line in self.lines) + sum(self.gaps)

    @property
    def gaps(self) -> tuple[float, ...]:
        """The gap in points after each line: less before what belongs to it, none after the last."""
        inner = (line.level or line.marker is Marker.SPEAKER for line in self.lines[1:])
        between = (self.gap * (_INNER_GAP if belongs else 1) for belongs in inner)
        return (*between, 0.0)


def lines(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Return the lines of all blocks that are text; exhibits are left out, and so are empty lines."""
    found: list[Line] = []
    for block in blocks:
        match block:
            case Paragraph(runs):
                found.append(Line(runs))
            case ListBlock(items, ordered):
                found.extend(_items(items, Marker.NUMBER if ordered else Marker.BULLET, ordered, 0))
            case Quotation():
                found.extend(_quotation(block))
            case Preformatted(text):
                found.extend(Line((Run(row, code=True),)) for row in text.split("\n"))
    return tuple(line for line in found if line.text.strip())


def _items(items: Sequence[ListItem], marker: Marker, ordered: bool, level: int) -> Iterator[Line]:
    for number, item in enumerate(items, start=1):
        yield Line(item.runs, marker, min(level, 3), number)
        yield from _items(item.children, Marker.BULLET, ordered, level + 1)


def _quotation(quotation: Quotation) -> Iterator[Line]:
    """Words of a known speaker stand in marks of quotation; the speaker follows after an en dash."""
    last = len(quotation.paragraphs) - 1
    for at, paragraph in enumerate(quotation.paragraphs):
        opening = (Run("“"),) if quotation.speaker else ()  # every paragraph opens, the last one closes
        closing = (Run("”"),) if quotation.speaker and at == last else ()
        runs = (*opening, *paragraph.runs, *closing)
        yield Line(tuple(replace(run, italic=True) for run in runs), Marker.QUOTE)
    if quotation.speaker:
        yield Line((Run(f"– {quotation.speaker}"),), Marker.SPEAKER)


def fit(given: tuple[Line, ...], room: float, height: float, sizes: Sequence[int]) -> tuple[Fitted, ...]:
    """Fit lines into as many boxes of one size as they need.

    Parameters
    ----------
    given
        The lines.
    room, height
        Width and height of a box in points.
    sizes
        Sizes of font in points that may be tried, descending. The first at which all fits is taken; where none is,
        the text is shared out over boxes at the last.
    """
    for size in sizes:
        fitted = Fitted(given, size, _GAP * size)
        if fitted.height(room) <= height:
            return (_spread(fitted, room, height),)
    smallest = sizes[-1]
    whole = Fitted(given, smallest, _GAP * smallest)
    boxes = _share(given, room, height, smallest)
    # Boxes as full as each other look meant; a last one with a single line looks like an accident.
    for share in (0.55, 0.65, 0.75, 0.85, 0.95):
        even = whole.height(room) / len(boxes) / height
        if share >= even and len(balanced := _share(given, room, height * share, smallest)) == len(boxes):
            boxes = balanced
            break
    return tuple(_spread(Fitted(box, smallest, _GAP * smallest), room, height) for box in boxes)


def _spread(fitted: Fitted, room: float, height: float) -> Fitted:
    left = height - fitted.height(room)
    widest = _WIDEST_GAP * fitted.size
    return replace(fitted, gap=min(widest, fitted.gap + left / max(1, len(fitted.lines))))


def _share(given: tuple[Line, ...], room: float, height: float, size: int) -> list[tuple[Line, ...]]:
    boxes: list[list[Line]] = [[]]
    used = 0.0
    pending = list(given)
    while pending:
        line = pending.pop(0)
        needed = line.height(size, room)
        if used + needed <= height:
            boxes[-1].append(line)
            used += needed + _GAP * size
        elif boxes[-1]:
            pending.insert(0, line)
            boxes.append([])
            used = 0.0
        else:
            head, tail = _cut(line, room, height, size)
            boxes[-1].append(head)
            used = height
            if tail is not None:
                pending.insert(0, tail)
    return [tuple(box) for box in boxes]


def _cut(line: Line, room: float, height: float, size: int) -> tuple[Line, Line | None]:
    """Cut a line that is higher than a whole box where the box ends, between words where there are any."""
    text = line.text
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if _part(line, 0, middle).height(size, room) <= height:
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", 0, low)
    at = space + 1 if space > 0 else low
    if at >= len(text):
        return line, None
    tail = _part(line, at, len(text))
    return _part(line, 0, at), replace(tail, marker=Marker.NONE) if line.marker is Marker.NUMBER else tail


def _part(line: Line, start: int, end: int) -> Line:
    runs: list[Run] = []
    at = 0
    for run in line.runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            runs.append(replace(run, text=text))
    return replace(line, runs=tuple(runs))


def shorten(text: str, size: float, room: float, lines_allowed: int, bold: bool = False) -> str:
    """Return a text that takes no more than so many lines, with an ellipsis where it had to be cut."""
    if textfit.count_lines(text, size, room, bold) <= lines_allowed:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if textfit.count_lines(text[:middle].rstrip() + "…", size, room, bold) <= lines_allowed:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def write(frame: Any, fitted: Fitted) -> None:
    """Write fitted lines into an empty text frame, each with its size, marker, margins and gap said outright."""
    paragraphs = [frame.paragraphs[0], *(frame.add_paragraph() for _ in fitted.lines[1:])]
    for paragraph, line, gap in zip(paragraphs, fitted.lines, fitted.gaps, strict=True):
        _format(paragraph, line, fitted.size, gap)
        for run in line.runs:
            for number, text in enumerate(run.text.split("\n")):
                if number:
                    paragraph.add_line_break()
                if text:
                    _write_run(paragraph, replace(run, text=text), line.size(fitted.size))


def _format(paragraph: Any, line: Line, size: int, gap: float) -> None:
    properties = paragraph._p.get_or_add_pPr()
    hang = _HANG.get(line.marker, 0.0) * size
    properties.set("marL", str(int(Pt(line.margin(size)))))
    properties.set("indent", str(-int(Pt(hang))))
    if line.level:
        properties.set("lvl", str(line.level))
    if reads_right_to_left(line.text):
        properties.set("rtl", "1")
        properties.set("algn", "r")
    paragraph.space_before = Pt(0)
    paragraph.space_after = Pt(round(gap, 1))
    match line.marker:
        case Marker.BULLET:
            mark, attributes = "a:buChar", {"char": "•" if not line.level else "–"}
        case Marker.NUMBER:
            mark, attributes = "a:buAutoNum", {"type": "arabicPeriod", "startAt": str(line.number)}
        case _:
            mark, attributes = "a:buNone", {}
    properties.append(properties.makeelement(qn(mark), attributes))


def _write_run(paragraph: Any, run: Run, size: int) -> None:
    written = paragraph.add_run()
    written.text = run.text
    written.font.size = Pt(size)
    if run.bold:
        written.font.bold = True
    if run.italic:
        written.font.italic = True
    if run.code:
        written.font.name = "Courier New"
    if run.link and _LINK.match(run.link):
        written.hyperlink.address = quote(run.link, safe=":/?#[]@!$&'()*+,;=%~-._")


def reads_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction belongs to a script that is read from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL", "L"}:
            return direction != "L"
    return False
