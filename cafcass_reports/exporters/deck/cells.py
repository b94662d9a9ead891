"""What a table's cell or a tile says of a change or a status: in words, by its shape and in its colour."""

from __future__ import annotations

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Cell, Tone

_ARROWS = {"up": "▲", "down": "▼", "level": "►"}


def cell_text(cell: Cell) -> str:
    """Return a cell's text as shown: a change has its meaning in a word, not by colour alone, then arrow and number.

    Numbers come last so that they stand under each other.

    Examples
    --------
    >>> cell_text(Cell(text="1.2 points", tone=Tone.CONCERN, arrow="down"))
    'concern ▼ 1.2 points'
    >>> from cafcass_reports.exhibits.payload import Status
    >>> cell_text(Cell(text="Late", status=Status.LATE))
    '■ Late'
    """
    word, number = word_and_number(cell)
    return f"{word} {number}".strip()


def tone_colour(cell: Cell) -> str:
    """Return the colour of a cell's text: that of what its change, its status or its process means."""
    look = theme.load().colour
    tone = cell.status.tone if cell.status else cell.tone or Tone.NEUTRAL
    tone = cell.signal.tone if cell.signal else tone
    return {Tone.IMPROVEMENT: look.improvement, Tone.CONCERN: look.concern}.get(tone, look.text)


def word_and_number(cell: Cell) -> tuple[str, str]:
    """Return the word that says what a change means, and the rest: arrow and number, or a status' shape and word.

    Before a figure of a process stand its icons.
    """
    if cell.signal:
        return cell.signal.short, cell.text
    if cell.status:
        return "", f"{cell.status.shape} {cell.text or cell.status}"
    word = str(cell.tone) if cell.tone and cell.tone is not Tone.NEUTRAL else ""
    if word in cell.text.lower():
        word = ""
    arrow = _ARROWS[cell.arrow] if cell.arrow and not cell.text.startswith(tuple(_ARROWS.values())) else ""
    return word, f"{arrow} {cell.text}".strip()
