"""The breakdown: the parts of an area by the shares of one whole, such as colleagues by gender, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement
from cafcass_reports.metrics.measurements import Measurements


def breakdown(measurements: Measurements, metrics: Sequence[str], area: Area, by: str) -> Exhibit:
    """Show the parts of an area, and the whole, by the shares of one whole.

    Parameters
    ----------
    measurements
        What was measured.
    metrics
        Two or more metrics with the same ``shares``, in the order of the columns.
    area
        The whole, which is the last row.
    by
        ``region``, ``area`` or ``team``.

    Raises
    ------
    CatalogueError
        Where the metrics are not shares of one whole, or there is no such level.
    """
    wholes = {measurements.catalogue[metric].shares for metric in metrics}
    if len(metrics) < 2 or len(wholes) > 1 or None in wholes:
        raise CatalogueError(
            f"{', '.join(metrics) or 'Nothing'} cannot be broken down.",
            valid="Two or more metrics whose definitions name the same 'shares'.",
        )
    places = [*measurements.parts_of(area, by), area]
    rows = [[measurements.one(metric, place) for metric in metrics] for place in places]
    whole = rows[-1]
    found = [figure for row in rows for figure in row]
    titles = [figure.title.rpartition(": ")[2] for figure in whole]
    first = whole[0]
    title = _title(rows[:-1], whole)
    payload = TablePayload(
        title=title,
        subtitle=f"{headlines.sentence(str(first.metric.shares))}, {first.when.label}, by {by}",
        alt=f"Table of {headlines.sentence(str(first.metric.shares)).lower()} by {by}. {title}. ".replace(
            SUPPRESSED, "suppressed"
        )
        + " ".join(_spoken(place, row, titles) for place, row in zip(places, rows, strict=True)),
        source=sources(found),
        measurements=tuple(provenance(measurements, figure) for figure in found),
        columns=(
            TableColumn(label=headlines.sentence(by), row_header=True, weight=1.2),
            *(TableColumn(label=headlines.sentence(each), align="right") for each in titles),
        ),
        sections=(TableSection(title="", rows=tuple(_row(p, r) for p, r in zip(places, rows, strict=True))),),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _title(parts: Sequence[Sequence[Measurement]], whole: Sequence[Measurement]) -> str:
    """Name the largest share of the whole, and between which parts it lies."""
    known = [figure for figure in whole if figure.rounded is not None]
    area, shares = whole[0].area.name, headlines.sentence(str(whole[0].metric.shares))
    if not known:
        return f"{shares}: {area} {whole[0].shown}"
    largest = max(known, key=lambda figure: figure.rounded or 0)
    same = [figure for row in parts for figure in row if figure.metric == largest.metric and figure.rounded is not None]
    low, high = (end(same, key=lambda figure: figure.rounded or 0, default=None) for end in (min, max))
    if low is None or high is None or low.rounded == high.rounded:
        return f"{shares}: {largest.shown} {largest.metric.phrase} in {area}"
    ends = f"from {low.shown} in {low.area.name} to {high.shown} in {high.area.name}"
    return f"{headlines.sentence(largest.metric.phrase)}: {ends}; {area} {largest.shown}"


def _spoken(place: Area, row: Sequence[Measurement], titles: Sequence[str]) -> str:
    if all(figure.suppressed for figure in row):
        return f"{place.name}: suppressed."
    said = ", ".join(f"{title.lower()} {figure.spoken}" for title, figure in zip(titles, row, strict=True))
    return f"{place.name}: {said}."


def _row(place: Area, row: Sequence[Measurement]) -> tuple[Cell, ...]:
    return (
        Cell(text=place.name),
        *(
            Cell(
                text=figure.shown,
                value=None if figure.rounded is None else float(figure.rounded),
                measurement=figure.id,
            )
            for figure in row
        ),
    )


def _value(found: Measurement) -> float | None:
    return None if found.rounded is None else float(found.rounded)
