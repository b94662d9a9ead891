"""A measurement: one metric for an area and a period or snapshot, and how it is shown.

Numerator and denominator stay whole numbers until a value is shown; rounding is half away from zero, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.metric import Better, Metric
from cafcass_reports.periods import When

SMALL = 10
"""A change on a base below this is given in numbers, not in percent."""

SUPPRESSED = "[c]"
"""What stands for a suppressed figure, as the Government Analysis Function has it ("confidential")."""

NOTE = f"{SUPPRESSED}: suppressed, a small number or one that would give it away"
"""What the mark means."""

UNSCALED = Fraction(1)
"""The scale of most figures."""

Direction: TypeAlias = Literal["up", "down", "level"]

_MINUS = "\N{MINUS SIGN}"
SUFFIX = {"percent": "%", "weeks": " weeks"}  # other units stand in the measure's title


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero, as people and spreadsheets do (Python's own rounding goes to even).

    Examples
    --------
    >>> rounded(Fraction(5, 2), 0), rounded(Fraction(-233, 100), 1)
    (Fraction(3, 1), Fraction(-23, 10))
    """
    return Fraction(_in_last_decimals(value, decimals), 10**decimals)


def _in_last_decimals(value: Fraction, decimals: int) -> int:
    """How many units of its last decimal a value has, rounded: whole numbers are much faster than fractions."""
    scale: int = 10**decimals
    whole = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    return whole if value.numerator >= 0 else -whole


def number(value: Fraction, decimals: int, *, signed: bool = False) -> str:
    """Write a number with thousands commas, a true minus sign and so many decimals.

    Examples
    --------
    >>> number(Fraction(12092), 0), number(Fraction(-23, 10), 1, signed=True)
    ('12,092', '−2.3')
    """
    shown = _in_last_decimals(value, decimals)
    text = f"{abs(shown) / 10**decimals:,.{decimals}f}"
    if shown < 0:
        return _MINUS + text
    return f"+{text}" if signed and shown > 0 else text


@dataclass(frozen=True)
class Measurement:
    """One figure.

    ``numerator`` and ``denominator`` are ``None`` where nothing was counted; a count has no denominator.
    ``comparison`` is the same metric and area for the period that the metric is compared with.
    ``scale`` multiplies the value beside the metric's own factor: the rate of a year, the units of its parts.
    ``share`` is the percentage of a part of one whole, rounded together with the other parts.
    ``suppressed`` is true where it is not shown so that nobody learns of a few people; all numbers are missing then.
    """

    metric: Metric
    title: str
    area: Area
    when: When
    numerator: int | None
    denominator: int | None
    sources: tuple[str, ...]
    comparison: Measurement | None = None
    share: Fraction | None = None
    scale: Fraction = UNSCALED
    suppressed: bool = False

    @cached_property
    def id(self) -> str:
        """Its id: metric, area and period, as in ``measurements.csv``."""
        return f"{self.metric.id}.{self.area.slug}.{self.when.key}"

    @cached_property
    def value(self) -> Fraction | None:
        """The exact value; nothing divided by nothing is missing, never zero."""
        if self.numerator is None or self.denominator == 0:
            return None
        factor, below = self.factor, 1 if self.denominator is None else self.denominator
        return Fraction(factor.numerator * self.numerator, factor.denominator * below)

    @property
    def factor(self) -> Fraction:
        """What the numerator, or numerator / denominator, is multiplied by to give the value."""
        own = self.metric.factor_of_units
        return own if self.scale == UNSCALED else own * self.scale

    @cached_property
    def rounded(self) -> Fraction | None:
        """The value at the precision at which it is shown, everywhere."""
        if self.share is not None or self.value is None:
            return self.share
        return rounded(self.value, self.metric.decimals)

    @cached_property
    def shown(self) -> str:
        """The value as a reader sees it."""
        if self.suppressed:
            return SUPPRESSED
        if self.rounded is None:
            return "not available"
        return number(self.rounded, self.metric.decimals) + SUFFIX.get(self.metric.unit, "")

    @property
    def spoken(self) -> str:
        """The value as a reader who cannot see it hears it."""
        return "suppressed" if self.suppressed else self.shown

    @cached_property
    def change(self) -> Fraction | None:
        """Change against the comparison, in ``change_unit``."""
        before = self.comparison.value if self.comparison else None
        if self.value is None or before is None:
            return None
        if self.change_unit != "percent":
            return self.value - before
        return (self.value - before) / abs(before) * 100

    @property
    def change_unit(self) -> str:
        """Percentages change in points, means and small counts in their own unit, everything else in percent.

        Nothing has no percentage, and of a handful each one is a large one; nor has a week, whose counts are small.
        """
        if self.metric.unit == "percent":
            return "points"
        before = self.comparison.value if self.comparison else None
        small = self.metric.weekly or (before is not None and abs(before) < SMALL)
        return self.metric.unit if self.metric.divided or small else "percent"

    @property
    def change_shown(self) -> str:
        """The change as a reader sees it: ``+16.5%``, ``−0.3 points``; empty where there is none."""
        if self.change is None:
            return ""
        shown = number(self.change, self._change_decimals, signed=True)
        if self.change_unit == "percent":
            return f"{shown}%"
        unit = self.change_unit
        return f"{shown} {unit.removesuffix('s') if shown.lstrip('+' + _MINUS) == '1' else unit}"

    @property
    def direction(self) -> Direction | None:
        """Where the shown change points; a change that rounds to nothing is level."""
        if self.change is None:
            return None
        shown = rounded(self.change, self._change_decimals)
        if shown == 0:
            return "level"
        return "up" if shown > 0 else "down"

    @property
    def improved(self) -> bool | None:
        """Whether the change is an improvement; ``None`` where it is neither, or there is none."""
        if self.direction in (None, "level") or self.metric.better is Better.NEITHER:
            return None
        return (self.direction == "up") == (self.metric.better is Better.HIGHER)

    @property
    def _change_decimals(self) -> int:
        # A count changes by whole ones, a percentage by tenths at least.
        in_ones = self.change_unit == self.metric.unit and not self.metric.divided
        return self.metric.decimals if in_ones else max(1, self.metric.decimals)
