"""What stands around a slide's content, fitted: title, kicker, subtitle and source, and the room that they leave."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cafcass_reports.exhibits.payload import ControlPayload, TablePayload, source_line
from cafcass_reports.exporters.deck import body, textfit
from cafcass_reports.exporters.deck.story import Exhibit, Slide, about
from cafcass_reports.exporters.deck.template import Box, Frame, Role

_FOLLOWS = 48.0  # gap in points within which a box belongs to the one above it
_DISPLAY = 36  # points: titles of the title slide and of dividers
_BALANCED = 0.8  # of the width, for a title of two lines
_LEAST_SECOND = 0.4  # of the first line: a shorter second one looks lost
_CLAUSE = re.compile(r"([;:,]) ")  # after which a title of two lines breaks best
_AIR = 8.0  # around what has no room of its own, in points
_SOURCE_LINES = 4  # note and source, at most


@dataclass(frozen=True)
class Text:
    """One-style text in its box: its size in points."""

    text: str
    box: Box
    size: float


def fit(slide: Slide, frame: Frame) -> tuple[dict[Role, Text], dict[Role, Box]]:
    """Fit title, kicker, subtitle and source; let what is below the title have the room that they leave."""
    boxes = {role: slot.box for role, slot in frame.slots.items()}
    sizes = {role: slot.size for role, slot in frame.slots.items()}
    texts = {Role.TITLE: _title(slide.title, boxes[Role.TITLE], sizes[Role.TITLE])}
    title = texts[Role.TITLE]
    lines = textfit.count_lines(title.text, title.size, title.box.width, bold=True)
    # A title that stands at the foot of its box, or halfway down it, leaves no room that could be taken.
    hangs = frame.slots[Role.TITLE].hangs
    rise = max(0.0, title.box.height - lines * title.size * textfit.LINE) if hangs else 0.0
    for role in _beneath(title.box, boxes, (Role.SUBTITLE, Role.EXHIBIT, Role.BODY)):
        boxes[role] = boxes[role].moved(rise) if role is Role.SUBTITLE else boxes[role].raised(rise)
    if slide.kicker and Role.KICKER in boxes:
        size = sizes[Role.KICKER]
        box = boxes[Role.KICKER]
        lines = max(1, int(box.height // (size * textfit.LINE)))
        texts[Role.KICKER] = Text(body.shorten(slide.kicker, size, box.width, lines, bold=True), box, size)
    _fit_subtitle(slide, texts, boxes, sizes)
    _fit_source(slide, texts, boxes, sizes)
    return texts, boxes


def with_suffix(title: Text, whole: str, suffix: str) -> Text:
    """Return a title with a suffix, on as many lines as it has; ``whole`` is its text before it was fitted."""
    lines = textfit.count_lines(title.text, title.size, title.box.width, bold=True)
    kept = whole[: len(title.text)]
    while kept and textfit.count_lines(kept + suffix, title.size, title.box.width, bold=True) > lines:
        kept = kept[:-2].rstrip() + "…" if len(kept) > 2 else ""
    return replace(title, text=kept + suffix)


def _beneath(box: Box, boxes: dict[Role, Box], roles: Sequence[Role]) -> list[Role]:
    """Return the roles whose boxes follow on a box, one after the other: they have the room that it leaves."""
    floor, found = box.top + box.height, []
    for role in roles:
        if role in boxes and floor - 2 <= boxes[role].top <= floor + _FOLLOWS:
            found.append(role)
            if role is Role.SUBTITLE:
                floor = boxes[role].top + boxes[role].height
    return found


def _title(title: str, box: Box, size: float) -> Text:
    sizes = list(range(int(size), 15, -2)) or [int(size)]
    # On content slides a title has one size throughout the deck; a display size may give a little for one line.
    lines_at = {step: textfit.count_lines(title, step, box.width, True) for step in sizes}
    on_one_line = (step for step in sizes if size >= _DISPLAY and step >= 0.85 * size and lines_at[step] == 1)
    enough = (step for step in sizes if lines_at[step] <= max(1, int(box.height // (step * textfit.LINE))))
    fitting = next(on_one_line, None) or next(enough, sizes[-1])
    most = max(1, int(box.height // (fitting * textfit.LINE)))
    return Text(body.shorten(title, fitting, box.width, most, bold=True), _balanced(title, fitting, box), fitting)


def _balanced(title: str, size: float, box: Box) -> Box:
    """Narrow the box of a title of two lines: it breaks after a clause, else leaves no single word to the second."""
    if textfit.count_lines(title, size, box.width, True) != 2:
        return box
    clauses = [title[: found.end(1)] for found in _CLAUSE.finditer(title)]
    widths = [_after(clause, title, size) for clause in reversed(clauses)]
    for width in (*widths, box.width * _BALANCED):
        if width <= box.width and textfit.count_lines(title, size, width, True) == 2:
            return replace(box, width=width)
    return box


def _after(clause: str, title: str, size: float) -> float:
    """Return the width at which a title breaks after a clause, with room for a number behind its second line."""
    rest = title[len(clause) :].lstrip()
    first, word = (textfit.width(text, size, True) for text in (clause, f" {rest.split(' ')[0]}"))
    second = textfit.width(f"{rest} (2)", size, True)
    needed = max(first, second) + 1
    return needed if needed < first + word and second >= _LEAST_SECOND * first else math.inf


def _fit_subtitle(slide: Slide, texts: dict[Role, Text], boxes: dict[Role, Box], sizes: dict[Role, float]) -> None:
    if Role.SUBTITLE not in boxes:
        return
    box, size = boxes[Role.SUBTITLE], sizes[Role.SUBTITLE]
    under = _beneath(box, boxes, (Role.EXHIBIT, Role.BODY))
    if not slide.subtitle:
        gained = min((boxes[role].top for role in under), default=box.top) - box.top - _AIR
        moved = gained
    else:
        lines = min(2, textfit.count_lines(slide.subtitle, size, box.width))
        needed = max(box.height, lines * size * textfit.LINE)
        texts[Role.SUBTITLE] = Text(body.shorten(slide.subtitle, size, box.width, 2), replace(box, height=needed), size)
        moved = box.height - needed
    for role in under:
        boxes[role] = boxes[role].raised(moved)


def _fit_source(slide: Slide, texts: dict[Role, Text], boxes: dict[Role, Box], sizes: dict[Role, float]) -> None:
    if Role.SOURCE not in boxes:
        return
    box, size = boxes[Role.SOURCE], sizes[Role.SOURCE]
    source = _source(slide.exhibits)
    above = [role for role in (Role.EXHIBIT, Role.BODY) if role in boxes]
    if source:
        lines = min(_SOURCE_LINES, textfit.count_lines(source, size, box.width))
        grown = max(0.0, lines * size * textfit.LINE - box.height)
        box = box.raised(grown)
        texts[Role.SOURCE] = Text(body.shorten(source, size, box.width, _SOURCE_LINES), box, size)
    floor = box.top - _AIR if source else box.top + box.height - _AIR
    for role in above:
        boxes[role] = replace(boxes[role], height=floor - boxes[role].top)


def _source(exhibits: Sequence[Exhibit]) -> str:
    parts: list[str] = []
    for exhibit in exhibits:
        if isinstance(exhibit, TablePayload | ControlPayload) and exhibit.note:
            parts.append(exhibit.note)
        if source := about(exhibit).source:
            parts.append(source_line(source))
    return "\n".join(dict.fromkeys(" ".join(part.split()) for part in parts))
