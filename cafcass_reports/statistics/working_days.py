"""Working days of England and Wales: Monday to Friday, without the bank holidays.

The holidays are those of GOV.UK as the package ``govuk-bank-holidays`` carries them, so that no network is
needed and equal inputs give equal figures. Its version 0.19 covers 2012 to 2028; `coverage` says what is
installed.
"""

from __future__ import annotations

import functools
import math
from datetime import date, datetime

import numpy as np
import pandas as pd
from govuk_bank_holidays.bank_holidays import BankHolidays

from cafcass_reports.errors import ExtractError


def between(start: date | None, end: date | None) -> int | None:
    """Count the working days after `start`, up to and including `end`.

    Parameters
    ----------
    start, end
        The two days, of Python, numpy or pandas; either may be missing. A time of day makes no difference.

    Returns
    -------
    int or None
        0 where both are the same day; None where either is missing.

    Raises
    ------
    ValueError
        If `end` is before `start`: an interval that runs backwards has no length, and the extracts' rules
        have turned such rows away before. Or if one is no day, such as a text.
    ExtractError
        If a day lies outside the years that the bank holidays cover.

    Examples
    --------
    >>> between(date(2020, 12, 24), date(2020, 12, 29))
    1
    """
    after, until = _day(start, "start"), _day(end, "end")
    if after is None or until is None:
        return None
    if until < after:
        raise ValueError(f"The end, {until:%d/%m/%Y}, is before the start, {after:%d/%m/%Y}.")
    _refuse_uncovered(after, until)
    day = np.timedelta64(1, "D")
    return int(np.busday_count(np.datetime64(after) + day, np.datetime64(until) + day, holidays=_holidays()))


def calendar(first: date, last: date) -> pd.DataFrame:
    """Number the working days of a span, so that a query can count them by subtraction.

    Parameters
    ----------
    first, last
        The span's first and last day, both included.

    Returns
    -------
    pandas.DataFrame
        One row a day, in order: ``day`` (datetime64) and ``working_day`` (int64), the number of working days
        from `first` up to and including the day. ``between(a, b)`` is ``working_day`` of b less that of a.

    Raises
    ------
    ValueError
        If `last` is before `first`, or one is no day.
    ExtractError
        If a day lies outside the years that the bank holidays cover.
    """
    begin, end = _day(first, "first day"), _day(last, "last day")
    if begin is None or end is None:
        raise ValueError(f"The span runs from {first} to {last}; give both days.")
    if end < begin:
        raise ValueError(f"The last day, {end:%d/%m/%Y}, is before the first, {begin:%d/%m/%Y}.")
    _refuse_uncovered(begin, end)
    days = np.arange(np.datetime64(begin), np.datetime64(end) + np.timedelta64(1, "D"))
    numbers = np.cumsum(np.is_busday(days, holidays=_holidays()), dtype=np.int64)
    return pd.DataFrame({"day": days.astype("datetime64[s]"), "working_day": numbers})


def coverage() -> tuple[date, date]:
    """Return the first and last day for which the bank holidays are known: whole calendar years."""
    years = _holidays().astype("datetime64[Y]").astype(int) + 1970
    return date(int(years.min()), 1, 1), date(int(years.max()), 12, 31)


@functools.cache
def _holidays() -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return np.array([holiday["date"] for holiday in listed], dtype="datetime64[D]")


def _day(moment: object, what: str) -> date | None:
    """Return the day of a moment, without its time; None where it is missing."""
    if isinstance(moment, np.datetime64):
        moment = pd.Timestamp(moment)
    # A float that is none is what pandas makes of a missing date among numbers.
    if moment is None or moment is pd.NaT or moment is pd.NA or (isinstance(moment, float) and math.isnan(moment)):
        return None
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date):
        return moment
    raise ValueError(f"The {what} is {moment!r}; give a date, such as date(2020, 12, 24), or None where it is missing.")


def _refuse_uncovered(first: date, last: date) -> None:
    known_from, known_to = coverage()
    for day in (first, last):
        if not known_from <= day <= known_to:
            raise ExtractError(
                f"Working days cannot be counted to or from {day.isoformat()}.",
                valid=f"Bank holidays are known from {known_from.isoformat()} to {known_to.isoformat()}.",
                next_step="Correct the date, or install a newer version of govuk-bank-holidays.",
            )
