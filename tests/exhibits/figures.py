"""Single figures with numbers of one's choice, and the catalogue's metrics to give them to."""

from __future__ import annotations

from datetime import date

from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.periods import Period, Snapshot

METRICS = catalogue.load()
ENGLAND = Area(Level.NATION, "England")
DAY = Snapshot(date(2020, 12, 1))
MONTHS = Period(date(2020, 4, 1), date(2020, 11, 30))


def figure(metric_id: str, now: int | None, before: int | None, *, of: int | None = None) -> Measurement:
    """A figure of the metric with its comparison; `of` is the denominator of both."""
    metric = METRICS[metric_id]
    when = MONTHS if metric.period else DAY
    compared = Measurement(metric, metric.title, ENGLAND, when.year_before(), before, of, ("Case records",))
    return Measurement(metric, metric.title, ENGLAND, when, now, of, ("Case records",), comparison=compared)
