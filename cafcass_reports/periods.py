"""Financial years, quarters, year to date and snapshots, and what each is compared with.

A financial year runs from 1 April to 31 March. A *period* is whole months; a *snapshot* is a day; a *span* is any
other days. A *week* is a span of seven days that ends on a Friday: what is returned each week is measured for it. For
other spans figures may be returned, but none is measured.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

APRIL = 4
FRIDAY = 4
WEEK = timedelta(days=7)


class Window(StrEnum):
    """Which part of a pack's period a metric is shown for."""

    YEAR_TO_DATE = "year to date"
    LATEST_QUARTER = "latest quarter"
    THREE_MONTHS = "three months"
    LATEST_WEEK = "latest week"


WINDOWS_OF_MONTHS = (Window.YEAR_TO_DATE, Window.LATEST_QUARTER, Window.THREE_MONTHS)


def add_months(first: date, months: int) -> date:
    """Return the first day of the month that lies ``months`` after ``first``'s."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


@dataclass(frozen=True, order=True)
class Period:
    """Whole months, from the first day to the last (both included).

    Raises
    ------
    ValueError
        Where it does not start on a first and end on a last day of a month, or ends before it starts.

    Examples
    --------
    >>> period = Period(date(2020, 4, 1), date(2020, 11, 30))
    >>> period.label, period.year_before().label
    ('April to November 2020', 'April to November 2019')
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        last_day = calendar.monthrange(self.last.year, self.last.month)[1]
        if self.first.day != 1 or self.last.day != last_day or self.last < self.first:
            raise ValueError(f"a period is whole months, first day to last; given {self.first} to {self.last}")

    @classmethod
    def of_months(cls, first: date, months: int) -> Period:
        """Return the period of so many months that starts on ``first``."""
        return cls(first, add_months(first, months) - timedelta(days=1))

    @cached_property
    def months(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @cached_property
    def key(self) -> str:
        """The period as it stands in identifiers: ``2020-04-01_2020-11-30``."""
        return f"{self.first}_{self.last}"

    @cached_property
    def label(self) -> str:
        """The period in words."""
        if self.months == 1:
            return _month(self.first)
        if self.months == 12 and self.first.month == APRIL:
            return financial_year(self.first)
        if self.first.year == self.last.year:
            return f"{calendar.month_name[self.first.month]} to {_month(self.last)}"
        return f"{_month(self.first)} to {_month(self.last)}"

    @property
    def short(self) -> str:
        """The period as the scorecard abbreviates it: ``Sep 20 - Nov 20``."""
        first, last = (f"{calendar.month_abbr[d.month]} {d:%y}" for d in (self.first, self.last))
        return first if self.months == 1 else f"{first} - {last}"

    @property
    def span(self) -> str:
        """The period's months as a column or a bar is headed: ``Jul–Sep 2020``.

        The number of a quarter would be read wrongly in a row of them: the board's Q4 2020 comes before its Q1 2020.
        """
        first, last = (calendar.month_abbr[day.month] for day in (self.first, self.last))
        if self.months == 1:
            return f"{first} {self.first:%Y}"
        year = "" if self.first.year == self.last.year else f" {self.first:%Y}"
        return f"{first}{year}\N{EN DASH}{last} {self.last:%Y}"

    def year_before(self) -> Period:
        """Return the same months of the year before."""
        return self._year_before

    @cached_property
    def _year_before(self) -> Period:
        return Period.of_months(add_months(self.first, -12), self.months)


@dataclass(frozen=True, order=True)
class Snapshot:
    """A day on which what is open, or in post, is counted.

    Examples
    --------
    >>> Snapshot(date(2020, 12, 1)).label
    '1 December 2020'
    """

    day: date

    @property
    def first(self) -> date:
        """The day, as the first of what it covers."""
        return self.day

    @property
    def last(self) -> date:
        """The day, as the last of what it covers."""
        return self.day

    @cached_property
    def key(self) -> str:
        """The snapshot as it stands in identifiers."""
        return self.day.isoformat()

    @cached_property
    def label(self) -> str:
        """The day in words."""
        return f"{self.day.day} {_month(self.day)}"

    @property
    def short(self) -> str:
        """The day as an axis has it: ``Dec 20``."""
        return f"{calendar.month_abbr[self.day.month]} {self.day:%y}"

    def year_before(self) -> Snapshot:
        """Return the same day of the year before (28 February for 29 February)."""
        return self._year_before

    @cached_property
    def _year_before(self) -> Snapshot:
        return Snapshot(_same_day(self.day, self.day.year - 1))


@dataclass(frozen=True, order=True)
class Span:
    """Days that are neither one day nor whole months, from the first to the last (both included).

    Examples
    --------
    >>> Span(date(2021, 1, 1), date(2021, 1, 15)).label
    '1 January 2021 to 15 January 2021'
    >>> Span.week_to(date(2021, 1, 15)).label
    'week to 15 January 2021'
    """

    first: date
    last: date

    @classmethod
    def week_to(cls, last: date) -> Span:
        """Return the seven days that end on a day."""
        return cls(last - WEEK + timedelta(days=1), last)

    @property
    def is_week(self) -> bool:
        """Whether it is seven days that end on a Friday."""
        return self == Span.week_to(self.last) and self.last.weekday() == FRIDAY

    @cached_property
    def key(self) -> str:
        """The span as it stands in identifiers."""
        return f"{self.first}_{self.last}"

    @cached_property
    def label(self) -> str:
        """The span in words."""
        if self.is_week:
            return f"week to {Snapshot(self.last).label}"
        return f"{Snapshot(self.first).label} to {Snapshot(self.last).label}"

    @property
    def short(self) -> str:
        """The span as an axis has it, by its last day: of a week all of it, ``15 Jan 21``."""
        if self.is_week:
            return f"{self.last.day} {calendar.month_abbr[self.last.month]} {self.last:%y}"
        return Snapshot(self.last).short

    def year_before(self) -> Span:
        """Return the same days of the year before."""
        return Span(*(_same_day(day, day.year - 1) for day in (self.first, self.last)))

    def week_before(self) -> Span:
        """Return as many days, seven days earlier."""
        return Span(self.first - WEEK, self.last - WEEK)


When: TypeAlias = Period | Snapshot | Span


def covering(first: date, last: date) -> When:
    """Return what covers the days from one to another: a snapshot, a period where they are whole months, or a span.

    Examples
    --------
    >>> covering(date(2020, 5, 1), date(2020, 5, 31)).label, covering(date(2021, 1, 15), date(2021, 1, 15)).label
    ('May 2020', '15 January 2021')
    """
    if first == last:
        return Snapshot(first)
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    return Period(first, last) if whole_months else Span(first, last)


def from_key(key: str) -> When:
    """Return what a key means, as :attr:`Period.key`, :attr:`Snapshot.key` and :attr:`Span.key` write it.

    Raises
    ------
    ValueError
        Where it is none.

    Examples
    --------
    >>> from_key("2020-04-01_2020-11-30").label, from_key("2020-12-01").label
    ('April to November 2020', '1 December 2020')
    """
    first, _, last = key.partition("_")
    return covering(date.fromisoformat(first), date.fromisoformat(last or first))


_NAMED = re.compile(r"(\d{4})-(\d{2})(?:-q([1-4])|-(\d{2}))?")


def named(text: str) -> When:
    """Return what a short name means: a financial year, a quarter of it, a month, months from one to another, or a day.

    ``2019-20`` is a financial year where its two parts follow on each other, else ``2020-12`` is a month.

    Raises
    ------
    ValueError
        Where it is none of these.

    Examples
    --------
    >>> [named(text).label for text in ("2019-20", "2020-21-q3", "2020-12", "2018-04-01")]
    ['2019-20', 'October to December 2020', 'December 2020', '1 April 2018']
    >>> named("2020-04..2020-12").label
    'April to December 2020'
    """
    if ".." in text:
        months = [named(part) for part in text.split("..", 1)]
        return Period(months[0].first, months[1].last)
    match = _NAMED.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is no year (2019-20), quarter (2019-20-q3), month (2020-12), months (2020-04..2020-12) "
            "or day (2018-04-01)"
        )
    year, second, quarter, day = int(match[1]), int(match[2]), match[3], match[4]
    if day is not None:
        return Snapshot(date(year, second, int(day)))
    if (year + 1) % 100 != second and quarter is None:
        return Period.of_months(date(year, second, 1), 1)
    if (year + 1) % 100 != second:
        raise ValueError(f"{text!r} names no financial year: {year}-{(year + 1) % 100:02d} is one")
    start = date(year, APRIL, 1)
    if quarter is None:
        return Period.of_months(start, 12)
    return Period.of_months(add_months(start, 3 * (int(quarter) - 1)), 3)


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def financial_year(day: date) -> str:
    """Name the financial year that a day lies in.

    Examples
    --------
    >>> financial_year(date(2020, 12, 1))
    '2020-21'
    """
    start = day.year if day.month >= APRIL else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def quarter_name(quarter: Period) -> str:
    """Name a financial quarter by its number and the calendar year it starts in, as the board does.

    Examples
    --------
    >>> quarter_name(Period(date(2020, 7, 1), date(2020, 9, 30)))
    'Q2 2020'
    """
    return f"Q{(quarter.first.month - APRIL) % 12 // 3 + 1} {quarter.first.year}"


