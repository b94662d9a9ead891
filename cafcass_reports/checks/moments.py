"""Times that a claim names: a day, a month, months, a year, since one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cafcass_reports.periods import Period, When, named

_MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
MONTH = "|".join(_MONTHS)
DATED = re.compile(
    rf"\b(?P<since>since\s+)?(?:(?:in|on|by|at|from|of|for|before)\s+)?(?:the\s+)?(?:"
    rf"(?P<day>\d{{1,2}})\s+(?P<day_month>{MONTH})(?:\s+(?P<day_year>\d{{4}}))?"
    rf"|(?P<first>{MONTH})(?:\s+(?P<first_year>\d{{4}}))?(?:\s+to\s+(?P<last>{MONTH}))?(?:\s+(?P<month_year>\d{{4}}))?"
    r"|(?P<year>(?:19|20)\d\d)(?:[-–/](?P<second>\d\d))?(?![\d,]))\b",
)  # a month begins with a capital: "may" and "march" are words too


@dataclass(frozen=True)
class Moment:
    """A time that a claim names; ``yearly`` for a month of any year, ``within`` where it is what happened in it."""

    first: date
    last: date
    yearly: bool
    text: str
    within: bool = False

    def latest(self, when: When) -> date:
        """The first day: of a month of any year, in the last year in which it began by the figure's time."""
        if not self.yearly:
            return self.first
        begun = (self.first.month, self.first.day) <= (when.last.month, when.last.day)
        month = self.first.replace(year=when.last.year - (not begun), day=1)
        return month + timedelta(days=self.first.day - 1)

    def ended(self, when: When) -> date:
        """The last day of the same time."""
        return self.latest(when) + (self.last - self.first)

    def overlaps(self, when: When) -> bool:
        """Whether the figure's time and this one have a day in common."""
        if not self.yearly:
            return self.first <= when.last and when.first <= self.last
        months = range(when.first.year * 12 + when.first.month, when.last.year * 12 + when.last.month + 1)
        return any((month - 1) % 12 + 1 in range(self.first.month, self.last.month + 1) for month in months)


def moment(match: re.Match[str]) -> Moment | None:
    """Return the time that a match of ``DATED`` names; None where there is no such day."""
    try:
        if match["day"]:
            month = _MONTHS.index(match["day_month"]) + 1
            day = date(int(match["day_year"] or 2000), month, int(match["day"]))
            return Moment(day, day, not match["day_year"], match.group())
        if match["year"]:
            year = int(match["year"])
            whole = named(f"{year}-{match['second']}") if match["second"] else None
            first, last = (whole.first, whole.last) if whole else (date(year, 1, 1), date(year, 12, 31))
            return Moment(first, last, False, match.group())
        year_named = match["month_year"] or match["first_year"]
        year = int(year_named or 2000)
        start = Period.of_months(date(year, _MONTHS.index(match["first"]) + 1, 1), 1)
        end = Period.of_months(date(year, _MONTHS.index(match["last"] or match["first"]) + 1, 1), 1)
        if end < start:
            start = Period.of_months(date(year - 1, start.first.month, 1), 1)
        return Moment(start.first, end.last, not year_named, match.group())
    except ValueError:
        return None
