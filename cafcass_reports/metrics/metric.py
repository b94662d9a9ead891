"""A metric, as its owner wrote it: data that can be read and reviewed, checked for being whole."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.projected import Part, Projected
from cafcass_reports.parameters import Strict
from cafcass_reports.periods import Period, When, Window, quarter_name

_NAMED_MONTHS = re.compile(r"\s*\([^()]*\{(?:quarter|three_months)\}[^()]*\)")
_MOST = 1_000_000
_LEAST_THRESHOLD = 2  # below it no count is small


class Kind(StrEnum):
    """How a metric adds up.

    A *count* adds rows (or a number in each), a *stock* does so on a day, *distinct* counts each key once,
    a *ratio* divides one sum by another, a *mean* divides a sum by the rows that have a value,
    a *reported* figure is what another team returns, and a *projected* one is calculated for days to come.
    """

    COUNT = "count"
    STOCK = "stock"
    DISTINCT = "distinct"
    RATIO = "ratio"
    MEAN = "mean"
    REPORTED = "reported"
    PROJECTED = "projected"


class Better(StrEnum):
    """Which way is an improvement."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class MetricRef(Strict):
    """Another metric, used as a numerator or denominator."""

    metric: str


class InForce(Strict):
    """The days between which a definition holds."""

    from_: date = Field(alias="from")
    to: date | None = None


def _expression(value: Any) -> Any:
    """YAML reads a bare ``true`` as a boolean; as an expression it means every row."""
    return "true" if value is True else value


def _fraction(value: Any) -> Fraction:
    try:
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError("is a whole number or a fraction such as 1/7") from None
    if not 0 < number <= _MOST:
        raise ValueError(f"is above 0 and at most {_MOST:,}")
    return number


