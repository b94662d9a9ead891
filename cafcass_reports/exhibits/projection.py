"""A projected stock: its course, what it would become on other assumptions, and how past projections did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from cafcass_reports.errors import CatalogueError, nearest
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import (
    Cell,
    ChartForm,
    ChartPayload,
    Provenance,
    Series,
    SeriesRole,
    TableColumn,
    TablePayload,
    TableSection,
)
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text, spoken
from cafcass_reports.exhibits.trend import spoken as spoken_line
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.metrics.projected import Part, Projected
from cafcass_reports.reporting import Reporting

_ILLUSTRATIVE = "Illustrative: nobody has agreed these assumptions."


def projection(measurements: Measurements, metric: str, area: Area, months: int) -> Exhibit:
    """Show a stock as it was measured and, dashed, as it is projected with its range.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A projection, by its name in ``params/projections.yml``.
    area
        The area shown.
    months
        How many measured months, the latest last.

    Raises
    ------
    CatalogueError
        Where there is no such projection, or the area has less than a year of records.
    """
    of = _projected(measurements, metric)
    past = [found for found in measurements.series(of.stock, area, months) if _known_by(measurements, found)]
    ahead, low, high = (_ahead(measurements, f"{metric}{part}", area) for part in ("", "_low", "_high"))
    now, last = past[-1], ahead[-1]
    title = f"{headlines.sentence(now.metric.phrase)} would {_course(now, last)} by {last.when.label}"
    before, after = len(past) - 1, len(ahead)
    payload = ChartPayload(
        title=title,
        subtitle=f"{headlines.sentence(now.metric.unit)}, {area.name}; measured to {now.when.label}, then projected "
        f"(dashed) with its range (dotted): {_lower(of.assumed.says)}" + ("; illustrative" if of.illustrative else ""),
        alt=f"Line chart. {title}. {spoken_line(past)} Projected: {_said(ahead)}. "
        f"Range: {_range(low[-1], high[-1])} by {last.when.label}.",
        source=sources([last]),
        measurements=tuple(provenance(measurements, line[-1], history=line[:-1]) for line in (past, ahead, low, high)),
        form=ChartForm.LINE,
        categories=tuple(found.when.short for found in (*past, *ahead)),
        series=(
            _series(headlines.sentence(now.metric.phrase), SeriesRole.ACTUAL, [*past, *[None] * after]),
            # The first points join the lines to what was measured last.
            _series("Projected", SeriesRole.PROJECTED, [*[None] * before, now, *ahead]),
            *(
                _series(name, SeriesRole.RANGE, [*[None] * before, now, *ends])
                for name, ends in (("Upper limit", high), ("Lower limit", low))
                if any(end.value is not None for end in ends)
            ),
        ),
        number_format="#,##0",
        unit=now.metric.unit,
        starts_at_zero=False,
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def scenarios(measurements: Measurements, metric: str, area: Area) -> Exhibit:
    """Show what a stock would become on each assumption, as a table; parameters and errors as of :func:`projection`."""
    of = _projected(measurements, metric)
    named = [each for each in measurements.catalogue.values() if _is_scenario(each, metric)]
    lasts = [_ahead(measurements, each.id, area)[-1] for each in named]
    now = _now(measurements, of, area)
    rows = tuple(_scenario_row(each.projection, last, now) for each, last in zip(named, lasts, strict=True))
    worst = max(zip(named, lasts, strict=True), key=lambda pair: _value(pair[1]))
    says = worst[0].projection.assumed.says if worst[0].projection else ""
    title = f"If {_lower(says)}, {now.metric.phrase} would {_course(now, worst[1])}"
    return _table(
        title,
        f"{headlines.sentence(now.metric.unit)}, {area.name}, projected for {lasts[0].when.label}",
        (
            TableColumn(label="Assumption", row_header=True, weight=2.6),
            TableColumn(label="Opened", align="right"),
            TableColumn(label="Closed", align="right"),
            TableColumn(label=lasts[0].when.label, align="right", weight=1.2),
            TableColumn(label=f"Since {now.when.label}", align="right", weight=1.4),
        ),
        rows,
        note="Opened and closed: in percent of the same month a year before. "
        + (_ILLUSTRATIVE if of.illustrative else ""),
        source=sources(lasts),
        measurements=tuple(provenance(measurements, last, history=()) for last in lasts),
    )


def past_projections(measurements: Measurements, metric: str, area: Area) -> Exhibit:
    """Show how projections made in the past did, by how far ahead; parameters and errors as of :func:`projection`."""
    of = _projected(measurements, metric)
    parts = ("", "_low", "_high", "_bias", "_miss", "_held")
    lines = [_ahead(measurements, f"{metric}{part}", area) for part in parts]
    held, tried = (sum(getattr(found, end) or 0 for found in lines[-1]) for end in ("numerator", "denominator"))
    title = (
        f"{held} of {tried} past ranges held what came; they were to hold {of.interval}%"
        if tried
        else "Too few past projections to judge the range by"
    )
    return _table(
        title,
        f"{headlines.sentence(measurements.catalogue[of.stock].unit)}, {area.name}; past projections made as now, "
        "with what was known then",
        (
            TableColumn(label="Day", row_header=True, weight=1.5),
            TableColumn(label="Projected", align="right"),
            TableColumn(label="Range", align="right", weight=1.7),
            TableColumn(label="Mean miss", align="right"),
            TableColumn(label="Mean size", align="right"),
            TableColumn(label="Ranges held", align="right", weight=1.1),
        ),
        tuple(_past_row(found) for found in zip(*lines, strict=True)),
        note="Miss: what came less what had been projected so many months ahead; size: without its sign. "
        f"Range: the size that {of.interval} in 100 past misses did not exceed.",
        source=sources([lines[0][-1]]),
        measurements=tuple(provenance(measurements, line[-1], history=line[:-1]) for line in lines),
    )


def _table(
    title: str,
    subtitle: str,
    columns: tuple[TableColumn, ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    note: str,
    source: str,
    measurements: tuple[Provenance, ...],
) -> Exhibit:
    payload = TablePayload(
        title=title,
        subtitle=subtitle,
        alt=f"{title}. " + " ".join("; ".join(spoken(cell) for cell in row) + "." for row in rows),
        source=source,
        measurements=measurements,
        columns=columns,
        sections=(TableSection(title="", rows=rows),),
        note=note.strip(),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _projected(measurements: Measurements, metric: str) -> Projected:
    found = measurements.catalogue[metric].projection
    named = {each.id for each in measurements.catalogue.values() if each.projection is not None}
    if found is None or f"{metric}_{Part.LOW}" not in named:
        raise CatalogueError(
            f"{metric} is no projection.",
            valid=nearest(metric, named) or "params/projections.yml names none.",
            next_step="State it in params/projections.yml.",
        )
    return found


def _is_scenario(each: Metric, metric: str) -> bool:
    of = each.projection
    return of is not None and of.part is Part.STOCK and (each.id == metric or each.id.startswith(f"{metric}_"))


def _ahead(measurements: Measurements, metric: str, area: Area) -> list[Measurement]:
    of = measurements.catalogue[metric].projection
    found = measurements.series(metric, area, of.months if of else 0)
    if of is not None and of.part is Part.STOCK and found[-1].value is None:
        raise CatalogueError(
            f"{area.name} has less than a year of {of.stock} to project from.",
            next_step="Leave the projection out, or let the pack's history begin earlier.",
        )
    return found


def _now(measurements: Measurements, of: Projected, area: Area) -> Measurement:
    return measurements.one(of.stock, area, Reporting.closing(measurements.reporting.period))


def _known_by(measurements: Measurements, found: Measurement) -> bool:
    return found.when.last <= Reporting.closing(measurements.reporting.period).day


def _scenario_row(of: Projected | None, last: Measurement, now: Measurement) -> tuple[Cell, ...]:
    assumed = of.assumed if of else None
    change = _value(last) - _value(now)
    return (
        Cell(text=assumed.says if assumed else last.title),
        Cell(text=f"{assumed.intake}%" if assumed else ""),
        Cell(text=f"{assumed.throughput}%" if assumed else ""),
        Cell(text=last.shown, value=float(_value(last)), measurement=last.id),
        Cell(text=number(change, 0, signed=True), value=float(change)),
    )


def _past_row(
    found: tuple[Measurement, ...],
) -> tuple[Cell, ...]:
    ahead, low, high, bias, miss, held = found
    of = f"{held.numerator} of {held.denominator}" if held.denominator else "too few"
    signed = "" if bias.rounded is None else number(bias.rounded, 0, signed=True)
    return (
        Cell(text=ahead.when.label),
        Cell(text=ahead.shown, value=float(_value(ahead)), measurement=ahead.id),
        Cell(text=_range(low, high), measurement=high.id),
        Cell(text=signed or bias.shown, measurement=bias.id),
        Cell(text=miss.shown, measurement=miss.id),
        Cell(text=of, measurement=held.id),
    )


def _series(name: str, role: SeriesRole, found: Sequence[Measurement | None]) -> Series:
    return Series(
        name=name,
        role=role,
        values=tuple(None if one is None or one.value is None else float(one.value) for one in found),
        labels=tuple("" if one is None else one.shown for one in found),
        measurements=tuple("" if one is None else one.id for one in found),
    )


def _course(now: Measurement, then: Measurement) -> str:
    """Say where a stock would go: ``rise to 38,386``."""
    change = _value(then) - _value(now)
    return f"{'rise to' if change > 0 else 'fall to' if change < 0 else 'stay at'} {then.shown}"


def _said(found: Iterable[Measurement]) -> str:
    return ", ".join(f"{one.shown} ({one.when.label})" for one in found)


def _range(low: Measurement, high: Measurement) -> str:
    return "too few" if low.value is None else f"{low.shown} to {high.shown}"


def _value(found: Measurement) -> Fraction:
    return found.value or Fraction(0)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
