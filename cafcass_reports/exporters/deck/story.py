"""Which slides a paper has, before any of them is laid out: one idea each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    ChartPayload,
    ControlPayload,
    NumbersPayload,
    PanelsPayload,
    PaperPayload,
    Provenance,
    TablePayload,
    source_line,
)
from cafcass_reports.exporters.characters import clean, clean_all
from cafcass_reports.exporters.deck import body
from cafcass_reports.exporters.deck.body import Line, Marker
from cafcass_reports.exporters.deck.template import Kind
from cafcass_reports.exporters.tree import (
    Block,
    ChartBlock,
    Document,
    Layout,
    NumbersBlock,
    PanelsBlock,
    PictureBlock,
    Run,
    Section,
    TableBlock,
    Topic,
)

Exhibit: TypeAlias = ChartPayload | ControlPayload | TablePayload | PictureBlock | NumbersPayload | PanelsBlock

_CLOSING = re.compile(r"\b(decisions?|recommendations?|is asked|are asked|we ask|next steps|closing)\b", re.IGNORECASE)
_ON_THEIR_SLIDES = "Each figure is explained in the notes of its own slide."
FOR_CHECKING = "For checking, not for reading out: the id of each figure above, as in measurements.csv"
_MESSAGES = 4  # on a divider: more would be a slide of text
_T = TypeVar("_T")


@dataclass(frozen=True)
class Slide:
    """A slide as meant: its kind and what stands on it, free of sizes and places, and the figures behind it."""

    kind: Kind
    title: str
    kicker: str = ""
    subtitle: str = ""
    lines: tuple[Line, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    notes: tuple[str, ...] = ()
    section: str = ""
    topic: str = ""
    figures: tuple[Provenance, ...] = ()


def tell(document: Document) -> tuple[Slide, ...]:
    """Return the slides of a paper in order: title, agenda, and each section's topics.

    All sections open with a divider or none does, so that their numbers are true: none where more than half of them
    have a single topic, which would give as many dividers as slides between them. Every slide then says its section
    above its title. The section that asks for a decision closes the deck without one. A section with nothing in it
    has no slide, and no place in the agenda.
    """
    document = _cleaned(document)
    filled = [kept for section in document.sections if (kept := _with_content(section)).topics]
    named = [section for section in filled if section.title]
    slides = [title_slide(document)]
    if len(named) > 1:
        slides.append(_agenda(document, named))
    closing = named[-1] if named and _closes(named[-1]) else None
    numbers = {section.title: f"Section {at} of {len(named)}" for at, section in enumerate(named, start=1)}
    for section in filled:
        divided = _divides(named) and section is not closing
        number = numbers.get(section.title, "") if divided else ""
        slides.extend(_section(_joined(section) if section is closing else section, document, number))
    if closing:
        slides = [_closing(slide) if slide.section == closing.title else slide for slide in slides]
    return tuple(
        replace(
            slide,
            title=" ".join(slide.title.split()) or "Untitled",
            notes=(*slide.notes, *_ids(slide.figures)),
        )
        for slide in slides
    )


def _ids(figures: Iterable[Provenance]) -> tuple[str, ...]:
    """Name each figure by its id, below all that a speaker reads."""
    ids = tuple(dict.fromkeys(figure.measurement for figure in figures))
    return ("", FOR_CHECKING, *ids) if ids else ()


def _with_content(section: Section) -> Section:
    """Leave out topics that are a heading and nothing else: a slide has something to show."""
    return replace(section, topics=tuple(topic for topic in section.topics if topic.notes or _shows(topic)))


def _shows(topic: Topic) -> bool:
    return bool(_lines(topic) or _exhibits(topic))


def _divides(named: Sequence[Section]) -> bool:
    single = sum(len(_opening(section)[1]) <= 1 for section in named)
    return len(named) > 1 and 2 * single <= len(named)


def about(
    exhibit: Exhibit,
) -> ChartPayload | ControlPayload | TablePayload | PictureBlock | NumbersPayload | PanelsPayload:
    """Return what says title, subtitle, alt text and source of an exhibit."""
    return exhibit.panels if isinstance(exhibit, PanelsBlock) else exhibit


def marks(paper: PaperPayload | None) -> tuple[str, ...]:
    """Return the marks that every page of a paper bears: what its figures are, and whether it is a draft."""
    if paper is None:
        return ()
    return ("Synthetic data",) * paper.synthetic + ("DRAFT",) * (paper.status == "draft")


def _cleaned(value: _T) -> _T:
    """Return a document without characters that a file cannot hold, whoever built it."""
    result: Any = value
    if isinstance(value, str):
        result = clean(value)
    elif isinstance(value, tuple):
        result = tuple(_cleaned(item) for item in value)
    elif isinstance(value, BaseModel):
        result = value if _is_clean(value) else type(value).model_validate(clean_all(value.model_dump()))
    elif is_dataclass(value) and not isinstance(value, type):
        result = replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return result  # type: ignore[no-any-return]


def _is_clean(value: Any) -> bool:
    """Tell whether nothing is to be taken out of a payload: so is each that was read from a notebook."""
    if isinstance(value, str):
        return clean(value) == value
    if isinstance(value, BaseModel):
        return all(map(_is_clean, value.__dict__.values()))
    if isinstance(value, dict):
        return all(map(_is_clean, (*value, *value.values())))
    return all(map(_is_clean, value)) if isinstance(value, list | tuple) else True


def title_slide(document: Document, kind: str = "Paper") -> Slide:
    """Return the slide that a paper opens with, or papers bound together (``kind`` says which)."""
    paper = document.paper
    title = document.title or "Untitled paper"
    if paper is None:
        return Slide(Kind.TITLE, title)
    dated = Line((Run(f"Figures as at {paper.as_at}. {kind} dated {_in_words(paper.dated)}."),))
    marked = Line((Run(" · ".join((paper.classification, *marks(paper))), bold=True),))
    return Slide(
        Kind.TITLE,
        title,
        kicker=paper.organisation,
        subtitle=f"{paper.area} · {paper.period}",
        lines=(dated, marked),
        notes=(f"{paper.pack_title}.",),
    )


def _in_words(dated: str) -> str:
    try:
        date = datetime.date.fromisoformat(dated)
    except ValueError as error:
        raise ExportError(
            f"The paper is dated '{dated}'.",
            valid="A date is written as 2021-01-20.",
            next_step="Correct the date of the pack and run the paper again.",
        ) from error
    return f"{date.day} {date:%B %Y}"


def _agenda(document: Document, named: Iterable[Section]) -> Slide:
    lines = tuple(
        Line((Run(section.title),), Marker.NUMBER, number=number) for number, section in enumerate(named, start=1)
    )
    return Slide(Kind.AGENDA, "What this paper covers", kicker=document.title, lines=lines)


def _section(section: Section, document: Document, number: str) -> Iterator[Slide]:
    """Give the slides of a section; it opens with a divider where that has a number."""
    topics = section.topics
    if number:
        opening, topics = _opening(section)
        first = section.topics[0]
        notes = (*_spoken(first.notes), *_figures(first.measurements)) if opening else (_ON_THEIR_SLIDES,)
        messages = opening or _messages(topics)
        slide = Slide(Kind.SECTION, section.title, number, lines=messages, notes=notes, section=section.title)
        yield replace(slide, figures=first.measurements if opening else ())
    for topic in topics:
        for part in _laid_out(topic):
            closes = topic.layout is Layout.CLOSING
            for slide in _topic(part, section.title or document.title, section.title):
                yield replace(slide, kind=Kind.CLOSING) if closes and slide.kind is Kind.TEXT else slide


def _laid_out(topic: Topic) -> tuple[Topic, ...]:
    """Part a topic's words from its exhibits where its author asks for a layout that holds one of them."""
    if topic.layout not in (Layout.TEXT, Layout.EXHIBIT) or not (_exhibits(topic) and _lines(topic)):
        return (topic,)
    shown = tuple(block for block in topic.blocks if _exhibit(block))
    words = replace(topic, blocks=tuple(block for block in topic.blocks if not _exhibit(block)))
    pictures = replace(topic, blocks=shown)
    if topic.layout is Layout.TEXT:
        return words, replace(pictures, notes=(), measurements=())
    return pictures, replace(words, notes=(), measurements=())


