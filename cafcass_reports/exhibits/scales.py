"""Where things stand on a chart, decided once for the drawing and the deck.

The value axis' ends and steps, which categories are labelled, what is said at the ends of lines and where, and
whether a narrow last grade has its label beside it.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_INTERVALS = 5
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"([A-Za-z]{3,9})\.? (\d{2}|\d{4})")
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3}) (\d{2})")
_WEEK = datetime.timedelta(days=7)
_EVERY = (1, 2, 3, 6, 12, 24, 36, 60, 120)
_EVERY_MONTH = (1, 3, 6, 12, 24, 60, 120)  # from the first month: quarters, halves, years
_MONTH_LABELS, _LABELS = 5, 8  # along an axis, at most
_MOST_NAMED = 4  # lines that are named at their ends
_LONGEST_NAME = 28  # characters; a longer name at a line's end would leave the line no room
_ONE_LINE = 20  # characters of name and value together
_NARROW = 0.1  # of a bar
_FREE = (ChartForm.LINE, ChartForm.MULTIPLES, ChartForm.DOT)  # a bar says its length, and begins at zero


@dataclass(frozen=True)
class Scale:
    """A value axis: its ends and the distance of its gridlines, in the chart's unit."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """Where the gridlines stand."""
        intervals = math.floor((self.high - self.low) / self.step + 1e-9)
        return tuple(self.low + number * self.step for number in range(intervals + 1))


def scale(charts: Iterable[ChartPayload]) -> Scale:
    """Return one scale that holds all values of the charts: what stands side by side is compared.

    Examples
    --------
    >>> from cafcass_reports.exhibits.payload import Series, SeriesRole
    >>> bars = ChartPayload(title="", subtitle="", alt="", source="", form=ChartForm.BAR, categories=("a", "b"),
    ...     series=(Series(name="s", role=SeriesRole.ACTUAL, values=(3, 92)),), number_format="0", unit="cases")
    >>> scale([bars])
    Scale(low=0.0, high=100.0, step=20.0)
    """
    given = list(charts)
    values = [value for chart in given for series in chart.series for value in series.values if value is not None]
    whiskers = (one for chart in given for series in chart.series for one in series.intervals if one is not None)
    values += [end for one in whiskers for end in (one.low, one.high)]
    values = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(values), max(values)
    if any(chart.starts_at_zero or chart.form not in _FREE for chart in given):
        low, high = min(low, 0.0), max(high, 0.0)
    if math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-9):
        high = low + (abs(low) if abs(low) > 1e-9 else 1.0)
    step = _step(high - low)
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    percent = all(chart.unit.lower().startswith(("percent", "%")) for chart in given)
    if percent and high <= 100 < top:
        top = 100.0
    return Scale(bottom, top, step)


def _step(span: float) -> float:
    rough = span / _INTERVALS
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough - 1e-9 * power)


