"""Registers that people keep by hand, as tables: reflections on practice, the improvement plan, the strategy.

A register speaks for the nation, whatever area a paper is about. It is read as it stood on the pack's snapshot:
what was finished later is not yet finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.commentary import fill
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Status, TableColumn, TablePayload, TableSection
from cafcass_reports.exhibits.provenance import provenance
from cafcass_reports.exhibits.tables import as_html, as_text, spoken
from cafcass_reports.metrics.measurement import NOTE, SUPPRESSED, Measurement
from cafcass_reports.metrics.measurements import Measurements

Registers: TypeAlias = Mapping[str, pd.DataFrame]
"""The rows of each register that the pack's extracts hold, by the name of its table."""

_NONE = "–"


def reflections(measurements: Measurements, registers: Registers) -> Exhibit:
    """Track the reviews of practice: how far each is, what it found and what is done.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no register of reflections.
    CommentaryError
        Where a finding or an action refers to a figure that there is not.
    """
    register = register_of(registers, "reflections")
    day = measurements.reporting.snapshot.day
    texts = Texts(measurements)
    rows = [row for row in rows_of(register) if row["identified_on"] <= day]
    complete = sum(by(row["completed_on"], day) for row in rows)
    return table_of(
        texts,
        title=f"{complete} of {len(rows)} areas of practice reflection are complete",
        subtitle="Areas of practice reflection since the last inspection",
        source="Register of practice reflections",
        columns=(
            TableColumn(label="Area of practice", row_header=True, weight=1.3),
            TableColumn(label="Review", weight=0.9),
            TableColumn(label="What we found", weight=2.4),
            TableColumn(label="What we are doing", weight=2.4),
        ),
        sections={
            "": [
                (
                    Cell(text=str(row["reflection"]) + (" (recommendation)" if row["recommended"] else "")),
                    status_cell(Status.COMPLETE if by(row["completed_on"], day) else Status.IN_PROGRESS),
                    texts.cell(_known(row, "findings", day), f"reflections, {row['reflection']}: findings"),
                    texts.cell(_known(row, "actions", day), f"reflections, {row['reflection']}: actions"),
                )
                for row in rows
            ]
        },
        note="Recommendation: one that the inspectorate made at the last inspection.",
    )


