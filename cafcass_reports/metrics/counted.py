"""Which records a figure counts, so that figures that count the same ones, or some of them, are known to do so.

What a metric says is a condition: its ``where``, and for a ratio its denominator and numerator too. Conditions are
held apart at their ``and``, as sqlglot writes them, whatever their order or spacing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import NamedTuple

from sqlglot import exp

from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.expressions import DIALECT, parse
from cafcass_reports.metrics.metric import Kind, Metric

THRESHOLD = 5
"""The lowest count above 0 that a disclosive metric shows, unless it says otherwise."""


class Records(NamedTuple):
    """Records of one table, counted by one date, that fulfil all of some conditions."""

    table: str
    read_with: str
    dated: str
    conditions: frozenset[str]

    def less(self, part: Records) -> Records:
        """Return those of these records that are not of a part."""
        return self._replace(conditions=self.conditions | {f"not {' and '.join(sorted(part.conditions))}"})


class Sum(NamedTuple):
    """Records that are exactly those of some parts, each of them in one."""

    whole: Records
    parts: tuple[Records, ...]


def above(metric: Metric) -> Records:
    """Return the records that a metric's numerator counts."""
    if metric.kind is Kind.RATIO:
        return _records(metric, metric.where, metric.denominator, metric.numerator)
    return _records(metric, metric.where)


def below(metric: Metric) -> Records | None:
    """Return the records that a metric's denominator counts; None for a count."""
    return _records(metric, metric.where, metric.denominator) if metric.kind is Kind.RATIO else None


def every(metric: Metric) -> tuple[Records, ...]:
    """Return all records that a metric counts: those of its numerator and of its denominator."""
    of_ratio = below(metric)
    return (above(metric),) if of_ratio is None else (above(metric), of_ratio)


def counts_rows(metric: Metric) -> bool:
    """Whether each record counts as one, above and below, so that parts of the whole add up."""
    plain = metric.kind in (Kind.COUNT, Kind.STOCK) and metric.numerator is None
    return (plain or metric.kind is Kind.RATIO) and metric.table is not None and metric.during is None


@dataclass(frozen=True)
class Family:
    """Disclosive metrics of one table and date, protected together.

    Parameters
    ----------
    metrics
        In the order of the catalogue.
    """

    metrics: tuple[Metric, ...]

    @property
    def threshold(self) -> int:
        """The lowest count above 0 that may be shown: the highest that any of the metrics asks for."""
        return max(threshold(metric) for metric in self.metrics)

    @property
    def down_to(self) -> Level:
        """The smallest parts of the nation for which any of the metrics is measured."""
        return max((metric.down_to for metric in self.metrics), key=lambda level: level.depth)

    @cached_property
    def records(self) -> tuple[Records, ...]:
        """All that is counted, each once."""
        return tuple(dict.fromkeys(counted for metric in self.metrics for counted in every(metric)))

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """How the records add up: the shares of one whole, and of any others the part and what it leaves."""
        found = []
        shared: set[tuple[Records, Records]] = set()
        key = lambda metric: metric.shares or ""  # noqa: E731 (one key for sort and group)
        for shares, group in groupby(sorted(self.metrics, key=key), key=key):
            metrics = list(group)
            whole = below(metrics[0])
            if shares and whole is not None:
                parts = tuple(above(metric) for metric in metrics)
                found.append(Sum(whole, parts))
                shared |= {(whole, part) for part in parts}
        for whole in self.records:
            for part in self.records:
                if whole.conditions < part.conditions and (whole, part) not in shared:
                    found.append(Sum(whole, (part, whole.less(part))))
        return tuple(found)


def threshold(metric: Metric) -> int:
    """Return the lowest count above 0 that a disclosive metric may show."""
    return THRESHOLD if metric.disclosive is True else int(metric.disclosive)


def families(metrics: Iterable[Metric]) -> list[Family]:
    """Gather the disclosive ones of metrics in families: those of which one counts some of what another counts."""
    found: list[list[Metric]] = []
    for metric in metrics:
        if metric.disclosive:
            kin = [family for family in found if any(_related(metric, other) for other in family)]
            found = [family for family in found if family not in kin]
            found.append([*(other for family in kin for other in family), metric])
    return [Family(tuple(family)) for family in found]


def _related(metric: Metric, other: Metric) -> bool:
    return any(
        mine[:3] == theirs[:3] and (mine.conditions <= theirs.conditions or theirs.conditions <= mine.conditions)
        for mine in every(metric)
        for theirs in every(other)
    )


def undeclared(metrics: Sequence[Metric]) -> Iterator[tuple[Metric, Metric]]:
    """Find the metrics that count what a disclosive one protects, and do not say that they are disclosive."""
    protected = {counted: metric for metric in metrics if metric.disclosive for counted in every(metric)}
    shares = {metric.shares: metric for metric in metrics if metric.disclosive and metric.shares}
    for metric in metrics:
        if metric.disclosive:
            continue
        if metric.shares in shares:
            yield metric, shares[metric.shares]
        elif counts_rows(metric):
            for counted in every(metric):
                if counted in protected:
                    yield metric, protected[counted]
                    break


def _records(metric: Metric, *conditions: object) -> Records:
    held = frozenset(part for condition in conditions for part in _conjuncts(str(condition)))
    return Records(metric.table or "", metric.with_ or "", metric.counted_on or metric.as_at or "", held)


@cache
def _conjuncts(condition: str) -> tuple[str, ...]:
    parsed = parse(condition).unnest()
    if isinstance(parsed, exp.And):
        return tuple(part for side in parsed.flatten() for part in _conjuncts(side.sql(DIALECT)))
    plain = parsed.sql(DIALECT)
    return () if plain.lower() == "true" else (plain,)
