"""How regions stand at the end of the latest week: pressure, prioritisation, and what share of children was seen."""

from __future__ import annotations

from datetime import date
from typing import Any

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Status, TableColumn
from cafcass_reports.exhibits.registers.rows import NONE, Registers, Texts, register_of, rows_of, status_cell, table
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Snapshot, Span

_SEEN = "week_seen_share"
_PRESSURES = {"high": Status.HIGH, "medium": Status.MEDIUM, "low": Status.LOW}
_STAGES = {"in place": Status.HIGH, "at risk": Status.AT_RISK, "not needed": Status.LOW}
_GRAVEST = tuple(_STAGES)


def regional_status(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show each region as it assessed itself for the latest week up to the paper's date, the gravest first.

    Beside its words stands the share of children seen in the same week.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no weekly status, or none up to the paper's date.
    """
    rows = _known(measurements, registers)
    week = rows[-1]["week_ending"]
    latest = [row for row in rows if row["week_ending"] == week]
    latest.sort(key=lambda row: (_GRAVEST.index(row["prioritisation"]), [*_PRESSURES].index(row["pressure"])))
    texts = Texts(measurements)
    return table(
        texts,
        title=_title(latest),
        subtitle="How regions assess themselves",
        source="Weekly status of regions; weekly returns of regions",
        columns=(
            TableColumn(label="Region", row_header=True, weight=1.3),
            TableColumn(label="Pressure", weight=1.0),
            TableColumn(label="Prioritisation", weight=1.4),
            TableColumn(label="Where and why", weight=3.0),
            TableColumn(label="Children seen", align="right", weight=1.0),
        ),
        sections={"": [_row(texts, row, rows) for row in latest]},
        note="Prioritisation puts children in order of need where not all work can be done at once. "
        "Children seen: of those who were to be seen in the week, in person, by video or by phone.",
        when=Snapshot(week),
    )


def _known(measurements: Measurements, registers: Registers) -> list[dict[str, Any]]:
    """The rows up to the paper's date, in order of their weeks."""
    rows = rows_of(register_of(registers, "weekly_status"))
    day = measurements.reporting.returned_up_to
    known = [row for row in rows if row["week_ending"] <= day]
    if not known:
        raise CatalogueError(
            f"The weekly status of regions holds no week up to {Snapshot(day).label}.",
            next_step="Add the weeks that regions returned, or leave the exhibit out.",
        )
    return sorted(known, key=lambda row: row["week_ending"])


def _row(texts: Texts, row: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Cell, ...]:
    region, stage = str(row["region"]), str(row["prioritisation"])
    measurements = texts.measurements
    place = next(area for area in measurements.areas if area.level is Level.REGION and area.name == region)
    seen = measurements.one(_SEEN, place, Span.week_to(row["week_ending"]))
    texts.used[seen.id] = seen
    where_and_why = ": ".join(part for part in (row["where_in_region"], row["reason"]) if part)
    since = f" since {_since(row, rows):%-d %B}" if stage != "not needed" else ""
    return (
        Cell(text=region),
        status_cell(_PRESSURES[row["pressure"]]),
        status_cell(_STAGES[stage], f"{stage.capitalize()}{since}"),
        Cell(text=where_and_why or NONE),
        Cell(text=seen.shown, value=None if seen.rounded is None else float(seen.rounded), measurement=seen.id),
    )


def _since(row: dict[str, Any], rows: list[dict[str, Any]]) -> date:
    """The end of the first week of which the region has stood at this stage without a break."""
    since: date = row["week_ending"]
    for other in reversed([each for each in rows if each["region"] == row["region"]]):
        if other["prioritisation"] != row["prioritisation"]:
            break
        since = other["week_ending"]
    return since


def _title(latest: list[dict[str, Any]]) -> str:
    stages = [str(row["prioritisation"]) for row in latest]
    placed, at_risk = stages.count("in place"), stages.count("at risk")
    if not placed and not at_risk:
        return f"None of {len(stages)} regions has to prioritise its work"
    prioritise = f"{placed} of {len(stages)} regions {'prioritises' if placed == 1 else 'prioritise'} work"
    return f"{prioritise}; {at_risk} more {'is' if at_risk == 1 else 'are'} at risk" if at_risk else prioritise
