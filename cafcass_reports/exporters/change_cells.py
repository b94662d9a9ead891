"""Cells that show a change: the word for what it means, the arrow, the number; the same in page and summary."""

from __future__ import annotations

from typing import NamedTuple

from cafcass_reports.exhibits.payload import Cell, TablePayload, Tone

_ARROWS = {"up": "▲", "down": "▼", "level": "■"}
_NONE_SHOWN = "–"


class Change(NamedTuple):
    """The parts of a change in the order in which they are read; ``word`` and ``arrow`` may be empty."""

    word: str
    arrow: str
    amount: str


def change(cell: Cell) -> Change | None:
    """Return the parts of a cell that shows a change, ``None`` for any other cell.

    A word or an arrow that the cell's text says already is not said twice.
    """
    if not cell.text or (cell.tone is None and cell.arrow is None):
        return None
    means = cell.tone.value if cell.tone in (Tone.IMPROVEMENT, Tone.CONCERN) else ""
    pointed = cell.text.startswith(tuple(_ARROWS.values()))
    return Change(
        word="" if means in cell.text.lower() else means,
        arrow=_ARROWS[cell.arrow] if cell.arrow and not pointed else "",
        amount=cell.text,
    )


def with_dashes(table: TablePayload) -> TablePayload:
    """Return a table whose columns of changes have no empty cells: a dash says that no change is shown."""
    rows = [row for section in table.sections for row in section.rows]
    changing = {place for row in rows for place, cell in enumerate(row) if cell.arrow}

    def filled(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(
            cell.model_copy(update={"text": _NONE_SHOWN}) if place in changing and not cell.text.strip() else cell
            for place, cell in enumerate(row)
        )

    sections = tuple(
        section.model_copy(update={"rows": tuple(filled(row) for row in section.rows)}) for section in table.sections
    )
    return table.model_copy(update={"sections": sections})
