"""Where everything of a slide goes, and how large: slides as meant become pages that fit their template.

Text, tables and charts are 16 points or larger wherever they fit (tables may go down to 12 before they are split);
what only says where a slide belongs is smaller in the shipped template: kicker 14, source 12, footer 11.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from cafcass_reports.exhibits.payload import ChartPayload, ControlPayload, NumbersPayload, TablePayload
from cafcass_reports.exhibits.scales import Scale, scale
from cafcass_reports.exporters.deck import body, numbers, panels, surroundings, tablefit, textfit
from cafcass_reports.exporters.deck.body import Fitted
from cafcass_reports.exporters.deck.story import Exhibit, Slide, about
from cafcass_reports.exporters.deck.surroundings import Text, with_suffix
from cafcass_reports.exporters.deck.template import Box, Frame, Kind, Role, Template
from cafcass_reports.exporters.tree import PanelsBlock, PictureBlock

_SIZES: dict[Kind, tuple[int, ...]] = {
    Kind.TITLE: (18, 16),
    Kind.AGENDA: (28, 26, 24, 22, 20, 18, 16),
    Kind.SECTION: (28, 26, 24, 22, 20, 18, 16),
    Kind.TEXT: (24, 22, 20, 18, 16),
    Kind.TEXT_AND_EXHIBIT: (22, 20, 18, 16),
    Kind.CLOSING: (28, 26, 24, 22, 20, 18, 16),
}
_QUOTED = (36, 32, 28, 24, 22, 20, 18, 16)  # points for a slide that is a quotation
_QUOTED_WIDTH = 0.88  # of the width: lines that can be read
_LARGE = ((32, 0.5), (28, 0.75), (26, 0.9))  # points for text that takes no more than this share of a slide at them
_GUTTER = 28.0  # between exhibits side by side, in points
_STEPS_FOR_TEXT = 5  # by which figures above a text may be smaller than they could
_IN_A_ROW = 4  # figures above a text; more stand beneath it in two rows
_HEAD = 16  # size of the heading of each of two exhibits
_BAND = 18  # size of text above a table
_LEAST_BESIDE = 14  # a table beside text is no smaller than this
_LEAST_EXHIBIT = 120.0  # height in points below which an exhibit is no use
_LEAST_CONTROL = 190.0  # height in points of a control chart with its icons and its key
_LEAST_OF_FOUR = 160.0  # of each where control charts stand in two rows; lower ones go on over slides of two
_PAIR = 2  # control charts side by side
_GAIN, _FEW_LINES = 2, 5  # points by which a table is larger under a text of so many lines than beside it
_BAND_LINES = 3  # of text above what goes on over several slides, or above panels
_QUOTED_GAP = 0.6  # between paragraphs of a quotation, in font sizes
_OPTICAL_MIDDLE = 0.4  # of the height left over, above what stands alone
_BAR = 5.0  # thickness in points of the rule beside a quotation

Drawing: TypeAlias = ChartPayload | ControlPayload | tablefit.Part | PictureBlock | numbers.Tiles | panels.Part


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
    """A slide that fits: every text with its size, every exhibit with its box, a rule beside a quotation."""

    kind: Kind
    texts: dict[Role, Text]
    body: Fitted | None
    body_box: Box | None
    exhibits: tuple[Placed, ...]
    notes: tuple[str, ...]
    section: str
    rule: Box | None = None


def arrange(slides: Sequence[Slide], template: Template) -> tuple[Page, ...]:
    """Return the pages of a deck; text and tables that do not fit continue on pages of their own."""
    return with_unique_titles([page for slide in slides for page in _pages(slide, template)])


def with_unique_titles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Number titles that come twice: people who listen to a deck move about in it by its titles."""
    taken: set[str] = set()
    unique = []
    for page in pages:
        title, number = page.texts[Role.TITLE], 1
        told = title
        while told.text.casefold() in taken:
            number += 1
            told = with_suffix(title, title.text, f" ({number})")
        taken.add(told.text.casefold())
        unique.append(replace(page, texts={**page.texts, Role.TITLE: told}))
    return tuple(unique)


def _pages(slide: Slide, template: Template) -> Iterator[Page]:
    match slide.exhibits:
        case ():
            return _words(slide, template)
        case (TablePayload() as table,):
            return (_table_with_text if slide.lines else _table)(slide, table, template)
        case (NumbersPayload() as shown,):
            return (_numbers_with_text if slide.lines else _numbers)(slide, shown, template)
        case (PanelsBlock() as block,):
            return (_panels_with_text if slide.lines else _panels)(slide, block, template)
        case (ControlPayload() as charts,):
            return (_control_with_text if slide.lines else _control)(slide, charts, template)
        case _:
            return _drawings(slide, template)


