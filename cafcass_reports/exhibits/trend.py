"""The trend: stocks or flows month by month, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Metric

_MOST_LINES = 4


def trend(measurements: Measurements, metrics: Sequence[str], area: Area, months: int) -> Exhibit:
    """Show metrics over the latest months.

    Parameters
    ----------
    measurements
        What was measured.
    metrics
        One to four metrics in one unit.
    area
        The area shown.
    months
        How many months (weeks of what is returned each week), the latest last.

    Raises
    ------
    CatalogueError
        Where the metrics do not go into one chart, or no month is asked for.
    """
    _check(measurements, metrics, months)
    lines = [measurements.series(metric, area, months) for metric in metrics]
    latest = [line[-1] for line in lines]
    first, last = lines[0][0], latest[0]
    title = headlines.trend(latest, [line[0] for line in lines])
    _, names = headlines.apart([found.metric.phrase for found in latest])
    unit = last.metric.unit
    payload = ChartPayload(
        title=title,
        subtitle=f"{headlines.sentence(unit)}, {area.name}, {first.when.label} to {last.when.label}"
        + (", by week" if last.metric.weekly else "" if last.metric.returned else ", by month"),
        alt=f"Line chart. {title}. " + " ".join(spoken(line) for line in lines),
        source=sources(found for line in lines for found in line if found.suppressed or found in latest),
        measurements=tuple(provenance(measurements, line[-1], history=line[:-1]) for line in lines),
        form=ChartForm.LINE,
        categories=tuple(found.when.short for found in lines[0]),
        series=tuple(
            Series(
                name=headlines.sentence(name),
                role=SeriesRole.ACTUAL,
                values=tuple(None if found.value is None else float(found.value) for found in line),
                labels=tuple(found.shown for found in line),
                measurements=tuple(found.id for found in line),
            )
            for name, line in zip(names, lines, strict=True)
        ),
        number_format="#,##0" if last.metric.decimals == 0 else "#,##0." + "0" * last.metric.decimals,
        unit=unit,
    )
    text = f"{title}\n{payload.subtitle}\n" + "\n".join(spoken(line) for line in lines)
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), text, drawing)


def _check(measurements: Measurements, metrics: Sequence[str], months: int) -> None:
    if months < 1:
        raise CatalogueError(f"A trend over {months} months shows nothing.", valid="1 month or more.")
    if not 1 <= len(set(metrics)) == len(metrics) <= _MOST_LINES:
        raise CatalogueError(
            f"A trend shows {', '.join(metrics) or 'no metric'}.", valid=f"1 to {_MOST_LINES} metrics, each once."
        )
    found = [measurements.catalogue[metric] for metric in metrics]
    by_year = [metric.id for metric in found if metric.periods is not None]
    if by_year:
        raise CatalogueError(
            f"{', '.join(by_year)} is measured for whole years only, and has no months.", valid="Metrics with months."
        )
    if len({(metric.unit, metric.decimals, metric.on_a_day, metric.weekly) for metric in found}) > 1:
        said = ", ".join(f"{m.id} ({m.unit}, {_counted(m)})" for m in found)
        raise CatalogueError(
            f"These do not share one scale and time: {said}.",
            valid="Metrics in one unit, all counted on a day, all over weeks or all over months.",
            next_step="Show them in charts of their own.",
        )


def _counted(metric: Metric) -> str:
    return "over weeks" if metric.weekly else "on a day" if metric.on_a_day else "over months"


def _value(found: Measurement) -> Fraction:
    return found.value or Fraction(0)


def spoken(line: Sequence[Measurement]) -> str:
    """Say where a line begins and ends, and between what it lies."""
    known = [found for found in line if found.value is not None]
    if not known:
        return ""
    low, high = min(known, key=_value), max(known, key=_value)
    first, last = (f"{found.shown} ({found.when.label})" for found in (known[0], known[-1]))
    return (
        f"{headlines.sentence(known[0].metric.phrase)}: from {first} to {last}; "
        f"lowest {low.shown} ({low.when.label}), highest {high.shown} ({high.when.label})."
    )
