"""A measurement: one metric for an area and a period or snapshot, and how it is shown.

Numerator and denominator stay whole numbers until a value is shown; rounding is half away from zero, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

import pandas as pd

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.catalogue import Better, Catalogue, Kind, Metric, MetricRef
from cafcass_reports.metrics.measure import COLUMNS
from cafcass_reports.periods import Period, Reporting, Snapshot, When
from cafcass_reports.statistics.percentages import largest_remainder

Direction: TypeAlias = Literal["up", "down", "level"]

_STEPS = ("month", "quarter", "year")
_MINUS = "\N{MINUS SIGN}"
_SUFFIX = {"percent": "%", "weeks": " weeks"}  # other units stand in the measure's title


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero, as people and spreadsheets do (Python's own rounding goes to even).

    Examples
    --------
    >>> rounded(Fraction(5, 2), 0), rounded(Fraction(-233, 100), 1)
    (Fraction(3, 1), Fraction(-23, 10))
    """
    scale = 10**decimals
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def number(value: Fraction, decimals: int, *, signed: bool = False) -> str:
    """Write a number with thousands commas, a true minus sign and so many decimals.

    Examples
    --------
    >>> number(Fraction(12092), 0), number(Fraction(-23, 10), 1, signed=True)
    ('12,092', '−2.3')
    """
    shown = rounded(value, decimals)
    text = f"{float(abs(shown)):,.{decimals}f}"
    if shown < 0:
        return _MINUS + text
    return f"+{text}" if signed and shown > 0 else text


@dataclass(frozen=True)
class Measurement:
    """One figure.

    ``numerator`` and ``denominator`` are ``None`` where nothing was counted; a count has no denominator.
    ``comparison`` is the same metric and area for the period that the metric is compared with.
    ``share`` is the percentage of a part of one whole, rounded together with the other parts.
    """

    metric: Metric
    title: str
    area: Area
    when: When
    numerator: int | None
    denominator: int | None
    source: str
    comparison: Measurement | None = None
    share: Fraction | None = None

    @property
    def id(self) -> str:
        """Its id: metric, area and period, as in ``measurements.csv``."""
        return f"{self.metric.id}.{self.area.slug}.{self.when.key}"

    @property
    def value(self) -> Fraction | None:
        """The exact value; nothing divided by nothing is missing, never zero."""
        if self.numerator is None:
            return None
        if self.denominator is None:
            return self.metric.factor * self.numerator
        return self.metric.factor * Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def rounded(self) -> Fraction | None:
        """The value at the precision at which it is shown, everywhere."""
        if self.share is not None or self.value is None:
            return self.share
        return rounded(self.value, self.metric.decimals)

    @property
    def shown(self) -> str:
        """The value as a reader sees it."""
        if self.rounded is None:
            return "not available"
        return number(self.rounded, self.metric.decimals) + _SUFFIX.get(self.metric.unit, "")

    @property
    def change(self) -> Fraction | None:
        """Change against the comparison, in ``change_unit``."""
        before = self.comparison.value if self.comparison else None
        if self.value is None or before is None:
            return None
        if self.change_unit != "percent":
            return self.value - before
        return (self.value - before) / before * 100 if before else None

    @property
    def change_unit(self) -> str:
        """Percentages change in points, means in their own unit, everything else in percent."""
        if self.metric.unit == "percent":
            return "points"
        return self.metric.unit if self.metric.divided else "percent"

    @property
    def change_shown(self) -> str:
        """The change as a reader sees it: ``+16.5%``, ``−0.3 points``; empty where there is none."""
        if self.change is None:
            return ""
        suffix = "%" if self.change_unit == "percent" else f" {self.change_unit}"
        return number(self.change, self._change_decimals, signed=True) + suffix

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
        return max(1, self.metric.decimals)


