"""Statistical process control: which points of a series say that something changed.

An XmR chart draws natural process limits around the mean of a series, from how much one point differs from the
next, and marks the points that chance does not explain (Wheeler, *Understanding Variation*, 1993). The rules are
those of NHS England's *Making Data Count* as its R package NHSRplotthedots 0.2.2 applies them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import mean
from typing import Literal

from cafcass_reports.statistics.numbers import finite, several, whole

# Wheeler's factors for moving ranges of two points, as rounded by Making Data Count (2.66 is not 3 / 1.128).
_LIMIT = 2.66
_NEAR_LIMIT = 2 * (_LIMIT / 3)
_OUTLYING_RANGE = 3.267

_RUN = 7
_FEWEST_TO_FIX = 12
_FEWEST_FOR_LIMITS = 13

Improvement = Literal["increase", "decrease"]


class SpecialCause(StrEnum):
    """Why a point is not put down to chance."""

    NONE = "none"
    OUTSIDE_LIMITS = "outside limits"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    SHIFT = "shift"


class Variation(StrEnum):
    """What the latest point says of the process."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"


class Assurance(StrEnum):
    """Whether the process as it stands meets its target."""

    PASS = "pass"
    FAIL = "fail"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True)
class Segment:
    """Points that share a mean and limits.

    Parameters
    ----------
    start
        Index of the first point, from 0.
    count
        How many points.
    mean
        Their mean, or that of the points the limits are fixed after.
    lower, upper
        The natural process limits, not cut off at 0 or 100. Both are None where there is no moving range to
        take them from: a single point, or a constant series whose ranges are screened.
    """

    start: int
    count: int
    mean: float
    lower: float | None
    upper: float | None

    @property
    def short(self) -> bool:
        """Whether the points are too few (under 13) for limits to rely on."""
        return self.count < _FEWEST_FOR_LIMITS


@dataclass(frozen=True)
class Point:
    """A value and what is special of it.

    Parameters
    ----------
    value
        The value.
    special_cause
        The first rule, in the order of :class:`SpecialCause`, that it falls under.
    direction
        1 where that rule points upwards (above the mean, rising), -1 where it points downwards, 0 for no rule.
    """

    value: float
    special_cause: SpecialCause
    direction: int


@dataclass(frozen=True)
class Xmr:
    """A series with its segments' limits and its points' special causes."""

    segments: tuple[Segment, ...]
    points: tuple[Point, ...]


def xmr(
    values: Sequence[float], *, rebase: Iterable[int] = (), fix_after: int | None = None, screen_outliers: bool = False
) -> Xmr:
    """Calculate the limits of a series and the special causes in it.

    The limits lie 2.66 mean moving ranges from the mean. A point's special cause is the first that holds of:
    outside the limits; part of 7 points that rise or fall; beyond two thirds of the way to a limit, as 2 of 3
    successive points on one side of the mean are; part of 7 points on one side of the mean. A point on the mean
    is on neither side, and a point on a limit within it.

    Parameters
    ----------
    values
        The series in order of time, without gaps.
    rebase
        Indices, from 0, at which a new segment starts: limits and rules start again.
    fix_after
        Points of each segment, 12 or more, from which its mean and limits come; all where it is not given.
    screen_outliers
        Whether moving ranges of 3.267 times their mean or more are left out, once, as the R package does.
        The Excel tool of Making Data Count keeps them.

    Raises
    ------
    ValueError
        If there is no value or one is no finite number, a rebase lies outside the series, or `fix_after` is below 12.

    Examples
    --------
    >>> chart = xmr([50, 52, 49, 51, 50, 48, 51, 50, 49, 52, 50, 51, 66])
    >>> round(chart.segments[0].upper, 2), str(chart.points[-1].special_cause)
    (59.44, 'outside limits')
    """
    series = _series(values)
    starts = _starts(rebase, len(series))
    if fix_after is not None:
        fix_after = whole(fix_after, "fix_after", _FEWEST_TO_FIX)
    segments: list[Segment] = []
    points: list[Point] = []
    for start, end in pairwise([*starts, len(series)]):
        own = series[start:end]
        centre, spread = _mean_and_range(own[:fix_after], screen_outliers)
        lower, upper = (None, None) if spread is None else (centre - _LIMIT * spread, centre + _LIMIT * spread)
        segments.append(Segment(start, len(own), centre, lower, upper))
        points.extend(_points(own, centre, spread))
    return Xmr(tuple(segments), tuple(points))


def variation(chart: Xmr, improvement: Improvement | None) -> Variation:
    """Return what the latest point says: Making Data Count's variation icon.

    Parameters
    ----------
    chart
        What :func:`xmr` gave.
    improvement
        Which way is better; None where neither is, and a special cause is `NEITHER`.

    Raises
    ------
    ValueError
        If `improvement` is anything else.
    """
    better = _better(improvement)
    latest = chart.points[-1]
    if latest.special_cause is SpecialCause.NONE:
        return Variation.COMMON_CAUSE
    if better == 0:
        return Variation.NEITHER
    return Variation.IMPROVEMENT if latest.direction == better else Variation.CONCERN


