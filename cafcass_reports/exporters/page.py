"""What a review page shows of an executed notebook, read for the template that draws it."""

from __future__ import annotations

import base64
import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

from cafcass_reports.exhibits.payload import (
    ChartPayload,
    CommentaryPayload,
    ControlPayload,
    DashboardPayload,
    HistoryPoint,
    NumbersPayload,
    PanelsPayload,
    PaperPayload,
    PicturePayload,
    Provenance,
    QuotationPayload,
    TablePayload,
)
from cafcass_reports.exhibits.payload import Shown as ShownPayload
from cafcass_reports.exporters.change_cells import with_dashes
from cafcass_reports.exporters.characters import printed
from cafcass_reports.exporters.executed import Cell, Display, Executed, Exhibit, Output, Printed, Stopped
from cafcass_reports.exporters.figure_links import told
from cafcass_reports.exporters.foreign_tables import readable
from cafcass_reports.exporters.markup import (
    NO_ALT,
    coloured_code,
    coloured_sql,
    highest_heading,
    inline_svg,
    prose,
    sanitised,
)
from cafcass_reports.exporters.page_ids import PageIds
from cafcass_reports.exporters.pictures import SVG

_MARKS = {"deck-only": "Deck only", "summary-only": "Summary only", "closed-board": "Closed board only"}
_SLIDE_MARKS = {"notes": "Speaker notes", "skip": "Not in deck or summary"}
_TOPIC, _LOWEST = 3, 6  # levels of heading
_PARAMETERS, _INJECTED = "parameters", "injected-parameters"  # papermill's tags


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a section, or a topic within one (``level`` 2 or 3)."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Figure:
    """How one shown figure came about, with the id that links lead to, its SQL coloured and its history.

    ``history`` holds the points with their ids in the page, empty where the point has a place of its own.
    """

    provenance: Provenance
    anchor: str
    sql: Markup | None
    history: tuple[tuple[HistoryPoint, str], ...]


@dataclass(frozen=True)
class Shown:
    """One output as the template draws it.

    Parameters
    ----------
    kind
        ``table``, ``chart``, ``spc``, ``dashboard``, ``picture``, ``numbers``, ``commentary``, ``panels``,
        ``quotation``, or for plain outputs ``html``, ``image``, ``text``, ``log`` and ``error``.
    payload
        The exhibit, where it is one of ours.
    markup
        Its drawing, its Markdown rendered, its HTML made harmless, or its text.
    title
        What an image shows, what an error says.
    parts
        The Markdown of each panel, rendered.
    level
        That of the headings of panels.
    figures
        How its figures came about.
    unprotected
        Whether it shows data of which disclosure control knows nothing, in a paper of ours.
    """

    kind: str
    payload: BaseModel | None = None
    markup: str | Markup = ""
    title: str = ""
    parts: tuple[Markup, ...] = ()
    level: int = 0
    figures: tuple[Figure, ...] = ()
    unprotected: bool = False


@dataclass(frozen=True)
class PageCell:
    """A cell as the template draws it: its number, its marks, then prose, or outputs and code."""

    number: int
    marks: tuple[str, ...] = ()
    prose: Markup | None = None
    code: Markup | None = None
    outputs: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Page:
    """All that the template needs; ``setting_up`` is the code of the cells before the first heading."""

    title: str
    paper: PaperPayload | None
    contents: tuple[Entry, ...]
    setting_up: tuple[Markup, ...]
    cells: tuple[PageCell, ...]


