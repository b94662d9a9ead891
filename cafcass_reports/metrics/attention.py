"""What needs somebody's attention, and why: rules that are the same for every metric, area and team."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better, Metric
from cafcass_reports.metrics.process import Process, process
from cafcass_reports.statistics.intervals import wilson
from cafcass_reports.statistics.spc import Assurance, Variation

LARGE = 10
"""A change by so many percent in a year is large."""

LARGE_POINTS = 5
"""A percentage that moves by so many points in a year moves far."""

BASE = 50
"""A change on a smaller base is no large one: of few, each is many percent."""


class Rule(IntEnum):
    """Why something needs attention, the weightiest first."""

    SPECIAL_CAUSE = 1
    MISSES_TARGET = 2
    BEYOND_TARGET = 3
    LARGE_CHANGE = 4


@dataclass(frozen=True)
class Reason:
    """A rule that a figure meets, and how, as a sentence without a full stop."""

    rule: Rule
    said: str


@dataclass(frozen=True)
class Attention:
    """A figure, its months where it has any, and the reasons why it needs attention; none where it does not."""

    figure: Measurement
    process: Process | None
    reasons: tuple[Reason, ...]

    @property
    def concern(self) -> bool:
        """Whether it is worse; a large change of what has no better side is news, and no concern."""
        worse = any(reason.rule is not Rule.LARGE_CHANGE for reason in self.reasons)
        return worse or (bool(self.reasons) and self.figure.improved is False)


def attention(measurements: Measurements, metric_id: str, area: Area) -> Attention:
    """Hold a figure against the rules.

    - *Special cause*: the latest month is a special cause of concern (:attr:`Process.variation`), and of few months
      (under 13) nobody says so.
    - *Misses its target*: as the process stands, it is expected to (:attr:`Process.assurance`).
    - *Beyond its target*: the figure is on the wrong side, as shown, though the process may also meet it; a share only
      where its 95% interval (Wilson) lies there too.
    - *Large change* in a year: by 10%, or 5 points, on a base of 50, and not for the better.

    Parameters
    ----------
    measurements
        What was measured, with its targets.
    metric_id
        A metric; one without months is held against target and change alone.
    area
        The area.
    """
    figure = measurements.one(metric_id, area)
    months = _months(measurements, figure.metric, area)
    reasons = (_special_cause(months), _target(measurements, figure, months), _change(figure))
    return Attention(figure, months, tuple(reason for reason in reasons if reason))


def _months(measurements: Measurements, metric: Metric, area: Area) -> Process | None:
    if metric.returned or metric.periods is not None or (metric.disclosive and area != measurements.areas.nation):
        return None
    found = process(measurements, metric.id, area)
    return found if found.latest else None


def _special_cause(months: Process | None) -> Reason | None:
    if months is None or months.latest is None or months.variation is not Variation.CONCERN:
        return None
    if months.segments[-1].short:
        return None
    latest = f"{months.latest.when.short}: {months.latest.shown}"
    return Reason(Rule.SPECIAL_CAUSE, f"{months.finding[:1].upper()}{months.finding[1:]} ({latest})")


def _target(measurements: Measurements, figure: Measurement, months: Process | None) -> Reason | None:
    if months is None or months.target is None:
        return None
    if months.assurance is Assurance.FAIL and not months.segments[-1].short:
        return Reason(Rule.MISSES_TARGET, f"As things stand, expected to miss the {months.target_said}")
    bound = Fraction(str(months.target.target))
    if figure.rounded is None or not _worse(figure.metric, figure.rounded, bound):
        return None
    low, high = interval(figure) or (figure.rounded, figure.rounded)
    if not _worse(figure.metric, high if figure.metric.better is Better.HIGHER else low, bound):
        return None
    return Reason(Rule.BEYOND_TARGET, f"At {figure.shown}, on the wrong side of the {months.target_said}")


def _worse(metric: Metric, value: Fraction, bound: Fraction) -> bool:
    return value < bound if metric.better is Better.HIGHER else metric.better is Better.LOWER and value > bound


def _change(figure: Measurement) -> Reason | None:
    before = figure.comparison
    if figure.change is None or before is None or before.value is None or figure.improved is True:
        return None
    base = before.denominator if figure.metric.divided else before.value
    if not base or base < BASE or not before.value:
        return None
    points = figure.metric.unit == "percent"
    size = abs(figure.value - before.value) if points else abs((figure.value - before.value) / before.value * 100)  # type: ignore[operator]
    if size < (LARGE_POINTS if points else LARGE):
        return None
    return Reason(
        Rule.LARGE_CHANGE, f"{'Up' if figure.change > 0 else 'Down'} in a year, from {before.shown} to {figure.shown}"
    )


def interval(figure: Measurement) -> tuple[Fraction, Fraction] | None:
    """Return the 95% interval (Wilson) of a share, in percent; None for what is no share of whole numbers."""
    above, below = figure.numerator, figure.denominator
    if figure.metric.unit != "percent" or not figure.metric.divided or figure.metric.of_metrics:
        return None
    if above is None or not below or not 0 <= above <= below:
        return None
    low, high = wilson(above, below)
    return Fraction(low) * 100, Fraction(high) * 100
