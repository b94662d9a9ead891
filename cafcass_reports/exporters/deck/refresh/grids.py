"""Tables: cells are found by their row and column, however these were moved."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.refresh import words
from cafcass_reports.exporters.deck.refresh.alignment import align
from cafcass_reports.exporters.deck.refresh.findings import Told
from cafcass_reports.exporters.deck.state import Words, digest
from cafcass_reports.exporters.deck.tables import grounds

_LINES = frozenset(qn(f"a:{name}") for name in ("lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "cell3D"))


def merge(frame: Any, base: Sequence[Words], fresh: Any, told: Told) -> None:
    """Bring the cells of a table up to date.

    Parameters
    ----------
    frame
        The table's graphic frame in the edited deck; it is changed.
    base
        The rows that the pack wrote then, their header first.
    fresh
        The frame as the pack draws it now.
    told
        Where findings go.
    """
    mine, new = state.rows(frame), state.rows(fresh)
    if not (mine and new and base):
        return
    named = [row.said[0] for row in base]
    here, there = align(named, _named(mine)), align(named, _named(new))
    columns = align(base[0].said, _said(mine[0])), align(base[0].said, _said(new[0]))
    standing: dict[int, Any] = {}
    for at, row in enumerate(base):
        old = None if (place := here[at]) is None else mine[place]
        now = None if (place := there[at]) is None else new[place]
        if old is not None and now is not None:
            standing[there[at] or 0] = old[0].getparent()
            _merge_row(old, row, now, columns, told)
        elif old is None and now is not None:
            if state.row_state(now).said != row.said:
                told.note("A row taken out by hand; its figures have moved.", now=_line(now))
        elif old is not None:
            _drop(old, row, told)
    for at, now in enumerate(new):
        if at not in there:
            _add(at, now, len(mine[0]) == len(new[0]), standing, told)
    for at, own in enumerate(mine):
        if at not in here:
            told.written(_line(own))


def _merge_row(old: Any, base: Words, now: Any, columns: tuple[list[int | None], list[int | None]], told: Told) -> None:
    for at, (mine, new) in enumerate(zip(*columns, strict=True)):
        if mine is not None and new is not None and mine < len(old) and new < len(now):
            bodies = old[mine].find(qn("a:txBody")), now[new].find(qn("a:txBody"))
            words.settle(bodies[0], (base.said[at], base.look[at], base.tint[at]), bodies[1], told)
            if state.tint(state.paragraphs(bodies[1])) != base.tint[at]:
                _shade(old[mine], now[new])


def _shade(old: Any, now: Any) -> None:
    """Give a cell the ground of what its figure now means, unless a hand has laid one of its own."""
    mine, new = (cell.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}") for cell in (old, now))
    if mine is not None and mine.find(qn("a:srgbClr")) is None:
        return
    if mine is not None and mine[0].get("val") not in grounds():
        return
    if mine is not None:
        mine.getparent().remove(mine)
    if new is not None:
        properties = old.find(qn("a:tcPr"))
        lines = [one for one in properties if one.tag in _LINES]
        properties.insert(len(lines), copy.deepcopy(new))


def _drop(old: Any, base: Words, told: Told) -> None:
    """Take out a row that the pack no longer has, unless a hand has edited it."""
    if state.row_state(old).said == base.said:
        row = old[0].getparent()
        row.getparent().remove(row)
        told.updated += 1
    else:
        told.conflict("A row edited by hand, which the pack no longer has.", _line(old))


def _add(at: int, now: Any, alike: bool, standing: dict[int, Any], told: Told) -> None:
    """Put a row that the pack has anew behind the one that it follows there."""
    before = max((place for place in standing if place < at), default=None)
    if before is None or not alike:
        told.conflict("The pack has a row more, which finds no place in this table.", now=_line(now))
        return
    standing[before].addnext(row := copy.deepcopy(now[0].getparent()))
    standing[at] = row
    told.updated += 1


def _said(cells: Sequence[Any]) -> list[str]:
    return [digest(_text(cell)) for cell in cells]


def _named(rows: Sequence[Sequence[Any]]) -> list[str]:
    return [digest(_text(cells[0])) for cells in rows]


def _text(cell: Any) -> str:
    return state.cell_text(state.paragraphs(cell.find(qn("a:txBody"))))


def _line(cells: Sequence[Any]) -> str:
    return " | ".join(filter(None, map(_text, cells)))
