"""Days as whole numbers (since 1 January 1970), so that a hundred thousand dates are one array."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from cafcass_reports.statistics.working_days import calendar

Days = npt.NDArray[np.int64]


def day(iso: str) -> int:
    """Return the number of a day.

    Examples
    --------
    >>> day("1970-01-02")
    1
    """
    return int(np.datetime64(iso, "D").astype(np.int64))


NEVER = day("2999-12-31")
"""What has not happened by the end of the extract; written as an empty field."""

DATA_END = day("2020-12-31")
"""The last day that the extracts know of."""


@cache
def working_days() -> Days:
    """Return all working days of England and Wales from 2014 to 2021, in order (weekdays but bank holidays)."""
    every = calendar(date(2014, 1, 1), date(2021, 12, 31))
    starts_one = every["working_day"].diff().fillna(0) > 0
    working: Days = every.loc[starts_one, "day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    working.setflags(write=False)
    return working


def at_or_before(days: npt.ArrayLike) -> Days:
    """Return the last working day up to and including each day."""
    return working_days()[np.searchsorted(working_days(), days, side="right") - 1]


def after(days: npt.ArrayLike, count: npt.ArrayLike) -> Days:
    """Return the day that comes so many working days after each day."""
    position = np.searchsorted(working_days(), days, side="right") - 1
    return working_days()[position + np.asarray(count, dtype=np.int64)]


def between(start: npt.ArrayLike, end: npt.ArrayLike) -> Days:
    """Count working days after the start up to and including the end."""
    first, last = (np.searchsorted(working_days(), value, side="right") for value in (start, end))
    return np.asarray(last - first, dtype=np.int64)


def drawn(rng: np.random.Generator, first: npt.ArrayLike, last: npt.ArrayLike) -> Days:
    """Draw working days evenly between two days, both included; the last working day where there is none."""
    low, high = np.broadcast_arrays(
        np.searchsorted(working_days(), first, side="left"),
        np.searchsorted(working_days(), last, side="right") - 1,
    )
    width = np.maximum(high - low + 1, 1)
    position = np.minimum(low + (rng.random(low.shape) * width).astype(np.int64), high)
    days: Days = working_days()[position]
    return days


def month_starts(first: str, last: str) -> list[int]:
    """Return the first day of each month from one month to another, both included (``2018-04``)."""
    months = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)
    return [int(value) for value in months.astype("datetime64[D]").astype(np.int64)]


def month_end(start: int) -> int:
    """Return the last day of the month that starts on a day."""
    following = np.datetime64(start, "D").astype("datetime64[M]") + 1
    return int(following.astype("datetime64[D]").astype(np.int64)) - 1
