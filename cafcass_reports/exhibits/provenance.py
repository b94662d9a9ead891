"""How a figure came about, in words and SQL, so that it travels with the exhibit that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.payload import HistoryPoint, Provenance
from cafcass_reports.exhibits.since import since
from cafcass_reports.metrics import query
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import NOTE, Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Kind, Metric, MetricRef
from cafcass_reports.metrics.scope import shown_for, speaks_for
from cafcass_reports.periods import Period, Snapshot, When

_MONTHS = 12


Rows: TypeAlias = Mapping[str, Sequence[Measurement]]


def provenance(
    measurements: Measurements, found: Measurement, history: Iterable[Measurement] | None = None
) -> Provenance:
    """Describe one figure.

    Parameters
    ----------
    measurements
        Where its history is looked up.
    found
        The figure.
    history
        Other figures of the metric; where not given, the same window in the years before and the last
        twelve months.
    """
    if history is None:
        history = _history(measurements, found)
    held_above, held_below = _parts(measurements, found.metric)
    above, below = _count(held_above, found.numerator), _count(held_below, found.denominator)
    return Provenance(
        measurement=found.id,
        metric=found.metric.id,
        title=found.title,
        definition=found.metric.definition,
        kind=found.metric.origin,
        area=found.area.name,
        period=found.when.label,
        value=found.shown,
        numerator=above,
        denominator=below,
        calculation=_calculation(found, above, below),
        comparison=_comparison(found),
        change=found.change_shown,
        source=sources([found]),
        owner=found.metric.owner,
        sql=sql(measurements.catalogue, found.metric, found.when, found.area),
        history=tuple(
            HistoryPoint(period=m.when.label, value=m.shown, measurement=m.id) for m in history if m.id != found.id
        ),
        since=since(found, measurements.in_previous(found)),
    )


def sources(figures: Iterable[Measurement]) -> str:
    """Name where figures come from, each extract once, and as at when; and what the mark of suppressed ones means."""
    figures = list(figures)
    names = dict.fromkeys(name for figure in figures for name in figure.sources)
    counted = (figure.when for figure in figures if figure.metric.projection is None)
    snapshots = sorted({when for when in counted if isinstance(when, Snapshot)})
    as_at = f", as at {snapshots[-1].label}" if snapshots else ""
    note = f". {NOTE}" if any(figure.suppressed for figure in figures) else ""
    return headlines.sentence("; ".join(names)) + as_at + note if names else ""


def _history(measurements: Measurements, found: Measurement) -> list[Measurement]:
    earlier = measurements.earlier(found.metric.id, found.area)
    for_own_periods = shown_for(found.metric, found.area, measurements.reporting) is not None
    if found.metric.returned or found.metric.origin != "measured" or found.metric.of_metrics or for_own_periods:
        return earlier
    return earlier + measurements.series(found.metric.id, found.area, _MONTHS)


def _count(held: Metric, count: int | None) -> str:
    """A count as a reader sees it: whole, but what is held in hundredths (FTE) in ones, with its decimals."""
    if count is None or held.kind is Kind.REPORTED:
        return ""
    if held.unit_size > 1:
        return number(Fraction(count, held.unit_size), held.decimals)
    return f"{count:,}"


def _parts(measurements: Measurements, metric: Metric) -> tuple[Metric, Metric]:
    """The metrics whose counts stand above and below."""
    if isinstance(metric.numerator, MetricRef) and isinstance(metric.denominator, MetricRef):
        return measurements.catalogue[metric.numerator.metric], measurements.catalogue[metric.denominator.metric]
    return metric, metric


def _calculation(found: Measurement, above: str, below: str) -> str:
    """How the value follows from what was counted: ``1,606 of 2,550``, ``3,642 × 4 ÷ 1,471.7``."""
    if not above:
        return ""
    if not below:
        return above
    if found.metric.unit == "percent":
        return f"{above} of {below}"
    months = found.when.months if found.metric.per_year and isinstance(found.when, Period) else 12
    rate = f" × {Fraction(12, months)}" if months != 12 else ""
    factor = found.metric.factor
    times = f" × {factor.numerator}" if factor.numerator != 1 else ""
    over = f" ÷ {factor.denominator}" if factor.denominator != 1 else ""
    return f"{above}{rate}{times} ÷ {below}{over}"


def _comparison(found: Measurement) -> str:
    before = found.comparison
    return "" if before is None else f"{before.shown} ({before.when.label})"


def sql(metrics: Mapping[str, Metric], metric: Metric, when: When, area: Area) -> str | None:
    """Write the query that measures a figure from the extracts.

    Parameters
    ----------
    metrics
        Those that a quotient is made of, by id.
    metric, when, area
        The figure.

    Returns
    -------
    str or None
        SQL, one query for each part of a quotient; None where no query gives the figure.
    """
    if metric.origin != "measured" or not speaks_for(metric, area):
        return None
    if not metric.of_metrics:
        return query.single(metric, when, area)
    parts = []
    for name, part in (("numerator", metric.numerator), ("denominator", metric.denominator)):
        if isinstance(part, MetricRef):
            of = metrics[part.metric]
            parts.append(f"-- {name}: {of.title}\n{query.single(of, Measurements.part_when(of, when), area)}")
    return ";\n\n".join(parts)