def improvement_plan(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show the improvement plan: for each area how success will be known, and the figure that speaks of it today.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no improvement plan, or it names a metric that there is not.
    """
    register = register_of(registers, "improvement_plan")
    day = measurements.reporting.snapshot.day
    texts = Texts(measurements)
    rows = [row for row in rows_of(register) if row["started_on"] <= day and not by(row["closed_on"], day)]
    evidence = [texts.evidence(row["evidence_metric"]) for row in rows]
    measured = sum(map(bool, evidence))
    told = f"{measured} {'has' if measured == 1 else 'have'} a figure today"
    return table_of(
        texts,
        title=f"A plan for {len(rows)} areas of practice; {told}",
        subtitle="National improvement plan",
        source="National improvement plan",
        columns=(
            TableColumn(label="Area of practice", row_header=True, weight=2.0),
            TableColumn(label="How we will know, and what a figure says today", weight=3.4),
        ),
        sections={
            "": [
                (
                    Cell(text=f"{row['number']}. {row['area_of_practice']}"),
                    Cell(text=" ".join(filter(None, (str(row["success_measure"]), found)))),
                )
                for row, found in zip(rows, evidence, strict=True)
            ]
        },
    )


def milestones(measurements: Measurements, registers: Registers, year: str) -> Exhibit:
    """Show the milestones of a year of the strategy by pillar: when each is due, and whether it is reached.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no strategy, or none for the year.
    """
    register = register_of(registers, "strategy")
    day = measurements.reporting.snapshot.day
    rows = [row for row in rows_of(register) if row["strategy_year"] == str(year) and row["set_on"] <= day]
    if not rows:
        raise CatalogueError(
            f"The strategy has no milestones of year {year}.",
            valid=f"Years: {', '.join(sorted(set(register['strategy_year']))) or 'none'}.",
        )
    by_pillar: dict[str, list[tuple[Cell, ...]]] = {}
    for row in sorted(rows, key=lambda row: row["due_on"]):
        status = (
            Status.COMPLETE if by(row["reached_on"], day) else Status.LATE if row["due_on"] < day else Status.NOT_DUE
        )
        cells = (Cell(text=str(row["milestone"])), Cell(text=f"{row['due_on']:%B %Y}"), status_cell(status))
        by_pillar.setdefault(str(row["pillar"]), []).append(cells)
    pillars = list(dict.fromkeys(str(row["pillar"]) for row in rows))
    reached = sum(by(row["reached_on"], day) for row in rows)
    late = sum(not by(row["reached_on"], day) and row["due_on"] < day for row in rows)
    behind = f", {late} late" if late else ", none late" if reached < len(rows) else ""
    return table_of(
        Texts(measurements),
        title=f"Year {year}: {reached} of {len(rows)} milestones reached{behind}",
        subtitle=f"Milestones of year {year} of the strategy, by pillar",
        source="Register of the strategy",
        columns=(
            TableColumn(label="Milestone", row_header=True, weight=3.6),
            TableColumn(label="Due", weight=1.2),
            TableColumn(label="Status", weight=1.1),
        ),
        sections={pillar: by_pillar[pillar] for pillar in pillars},
    )


class Texts:
    """The texts of a register's cells, and the figures that they name."""

    def __init__(self, measurements: Measurements) -> None:
        self.measurements = measurements
        self.used: dict[str, Measurement] = {}

    def cell(self, text: str | None, where: str) -> Cell:
        """A cell with its figures filled in."""
        if not text:
            return Cell(text=_NONE)
        filled = fill(self.measurements, text, self.measurements.areas.nation, f"{where}, line")
        self.used |= {found.id: found for found in filled.used}
        return Cell(text=filled.markdown)

    def evidence(self, metric: str | None) -> str:
        """A metric's figure with what it counts; nothing where there is none."""
        found = self.measurements.one(metric, self.measurements.areas.nation) if metric else None
        if found is None or (found.value is None and not found.suppressed):
            return ""
        self.used[found.id] = found
        return f"Today: {found.shown} {found.metric.phrase} ({found.when.label})."


def register_of(registers: Registers, name: str) -> pd.DataFrame:
    """Return a register; where the extracts hold none, say which they hold."""
    if name not in registers:
        raise CatalogueError(
            f"The pack's extracts hold no {name}.",
            valid=f"Registers: {', '.join(registers) or 'none'}.",
            next_step=f"Add the extract {name}, or leave the exhibit out.",
        )
    return registers[name]


def rows_of(register: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a register by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in register.to_dict("records")]


def _known(row: Mapping[str, Any], column: str, day: date) -> str | None:
    """What a review says, once it has begun: before, nobody knew it."""
    return row[column] if row["reviewed_from"] is None or by(row["reviewed_from"], day) else None


def by(finished: date | None, day: date) -> bool:
    """Whether something was finished by a day."""
    return finished is not None and finished <= day


def status_cell(status: Status) -> Cell:
    """Return a cell that says how far something is."""
    return Cell(text=status.value, status=status, tone=status.tone)


def table_of(
    texts: Texts,
    *,
    title: str,
    subtitle: str,
    source: str,
    columns: tuple[TableColumn, ...],
    sections: Mapping[str, Iterable[tuple[Cell, ...]]],
    note: str = "",
) -> Exhibit:
    """Return rows of a register as a table of the nation, as at the snapshot."""
    measurements = texts.measurements
    label = measurements.reporting.snapshot.label
    held = tuple(TableSection(title=heading, rows=tuple(rows)) for heading, rows in sections.items())
    said = " ".join("; ".join(spoken(cell) for cell in row) + "." for section in held for row in section.rows)
    payload = TablePayload(
        title=title,
        subtitle=f"{subtitle}, {measurements.areas.nation.name}, {label}",
        alt=f"{title}. {said}".replace(SUPPRESSED, "suppressed"),
        source=f"{source}, as at {label}"
        + (f". {NOTE}" if any(found.suppressed for found in texts.used.values()) else ""),
        measurements=tuple(provenance(measurements, found) for found in texts.used.values()),
        columns=columns,
        sections=held,
        note=note,
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))
