"""The area comparison: the parts of an area beside the whole, as bars in order of their figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import (
    Cell,
    ChartForm,
    ChartPayload,
    Series,
    SeriesRole,
    TableColumn,
    TablePayload,
    TableSection,
)
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_MOST = 24
"""More bars than this are not read: teams are compared within an area."""


def comparison(measurements: Measurements, metric: str, area: Area, by: str) -> Exhibit:
    """Compare the parts of an area with each other and with the whole; of fewer than two, say so in a table.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A share, mean or rate: counts of areas of different sizes say only how large these are.
    area
        The whole.
    by
        ``region``, ``area`` or ``team``.

    Raises
    ------
    CatalogueError
        Where the metric is a count, or there is no such level, or the area has too many such parts for one chart.
    """
    definition = measurements.catalogue[metric]
    if not definition.divided:
        raise CatalogueError(
            f"{metric} is a count, which grows with an area's size.",
            valid="A share, mean or rate.",
            next_step="Compare what it is divided by something.",
        )
    parts = parts_with_figures(measurements, metric, area, by)
    whole = measurements.one(metric, area)
    if len(parts) < 2:
        return nothing_to_compare(measurements, whole, parts, by)
    # Equals stay in the order of areas; those that are suppressed come last.
    ordered = sorted([whole, *parts], key=lambda found: (not found.suppressed, _value(found)), reverse=True)
    title = _title(parts, whole, by)
    payload = ChartPayload(
        title=title,
        subtitle=f"{headlines.sentence(definition.unit)}, {whole.when.label}, by {by}; {area.name} lighter",
        alt=f"Bars, the highest first. {title}. " + " ".join(f"{found.area.name} {found.spoken}." for found in ordered),
        source=sources(ordered),
        measurements=tuple(provenance(measurements, found) for found in ordered),
        form=ChartForm.BAR,
        categories=tuple(found.area.name for found in ordered),
        series=(
            _series(f"By {by}", SeriesRole.ACTUAL, ordered, parts),
            _series(area.name, SeriesRole.COMPARISON, ordered, [whole]),
        ),
        number_format="#,##0" if definition.decimals == 0 else "#,##0." + "0" * definition.decimals,
        unit=definition.unit,
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def parts_with_figures(measurements: Measurements, metric: str, area: Area, by: str) -> list[Measurement]:
    """Return the figures of an area's parts, suppressed ones too, in the order of areas.

    Raises
    ------
    CatalogueError
        Where there is no such level, or they are too many for one chart.
    """
    found = [measurements.one(metric, part) for part in measurements.parts_of(area, by)]
    known = [figure for figure in found if figure.value is not None or figure.suppressed]
    if len(known) > _MOST:
        raise CatalogueError(
            f"{area.name} has {len(known)} {by}s with a figure of {metric}.",
            valid=f"Up to {_MOST} in one chart.",
            next_step="Compare another level, or show a table.",
        )
    return known


def nothing_to_compare(
    measurements: Measurements, whole: Measurement, parts: Sequence[Measurement], by: str
) -> Exhibit:
    """Say that an area has no two parts with a figure that is shown; what there is stands beside the whole.

    Parameters
    ----------
    measurements
        What was measured.
    whole
        The figure of the area.
    parts
        Those of its parts that have one: none, one, or some of which all are suppressed.
    by
        ``region``, ``area`` or ``team``.
    """
    phrase = whole.metric.phrase
    parts = [part for part in parts if part.area != whole.area]  # an area is the only area of itself
    shown = [*parts, whole]
    if parts and all(part.suppressed for part in parts):
        why = f"figures of {whole.area.name}'s {by}s cannot be shown"
    else:
        why = f"{'one' if parts else 'no'} {by} of {whole.area.name} has a figure"
    title = f"Nothing to compare: {why}"
    rows = tuple((Cell(text=found.area.name), Cell(text=found.shown, measurement=found.id)) for found in shown)
    payload = TablePayload(
        title=title,
        subtitle=f"{headlines.sentence(phrase)}, {whole.when.label}, by {by}",
        alt=f"{title} of {phrase}. " + " ".join(f"{found.area.name} {found.spoken}." for found in shown),
        source=sources(shown),
        measurements=tuple(provenance(measurements, found) for found in shown),
        columns=(
            TableColumn(label=headlines.sentence(by), row_header=True),
            TableColumn(label=headlines.sentence(whole.metric.unit), align="right"),
        ),
        sections=(TableSection(title="", rows=rows),),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _value(found: Measurement) -> Fraction:
    return found.rounded or Fraction(0)


def _title(parts: Sequence[Measurement], whole: Measurement, by: str) -> str:
    """Say the ends of the range and the whole; of an end that several share, how many they are."""
    phrase = headlines.sentence(whole.metric.phrase)
    parts = [found for found in parts if not found.suppressed]
    if not parts:
        return f"{phrase}: {whole.area.name} {whole.shown}, all parts suppressed"
    low, high = ([found for found in parts if _value(found) == end(map(_value, parts))] for end in (min, max))
    if len(low) == len(parts):
        return f"{phrase}: {low[0].shown} in {'each' if len(parts) > 1 else 'its only'} {by}, as in {whole.area.name}"
    ends = (f"{end[0].shown} in {end[0].area.name if len(end) == 1 else f'{len(end)} {by}s'}" for end in (low, high))
    return f"{phrase}: from {' to '.join(ends)}; {whole.area.name} {whole.shown}"


def _series(name: str, role: SeriesRole, shown: Sequence[Measurement], of: Sequence[Measurement]) -> Series:
    """One value for each bar that is of the series; the other bars are the other series'."""
    return Series(
        name=name,
        role=role,
        values=tuple(float(_value(found)) if found in of and not found.suppressed else None for found in shown),
        labels=tuple(found.shown if found in of else "" for found in shown),
        measurements=tuple(found.id if found in of else "" for found in shown),
    )
