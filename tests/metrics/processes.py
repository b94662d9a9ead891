"""Measurements of one's own making: series of whole numbers, month by month, as extracts would have given them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.measure import COLUMNS
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.standards import NO_STANDARDS, Rebase, Standards, Target
from cafcass_reports.periods import Period, Snapshot
from cafcass_reports.reporting import Reporting

ENGLAND = Area(Level.NATION, "England")
A1 = Area(Level.AREA, "A1", "England")
A2 = Area(Level.AREA, "A2", "England")
CATALOGUE = catalogue.load()
REPORTING = Reporting(
    Period(date(2020, 4, 1), date(2020, 11, 30)), Snapshot(date(2020, 12, 1)), history_from=date(2018, 4, 1)
)
MONTHS = len(REPORTING.months())
HIDDEN = -1
"""Stands for a figure that disclosure control holds back."""

TENTHS = 10
"""The denominator of every figure of a mean: 13 is shown as 1.3."""


def series(
    given: Mapping[str, Sequence[int | None] | Mapping[Area, Sequence[int | None]]],
    standards: Standards = NO_STANDARDS,
) -> Measurements:
    """Measure metrics as told: by metric, or by metric and area, the latest figures in order, None where missing."""
    rows = []
    for metric_id, told in given.items():
        metric = CATALOGUE[metric_id]
        for area, values in (told if isinstance(told, Mapping) else {ENGLAND: told}).items():
            whens: list[Period] | list[Snapshot]
            whens = REPORTING.monthly_snapshots() if metric.on_a_day else REPORTING.months()
            for when, value in zip(whens[-len(values) :], values, strict=True):
                if value is None:
                    continue
                days = (None, None, when.first.isoformat())
                if isinstance(when, Period):
                    days = (when.first.isoformat(), when.last.isoformat(), None)
                hidden = value == HIDDEN
                counted = (None, None) if hidden else (value, TENTHS if metric.divided else None)
                rows.append((metric_id, area.name, *days, *counted, "Case records", hidden))
    frame = (
        pd.DataFrame(rows, columns=list(COLUMNS))
        .astype({"numerator": "Int64", "denominator": "Int64"})
        .sort_values(["metric", "area"])
    )
    begins = dict.fromkeys(CATALOGUE, date(2018, 4, 1))
    return Measurements(frame, CATALOGUE, Areas([ENGLAND, A1, A2]), REPORTING, begins, standards=standards)


def aim(target: float, *, illustrative: bool = True, from_: date = date(2018, 4, 1)) -> Target:
    """A target."""
    return Target.model_validate(
        {"target": target, "illustrative": illustrative, "from": from_, "owner": "Head", "source": "Plan"}
    )


def rebase(metric: str, month: date, reason: str = "first lockdown") -> Rebase:
    """A rebase."""
    return Rebase(metric=metric, month=month, reason=reason)
