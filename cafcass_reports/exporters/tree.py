"""The document tree's parts: what a paper holds, free of any format.

H1 is the paper's title, H2 a section, H3 a topic (a slide, or a sub-heading). Code is not part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from cafcass_reports.exhibits.payload import (
    ChartPayload,
    ControlPayload,
    NumbersPayload,
    PanelsPayload,
    PaperPayload,
    Provenance,
    TablePayload,
)


class Layout(StrEnum):
    """How a topic's text and exhibits share slides, where an author says so with the tag ``layout:<name>``."""

    TEXT = "text"
    EXHIBIT = "exhibit"
    TEXT_AND_EXHIBIT = "text-and-exhibit"
    CLOSING = "closing"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str | None = None


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """Text in one paragraph."""

    runs: Runs


@dataclass(frozen=True)
class ListItem:
    """An item of a list, with the items under it."""

    runs: Runs
    children: tuple[ListItem, ...] = ()


@dataclass(frozen=True)
class ListBlock:
    """A list, numbered or not."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quotation:
    """Somebody's words, and who says them (a role); empty where the text around them says so."""

    paragraphs: tuple[Paragraph, ...]
    speaker: str = ""


@dataclass(frozen=True)
class Preformatted:
    """Text whose line breaks matter: what a cell printed."""

    text: str


@dataclass(frozen=True)
class TableBlock:
    """A table exhibit, or a table read from a data frame's HTML."""

    table: TablePayload


@dataclass(frozen=True)
class ChartBlock:
    """A chart exhibit, or control charts: the data, and the SVG that page and summary share."""

    chart: ChartPayload | ControlPayload
    svg: str


@dataclass(frozen=True)
class PictureBlock:
    """A picture: its bytes, its mimetype, title and alt text, and the figures that it is drawn from.

    The mimetype is ``image/svg+xml``, ``image/png`` or ``image/jpeg``.
    """

    data: bytes
    mimetype: str
    title: str
    subtitle: str
    alt: str
    source: str
    measurements: tuple[Provenance, ...] = ()


@dataclass(frozen=True)
class NumbersBlock:
    """Figures set large."""

    numbers: NumbersPayload


@dataclass(frozen=True)
class PanelText:
    """A panel's title and its text."""

    title: str
    blocks: tuple[Paragraph | ListBlock, ...]


@dataclass(frozen=True)
class PanelsBlock:
    """Texts side by side: the exhibit, and each panel's Markdown parsed."""

    panels: PanelsPayload
    texts: tuple[PanelText, ...]


Block: TypeAlias = (
    Paragraph
    | ListBlock
    | Quotation
    | Preformatted
    | TableBlock
    | ChartBlock
    | PictureBlock
    | NumbersBlock
    | PanelsBlock
)


@dataclass(frozen=True)
class Topic:
    """What stands under one H3: a slide, or a sub-section of the summary.

    ``title`` is empty for what stands directly under a section or the title. ``notes`` is for the speaker.
    ``measurements`` holds each figure behind what the topic shows or says once, in its order. ``layout`` is that which
    its author asks for in the deck: ``text`` puts the words before the exhibits, ``exhibit`` after them, on slides of
    their own.
    """

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...] = ()
    measurements: tuple[Provenance, ...] = ()
    layout: Layout | None = None


@dataclass(frozen=True)
class Section:
    """What stands under one H2; ``title`` is empty for what comes before the first."""

    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Document:
    """A paper: its title, what it is about (``None`` for a notebook that is not ours) and its sections.

    ``measurements`` holds each figure behind what is shown once, in the order of the paper.
    """

    title: str
    paper: PaperPayload | None
    sections: tuple[Section, ...]
    measurements: tuple[Provenance, ...] = ()


@dataclass(frozen=True)
class Binder:
    """Papers bound in the order of a meeting: one title, one list of contents, numbers that run through."""

    title: str
    documents: tuple[Document, ...]
