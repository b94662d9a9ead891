"""Percentages of one whole that are shown together, and add up."""

from __future__ import annotations

from collections.abc import Sequence

from cafcass_reports.statistics.numbers import several, whole


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
        If `counts` is no list, or a count, or `decimals`, is no whole number of 0 or more.

    Examples
    --------
    >>> largest_remainder([121, 62, 17])
    [61.0, 31.0, 8.0]
    """
    unit = 10 ** whole(decimals, "decimals")
    whole_counts = [whole(count, "A count") for count in several(counts, "counts")]
    total = sum(whole_counts)
    if total == 0:
        return [None] * len(whole_counts)
    shares = [divmod(count * 100 * unit, total) for count in whole_counts]
    missing = 100 * unit - sum(quotient for quotient, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda place: (-shares[place][1], -whole_counts[place], place))
    rounded_up = set(by_remainder[:missing])
    return [(quotient + (place in rounded_up)) / unit for place, (quotient, _) in enumerate(shares)]
