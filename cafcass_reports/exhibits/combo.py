"""The year against the year before: a column a month, and a line through the same months of the year before."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_MOST = 24  # columns


def combo(measurements: Measurements, metric: str, area: Area, months: int) -> Exhibit:
    """Show a metric's latest months as columns, with a line through the same months of the year before.

    Both stand on one scale: a second one would make of any two series whatever its author wants.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A metric that is compared with the same period last year.
    area
        The area shown.
    months
        How many months, the latest last.

    Raises
    ------
    CatalogueError
        Where the metric is compared with nothing, has no months, or months are too many or none.
    """
    definition = measurements.catalogue[metric]
    if definition.compared_with != "same period last year" or definition.periods is not None:
        raise CatalogueError(
            f"{metric} has no month of the year before to be compared with.",
            valid="A metric that is measured month by month and compared with the same period last year.",
            next_step="Show it over time: paper.trend.",
        )
    if not 1 <= months <= _MOST:
        raise CatalogueError(f"{months} months do not go into one chart as columns.", valid=f"1 to {_MOST} months.")
    now = measurements.series(metric, area, months)
    latest = now[-1]
    before = [found.comparison for found in now]
    title = headlines.sentence(headlines.moved(latest))
    payload = ChartPayload(
        title=f"{title} to {latest.when.label}" if latest.direction in ("up", "down") else title,
        subtitle=f"{headlines.sentence(definition.unit)}, {area.name}, {now[0].when.label} to {latest.when.label}, "
        "by month; line: the same month a year before",
        alt=f"Columns with a line. {title}. " + " ".join(_spoken(found) for found in now),
        source=sources(now),
        measurements=(provenance(measurements, latest, history=[*filter(None, before), *now[:-1]]),),
        form=ChartForm.COMBO,
        categories=tuple(found.when.short for found in now),
        series=(
            _series(headlines.sentence(definition.phrase), SeriesRole.ACTUAL, now),
            _series("The same month a year before", SeriesRole.COMPARISON, before),
        ),
        number_format="#,##0" if definition.decimals == 0 else "#,##0." + "0" * definition.decimals,
        unit=definition.unit,
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def _series(name: str, role: SeriesRole, found: Sequence[Measurement | None]) -> Series:
    return Series(
        name=name,
        role=role,
        values=tuple(None if one is None or one.rounded is None else float(one.rounded) for one in found),
        labels=tuple("" if one is None else one.shown for one in found),
        measurements=tuple("" if one is None else one.id for one in found),
    )


def _spoken(found: Measurement) -> str:
    before = f", a year before {found.comparison.spoken}" if found.comparison else ""
    return f"{found.when.label} {found.spoken}{before}."