def _words(slide: Slide, template: Template) -> Iterator[Page]:
    frame = template.frames[slide.kind]
    texts, boxes = surroundings.fit(slide, frame)
    if not slide.lines or Role.BODY not in boxes:
        yield Page(slide.kind, texts, None, None, (), slide.notes, slide.section)
        return
    if slide.kind is Kind.TEXT and all(line.quoted for line in slide.lines):
        yield from _quotation(slide, texts, boxes[Role.BODY])
        return
    fitted = _fit_body(slide, boxes[Role.BODY])
    if len(fitted) > 1:
        texts, boxes = _continued(slide, frame, len(fitted))
        fitted = _fit_body(slide, boxes[Role.BODY])
    for number, part in enumerate(fitted, start=1):
        head = _head(texts, slide, number, len(fitted))
        yield Page(slide.kind, head, part, boxes[Role.BODY], (), slide.notes, slide.section)


def _drawings(slide: Slide, template: Template) -> Iterator[Page]:
    """Give charts and pictures their boxes; beside them words that fit, else on slides of their own."""
    texts, boxes = surroundings.fit(slide, template.frames[slide.kind])
    box = boxes.get(Role.BODY) if slide.lines else None
    fitted = _fit_body(slide, box) if box else ()
    if len(fitted) > 1:
        # The chart stands alone once the words go on: repeated beside them it would be read twice.
        yield from _apart(slide, template)
        return
    placed = _place(slide, boxes[Role.EXHIBIT])
    yield Page(slide.kind, texts, fitted[0] if fitted else None, box, placed, slide.notes, slide.section)


def _quotation(slide: Slide, texts: dict[Role, Text], box: Box) -> Iterator[Page]:
    """Set words that have a slide to themselves large, beside a rule as high as they are."""
    room = _QUOTED_WIDTH * box.width
    fitted = body.fit(slide.lines, room, box.height, _QUOTED)
    for number, full in enumerate(fitted, start=1):
        part = replace(full, gap=min(full.gap, _QUOTED_GAP * full.size))
        height = min(part.height(room), box.height)
        place = Box(box.left, box.top + (box.height - height) * _OPTICAL_MIDDLE, room, height)
        head = _head(texts, slide, number, len(fitted))
        rule = replace(place, width=_BAR)
        yield Page(slide.kind, head, part, place, (), slide.notes, slide.section, rule)


def _head(texts: dict[Role, Text], slide: Slide, number: int, count: int) -> dict[Role, Text]:
    """Return the texts of one of several pages: the titles differ in their numbers only."""
    if count == 1:
        return texts
    title = with_suffix(texts[Role.TITLE], slide.title, f" ({number} of {count})")
    return {**texts, Role.TITLE: title}


def _fit_body(slide: Slide, box: Box) -> tuple[Fitted, ...]:
    """Fit a slide's text; a few words alone on a slide are set large rather than left in a corner."""
    if slide.kind is Kind.TEXT:
        for size, share in _LARGE:
            few = body.fit(slide.lines, box.width, share * box.height, (size,))
            if len(few) == 1:
                return few
    return body.fit(slide.lines, box.width, box.height, _SIZES[slide.kind])


def _words_of(slide: Slide) -> Slide:
    title = slide.topic if slide.topic and slide.topic != slide.title else f"{slide.title}: commentary"
    return Slide(Kind.TEXT, title, slide.section, lines=slide.lines, notes=slide.notes, section=slide.section)


def _continued(slide: Slide, frame: Frame, count: int) -> tuple[dict[Role, Text], dict[Role, Box]]:
    """Return texts and boxes with room for the number in the title of each of several pages."""
    return surroundings.fit(replace(slide, title=f"{slide.title} ({count} of {count})"), frame)


def _place(slide: Slide, box: Box) -> tuple[Placed, ...]:
    """Place one chart or picture, or two side by side under headings of their own."""
    drawings = [exhibit for exhibit in slide.exhibits if isinstance(exhibit, ChartPayload | PictureBlock)]
    if len(drawings) == 1:
        return (Placed(drawings[0], box, _alt(drawings[0]), _name(drawings[0], slide)),)
    charts = [drawing for drawing in drawings if isinstance(drawing, ChartPayload)]
    alike = len(charts) == len(drawings) and len({(chart.unit, chart.form) for chart in charts}) == 1
    shared = scale(charts) if alike else None
    placed = []
    columns = box.columns(len(drawings), _GUTTER)
    heads = [
        min(2, textfit.count_lines(drawing.title, _HEAD, column.width, bold=True)) if drawing.title else 0
        for drawing, column in zip(drawings, columns, strict=True)
    ]
    head = max(heads) * _HEAD * textfit.LINE + (6 if any(heads) else 0)
    for drawing, column in zip(drawings, columns, strict=True):
        title = body.shorten(drawing.title, _HEAD, column.width, 2, bold=True)
        heading = Text(title, replace(column, height=head), _HEAD) if drawing.title else None
        inner = column.raised(-head)
        placed.append(Placed(drawing, inner, _alt(drawing), _name(drawing, slide), heading, shared))
    return tuple(placed)


