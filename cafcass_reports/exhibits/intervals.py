"""Shares of few answers as a table, each with the interval within which chance alone could have moved it."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.intervals import wilson


def intervals(measurements: Measurements, metrics: Sequence[str], area: Area) -> Exhibit:
    """Show shares with what was counted and their 95% interval (Wilson's, :mod:`statistics.intervals`).

    Raises
    ------
    CatalogueError
        Where no metric is named, one is not a percentage of counted records, or none of them has a figure.
    """
    figures = [measurements.one(metric, area) for metric in metrics]
    for found in figures:
        if found.metric.unit != "percent" or (found.numerator is not None and found.denominator is None):
            raise CatalogueError(
                f"{found.metric.id} has no interval: it is no share of what was counted.",
                valid="Ratios in percent, measured from records.",
                next_step="Show it with paper.numbers.",
            )
    known = [found for found in figures if found.value is not None]
    if not known:
        raise CatalogueError(
            f"There is no figure for {area.name} of: {', '.join(metrics)}.", valid="Shares with answers."
        )
    first = max(known, key=lambda found: found.value or 0)
    title = f"{first.title}: {first.shown}"
    when = ", ".join(dict.fromkeys(found.when.label for found in figures))
    rows = tuple(_row(found) for found in figures)
    said = ". ".join(", ".join(cell.text for cell in row) for row in rows).replace(SUPPRESSED, "suppressed")
    payload = TablePayload(
        title=title,
        subtitle=f"Shares with 95% intervals, {area.name}, {when}",
        alt=f"{title}. {said}.",
        source=sources(figures),
        measurements=tuple(provenance(measurements, found) for found in figures),
        columns=(
            TableColumn(label="Measure", row_header=True, weight=2.6),
            TableColumn(label="Share", align="right", weight=0.8),
            TableColumn(label="Counted", align="right", weight=1.1),
            TableColumn(label="95% interval", align="right", weight=1.2),
        ),
        sections=(TableSection(title="", rows=rows),),
        note="Chance alone keeps a share within its interval 19 times in 20.",
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _row(found: Measurement) -> tuple[Cell, ...]:
    counted = found.numerator is not None and found.denominator
    return (
        Cell(text=found.title),
        Cell(text=found.shown, measurement=found.id),
        Cell(text=f"{found.numerator:,} of {found.denominator:,}" if counted else found.shown),
        Cell(text=_interval(found.numerator or 0, found.denominator) if counted and found.denominator else found.shown),
    )


def _interval(successes: int, total: int) -> str:
    low, high = wilson(successes, total)
    return f"{100 * low:.0f}% to {100 * high:.0f}%"