def read_page(executed: Executed, name: str) -> Page:
    """Read what a review page shows of a notebook.

    Parameters
    ----------
    executed
        The notebook as its readers may see it.
    name
        The title where neither a heading nor a paper gives one.

    Raises
    ------
    ExportError
        Where an exhibit is malformed or a picture cannot be read.
    """
    injected = any(_INJECTED in cell.tags for cell in executed.cells)
    reader = _Reader(executed.paper, executed.language, frozenset([_PARAMETERS] if injected else []))
    exhibits = (out.payload for cell in executed.cells for out in cell.outputs if isinstance(out, Exhibit))
    reader.ids.reserve(figure.measurement for shown in exhibits for figure in getattr(shown, "measurements", ()))
    shown: list[PageCell] = []
    before = 0
    for cell in executed.cells:
        shown.append(reader.cell(cell))
        before += not reader.headings
    # Without any heading the code stays where it is: it is what the page shows.
    opening = shown[:before] if reader.headings else []
    return Page(
        title=reader.title or executed.called(name),
        paper=executed.paper,
        contents=tuple(entry for entry in reader.headings if entry.level <= _TOPIC),
        setting_up=tuple(cell.code for cell in opening if cell.code),
        cells=(*(replace(cell, code=None) for cell in opening), *shown[len(opening) :]),
    )


def chart_rows(chart: ChartPayload) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return a chart's data as rows of text: for each category, the label of each series and the id of its figure."""
    return [
        (
            category,
            [
                (
                    series.told(row) if series.labels else _in_words(series.values[row], chart.number_format),
                    series.measurements[row] if series.measurements else "",
                )
                for series in chart.series
            ],
        )
        for row, category in enumerate(chart.categories)
    ]


def day_in_words(dated: str) -> str:
    """Return an ISO date in words; a text that is none stays as it is.

    Examples
    --------
    >>> day_in_words("2021-01-08")
    '8 January 2021'
    """
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        return dated
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _in_words(value: float | None, number_format: str) -> str:
    """Write a number as an Excel format code of digits, comma, point and per cent says."""
    if value is None:
        return "no figure"
    percent = "%" if number_format.endswith("%") else ""
    decimals = len(number_format.rstrip("%").partition(".")[2])
    comma = "," if "," in number_format else ""
    return f"{value * (100 if percent else 1):{comma}.{decimals}f}{percent}".replace("-", "\N{MINUS SIGN}")


