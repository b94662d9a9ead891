"""Teams beyond a limit: where a figure is as bad as the board said it must not be."""

from __future__ import annotations

from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text, spoken
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better


def beyond(measurements: Measurements, metric: str, limit: float, area: Area, by: str) -> Exhibit:
    """List the regions, areas or teams whose figure lies at a limit or beyond it, the furthest first.

    Where there is none, the one that is nearest to it is listed.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A metric with a better side; the other side of the limit is beyond it. Figures are compared as shown.
    limit
        In the metric's unit.
    area
        The whole whose parts are looked at.
    by
        ``region``, ``area`` or ``team``.

    Raises
    ------
    CatalogueError
        Where neither side of the metric is better, or there is no such level.
    """
    definition = measurements.catalogue[metric]
    if definition.better is Better.NEITHER:
        raise CatalogueError(f"{metric} has no better side.", valid="A metric whose 'better' is higher or lower.")
    worse = 1 if definition.better is Better.LOWER else -1
    bound = Fraction(str(limit))
    parts = [measurements.one(metric, part) for part in measurements.parts_of(area, by)]
    hidden = [part for part in parts if part.suppressed]
    found = [part for part in parts if part.rounded is not None and worse * (part.rounded - bound) >= 0]
    found.sort(key=_size, reverse=worse > 0)
    unit = "%" if definition.unit == "percent" else f" {definition.unit}"
    said = f"{number(bound, definition.decimals if bound.denominator > 1 else 0)}{unit}"
    side = "or more" if worse > 0 else "or less"
    count = (
        f"{len(found)} of {len(parts) - len(hidden)} {by}s {'is' if len(found) == 1 else 'are'}"
        if found
        else f"No {by} is"
    )
    title = f"{count} at {said} {side}"
    known = sorted((part for part in parts if part.rounded is not None), key=_size, reverse=worse > 0)
    # Where none is so far, the furthest says how near it is.
    listed = found or known[:1]
    nothing = (Cell(text="None"), Cell(text=area.name), Cell(text="not available"), Cell(text="0", value=0))
    rows = tuple(_row(part) for part in listed) or (nothing,)
    phrase = headlines.sentence(definition.phrase)
    payload = TablePayload(
        title=title,
        subtitle=f"{phrase}, {area.name}, {measurements.when(definition).label}"
        + ("" if found or not known else f"; the {by} nearest to it")
        + (f"; {len(hidden)} {by}s suppressed" if hidden else ""),
        alt=f"{phrase}. {title}. " + " ".join("; ".join(spoken(cell) for cell in row) + "." for row in rows),
        source=sources([*parts[:1], *hidden]),
        measurements=tuple(provenance(measurements, part) for part in listed),
        columns=(
            TableColumn(label=headlines.sentence(by), row_header=True, weight=1.2),
            TableColumn(label="Part of", weight=1.2),
            TableColumn(label=headlines.sentence(definition.unit), align="right"),
            TableColumn(label="Counted from", align="right"),
        ),
        sections=(TableSection(title="", rows=rows),),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _size(found: Measurement) -> Fraction:
    return found.rounded or Fraction(0)


def _row(found: Measurement) -> tuple[Cell, ...]:
    counted = found.numerator if found.denominator is None else found.denominator
    return (
        Cell(text=found.area.name),
        Cell(text=found.area.part_of or ""),
        Cell(text=found.shown, value=float(_size(found)), measurement=found.id),
        Cell(text=f"{counted or 0:,}", value=float(counted or 0)),
    )
