"""Where everything of a slide goes, and how large: slides as meant become pages that fit their template.

Text, tables and charts are 16 points or larger wherever they fit (tables may go down to 12 before they are split);
what only says where a slide belongs is smaller in the shipped template: kicker 14, source 12, footer 11.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from cafcass_reports.exhibits.payload import ChartPayload, TablePayload, source_line
from cafcass_reports.exhibits.scales import Scale, scale
from cafcass_reports.exporters.deck import body, tables, textfit
from cafcass_reports.exporters.deck.body import Fitted
from cafcass_reports.exporters.deck.story import Exhibit, Slide
from cafcass_reports.exporters.deck.template import Box, Frame, Kind, Role, Template
from cafcass_reports.exporters.document import PictureBlock

_SIZES: dict[Kind, tuple[int, ...]] = {
    Kind.TITLE: (18, 16),
    Kind.AGENDA: (28, 26, 24, 22, 20, 18, 16),
    Kind.SECTION: (28, 26, 24, 22, 20, 18, 16),
    Kind.TEXT: (24, 22, 20, 18, 16),
    Kind.TEXT_AND_EXHIBIT: (22, 20, 18, 16),
    Kind.CLOSING: (28, 26, 24, 22, 20, 18, 16),
}
_LARGE, _FEW = (32, 28), 0.5  # points for text that takes no more than half of a slide at them
_GUTTER = 28.0  # between exhibits side by side, in points
_HEAD = 16  # size of the heading of each of two exhibits
_BAND = 18  # size of text above a table
_LEAST_BESIDE = 14  # a table beside text is no smaller than this
_FOLLOWS = 48.0  # gap in points within which a box belongs to the one above it
_DISPLAY = 36  # points: titles of the title slide and of dividers
_BALANCED = 0.8  # of the width, for a title of two lines
_AIR = 8.0  # around what has no room of its own, in points
_SOURCE_LINES = 4  # note and source, at most
_LEAST_EXHIBIT = 120.0  # height in points below which an exhibit is no use

Drawing: TypeAlias = ChartPayload | tables.Part | PictureBlock


@dataclass(frozen=True)
class Text:
    """One-style text in its box: its size in points."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True)
class Placed:
    """An exhibit in its box; beside another one it has a heading of its own and shares its scale."""

    drawing: Drawing
    box: Box
    alt: str
    name: str
    heading: Text | None = None
    shared: Scale | None = None


@dataclass(frozen=True)
class Page:
    """A slide that fits: every text with its size, every exhibit with its box."""

    kind: Kind
    texts: dict[Role, Text]
    body: Fitted | None
    body_box: Box | None
    exhibits: tuple[Placed, ...]
    notes: tuple[str, ...]
    section: str


def arrange(slides: Sequence[Slide], template: Template) -> tuple[Page, ...]:
    """Return the pages of a deck; text and tables that do not fit continue on pages of their own."""
    return _with_unique_titles([page for slide in slides for page in _pages(slide, template)])