@dataclass
class _Reader:
    """What is known of the page while its cells are read in order.

    ``replaced`` are the tags of cells whose code others put in force after it.
    """

    paper: PaperPayload | None
    language: str
    replaced: frozenset[str]
    title: str = ""
    headings: list[Entry] = field(default_factory=list)
    ids: PageIds = field(default_factory=PageIds)
    drawings: int = 0

    def heading(self, level: int, text: str) -> tuple[int, str]:
        """Place a heading: the first H1 is the page's, and no level is left out on the way down."""
        if level == 1 and not self.title:
            self.title = text
            return 0, ""
        if not text:
            return 0, ""
        above = self.headings[-1].level if self.headings else 1
        placed = min(max(level, 2), above + 1)
        anchor = self.ids.claim(re.sub(r"[^\w]+", "-", text.lower()).strip("-"))
        self.headings.append(Entry(placed, text, anchor))
        return placed, anchor

    def lowered_prose(self, source: str, figures: Sequence[Provenance] = ()) -> Markup:
        """Render Markdown whose own headings never end the section that it stands in."""
        highest = highest_heading(source)
        lowered = _TOPIC - highest
        return prose(source, lambda level, text: self.heading(lowered + level, text), {}, told(figures))

    def cell(self, cell: Cell) -> PageCell:
        marks = tuple(_MARKS[tag] for tag in cell.tags if tag in _MARKS)
        marks += (_SLIDE_MARKS[cell.slide_type],) if cell.slide_type in _SLIDE_MARKS else ()
        if cell.kind == "markdown":
            return PageCell(cell.number, marks, prose=prose(cell.source, self.heading, cell.attachments))
        if cell.kind != "code":
            return PageCell(cell.number)
        hidden = not cell.source.strip() or "remove-input" in cell.tags or not self.replaced.isdisjoint(cell.tags)
        return PageCell(
            cell.number,
            marks,
            code=None if hidden else coloured_code(cell.source, self.language),
            outputs=tuple(shown for output in cell.outputs for shown in self._shown(output)),
        )

    def _shown(self, output: Output) -> Iterator[Shown]:
        match output:
            case Printed(text=text, is_log=is_log):
                yield Shown("log" if is_log else "text", markup=text)
            case Stopped(said=said, traceback=traceback):
                yield Shown("error", title=said, markup=traceback)
            case Exhibit():
                yield from self._exhibit(output)
            case Display():
                yield from self._plain(output)

    def _exhibit(self, exhibit: Exhibit) -> Iterator[Shown]:
        match exhibit.payload:
            case PaperPayload():
                return
            case CommentaryPayload() as commentary:
                yield Shown(
                    "commentary",
                    commentary,
                    self.lowered_prose(commentary.markdown, commentary.measurements),
                    figures=self._figures(commentary.measurements),
                )
            case PanelsPayload() as panels:
                above = self.headings[-1].level if self.headings else 1
                yield Shown(
                    "panels",
                    panels,
                    parts=tuple(_without_headings(panel.markdown, panels.measurements) for panel in panels.panels),
                    level=min(above + 1, _LOWEST),
                    **self._behind(panels),
                )
            case QuotationPayload() as said:
                words = _without_headings(said.words, said.measurements)
                yield Shown("quotation", said, words, figures=self._figures(said.measurements))
            case NumbersPayload() as numbers:
                yield Shown("numbers", numbers, **self._behind(numbers))
            case TablePayload() as table:
                yield Shown("table", with_dashes(table), **self._behind(table))
            case DashboardPayload() as dashboard:
                yield Shown("dashboard", dashboard, self._drawing(exhibit.drawing, dashboard.chart.alt))
            case (ChartPayload() | ControlPayload() | PicturePayload()) as drawn:
                drawing = self._drawing(exhibit.drawing, drawn.alt)
                yield Shown(exhibit.kind, drawn, drawing, **self._behind(drawn))

    def _behind(self, exhibit: ShownPayload) -> dict[str, Any]:
        return {"figures": self._figures(exhibit.measurements), "unprotected": not exhibit.protected}

    def _figures(self, measurements: tuple[Provenance, ...]) -> tuple[Figure, ...]:
        return tuple(
            Figure(
                provenance,
                self.ids.claim_measurement(provenance.measurement),
                coloured_sql(provenance.sql) if provenance.sql else None,
                tuple((point, self.ids.claim_if_free(point.measurement)) for point in provenance.history),
            )
            for provenance in measurements
        )

    def _drawing(self, svg: str, alt: str) -> Markup:
        self.drawings += 1
        prefix = f"drawing-{self.drawings}-"
        return inline_svg(svg, alt, lambda old: self.ids.claim(prefix + old))

    def _plain(self, display: Display) -> Iterator[Shown]:
        """Show the best of what another library put out, in nbconvert's order for pages."""
        unprotected = self.paper is not None
        html = readable(sanitised(display.text("html")))
        if html.striptags() or "<img" in html:
            yield Shown("html", markup=html, unprotected=unprotected)
        elif markdown := display.text("markdown"):
            yield Shown("commentary", markup=self.lowered_prose(markdown))
        elif picture := display.picture:
            address = _data_address(picture.mimetype, picture.source)
            yield Shown("image", markup=address, title=picture.said["alt"] or NO_ALT, unprotected=unprotected)
        elif display.others:
            yield Shown("text", markup=f"[Output that a page cannot show: {', '.join(display.others)}]")
        elif text := printed(display.text("latex") or display.text("plain")).strip("\n"):
            yield Shown("text", markup=text)


def _without_headings(markdown: str, figures: Sequence[Provenance]) -> Markup:
    """Render Markdown that has room for paragraphs and lists only."""
    return prose(markdown, lambda level, text: (0, ""), {}, told(figures))


def _data_address(kind: str, content: str) -> str:
    """Return a picture as an address of its own; in one, an SVG runs no script and brings no ids."""
    encoded = base64.b64encode(content.encode()).decode() if kind == SVG else "".join(content.split())
    return f"data:{kind};base64,{encoded}"
