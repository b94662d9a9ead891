"""Everything that a pack measured, looked up figure by figure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

import pandas as pd
import pyarrow as pa

from cafcass_reports.errors import CatalogueError, nearest
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import ahead
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.counted import Family
from cafcass_reports.metrics.figure_rows import FigureRows, Numbers
from cafcass_reports.metrics.measurement import UNSCALED, Measurement, rounded
from cafcass_reports.metrics.metric import Metric, MetricRef
from cafcass_reports.metrics.projected import Part, Projected
from cafcass_reports.metrics.scope import shown_for, speaks_for
from cafcass_reports.metrics.standards import NO_STANDARDS, Standards
from cafcass_reports.periods import Period, Span, When, from_key
from cafcass_reports.reporting import Reporting
from cafcass_reports.statistics.percentages import largest_remainder
from cafcass_reports.statistics.projection import YEAR, Ahead, project

_STEPS = ("month", "quarter", "year")


class Measurements:
    """Everything that was measured, looked up figure by figure.

    Parameters
    ----------
    measured
        What :func:`cafcass_reports.metrics.measure.measure` gave.
    catalogue, areas, reporting
        What was measured, where and when.
    first_days
        For each metric measured from records the first day that its extract speaks for.
    standards
        What processes are held against: targets and rebases.
    """

    def __init__(
        self,
        measured: pd.DataFrame | pa.Table,
        catalogue: Catalogue,
        areas: Areas,
        reporting: Reporting,
        first_days: Mapping[str, date],
        *,
        standards: Standards = NO_STANDARDS,
    ) -> None:
        self._rows = FigureRows(measured)
        self._first_days = first_days
        self._returned: dict[str, tuple[When, ...]] = {}
        self._asked: set[tuple[str, str]] = set()
        self._times_known: dict[tuple[str, str], frozenset[When]] = {}
        self._figures: dict[tuple[str, str, When, When | None], Measurement] = {}
        self._by_id: dict[str, Measurement] = {}
        self._ahead: dict[tuple[Projected, str], tuple[Ahead, ...]] = {}
        self.catalogue = catalogue
        self.areas = areas
        self.reporting = reporting
        self.standards = standards

    def one(self, metric_id: str, area: Area, when: When | None = None, *, before: When | None = None) -> Measurement:
        """Return one figure.

        Parameters
        ----------
        metric_id
            A metric of the catalogue.
        area
            A nation, region, area or team.
        when
            A period or snapshot; the metric's own for this pack where it is not given.
        before
            The period or snapshot that it is compared with; that of the metric where it is not given.

        Raises
        ------
        CatalogueError
            Where there is no such metric, or it is not measured for that period.
        """
        metric = self.catalogue[metric_id]
        at = self.when(metric) if when is None else when
        return self._figure(metric, area, at, before or self._compared_with(metric, area, at))

    def _compared_with(self, metric: Metric, area: Area, at: When) -> When | None:
        """What a metric's own comparison is measured for; None where it has none, or that is not measured."""
        if metric.compared_with is None:
            return None
        if metric.weekly:
            before: When | None = at.week_before() if isinstance(at, Span) else None
        else:
            before = at.year_before()
        return before if before in self._known(metric, area) else None

    def series(self, metric_id: str, area: Area, last: int) -> list[Measurement]:
        """Return a metric month by month (week by week, snapshot by snapshot), the latest ``last`` of them in order.

        What is measured for whole years alone comes year by year, and so does what is disclosive for an area.
        """
        metric = self.catalogue[metric_id]
        own = shown_for(metric, area, self.reporting)
        if own is not None:
            monthly: list[When] = sorted(own, key=lambda when: when.last)
        elif metric.projection is not None:
            monthly = ahead.days(self.reporting, metric.projection)
        elif metric.returned:
            monthly = self._returns(metric)
        elif metric.on_a_day:
            monthly = [*self.reporting.monthly_snapshots()]
        elif metric.periods is not None:
            monthly = list(self.reporting.years())
        else:
            monthly = list(self.reporting.months())
        return [self.one(metric_id, area, when) for when in monthly[-last:]]

    def steps(self, metric_id: str, area: Area, by: Literal["month", "quarter"]) -> dict[date, Measurement]:
        """Return a metric by month or quarter, a stock at the close of each, under the last day of each.

        What is not measured by such steps, as what is disclosive for an area, has none.
        """
        metric = self.catalogue[metric_id]
        blocks = self.reporting.months() if by == "month" else self.reporting.quarters()
        if metric.returned:
            return {}
        known = self._known(metric, area)
        closing: dict[date, When] = {
            block.last: Reporting.closing(block) if metric.on_a_day else block for block in blocks
        }
        return {last: self.one(metric_id, area, when) for last, when in closing.items() if when in known}

    def earlier(self, metric_id: str, area: Area) -> list[Measurement]:
        """Return the figures of the same window, or the same day, in the years before, in order.

        For what is returned for days or weeks of its own they are all returns before the latest.
        """
        metric = self.catalogue[metric_id]
        at = self.when(metric)
        before: list[When] = self._returns(metric)[:-1]
        while not metric.returned and (at := at.year_before()) in self._known(metric, area):
            before.insert(0, at)
        return [self._figure(metric, area, when, None) for when in before]

    def disclosive(self, family: Family) -> Iterator[tuple[Metric, Area, When]]:
        """Go through all figures of a family of disclosive metrics."""
        for metric in family.metrics:
            for area in self.areas:
                for when in sorted(self._known(metric, area), key=lambda when: when.key):
                    yield metric, area, when

    def in_previous(self, found: Measurement) -> Measurement | None:
        """Return what a figure of this pack was in the pack before, by today's records and definitions.

        None where there is no such pack, and for what is no figure of the pack's own period.
        """
        before, metric = self.reporting.previous, found.metric
        if before is None or metric.returned or found.when != self.when(metric):
            return None
        when: When = before.window(metric.period) if metric.period else before.snapshot
        return (
            self.one(metric.id, found.area, when)
            if when in self._known(metric, found.area) and when != found.when
            else None
        )

    def when(self, metric: Metric) -> When:
        """Return the period or snapshot for which a metric is shown in this pack."""
        if metric.returned:
            # Before anything is returned it is missing for the pack's own period.
            return (self._returns(metric) or [self.reporting.period])[-1]
        if metric.projection is not None:
            return ahead.days(self.reporting, metric.projection)[-1]
        return self.reporting.window(metric.period) if metric.period else self.reporting.snapshot

    def takes_a_snapshot(self, metric: Metric) -> bool:
        """Whether a metric, or what it is divided by, is counted on a day."""
        parts = [part for part in (metric.numerator, metric.denominator) if isinstance(part, MetricRef)]
        return metric.on_a_day or any(self.catalogue[part.metric].on_a_day for part in parts)

    def by_id(self, figure: str) -> Measurement:
        """Return the figure of an id, as :attr:`Measurement.id` writes it.

        Raises
        ------
        CatalogueError
            Where it is no id, or there is no such metric, area or period.
        """
        if figure not in self._by_id:
            self._by_id[figure] = self._of_id(figure)
        return self._by_id[figure]

    def _of_id(self, figure: str) -> Measurement:
        try:
            metric, slug, key = figure.split(".")
            when = from_key(key)
        except ValueError:
            raise CatalogueError(
                f"{figure!r} is no id of a figure.",
                valid=f"An id is metric.area.period: {next(iter(self.catalogue))}.{self.areas.nation.slug}."
                f"{self.reporting.period.key}.",
                next_step="Take it from a frame that paper.measure gave, or from measurements.csv.",
            ) from None
        if slug not in self._by_slug:
            raise CatalogueError(f"There is no area {slug!r}: {figure}.", valid=nearest(slug, self._by_slug))
        return self.one(metric, self._by_slug[slug], when)

    @staticmethod
    def part_when(metric: Metric, when: When) -> When:
        """Return when a numerator or denominator is taken: a stock under a flow is that of the period's close."""
        return Reporting.closing(when) if metric.on_a_day and isinstance(when, Period) else when

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
            Columns ``measurement`` (the figure's id), ``area``, ``period``, ``first`` (its first day), ``numerator``,
            ``denominator`` and ``value`` (float, in the metric's unit).
        """
        metric = self.catalogue[metric_id]
        found = [
            self.one(metric_id, place, when) for place in self._places(area, by) for when in self._times(metric, by)
        ]
        return pd.DataFrame(
            {
                "measurement": [m.id for m in found],
                "area": [m.area.name for m in found],
                "period": [m.when.label for m in found],
                "first": pd.to_datetime([m.when.first for m in found]),
                "numerator": pd.array([m.numerator for m in found], dtype="Int64"),
                "denominator": pd.array([m.denominator for m in found], dtype="Int64"),
                "value": [None if m.value is None else float(m.value) for m in found],
            }
        ).astype({"value": "float64"})

    def parts_of(self, area: Area, level: str) -> list[Area]:
        """Return the regions, areas or teams within an area, in their order.

        Raises
        ------
        CatalogueError
            Where the level is none of these.
        """
        if level not in (Level.REGION, Level.AREA, Level.TEAM):
            raise CatalogueError(
                f"by={level!r} is not known.", valid=f"Valid: {', '.join(_STEPS)}, region, area, team."
            )
        return [place for place in self.areas if place.level == level and self._within(place, area)]

    def _places(self, area: Area, by: str) -> list[Area]:
        return [area] if by in _STEPS else self.parts_of(area, by)

    def _within(self, place: Area, whole: Area) -> bool:
        while place.part_of is not None and place != whole:
            place = self.areas.named(place.part_of)
        return place == whole

    def _times(self, metric: Metric, by: str) -> list[When]:
        if by not in _STEPS:
            return [self.when(metric)]
        if metric.returned:
            return self._returns(metric)
        blocks: Mapping[str, list[Period]] = {
            "month": self.reporting.months(),
            "quarter": self.reporting.quarters(),
            "year": self.reporting.years(),
        }
        if metric.on_a_day:
            return [Reporting.closing(block) for block in blocks[by]]
        return list(blocks[by])

    def _returns(self, metric: Metric) -> list[When]:
        """The days or weeks for which a figure was returned up to the pack's date, in order of their last."""
        if not metric.returned:
            return []
        if isinstance(metric.denominator, MetricRef):
            return self._returns(self.catalogue[metric.denominator.metric])
        self._asked.add((metric.id, ""))
        if metric.id not in self._returned:
            known = [when for when in self._rows.times(metric.id) if when.last <= self.reporting.returned_up_to]
            self._returned[metric.id] = tuple(sorted(known, key=lambda when: (when.last, when.first)))
        return [*self._returned[metric.id]]

    def _known(self, metric: Metric, area: Area) -> frozenset[When]:
        """When a metric is measured for an area."""
        key = (metric.id, area.name)
        if key not in self._times_known:
            self._times_known[key] = self._times_of(metric, area)
        return self._times_known[key]

    def _times_of(self, metric: Metric, area: Area) -> frozenset[When]:
        own = shown_for(metric, area, self.reporting)
        if own is not None:
            return own
        if metric.returned:
            return frozenset([*self._returns(metric), self.reporting.period])
        if metric.projection is not None:
            return frozenset(ahead.days(self.reporting, metric.projection))
        if metric.periods is not None:
            return self._yearly
        return self._snapshots if metric.on_a_day else self._periods

    @cached_property
    def _periods(self) -> frozenset[When]:
        return frozenset(self.reporting.periods())

    @cached_property
    def _yearly(self) -> frozenset[When]:
        return frozenset(self.reporting.yearly())

    @cached_property
    def _snapshots(self) -> frozenset[When]:
        return frozenset(self.reporting.snapshots())

    @property
    def looked_up(self) -> frozenset[tuple[str, str]]:
        """The metrics, each with an area (or ``""`` for all areas), whose figures were looked up so far."""
        return self._rows.read | self._asked

    def fingerprint(self, metric_id: str, area: str) -> str:
        """Return what all figures of a metric in an area, or in all areas (``""``), depend on, in a few characters.

        Two packs with the same fingerprint, areas and reporting show the same of it. A metric that this pack does not
        have has one too.
        """
        if metric_id not in self.catalogue:
            return ""
        metric = self.catalogue[metric_id]
        told = [metric.model_dump_json(), str(self._first_days.get(metric_id)), repr(self.standards.of(metric_id))]
        content = repr([*told, *self._rows.content(metric_id, area)])
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @cached_property
    def _by_slug(self) -> dict[str, Area]:
        return {area.slug: area for area in self.areas}

    def _figure(self, metric: Metric, area: Area, when: When, before: When | None) -> Measurement:
        """A figure, made once: a paper asks for most of them several times."""
        key = (metric.id, area.name, when, before)
        if key not in self._figures:
            self._asked.add((metric.id, area.name))
            comparison = None if before is None else self._figure(metric, area, before, None)
            self._figures[key] = self._made(metric, area, when, comparison)
        return self._figures[key]

    def _made(self, metric: Metric, area: Area, when: When, comparison: Measurement | None) -> Measurement:
        if when not in self._known(metric, area):
            self._refuse_disclosive(metric, area, when)
            which = "whole financial years and the year to date, " if metric.periods is not None else ""
            raise CatalogueError(
                f"{metric.id} is not measured for {when.label}.",
                valid=f"Measured: {which}{self.reporting.history_from} to {self.reporting.snapshot.label}.",
            )
        numbers = self._numbers(metric, area, when)
        if not metric.holds(when.first, when.last):
            numbers = Numbers(None, None, numbers.sources)
        share = self._share(metric, area, when) if metric.shares and numbers.denominator else None
        return Measurement(
            metric,
            metric.title_for(when),
            area,
            when,
            numbers.numerator,
            numbers.denominator,
            numbers.sources,
            comparison,
            share,
            self._scale(metric, when),
            numbers.suppressed,
        )

    def withheld(self, metric_id: str, area: Area, when: When | None) -> Measurement:
        """Return the figure of a disclosive metric, in a part of the nation, for a period that it is not measured for.

        To an author who asks for it :meth:`one` says why there is none; a text that is written for every area does
        without it, as without any figure that is suppressed.
        """
        self._asked.add((metric_id, area.name))
        metric = self.catalogue[metric_id]
        at = when or self.when(metric)
        return Measurement(metric, metric.title_for(at), area, at, None, None, (), suppressed=True)

    def _refuse_disclosive(self, metric: Metric, area: Area, when: When) -> None:
        own = shown_for(metric, area, self.reporting)
        if own == frozenset():
            raise CatalogueError(
                f"{metric.id} is not measured for {area.name}: it has too few people for it.",
                valid=f"Measured down to: {metric.down_to}.",
            )
        if own is not None:
            days = sorted(own, key=lambda when: when.last)
            raise CatalogueError(
                f"{metric.id} is disclosive, and not measured for {when.label} in {area.name}: a small number could be "
                "worked out from periods that overlap.",
                valid=f"Measured: {', '.join(each.label for each in days)}; for the nation every period.",
                next_step="Show one of these, or the nation.",
            )

    def _scale(self, metric: Metric, when: When) -> Fraction:
        """What the value is multiplied by beside the metric's own factor: units of its parts, the rate of a year."""
        scale = UNSCALED
        if isinstance(metric.numerator, MetricRef) and isinstance(metric.denominator, MetricRef):
            above, below = (self.catalogue[part.metric] for part in (metric.numerator, metric.denominator))
            scale = Fraction(below.unit_size, above.unit_size)
        return scale * Fraction(12, when.months) if metric.per_year and isinstance(when, Period) else scale

    def _share(self, metric: Metric, area: Area, when: When) -> Fraction:
        """The percentage of one part of a whole, such that all parts add up to 100 as shown."""
        parts = [part for part in self.catalogue.values() if part.shares == metric.shares]
        counted = [self._numbers(part, area, when) for part in parts]
        if any(numbers.suppressed for numbers in counted):
            # Rounded together with the others, a share would say something of those that are hidden.
            own = self._numbers(metric, area, when)
            return rounded(Fraction(100 * (own.numerator or 0), own.denominator or 1), metric.decimals)
        counts = [numbers.numerator or 0 for numbers in counted]
        if {numbers.denominator for numbers in counted} != {sum(counts)}:
            raise CatalogueError(
                f"The shares of {metric.shares} do not make one whole for {area.name}, {when.label}: {counts}.",
                valid="Each record is in exactly one of the shares.",
                next_step=f"Correct the numerators of {', '.join(part.id for part in parts)}.",
            )
        share = largest_remainder(counts, metric.decimals)[parts.index(metric)]
        return Fraction(str(share))

    def _numbers(self, metric: Metric, area: Area, when: When) -> Numbers:
        if metric.projection is not None:
            return self._projected(metric.projection, area, when)
        if metric.of_metrics:
            return self._quotient(metric, area, when)
        found = self._rows.of(metric.id, area.name).get(when)
        if metric.table is None:
            return found or Numbers(None, None, ("not returned",))
        sources = (TABLES[metric.table].title,)
        begins = self._first_days.get(metric.id)
        # A return speaks for all of its week, which may begin before the month in which the first was returned.
        unknown = begins is None or (when.last if metric.weekly else when.first) < begins.replace(day=1)
        if unknown or not speaks_for(metric, area):
            return Numbers(None, None, sources)
        if found is not None:
            return found
        # No record is a count of none; a share of none is missing.
        return Numbers(0, 0 if metric.divided else None, sources)

    def _quotient(self, metric: Metric, area: Area, when: When) -> Numbers:
        above, below = (self._part(part, area, when) for part in (metric.numerator, metric.denominator))
        if not speaks_for(metric, area):
            return Numbers(None, None, below.sources)
        return Numbers(above.numerator, below.numerator, tuple(dict.fromkeys((*above.sources, *below.sources))))

    def _projected(self, projection: Projected, area: Area, when: When) -> Numbers:
        """A part of a projection for a day ahead; missing where the records hold less than a year."""
        metric = self.catalogue[projection.stock]
        source = f"projected from {TABLES[metric.table or ''].title} as at {self.reporting.snapshot.label}"
        key = (projection.model_copy(update={"part": Part.STOCK}), area.name)
        if key not in self._ahead:
            count = lambda metric_id, time: self.one(metric_id, area, time).numerator  # noqa: E731 (one line, used once)
            past = ahead.history(count, self.reporting, projection)
            rates = projection.intake, projection.throughput
            known = len(past.opened) >= YEAR
            self._ahead[key] = project(past, projection.months, projection.share, *rates) if known else ()
        months = dict(zip(ahead.days(self.reporting, projection), self._ahead[key], strict=False))
        numbers = ahead.counted(projection.part, months[when]) if when in months else (None, None)
        return Numbers(*numbers, (source,))

    def _part(self, part: str | MetricRef | None, area: Area, when: When) -> Numbers:
        if not isinstance(part, MetricRef):
            raise TypeError("a quotient of metrics names a metric above and below")
        metric = self.catalogue[part.metric]
        return self._numbers(metric, area, self.part_when(metric, when))
