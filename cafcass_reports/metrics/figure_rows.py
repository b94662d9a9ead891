"""The rows that measuring gave, cut out by metric and area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from cafcass_reports.metrics.measure import COLUMNS
from cafcass_reports.periods import Snapshot, When, covering

_Names: TypeAlias = np.ndarray[tuple[int], np.dtype[np.object_]]


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
    frame
        What :func:`cafcass_reports.metrics.measure.measure` gave, sorted by metric and then area.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._metrics: _Names = frame["metric"].to_numpy(dtype=object)
        self._areas: _Names = frame["area"].to_numpy(dtype=object)
        # Arrow cuts out a few rows a hundred times faster than pandas.
        self._others = pa.Table.from_pandas(frame[[*COLUMNS[2:]]], preserve_index=False)
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
        return [self._areas[rows].tolist(), self._others[rows].to_pydict()]

    def _rows(self, metric: str, area: str = "") -> slice:
        rows = _within(self._metrics, metric, slice(0, len(self._metrics)))
        return _within(self._areas, area, rows) if area else rows

    def _numbers(self, rows: slice) -> dict[When, Numbers]:
        columns = self._others[rows].to_pydict().values()
        return {
            _when(*days): Numbers(numerator, denominator, (source,), suppressed)
            for *days, numerator, denominator, source, suppressed in zip(*columns, strict=True)
        }


def _within(names: _Names, name: str, rows: slice) -> slice:
    """Where a name stands among rows that are sorted by it."""
    sorted_names = names[rows]
    start, end = (int(sorted_names.searchsorted(name, side)) for side in ("left", "right"))
    return slice(rows.start + start, rows.start + end)


@lru_cache(maxsize=4096)
def _when(first: str | None, last: str | None, day: str | None) -> When:
    """The period or snapshot of a row; there are few of them, and many rows of each."""
    return (
        Snapshot(date.fromisoformat(day))
        if day
        else covering(date.fromisoformat(first or ""), date.fromisoformat(last or ""))
    )
