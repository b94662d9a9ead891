"""What a slide says, as digests: by these a refresh tells what a hand changed from what the pack wrote.

Digests, because a deck is edited: what a director takes out of a slide must not live on in what the slide remembers.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from cafcass_reports.exporters.deck.names import qn

_KINDS = ("chart", "numbers", "panels", "picture", "spc", "table")
_SHAPES = frozenset(qn(f"p:{name}") for name in ("sp", "pic", "graphicFrame", "grpSp", "cxnSp"))
_SAID = frozenset(map(qn, ("a:r", "a:br", "a:fld")))
_UNSEEN = frozenset(("altLang", "bmk", "dirty", "err", "lang", "noProof", "smtClean", "smtId"))
_UNSEEN_PARTS = frozenset(map(qn, ("a:extLst", "a:hlinkClick", "a:hlinkMouseOver")))
PARAGRAPH = qn("a:p")
_BREAK, _LETTERS, _SET = qn("a:br"), qn("a:t"), qn("a:rPr")
_NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?%?")
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_TEXT, _LOOK = 4, 2  # bytes of a digest

Digests = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: tuple(value.split()) if isinstance(value, str) else value),
    PlainSerializer(" ".join),
]


class _State(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_State):
    """Texts in order (paragraphs, or the cells of a row): what each says, how it is set, in which colours."""

    said: Digests = ()
    look: Digests = ()
    tint: Digests = ()


class SeriesState(_State):
    """A series of a chart: name and values; by number labels of points (text, place), and the look of marked ones.

    ``whiskers`` says how far its error bars reach.
    """

    name: str
    values: Digests
    labels: dict[int, tuple[str, str]] = {}
    marks: dict[int, str] = {}
    whiskers: str = ""


class ChartState(_State):
    """The data of a chart, the scales of its axes that were set for them, and where its plot stands."""

    categories: Digests
    series: tuple[SeriesState, ...]
    axes: Digests
    plot: str


class ShapeState(_State):
    """A shape: what it is called and numbered, its alt text and place, and what it holds."""

    name: str
    id: int
    alt: str
    place: str
    words: Words | None = None
    rows: tuple[Words, ...] = ()
    chart: ChartState | None = None
    picture: str = ""
    parts: dict[str, ShapeState] = {}

    @property
    def content(self) -> tuple[Any, ...]:
        """What it says, however it looks."""
        return (
            self.alt,
            self.words.said if self.words else (),
            tuple(row.said for row in self.rows),
            self.chart.model_dump_json() if self.chart else "",
            self.picture,
            tuple((key, part.content) for key, part in self.parts.items()),
        )


class SlideState(_State):
    """A slide: to which deck it belongs and which it is there, its shapes and notes, the numbers that it shows."""

    deck: str
    key: str
    shapes: dict[str, ShapeState]
    notes: Words
    numbers: Digests

    @property
    def content(self) -> str:
        """A digest of all that it says."""
        return digest(repr(([(key, shape.content) for key, shape in self.shapes.items()], self.notes.said)))


def digest(text: str, size: int = _TEXT) -> str:
    """Return a short digest of a text."""
    return hashlib.blake2s(text.encode("utf-8"), digest_size=size).hexdigest()


def read(slide: Any, deck: str, key: str) -> SlideState:
    """Read a slide of python-pptx."""
    shapes = {name: shape_state(element, slide.part) for name, element in keyed(slide.shapes._spTree)}
    return SlideState(
        deck=deck,
        key=key,
        shapes=shapes,
        notes=words_state(notes(slide)),
        numbers=tuple(sorted({digest(number) for number in numbers("\n".join(visible(slide)))})),
    )


def known_as(name: str) -> str:
    """Return what a shape is known by: an exhibit by its kind and metric, as its first figure may be of another area.

    Examples
    --------
    >>> known_as("chart public_open.england.2020-12-01"), known_as("Text 1.5")
    ('chart public_open', 'Text 1.5')
    """
    return name.partition(".")[0] if name.startswith(tuple(f"{kind} " for kind in _KINDS)) else name


def shapes_of(container: Any) -> list[Any]:
    """Return the shapes that stand in a slide or a group themselves."""
    return [element for element in container if element.tag in _SHAPES]


def keyed(container: Any) -> Iterator[tuple[str, Any]]:
    """Give the shapes of a slide or a group, each with a key that no other there has."""
    seen: Counter[str] = Counter()
    for element in shapes_of(container):
        name = known_as(named(element).get("name", ""))
        seen[name] += 1
        yield f"{name} #{seen[name]}" if seen[name] > 1 else name, element


def named(element: Any) -> Any:
    """Return the element that holds a shape's name, number and alt text."""
    return next(element.iter(qn("p:cNvPr")), None)


