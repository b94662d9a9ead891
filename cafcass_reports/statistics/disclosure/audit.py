"""What can be worked out of a table's hidden counts from those that are shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from cafcass_reports.statistics.disclosure.programme import Answer, End, Programme, Vector
from cafcass_reports.statistics.disclosure.tables import Cell, Relation, equations

Mask = npt.NDArray[np.bool_]

# What the solver takes for a whole number; its own tolerance is a tenth of it.
WHOLE = 1e-6


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

    Raises
    ------
    ValueError
        If no counts agree with the figures shown.
    """

    def __init__(
        self, sums: csr_array, counts: Vector, hidden: Mask, least: float | Vector = 1, most: float | Vector = math.inf
    ) -> None:
        self._hidden = hidden
        self._shown_counts = np.where(hidden, 0.0, counts)
        self._sums = sums[:, np.flatnonzero(hidden)]
        self._right = -(sums @ self._shown_counts)
        self._least, self._most = (np.broadcast_to(end, hidden.shape)[hidden].astype(float) for end in (least, most))
        self._programme = Programme(self._sums, self._right, self._least, self._most)
        if self._programme.least_of(np.zeros(len(self._least))).end is End.IMPOSSIBLE:
            self._refuse()

    def highest(self, cell: int, most: float = math.inf) -> Extreme:
        """Return how high a hidden count can be, as far as `most`; its lowest where that is more."""
        return self._furthest(cell, -1, most) or self.lowest(cell)

    def lowest(self, cell: int) -> Extreme:
        """Return how low a hidden count can be."""
        found = self._furthest(cell, 1, math.inf)
        return self._refuse() if found is None else found

    def together(self, cells: Mask, most: float) -> Vector | None:
        """Return counts that take as many of some hidden cells towards `most` as can go at once; None if not whole."""
        wanted = cells[self._hidden]
        limits = np.where(wanted, np.minimum(most, self._most), self._most)
        found = self._programme.least_of(-wanted.astype(float), limits)
        return self._all_counts(found.values) if _whole(found) else None

    def _furthest(self, cell: int, sense: int, most: float) -> Extreme | None:
        """Return the least that a count times a sense can be; None if no counts keep it at or below `most`."""
        from scipy.optimize import LinearConstraint, milp

        place = int(self._hidden[:cell].sum())
        goal, limits = np.zeros(len(self._least)), self._most.copy()
        goal[place], limits[place] = sense, min(most, limits[place])
        found = self._programme.least_of(goal, limits)
        if found.end is End.UNLIMITED:
            return Extreme(math.inf)
        if found.end is End.IMPOSSIBLE:
            return None
        if _whole(found):
            counts = self._all_counts(found.values)
            return Extreme(counts[cell], counts, found.prices)
        # A table of three dimensions can have corners between whole numbers, where no attacker would look.
        whole = milp(
            goal,
            constraints=LinearConstraint(self._sums, self._right, self._right),
            integrality=np.ones(len(goal)),
            bounds=np.vstack([self._least, limits]),
        ).x
        if whole is None:
            return None
        counts = self._all_counts(whole)
        return Extreme(counts[cell], counts)

    def _all_counts(self, found: Vector) -> Vector:
        counts = self._shown_counts.copy()
        counts[self._hidden] = np.round(found)
        return counts

    def _refuse(self) -> NoReturn:
        least = self._least.min(initial=math.inf)
        raise ValueError(f"No whole numbers of {least:g} or more agree with the figures shown; correct these.")


def _whole(found: Answer) -> bool:
    return found.end is End.FOUND and bool(np.abs(found.values - np.round(found.values)).max(initial=0) <= WHOLE)


class Exposed(NamedTuple):
    """A hidden cell of which too much can be worked out: it is known to be small, or known exactly."""

    cell: int
    lowest: Extreme
    highest: Extreme


def exposed(attacker: Attacker, cells: Mask, threshold: int, seen: Sequence[Vector] = ()) -> Iterator[Exposed]:
    """Find the cells whose highest count is below the threshold, or is their lowest.

    Counts that take one cell to the threshold often take others there too, and two sets of counts that agree with
    what is shown clear every cell in which they differ; so that most cells need no programme of their own.

    Parameters
    ----------
    attacker
        Who tries.
    cells
        The hidden cells to look at.
    threshold
        The lowest count that is not small.
    seen
        Sets of counts that are known to agree with what is shown.
    """
    so_far = _Seen(len(cells))
    for counts in seen:
        so_far.add(counts)
    while (waiting := cells & (so_far.high < threshold)).any():
        together = attacker.together(waiting, threshold)
        if together is None or not (waiting & (together >= threshold)).any():
            break
        so_far.add(together)
    small = set()
    for at in np.flatnonzero(cells).tolist():
        if so_far.high[at] < threshold:
            highest = so_far.keep(attacker.highest(at, most=threshold))
            if highest.value < threshold:
                small.add(at)
                yield Exposed(at, so_far.keep(attacker.lowest(at)), highest)
    for at in np.flatnonzero(cells).tolist():
        if at not in small and so_far.low[at] == so_far.high[at]:
            lowest = so_far.keep(attacker.lowest(at))
            # One more than the lowest is enough to know that it is not the only one.
            highest = so_far.keep(attacker.highest(at, most=lowest.value + 1))
            if lowest.value == highest.value:
                yield Exposed(at, lowest, highest)


class _Seen:
    """The lowest and highest count of each cell in all sets of counts seen so far."""

    def __init__(self, cells: int) -> None:
        self.low = np.full(cells, math.inf)
        self.high = np.full(cells, -math.inf)

    def keep(self, found: Extreme) -> Extreme:
        """Keep the counts of an extreme that has any."""
        if found.counts is not None:
            self.add(found.counts)
        return found

    def add(self, counts: Vector) -> None:
        """Keep a set of counts."""
        self.low, self.high = np.minimum(self.low, counts), np.maximum(self.high, counts)


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
    cells, hidden, attacker = _attack(shown, relations, least)
    so_far = _Seen(len(cells))
    found = {}
    for at in np.flatnonzero(hidden).tolist():
        highest = so_far.keep(attacker.highest(at)).value
        # One that was seen at the least that it can be needs no programme.
        lowest = least if so_far.low[at] == least else so_far.keep(attacker.lowest(at)).value
        found[cells[at]] = (float(lowest), highest)
    return found


def confined(
    shown: Mapping[Cell, int | None], relations: Sequence[Relation], threshold: int, *, least: int = 1
) -> dict[Cell, tuple[float, float]]:
    """Return the lowest and highest of those hidden counts that are known to be small, or known exactly.

    Faster than :func:`intervals` where there are few.

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
    cells, hidden, attacker = _attack(shown, relations, least)
    return {
        cells[found.cell]: (found.lowest.value, found.highest.value) for found in exposed(attacker, hidden, threshold)
    }


def _attack(
    shown: Mapping[Cell, int | None], relations: Sequence[Relation], least: int
) -> tuple[list[Cell], Mask, Attacker]:
    counts = np.array([0 if count is None else count for count in shown.values()], dtype=float)
    hidden = np.array([count is None for count in shown.values()], dtype=bool)
    return list(shown), hidden, Attacker(equations(relations, shown), counts, hidden, least)
