"""From measured months to projected days: the history that a projection rests on, and the whole numbers it gives."""

from __future__ import annotations

from collections.abc import Callable

from cafcass_reports.metrics.projected import Part, Projected
from cafcass_reports.periods import Period, When
from cafcass_reports.reporting import Reporting
from cafcass_reports.statistics.projection import Ahead, History


def days(reporting: Reporting, projection: Projected) -> list[When]:
    """Return the first days of the months ahead of a pack's period, to which a stock is projected."""
    start = Reporting.closing(reporting.period).day
    return [Reporting.closing(Period.of_months(start, months + 1)) for months in range(projection.months)]


def history(count: Callable[[str, When], int | None], reporting: Reporting, projection: Projected) -> History:
    """Return the latest months in a row of which the stock at both ends and both flows are known.

    Parameters
    ----------
    count
        Gives the count of a metric for a month or a day; None where it is not known.
    reporting, projection
        The pack's months, and what is projected from them.
    """
    months: list[tuple[int, int, int]] = []
    end = count(projection.stock, Reporting.closing(reporting.period))
    for month in reversed(reporting.months()):
        opened, closed = (count(flow, month) for flow in (projection.opened, projection.closed))
        start = count(projection.stock, Reporting.opening(month))
        if end is None or opened is None or closed is None or start is None:
            break
        months.insert(0, (start, opened, closed))
    return History(
        [*(start for start, _, _ in months), end or 0],
        [opened for _, opened, _ in months],
        [closed for _, _, closed in months],
    )


def counted(part: Part, ahead: Ahead) -> tuple[int | None, int | None]:
    """Return numerator and denominator of a part of a projection; None where there is none."""
    misses = ahead.record.misses
    return {
        Part.STOCK: (ahead.stock, None),
        Part.LOW: (ahead.low, None),
        Part.HIGH: (ahead.high, None),
        Part.MISS: (sum(map(abs, misses)), len(misses)),
        Part.BIAS: (sum(misses), len(misses)),
        Part.HELD: (ahead.record.within, ahead.record.intervals),
    }[part]