def _opening(section: Section) -> tuple[tuple[Line, ...], tuple[Topic, ...]]:
    """Take a short text that stands directly under the section's heading: it is the divider's message."""
    first, rest = section.topics[0], section.topics[1:]
    lines = body.lines(first.blocks)
    short = len(lines) <= 2 and sum(len(line.text) for line in lines) <= 240
    if first.title or not short or _exhibits(first) or any(line.quoted for line in lines):
        return (), section.topics
    return lines, rest


def _joined(section: Section) -> Section:
    """Put a short text that stands directly under a heading before its first topic: there is no divider to bear it."""
    opening, topics = _opening(section)
    if not opening or not topics:
        return section
    first, blocks = topics[0], section.topics[0].blocks
    measurements = tuple(dict.fromkeys((*section.topics[0].measurements, *first.measurements)))
    joined = replace(first, blocks=(*blocks, *first.blocks), measurements=measurements)
    return replace(section, topics=(joined, *topics[1:]))


def _messages(topics: Iterable[Topic]) -> tuple[Line, ...]:
    """Return what the exhibits of a section say; the names of its topics where it has none."""
    given = list(topics)
    said = [title for topic in given for exhibit in _exhibits(topic) if (title := about(exhibit).title)]
    found = list(dict.fromkeys(said or [topic.title for topic in given if topic.title]))[:_MESSAGES]
    marker = Marker.BULLET if len(found) > 1 else Marker.NONE
    return tuple(Line((Run(message),), marker) for message in found)


