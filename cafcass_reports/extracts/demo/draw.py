"""Random draws that keep exact totals: the way in which published figures are built into records."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


def split(total: int, weights: npt.ArrayLike) -> Whole:
    """Divide a total by weights into whole numbers that add up to it (largest remainder).

    Examples
    --------
    >>> split(10, [1, 1, 1]).tolist()
    [4, 3, 3]
    """
    share = np.asarray(weights, dtype=np.float64)
    exact = total * share / share.sum()
    whole: Whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def fitted(
    rng: np.random.Generator,
    values: npt.ArrayLike,
    total: int,
    *,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    steps: tuple[int, ...] = (1,),
) -> Whole:
    """Return the values, some of them moved within bounds by whole steps, so that they add up to a total.

    Parameters
    ----------
    low, high
        The bounds of each value. Where no value may move any further the sum stays as near as it got.
    steps
        How far one value is moved at a time, largest first.
    """
    result = np.array(values, dtype=np.int64)
    lowest, highest = np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)
    for step in steps:
        while (missing := total - int(result.sum())) and abs(missing) >= step:
            move = step if missing > 0 else -step
            movable = np.flatnonzero((result + move <= highest) & (result + move >= lowest))
            if not len(movable):
                break
            count = min(abs(missing) // step, len(movable))
            result[rng.choice(movable, count, replace=False)] += move
    return result


def identifiers(rng: np.random.Generator, count: int) -> Whole:
    """Draw distinct numbers that are written with 18 digits.

    They start with 0 or 1: half show what is lost when an identifier is read as a number, most are too long
    for a float, and none can be taken for a bank card's or a patient's number, which are shorter.
    """
    drawn = np.unique(rng.integers(10**15, 2 * 10**17, count + count // 1000 + 10))
    return np.asarray(rng.permutation(drawn)[:count], dtype=np.int64)


def chosen(rng: np.random.Generator, candidates: Whole, count: int, weights: npt.ArrayLike) -> Whole:
    """Choose distinct candidates, likelier where the weight is larger (at most as many as there are)."""
    # The exponential race gives the same law as weighted sampling without replacement, in one sort.
    weight = np.broadcast_to(np.asarray(weights, dtype=np.float64), candidates.shape)
    clock = rng.exponential(size=len(candidates)) / np.maximum(weight, 1e-12)
    return candidates[np.argsort(clock, kind="stable")[:count]]
