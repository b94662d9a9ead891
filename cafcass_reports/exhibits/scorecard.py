"""The scorecard: measures in sections, each with its value and its change, direction in words and arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection, Tone
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.exhibits.tables import as_html, as_text
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_SNAPSHOT_MARK = "*"
_CHANGES_NOTE = (
    ", compared with the same day a year before. "
    "Changes are marked as improvement or concern where one way is better. A dash: no change is given."
)


class Row(NamedTuple):
    """A measure of the scorecard, and whether its change is shown."""

    measurement: Measurement
    shows_change: bool


def scorecard(measurements: Measurements, sections: Sequence[tuple[str, Sequence[Row]]]) -> Exhibit:
    """Show measures in sections.

    Parameters
    ----------
    measurements
        Where history is looked up.
    sections
        Titles, each with its rows in order.
    """
    rows = [row for _, section in sections for row in section]
    period = measurements.reporting.period
    snapshot = measurements.reporting.snapshot
    area = rows[0].measurement.area.name
    title = headlines.scorecard([row.measurement for row in rows if row.shows_change], measures=len(rows))
    changes = any(row.shows_change and row.measurement.change is not None for row in rows)
    against = f", change against {period.year_before().label}" if changes else ""
    columns = (
        TableColumn(label="Measure", row_header=True, weight=3.2),
        TableColumn(label=period.label, align="right", weight=1.4),
        *([TableColumn(label="Change on last year", align="right", weight=1.5)] if changes else []),
    )
    payload = TablePayload(
        title=title,
        subtitle=f"{area}, {period.label}{against}",
        alt=f"{title}. " + " ".join(_spoken(row) for row in rows),
        source=sources(row.measurement for row in rows),
        measurements=tuple(provenance(measurements, row.measurement) for row in rows),
        columns=columns,
        sections=tuple(
            TableSection(title=heading, rows=tuple(_cells(measurements, row)[: len(columns)] for row in section))
            for heading, section in sections
        ),
        note=f"{_SNAPSHOT_MARK} Snapshot on {snapshot.label}" + (_CHANGES_NOTE if changes else "."),
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))


def _cells(measurements: Measurements, row: Row) -> tuple[Cell, ...]:
    found = row.measurement
    mark = _SNAPSHOT_MARK if measurements.takes_a_snapshot(found.metric) else ""
    value = None if found.value is None else float(found.value)
    change = change_cell(found) if row.shows_change else Cell(text="")
    return Cell(text=found.title + mark), Cell(text=found.shown, value=value, measurement=found.id), change


def change_cell(found: Measurement) -> Cell:
    """Show a change by number, arrow and meaning; an empty cell says that none is reported."""
    if found.change is None:
        return Cell(text="")
    tone = {True: Tone.IMPROVEMENT, False: Tone.CONCERN, None: Tone.NEUTRAL}[found.improved]
    return Cell(text=found.change_shown, value=float(found.change), tone=tone, arrow=found.direction)


def _spoken(row: Row) -> str:
    found = row.measurement
    change = f", {found.change_shown} on last year" if row.shows_change and found.change is not None else ""
    return f"{found.title}: {found.spoken}{change}."