def label_every(chart: ChartPayload) -> int:
    """Return which categories along a line chart are labelled, counted from the first (1: each, 3: each third).

    Examples
    --------
    >>> chart = ChartPayload(title="", subtitle="", alt="", source="", form=ChartForm.LINE, series=(),
    ...     categories=("Nov 19", "Dec 19", "Jan 20", "Feb 20", "Mar 20", "Apr 20"), number_format="0", unit="cases")
    >>> label_every(chart)
    3
    """
    count = len(chart.categories)
    steps, most = (_EVERY_MONTH, _MONTH_LABELS) if months(chart.categories) else (_EVERY, _LABELS)
    return next((step for step in steps if -(-count // step) <= most), max(count, 1))


def every(count: int, widest: float, room: float, least: int = 1) -> int:
    """Return which of ``count`` labels to show (1: each, 3: each third) for the widest not to touch the next.

    Parameters
    ----------
    count
        How many labels there are.
    widest, room
        Width of the widest label and of the whole axis, in points.
    least
        The closest that they may stand.
    """
    needed = max(least, (widest + 8) * count / max(room, 1.0))
    return next((step for step in _EVERY if step >= needed), max(count, 1))


def end_labels(chart: ChartPayload) -> tuple[str, ...]:
    """Return what is said at the end of each line: its name and value, which names it better than a legend.

    Empty where a legend serves instead: lines are too many, a name is long, or a line ends before the others. What was
    measured has no label where its projection carries it on.

    Examples
    --------
    >>> from cafcass_reports.exhibits.payload import Series, SeriesRole
    >>> line = Series(name="Private law", role=SeriesRole.ACTUAL, values=(1, 2), labels=("1", "2"))
    >>> end_labels(ChartPayload(title="", subtitle="", alt="", source="", form=ChartForm.LINE, series=(line,),
    ...     categories=("a", "b"), number_format="0", unit="cases"))
    ('Private law 2',)
    """
    projected = any(series.role is SeriesRole.PROJECTED for series in chart.series)
    named = [series for series in chart.series if not (projected and series.role is SeriesRole.ACTUAL)]
    ends = [last_known(series) for series in named]
    last = len(chart.categories) - 1
    together = len(named) == 1 or all(end == last for end in ends)
    short = all(len(series.name) <= _LONGEST_NAME for series in named)
    if len(named) > _MOST_NAMED or not together or not short or None in ends:
        return ()
    return tuple(_end_label(series, last_known(series) or 0) if series in named else "" for series in chart.series)


def _end_label(series: Series, end: int) -> str:
    value = series.labels[end] if end < len(series.labels) else f"{series.values[end]:,.10g}"
    between = " " if len(series.name) + 1 + len(value) <= _ONE_LINE else "\n"
    return f"{series.name}{between}{value}"


def last_known(series: Series) -> int | None:
    """Return the position of a series' last value; ``None`` where it has none."""
    known = (at for at in range(len(series.values) - 1, -1, -1) if _is_number(series.values[at]))
    return next(known, None)


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def apart(centres: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Push labels apart until none touches the next, each as near to its place as that allows.

    Parameters
    ----------
    centres
        Where their centres would stand, on an axis that rises.
    gap
        The least distance of two centres.
    low, high
        Between which they stay, where there is room for all of them.

    Examples
    --------
    >>> apart((10, 4, 5), gap=2, low=0, high=20)
    (10.0, 3.5, 5.5)
    """
    order = sorted(range(len(centres)), key=lambda at: (centres[at], at))
    groups: list[tuple[float, int]] = []  # the middle of labels that touch, and how many they are
    for at in order:
        middle, count = min(max(centres[at], low), high), 1
        while groups and middle - groups[-1][0] < gap * (count + groups[-1][1]) / 2:
            below, joined = groups.pop()
            middle, count = (middle * count + below * joined) / (count + joined), count + joined
            half = gap * (count - 1) / 2
            middle = max(min(middle, high - half), low + half)
        groups.append((middle, count))
    places = [middle + gap * (number - (count - 1) / 2) for middle, count in groups for number in range(count)]
    placed = dict(zip(order, places, strict=True))
    return tuple(placed[at] for at in range(len(centres)))


def thousands(value: float, _: int | None = None) -> str:
    """Write a tick of an axis with commas and a true minus sign."""
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")


def last_grade_beside(chart: ChartPayload) -> bool:
    """Tell whether the last and worst grade's labels stand beside the bars, since one of its shares is narrow.

    It is often the narrowest, and the one that is asked after.
    """
    if not chart.series:
        return False
    pairs = zip(chart.series[-1].values, bar_lengths(chart), strict=False)
    return any(value and total and abs(value) / total < _NARROW for value, total in pairs)


def hides_shares(chart: ChartPayload) -> bool:
    """Tell whether a bar of shares in percent lacks some of them: it then ends before 100, and is not stretched."""
    bars = zip(*(series.values for series in chart.series), strict=False)
    return chart.unit == "percent" and any(0 < bar.count(None) < len(bar) for bar in bars)


def bar_lengths(chart: ChartPayload) -> list[float]:
    """Return what each bar of a whole stands for: 100 where shares are hidden, else the sum of its parts."""
    if hides_shares(chart):
        return [100.0] * len(chart.categories)
    return [
        sum(abs(series.values[at] or 0.0) for series in chart.series if at < len(series.values))
        for at in range(len(chart.categories))
    ]


def months(categories: Sequence[str]) -> tuple[datetime.date, ...]:
    """Return the first days of the months that categories name; empty where they are not months in a row.

    An axis of dates keeps equal steps and thins its labels in every program that draws it.

    Examples
    --------
    >>> months(["Dec 19", "Jan 20"])
    (datetime.date(2019, 12, 1), datetime.date(2020, 1, 1))
    >>> months(["Dec 19", "Feb 20"])
    ()
    """
    found = [_MONTH.fullmatch(category.strip()) for category in categories]
    numbers = []
    for match in found:
        if match is None or match[1][:3].lower() not in _MONTHS:
            return ()
        year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
        numbers.append(year * 12 + _MONTHS.index(match[1][:3].lower()))
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return ()
    return tuple(datetime.date(number // 12, number % 12 + 1, 1) for number in numbers)


def weeks(categories: Sequence[str]) -> tuple[datetime.date, ...]:
    """Return the days that categories name; empty where they are not the same day of weeks in a row.

    Examples
    --------
    >>> weeks(["8 Jan 21", "15 Jan 21"])
    (datetime.date(2021, 1, 8), datetime.date(2021, 1, 15))
    >>> weeks(["8 Jan 21", "22 Jan 21"])
    ()
    """
    found = [_DAY.fullmatch(category.strip()) for category in categories]
    days = [
        datetime.date(2000 + int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
        for match in found
        if match is not None and match[2].lower() in _MONTHS
    ]
    in_a_row = all(later - earlier == _WEEK for earlier, later in pairwise(days))
    return tuple(days) if 2 <= len(days) == len(categories) and in_a_row else ()