def _topic(topic: Topic, section: str, group: str) -> Iterator[Slide]:
    lines, exhibits, spoken = _lines(topic), _exhibits(topic), _spoken(topic.notes)
    if not lines and not exhibits and not topic.title:
        return
    title = topic.title or section
    above = section if topic.title else ""
    in_text = _not_shown(topic, exhibits)
    said = _figures(in_text)
    if not exhibits:
        notes = (*spoken, *(("Figures in the text:", *said) if said else ()))
        yield Slide(Kind.TEXT, title, above, "", lines, (), notes, group, figures=in_text)
        return
    if len(exhibits) == 2 and not lines and all(isinstance(found, ChartPayload | PictureBlock) for found in exhibits):
        behind = tuple(note for exhibit in exhibits for note in _behind(exhibit, ()))
        notes = (*spoken, *behind, *said)
        yield Slide(Kind.EXHIBIT, title, above, "", (), exhibits, notes, group, figures=topic.measurements)
        return
    worded = exhibits.index(_first_with_words(exhibits))
    for number, exhibit in enumerate(exhibits):
        beside = lines if number == worded else ()
        message = about(exhibit).title or title
        kicker = " · ".join(text for text in dict.fromkeys((section, topic.title)) if text and text != message)
        kind = Kind.TEXT_AND_EXHIBIT if beside else Kind.EXHIBIT
        notes = (*_behind(exhibit, () if number else spoken), *(() if number else said))
        slide = Slide(kind, message, kicker, about(exhibit).subtitle, beside, (exhibit,), notes, group, topic.title)
        yield replace(slide, figures=(*about(exhibit).measurements, *(() if number else in_text)))


def _first_with_words(exhibits: Sequence[Exhibit]) -> Exhibit:
    """Return the exhibit that a topic's text stands with: figures want words, panels are words themselves."""
    return next((exhibit for exhibit in exhibits if not isinstance(exhibit, PanelsBlock)), exhibits[0])


