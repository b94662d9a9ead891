"""How far chance alone could move a proportion of few children, families or staff."""

from __future__ import annotations

import math
from statistics import NormalDist

from cafcass_reports.statistics.numbers import finite, whole


def wilson(successes: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a proportion.

    It stays within 0 and 1 and holds for small totals and for proportions near either end, where the usual
    interval around the proportion fails (Wilson, *Probable inference, the law of succession, and statistical
    inference*, 1927; recommended by Brown, Cai and DasGupta, 2001). No continuity correction is made.

    Parameters
    ----------
    successes
        How many of the total, a whole number.
    total
        Out of how many, a whole number. Of a total of 0 nothing is known: the interval is 0 to 1.
    level
        The confidence level, between 0 and 1.

    Returns
    -------
    tuple of float
        The lower and upper bound, as proportions from 0 to 1.

    Raises
    ------
    ValueError
        If `successes` or `total` is no whole number, `successes` is not within 0 and `total`, or `level` not between
        0 and 1.

    Examples
    --------
    >>> low, high = wilson(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    successes, total = whole(successes, "successes"), whole(total, "total")
    if successes > total:
        raise ValueError(f"{successes} of {total} is no proportion; give 0 to {total} successes.")
    if not 0 < finite(level, "level") < 1:
        raise ValueError(f"level is {level}; it lies between 0 and 1, such as 0.95.")
    if total == 0:
        return 0.0, 1.0
    squared = NormalDist().inv_cdf((1 + level) / 2) ** 2
    failures = total - successes
    centre = successes + squared / 2
    reach = math.sqrt(squared * (successes * failures / total + squared / 4))
    # At either end centre and reach cancel, which rounding must not turn into a bound of 0.0000001.
    low = 0.0 if successes == 0 else (centre - reach) / (total + squared)
    high = 1.0 if failures == 0 else (centre + reach) / (total + squared)
    return low, high
