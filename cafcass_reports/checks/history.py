"""The history that a claim is held against: other times of the same kind, or the other parts of the organisation."""

from __future__ import annotations

from collections.abc import Iterable

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better
from cafcass_reports.metrics.process import process
from cafcass_reports.periods import Period, Snapshot, When
from cafcass_reports.statistics.spc import Variation

_FEWEST = 13  # months from which a process can be judged


def like(measurements: Measurements, figure: Measurement) -> list[Measurement]:
    """Return a figure's history in order: months for a month, quarters for a quarter, days for a day.

    Other windows, such as a year to date, are those of the years before. Later ones that are on record are in it.
    """
    reporting, when = measurements.reporting, figure.when
    if figure.metric.returned:
        return _known(measurements.series(figure.metric.id, figure.area, 10_000))
    if isinstance(when, Snapshot):
        # Days of the year before are those of other months too: the first of each month is one day like another.
        times: list[When] = [*reporting.snapshots()]
    elif isinstance(when, Period) and when.months == 1:
        times = [period for period in reporting.periods() if period.months == 1]
    elif isinstance(when, Period) and when in reporting.quarters():
        times = [*reporting.quarters()]
    elif isinstance(when, Period) and when in reporting.years():
        times = [*reporting.years()]
    else:
        return _known([*measurements.earlier(figure.metric.id, figure.area), figure])
    return _known(_found(measurements, figure.metric.id, figure.area, time) for time in times)


def parts(measurements: Measurements, figure: Measurement) -> list[Measurement]:
    """Return the figure of every area of the same level."""
    level = figure.area.level
    return _known(
        _found(measurements, figure.metric.id, area, figure.when) for area in measurements.areas if area.level is level
    )


def variation(measurements: Measurements, figure: Measurement) -> Variation | None:
    """Return what the latest month of a figure's series says of the process; None with fewer than 13 months."""
    if figure.metric.better is Better.NEITHER:
        return None
    try:
        found = process(measurements, figure.metric.id, figure.area, until=figure.when)
    except CatalogueError:
        return None  # it is not measured month by month
    return found.variation if len(found.known) >= _FEWEST else None


def _found(measurements: Measurements, metric: str, area: Area, time: When) -> Measurement | None:
    try:
        return measurements.one(metric, area, time)
    except CatalogueError:
        return None


def _known(figures: Iterable[Measurement | None]) -> list[Measurement]:
    return [figure for figure in figures if figure is not None and figure.value is not None]
