"""Registers of a letter: what inspectors judged, what was promised, and the next steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn
from cafcass_reports.exhibits.registers.progress import Row, done, grouped, state, when
from cafcass_reports.exhibits.registers.rows import NONE, Registers, Texts, by, so_far, table
from cafcass_reports.metrics.measurements import Measurements


def inspections(measurements: Measurements, registers: Registers) -> Exhibit:
    """What inspectors judged, one row a judgement and one column a year; the first row is the overall one."""
    rows = so_far(measurements, registers, "inspections", "inspected_on")
    years = sorted({row["inspected_on"].year for row in rows})
    judged = {(row["judgement"], row["inspected_on"].year): row["rating"] for row in rows}
    names = list(dict.fromkeys(row["judgement"] for row in rows))
    overall = [f"{judged[names[0], year]} in {year}" for year in years if (names[0], year) in judged]
    return table(
        Texts(measurements),
        title=f"{names[0]}: {', then '.join(overall)}" if names else "No inspection is on record",
        subtitle="Ratings by the inspectorate",
        source="Register of inspections",
        columns=(
            TableColumn(label="What was judged", row_header=True, weight=2.2),
            *(TableColumn(label=str(year)) for year in years),
        ),
        sections={"": [(Cell(text=n), *(Cell(text=judged.get((n, year), NONE)) for year in years)) for n in names]},
    )


def commitments(measurements: Measurements, registers: Registers) -> Exhibit:
    """One row a commitment: how many of its steps are done, and the next of them."""
    rows, day = so_far(measurements, registers, "commitments", "set_on"), measurements.reporting.snapshot.day
    promised: dict[str, list[Row]] = {}
    for row in rows:
        promised.setdefault(row["commitment"], []).append(row)
    return table(
        Texts(measurements),
        title=done(rows, "done_on", "steps are done", day),
        subtitle="Commitments, how many of their steps are done, and the next one",
        source="Register of commitments",
        columns=(
            TableColumn(label="We promise", row_header=True, weight=2.1),
            TableColumn(label="Done", weight=0.8),
            TableColumn(label="Next, and when", weight=2.4),
        ),
        sections={
            "": [
                (
                    Cell(text=name),
                    Cell(text=f"{sum(by(step['done_on'], day) for step in steps)} of {len(steps)}"),
                    Cell(text=_next(steps, day)),
                )
                for name, steps in promised.items()
            ]
        },
    )


def next_steps(measurements: Measurements, registers: Registers) -> Exhibit:
    """The steps of all commitments by who answers for them."""
    rows, day = so_far(measurements, registers, "commitments", "set_on"), measurements.reporting.snapshot.day
    return table(
        Texts(measurements),
        title=done(rows, "done_on", "next steps are done", day),
        subtitle="Next steps, by who answers for them",
        source="Register of commitments",
        columns=(
            TableColumn(label="Step", row_header=True, weight=3.2),
            TableColumn(label="By", weight=1.3),
            TableColumn(label="Status", weight=1.2),
        ),
        sections=grouped(rows, "owner", lambda row: (Cell(text=row["step"]), when(row), state(row, "done_on", day))),
    )


def _next(steps: Iterable[Row], day: date) -> str:
    waiting = sorted((row for row in steps if not by(row["done_on"], day)), key=lambda row: row["due_on"])
    return f"{waiting[0]['step']}, {waiting[0]['due_on']:%B %Y}" if waiting else "All is done"