class Metric(Strict):
    """One metric, as its owner wrote it.

    ``numerator``, ``denominator`` and ``where`` are SQL expressions in DuckDB's dialect over the columns of
    ``table``, of the table joined by ``with`` and of ``areas``. A flow says ``counted_on`` (a date column) or
    ``during`` (the two date columns of a spell), a stock says ``as_at: open_on(from, to)``.
    The value shown is ``multiplier`` x numerator / denominator. ``phrase`` names the metric in a sentence.
    Ratios with the same ``shares`` are the parts of one whole, and are rounded together. What is ``held_in``
    hundredths (FTE) is counted in whole hundredths and shown in ones; ``per_year`` shows a period's count at the
    rate of a year.
    A *reported* figure without a ``period`` is returned for days of its own, and shown for the latest of them.
    ``periods: years`` measures a spell, which is slow to count, for whole years and the year to date alone.
    ``down_to: area`` measures it for nothing smaller, ``down_to: nation`` for the nation alone.
    What is returned each week is counted for the ``latest week``, and compared with the ``week before``.
    ``between_snapshots`` counts a month from the day after its first to the first of the next, so that what came and
    what went account for the change of a stock.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    phrase: str
    definition: str
    kind: Kind
    table: str | None = None
    with_: str | None = Field(default=None, alias="with")
    counted_on: str | None = None
    between_snapshots: bool = False
    as_at: str | None = None
    during: tuple[str, str] | None = None
    where: Annotated[str, BeforeValidator(_expression)] = "true"
    numerator: Annotated[str | MetricRef | None, BeforeValidator(_expression)] = None
    denominator: Annotated[str | MetricRef | None, BeforeValidator(_expression)] = None
    shares: str | None = None
    projection: Projected | None = None
    multiplier: Annotated[Fraction | None, BeforeValidator(_fraction)] = None
    held_in: Literal["hundredths"] | None = None
    per_year: bool = False
    unit: str
    better: Better
    period: Window | None = None
    periods: Literal["years"] | None = None
    compared_with: Literal["same period last year", "week before"] | None = None
    decimals: int = Field(ge=0, le=4)
    disclosive: bool | int = False
    down_to: Level = Level.TEAM
    owner: str
    in_force: InForce

    @model_validator(mode="after")
    def _whole(self) -> Metric:
        if self.disclosive is not False:
            self._protectable()
        if "{" in _NAMED_MONTHS.sub("", self.title):
            raise ValueError("a title names its months in brackets, as ({quarter}) or ({three_months})")
        self._week_by_week()
        if self.per_year and self.period is None:
            raise ValueError("only what is counted in a period has a rate a year")
        if self.periods is not None and not (
            self.period is Window.YEAR_TO_DATE and (self.during is not None or self.of_metrics)
        ):
            raise ValueError("only a spell (during), or a quotient of such, for the year to date says 'periods: years'")
        if self.shares is not None and (self.kind is not Kind.RATIO or self.unit != "percent"):
            raise ValueError("only a ratio in percent is one of several shares")
        if (self.kind is Kind.PROJECTED) != (self.projection is not None):
            raise ValueError(
                "what is projected, and nothing else, has a projection; params/projections.yml states them"
            )
        if self.kind is Kind.PROJECTED:
            self._lacks("table", "counted_on", "as_at", "during", "numerator", "denominator", "period")
        elif self.kind is Kind.REPORTED:
            self._lacks("table", "counted_on", "as_at", "during", "numerator", "denominator", "multiplier")
        elif self.of_metrics:
            self._lacks("table", "counted_on", "as_at", "during")
            if not (isinstance(self.numerator, MetricRef) and isinstance(self.denominator, MetricRef)):
                raise ValueError("a quotient names a metric above and a metric below")
        else:
            self._measured_from_records()
        return self

    def _week_by_week(self) -> None:
        """A week is one of its own: neither a part of a year, nor compared with one."""
        if self.weekly and (self.kind in (Kind.DISTINCT, Kind.REPORTED) or self.during is not None):
            raise ValueError("the latest week has a count, a ratio or a mean of what is counted_on a date")
        if self.compared_with is not None and (self.compared_with == "week before") != self.weekly:
            raise ValueError("the latest week, and nothing else, is compared with the week before")

    def _protectable(self) -> None:
        """Only counts of records add up, over areas and over grades, which is how they are protected."""
        counted = self.kind in (Kind.COUNT, Kind.STOCK) and self.numerator is None
        if self.weekly or self.table is None or self.during is not None or not (counted or self.kind is Kind.RATIO):
            raise ValueError(
                "only a count or stock of records, or the share (ratio) of them for which a condition holds, can be "
                "disclosive"
            )
        if self.disclosive is not True and self.disclosive < _LEAST_THRESHOLD:
            raise ValueError(f"a threshold of disclosive is {_LEAST_THRESHOLD} or more; true is 5")

    def _lacks(self, *keys: str) -> None:
        given = [key for key in keys if getattr(self, key) is not None]
        if given:
            raise ValueError(f"a {self.kind} of this form has no {', '.join(given)}")

    def _measured_from_records(self) -> None:
        if self.table is None:
            raise ValueError("'table' is missing")
        ways = [key for key in ("counted_on", "as_at", "during") if getattr(self, key) is not None]
        if len(ways) != 1:
            raise ValueError(f"exactly one of counted_on, as_at, during is needed, given {ways or 'none'}")
        if (self.as_at is None) != (self.period is not None):
            raise ValueError("a flow (counted_on, during) has a period, a stock (as_at) has none")
        if self.between_snapshots and self.counted_on is None:
            raise ValueError("only what is counted on a date is counted between snapshots")
        if self.kind is Kind.STOCK and self.as_at is None:
            raise ValueError("a stock says as_at")
        if self.kind is Kind.DISTINCT and self.numerator is None:
            raise ValueError("a distinct count names its key as numerator")
        if self.kind in (Kind.RATIO, Kind.MEAN) and (self.numerator is None or self.denominator is None):
            raise ValueError(f"a {self.kind} has a numerator and a denominator")
        if self.kind in (Kind.COUNT, Kind.STOCK, Kind.DISTINCT) and self.denominator is not None:
            raise ValueError(f"a {self.kind} has no denominator")

    @property
    def of_metrics(self) -> bool:
        """Whether it divides one metric by another."""
        return isinstance(self.numerator, MetricRef) or isinstance(self.denominator, MetricRef)

    @property
    def weekly(self) -> bool:
        """Whether it is counted by week."""
        return self.period is Window.LATEST_WEEK

    @property
    def returned(self) -> bool:
        """Whether others return it for days or weeks of its own: the returns say for which there is a figure."""
        return self.weekly or (self.kind is Kind.REPORTED and self.period is None)

    @property
    def on_a_day(self) -> bool:
        """Whether it is counted on the day of a snapshot."""
        return self.period is None and not self.returned and self.projection is None

    @property
    def origin(self) -> Literal["measured", "reported", "projected"]:
        """Whether it is measured from records, returned by another team, or projected."""
        if self.kind is Kind.REPORTED:
            return "reported"
        return "projected" if self.kind is Kind.PROJECTED else "measured"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The metrics that it is calculated from."""
        if self.projection is not None:
            return self.projection.stock, self.projection.opened, self.projection.closed
        return tuple(part.metric for part in (self.numerator, self.denominator) if isinstance(part, MetricRef))

    @property
    def divided(self) -> bool:
        """Whether its value is a quotient of two counted numbers."""
        of_past = self.projection is not None and self.projection.part in (Part.MISS, Part.BIAS, Part.HELD)
        return of_past or self.kind in (Kind.RATIO, Kind.MEAN)

    @property
    def factor(self) -> Fraction:
        """What numerator / denominator is multiplied by: 100 for percentages unless said otherwise."""
        if self.multiplier is not None:
            return self.multiplier
        return Fraction(100 if self.unit == "percent" and self.divided else 1)

    @property
    def unit_size(self) -> int:
        """How many of what is counted make one: 100 where it is held in hundredths, else 1."""
        return 100 if self.held_in == "hundredths" else 1

    @property
    def factor_of_units(self) -> Fraction:
        """The factor of what is counted as it is held."""
        return self.factor if self.unit_size == 1 else self.factor / self.unit_size

    def title_for(self, when: When) -> str:
        """Return the title with its quarter or three months filled in; for any other period without the brackets."""
        if isinstance(when, Period) and when.months == 3:
            return self.title.replace("{quarter}", quarter_name(when)).replace("{three_months}", when.short)
        return _NAMED_MONTHS.sub("", self.title) if "{" in self.title else self.title

    def holds(self, first: date, last: date) -> bool:
        """Whether the definition is in force for all days between two dates."""
        return self.in_force.from_ <= first and (self.in_force.to is None or last <= self.in_force.to)
