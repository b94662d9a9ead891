"""Grades over time: one bar of 100 percent a quarter, or where only these are shown, a year's own period."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.grades import check_whole, grades, percent, shares_of
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Period

_MOST = 6
"""Bars: more cannot be read beside each other on a slide."""


def grades_over_time(measurements: Measurements, name: str, metrics: Sequence[str], area: Area) -> Exhibit:
    """Show how grades of an audit moved by quarter.

    Parameters
    ----------
    measurements
        What was measured.
    name
        What was audited, as a plural ("national audits").
    metrics
        Its shares by grade, best first: all metrics of the catalogue with the same ``shares``.
    area
        The area. What is disclosive is shown for the parts of the nation only for the same quarter of each year.
        A quarter of which a grade is suppressed has no bar; the subtitle names it. Where no quarter has one, the
        grades of the period are shown alone, as :func:`cafcass_reports.exhibits.grades.grades` does.

    Raises
    ------
    CatalogueError
        Where the metrics named are not all the shares of one whole.
    """
    check_whole(measurements, {name: metrics})
    every_bar = _bars(measurements, metrics, area)
    hidden = [_called(bar[0]) for bar in every_bar if any(figure.suppressed for figure in bar)]
    # A bar of 100 percent would stretch over the grades that are left.
    bars = [bar for bar in every_bar if bar[0].denominator and _called(bar[0]) not in hidden][-_MOST:]
    if not bars:
        return grades(measurements, {name: metrics}, area)
    bands = [headlines.sentence(figure.metric.phrase) for figure in bars[-1]]
    shares = [shares_of(bar) for bar in bars]
    title = _title(name, bands[0], bars, [percent(share[0]) for share in shares])
    every = [figure for bar in bars for figure in bar]
    payload = ChartPayload(
        title=title,
        subtitle=f"Share of {name} by grade, {area.name}, percent"
        + (f"; {headlines.joined(hidden)} {SUPPRESSED}" if hidden else ""),
        alt=f"Stacked bars of shares. {title}. "
        + " ".join(_spoken(bar, bands, share) for bar, share in zip(bars, shares, strict=True)),
        source=sources(every),
        measurements=tuple(provenance(measurements, figure) for figure in every),
        form=ChartForm.STACKED_100,
        categories=tuple(f"{_called(bar[0])}\n({_files(bar)})" for bar in bars),
        series=tuple(
            Series(
                name=band,
                role=SeriesRole.GRADE,
                values=tuple(share[place] for share in shares),
                labels=tuple(percent(share[place]) for share in shares),
                measurements=tuple(bar[place].id for bar in bars),
            )
            for place, band in enumerate(bands)
        ),
        number_format='0"%"',
        unit="percent",
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def _bars(measurements: Measurements, metrics: Sequence[str], area: Area) -> list[list[Measurement]]:
    by_quarter = [measurements.steps(metric, area, "quarter") for metric in metrics]
    return [[steps[last] for steps in by_quarter] for last in sorted(by_quarter[0])]


def _called(figure: Measurement) -> str:
    when = figure.when
    return when.span if isinstance(when, Period) and when.months == 3 else when.label


def _spoken(bar: Sequence[Measurement], bands: Sequence[str], shares: Sequence[float | None]) -> str:
    said = ", ".join(f"{band.lower()} {percent(share)}" for band, share in zip(bands, shares, strict=True))
    return f"{_called(bar[0])} ({_files(bar)}): {said}."


def _files(bar: Sequence[Measurement]) -> str:
    return f"{bar[0].denominator or 0:,} files"


def _title(name: str, best: str, bars: Sequence[Sequence[Measurement]], shown: Sequence[str]) -> str:
    first, last = bars[0][0], bars[-1][0]
    said = f"{shown[-1]} of {name} were {best.lower()} in {_called(last)}"
    return said if first is last or not shown[0] else f"{said}, {shown[0]} in {_called(first)}"
