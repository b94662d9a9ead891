"""The strategic risks: how likely and how grave, what moved, and what is done."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from cafcass_reports.errors import CatalogueError, nearest
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Status, TableColumn
from cafcass_reports.exhibits.registers.rows import Registers, Texts, by, register_of, rows_of, status_cell, table
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Snapshot

_HIGH, _MEDIUM = 15, 8
"""From which score a risk is high, and from which it is medium: a rule of the house, for a score of 1 to 25."""

_MOST = 25
_RULE = f"Likelihood times impact, each from 1 to 5. High: {_HIGH} or more. Medium: {_MEDIUM} or more."


def risks(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show each open strategic risk as last assessed up to the paper's own date, the gravest first.

    A score is likelihood times impact, each from 1 to 5.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no register of risks.
    """
    day = measurements.reporting.returned_up_to
    assessed = _assessed(registers, day)
    open_ones = [rows for rows in assessed.values() if not by(rows[-1]["closed_on"], day)]
    open_ones.sort(key=lambda rows: -_score(rows[-1]))
    high = sum(_grade(_score(rows[-1])) is Status.HIGH for rows in open_ones)
    return table(
        Texts(measurements),
        title=f"{high} of {len(open_ones)} strategic risks {'is' if high == 1 else 'are'} high",
        subtitle="Open strategic risks",
        source="Register of strategic risks",
        columns=(
            TableColumn(label="Risk", row_header=True, weight=2.4),
            TableColumn(label="Rating", weight=1.0),
            TableColumn(label="Before", weight=1.2),
            TableColumn(label="What is done", weight=2.4),
            TableColumn(label="Owner", weight=1.2),
        ),
        sections={
            "": [
                (
                    Cell(text=str(rows[-1]["risk"])),
                    _rating(rows[-1]),
                    Cell(text=_before(rows)),
                    Cell(text=str(rows[-1]["response"])),
                    Cell(text=str(rows[-1]["owner"])),
                )
                for rows in open_ones
            ]
        },
        note=_RULE,
        when=Snapshot(day),
    )


def risk(measurements: Measurements, registers: Registers, risk_id: str) -> Exhibit:
    """Show how one strategic risk was assessed over time, up to the paper's own date, the latest first.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no register of risks, or it holds none of that id.
    """
    day = measurements.reporting.returned_up_to
    assessed = _assessed(registers, day)
    if risk_id not in assessed:
        raise CatalogueError(f"There is no risk {risk_id!r}.", valid=nearest(risk_id, assessed))
    rows = assessed[risk_id]
    latest = rows[-1]
    before = _before(rows)
    grade = _grade(_score(latest))
    return table(
        Texts(measurements),
        title=f"The risk is {grade.lower()}, at {_score(latest)} of {_MOST}" + (f", {before}" if rows[:-1] else ""),
        subtitle=str(latest["risk"]),
        source="Register of strategic risks",
        columns=(
            TableColumn(label="Assessed on", row_header=True, weight=1.4),
            TableColumn(label="Rating", weight=1.2),
            TableColumn(label="Likelihood", align="right"),
            TableColumn(label="Impact", align="right"),
        ),
        sections={
            "": [
                (
                    Cell(text=Snapshot(row["assessed_on"]).label),
                    _rating(row),
                    Cell(text=str(row["likelihood"]), value=float(row["likelihood"])),
                    Cell(text=str(row["impact"]), value=float(row["impact"])),
                )
                for row in reversed(rows)
            ]
        },
        note=f"{_RULE} What is done: {latest['response']}",
        when=Snapshot(latest["assessed_on"]),
    )


def _assessed(registers: Registers, day: date) -> dict[str, list[dict[str, Any]]]:
    """The assessments of each risk up to a day, in their order."""
    assessed: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows_of(register_of(registers, "risks")), key=lambda row: row["assessed_on"]):
        if row["assessed_on"] <= day:
            assessed.setdefault(str(row["risk_id"]), []).append(row)
    return assessed


def _rating(row: dict[str, Any]) -> Cell:
    grade = _grade(_score(row))
    return status_cell(grade, f"{grade}: {_score(row)}")


def _score(row: dict[str, Any]) -> int:
    return int(row["likelihood"]) * int(row["impact"])


def _grade(score: int) -> Status:
    return Status.HIGH if score >= _HIGH else Status.MEDIUM if score >= _MEDIUM else Status.LOW


def _before(rows: list[dict[str, Any]]) -> str:
    """The assessment before the last, and which way it went."""
    *_, (last, now) = [(None, rows[0]), *pairwise(rows)]
    if last is None:
        return "first assessed"
    moved = _score(now) - _score(last)
    way = "up from" if moved > 0 else "down from" if moved < 0 else "unchanged at"
    return f"{way} {_score(last)} ({last['assessed_on']:%B %Y})"
