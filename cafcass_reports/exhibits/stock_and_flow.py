"""Stock and flow: how what was opened and closed each month made the stock of the next, as a table that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Provenance, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text, spoken
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Period


@dataclass(frozen=True)
class Month:
    """The stock before and after a month, and what came and went in it."""

    start: Measurement
    opened: Measurement
    closed: Measurement
    end: Measurement

    @property
    def unexplained(self) -> Fraction:
        """By how much the stock changed beside what was opened and closed; nothing where the four add up."""
        came, went = _value(self.opened), _value(self.closed)
        return _value(self.end) - (_value(self.start) + came - went)


def stock_and_flow(measurements: Measurements, stock: str, flows: tuple[str, str], area: Area, months: int) -> Exhibit:
    """Show a stock from month to month with what was opened and closed between.

    Stock at the start + opened - closed = stock at the end. Where a month does not add up, since cases of an area came
    from or went to another, the table has a column that says by how much, and never hides it.

    Parameters
    ----------
    measurements
        What was measured.
    stock
        A stock, counted on the first of each month.
    flows
        What opens and what closes, counted ``between_snapshots``, in the stock's unit.
    area
        The area shown.
    months
        How many months, the latest last; fewer where the records begin later.

    Raises
    ------
    CatalogueError
        Where the metrics are no such stock and flows, or the area has no month of them.
    """
    _check(measurements, stock, flows)
    found = _months(measurements, stock, flows, area)[-months:] if months > 0 else []
    if not found:
        raise CatalogueError(f"{stock} has no month with both ends for {area.name}.", valid="1 month or more.")
    moved = any(month.unexplained for month in found)
    title = _title(found)
    first, last = found[0], found[-1]
    note = _note(moved)
    payload = TablePayload(
        title=title,
        subtitle=f"{headlines.sentence(first.start.metric.unit)}, {area.name}, "
        f"{first.start.when.label} to {last.end.when.label}",
        alt=f"{title}. " + " ".join("; ".join(spoken(cell) for cell in row) + "." for row in _rows(found, moved)),
        source=sources(figure for month in found for figure in (month.start, month.opened, month.closed, month.end)),
        measurements=_provenances(measurements, found),
        columns=(
            TableColumn(label="Month", row_header=True, weight=1.4),
            TableColumn(label="At the start", align="right"),
            TableColumn(label="Opened", align="right"),
            TableColumn(label="Closed", align="right"),
            *([TableColumn(label="Moved", align="right")] if moved else []),
            TableColumn(label="At the end", align="right"),
        ),
        sections=(TableSection(title="", rows=_rows(found, moved)),),
        note=note,
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _check(measurements: Measurements, stock: str, flows: tuple[str, str]) -> None:
    held = measurements.catalogue[stock]
    if not held.on_a_day or held.divided:
        raise CatalogueError(f"{stock} is no stock.", valid="A count on the day of a snapshot, such as open_cases.")
    for flow in (measurements.catalogue[metric] for metric in flows):
        if not flow.between_snapshots or flow.unit != held.unit:
            raise CatalogueError(
                f"{flow.id} does not account for the change of {stock}.",
                valid=f"A metric in {held.unit} that says 'between_snapshots: true', such as cases_opened.",
            )


def _months(measurements: Measurements, stock: str, flows: tuple[str, str], area: Area) -> list[Month]:
    """The months of which all four figures are known, in order; a month that is not known ends none of them."""
    found = []
    for period in measurements.reporting.months():
        days = (measurements.reporting.opening(period), measurements.reporting.closing(period))
        start, end = (measurements.one(stock, area, day) for day in days)
        opened, closed = (measurements.one(flow, area, period) for flow in flows)
        month = Month(start, opened, closed, end)
        figures = (month.start, month.opened, month.closed, month.end)
        if all(figure.value is not None for figure in figures):
            found.append(month)
    return found


def _value(found: Measurement) -> Fraction:
    return found.value or Fraction(0)


def _title(found: Sequence[Month]) -> str:
    """Say whether more was opened or closed, and by how much."""
    opened = sum((_value(month.opened) for month in found), Fraction(0))
    closed = sum((_value(month.closed) for month in found), Fraction(0))
    when = Period(found[0].opened.when.first, found[-1].opened.when.last)
    said = "in a year" if when.months == 12 else f"in {when.months} months" if when.months > 1 else f"in {when.label}"
    more = number(abs(opened - closed), 0)
    if opened == closed:
        return f"As many cases were closed as opened {said}"
    return f"{more} more cases were {'opened than closed' if opened > closed else 'closed than opened'} {said}"


def _note(moved: bool) -> str:
    adds = "At the start + opened − closed"
    if moved:
        return f"{adds} + moved = at the end. Moved: cases whose applications lie in more than one area."
    return f"{adds} = at the end, in every month shown. A month ends with the first day of the next."


def _rows(found: Sequence[Month], moved: bool) -> tuple[tuple[Cell, ...], ...]:
    rows = [_row(month, moved) for month in found]
    if len(found) > 1:
        totals = [sum((_value(getattr(month, flow)) for month in found), Fraction(0)) for flow in ("opened", "closed")]
        between = sum((month.unexplained for month in found), Fraction(0))
        rows.append(
            (
                Cell(text=f"All {len(found)} months"),
                _cell(found[0].start),
                *(Cell(text=number(total, 0), value=float(total)) for total in totals),
                *([Cell(text=number(between, 0, signed=True), value=float(between))] if moved else []),
                _cell(found[-1].end),
            )
        )
    return tuple(rows)


def _row(month: Month, moved: bool) -> tuple[Cell, ...]:
    between = month.unexplained
    return (
        Cell(text=month.opened.when.label),
        _cell(month.start),
        _cell(month.opened),
        _cell(month.closed),
        *([Cell(text=number(between, 0, signed=True), value=float(between))] if moved else []),
        _cell(month.end),
    )


def _cell(found: Measurement) -> Cell:
    return Cell(text=found.shown, value=float(_value(found)), measurement=found.id)


def _provenances(measurements: Measurements, found: Sequence[Month]) -> tuple[Provenance, ...]:
    """The latest of each, with the others as its history."""
    lines = (
        [found[0].start, *(month.end for month in found)],
        [month.opened for month in found],
        [month.closed for month in found],
    )
    return tuple(provenance(measurements, line[-1], history=line[:-1]) for line in lines)
