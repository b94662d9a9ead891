"""How a figure came about, in words and SQL, so that it travels with the exhibit that shows it."""

from __future__ import annotations

from collections.abc import Iterable

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.payload import HistoryPoint, Provenance
from cafcass_reports.metrics import query
from cafcass_reports.metrics.catalogue import Kind, MetricRef
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Snapshot

_MONTHS = 12


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
    return Provenance(
        measurement=found.id,
        metric=found.metric.id,
        title=found.title,
        definition=found.metric.definition,
        kind="reported" if found.metric.kind is Kind.REPORTED else "measured",
        area=found.area.name,
        period=found.when.label,
        value=found.shown,
        numerator=_count(measurements, found, found.numerator, found.metric.numerator),
        denominator=_count(measurements, found, found.denominator, found.metric.denominator),
        comparison=_comparison(found),
        change=found.change_shown,
        source=sources([found]),
        owner=found.metric.owner,
        sql=_sql(measurements, found),
        history=tuple(
            HistoryPoint(period=m.when.label, value=m.shown, measurement=m.id) for m in history if m.id != found.id
        ),
    )


def sources(figures: Iterable[Measurement]) -> str:
    """Name where figures come from, each extract once, and as at when."""
    figures = list(figures)
    names = dict.fromkeys(name for figure in figures for name in figure.sources)
    snapshots = sorted({figure.when for figure in figures if isinstance(figure.when, Snapshot)})
    as_at = f", as at {snapshots[-1].label}" if snapshots else ""
    return headlines.sentence("; ".join(names)) + as_at if names else ""


def _history(measurements: Measurements, found: Measurement) -> list[Measurement]:
    earlier = measurements.earlier(found.metric.id, found.area)
    if found.metric.kind is Kind.REPORTED or found.metric.of_metrics:
        return earlier
    return earlier + measurements.series(found.metric.id, found.area, _MONTHS)


def _count(measurements: Measurements, found: Measurement, count: int | None, part: str | MetricRef | None) -> str:
    """A count as a reader sees it: whole, but FTE, which are held in hundredths, with two decimals."""
    if count is None or found.metric.kind is Kind.REPORTED:
        return ""
    held = measurements.catalogue[part.metric] if isinstance(part, MetricRef) else found.metric
    in_hundredths = held.counted_in == 100 and (isinstance(part, MetricRef) or part == held.numerator)
    return f"{count / 100:,.2f}" if in_hundredths else f"{count:,}"


def _comparison(found: Measurement) -> str:
    before = found.comparison
    return "" if before is None else f"{before.shown} ({before.when.label})"


def _sql(measurements: Measurements, found: Measurement) -> str | None:
    metric = found.metric
    if metric.kind is Kind.REPORTED:
        return None
    if not metric.of_metrics:
        return query.single(metric, found.when, found.area)
    parts = []
    for name, part in (("numerator", metric.numerator), ("denominator", metric.denominator)):
        if isinstance(part, MetricRef):
            of = measurements.catalogue[part.metric]
            parts.append(
                f"-- {name}: {of.title}\n{query.single(of, measurements.part_when(of, found.when), found.area)}"
            )
    return ";\n\n".join(parts)
