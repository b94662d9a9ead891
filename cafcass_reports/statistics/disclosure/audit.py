"""What can be worked out of a table's hidden counts from those that are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from cafcass_reports.statistics.disclosure.tables import Cell, Relation, equations

Vector = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# What the solver takes for a whole number; its own tolerance is a tenth of it.
WHOLE = 1e-6

_INFEASIBLE, _UNBOUNDED = 2, 3


@dataclass(frozen=True)
class Extreme:
    """The furthest that a hidden count can go.

    Parameters
    ----------
    value
        The count; infinite where nothing shown limits it.
    counts
        Counts of all cells that take it there, in the order of the cells; None where it is infinite.
    prices
        How much further it could go for one more of each relation; None where only whole numbers limit it.
    """

    value: float
    counts: Vector | None = None
    prices: Vector | None = None


class Attacker:
    """Someone who sees the shown counts, and knows how they add up and that the hidden ones are whole.

    Parameters
    ----------
    sums
        The relations as equations, a column for each cell.
    counts
        A count for each cell; those of hidden cells are not looked at.
    hidden
        Which cells are hidden.
    least, most
        What the hidden counts are known to be at least and at most, one for all or one for each cell. Where true
        zeros are shown, they are at least 1.
    """

    def __init__(
        self, sums: csr_array, counts: Vector, hidden: Mask, least: float | Vector = 1, most: float | Vector = math.inf
    ) -> None:
        self._hidden = hidden
        self._shown_counts = np.where(hidden, 0.0, counts)
        self._sums = sums[:, np.flatnonzero(hidden)]
        self._right = -(sums @ self._shown_counts)
        self._bounds = np.column_stack([np.broadcast_to(end, hidden.shape)[hidden] for end in (least, most)])

    def highest(self, cell: int, most: float = math.inf) -> Extreme:
        """Return how high a hidden count can be, as far as `most`."""
        return self._furthest(cell, 1, most)

    def lowest(self, cell: int) -> Extreme:
        """Return how low a hidden count can be."""
        return self._furthest(cell, -1, math.inf)

    def together(self, cells: Mask, most: float) -> Vector | None:
        """Return counts that take as many of some hidden cells towards `most` as can go at once; None if not whole."""
        wanted = cells[self._hidden]
        bounds = self._bounds.copy()
        bounds[wanted, 1] = np.minimum(most, bounds[wanted, 1])
        found = linprog(-wanted.astype(float), A_eq=self._sums, b_eq=self._right, bounds=bounds).x
        if found is None or np.abs(found - np.round(found)).max() > WHOLE:
            return None
        counts = self._shown_counts.copy()
        counts[self._hidden] = np.round(found)
        return counts

    def _furthest(self, cell: int, sense: int, most: float) -> Extreme:
        hidden = int(self._hidden.sum())
        place = int(self._hidden[:cell].sum())
        goal = np.zeros(hidden)
        goal[place] = -sense
        bounds = self._bounds.copy()
        bounds[place, 1] = min(most, bounds[place, 1])
        # Without presolve the solver tells what is unbounded from what is infeasible.
        found = linprog(goal, A_eq=self._sums, b_eq=self._right, bounds=bounds, options={"presolve": False})
        if found.status == _UNBOUNDED:
            return Extreme(math.inf)
        prices = None if found.x is None else found.eqlin.marginals
        if found.x is not None and np.abs(found.x - np.round(found.x)).max() > WHOLE:
            # A table of three dimensions can have corners between whole numbers, where no attacker would look.
            whole = LinearConstraint(self._sums, self._right, self._right)
            found = milp(goal, constraints=whole, integrality=np.ones(hidden), bounds=bounds.T)
            prices = None
        if found.x is None:
            raise ValueError(
                f"No whole numbers of {self._bounds[0, 0]:g} or more agree with the figures shown ({found.message})."
                if found.status == _INFEASIBLE
                else f"The hidden counts cannot be worked out: {found.message}"
            )
        counts = self._shown_counts.copy()
        counts[self._hidden] = np.round(found.x)
        return Extreme(counts[cell], counts, prices)


def intervals(
    shown: Mapping[Cell, int | None], relations: Sequence[Relation], *, least: int = 1
) -> dict[Cell, tuple[float, float]]:
    """Return the lowest and highest that each hidden count can be, by linear programme.

    Parameters
    ----------
    shown
        The counts by cell, totals included; None where hidden.
    relations
        How they are known to add up.
    least
        What hidden counts are known to be at least: 1 where true zeros are shown, else 0.

    Raises
    ------
    ValueError
        If no whole numbers agree with the figures shown.
    """
    cells = list(shown)
    counts = np.array([0 if count is None else count for count in shown.values()], dtype=float)
    hidden = np.array([count is None for count in shown.values()], dtype=bool)
    attacker = Attacker(equations(relations, cells), counts, hidden, least)
    return {
        cells[at]: (attacker.lowest(at).value, attacker.highest(at).value) for at in np.flatnonzero(hidden).tolist()
    }


def confined(
    shown: Mapping[Cell, int | None], relations: Sequence[Relation], threshold: int, *, least: int = 1
) -> dict[Cell, tuple[float, float]]:
    """Return the lowest and highest of those hidden counts that are known to be small, or known exactly.

    Faster than :func:`intervals` where there are few: counts that take one cell to the threshold often take others
    there too, and two sets of counts that agree with what is shown clear every cell in which they differ.

    Parameters
    ----------
    shown, relations, least
        As for :func:`intervals`.
    threshold
        The lowest count that is not small.

    Returns
    -------
    dict
        By cell those whose highest is below the threshold, or is their lowest.
    """
    cells = list(shown)
    counts = np.array([0 if count is None else count for count in shown.values()], dtype=float)
    hidden = np.array([count is None for count in shown.values()], dtype=bool)
    attacker = Attacker(equations(relations, cells), counts, hidden, least)
    seen = _Seen(len(cells))
    while (waiting := hidden & (seen.high < threshold)).any():
        together = attacker.together(waiting, threshold)
        if together is None or not (waiting & (together >= threshold)).any():
            break
        seen.add_counts(together)
    found = {}
    for at in np.flatnonzero(hidden).tolist():
        if seen.high[at] < threshold:
            try:
                highest = seen.add(at, attacker.highest(at, most=threshold)).value
            except ValueError:
                # Known to be above the threshold; figures that disagree are refused here.
                seen.add(at, attacker.lowest(at))
                continue
            if highest < threshold:
                found[cells[at]] = (seen.add(at, attacker.lowest(at)).value, highest)
    for at in np.flatnonzero(hidden & (seen.low == seen.high)).tolist():
        if cells[at] not in found and seen.low[at] == seen.high[at]:
            low = seen.add(at, attacker.lowest(at)).value
            # One more than the lowest is enough to know that it is not the only one.
            high = seen.add(at, attacker.highest(at, most=low + 1)).value
            if low == high:
                found[cells[at]] = (low, high)
    return found


class _Seen:
    """The lowest and highest count of each cell in all sets of counts seen so far."""

    def __init__(self, cells: int) -> None:
        self.low = np.full(cells, math.inf)
        self.high = np.full(cells, -math.inf)

    def add(self, cell: int, found: Extreme) -> Extreme:
        if found.counts is None:
            self.high[cell] = found.value
        else:
            self.add_counts(found.counts)
        return found

    def add_counts(self, counts: Vector) -> None:
        self.low, self.high = np.minimum(self.low, counts), np.maximum(self.high, counts)
