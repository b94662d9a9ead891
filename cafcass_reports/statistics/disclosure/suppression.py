"""Which counts to hide, so that nobody can work out a small one from what is left.

An integer programme hides as few cells as its cuts allow. An attacker then tries what is hidden, and each cell
found too closely gives a cut: a set of cells of which more must be hidden with it. Both take turns until nothing is
found (Fischetti and Salazar, *Solving the cell suppression problem on tabular data with linear constraints*, 2001).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array, hstack

from cafcass_reports.statistics.disclosure.audit import WHOLE, Attacker, Exposed, Mask, exposed
from cafcass_reports.statistics.disclosure.programme import Vector
from cafcass_reports.statistics.disclosure.tables import Cell, Table, equations
from cafcass_reports.statistics.numbers import whole

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

    These are all counts of 1 to below the threshold, totals among them, and as few others as it takes that, for
    someone who knows how the table adds up and that hidden counts are whole, every hidden count below the threshold
    could as well be the threshold or more, and none is known exactly. Of equally few, those that hide the smaller
    counts. There always is a way: with all counts but the zeros hidden, any multiple of the table would look the same.

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
        Cells that no table shows, but that a reader could work out from others: they cost nothing to hide, and only
        small counts among them need to stay unknown.
    zeros_shown
        Whether readers know that no hidden count is 0. Otherwise zeros may be hidden too, so that large totals of
        few people can stay shown.
    fewest
        Whether the fewest cells are looked for. Otherwise what is hidden already is tried, and only where that can
        be worked out are more hidden.

    Raises
    ------
    ValueError
        If the threshold is below 1, or the cells that stay shown give another away whatever else is hidden.

    Examples
    --------
    >>> from cafcass_reports.statistics.disclosure import crossed
    >>> teams = crossed({("T1",): 3, ("T2",): 8, ("T3",): 20}, [{"A1": ["T1", "T2", "T3"]}])
    >>> sorted(suppress(teams))
    [('T1',), ('T2',)]
    """
    threshold = whole(threshold, "threshold", 1)
    search = _Search(table, threshold, _Given(frozenset(shown), frozenset(hidden), frozenset(unpublished), zeros_shown))
    if not search.least.any():
        return frozenset()
    if not fewest:
        return search.cells_of(search.completed(search.least))
    cuts = search.first_cuts()
    chosen = search.least
    for _ in range(_ROUNDS):
        best = search.fewest(cuts)
        if best is None:
            break
        chosen = best
        weak = list(search.exposed(chosen))
        if not weak:
            return search.cells_of(chosen)
        cuts += [search.cut(found, chosen) for found in weak]
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
        self._may: Mask = (self._counts >= self._floor) & ~stays
        self.small = (self._counts > 0) & (self._counts < threshold) & ~stays
        self.least = self.small | (np.array([cell in given.hidden for cell in self._cells], dtype=bool) & self._may)
        # One cell more costs more than any difference between their counts.
        costs = 1 + self._counts / (1 + self._counts.sum())
        self._free = np.array([cell in given.unpublished for cell in self._cells], dtype=bool)
        self._costs = np.where(self._free, _NOTHING, costs)

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
        from scipy.optimize import Bounds, LinearConstraint, milp

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

    def exposed(self, hidden: Mask) -> Iterator[Exposed]:
        """Find what can be worked out of the hidden cells that readers must not know."""
        attacker = Attacker(self._sums, self._counts, hidden, self._floor)
        return exposed(attacker, self.small | (hidden & ~self._free), self._threshold, seen=[self._counts])

    def cut(self, found: Exposed, hidden: Mask) -> _Cut:
        """Say that what limits a hidden count must be hidden further, for nobody to know it too well.

        A small count, or none, must reach the threshold; a larger one may move either way.
        """
        cell = found.cell
        needed = max(self._threshold - self._counts[cell], 1)
        ways = (
            [(found.highest, -1)] if self._counts[cell] < self._threshold else [(found.highest, -1), (found.lowest, 1)]
        )
        limits = [
            self._limiting(cell, sense, extreme.prices, needed) for extreme, sense in ways if extreme.prices is not None
        ]
        if len(limits) == len(ways):
            weights = np.minimum(sum(limits), needed)
            if weights[hidden].sum() < needed - WHOLE:
                weights[cell] = -needed
                return _Cut(weights, 0)
        # Hidden sets only protect less when they lose a cell, so one that is enough has a cell that this one lacks.
        weights = (self._may & ~hidden).astype(float)
        weights[cell] = -1
        return _Cut(weights, 0)

    def _limiting(self, cell: int, sense: int, prices: Vector, needed: float) -> Vector:
        """Return how far each other cell, if it were hidden, would let a count rise (sense -1) or fall (1).

        By duality it moves by no more than what each cell can give: one that would have to fall gives what is above
        the floor of it, one that would have to rise any number, neither of them more than is needed.
        """
        pull = -(self._sums.T @ prices)
        pull[cell] += sense
        falling = np.where(pull > WHOLE, np.minimum(pull * (self._counts - self._floor), needed), 0)
        weights: Vector = np.where(pull < -WHOLE, needed, falling) * self._may
        weights[cell] = 0
        return weights

    def completed(self, hidden: Mask) -> Mask:
        """Hide more until nothing can be worked out: for each cell that can, the cheapest way for it to be another."""
        hidden = hidden.copy()
        while weak := list(self.exposed(hidden)):
            before = hidden.copy()
            for found in weak:
                hidden |= self._freed(found.cell, hidden)
            if (hidden == before).all():
                # Between whole numbers there was a way that no counts take.
                return self._all_hidden()
        return hidden

    def _freed(self, cell: int, hidden: Mask) -> Mask:
        """Return the cells whose hiding costs least and lets one be as much higher as it must, or lower."""
        from scipy.optimize import linprog

        if self._counts[cell] < self._threshold:
            steps = [(1, self._threshold - self._counts[cell])]
        else:
            steps = [(1, 1.0), (-1, 1.0)]
        both_ways = hstack([self._sums, -self._sums], format="csr")
        room = np.where(self._may, self._counts - self._floor, 0)
        price = np.where(hidden, 0, self._costs)
        for sense, needed in steps:
            rise = np.column_stack([np.zeros(len(room)), np.where(self._may, np.inf, 0)])
            fall = np.column_stack([np.zeros(len(room)), room])
            rise[cell], fall[cell] = (needed, 0) if sense > 0 else (0, needed)
            changed = linprog(
                np.concatenate([price / needed, price / np.clip(room, 1, needed)]),
                A_eq=both_ways,
                b_eq=np.zeros(both_ways.shape[0]),
                bounds=np.vstack([rise, fall]),
            ).x
            if changed is not None:
                freed: Mask = changed.reshape(2, -1).sum(axis=0) > WHOLE
                return freed
        raise ValueError(f"The cells that stay shown give {self._cells[cell]} away, whatever else is hidden.")

    def _all_hidden(self) -> Mask:
        for found in self.exposed(self._may):
            raise ValueError(f"The cells that stay shown give {self._cells[found.cell]} away, whatever else is hidden.")
        return self._may

    def thinned(self, hidden: Mask) -> Mask:
        """Show each cell again that is not needed, the largest counts first."""
        hidden = hidden.copy()
        for cell in sorted(np.flatnonzero(hidden & ~self.least), key=lambda cell: -self._counts[cell]):
            hidden[cell] = False
            hidden[cell] = any(self.exposed(hidden))
        return hidden
