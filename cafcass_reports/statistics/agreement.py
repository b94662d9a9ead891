"""How far two people who grade the same work agree beyond chance."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from cafcass_reports.statistics.numbers import whole

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
        same order. For weighted kappa that order runs from best to worst. Of a frame whose rows and columns bear the
        same names, these stand in the same order.
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
        If the table is not square, its rows and columns are in two orders, a count is no whole number of 0 or more,
        or `weights` is neither.

    Examples
    --------
    >>> round(kappa([[20, 5], [10, 15]]), 2)
    0.4
    """
    given = np.asarray(table, dtype=object)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise ValueError(f"The table's shape is {given.shape}; it has as many rows as columns.")
    if isinstance(table, pd.DataFrame):
        first_given, moderated = table.index.tolist(), table.columns.tolist()
        if first_given != moderated and set(first_given) == set(moderated):
            raise ValueError(f"The rows are {first_given}, the columns {moderated}; put both in one order.")
    # Whole numbers of Python's own cannot overflow when totals are multiplied.
    counts = [[whole(count, "A count") for count in row] for row in given.tolist()]
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


def _weight(distance: int, weights: Weights | None) -> int:
    if weights is None:
        return int(distance > 0)
    return distance if weights == "linear" else distance**2
