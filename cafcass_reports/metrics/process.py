"""What statistical process control says of a metric in an area: the one place where it is decided and worded.

Chart, matrix, headline, alternative text and commentary all take it from here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby, pairwise
from weakref import WeakKeyDictionary

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import NOTE, SUFFIX, Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better, Metric
from cafcass_reports.metrics.standards import Rebase, Target
from cafcass_reports.periods import When
from cafcass_reports.statistics.spc import (
    Assurance,
    Improvement,
    Point,
    Segment,
    SpecialCause,
    Variation,
    Xmr,
    assurance,
    variation,
    xmr,
)

MONTHS = 36
"""Months that a chart and a matrix look back over, where the records reach so far."""

_ALL = 10_000  # months

# What was decided from measurements, for as long as there are these.
_made: WeakKeyDictionary[Measurements, dict[tuple[str, str, int, When | None], Process]] = WeakKeyDictionary()

# Runs are told in words; from a year on it is enough to say that they are longer.
_COUNTS = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}

_WAYS: dict[Better, Improvement | None] = {
    Better.HIGHER: "increase",
    Better.LOWER: "decrease",
    Better.NEITHER: None,
}
_ASSURED = {
    Assurance.PASS: "expected to meet",
    Assurance.FAIL: "expected to miss",
    Assurance.INCONSISTENT: "may meet or miss",
}


@dataclass(frozen=True)
class Process:
    """A metric's months in an area, with their limits, special causes and what follows.

    Parameters
    ----------
    figures
        The months (of a stock the first day of each), in order; a figure may be missing.
    xmr
        Limits and special causes of the figures that are there; ``None`` where there is none.
    target
        What is aimed for, where it is in force by the latest figure.
    rebases
        Those at which a segment of these figures starts.
    """

    figures: tuple[Measurement, ...]
    xmr: Xmr | None
    target: Target | None
    rebases: tuple[Rebase, ...]

    @property
    def metric(self) -> Metric:
        """What is charted."""
        return self.figures[-1].metric

    @property
    def area(self) -> Area:
        """Where."""
        return self.figures[-1].area

    @cached_property
    def known(self) -> tuple[int, ...]:
        """The places of the figures that are there, from 0: a segment's indices count these."""
        return tuple(at for at, found in enumerate(self.figures) if found.value is not None)

    @property
    def latest(self) -> Measurement | None:
        """The latest figure that is there."""
        return self.figures[self.known[-1]] if self.known else None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, none without a figure."""
        return self.xmr.segments if self.xmr else ()

    @property
    def points(self) -> tuple[Point | None, ...]:
        """For each figure its point; ``None`` where it is missing."""
        found = iter(self.xmr.points if self.xmr else ())
        return tuple(None if figure.value is None else next(found) for figure in self.figures)

    def meaning(self, point: Point) -> Variation:
        """Say what a point means: the rule of the variation icon, for any point."""
        return variation(Xmr(self.segments, (point,)), _WAYS[self.metric.better])

    @property
    def variation(self) -> Variation | None:
        """What the latest figure says; ``None`` without any."""
        return variation(self.xmr, _WAYS[self.metric.better]) if self.xmr else None

    @property
    def direction(self) -> int:
        """1 where the latest figure's special cause points upwards, -1 downwards, 0 without one."""
        return self.xmr.points[-1].direction if self.xmr else 0

    @property
    def assurance(self) -> Assurance | None:
        """Whether the process as it stands meets its target; ``None`` without a target."""
        if self.xmr is None or self.target is None:
            return None
        return assurance(self.xmr, self.target.target, _WAYS[self.metric.better])

    def span(self, segment: Segment) -> tuple[int, int]:
        """Return the places of a segment's first and last figure."""
        return self.known[segment.start], self.known[segment.start + segment.count - 1]

    def said(self, value: float) -> str:
        """Write a limit, mean or target as the metric's figures are written."""
        return number(Fraction(value), self.metric.decimals) + SUFFIX.get(self.metric.unit, "")

    @property
    def target_said(self) -> str:
        """The target in words, with the word that it is illustrative where it is; empty without one."""
        if self.target is None:
            return ""
        unit = "" if self.metric.unit in SUFFIX else f" {self.metric.unit}"
        return f"{'illustrative ' * self.target.illustrative}target of {self.aim}{unit}"

    @property
    def aim(self) -> str:
        """The target's number as the metric's figures are written; empty without one."""
        if self.target is None:
            return ""
        decimals = 0 if self.target.target.is_integer() else max(1, self.metric.decimals)
        return number(Fraction(str(self.target.target)), decimals) + SUFFIX.get(self.metric.unit, "")

    @property
    def headline(self) -> str:
        """What the latest figure says, in one sentence without a full stop."""
        phrase = self.metric.phrase[:1].upper() + self.metric.phrase[1:]
        if self.xmr is None:
            return f"{phrase}: no figure for {self.area.name}"
        return f"{phrase} {self.finding}"

    @property
    def finding(self) -> str:
        """The headline without the metric: ``stood above average for seven months``; empty without a figure."""
        return self._moved(self.xmr) if self.xmr else ""

    @property
    def sentence(self) -> str:
        """The headline and, where there is a target, whether it is met; without a full stop."""
        if self.assurance is None:
            return self.headline
        provisionally = "provisionally " if self.segments[-1].short else ""
        return f"{self.headline}; {provisionally}{_ASSURED[self.assurance]} the {self.target_said}"

    @property
    def steady(self) -> bool:
        """Whether most figures since the last rebase are put down to chance: without that, limits describe no level.

        Of few figures (under 13) nobody can say that yet.
        """
        if self.xmr is None or self.segments[-1].short:
            return True
        own = self.xmr.points[self.segments[-1].start :]
        return 2 * sum(point.special_cause is SpecialCause.NONE for point in own) >= len(own)

    def _moved(self, chart: Xmr) -> str:
        point = chart.points[-1]
        side, verb, end = ("above", "rose", "top") if point.direction > 0 else ("below", "fell", "bottom")
        return {
            SpecialCause.NONE: "varied no more than usual",
            SpecialCause.OUTSIDE_LIMITS: f"stood {side} the expected range",
            SpecialCause.TREND: f"{verb} over {self._run(chart)} in a row",
            SpecialCause.TWO_OF_THREE: f"stood near the {end} of the expected range",
            SpecialCause.SHIFT: f"stood {side} average for {self._run(chart)}",
        }[point.special_cause]

    def _run(self, chart: Xmr) -> str:
        """Say how long the latest run is: of figures that follow each other one way, or lie on one side."""
        segment, latest = chart.segments[-1], chart.points[-1]
        own = [point.value for point in chart.points[segment.start :]]
        if latest.special_cause is SpecialCause.TREND:
            kept = [(after - before) * latest.direction > 0 for before, after in pairwise(own)]
            count = 1 + _last(kept)
        else:
            count = _last([(value - segment.mean) * latest.direction > 0 for value in own])
        places = self.known[-count:]
        gaps = places[-1] - places[0] + 1 > count
        said = _COUNTS.get(count, "over twelve")
        return f"{said} {'months with a figure' if gaps else 'months'}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the limits: rebases, short segments, missing months."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[str]:
        for rebase in self.rebases:
            yield f"Limits start again in {rebase.month:%B %Y}: {rebase.reason.rstrip('.')}."
        if not self.steady:
            yield "Most months lie beyond chance: there is no steady level, so read the slope and not the limits."
        short = [segment for segment in self.segments if segment.short]
        if short:
            counts = " and ".join(str(segment.count) for segment in short)
            yield f"Limits from {counts} months are provisional: 13 or more make them firm."
        if any(figure.suppressed for figure in self.figures):
            yield f"{NOTE}."
        missing = len(self.figures) - len(self.known)
        if missing and self.known:
            gone = "1 month without a figure is" if missing == 1 else f"{missing} months without a figure are"
            yield f"{gone} left out."
        if self.known and self.figures[-1].value is None and self.latest:
            yield f"The latest figure is that of {self.latest.when.label}."

    @property
    def spoken(self) -> str:
        """What a reader who cannot see the chart hears."""
        return " ".join(self._spoken())

    def _spoken(self) -> Iterator[str]:
        yield f"{self.sentence}."
        if self.latest is None:
            return
        known = [self.figures[at] for at in self.known]
        low, high = (end(known, key=lambda found: found.value or Fraction(0)) for end in (min, max))
        first, last_, lowest, highest = (
            f"{found.shown} ({found.when.label})" for found in (known[0], self.latest, low, high)
        )
        yield f"{self.area.name}: from {first} to {last_}; lowest {lowest}, highest {highest}."
        last = self.segments[-1]
        since = f" since {self.figures[self.span(last)[0]].when.label}" if len(self.segments) > 1 else ""
        if last.lower is not None and last.upper is not None:
            expected = f"{self.said(last.lower)} to {self.said(last.upper)}"
            yield f"Mean {self.said(last.mean)}, expected range {expected}{since}."
        else:
            yield f"Mean {self.said(last.mean)}{since}; too few figures, or no variation, for limits."
        yield self._special()
        yield from self.notes

    def _special(self) -> str:
        """Say which months have special causes: months that follow each other with one meaning are said together."""
        said: list[str] = []
        pairs = zip(self.figures, self.points, strict=True)
        means = ((figure, self.meaning(point) if point else Variation.COMMON_CAUSE) for figure, point in pairs)
        for meaning, run in groupby(means, key=lambda pair: pair[1]):
            if meaning is not Variation.COMMON_CAUSE:
                months = [figure.when.label for figure, _ in run]
                word = "change" if meaning is Variation.NEITHER else str(meaning)
                said.append(f"{word} {' to '.join(dict.fromkeys((months[0], months[-1])))}")
        return f"Special causes: {'; '.join(said)}." if said else "No special cause in any month."