def _name(exhibit: Exhibit, slide: Slide) -> str:
    """Return what the selection pane calls an exhibit: its kind and the id of its first figure."""
    said = about(exhibit)
    return f"{_kind(exhibit)} {said.measurements[0].measurement}" if said.measurements else said.title or slide.title


def _kind(exhibit: Exhibit) -> str:
    match exhibit:
        case ChartPayload():
            return "chart"
        case ControlPayload():
            return "spc"
        case TablePayload():
            return "table"
        case NumbersPayload():
            return "numbers"
        case PanelsBlock():
            return "panels"
        case PictureBlock():
            return "picture"


def _alt(exhibit: Exhibit) -> str:
    said = about(exhibit)
    return said.alt or ". ".join(text for text in (said.title, said.subtitle) if text) or "Picture"


def _table(slide: Slide, table: TablePayload, template: Template) -> Iterator[Page]:
    frame = template.frames[slide.kind]
    _, boxes = surroundings.fit(slide, frame)
    parts = tablefit.fit(table, boxes[Role.EXHIBIT])
    if len(parts) > 1:
        _, boxes = _continued(slide, frame, len(parts))
        parts = tablefit.fit(table, boxes[Role.EXHIBIT])
    yield from _several(slide, table, frame, parts)


def _panels(slide: Slide, block: PanelsBlock, template: Template) -> Iterator[Page]:
    frame = template.frames[slide.kind]
    _, boxes = surroundings.fit(slide, frame)
    parts = panels.fit(block, boxes[Role.EXHIBIT])
    if len(parts) > 1:
        _, boxes = _continued(slide, frame, len(parts))
        parts = panels.fit(block, boxes[Role.EXHIBIT])
    yield from _several(slide, block, frame, parts)


def _several(
    slide: Slide, exhibit: Exhibit, frame: Frame, parts: Sequence[Drawing], band: Fitted | None = None
) -> Iterator[Page]:
    """Give each part of an exhibit a page; ``band`` is a text above the first, which was made to leave it room."""
    texts, boxes = surroundings.fit(slide, frame) if len(parts) == 1 else _continued(slide, frame, len(parts))
    whole = _whole(boxes)
    for number, part in enumerate(parts, start=1):
        alt = _alt(exhibit) if number == 1 else f"Continued, part {number} of {len(parts)}. {_alt(exhibit)}"
        above = band if number == 1 else None
        used = _band_height(above, whole) if above else 0.0
        placed = Placed(part, whole.raised(-used), alt, _name(exhibit, slide))
        head = _head(texts, slide, number, len(parts))
        over = replace(whole, height=used) if above else None
        yield Page(slide.kind, head, above, over, (placed,), slide.notes, slide.section)


def _whole(boxes: dict[Role, Box]) -> Box:
    """Return the room for exhibit and text together."""
    exhibit = boxes[Role.EXHIBIT]
    across = exhibit.with_(boxes.get(Role.BODY, exhibit))
    return replace(exhibit, left=across.left, width=across.width)


def _band(slide: Slide) -> Fitted:
    """Return a slide's text as a band across it."""
    return Fitted(slide.lines, _BAND, 0.3 * _BAND)


def _band_height(band: Fitted, whole: Box) -> float:
    return band.height(whole.width) + 12


def _is_brief(band: Fitted, whole: Box, lines: int) -> bool:
    return _band_height(band, whole) <= lines * _BAND * textfit.LINE + 12


def _table_with_text(slide: Slide, table: TablePayload, template: Template) -> Iterator[Page]:
    """Put text beside a table that stays legible there, above one that leaves room, else on a slide of its own."""
    frame = template.frames[Kind.TEXT_AND_EXHIBIT]
    texts, boxes = surroundings.fit(slide, frame)
    beside, words, whole = boxes[Role.EXHIBIT], boxes[Role.BODY], _whole(boxes)
    band = _band(slide)
    used = _band_height(band, whole)
    above = tablefit.fit(table, whole.raised(-used)) if whole.height - used > _LEAST_EXHIBIT else ()
    fitted = body.fit(slide.lines, words.width, words.height, _SIZES[Kind.TEXT_AND_EXHIBIT])
    parts = tablefit.fit(table, beside)
    fits_beside = len(fitted) == len(parts) == 1 and parts[0].size >= _LEAST_BESIDE
    # Above a table that gains from the whole width, a text of a few lines leaves no empty foot.
    larger = len(above) == 1 and above[0].size >= parts[0].size + _GAIN and _is_brief(band, whole, _FEW_LINES)
    if fits_beside and not larger and not (_is_brief(band, whole, 2) and len(above) == 1):
        placed = Placed(parts[0], beside, _alt(table), _name(table, slide))
        yield Page(slide.kind, texts, fitted[0], words, (placed,), slide.notes, slide.section)
    elif len(above) == 1 or (above and _is_brief(band, whole, _BAND_LINES)):
        yield from _several(slide, table, frame, above, band)
    else:
        yield from _apart(slide, template)