class Measurements:
    """Everything that was measured, looked up figure by figure.

    Parameters
    ----------
    frame
        What :func:`cafcass_reports.metrics.measure.measure` gave.
    catalogue, areas, reporting
        What was measured, where and when.
    """

    def __init__(self, frame: pd.DataFrame, catalogue: Catalogue, areas: Areas, reporting: Reporting) -> None:
        self._frame = frame
        self.catalogue = catalogue
        self.areas = areas
        self.reporting = reporting

    def one(self, metric_id: str, area: Area, when: When | None = None) -> Measurement:
        """Return one figure.

        Parameters
        ----------
        metric_id
            A metric of the catalogue.
        area
            A nation, region, area or team.
        when
            A period or snapshot; the metric's own for this pack where it is not given.

        Raises
        ------
        CatalogueError
            Where there is no such metric, or it is not measured for that period.
        """
        metric = self.catalogue[metric_id]
        at = self.when(metric) if when is None else when
        before = None
        if metric.compared_with is not None and at.year_before() in self._known(metric):
            before = self._figure(metric, area, at.year_before(), None)
        return self._figure(metric, area, at, before)

    def series(self, metric_id: str, area: Area, last: int) -> list[Measurement]:
        """Return a metric month by month (or snapshot by snapshot), the latest ``last`` of them in order."""
        metric = self.catalogue[metric_id]
        if self._is_stock(metric):
            monthly: list[When] = [s for s in self.reporting.snapshots() if s.day.day == 1]
        else:
            monthly = list(self.reporting.months())
        return [self.one(metric_id, area, when) for when in monthly[-last:]]

    def earlier(self, metric_id: str, area: Area) -> list[Measurement]:
        """Return the figures of the same window, or the same day, in the years before, in order."""
        metric = self.catalogue[metric_id]
        at = self.when(metric)
        before: list[When] = []
        while (at := at.year_before()) in self._known(metric):
            before.insert(0, at)
        return [self._figure(metric, area, when, None) for when in before]

    def when(self, metric: Metric) -> When:
        """Return the period or snapshot for which a metric is shown in this pack."""
        return self.reporting.window(metric.period) if metric.period else self.reporting.snapshot

    def moment(self, key: str) -> When:
        """Return the period or snapshot of a key, as :attr:`Period.key` and :attr:`Snapshot.key` write it."""
        days = [date.fromisoformat(day) for day in key.split("_")]
        return Snapshot(days[0]) if len(days) == 1 else Period(days[0], days[1])

    def part_when(self, metric: Metric, when: When) -> When:
        """Return when a numerator or denominator is taken: a stock under a flow is that of the period's close."""
        return Reporting.closing(when) if self._is_stock(metric) and isinstance(when, Period) else when

    def frame(self, metric_id: str, area: Area, by: str) -> pd.DataFrame:
        """Return one metric as a frame, for an analyst.

        Parameters
        ----------
        metric_id
            A metric of the catalogue.
        area
            An area; for ``by="area"`` (or region, team) the parts of it at that level.
        by
            ``month``, ``quarter``, ``year``, ``region``, ``area`` or ``team``.

        Returns
        -------
        pandas.DataFrame
            Columns ``area``, ``period``, ``first`` (its first day), ``numerator``, ``denominator`` and
            ``value`` (float, in the metric's unit).
        """
        metric = self.catalogue[metric_id]
        found = [
            self.one(metric_id, place, when) for place in self._places(area, by) for when in self._times(metric, by)
        ]
        return pd.DataFrame(
            {
                "area": [m.area.name for m in found],
                "period": [m.when.label for m in found],
                "first": pd.to_datetime([m.when.first if isinstance(m.when, Period) else m.when.day for m in found]),
                "numerator": pd.array([m.numerator for m in found], dtype="Int64"),
                "denominator": pd.array([m.denominator for m in found], dtype="Int64"),
                "value": [None if m.value is None else float(m.value) for m in found],
            }
        ).astype({"value": "float64"})

    def _places(self, area: Area, by: str) -> list[Area]:
        if by in _STEPS:
            return [area]
        if by not in (Level.REGION, Level.AREA, Level.TEAM):
            raise CatalogueError(f"by={by!r} is not known.", valid=f"Valid: {', '.join(_STEPS)}, region, area, team.")
        return [place for place in self.areas if place.level == by and self._within(place, area)]

    def _within(self, place: Area, whole: Area) -> bool:
        while place.part_of is not None and place != whole:
            place = self.areas.named(place.part_of)
        return place == whole

    def _times(self, metric: Metric, by: str) -> list[When]:
        if by not in _STEPS:
            return [self.when(metric)]
        blocks: Mapping[str, list[Period]] = {
            "month": self.reporting.months(),
            "quarter": self.reporting.quarters(),
            "year": self.reporting.years(),
        }
        if self._is_stock(metric):
            return [Reporting.closing(block) for block in blocks[by]]
        return list(blocks[by])

    def _is_stock(self, metric: Metric) -> bool:
        return metric.period is None

    def _known(self, metric: Metric) -> frozenset[When]:
        return self._snapshots if self._is_stock(metric) else self._periods

    @cached_property
    def _periods(self) -> frozenset[When]:
        return frozenset(self.reporting.periods())

    @cached_property
    def _snapshots(self) -> frozenset[When]:
        return frozenset(self.reporting.snapshots())

    @cached_property
    def _counted(self) -> dict[str, dict[tuple[str, When], tuple[int, int | None, str]]]:
        """Whole numbers by metric, then by area and when."""
        found: dict[str, dict[tuple[str, When], tuple[int, int | None, str]]] = {}
        whens: dict[tuple[str | None, str | None, str | None], When] = {}
        columns = (self._frame[name].tolist() for name in COLUMNS)
        for metric, area, first, last, day, numerator, denominator, source in zip(*columns, strict=True):
            key = (first, last, day)
            if key not in whens:
                whens[key] = (
                    Snapshot(date.fromisoformat(day))
                    if isinstance(day, str)
                    else Period(date.fromisoformat(first), date.fromisoformat(last))
                )
            below = None if pd.isna(denominator) else int(denominator)
            found.setdefault(metric, {})[area, whens[key]] = (int(numerator), below, source)
        return found

    def _figure(self, metric: Metric, area: Area, when: When, comparison: Measurement | None) -> Measurement:
        if when not in self._known(metric):
            raise CatalogueError(
                f"{metric.id} is not measured for {when.label}.",
                valid=f"Measured: {self.reporting.history_from} to {self.reporting.snapshot.label}.",
            )
        numerator, denominator, source = self._numbers(metric, area, when)
        first, last = (when.first, when.last) if isinstance(when, Period) else (when.day, when.day)
        if not metric.holds(first, last):
            numerator = denominator = None
        title = metric.title_for(self.reporting)
        share = self._share(metric, area, when) if metric.shares and denominator else None
        return Measurement(metric, title, area, when, numerator, denominator, source, comparison, share)

    def _share(self, metric: Metric, area: Area, when: When) -> Fraction:
        """The percentage of one part of a whole, such that all parts add up to 100 as shown."""
        parts = [part for part in self.catalogue.values() if part.shares == metric.shares]
        counted = [self._numbers(part, area, when) for part in parts]
        counts = [numerator or 0 for numerator, _, _ in counted]
        if {denominator for _, denominator, _ in counted} != {sum(counts)}:
            raise CatalogueError(
                f"The shares of {metric.shares} do not make one whole for {area.name}, {when.label}: {counts}.",
                valid="Each record is in exactly one of the shares.",
                next_step=f"Correct the numerators of {', '.join(part.id for part in parts)}.",
            )
        share = largest_remainder(counts, metric.decimals)[parts.index(metric)]
        return Fraction(str(share))

    def _numbers(self, metric: Metric, area: Area, when: When) -> tuple[int | None, int | None, str]:
        if metric.of_metrics:
            above, below = (self._part(part, area, when) for part in (metric.numerator, metric.denominator))
            sources = dict.fromkeys((above[2], below[2]))
            return above[0], below[0], " and ".join(sources)
        found = self._counted.get(metric.id, {}).get((area.name, when))
        if found is not None:
            return found
        source = f"{metric.table} extract" if metric.table else ""
        if metric.kind is Kind.REPORTED:
            return None, None, "not returned"
        # No record is a count of none; a share of none is missing.
        return 0, 0 if metric.divided else None, source

    def _part(self, part: str | MetricRef | None, area: Area, when: When) -> tuple[int | None, int | None, str]:
        if not isinstance(part, MetricRef):
            raise TypeError("a quotient of metrics names a metric above and below")
        metric = self.catalogue[part.metric]
        return self._numbers(metric, area, self.part_when(metric, when))
