"""The data behind the exhibits of a summary, as CSV files that the PDF carries."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cafcass_reports.exhibits.payload import ChartPayload, ControlPayload, NumbersPayload, Series, TablePayload
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.tree import Block, ChartBlock, Document, NumbersBlock, PictureBlock, TableBlock

ATTACHED = "The data behind each table, chart and row of figures are attached to this file as CSV."
"""What a paper says of its attachments."""

_NUMERAL = re.compile(r"[\-\u2212]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?")
_LONGEST_NAME = 60

Rows = list[list[str]]


@dataclass(frozen=True)
class Attachment:
    """A file that a PDF carries: its name, what it holds in words, its content."""

    name: str
    about: str
    content: bytes


def attachments(documents: Sequence[Document]) -> tuple[Attachment, ...]:
    """Return one CSV file an exhibit that shows figures, in the order of the papers.

    Nothing is in them that the exhibit does not show: what is withheld there is withheld here. Numbers stand without
    thousands commas and with a plain minus sign, so that programs read them.

    Parameters
    ----------
    documents
        One paper, or those of a binder.
    """
    shown = [
        (topic.title or section.title or document.title, block)
        for document in documents
        for section in document.sections
        for topic in section.topics
        for block in topic.blocks
    ]
    held = [(heading, block, rows) for heading, block in shown if len(rows := _rows(block)) > 1]
    return tuple(
        Attachment(f"{number:02d}-{_slug(heading)}.csv", _about(block), _written(rows))
        for number, (heading, block, rows) in enumerate(held, start=1)
    )


def _rows(block: Block) -> Rows:
    match block:
        case TableBlock(table):
            return list(_of_table(table))
        case ChartBlock(ControlPayload() as control):
            return _of_control(control)
        case ChartBlock(ChartPayload() as chart):
            return _of_chart(chart)
        case NumbersBlock(numbers):
            return _of_numbers(numbers)
        case PictureBlock(measurements=figures):
            rows = ([figure.title, figure.area, figure.period, figure.value] for figure in figures)
            return [["Figure", "Area", "Period", "Value"], *rows]
        case _:
            return []


def _of_table(table: TablePayload) -> Iterable[list[str]]:
    """The sections' titles stand in a column of their own."""
    in_sections = any(section.title for section in table.sections)
    yield ["Section"] * in_sections + [column.label for column in table.columns]
    for section in table.sections:
        for row in section.rows:
            yield [section.title] * in_sections + [cell.text for cell in row]


def _of_chart(chart: ChartPayload) -> Rows:
    """A series with intervals has a column for either end of them."""
    rows = [
        [category, *(cell for series in chart.series for cell in _of_point(series, place))]
        for place, category in enumerate(chart.categories)
    ]
    heads = [
        head
        for series in chart.series
        for head in [f"{series.name} ({chart.unit})", *(["From", "To"] if series.intervals else [])]
    ]
    return [["Category", *heads], *rows]


def _of_point(series: Series, place: int) -> list[str]:
    value = _value(series.values[place], series.labels[place : place + 1])
    if not series.intervals:
        return [value]
    interval = series.intervals[place]
    return [value, *(interval.shown if interval else ("", ""))]


def _of_control(control: ControlPayload) -> Rows:
    """Figures, means and limits of all charts, one a row: their series and categories differ."""
    rows = [
        [one.lines.title, category, series.name, value]
        for one in control.charts
        for series in one.lines.series
        for place, category in enumerate(one.lines.categories)
        if (value := _value(series.values[place], series.labels[place : place + 1]))
    ]
    return [["Chart", "Category", "Series", "Value"], *rows]


def _value(value: float | None, label: Sequence[str]) -> str:
    """What a chart's point says; of a missing one what stands in its place."""
    return "".join(label) or ("" if value is None else f"{value:g}")


def _of_numbers(numbers: NumbersPayload) -> Rows:
    rows = [[one.label, one.value, one.basis, one.change.text if one.change else ""] for one in numbers.numbers]
    return [["Figure", "Value", "Basis", "Change"], *rows]


def _about(block: Block) -> str:
    match block:
        case TableBlock(shown) | ChartBlock(shown) | NumbersBlock(shown):
            said = (shown.title, shown.subtitle, shown.source)
        case PictureBlock():
            said = (block.title, block.subtitle, block.source)
        case _:
            said = ("", "", "")
    return clean(". ".join(part.rstrip(".") for part in said if part)) or "Figures of the paper"


def _written(rows: Rows) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([_plain(clean(cell)) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")  # the mark lets spreadsheets read it as UTF-8


def _plain(text: str) -> str:
    """Write a number as programs read it, and keep a spreadsheet from taking a text for a formula."""
    unsigned = text.removeprefix("+")
    if _NUMERAL.fullmatch(unsigned):
        return unsigned.replace(",", "").replace("\N{MINUS SIGN}", "-")
    return f"'{unsigned}" if unsigned.startswith(("=", "+", "-", "@", "\t")) else unsigned


def _slug(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", clean(heading)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_NAME].strip("-") or "exhibit"
