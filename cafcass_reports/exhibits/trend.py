"""The trend: stocks or flows month by month, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement, number
from cafcass_reports.metrics.measurements import Measurements


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
        How many months, the latest last.
    """
    lines = [measurements.series(metric, area, months) for metric in metrics]
    latest = [line[-1] for line in lines]
    first, last = lines[0][0], latest[0]
    title = headlines.trend(latest)
    unit = last.metric.unit
    payload = ChartPayload(
        title=title,
        subtitle=f"{headlines.sentence(unit)}, {area.name}, {first.when.label} to {last.when.label}, by month",
        alt=f"Line chart. {title}. " + " ".join(_spoken(line) for line in lines),
        source=sources(latest),
        measurements=tuple(provenance(measurements, line[-1], history=line[:-1]) for line in lines),
        form=ChartForm.LINE,
        categories=tuple(found.when.short for found in lines[0]),
        series=tuple(
            Series(
                name=_name(line[-1]),
                role=SeriesRole.ACTUAL,
                values=tuple(None if found.value is None else float(found.value) for found in line),
                labels=tuple(found.shown for found in line),
            )
            for line in lines
        ),
        number_format="#,##0" if last.metric.decimals == 0 else "#,##0." + "0" * last.metric.decimals,
        unit=unit,
    )
    text = f"{title}\n{payload.subtitle}\n" + "\n".join(_spoken(line) for line in lines)
    return Exhibit("chart", payload, f"<p>{title}</p>", text, draw(payload))


def _value(found: Measurement) -> Fraction:
    return found.value or Fraction(0)


def _name(found: Measurement) -> str:
    """The part of a phrase that tells series apart: ``open public law cases`` -> ``Public law``."""
    return headlines.sentence(found.metric.phrase.removeprefix("open ").removesuffix(" cases"))


def _spoken(line: Sequence[Measurement]) -> str:
    known = [found for found in line if found.value is not None]
    if not known:
        return ""
    low, high = min(known, key=_value), max(known, key=_value)
    decimals = known[0].metric.decimals
    first, last = (f"{number(_value(found), decimals)} ({found.when.label})" for found in (known[0], known[-1]))
    return (
        f"{headlines.sentence(known[0].metric.phrase)}: from {first} to {last}; "
        f"lowest {low.shown} ({low.when.label}), highest {high.shown} ({high.when.label})."
    )
