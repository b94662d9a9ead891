"""How far dated steps are: those of a commitment, a suggestion or a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from cafcass_reports.exhibits.payload import Cell, Status
from cafcass_reports.exhibits.registers.rows import by, status_cell

Row: TypeAlias = dict[str, Any]


def done(rows: Iterable[Row], column: str, words: str, day: date) -> str:
    """How many of the rows are done, and how many are late; ``column`` is the day on which one was done."""
    every = list(rows)
    late = sum(_status(row, column, day) is Status.LATE for row in every)
    count = sum(by(row[column], day) for row in every)
    return f"{count} of {len(every)} {words}" + (
        f", {late} late" if late else ", none late" if count < len(every) else ""
    )


def state(row: Row, column: str, day: date) -> Cell:
    """How far a row is, as a cell."""
    return status_cell(_status(row, column, day))


def when(row: Row) -> Cell:
    """The month by which a row is to be done, as a cell."""
    return Cell(text=f"{row['due_on']:%B %Y}")


def grouped(
    rows: Iterable[Row], column: str, cells: Callable[[Row], tuple[Cell, ...]]
) -> Mapping[str, list[tuple[Cell, ...]]]:
    """Rows in sections, in the order in which these first stand in the register."""
    sections: dict[str, list[tuple[Cell, ...]]] = {}
    for row in rows:
        sections.setdefault(str(row[column]), []).append(cells(row))
    return sections


def _status(row: Row, column: str, day: date) -> Status:
    if by(row[column], day):
        return Status.COMPLETE
    return Status.LATE if row["due_on"] < day else Status.NOT_DUE