def shape_state(element: Any, part: Any) -> ShapeState:
    """Read a shape; ``part`` is that of its slide."""
    about = named(element)
    chart = chart_part(element, part)
    body = text_body(element)
    grouped = element.tag == qn("p:grpSp")
    return ShapeState(
        name=about.get("name", ""),
        id=int(about.get("id", "0")),
        alt=digest(about.get("descr", "")),
        place=place(element),
        words=None if body is None else words_state(paragraphs(body)),
        rows=tuple(row_state(row) for row in rows(element)),
        chart=None if chart is None else chart_state(chart._element),
        picture=picture(element, part),
        parts={key: shape_state(inner, part) for key, inner in keyed(element)} if grouped else {},
    )


def place(element: Any) -> str:
    """Return a digest of where a shape stands; empty where its layout says so. Office alone sets a table's height."""
    found = transform(element)
    if found is None:
        return ""
    off, ext = found.find(qn("a:off")), found.find(qn("a:ext"))
    height = "" if rows(element) else ext.get("cy")
    return digest(" ".join((off.get("x"), off.get("y"), ext.get("cx"), height, found.get("rot", ""))), _LOOK)


def transform(element: Any) -> Any:
    """Return the element that places a shape, or ``None``."""
    if element.tag == qn("p:graphicFrame"):
        return element.find(qn("p:xfrm"))
    properties = element.find(qn("p:grpSpPr")) if element.tag == qn("p:grpSp") else element.find(qn("p:spPr"))
    return None if properties is None else properties.find(qn("a:xfrm"))


def text_body(element: Any) -> Any:
    """Return the text of a shape; ``None`` of one that has none, and of slide numbers, which count by themselves."""
    kind = element.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
    return None if kind is not None and kind.get("type") in ("sldNum", "dt") else element.find(qn("p:txBody"))


def paragraphs(body: Any) -> list[Any]:
    """Return the paragraphs of a text."""
    return [] if body is None else list(body.findall(qn("a:p")))


def notes(slide: Any) -> list[Any]:
    """Return the paragraphs of a slide's notes."""
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return [] if frame is None else paragraphs(frame._txBody)


def words_state(given: Sequence[Any]) -> Words:
    """Read paragraphs."""
    return Words(
        said=tuple(digest(text(one)) for one in given),
        look=tuple(look([one]) for one in given),
        tint=tuple(tint([one]) for one in given),
    )


def rows(element: Any) -> list[list[Any]]:
    """Return the cells of a table's rows; none of another shape."""
    return [row.findall(qn("a:tc")) for row in element.iter(qn("a:tr"))] if _is_frame(element) else []


def row_state(cells: Iterable[Any]) -> Words:
    """Read a row of a table."""
    given = [paragraphs(cell.find(qn("a:txBody"))) for cell in cells]
    return Words(
        said=tuple(digest(cell_text(one)) for one in given),
        look=tuple(look(one) for one in given),
        tint=tuple(tint(one) for one in given),
    )


def cell_text(given: Iterable[Any]) -> str:
    """Return the text of several paragraphs."""
    return "\n".join(map(text, given))


def text(paragraph: Any) -> str:
    """Return a paragraph's text; a line break in it is a vertical tab, as in python-pptx."""
    return "".join(
        ["\v" if part.tag == _BREAK else part.findtext(_LETTERS, "") for part in paragraph if part.tag in _SAID]
    )


def look(given: Iterable[Any]) -> str:
    """Return a digest of how paragraphs are set; where a program cut their runs makes no difference."""
    said: list[str] = []
    for paragraph in given:
        said.append(f"¶{_canonical(paragraph.find(qn('a:pPr')))}")
        for run in paragraph:
            how = _canonical(run.find(_SET)) if run.tag in _SAID and run.tag != _BREAK else None
            if how is not None and how != said[-1]:
                said.append(how)
    return digest("|".join(said), _LOOK)


def tint(given: Iterable[Any]) -> str:
    """Return a digest of the colours of paragraphs."""
    runs = (properties for paragraph in given for properties in paragraph.iter(qn("a:rPr")))
    fills = [_canonical(fill) for properties in runs for fill in properties.findall(qn("a:solidFill"))]
    return digest("|".join(dict.fromkeys(fills)), _LOOK)


def _canonical(element: Any) -> str:
    if element is None:
        return ""
    attributes = " ".join([f"{name}={value}" for name, value in sorted(element.items()) if name not in _UNSEEN])
    parts = "".join([_canonical(part) for part in element if part.tag not in _UNSEEN_PARTS])
    if element.tag in (qn("a:rPr"), qn("a:pPr")):
        return f"{attributes}{parts}"
    return f"<{element.tag.rpartition('}')[2]} {attributes}{parts}>"


def chart_part(element: Any, part: Any) -> Any:
    """Return the part of a chart, or ``None`` of another shape."""
    found = next(element.iter(qn("c:chart")), None) if _is_frame(element) else None
    return None if found is None else part.related_part(found.get(qn("r:id")))


def chart_state(space: Any) -> ChartState:
    """Read a chart."""
    every = list(space.iter(qn("c:ser")))
    return ChartState(
        categories=tuple(map(digest, points(every[0], "c:cat"))) if every else (),
        series=tuple(_series_state(one) for one in every),
        axes=tuple(scale(axis) for axis in space.iter(qn("c:valAx"))),
        plot=moved(space.find(f".//{qn('c:plotArea')}")),
    )


