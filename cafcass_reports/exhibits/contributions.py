"""Why a figure moved: what each area, or each team, added to the change, such that all add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import NOTE, Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.contributions import Contribution, Rate, of_counts, of_rates, rounded_together

_MOST = 8
"""Parts in rows of their own; the others are added up in one."""

_NAMED = 2
"""Parts that added the same and are named for it; of more, none is singled out."""

_OF_RATES = (
    "A part adds by its own change, and by its size: where a part that is above the whole grows, so does the whole. "
    "All add up to the change (Kitagawa, 1955; Griliches and Regev, 1995)."
)


@dataclass(frozen=True)
class _Part:
    """A row: what it is called, its figure where it is one area's, and what it adds."""

    name: str
    figure: Measurement | None
    adds: Contribution


def contributions(measurements: Measurements, metric: str, area: Area, by: str) -> Exhibit:
    """Show what each part of an area added to the change of its figure in a year, the largest first.

    What is in no single part, in more than one, or suppressed for some, is a row of its own.

    Parameters
    ----------
    measurements
        What was measured.
    metric
        A metric that is compared with the year before.
    area
        The whole.
    by
        ``region``, ``area`` or ``team``.

    Raises
    ------
    CatalogueError
        Where the metric has no comparison, or there is no such level.
    """
    whole = measurements.one(metric, area)
    if whole.metric.compared_with != "same period last year":
        raise CatalogueError(
            f"{metric} is not compared with the year before.",
            valid="A metric that says 'compared_with: same period last year'.",
        )
    places = [measurements.one(metric, part) for part in measurements.parts_of(area, by)]
    parts = [] if whole.change is None else _parts(whole, places)
    rates = whole.metric.divided
    decimals = whole.metric.decimals + (1 if rates else 0)
    # Rounded once, so that title, alternative text and table say the same.
    totals = rounded_together([part.adds.total for part in parts], decimals)
    title = _title(whole, parts, totals)
    shown = [part.figure for part in parts if part.figure is not None]
    payload = TablePayload(
        title=title,
        subtitle=f"{headlines.sentence(_unit(whole))}, {area.name}, {whole.when.label} and the year before, by {by}",
        alt=f"{title}. "
        + " ".join(f"{part.name} {_signed(total, decimals)}." for part, total in zip(parts, totals, strict=True)),
        source=sources([whole]),
        measurements=tuple(provenance(measurements, figure) for figure in [whole, *shown]),
        columns=(
            TableColumn(label=headlines.sentence(by), row_header=True, weight=1.6),
            TableColumn(label="A year before", align="right"),
            TableColumn(label="Now", align="right"),
            TableColumn(label="Adds", align="right"),
            *((TableColumn(label="By own change", align="right"), TableColumn(label="By size", align="right")) * rates),
        ),
        sections=_sections(whole, parts, totals, decimals),
        note=" ".join(
            [_OF_RATES] * rates + [f"{NOTE}."] * any(figure.suppressed for figure in (whole, *places))
            or ["All parts add up to the change."]
        ),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _parts(whole: Measurement, places: Sequence[Measurement]) -> list[_Part]:
    """What each part adds, the largest first; the smaller ones together, and last what is of no single part."""
    known = [place for place in places if not place.suppressed and not (place.comparison or place).suppressed]
    before, after = ([_rate(place, side) for place in known] for side in (0, 1))
    for side, rates in enumerate((before, after)):
        every = _rate(whole, side)
        rates.append(
            Rate(
                every.numerator - sum((rate.numerator for rate in rates), Fraction(0)),
                every.denominator - sum((rate.denominator for rate in rates), Fraction(0)),
            )
        )
    if whole.metric.divided:
        adds = of_rates(before, after)
    else:
        adds = of_counts([rate.numerator for rate in before], [rate.numerator for rate in after])
    own = [_Part(place.area.name, place, add) for place, add in zip(known, adds, strict=False)]
    own = [part for part in own if part.figure and (part.figure.numerator or _rate(part.figure, 0).numerator)]
    own.sort(key=lambda part: -abs(part.adds.total))
    rest = own[_MOST:] if len(own) > _MOST + 1 else []
    found = own[: len(own) - len(rest)]
    if rest:
        found.append(_Part(f"{len(rest)} others", None, _together(rest)))
    if any(before[-1]) or any(after[-1]):
        hidden = len(known) < len(places)
        found.append(_Part("Suppressed, or in no single part" if hidden else "In no single part", None, adds[-1]))
    return found


def _rate(found: Measurement, side: int) -> Rate:
    """A figure's numbers, now (1) or a year before (0), in the unit shown."""
    figure = found if side else found.comparison
    if figure is None or figure.numerator is None:
        return Rate(Fraction(0), Fraction(0))
    return Rate(figure.factor * figure.numerator, Fraction(figure.denominator or 0))


def _together(parts: Sequence[_Part]) -> Contribution:
    return Contribution(
        sum((part.adds.own for part in parts), Fraction(0)), sum((part.adds.size for part in parts), Fraction(0))
    )


def _sections(
    whole: Measurement, parts: Sequence[_Part], totals: Sequence[Fraction], decimals: int
) -> tuple[TableSection, ...]:
    rows = tuple(_row(part, total, decimals, whole) for part, total in zip(parts, totals, strict=True))
    if not parts:
        blank = (Cell(text=""),) * (3 if whole.metric.divided else 1)
        return (TableSection(title="", rows=((Cell(text=whole.area.name), *_values(whole), *blank),)),)
    every = _Part(f"{whole.area.name}, all together", whole, _together(parts))
    return (
        TableSection(title="", rows=rows),
        TableSection(title="", rows=(_row(every, sum(totals, Fraction(0)), decimals, whole),)),
    )


def _row(part: _Part, total: Fraction, decimals: int, whole: Measurement) -> tuple[Cell, ...]:
    values = (Cell(text=""), Cell(text="")) if part.figure is None else _values(part.figure)
    cells = [Cell(text=part.name), *values, Cell(text=_signed(total, decimals), value=float(total))]
    if whole.metric.divided:
        own, size = rounded_together([part.adds.own, part.adds.size], decimals)
        # Both add up to what the row says, which was rounded with the other rows.
        size += total - own - size
        cells += [Cell(text=_signed(value, decimals), value=float(value)) for value in (own, size)]
    return tuple(cells)


def _values(figure: Measurement) -> tuple[Cell, Cell]:
    before = figure.comparison
    then = Cell(text="") if before is None else Cell(text=before.shown, value=_float(before))
    return then, Cell(text=figure.shown, value=_float(figure), measurement=figure.id)


def _float(figure: Measurement) -> float | None:
    return None if figure.value is None else float(figure.value)


def _signed(value: Fraction, decimals: int) -> str:
    return number(value, decimals, signed=True)


def _unit(whole: Measurement) -> str:
    return "percent; what each adds in points" if whole.metric.unit == "percent" else whole.metric.unit


def _title(whole: Measurement, parts: Sequence[_Part], totals: Sequence[Fraction]) -> str:
    """Say how the whole moved, and which part added most in that direction: of a single part there is no most."""
    said = headlines.sentence(headlines.moved(whole))
    named = [(total, part) for part, total in zip(parts, totals, strict=True) if part.figure is not None]
    if not named or whole.change is None:
        return said
    way = -1 if whole.direction == "down" else 1
    most = max(way * total for total, _ in named)
    if most <= 0 or len(parts) == 1:
        return said
    names = [part.name for total, part in named if way * total == most]
    if len(names) > _NAMED:
        return said
    amount = number(most, whole.metric.decimals + (1 if whole.metric.divided else 0))
    verb = "added" if way > 0 else "took off"
    much = f"most, {amount}" if len(names) == 1 else f"{amount} each"
    return f"{said}; {headlines.joined(names)} {verb} {much}"
