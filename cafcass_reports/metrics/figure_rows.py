"""The rows that measuring gave, cut out by metric and area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from cafcass_reports.periods import Snapshot, When, covering

COLUMNS = ("metric", "area", "period_from", "period_to", "as_at", "numerator", "denominator", "source", "suppressed")
_NONE = slice(0, 0)


class Numbers(NamedTuple):
    """What was counted for a figure, and in which extracts."""

    numerator: int | None
    denominator: int | None
    sources: tuple[str, ...]
    suppressed: bool = False


class FigureRows:
    """What was counted, by metric and area.

    Parameters
    ----------
    measured
        What :func:`cafcass_reports.metrics.measure.measure` gave, sorted by metric and then area.
    """

    def __init__(self, measured: pd.DataFrame | pa.Table) -> None:
        # Arrow cuts out a few rows a hundred times faster than pandas.
        rows = pa.table(measured)
        self._areas = rows["area"]
        self._others = rows.select(COLUMNS[2:])
        self._of_metric = _runs(rows["metric"])
        self._of_area: dict[str, Mapping[str, slice]] = {}
        self._read: dict[tuple[str, str], dict[When, Numbers]] = {}

    @property
    def read(self) -> frozenset[tuple[str, str]]:
        """The metrics, each with an area, of which something was read so far."""
        return frozenset(self._read)

    def of(self, metric: str, area: str) -> dict[When, Numbers]:
        """Return a metric's whole numbers in an area; they are read once."""
        if (metric, area) not in self._read:
            self._read[metric, area] = self._numbers(self._rows(metric, area))
        return self._read[metric, area]

    def times(self, metric: str) -> Iterator[When]:
        """Every day, week or period for which there is a row of a metric, in any area."""
        yield from self._numbers(self._rows(metric))

    def content(self, metric: str, area: str = "") -> list[Any]:
        """Return all that the rows of a metric hold, in one area or in all."""
        rows = self._rows(metric, area)
        return [self._areas[rows].to_pylist(), self._others[rows].to_pydict()]

    def _rows(self, metric: str, area: str = "") -> slice:
        rows = self._of_metric.get(metric, _NONE)
        if not area:
            return rows
        if metric not in self._of_area:
            self._of_area[metric] = _runs(self._areas[rows], rows.start)
        return self._of_area[metric].get(area, _NONE)

    def _numbers(self, rows: slice) -> dict[When, Numbers]:
        columns = self._others[rows].to_pydict().values()
        return {
            _when(*days): Numbers(numerator, denominator, (source,), suppressed)
            for *days, numerator, denominator, source, suppressed in zip(*columns, strict=True)
        }


def _runs(names: pa.ChunkedArray, start: int = 0) -> dict[str, slice]:
    """Where each name stands among rows that are sorted by it, of which the first is that numbered ``start``."""
    values, counts = (column.to_pylist() for column in names.value_counts().flatten())
    found = {}
    for name, count in sorted(zip(values, counts, strict=True)):
        found[name] = slice(start, start + count)
        start += count
    return found


@lru_cache(maxsize=4096)
def _when(first: str | None, last: str | None, day: str | None) -> When:
    """The period or snapshot of a row; there are few of them, and many rows of each."""
    return (
        Snapshot(date.fromisoformat(day))
        if day
        else covering(date.fromisoformat(first or ""), date.fromisoformat(last or ""))
    )