def _with_unique_titles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Number titles that come twice: people who listen to a deck move about in it by its titles."""
    taken: set[str] = set()
    unique = []
    for page in pages:
        title, number = page.texts[Role.TITLE], 1
        text = title.text
        while text.casefold() in taken:
            number += 1
            text = _with_suffix(title, title.text, f" ({number})").text
        taken.add(text.casefold())
        unique.append(replace(page, texts={**page.texts, Role.TITLE: replace(title, text=text)}))
    return tuple(unique)


def _pages(slide: Slide, template: Template) -> Iterator[Page]:
    if slide.kind is Kind.TEXT_AND_EXHIBIT and isinstance(slide.exhibits[0], TablePayload):
        yield from _table_with_text(slide, slide.exhibits[0], template)
        return
    frame = template.frames[slide.kind]
    texts, boxes = _texts(slide, frame)
    if slide.kind is Kind.EXHIBIT and isinstance(slide.exhibits[0], TablePayload):
        yield from _table(slide, slide.exhibits[0], frame)
        return
    placed = _place(slide, boxes[Role.EXHIBIT]) if slide.exhibits else ()
    if not slide.lines or Role.BODY not in boxes:
        yield Page(slide.kind, texts, None, None, placed, slide.notes, slide.section)
        return
    box = boxes[Role.BODY]
    fitted = _fit_body(slide, box)
    if not slide.exhibits and len(fitted) > 1:
        texts, boxes = _continued(slide, frame, len(fitted))
        box = boxes[Role.BODY]
        fitted = _fit_body(slide, box)
    if slide.exhibits and len(fitted) > 1:
        # The chart stands alone once the words go on: repeated beside them it would be read twice.
        yield from _pages(replace(slide, kind=Kind.EXHIBIT, lines=()), template)
        yield from _pages(_words_of(slide), template)
        return
    for number, part in enumerate(fitted, start=1):
        head = _head(texts, slide, number, len(fitted))
        yield Page(slide.kind, head, part, box, placed, slide.notes, slide.section)


def _head(texts: dict[Role, Text], slide: Slide, number: int, count: int) -> dict[Role, Text]:
    """Return the texts of one of several pages: the titles differ in their numbers only."""
    if count == 1:
        return texts
    title = _with_suffix(texts[Role.TITLE], slide.title, f" ({number} of {count})")
    return {**texts, Role.TITLE: title}


def _fit_body(slide: Slide, box: Box) -> tuple[Fitted, ...]:
    """Fit a slide's text; a few words alone on a slide are set large rather than left in a corner."""
    if slide.kind is Kind.TEXT:
        few = body.fit(slide.lines, box.width, _FEW * box.height, _LARGE)
        if len(few) == 1:
            return few
    return body.fit(slide.lines, box.width, box.height, _SIZES[slide.kind])


def _words_of(slide: Slide) -> Slide:
    title = slide.topic if slide.topic and slide.topic != slide.title else f"{slide.title}: commentary"
    return Slide(Kind.TEXT, title, slide.section, lines=slide.lines, notes=slide.notes, section=slide.section)


def _continued(slide: Slide, frame: Frame, count: int) -> tuple[dict[Role, Text], dict[Role, Box]]:
    """Return texts and boxes with room for the number in the title of each of several pages."""
    return _texts(replace(slide, title=f"{slide.title} ({count} of {count})"), frame)


def _with_suffix(title: Text, whole: str, suffix: str) -> Text:
    """Return a title with a suffix, on as many lines as it has; ``whole`` is its text before it was fitted."""
    lines = textfit.count_lines(title.text, title.size, title.box.width, bold=True)
    kept = whole[: len(title.text)]
    while kept and textfit.count_lines(kept + suffix, title.size, title.box.width, bold=True) > lines:
        kept = kept[:-2].rstrip() + "…" if len(kept) > 2 else ""
    return replace(title, text=kept + suffix)


def _texts(slide: Slide, frame: Frame) -> tuple[dict[Role, Text], dict[Role, Box]]:
    """Fit title, kicker, subtitle and source; let what is below the title have the room that they leave."""
    boxes = {role: slot.box for role, slot in frame.slots.items()}
    sizes = {role: slot.size for role, slot in frame.slots.items()}
    texts = {Role.TITLE: _title(slide.title, boxes[Role.TITLE], sizes[Role.TITLE])}
    title = texts[Role.TITLE]
    lines = textfit.count_lines(title.text, title.size, title.box.width, bold=True)
    rise = max(0.0, title.box.height - lines * title.size * textfit.LINE)
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
    if (
        textfit.count_lines(title, fitting, box.width * _BALANCED, True)
        == 2
        == textfit.count_lines(title, fitting, box.width, True)
    ):
        box = replace(box, width=box.width * _BALANCED)  # no single word alone on a second line
    return Text(body.shorten(title, fitting, box.width, most, bold=True), box, fitting)


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
        if isinstance(exhibit, TablePayload) and exhibit.note:
            parts.append(exhibit.note)
        if exhibit.source:
            parts.append(source_line(exhibit.source))
    return "\n".join(dict.fromkeys(" ".join(part.split()) for part in parts))


