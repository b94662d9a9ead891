"""Target dates as people write them: "By March 2018", "ongoing", "June and October 2016", "From January 2017".

A text holds one target or several, apart by semicolons. Each names the month and the year in which it is due, or says
that it goes on. What could mean more than one day is refused: a month without its year, a season, 3/4/17. The words of
a date are read by dateparser.
"""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date

import dateparser

FORMS = (
    "each with its month and year, or ongoing, apart by semicolons: "
    "'June 2017 for the draft; training by March 2018', 'June and October 2016', 'from January 2017 and ongoing'; "
    "a target that is met ends in '(met)'"
)
"""What a cell of target dates may say."""

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in month_name[1:])
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH})\b(?: (?P<year>\d{{4}})\b)?"
    r"|\b(?P<numbers>(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?:\d{4}|\d{2}))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(on-?going|onwards?|throughout|continu\w+)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b|\bonwards?\b", re.IGNORECASE)
_YEARS = re.compile(r"\b\d{4}\s?[-–]\s?\d{2,4}\b")
_VAGUE = re.compile(
    r"\d|\b(spring|summer|autumn|winter|quarter|q[1-4]|soon|tbc|asap|early|late|mid|end of)\b", re.IGNORECASE
)
_MET = re.compile(r"\s*\(met\)$", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """One target.

    Parameters
    ----------
    words
        As it was written, without the mark that it is met.
    due
        The last day on which it is met in time; None where it goes on without an end.
    begins
        The first day of what goes on, where the words say so.
    met
        Whether it is marked as met.
    """

    words: str
    due: date | None
    begins: date | None = None
    met: bool = False


def targets(text: str) -> tuple[Target, ...]:
    """Read a cell of target dates.

    Parameters
    ----------
    text
        As the form or the extract holds it.

    Raises
    ------
    ValueError
        Where a target says no date, or one that could be several days.

    Examples
    --------
    >>> [(target.words, target.due.isoformat()) for target in targets("June and October 2016")]
    [('June and October 2016', '2016-06-30'), ('June and October 2016', '2016-10-31')]
    """
    return tuple(target for part in text.split(";") if part.strip() for target in _read(" ".join(part.split())))


def readable(text: str) -> bool:
    """Whether :func:`targets` can read a cell."""
    try:
        return bool(targets(text))
    except ValueError:
        return False


def _read(said: str) -> list[Target]:
    words, met = _MET.sub("", said), bool(_MET.search(said))
    goes_on = bool(_GOES_ON.search(words))
    rest = _DATE.sub(" ", _YEARS.sub(" ", words) if goes_on else words)
    if vague := _VAGUE.search(rest):
        raise ValueError(f"'{words}' could mean several days ('{vague[0]}').")
    found = list(_DATE.finditer(_YEARS.sub(" ", words) if goes_on else words))
    if not found and not goes_on:
        raise ValueError(f"'{words}' says no date, and not that it goes on.")
    days = [_last_day(match, following) for match, following in zip(found, _years(found), strict=True)]
    if goes_on and (not days or _FROM.search(words)):
        return [Target(words, None, days[0].replace(day=1) if days else None, met)]
    return [Target(words, day, None, met) for day in days]


def _years(found: list[re.Match[str]]) -> list[str | None]:
    """The year of each date: a month without one has that of the next ("June and October 2016")."""
    years: list[str | None] = []
    following: str | None = None
    for match in reversed(found):
        following = match["year"] or following
        years.append(following)
    return years[::-1]


def _last_day(match: re.Match[str], year: str | None) -> date:
    if match["numbers"]:
        if int(match["one"]) <= 12 and int(match["two"]) <= 12 and match["one"] != match["two"]:
            raise ValueError(f"'{match[0]}' could mean two days; write the month in letters.")
        text, parts = match["numbers"], ["day", "month", "year"]
    elif year is None:
        raise ValueError(f"'{match[0]}' has no year.")
    else:
        text, parts = f"{match['day'] or ''} {match['month']} {year}".strip(), ["month", "year"]
    read = dateparser.parse(
        text,
        languages=["en"],
        settings={"DATE_ORDER": "DMY", "PREFER_DAY_OF_MONTH": "last", "REQUIRE_PARTS": parts, "STRICT_PARSING": False},
    )
    if read is None:
        raise ValueError(f"'{text}' is no day of the calendar.")
    day: date = read.date()
    return day
