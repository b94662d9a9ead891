"""Tables, and figures set large."""

from __future__ import annotations

from typing import Literal

from cafcass_reports.exhibits.payload.marks import Signal, Status, Tone
from cafcass_reports.exhibits.payload.shown import Payload, Shown


class Cell(Payload):
    """A table cell: its text as shown; for a change its direction and meaning, for a status which one it is.

    A figure of a process bears its ``signal``.

    ``text`` of a status is its word, to which formats add the shape. ``measurement`` is the id of the figure it shows.
    """

    text: str
    value: float | None = None
    tone: Tone | None = None
    arrow: Literal["up", "down", "level"] | None = None
    status: Status | None = None
    measurement: str = ""
    signal: Signal | None = None


class TableColumn(Payload):
    """A column: its label, how it aligns, whether its cells are row headers, the weight of its width."""

    label: str
    align: Literal["left", "right"] = "left"
    row_header: bool = False
    weight: float = 1.0


class TableSection(Payload):
    """Rows under a heading of their own; ``title`` is empty where the table has no sections."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


class TablePayload(Shown):
    """A table in sections. ``note`` explains marks (snapshot asterisk, [c]).

    ``whole_first`` says that the first row is the whole of the others: it is repeated where they go on elsewhere.
    """

    columns: tuple[TableColumn, ...]
    sections: tuple[TableSection, ...]
    note: str = ""
    whole_first: bool = False


class BigNumber(Payload):
    """A figure set large: its value as shown, what it counts, its basis ("1 December 2020"), how it moved, its id."""

    value: str
    label: str
    basis: str
    change: Cell | None = None
    measurement: str = ""


class NumbersPayload(Shown):
    """A few figures set large, side by side, the most important first."""

    numbers: tuple[BigNumber, ...]