def _series_state(series: Any) -> SeriesState:
    return SeriesState(
        name=digest(series_name(series)),
        values=tuple(map(digest, points(series, "c:val"))),
        labels={at: (digest(label_text(label)), moved(label)) for at, label in labels(series).items()},
        marks={at: mark_look(mark) for at, mark in marks(series).items()},
        whiskers=whiskers(series),
    )


def whiskers(series: Any) -> str:
    """Return a digest of how far the error bars of a series reach; empty of one that has none."""
    bars = series.find(qn("c:errBars"))
    if bars is None:
        return ""
    ends = (bars.find(qn(f"c:{side}")) for side in ("plus", "minus"))
    said = (f"{point.get('idx')} {_plain(point.findtext(qn('c:v'), ''))}"
            for end in ends if end is not None for point in end.iter(qn("c:pt")))  # fmt: skip
    return digest("|".join(said))


def series_name(series: Any) -> str:
    """Return the name of a series."""
    return "".join(value.text or "" for value in series.iterfind(f"{qn('c:tx')}//{qn('c:v')}"))


def points(series: Any, what: str) -> list[str]:
    """Return the categories (``c:cat``) or values (``c:val``) of a series as texts; an unknown one is empty."""
    found = series.find(qn(what))
    count = None if found is None else found.find(f".//{qn('c:ptCount')}")
    if count is None:
        return []
    said = [""] * int(count.get("val"))
    for point in found.iter(qn("c:pt")):
        said[int(point.get("idx"))] = _plain(point.findtext(qn("c:v"), ""))
    return said


def _plain(value: str) -> str:
    """Write a number in one way, however a program wrote it."""
    try:
        return f"{float(value):.12g}"
    except ValueError:
        return value


def labels(series: Any) -> dict[int, Any]:
    """Return the labels of single points by the point's number."""
    return {int(one.find(qn("c:idx")).get("val")): one for one in series.iterfind(f"{qn('c:dLbls')}/{qn('c:dLbl')}")}


def label_text(label: Any) -> str:
    """Return what was typed into a label; empty where it shows its point's value."""
    return "\n".join(map(text, label.iterfind(f"{qn('c:tx')}//{qn('a:p')}")))


def moved(part: Any) -> str:
    """Return a digest of where a label or the plot of a chart was put by hand or by us; empty where Office puts it."""
    place = part.find(f"{qn('c:layout')}/{qn('c:manualLayout')}")
    if place is None:
        return ""
    found = [place.find(qn(f"c:{name}")) for name in "xywh"]
    return digest(" ".join(f"{float(one.get('val')):.3f}" for one in found if one is not None), _LOOK)


def marks(series: Any) -> dict[int, Any]:
    """Return the points that have a look of their own by their numbers."""
    return {int(one.find(qn("c:idx")).get("val")): one for one in series.findall(qn("c:dPt"))}


def mark_look(mark: Any) -> str:
    """Return a digest of the form and the colours of a point."""
    symbol = mark.find(f".//{qn('c:symbol')}")
    fills = [_canonical(fill) for fill in mark.iter(qn("a:solidFill"))]
    return digest("|".join(["" if symbol is None else symbol.get("val"), *fills]), _LOOK)


def scale(axis: Any) -> str:
    """Return a digest of the ends and steps of an axis."""
    found = [axis.find(f".//{qn(name)}") for name in ("c:min", "c:max", "c:majorUnit")]
    return digest(" ".join("" if one is None else _plain(one.get("val")) for one in found), _LOOK)


def picture(element: Any, part: Any) -> str:
    """Return a digest of a picture: of its vectors, where it has them."""
    blip = element.find(f"{qn('p:blipFill')}/{qn('a:blip')}")
    if blip is None:
        return ""
    vector = blip.find(f".//{_SVG}")
    key = (blip if vector is None else vector).get(qn("r:embed"))
    return hashlib.blake2s(part.related_part(key).blob, digest_size=_TEXT).hexdigest() if key else ""


def visible(slide: Any) -> Iterator[str]:
    """Give each text that is to be seen on a slide."""
    for paragraph in slide.shapes._spTree.iter(qn("a:p")):
        yield text(paragraph)
    for element in slide.shapes._spTree.iter(qn("p:graphicFrame")):
        chart = chart_part(element, slide.part)
        for label in chart._element.iter(qn("c:dLbl")) if chart is not None else ():
            yield label_text(label)


def numbers(said: str) -> set[str]:
    """Return the numbers of a text as they are written.

    Examples
    --------
    >>> sorted(numbers("14,124 cases, 16.5% more."))
    ['14,124', '16.5%']
    """
    return set(_NUMBER.findall(said))


def _is_frame(element: Any) -> bool:
    return bool(element.tag == qn("p:graphicFrame"))
