"""Where a metric has figures, and when: of what is disclosive only those that no small count can be worked out from."""

from __future__ import annotations

from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.expressions import national
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.periods import When
from cafcass_reports.reporting import Reporting


def shown_for(metric: Metric, area: Area, reporting: Reporting) -> frozenset[When] | None:
    """Return when a disclosive metric is measured for an area; None where that is all that the pack measures.

    For parts smaller than it names it is not measured at all. For the nation it is measured for every period, and for
    its parts only for the metric's own period, or day, in this and earlier years: those do not overlap, so that no
    small count is the difference of two of them.
    """
    if not metric.disclosive or area.level is Level.NATION:
        return None
    if area.level.depth > metric.down_to.depth:
        return frozenset()
    if metric.period is not None:
        return frozenset(reporting.same_window(metric.period))
    return frozenset(reporting.same_day())


def speaks_for(metric: Metric, area: Area) -> bool:
    """Whether a metric has a figure for an area at all: a register speaks for the nation alone, and so may others."""
    return area.level.depth <= (Level.NATION if national(metric) else metric.down_to).depth
