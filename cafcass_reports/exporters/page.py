"""What a review page shows of an executed notebook, read for the template that draws it."""

from __future__ import annotations

import base64
import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode
from pydantic import BaseModel

from cafcass_reports.errors import ExportError
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
    mimetype,
)
from cafcass_reports.exhibits.payload import Shown as ShownPayload
from cafcass_reports.exporters.change_cells import with_dashes
from cafcass_reports.exporters.characters import clean, printed
from cafcass_reports.exporters.closed_session import withheld
from cafcass_reports.exporters.figure_links import told
from cafcass_reports.exporters.foreign_tables import readable
from cafcass_reports.exporters.markup import (
    NO_ALT,
    coloured_code,
    highest_heading,
    inline_svg,
    prose,
    sanitised,
)
from cafcass_reports.exporters.page_ids import PageIds
from cafcass_reports.exporters.payloads import read_payload
from cafcass_reports.exporters.pictures import MIMETYPES, SVG, decoded, spoken

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


def read_page(notebook: NotebookNode, name: str) -> Page:
    """Read what a review page shows of a notebook.

    Parameters
    ----------
    notebook
        A notebook of nbformat 4.
    name
        The title where neither a heading nor a paper gives one.

    Raises
    ------
    ExportError
        Where an exhibit is malformed or a picture cannot be read.
    """
    cells = notebook.get("cells", [])
    payloads = [
        payload
        for number, cell in enumerate(cells, start=1)
        for output in cell.get("outputs", [])
        if (payload := read_payload(output.get("data", {}), f"Cell {number}"))
    ]
    paper = next((payload for payload in payloads if isinstance(payload, PaperPayload)), None)
    injected = any(_INJECTED in _tags(cell) for cell in cells)
    reader = _Reader(paper=paper, language=_language(notebook), replaced=frozenset([_PARAMETERS] if injected else []))
    reader.ids.reserve(figure.measurement for shown in payloads for figure in getattr(shown, "measurements", ()))
    shown: list[PageCell] = []
    before = 0
    for number, cell in enumerate(cells, start=1):
        if not withheld(cell, notebook):
            shown.append(reader.cell(number, cell))
            before += not reader.headings
    # Without any heading the code stays where it is: it is what the page shows.
    opening = shown[:before] if reader.headings else []
    return Page(
        title=reader.title or (paper.pack_title if paper else "") or name,
        paper=paper,
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

    def cell(self, number: int, cell: Mapping[str, Any]) -> PageCell:
        source = clean(_text(cell.get("source")))
        tags = _tags(cell)
        slide_type = _text(_mapping(cell.get("metadata", {}).get("slideshow")).get("slide_type"))
        marks = tuple(_MARKS[tag] for tag in tags if tag in _MARKS)
        marks += (_SLIDE_MARKS[slide_type],) if slide_type in _SLIDE_MARKS else ()
        if cell.get("cell_type") == "markdown":
            return PageCell(number, marks, prose=prose(source, self.heading, cell.get("attachments", {})))
        if cell.get("cell_type") != "code":
            return PageCell(number)
        hidden = not source.strip() or "remove-input" in tags or not self.replaced.isdisjoint(tags)
        return PageCell(
            number,
            marks,
            code=None if hidden else coloured_code(source, self.language),
            outputs=tuple(self._outputs(number, cell.get("outputs", []))),
        )

    def _outputs(self, number: int, outputs: list[dict[str, Any]]) -> Iterator[Shown]:
        streamed: tuple[str, str] = ("", "")
        for output in outputs:
            if output.get("output_type") == "stream":
                kind = "log" if output.get("name") == "stderr" else "text"
                if streamed[0] not in ("", kind):
                    yield from _printed(*streamed)
                    streamed = (kind, "")
                streamed = (kind, streamed[1] + _text(output.get("text")))
                continue
            yield from _printed(*streamed)
            streamed = ("", "")
            if output.get("output_type") == "error":
                yield Shown(
                    "error",
                    title=printed(f"{output.get('ename', '')}: {output.get('evalue', '')}"),
                    markup=printed("\n".join(output.get("traceback", []))),
                )
            else:
                yield from self._display(number, output)
        yield from _printed(*streamed)

    def _display(self, number: int, output: Mapping[str, Any]) -> Iterator[Shown]:
        data = output.get("data", {})
        match read_payload(data, f"Cell {number}"):
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
            case ChartPayload() as chart:
                drawing = self._drawing(number, data, chart.alt) if SVG in data else ""
                yield Shown("chart", chart, drawing, **self._behind(chart))
            case DashboardPayload() as dashboard:
                drawing = self._drawing(number, data, dashboard.chart.alt) if SVG in data else ""
                yield Shown("dashboard", dashboard, drawing)
            case ControlPayload() as control:
                drawing = self._drawing(number, data, control.alt) if SVG in data else ""
                yield Shown("spc", control, drawing, **self._behind(control))
            case PicturePayload() as picture:
                if SVG not in data:
                    raise ExportError(
                        f"Cell {number} holds a picture without its drawing.",
                        valid=f"A picture comes with {SVG} beside {mimetype('picture')}.",
                        next_step="Run the notebook again.",
                    )
                drawing = self._drawing(number, data, picture.alt)
                yield Shown("picture", picture, drawing, **self._behind(picture))
            case _:
                yield from self._plain(number, data, output.get("metadata", {}))

    def _behind(self, exhibit: ShownPayload) -> dict[str, Any]:
        return {"figures": self._figures(exhibit.measurements), "unprotected": not exhibit.protected}

    def _figures(self, measurements: tuple[Provenance, ...]) -> tuple[Figure, ...]:
        return tuple(
            Figure(
                provenance,
                self.ids.claim_measurement(provenance.measurement),
                coloured_code(provenance.sql, "sql") if provenance.sql else None,
                tuple((point, self.ids.claim_if_free(point.measurement)) for point in provenance.history),
            )
            for provenance in measurements
        )

    def _drawing(self, number: int, data: Mapping[str, Any], alt: str) -> Markup:
        self.drawings += 1
        prefix = f"drawing-{self.drawings}-"
        try:
            return inline_svg(clean(_text(data[SVG])), alt, lambda old: self.ids.claim(prefix + old))
        except ValueError as error:
            raise ExportError(
                f"Cell {number} holds a drawing that is not well-formed SVG: {error}.",
                next_step="Draw it again.",
            ) from error

    def _plain(self, number: int, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[Shown]:
        """Show the best of what another library put out, in nbconvert's order for pages."""
        unprotected = self.paper is not None
        html = readable(sanitised(_text(data.get("text/html"))))
        if html.striptags() or "<img" in html:
            yield Shown("html", markup=html, unprotected=unprotected)
            return
        if "text/markdown" in data:
            yield Shown("commentary", markup=self.lowered_prose(_text(data["text/markdown"])))
            return
        for kind in MIMETYPES:
            if kind in data:
                said = {**metadata, **_mapping(metadata.get(kind))}
                decoded(_text(data[kind]), kind, f"Cell {number}")
                yield Shown(
                    "image",
                    markup=_data_address(kind, _text(data[kind])),
                    title=spoken(_text(said.get("alt"))) or NO_ALT,
                    unprotected=unprotected,
                )
                return
        if data and not data.keys() & {"text/html", "text/latex", "text/plain"}:
            yield Shown("text", markup=f"[Output that a page cannot show: {', '.join(sorted(data))}]")
        yield from _printed("text", _text(data.get("text/latex") or data.get("text/plain")))


def _without_headings(markdown: str, figures: Sequence[Provenance]) -> Markup:
    """Render Markdown that has room for paragraphs and lists only."""
    return prose(markdown, lambda level, text: (0, ""), {}, told(figures))


def _data_address(kind: str, content: str) -> str:
    """Return a picture as an address of its own; in one, an SVG runs no script and brings no ids."""
    encoded = base64.b64encode(content.encode()).decode() if kind == SVG else "".join(content.split())
    return f"data:{kind};base64,{encoded}"


def _printed(kind: str, text: str) -> Iterator[Shown]:
    if shown := printed(text).strip("\n"):
        yield Shown(kind, markup=shown)


def _tags(cell: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cell.get("metadata", {}).get("tags", []))


def _language(notebook: NotebookNode) -> str:
    info = _mapping(notebook.get("metadata", {}).get("language_info"))
    return str(info.get("pygments_lexer") or info.get("name") or "python")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    """Return a notebook's text, which nbformat lets stand as one string or as lines."""
    if isinstance(value, list):
        return "".join(str(line) for line in value)
    return "" if value is None else str(value)
