"""The dot chart: the parts of an area, each with how far chance could move its figure, against the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.comparison import nothing_to_compare, parts_with_figures
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Interval, Series, SeriesRole, Standing
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better
from cafcass_reports.statistics.intervals import wilson

_NOTE = "Lines: 95% confidence intervals"


@dataclass(frozen=True)
class _Dot:
    """A part, or the whole, with its interval where it has one."""

    figure: Measurement
    interval: Interval | None
    standing: Standing


def dots(measurements: Measurements, metric: str, area: Area, by: str) -> Exhibit:
    """Show the parts of an area with their intervals against the whole's line.

    The interval is Wilson's at 95% (:func:`cafcass_reports.statistics.intervals.wilson`). A part is told apart from
    the whole where its interval does not hold the whole's figure, as Public Health England's Fingertips compares
    areas with a benchmark (*Fingertips: technical guidance, confidence intervals*). Of twenty parts that do not
    differ, about one is told apart by chance alone.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A share of counted things, in percent.
    area
        The whole.
    by
        ``region``, ``area`` or ``team``.

    Raises
    ------
    CatalogueError
        Where the metric is no such share, or the area has too many such parts for one chart. Of fewer than two, or
        where all are suppressed, there is nothing to compare, and a table says so.
    """
    definition = measurements.catalogue[metric]
    if not (definition.unit == "percent" and definition.divided and definition.held_in is None):
        raise CatalogueError(
            f"{metric} is no share of things that were counted, so that it has no interval.",
            valid="A ratio in percent.",
            next_step="Compare it as bars: paper.compare.",
        )
    whole = measurements.one(metric, area)
    known = parts_with_figures(measurements, metric, area, by)
    if len(known) < 2 or all(part.suppressed for part in known):
        return nothing_to_compare(measurements, whole, known, by)
    parts = [_dot(found, whole) for found in known]
    # Equals stay in the order of areas; those that are suppressed come last.
    parts.sort(key=lambda dot: (not dot.figure.suppressed, dot.figure.rounded or Fraction(0)), reverse=True)
    figures = [dot.figure for dot in parts]
    title = _title(parts, whole, by)
    payload = ChartPayload(
        title=title,
        subtitle=f"{headlines.sentence(definition.phrase)}, percent, {whole.when.label}, by {by}. {_NOTE}",
        alt=_alt(title, parts, whole),
        source=sources([whole, *figures]),
        measurements=tuple(provenance(measurements, found) for found in [whole, *figures]),
        form=ChartForm.DOT,
        categories=tuple(
            f"{found.area.name} {SUPPRESSED}" if found.suppressed else found.area.name for found in figures
        ),
        series=(*_series(parts, whole), _line(whole, len(parts))),
        number_format="#,##0" + ("." + "0" * definition.decimals if definition.decimals else "") + '"%"',
        unit=definition.unit,
        starts_at_zero=False,
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def _dot(found: Measurement, whole: Measurement) -> _Dot:
    if found.suppressed or found.numerator is None or not found.denominator or found.numerator > found.denominator:
        return _Dot(found, None, Standing.SIMILAR)
    low, high = (Fraction(end) * 100 for end in wilson(found.numerator, found.denominator))
    decimals = found.metric.decimals
    interval = Interval(low=float(low), high=float(high), shown=(number(low, decimals), number(high, decimals)))
    if whole.value is None or low <= whole.value <= high:
        return _Dot(found, interval, Standing.SIMILAR)
    return _Dot(found, interval, _differs(found.metric.better, above=low > whole.value))


def _differs(better: Better, *, above: bool) -> Standing:
    if better is Better.NEITHER:
        return Standing.HIGHER if above else Standing.LOWER
    return Standing.BETTER if above is (better is Better.HIGHER) else Standing.WORSE


def _series(parts: Sequence[_Dot], whole: Measurement) -> Iterable[Series]:
    """One series for each place where parts stand: a part has its value in one of them."""
    for standing in Standing:
        held = [dot if dot.standing is standing else None for dot in parts]
        if not any(held):
            continue
        yield Series(
            name=headlines.sentence(standing.than(whole.area.name)),
            role=SeriesRole.ACTUAL,
            values=tuple(None if dot is None else _value(dot.figure) for dot in held),
            labels=tuple("" if dot is None else dot.figure.shown for dot in held),
            measurements=tuple("" if dot is None else dot.figure.id for dot in held),
            intervals=tuple(None if dot is None else dot.interval for dot in held),
            standing=standing,
        )


def _line(whole: Measurement, count: int) -> Series:
    return Series(
        name=whole.area.name,
        role=SeriesRole.COMPARISON,
        values=(_value(whole),) * count,
        labels=(whole.shown,) * count,
        measurements=(whole.id,) * count,
    )


def _value(found: Measurement) -> float | None:
    return None if found.suppressed or found.rounded is None else float(found.rounded)


def _title(parts: Sequence[_Dot], whole: Measurement, by: str) -> str:
    """Say how many parts chance does not explain; one is named."""
    phrase = headlines.sentence(whole.metric.phrase)
    compared = f"{whole.area.name} ({whole.shown})"
    said: list[str] = []
    for standing in Standing:
        found = [dot.figure.area.name for dot in parts if dot.standing is standing]
        if found and standing is not Standing.SIMILAR:
            who = found[0] if len(found) == 1 else str(len(found)) if said else f"{len(found)} of {len(parts)} {by}s"
            said.append(f"{who} {standing}" if said else f"{who} {standing.than(compared)}")
    return f"{phrase}: {', '.join(said) or f'no {by} clearly differs from {compared}'}"


def _alt(title: str, parts: Sequence[_Dot], whole: Measurement) -> str:
    said = [f"Dots with lines for chance, the highest first. {title}."]
    for dot in parts:
        differs = "" if dot.standing is Standing.SIMILAR else f", {dot.standing.than(whole.area.name)}"
        said.append(f"{dot.figure.area.name} {dot.figure.spoken}{differs}.")
    return " ".join(said)
