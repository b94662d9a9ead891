"""The projection of a stock from what comes in and what goes out, and how well it would have done in the past.

Each month to come takes in and closes as many as the same month a year before, times what a scenario assumes:

    stock at the end = stock at the start + intake x opened a year before - throughput x closed a year before

This is the seasonal naive method applied to both flows (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles
and Practice, 3rd edition, section 5.2): a board can follow it with a pencil, and on series as short as three years
little does better.

The interval is that of past misses. The same projection is made from every earlier month with what was known then; at
each distance the half-width is that miss which the wanted share of past projections did not exceed (split conformal
prediction, G. Shafer and V. Vovk, A Tutorial on Conformal Prediction, 2008, section 4.3: of n misses the one of rank
ceiling(share x (n + 1))). It holds as far as the future misses as the past did. No chance is drawn, so that equal
records give equal intervals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

YEAR = 12
"""Months before the first one that can be projected."""

AS_BEFORE = Fraction(1)


@dataclass(frozen=True)
class History:
    """Whole months in a row: ``opened`` and ``closed`` one a month, ``stock`` at the start of each and after the last.

    Raises
    ------
    ValueError
        Where their lengths do not fit.
    """

    stock: Sequence[int]
    opened: Sequence[int]
    closed: Sequence[int]

    def __post_init__(self) -> None:
        if not len(self.stock) == len(self.opened) + 1 == len(self.closed) + 1:
            raise ValueError(
                f"a stock at both ends of each month; given {len(self.stock)} stocks, {len(self.opened)} months opened "
                f"and {len(self.closed)} closed"
            )

    def until(self, months: int) -> History:
        """Return what was known after so many months."""
        return History(self.stock[: months + 1], self.opened[:months], self.closed[:months])


@dataclass(frozen=True)
class Record:
    """How projections of the past did at one distance.

    Parameters
    ----------
    misses
        What came less what had been projected, in order of time.
    intervals
        How many of them had an interval: the first ones had too few misses before them.
    within
        How many of these intervals held what came.
    """

    misses: tuple[int, ...] = ()
    intervals: int = 0
    within: int = 0


@dataclass(frozen=True)
class Ahead:
    """A projected month: the stock, its interval (None where too few misses are known), and the record so far ahead."""

    stock: int
    low: int | None
    high: int | None
    record: Record


def path(
    history: History, months: int, intake: Fraction = AS_BEFORE, throughput: Fraction = AS_BEFORE
) -> tuple[int, ...]:
    """Project a stock month by month.

    Parameters
    ----------
    history
        A year or more.
    months
        How many months ahead, a year at most.
    intake, throughput
        What is assumed of opened and closed, as a share of the same month a year before.

    Returns
    -------
    tuple of int
        The stock at the end of each month, in whole cases, never below none.

    Raises
    ------
    ValueError
        Where the history is shorter than a year, or more than a year ahead is asked for.

    Examples
    --------
    >>> path(History([100, *[110] * 12], [20, *[10] * 11], [10] * 12), 2)
    (120, 120)
    """
    known = len(history.opened)
    if known < YEAR or not 1 <= months <= YEAR:
        raise ValueError(f"1 to {YEAR} months from a year's history or more; given {months} from {known} months")
    stock, found = Fraction(history.stock[-1]), []
    for month in range(known - YEAR, known - YEAR + months):
        stock = max(Fraction(0), stock + intake * history.opened[month] - throughput * history.closed[month])
        found.append(int(stock + Fraction(1, 2)))
    return tuple(found)


def half_width(misses: Sequence[int], share: Fraction) -> int | None:
    """Return the miss that a share of misses does not exceed; None where they are too few to say.

    Examples
    --------
    >>> half_width([-30, 10, 20, -40], Fraction(4, 5)), half_width([1, 2], Fraction(4, 5))
    (40, None)
    """
    rank = math.ceil(share * (len(misses) + 1))
    return sorted(map(abs, misses))[rank - 1] if rank <= len(misses) else None


def project(
    history: History,
    months: int,
    share: Fraction,
    intake: Fraction = AS_BEFORE,
    throughput: Fraction = AS_BEFORE,
) -> tuple[Ahead, ...]:
    """Project a stock with its interval and the record of the same projection in the past.

    Parameters
    ----------
    history
        A year or more; the longer, the more past projections there are.
    months
        How many months ahead, a year at most.
    share
        Of projections that the interval is to hold, such as 4/5.
    intake, throughput
        As :func:`path` has them; the past is projected with the same.

    Returns
    -------
    tuple of Ahead
        One a month. Half-widths do not shrink with the distance.
    """
    then = range(YEAR, len(history.opened))
    made = [path(history.until(known), months, intake, throughput) for known in then]
    misses = [
        tuple(
            history.stock[known + ahead] - past[ahead - 1]
            for known, past in zip(then, made, strict=True)
            if known + ahead < len(history.stock)
        )
        for ahead in range(1, months + 1)
    ]
    widths_then = [_widths(misses, known, share) for known in then]
    found = []
    now = path(history, months, intake, throughput)
    for place, (stock, width) in enumerate(zip(now, _widths(misses, len(history.opened), share), strict=True)):
        tried = [
            abs(miss) <= wide
            for miss, widths in zip(misses[place], widths_then, strict=False)
            if (wide := widths[place]) is not None
        ]
        low, high = (None, None) if width is None else (max(0, stock - width), stock + width)
        found.append(Ahead(stock, low, high, Record(misses[place], len(tried), sum(tried))))
    return tuple(found)


def _widths(misses: Sequence[Sequence[int]], known: int, share: Fraction) -> list[int | None]:
    """The half-widths that a projection had after so many months: of misses that were known by then, none shrinking."""
    widths: list[int | None] = []
    for ahead, own in enumerate(misses, start=1):
        width = half_width(own[: max(0, known - YEAR - ahead + 1)], share)
        before = widths[-1] if widths else 0
        widths.append(None if width is None or before is None else max(width, before))
    return widths