def _not_shown(topic: Topic, exhibits: Iterable[Exhibit]) -> tuple[Provenance, ...]:
    """Return the figures of a topic's text and pictures: those that its charts and tables do not bring."""
    shown = {
        measurement.measurement
        for exhibit in exhibits
        if not isinstance(exhibit, PictureBlock)
        for measurement in (exhibit.panels if isinstance(exhibit, PanelsBlock) else exhibit).measurements
    }
    return tuple(measurement for measurement in topic.measurements if measurement.measurement not in shown)


def _exhibits(topic: Topic) -> tuple[Exhibit, ...]:
    return tuple(exhibit for exhibit in map(_exhibit, topic.blocks) if exhibit and not _is_empty(exhibit))


def _exhibit(block: Block) -> Exhibit | None:
    match block:
        case TableBlock(table):
            return table
        case ChartBlock(chart=chart):
            return chart
        case NumbersBlock(numbers):
            return numbers
        case PictureBlock() | PanelsBlock():
            return block
        case _:
            return None


def _lines(topic: Topic) -> tuple[Line, ...]:
    """Return a topic's text; an exhibit without a figure is said, as PowerPoint cannot open an empty chart."""
    empty = [about(exhibit) for exhibit in map(_exhibit, topic.blocks) if exhibit and _is_empty(exhibit)]
    said = tuple(Line((Run(f"{exhibit.title or 'This exhibit'}: no figures."),)) for exhibit in empty)
    return body.lines(topic.blocks) + said


def _is_empty(exhibit: Exhibit) -> bool:
    match exhibit:
        case TablePayload():
            return not any(row for section in exhibit.sections for row in section.rows)
        case ChartPayload():
            return not (exhibit.categories and exhibit.series)
        case NumbersPayload():
            return not exhibit.numbers
        case PanelsBlock():
            return not exhibit.texts
        case PictureBlock() | ControlPayload():
            return False


def _spoken(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(line.text for line in body.lines(blocks))


def _behind(exhibit: Exhibit, spoken: tuple[str, ...]) -> tuple[str, ...]:
    """Say for the notes what an exhibit shows, what the speaker adds, and where each figure comes from."""
    if isinstance(exhibit, PanelsBlock):
        said = _figures(exhibit.panels.measurements)
        return (*spoken, *(("Figures in the text:", *said) if said else ()))
    what = exhibit.subtitle or exhibit.title
    shown = (f"Shown: {what.rstrip('.')}.",) if what else ()
    source = (source_line(exhibit.source),) if exhibit.source else ()
    if isinstance(exhibit, PictureBlock):
        return (*shown, *spoken, *source)
    note = (exhibit.note,) if isinstance(exhibit, TablePayload | ControlPayload) and exhibit.note else ()
    return (*shown, *spoken, *note, *(_figures(exhibit.measurements) or source))


def _figures(measurements: Iterable[Provenance]) -> tuple[str, ...]:
    """Say each figure in a line: what it is, its value, what it is calculated from, and its source."""
    return tuple(
        f"{found.title}: {found.value}{_parts(found)}. {found.source.rstrip('.')}".rstrip(". ") + "."
        for found in measurements
    )


def _parts(found: Provenance) -> str:
    if not found.numerator or not found.denominator:
        return ""
    if found.value.endswith("%"):
        return f" ({found.numerator} of {found.denominator})"
    return f" (numerator {found.numerator}, denominator {found.denominator})"


def _closes(section: Section) -> bool:
    return any(_CLOSING.search(title) for title in (section.title, *(topic.title for topic in section.topics)))


def _closing(slide: Slide) -> Slide:
    asks = slide.kind is Kind.TEXT and _CLOSING.search(f"{slide.title} {slide.kicker}")
    return replace(slide, kind=Kind.CLOSING) if asks else slide
