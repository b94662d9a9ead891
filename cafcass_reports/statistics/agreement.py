"""How far two people who grade the same work agree beyond chance."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

Weights = Literal["linear", "quadratic"]


def kappa(table: npt.ArrayLike, weights: Weights | None = None) -> float | None:
    """Return Cohen's kappa of grades that were moderated.

    1 is perfect agreement, 0 what chance alone would give, below 0 less than chance (Cohen, *A coefficient of
    agreement for nominal scales*, 1960). Weighted kappa counts a disagreement by how far apart the grades are
    (Cohen, *Weighted kappa*, 1968): by their distance, or by its square.

    Parameters
    ----------
    table
        Whole-number counts, a row for each grade first given, a column for each grade after moderation, in the
        same order. For weighted kappa that order runs from best to worst.
    weights
        "linear" or "quadratic"; every disagreement counts the same where it is not given.

    Returns
    -------
    float or None
        Kappa, at most 1. None where chance alone gives full agreement, as when all work has one grade twice,
        or nothing was graded: agreement beyond chance cannot be told.

    Raises
    ------
    ValueError
        If the table is not square, a count is below 0, or `weights` is neither.
    TypeError
        If a count is not a whole number.

    Examples
    --------
    >>> round(kappa([[20, 5], [10, 15]]), 2)
    0.4
    """
    given = np.asarray(table)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise ValueError(f"The table's shape is {given.shape}; it has as many rows as columns.")
    # Whole numbers of Python's own cannot overflow when totals are multiplied.
    counts = [[_whole(count) for count in row] for row in given.tolist()]
    if any(count < 0 for row in counts for count in row):
        raise ValueError(f"A count of {counts} is below 0; counts are 0 or more.")
    if weights not in (None, "linear", "quadratic"):
        raise ValueError(f"weights is {weights!r}; it is 'linear', 'quadratic' or None.")
    grades = range(len(counts))
    first = [sum(row) for row in counts]
    second = [sum(row[grade] for row in counts) for grade in grades]
    observed = expected = 0
    for row in grades:
        for column in grades:
            weight = _weight(abs(row - column), weights)
            observed += weight * counts[row][column]
            expected += weight * first[row] * second[column]
    return None if expected == 0 else 1 - sum(first) * observed / expected


def _whole(count: object) -> int:
    # Pandas turns whole numbers into floats where a table had gaps on its way.
    if isinstance(count, float) and count.is_integer():
        return int(count)
    if isinstance(count, int) and not isinstance(count, bool):
        return count
    raise TypeError(f"A count is {count!r}; counts are whole numbers.")


def _weight(distance: int, weights: Weights | None) -> int:
    if weights is None:
        return int(distance > 0)
    return distance if weights == "linear" else distance**2
