"""Controlled rounding: every count rounded to a base, so that the rounded counts still add up to the rounded totals.

A reader of such a table knows of each count only that it lies less than the base away from the figure shown. How the
table adds up tells no more: the figures shown are themselves a possible truth, and from there any innermost count can
be changed, with its totals, as far as the base allows. So nothing is found by subtraction (Cox and Ernst, *Controlled
rounding*, INFOR 20, 1982; Hundepool and others, *Statistical Disclosure Control*, 2012, section 4.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from scipy.sparse import hstack

from cafcass_reports.statistics.disclosure.audit import Attacker
from cafcass_reports.statistics.disclosure.tables import Cell, Relation, Table, equations

_BRANCHES = 2_000  # counts work, not seconds, so that equal tables are rounded alike on every machine
# What it costs, in bases: a total that goes a base further; a figure that moves while its count does not, of a count
# that would be known to be small then, and of another.
_FURTHER, _GIVEN_AWAY, _MOVED = 300.0, 1_000.0, 10.0


def controlled(table: Table, base: int = 5, *, keep: Mapping[Cell, int] = MappingProxyType({})) -> dict[Cell, int]:
    """Round the counts of a table, totals among them, to multiples of a base that add up.

    A count that is a multiple already stays, so that nobody is made out of nothing; each other becomes the one below
    or above, as near as adding up allows. Only where no such table exists do totals, never parts, go further.

    Parameters
    ----------
    table
        The counts, and how they add up.
    base
        What to round to, 2 or more.
    keep
        Figures that readers have seen already of parts that did not change, or were published: they stay wherever that
        can be, and of small parts first. Somebody who knows that nobody came or went would otherwise know from none
        and then five that it is one to four.

    Raises
    ------
    ValueError
        If the base is below 2, or no rounded figures add up as the counts do.

    Examples
    --------
    >>> from cafcass_reports.statistics.disclosure import crossed
    >>> teams = crossed({("T1",): 3, ("T2",): 8, ("T3",): 21}, [{"A1": ["T1", "T2", "T3"]}])
    >>> controlled(teams)
    {('A1',): 30, ('T3',): 20, ('T2',): 10, ('T1',): 0}
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    if base < 2:
        raise ValueError(f"base is {base}; it is 2 or more.")
    cells = list(table.counts)
    counts = np.array(list(table.counts.values()), dtype=float) / base
    low, high = np.floor(counts), np.ceil(counts)
    totals = {relation.total for relation in table.relations}
    parts = np.array([cell not in totals for cell in cells], dtype=bool)
    stays = np.array([keep.get(cell, np.nan) for cell in cells]) / base
    moves = np.where(stays == low, 1, np.where(stays == high, -1, 0)) * parts * np.where(high > 1, _MOVED, _GIVEN_AWAY)
    # A figure is the one below or above; a total may lie some bases over or under that, at a price for each.
    count = len(cells)
    price = np.concatenate([np.where(high > low, 1 - 2 * (counts - low) + moves, 0), np.full(2 * count, _FURTHER)])
    most = np.where(parts, 0, np.inf)
    sums = equations(table.relations, cells)
    found = milp(
        price,
        constraints=LinearConstraint(hstack([sums, sums, -sums], format="csr"), 0, 0) if table.relations else None,
        integrality=np.ones(3 * count),
        bounds=Bounds(
            np.concatenate([low, np.zeros(2 * count)]),
            np.concatenate([high, most, most]),
        ),
        options={"mip_rel_gap": 0, "node_limit": _BRANCHES},
    )
    if found.x is None:
        raise ValueError(f"No rounded figures add up as the counts do: {found.message}")
    figure, over, under = np.round(found.x).reshape(3, count)
    return {cell: int(each) * base for cell, each in zip(cells, figure + over - under, strict=True)}


def bounds(
    shown: Mapping[Cell, int], relations: tuple[Relation, ...], base: int = 5
) -> dict[Cell, tuple[float, float]]:
    """Return the lowest and highest that each count behind rounded figures can be, by linear programme.

    Parameters
    ----------
    shown
        The rounded figures by cell, totals included.
    relations
        How the counts are known to add up.
    base
        What they were rounded to: each part lies less than this from its figure, and each total less than twice this,
        as far as a reader can be sure.

    Raises
    ------
    ValueError
        If no whole numbers agree with the figures.
    """
    figures = np.array(list(shown.values()), dtype=float)
    totals = {relation.total for relation in relations}
    off = np.array([(2 if cell in totals else 1) * base - 1 for cell in shown], dtype=float)
    attacker = Attacker(
        equations(relations, shown),
        figures,
        np.ones(len(figures), dtype=bool),
        np.maximum(figures - off, 0),
        figures + off,
    )
    return {cell: (attacker.lowest(at).value, attacker.highest(at).value) for at, cell in enumerate(shown)}