def _place(slide: Slide, box: Box) -> tuple[Placed, ...]:
    if len(slide.exhibits) == 1:
        exhibit = slide.exhibits[0]
        return (Placed(_drawn_whole(exhibit, box), box, _alt(exhibit), exhibit.title or slide.title),)
    charts = [exhibit for exhibit in slide.exhibits if isinstance(exhibit, ChartPayload)]
    alike = len(charts) == len(slide.exhibits) and len({(chart.unit, chart.form) for chart in charts}) == 1
    shared = scale(charts) if alike else None
    placed = []
    columns = box.columns(len(slide.exhibits), _GUTTER)
    heads = [
        min(2, textfit.count_lines(exhibit.title, _HEAD, column.width, bold=True)) if exhibit.title else 0
        for exhibit, column in zip(slide.exhibits, columns, strict=True)
    ]
    head = max(heads) * _HEAD * textfit.LINE + (6 if any(heads) else 0)
    for exhibit, column in zip(slide.exhibits, columns, strict=True):
        title = body.shorten(exhibit.title, _HEAD, column.width, 2, bold=True)
        heading = Text(title, replace(column, height=head), _HEAD) if exhibit.title else None
        inner = column.raised(-head)
        placed.append(
            Placed(_drawn_whole(exhibit, inner), inner, _alt(exhibit), exhibit.title or slide.title, heading, shared)
        )
    return tuple(placed)


def _drawn_whole(exhibit: Exhibit, box: Box) -> Drawing:
    return tables.fit(exhibit, box)[0] if isinstance(exhibit, TablePayload) else exhibit


def _alt(exhibit: Exhibit) -> str:
    return exhibit.alt or ". ".join(text for text in (exhibit.title, exhibit.subtitle) if text) or "Picture"


def _table(slide: Slide, table: TablePayload, frame: Frame) -> Iterator[Page]:
    texts, boxes = _texts(slide, frame)
    parts = tables.fit(table, boxes[Role.EXHIBIT])
    if len(parts) > 1:
        texts, boxes = _continued(slide, frame, len(parts))
        parts = tables.fit(table, boxes[Role.EXHIBIT])
    for number, part in enumerate(parts, start=1):
        alt = _alt(table) if number == 1 else f"Continued, part {number} of {len(parts)}. {_alt(table)}"
        placed = Placed(part, boxes[Role.EXHIBIT], alt, table.title or slide.title)
        head = _head(texts, slide, number, len(parts))
        yield Page(slide.kind, head, None, None, (placed,), slide.notes, slide.section)


def _table_with_text(slide: Slide, table: TablePayload, template: Template) -> Iterator[Page]:
    """Put text beside a table that stays legible there, above one that leaves room, else on a slide of its own."""
    frame = template.frames[Kind.TEXT_AND_EXHIBIT]
    texts, boxes = _texts(slide, frame)
    beside, words = boxes[Role.EXHIBIT], boxes[Role.BODY]
    whole = Box(beside.left, beside.top, words.left + words.width - beside.left, beside.height)
    band = Fitted(slide.lines, _BAND, 0.3 * _BAND)
    used = band.height(whole.width) + 12
    above = tables.fit(table, whole.raised(-used)) if whole.height - used > _LEAST_EXHIBIT else ()
    brief = used <= 2 * _BAND * textfit.LINE + 12
    fitted = body.fit(slide.lines, words.width, words.height, _SIZES[Kind.TEXT_AND_EXHIBIT])
    parts = tables.fit(table, beside)
    fits_beside = len(fitted) == len(parts) == 1 and parts[0].size >= _LEAST_BESIDE
    if fits_beside and not (brief and len(above) == 1):
        placed = Placed(parts[0], beside, _alt(table), table.title or slide.title)
        yield Page(slide.kind, texts, fitted[0], words, (placed,), slide.notes, slide.section)
    elif len(above) == 1:
        placed = Placed(above[0], whole.raised(-used), _alt(table), table.title or slide.title)
        over = replace(whole, height=used)
        yield Page(slide.kind, texts, band, over, (placed,), slide.notes, slide.section)
    else:
        yield from _pages(replace(slide, kind=Kind.EXHIBIT, lines=()), template)
        yield from _pages(_words_of(slide), template)