def _apart(slide: Slide, template: Template) -> Iterator[Page]:
    """Give exhibit and text slides of their own."""
    yield from _pages(replace(slide, kind=Kind.EXHIBIT, lines=()), template)
    yield from _pages(_words_of(slide), template)


def _numbers(slide: Slide, payload: NumbersPayload, template: Template) -> Iterator[Page]:
    frame = template.frames[slide.kind]
    box = surroundings.fit(slide, frame)[1][Role.EXHIBIT]
    yield from _several(slide, payload, frame, (numbers.fill(payload, box),))


def _numbers_with_text(slide: Slide, payload: NumbersPayload, template: Template) -> Iterator[Page]:
    """Put a few figures in a row above the text, more beneath a brief one; a longer text has a slide of its own."""
    frame = template.frames[Kind.TEXT_AND_EXHIBIT]
    texts, boxes = surroundings.fit(slide, frame)
    whole, band = _whole(boxes), _band(slide)
    if len(payload.numbers) > _IN_A_ROW:
        under = whole.raised(-_band_height(band, whole))
        tiles = numbers.fill(payload, under)
        if tiles.fits and _is_brief(band, whole, _BAND_LINES):
            yield from _several(slide, payload, frame, (tiles,), band)
            return
    else:
        sized = [numbers.row(payload, whole, smaller) for smaller in range(_STEPS_FOR_TEXT)]
        sizes = [size for size in _SIZES[Kind.TEXT] if size >= _BAND]
        rows = [(tiles, whole.raised(-tiles.needed - _GUTTER)) for tiles in sized]
        # The figures give way where the text could else not be as large as other texts are.
        tiles, beneath = next(
            (pair for pair in rows if len(body.fit(slide.lines, pair[1].width, pair[1].height, sizes)) == 1), rows[0]
        )
        fitted = body.fit(slide.lines, beneath.width, beneath.height, _SIZES[Kind.TEXT])
        if tiles.fits and len(fitted) == 1:
            placed = Placed(tiles, replace(whole, height=tiles.needed), _alt(payload), _name(payload, slide))
            yield Page(slide.kind, texts, fitted[0], beneath, (placed,), slide.notes, slide.section)
            return
    yield from _apart(slide, template)


def _panels_with_text(slide: Slide, block: PanelsBlock, template: Template) -> Iterator[Page]:
    """Put a brief text above the panels that leave it room; a longer one on a slide of its own."""
    frame = template.frames[Kind.TEXT_AND_EXHIBIT]
    whole = _whole(surroundings.fit(slide, frame)[1])
    band = _band(slide)
    under = whole.raised(-_band_height(band, whole))
    parts = panels.fit(block, under) if _is_brief(band, whole, _BAND_LINES) else ()
    if len(parts) == 1:
        yield from _several(slide, block, frame, parts, band)
    else:
        yield from _apart(slide, template)


def _control(slide: Slide, payload: ControlPayload, template: Template) -> Iterator[Page]:
    """Put control charts in one or two rows; where two would leave each too low, pairs have slides of their own."""
    frame = template.frames[slide.kind]
    box = surroundings.fit(slide, frame)[1][Role.EXHIBIT]
    together = len(payload.charts) <= _PAIR or box.height / 2 >= _LEAST_OF_FOUR
    parts = (payload,) if together else tuple(_pairs(payload))
    yield from _several(slide, payload, frame, parts)


def _pairs(payload: ControlPayload) -> Iterator[ControlPayload]:
    for at in range(0, len(payload.charts), _PAIR):
        charts, measurements = (tuple(of[at : at + _PAIR]) for of in (payload.charts, payload.measurements))
        yield payload.model_copy(update={"charts": charts, "measurements": measurements})


def _control_with_text(slide: Slide, payload: ControlPayload, template: Template) -> Iterator[Page]:
    """Put a brief text above control charts, which take the whole width; a longer one on a slide of its own."""
    frame = template.frames[Kind.TEXT_AND_EXHIBIT]
    band, whole = _band(slide), _whole(surroundings.fit(slide, frame)[1])
    room = whole.height - _band_height(band, whole)
    if _is_brief(band, whole, _BAND_LINES) and room >= _LEAST_CONTROL:
        yield from _several(slide, payload, frame, (payload,), band)
    else:
        yield from _apart(slide, template)
