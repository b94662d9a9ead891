"""Which counts to hide, so that nobody can work out a small one from what is left.

An integer programme hides as few cells as its cuts allow. An attacker then tries what is hidden, and each small
count found too closely gives a cut: a set of cells of which more must be hidden. Both take turns until nothing is
found (Fischetti and Salazar, *Solving the cell suppression problem on tabular data with linear constraints*, 2001).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack

from cafcass_reports.statistics.disclosure.audit import WHOLE, Attacker, Extreme, Mask, Vector
from cafcass_reports.statistics.disclosure.tables import Cell, Table, equations

# Enough for the plain tables of a board many times over. Both limits count work, not seconds, so that equal
# tables are hidden alike on every machine.
_ROUNDS = 20
_BRANCHES = 20
_NOTHING = 1e-3  # what it costs to hide a cell that no table shows


class _Cut(NamedTuple):
    weights: Vector
    least: float


def suppress(
    table: Table,
    threshold: int = 5,
    *,
    shown: Collection[Cell] = (),
    hidden: Collection[Cell] = (),
    unpublished: Collection[Cell] = (),
    zeros_shown: bool = True,
    fewest: bool = True,
) -> frozenset[Cell]:
    """Return the cells to hide.

    These are all counts of 1 to below the threshold, totals among them, and as few others as it takes that
    each of the small counts could as well be the threshold or more, for someone who knows how the table adds up,
    that hidden counts are whole and that zeros are shown. Of equally few, those that hide the smaller counts.
    No cell is hidden that could be worked out. There always is a way: with all counts but the zeros hidden,
    any multiple of the table would look the same.

    A plain table's answer is the best there is. Where that takes too long, as in some tables of three dimensions
    or more, it is a safe one of which no single cell can be shown again.

    Parameters
    ----------
    table
        The counts, and how they add up.
    threshold
        The lowest count above 0 that may be shown.
    shown
        Cells that stay shown, whatever their counts, as a nation's published figures do.
    hidden
        Cells that are hidden already.
    unpublished
        Cells that no table shows, but that a reader could work out from others: they cost nothing to hide.
    zeros_shown
        Whether readers know that no hidden count is 0. Otherwise zeros may be hidden too, so that large totals of
        few people can stay shown.
    fewest
        Whether the fewest cells are looked for. Otherwise what is hidden already is tried, and only where that gives
        a small count away are more hidden.

    Raises
    ------
    ValueError
        If the threshold is below 1, or the cells that stay shown give a small count away whatever else is hidden.

    Examples
    --------
    >>> from cafcass_reports.statistics.disclosure import crossed
    >>> teams = crossed({("T1",): 3, ("T2",): 8, ("T3",): 20}, [{"A1": ["T1", "T2", "T3"]}])
    >>> sorted(suppress(teams))
    [('T1',), ('T2',)]
    """
    if not isinstance(threshold, (int, np.integer)) or threshold < 1:
        raise ValueError(f"threshold is {threshold}; it is a whole number, 1 or more.")
    search = _Search(table, threshold, _Given(frozenset(shown), frozenset(hidden), frozenset(unpublished), zeros_shown))
    if not search.least.any():
        return frozenset()
    if not fewest:
        return search.cells_of(search.completed(search.least) if any(search.exposed(search.least)) else search.least)
    cuts = search.first_cuts()
    chosen = search.least
    for _ in range(_ROUNDS):
        best = search.fewest(cuts)
        if best is None:
            break
        chosen = best
        exposed = dict(search.exposed(chosen))
        if not exposed:
            return search.cells_of(chosen)
        cuts += [search.cut(cell, found, chosen) for cell, found in exposed.items()]
    return search.cells_of(search.thinned(search.completed(chosen)))


class _Given(NamedTuple):
    """What is settled before a search."""

    shown: frozenset[Cell]
    hidden: frozenset[Cell]
    unpublished: frozenset[Cell]
    zeros_shown: bool


class _Search:
    """One table's search for what to hide; cells are known by their place in the table."""

    def __init__(self, table: Table, threshold: int, given: _Given) -> None:
        self._cells = list(table.counts)
        self._counts = np.array(list(table.counts.values()), dtype=float)
        self._sums = equations(table.relations, self._cells)
        self._threshold = threshold
        self._floor = 1 if given.zeros_shown else 0  # what a hidden count is known to be at least
        stays = np.array([cell in given.shown for cell in self._cells], dtype=bool)
        self._may = (self._counts >= self._floor) & ~stays
        self.small = (self._counts > 0) & (self._counts < threshold) & ~stays
        self.least = self.small | (np.array([cell in given.hidden for cell in self._cells], dtype=bool) & self._may)
        # One cell more costs more than any difference between their counts.
        costs = 1 + self._counts / (1 + self._counts.sum())
        free = np.array([cell in given.unpublished for cell in self._cells], dtype=bool)
        self._costs = np.where(free, _NOTHING, costs)

    def cells_of(self, hidden: Mask) -> frozenset[Cell]:
        return frozenset(self._cells[place] for place in np.flatnonzero(hidden))

    def first_cuts(self) -> list[_Cut]:
        """Say that a cell hidden alone in a relation would be found by subtraction."""
        cuts = []
        for relation in self._sums.toarray():
            members = (relation != 0) & self._may
            for alone in np.flatnonzero(members):
                weights = members.astype(float)
                weights[alone] = -1
                cuts.append(_Cut(weights, 0))
        return cuts

    def fewest(self, cuts: list[_Cut]) -> Mask | None:
        """Return the fewest cells that fulfil the cuts, or None if that takes too long."""
        found = milp(
            self._costs,
            constraints=LinearConstraint(
                csr_array(np.array([cut.weights for cut in cuts])), [cut.least for cut in cuts]
            )
            if cuts
            else None,
            integrality=np.ones(len(self._cells)),
            bounds=Bounds(self.least.astype(float), self._may.astype(float)),
            options={"mip_rel_gap": 0, "node_limit": _BRANCHES},
        )
        return found.x > 0.5 if found.status == 0 else None

    def exposed(self, hidden: Mask) -> Iterator[tuple[int, Extreme]]:
        """Find the small counts that cannot be as high as the threshold, and how high they can be."""
        attacker = Attacker(self._sums, self._counts, hidden, self._floor)
        safe = self._safe_together(attacker)
        for cell in np.flatnonzero(self.small).tolist():
            if not safe[cell]:
                found = attacker.highest(cell, most=self._threshold)
                if found.value < self._threshold:
                    yield cell, found
                elif found.counts is not None:
                    safe |= found.counts >= self._threshold

    def _safe_together(self, attacker: Attacker) -> Mask:
        """Find most of the small counts that are safe by a few programmes for all of them, which saves one for each."""
        safe: Mask = np.zeros_like(self.small)
        while (self.small & ~safe).any():
            counts = attacker.together(self.small & ~safe, self._threshold)
            reached: Mask = safe if counts is None else safe | (self.small & (counts >= self._threshold))
            if reached.sum() == safe.sum():
                break
            safe = reached
        return safe

    def cut(self, cell: int, found: Extreme, hidden: Mask) -> _Cut:
        """Say that what limits a small count must be hidden further, for it to reach the threshold.

        By duality the count rises by no more than what each cell can give: one that would have to fall gives
        what is above the floor of it, one that would have to rise any number, neither of them more than is needed.
        """
        needed = self._threshold - self._counts[cell]
        if found.prices is not None:
            pull = -(self._sums.T @ found.prices)
            pull[cell] -= 1
            falling = np.where(pull > WHOLE, np.minimum(pull * (self._counts - self._floor), needed), 0)
            weights = np.where(pull < -WHOLE, needed, falling) * self._may
            weights[cell] = 0
            if weights[hidden].sum() < needed - WHOLE:
                return _Cut(weights, needed)
        # Hidden sets only protect less when they lose a cell, so one that is enough has a cell that this one lacks.
        return _Cut((self._may & ~hidden).astype(float), 1)

    def completed(self, hidden: Mask) -> Mask:
        """Hide more until all small counts are safe: for each the cheapest way in which it could be higher."""
        hidden = hidden.copy()
        both_ways = hstack([self._sums, -self._sums], format="csr")
        room = np.where(self._may, self._counts - self._floor, 0)
        for cell in np.flatnonzero(self.small):
            needed = self._threshold - self._counts[cell]
            rise = np.column_stack([np.zeros(len(room)), np.where(self._may, np.inf, 0)])
            fall = np.column_stack([np.zeros(len(room)), room])
            rise[cell] = needed
            fall[cell] = 0
            price = np.where(hidden, 0, self._costs)
            changed = linprog(
                np.concatenate([price / needed, price / np.clip(room, 1, needed)]),
                A_eq=both_ways,
                b_eq=np.zeros(both_ways.shape[0]),
                bounds=np.vstack([rise, fall]),
            ).x
            if changed is None:
                raise ValueError(f"The cells that stay shown give {self._cells[cell]} away, whatever else is hidden.")
            hidden |= changed.reshape(2, -1).sum(axis=0) > WHOLE
        return self._may if any(self.exposed(hidden)) else hidden

    def thinned(self, hidden: Mask) -> Mask:
        """Show each cell again that is not needed, the largest counts first."""
        hidden = hidden.copy()
        for cell in sorted(np.flatnonzero(hidden & ~self.least), key=lambda cell: -self._counts[cell]):
            hidden[cell] = False
            hidden[cell] = any(self.exposed(hidden))
        return hidden
