"""Readers of written files: python-pptx and openpyxl for decks, PDFium for PDFs, lxml for pages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl

from cafcass_reports.checks.opened import Opened

_LINES = frozenset(
    ("p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "figcaption", "caption", "summary", "text", "svg",
     "desc", "title", "script", "style", "table", "div", "section")
)  # fmt: skip
_FOOT = re.compile(r"Page \d+ of \d+\s*$")
_APPENDIX = "How each figure was calculated"
_UNREAD = frozenset(("script", "style", "desc", "title", "metadata", "defs"))


@dataclass(frozen=True)
class Block:
    """A text of a file and where it stands: its slide or page, counted from 1, and the name of its shape.

    ``behind`` says that it tells how figures were calculated: in the deck's notes, the summary's appendix, the page's
    folds. What an exhibit shows must not be looked for there.
    """

    text: str
    slide: int = 0
    page: int = 0
    part: str = ""
    behind: bool = False


@dataclass(frozen=True)
class Chart:
    """A native chart: its series as the chart holds them, and as its workbook does (None where it has none).

    ``whiskers`` says of each series how far the error bars of its points reach down and up.
    """

    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    workbook: tuple[tuple[str, tuple[float | None, ...]], ...] | None
    whiskers: tuple[dict[int, tuple[float, float]], ...]
    slide: int
    part: str


@dataclass(frozen=True)
class Attached:
    """A row of a CSV file that a file carries."""

    file: str
    cells: tuple[str, ...]


@dataclass
class Read:
    """What a file shows: ``attached`` are the rows of the CSV files that it carries, ``data`` what its script draws."""

    blocks: list[Block] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def deck(file: Opened) -> Read:
    """Read a deck: texts, tables, native charts and their workbooks, notes."""
    found = Read()
    for number, slide in enumerate(file.deck.slides, start=1):
        for shape in _shapes(slide.shapes):
            name = shape.name
            if shape.has_text_frame:
                lines = shape.text_frame.paragraphs
                found.blocks += [Block(line.text, number, part=name) for line in lines]
            elif getattr(shape, "has_table", False):
                cells = (cell for row in shape.table.rows for cell in row.cells)
                found.blocks += [Block(cell.text, number, part=f"table {name}") for cell in cells]
            elif getattr(shape, "has_chart", False):
                found.charts.append(_chart(shape, number))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = slide.notes_slide.notes_text_frame.paragraphs
            found.blocks += [Block(paragraph.text, number, part="notes", behind=True) for paragraph in notes]
    return found


def pdf(file: Opened) -> Read:
    """Read a PDF: the text of its pages, and CSV files that are attached to it."""
    found = Read()
    pages = [page.text.splitlines() for page in file.pdf.pages]
    heads = Counter(lines[0] for lines in pages if lines)
    # A sentence may go on over the page: what stands at every page's head and foot is put after all of them.
    around = []
    behind = False
    for number, lines in enumerate(pages, start=1):
        start = 1 if lines and heads[lines[0]] > 1 else 0
        # In a binder the name of the paper follows the page's number.
        end = next((at for at in range(max(0, len(lines) - 2), len(lines)) if _FOOT.search(lines[at])), len(lines))
        body = lines[start:end]
        split = len(body) if _APPENDIX not in body else body.index(_APPENDIX)
        found.blocks.append(Block("\n".join(body[:split]), page=number, behind=behind))
        behind = behind or split < len(body)
        found.blocks.append(Block("\n".join(body[split:]), page=number, behind=behind))
        around += [Block(line, page=number) for line in lines[:start] + lines[end:]]
    found.blocks += around
    document = file.pdf.document
    for index in range(document.count_attachments()):
        attached = document.get_attachment(index)
        if attached.get_name().endswith(".csv"):
            rows = csv.reader(io.StringIO(bytes(attached.get_data()).decode("utf-8-sig")))
            found.attached += [Attached(attached.get_name(), tuple(row)) for row in rows]
    return found


def page(file: Opened) -> Read:
    """Read a page: what its script draws, and its texts in order.

    Neither styles and scripts nor what only a screen reader hears are among the texts.
    """
    root = file.page.root
    data = next((one for one in root.iter("script") if one.get("type") == "application/json"), None)
    found = Read(data={} if data is None else json.loads(data.text or "{}"))
    _add_lines(found.blocks, root.find("body"), "page", _holding_lines(root), behind=False)
    return found


def _holding_lines(root: Any) -> set[Any]:
    """The elements that lines stand within, at any depth."""
    found: set[Any] = set()
    for line in root.iter(*_LINES):
        around = line.getparent()
        while around is not None and around not in found:
            found.add(around)
            around = around.getparent()
    return found


def _add_lines(blocks: list[Block], element: Any, part: str, holding: set[Any], *, behind: bool) -> None:
    """Add the texts of an element in order; those of one line stay together."""
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return
    behind = behind or "calculated" in element.get("class", "").split()
    if element not in holding:
        blocks.append(Block(" ".join(_inline(element).split()), part=element.tag, behind=behind))
        return
    if element.text and element.text.strip():
        blocks.append(Block(element.text, part=part, behind=behind))
    for child in element:
        _add_lines(blocks, child, element.tag, holding, behind=behind)
        if child.tail and child.tail.strip():
            blocks.append(Block(child.tail, part=element.tag, behind=behind))


def _inline(element: Any) -> str:
    """The text of one line; a span is drawn apart from what stands before it, emphasis is not."""
    if not len(element):
        return str(element.text or "")
    parts = [element.text or ""]
    for child in element:
        apart = " " if child.tag == "span" else ""
        parts += [apart, _inline(child) if isinstance(child.tag, str) else "", apart, child.tail or ""]
    return "".join(parts)


def _shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _chart(shape: Any, slide: int) -> Chart:
    chart = shape.chart
    series = tuple((one.name, _values(one._element)) for plot in chart.plots for one in plot.series)
    part = chart.part.chart_workbook.xlsx_part
    workbook = None if part is None else _workbook(part.blob)
    whiskers = tuple(_whiskers(one._element) for plot in chart.plots for one in plot.series)
    return Chart(series, workbook, whiskers, slide, shape.name)


def _values(series: Any) -> tuple[float | None, ...]:
    """The values of a series; python-pptx would search the whole of it for each of them."""
    held = next((held for name in ("val", "yVal") if (held := series.find(f"{{*}}{name}")) is not None), None)
    count = None if held is None else next(held.iter("{*}ptCount"), None)
    if held is None or count is None:
        return ()
    points = {int(point.get("idx")): float(point.findtext("{*}v")) for point in held.iter("{*}pt")}
    return tuple(map(points.get, range(int(count.get("val")))))


def _whiskers(series: Any) -> dict[int, tuple[float, float]]:
    down, up = (
        {
            int(point.get("idx")): float(point.findtext("{*}v"))
            for point in series.iterfind(f"{{*}}errBars/{{*}}{side}//{{*}}pt")
        }
        for side in ("minus", "plus")
    )
    return {at: (down.get(at, 0.0), up.get(at, 0.0)) for at in sorted({*down, *up})}


def _workbook(content: bytes) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """The columns of a chart's workbook after the first, which holds the categories."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    columns = list(zip(*rows, strict=True))[1:] if rows else []
    return tuple(
        (str(column[0]), tuple(float(v) if isinstance(v, int | float) else None for v in column[1:]))
        for column in columns
    )
