"""What the tables of registers share: their rows as on the snapshot, texts with figures, and how a table is made."""

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
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import NOTE, SUPPRESSED, Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Snapshot

Registers: TypeAlias = Mapping[str, pd.DataFrame]
"""The rows of each register that the pack's extracts hold, by the name of its table."""

NONE = "–"


class Texts:
    """The texts of a register's cells, and the figures that they name."""

    def __init__(self, measurements: Measurements) -> None:
        self.measurements = measurements
        self.used: dict[str, Measurement] = {}

    def cell(self, text: str | None, where: str) -> Cell:
        """A cell with its figures filled in."""
        if not text:
            return Cell(text=NONE)
        filled = fill(self.measurements, text, self.measurements.areas.nation, f"{where}, line")
        self.used |= {found.id: found for found in filled.used}
        return Cell(text=filled.markdown)

    def filled(self, cell: Cell, where: str) -> Cell:
        """A cell with the figures that a person named in it."""
        return cell.model_copy(update={"text": self.cell(cell.text, where).text}) if "{{" in cell.text else cell

    def figure(self, metric: str | None, area: Area) -> Measurement | None:
        """A metric's figure; nothing where there is none."""
        found = self.measurements.one(metric, area) if metric else None
        if found is None or (found.value is None and not found.suppressed):
            return None
        self.used[found.id] = found
        return found


def counted(found: Measurement) -> str:
    """A figure before what it counts, its unit said once: ``40 weeks to close care applications``.

    A share stands after what it is of: ``good or better at 63.0%``.
    """
    unit, phrase = found.metric.unit, found.metric.phrase
    if unit == "percent":
        return f"{phrase} {found.shown}" if found.suppressed else f"{phrase} at {found.shown}"
    shown = found.shown.removesuffix(f" {unit}") if phrase.startswith(f"{unit} ") else found.shown
    return f"{shown} {phrase}"


def register_of(registers: Registers, name: str) -> pd.DataFrame:
    """A register, or an error that says which there are."""
    if name not in registers:
        raise CatalogueError(
            f"The pack's extracts hold no {name}.",
            valid=f"Registers: {', '.join(registers) or 'none'}.",
            next_step=f"Add the extract {name}, or leave the exhibit out.",
        )
    return registers[name]


def rows_of(register: pd.DataFrame) -> list[dict[str, Any]]:
    """Its rows in the file's order."""
    return [{str(name): value for name, value in row.items()} for row in register.to_dict("records")]


def so_far(measurements: Measurements, registers: Registers, name: str, column: str) -> list[dict[str, Any]]:
    """The rows of a register whose day in a column has come by the snapshot."""
    day = measurements.reporting.snapshot.day
    return [row for row in rows_of(register_of(registers, name)) if by(row[column], day)]


def by(finished: date | None, day: date) -> bool:
    """Whether something was finished by a day."""
    return finished is not None and finished <= day


def status_cell(status: Status, text: str = "") -> Cell:
    """A status as a cell, with its word or a longer text."""
    return Cell(text=text or status.value, status=status, tone=status.tone)


def table(
    texts: Texts,
    *,
    title: str,
    subtitle: str,
    source: str,
    columns: tuple[TableColumn, ...],
    sections: Mapping[str, Iterable[tuple[Cell, ...]]],
    note: str = "",
    area: Area | None = None,
    when: Snapshot | None = None,
) -> Exhibit:
    """The table of a register: of the nation and on the pack's snapshot, where no other area and day are given."""
    measurements = texts.measurements
    label = (when or measurements.reporting.snapshot).label
    held = tuple(
        TableSection(title=heading, rows=tuple(tuple(texts.filled(cell, title) for cell in row) for row in rows))
        for heading, rows in sections.items()
    )
    said = " ".join("; ".join(spoken(cell) for cell in row) + "." for section in held for row in section.rows)
    payload = TablePayload(
        title=title,
        subtitle=f"{subtitle}, {(area or measurements.areas.nation).name}, {label}",
        alt=f"{title}. {said}".replace(SUPPRESSED, "suppressed"),
        source=f"{source}, as at {label}"
        + (f". {NOTE}" if any(found.suppressed for found in texts.used.values()) else ""),
        measurements=tuple(provenance(measurements, found) for found in texts.used.values()),
        columns=columns,
        sections=held,
        note=note,
    )
    return Exhibit("table", payload, as_html(payload), as_text(payload))
