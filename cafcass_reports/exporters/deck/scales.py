"""The scale of a chart's value axis and which of its category labels are shown."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cafcass_reports.exhibits.payload import ChartForm, ChartPayload

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_INTERVALS = 5
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"([A-Za-z]{3,9})\.? (\d{2}|\d{4})")
_EVERY = (1, 2, 3, 6, 12, 24, 36, 60, 120)  # months come in quarters and years


@dataclass(frozen=True)
class Scale:
    """A value axis: its ends and the distance of its gridlines, in the chart's unit."""

    low: float
    high: float
    step: float


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
    values = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(values), max(values)
    if any(chart.starts_at_zero or chart.form is not ChartForm.LINE for chart in given):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + (abs(low) or 1.0)
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


def every(count: int, widest: float, room: float) -> int:
    """Return which of ``count`` labels to show (1: each, 3: each third) for the widest not to touch the next.

    Parameters
    ----------
    count
        How many labels there are.
    widest, room
        Width of the widest label and of the whole axis, in points.
    """
    needed = (widest + 8) * count / max(room, 1.0)
    return next((step for step in _EVERY if step >= needed), max(count, 1))


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
