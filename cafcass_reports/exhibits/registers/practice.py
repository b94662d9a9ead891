"""What was learned of practice and what follows: reflections since the last inspection, the improvement plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Status, TableColumn, Tone
from cafcass_reports.exhibits.registers.rows import (
    NONE,
    Registers,
    Texts,
    by,
    counted,
    register_of,
    rows_of,
    status_cell,
    table,
)
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.intervals import wilson

_FEW = 100
"""Below so many records a share says how many they are."""


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
    return table(
        texts,
        title=f"{complete} of {len(rows)} areas of practice reflection are complete",
        subtitle="Areas of practice reflection since the last inspection",
        source="Register of practice reflections",
        columns=(
            TableColumn(label="Area of practice", row_header=True, weight=1.3),
            TableColumn(label="Review", weight=1.1),
            TableColumn(label="What we found", weight=2.4),
            TableColumn(label="What we are doing", weight=2.4),
        ),
        sections={
            "": [
                (
                    Cell(text=str(row["reflection"]) + (" (recommendation)" if row["recommended"] else "")),
                    _review(row, day),
                    texts.cell(_known(row, "findings", day), f"reflections, {row['reflection']}: findings"),
                    texts.cell(_known(row, "actions", day), f"reflections, {row['reflection']}: actions"),
                )
                for row in rows
            ]
        },
        note="Recommendation: one that the inspectorate made at the last inspection.",
    )


def improvement_plan(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show the improvement plan: for each area how success will be known, how far a figure says it is, who answers.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no improvement plan, or it names a metric that there is not.
    """
    register = register_of(registers, "improvement_plan")
    day = measurements.reporting.snapshot.day
    texts = Texts(measurements)
    rows = [row for row in rows_of(register) if row["started_on"] <= day and not by(row["closed_on"], day)]
    evidence = [texts.figure(row["evidence_metric"], measurements.areas.nation) for row in rows]
    measured = sum(found is not None for found in evidence)
    told = f"{measured} {'has' if measured == 1 else 'have'} a figure today"
    return table(
        texts,
        title=f"A plan for {len(rows)} areas of practice; {told}",
        subtitle="National improvement plan",
        source="National improvement plan",
        columns=(
            TableColumn(label="Area of practice", row_header=True, weight=1.9),
            TableColumn(label="How we will know", weight=2.4),
            TableColumn(label="Progress", weight=1.6),
            TableColumn(label="Owner", weight=1.0),
        ),
        sections={
            "": [
                (
                    Cell(text=f"{row['number']}. {row['area_of_practice']}"),
                    Cell(text=str(row["success_measure"])),
                    _progress(found),
                    Cell(text=str(row["owner"])),
                )
                for row, found in zip(rows, evidence, strict=True)
            ]
        },
    )


def _review(row: Mapping[str, Any], day: date) -> Cell:
    """How far a review is, and of when it is, once it has begun."""
    status = Status.COMPLETE if by(row["completed_on"], day) else Status.IN_PROGRESS
    if row["reviewed_from"] is None or row["reviewed_from"] > day:
        return status_cell(status)
    months = list(dict.fromkeys(f"{end:%B %Y}" for end in (row["reviewed_from"], row["reviewed_to"]) if end))
    return status_cell(status, f"{status}: {' to '.join(months)}")


def _progress(found: Measurement | None) -> Cell:
    """What the figure of an area of the plan says of it today."""
    if found is None:
        return Cell(text="No figure yet")
    moved = f", {headlines.movement(found)} in a year" if found.change_shown else ""
    return Cell(text=f"{headlines.sentence(counted(found))}{moved} ({found.when.label})", measurement=found.id)


def improvement_evidence(measurements: Measurements, registers: Registers, area: Area) -> Exhibit:
    """Show the areas of the improvement plan that have a figure: where it stands, where it stood, who answers for it.

    For an area of the nation its own figure stands beside the nation's, with what was counted where that is little.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no improvement plan, or it names a metric that there is not.
    """
    day, nation = measurements.reporting.snapshot.day, measurements.areas.nation
    texts = Texts(measurements)
    rows: list[tuple[Cell, ...]] = []
    better = 0
    for row in rows_of(register_of(registers, "improvement_plan")):
        found = texts.figure(row["evidence_metric"], area)
        if row["started_on"] > day or by(row["closed_on"], day) or found is None:
            continue
        whole = found if area == nation else texts.figure(row["evidence_metric"], nation)
        beside = _moved(found) if whole is found else Cell(text=whole.shown if whole else NONE)
        better += found.improved is True
        rows.append(
            (
                Cell(text=f"{row['number']}. {row['area_of_practice']}"),
                Cell(text=f"{found.metric.phrase[0].upper()}{found.metric.phrase[1:]} ({found.when.label})"),
                Cell(text=_of_few(found), measurement=found.id),
                beside,
                Cell(text=str(row["owner"])),
            )
        )
    national = area.level is Level.NATION
    return table(
        texts,
        title=f"{len(rows)} areas of the plan have a figure today"
        + (f"; {better} of them {'is' if better == 1 else 'are'} better than a year ago" if national else ""),
        subtitle="What is measured of the national improvement plan",
        source="National improvement plan",
        columns=(
            TableColumn(label="Area of practice", row_header=True, weight=2.2),
            TableColumn(label="What is measured", weight=1.8),
            TableColumn(label="Today" if national else area.name, align="right", weight=1.1),
            TableColumn(label="In a year" if national else nation.name, align="right", weight=0.9),
            TableColumn(label="Owner", weight=1.2),
        ),
        sections={"": rows},
        note=f"Below {_FEW} files: how many, and the 95% interval within which chance alone keeps the share.",
        area=area,
    )


def _of_few(found: Measurement) -> str:
    """A figure, with what was counted and how far chance could move it where that is little."""
    few = found.numerator is not None and found.denominator is not None and 0 < found.denominator < _FEW
    if not few or found.numerator is None or found.denominator is None or found.metric.unit != "percent":
        return found.shown
    low, high = wilson(found.numerator, found.denominator)
    return f"{found.shown} ({found.numerator} of {found.denominator}: {100 * low:.0f}% to {100 * high:.0f}%)"


def _moved(found: Measurement) -> Cell:
    tone = {True: Tone.IMPROVEMENT, False: Tone.CONCERN, None: Tone.NEUTRAL}[found.improved]
    if not found.change_shown:
        return Cell(text="not compared")
    return Cell(text=found.change_shown, tone=tone, arrow=found.direction)


def _known(row: Mapping[str, Any], column: str, day: date) -> str | None:
    """What a review says, once it has begun: before, nobody knew it."""
    return row[column] if row["reviewed_from"] is None or by(row["reviewed_from"], day) else None
