"""Percentages of one whole that are shown together, and add up."""

from __future__ import annotations

from collections.abc import Sequence
from operator import index


def largest_remainder(counts: Sequence[int], decimals: int = 0) -> list[float | None]:
    """Return the percentages of a whole's parts, adding up to exactly 100 as shown.

    Each share is cut down to the decimals shown; the units still missing from 100 go to the largest
    remainders (Hamilton's method). A tie goes to the larger count, then to the first. All is whole numbers.

    Parameters
    ----------
    counts
        The parts of the whole: whole numbers, none below 0.
    decimals
        Decimal places shown, 0 or more.

    Returns
    -------
    list of float or None
        One percentage a count, in the order given; each lies within one unit of the last decimal of its exact
        share. All are None where the counts add up to nothing: nothing of nothing has no share.

    Raises
    ------
    ValueError
        If a count is below 0, or `decimals` is.
    TypeError
        If a count is not a whole number.

    Examples
    --------
    >>> largest_remainder([121, 62, 17])
    [61.0, 31.0, 8.0]
    """
    if decimals < 0:
        raise ValueError(f"decimals is {decimals}; it is 0 or more.")
    whole_counts = [_whole(count) for count in counts]
    total = sum(whole_counts)
    if total == 0:
        return [None] * len(whole_counts)
    unit = 10**decimals
    shares = [divmod(count * 100 * unit, total) for count in whole_counts]
    missing = 100 * unit - sum(quotient for quotient, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda place: (-shares[place][1], -whole_counts[place], place))
    rounded_up = set(by_remainder[:missing])
    return [(quotient + (place in rounded_up)) / unit for place, (quotient, _) in enumerate(shares)]


def _whole(count: int) -> int:
    # A bool is an int to Python, but a truth value among counts is a slip of the caller.
    if isinstance(count, bool):
        raise TypeError(f"A count is {count!r}; counts are whole numbers.")
    try:
        whole = index(count)
    except TypeError:
        raise TypeError(f"A count is {count!r}; counts are whole numbers.") from None
    if whole < 0:
        raise ValueError(f"A count is {whole}; counts are 0 or more.")
    return whole
