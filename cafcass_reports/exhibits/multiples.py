"""Small multiples: a small chart for each part of an area, all on one scale, so that they are compared at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.comparison import nothing_to_compare, parts_with_figures
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.trend import spoken
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements


def multiples(measurements: Measurements, metric: str, area: Area, by: str, months: int) -> Exhibit:
    """Show a metric over the latest months in each part of an area, each in a small chart.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A share, mean or rate: on one scale, counts would say only how large areas are.
    area
        The whole.
    by
        ``region``, ``area`` or ``team``.
    months
        How many months, the latest last.

    Raises
    ------
    CatalogueError
        Where the metric is a count or has no months, or the area has too many such parts. Of fewer than two there is
        nothing to compare, and a table says so.
    """
    definition = measurements.catalogue[metric]
    if not definition.divided or definition.periods is not None:
        raise CatalogueError(
            f"{metric} has no share, mean or rate by month, which areas of different sizes can be compared in.",
            valid="A share, mean or rate that is measured month by month.",
        )
    if months < 2:
        raise CatalogueError(f"Small charts over {months} month show nothing.", valid="2 months or more.")
    known = parts_with_figures(measurements, metric, area, by)
    whole = measurements.one(metric, area)
    if len(known) < 2:
        return nothing_to_compare(measurements, whole, known, by)
    parts = [found.area for found in known]
    lines = [measurements.series(metric, part, months) for part in parts]
    first, last = lines[0][0], lines[0][-1]
    title = _title(lines, whole, by)
    payload = ChartPayload(
        title=title,
        subtitle=f"{headlines.sentence(definition.unit)}, {first.when.label} to {last.when.label}, by month, "
        f"one chart for each {by}",
        alt=f"Small line charts on one scale. {title}. "
        + " ".join(f"{line[0].area.name}: {spoken(line)}" for line in lines),
        source=sources(found for line in lines for found in line),
        measurements=tuple(provenance(measurements, line[-1], history=line[:-1]) for line in lines),
        form=ChartForm.MULTIPLES,
        categories=tuple(found.when.short for found in lines[0]),
        series=tuple(_series(line) for line in lines),
        number_format="#,##0" if definition.decimals == 0 else "#,##0." + "0" * definition.decimals,
        unit=definition.unit,
        starts_at_zero=False,
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def _series(line: Sequence[Measurement]) -> Series:
    return Series(
        name=line[0].area.name,
        role=SeriesRole.ACTUAL,
        values=tuple(None if found.rounded is None else float(found.rounded) for found in line),
        labels=tuple(found.shown for found in line),
        measurements=tuple(found.id for found in line),
    )


def _title(lines: Sequence[Sequence[Measurement]], whole: Measurement, by: str) -> str:
    """Say in how many parts the figure rose over these months, and in how many it fell."""
    moves = []
    for line in lines:
        known = [found.rounded for found in line if found.rounded is not None]
        moves.append((known[-1] - known[0]) if len(known) > 1 else Fraction(0))
    counts = {"rose": sum(move > 0 for move in moves), "fell": sum(move < 0 for move in moves)}
    phrase = headlines.sentence(whole.metric.phrase)
    (most, many), (less, few) = sorted(counts.items(), key=lambda found: -found[1])
    if not many:
        return f"{phrase}: level in all {len(lines)} {by}s over these months"
    return f"{phrase}: {most} in {many} of {len(lines)} {by}s over these months" + (f", {less} in {few}" if few else "")