def _last(kept: Sequence[bool]) -> int:
    """How many at the end are true."""
    count = 0
    for each in reversed(kept):
        if not each:
            break
        count += 1
    return count


def process(
    measurements: Measurements, metric_id: str, area: Area, months: int = MONTHS, *, until: When | None = None
) -> Process:
    """Decide what a metric's months in an area say, once for all exhibits of a paper.

    Parameters
    ----------
    measurements
        What was measured, with its targets and rebases.
    metric_id
        A metric measured month by month.
    area
        The area.
    months
        How many months, the latest last; fewer where the records begin later.
    until
        The period or snapshot that no month goes beyond; all months on record where it is not given.

    Raises
    ------
    CatalogueError
        Where the metric is not measured by months.
    """
    made = _made.setdefault(measurements, {})
    key = (metric_id, area.name, months, until)
    if key not in made:
        made[key] = _process(measurements, metric_id, area, months, until)
    return made[key]


def _process(measurements: Measurements, metric_id: str, area: Area, months: int, until: When | None) -> Process:
    metric = measurements.catalogue[metric_id]
    if metric.returned or metric.projection is not None or metric.periods is not None:
        raise CatalogueError(
            f"{metric_id} is not measured month by month, and has no control chart.", valid="Metrics with months."
        )
    if months < 1:
        raise CatalogueError(f"A control chart over {months} months shows nothing.", valid="1 month or more.")
    on_record = measurements.series(metric_id, area, _ALL)
    figures = tuple(figure for figure in on_record if until is None or figure.when.last <= until.last)[-months:]
    if not figures:
        raise CatalogueError(f"{metric_id} has no month up to {until.label if until else 'now'}.")
    known = [figure for figure in figures if figure.value is not None]
    target, rebases = measurements.standards.of(metric_id)
    starts: dict[int, Rebase] = {}
    for rebase in rebases:
        first = next((at for at, figure in enumerate(known) if figure.when.first >= rebase.month), None)
        if first and figures[0].when.first < rebase.month:
            starts[first] = rebase
    chart = xmr([float(figure.value or 0) for figure in known], rebase=starts) if known else None
    in_force = target is not None and bool(known) and target.from_ <= known[-1].when.last
    return Process(figures, chart, target if in_force else None, tuple(starts.values()))