def three_months_on(day: date) -> date:
    """Return the same day three months later; the last day of a month stays the last.

    Examples
    --------
    >>> three_months_on(date(2020, 12, 1)), three_months_on(date(2020, 11, 30))
    (datetime.date(2021, 3, 1), datetime.date(2021, 2, 28))
    """
    first = add_months(day, 3)
    last = calendar.monthrange(first.year, first.month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return first.replace(day=last if was_last else min(day.day, last))


def rolled(period: Period, *, by_quarter: bool = False) -> Period:
    """Return a pack's period one quarter later.

    A year to date ends three months later and begins on the 1 April before that: at the turn of the financial year
    it begins anew. Three months are followed by the next three.

    Parameters
    ----------
    period
        From 1 April to the end of a month of the same financial year, or any three months.
    by_quarter
        Whether April to June, which is both, is the first of four quarters.

    Raises
    ------
    ValueError
        Where it is neither.

    Examples
    --------
    >>> rolled(Period(date(2020, 4, 1), date(2020, 9, 30))).label
    'April to December 2020'
    >>> rolled(Period(date(2020, 4, 1), date(2021, 2, 28))).label
    'April to May 2021'
    """
    to_date = period.first.month == APRIL and period.months <= 12
    if to_date and not (by_quarter and period.months == 3):
        last = three_months_on(period.last)
        return Period(date(last.year if last.month >= APRIL else last.year - 1, APRIL, 1), last)
    if period.months == 3:
        return Period.of_months(three_months_on(period.first), 3)
    raise ValueError(f"{period.label} is neither a financial year to date nor three months")