def assurance(chart: Xmr, target: float | None, improvement: Improvement | None) -> Assurance | None:
    """Return whether the limits lie on the good side of a target: Making Data Count's assurance icon.

    Parameters
    ----------
    chart
        What :func:`xmr` gave. The limits of its last segment count.
    target
        What is aimed for. One that is within the limits, or equal to one, is met only at times.
    improvement
        Which way is better.

    Returns
    -------
    Assurance or None
        None without a target or a better way. Without limits nothing is assured: `INCONSISTENT`.

    Raises
    ------
    ValueError
        If `improvement` is neither "increase" nor "decrease" nor None, or the target is no finite number.
    """
    better = _better(improvement)
    if target is not None:
        target = finite(target, "target")
    if target is None or better == 0:
        return None
    last = chart.segments[-1]
    if last.lower is None or last.upper is None or last.lower <= target <= last.upper:
        return Assurance.INCONSISTENT
    limits_above = target < last.lower
    return Assurance.PASS if limits_above == (better > 0) else Assurance.FAIL


def _series(values: Sequence[float]) -> list[float]:
    series = [
        finite(value, f"Point {place} of the series") for place, value in enumerate(several(values, "The series"))
    ]
    if not series:
        raise ValueError("The series is empty; give one number or more.")
    return series


def _starts(rebase: Iterable[int], points: int) -> list[int]:
    starts = sorted({0, *(whole(start, "An index of rebase") for start in several(rebase, "rebase"))})
    if starts[-1] >= points:
        raise ValueError(f"The series is rebased at {starts}; its points are numbered 0 to {points - 1}.")
    return starts


def _better(improvement: Improvement | None) -> int:
    if improvement not in ("increase", "decrease", None):
        raise ValueError(f"improvement is {improvement!r}; it is 'increase', 'decrease' or None.")
    return {"increase": 1, "decrease": -1, None: 0}[improvement]


def _mean_and_range(values: Sequence[float], screen_outliers: bool) -> tuple[float, float | None]:
    # The mean is rounded once, from exact arithmetic: a point on the mean must compare as equal to it.
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if screen_outliers and ranges:
        largest = _OUTLYING_RANGE * mean(ranges)
        ranges = [moving_range for moving_range in ranges if moving_range < largest]
    return mean(values), mean(ranges) if ranges else None


def _points(values: Sequence[float], centre: float, spread: float | None) -> list[Point]:
    sides = [_sign(value - centre) for value in values]
    outside = _beyond(values, centre, spread, _LIMIT)
    near = [
        0 if out else beyond for out, beyond in zip(outside, _beyond(values, centre, spread, _NEAR_LIMIT), strict=True)
    ]
    rules = (
        (SpecialCause.OUTSIDE_LIMITS, outside),
        (SpecialCause.TREND, _trends(values)),
        (SpecialCause.TWO_OF_THREE, _two_of_three(sides, near)),
        (SpecialCause.SHIFT, _shifts(sides)),
    )
    found = []
    for place, value in enumerate(values):
        causes = ((cause, marks[place]) for cause, marks in rules if marks[place])
        found.append(Point(value, *next(causes, (SpecialCause.NONE, 0))))
    return found


def _beyond(values: Sequence[float], centre: float, spread: float | None, factor: float) -> list[int]:
    if spread is None:
        return [0] * len(values)
    lower, upper = centre - factor * spread, centre + factor * spread
    return [(value > upper) - (value < lower) for value in values]


def _trends(values: Sequence[float]) -> list[int]:
    marks = [0] * len(values)
    steps = [_sign(after - before) for before, after in pairwise(values)]
    for start in range(len(values) - _RUN + 1):
        if abs(sum(steps[start : start + _RUN - 1])) == _RUN - 1:
            # Where a rise meets a fall, the turning point counts to the later of the two.
            marks[start : start + _RUN] = [steps[start]] * _RUN
    return marks


def _two_of_three(sides: Sequence[int], near: Sequence[int]) -> list[int]:
    marks = [0] * len(sides)
    for start in range(len(sides) - 2):
        window = slice(start, start + 3)
        if abs(sum(sides[window])) == 3 and abs(sum(near[window])) >= 2:
            marks[window] = [mark or beyond for mark, beyond in zip(marks[window], near[window], strict=True)]
    return marks


def _shifts(sides: Sequence[int]) -> list[int]:
    marks = [0] * len(sides)
    for start in range(len(sides) - _RUN + 1):
        if abs(sum(sides[start : start + _RUN])) == _RUN:
            marks[start : start + _RUN] = [sides[start]] * _RUN
    return marks


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
