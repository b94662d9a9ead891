"""What measure hides cannot be worked out from all that it shows, nor from what an earlier pack showed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.counted import Records, every, families
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.protection import _Counts, _Protection, protect, structure
from cafcass_reports.metrics.published import PublishedCell
from cafcass_reports.periods import Period, Snapshot, When
from cafcass_reports.reporting import Reporting
from cafcass_reports.statistics.disclosure import confined

METRICS = ("da_audit_good", "da_audit_met", "da_audit_requires_improvement", "da_audit_records")
EVERY = catalogue.load()
CATALOGUE = Catalogue({metric: EVERY[metric] for metric in METRICS})
(FAMILY,) = families(CATALOGUE.values())
PLACES = [
    Area(Level.NATION, "England"),
    *(Area(Level.REGION, name, "England") for name in ("North", "South")),
    *(Area(Level.AREA, name, region) for name, region in (("A1", "North"), ("A2", "North"), ("A3", "South"))),
    *(Area(Level.TEAM, f"{area}-T{n}", area) for area in ("A1", "A2", "A3") for n in (1, 2)),
]
AREAS = Areas(PLACES)
TEAMS = [place.name for place in PLACES if place.level is Level.TEAM]


def reporting(last: date) -> Reporting:
    period = Period(date(2020, 4, 1), last)
    return Reporting(period, Reporting.closing(period), history_from=date(2020, 4, 1))


SEPTEMBER, NOVEMBER = reporting(date(2020, 9, 30)), reporting(date(2020, 11, 30))


def frame(counts: np.ndarray, told: Reporting) -> pd.DataFrame:
    """Audits by team, month and grade as measure counts them, before anything is hidden."""
    months = [Period.of_months(date(2020, month, 1), 1) for month in range(4, 12)]
    rows = []
    for place in PLACES:
        inside = [n for n, team in enumerate(TEAMS) if place.name in (team, team[:2], "England") or
                  ((place.name == "North") == (team[:2] != "A3") and place.level is Level.REGION)]  # fmt: skip
        for period in told.periods():
            within = [n for n, month in enumerate(months) if period.first <= month.first <= period.last]
            grades = counts[np.ix_(inside, within)].sum(axis=(0, 1))
            for metric, above in zip(METRICS, [*grades, grades.sum()], strict=True):
                below = grades.sum() if metric != "da_audit_records" else None
                days = (period.first.isoformat(), period.last.isoformat(), None)
                rows.append((metric, place.name, *days, int(above), below, "case file audits"))
    columns = ["metric", "area", "period_from", "period_to", "as_at", "numerator", "denominator", "source"]
    return pd.DataFrame(rows, columns=columns).astype({"numerator": "Int64", "denominator": "Int64"})


def shown_and_hidden(protected: pd.DataFrame) -> tuple[dict[tuple[Records, str, When], int], set]:
    shown: dict[tuple[Records, str, When], int] = {}
    hidden = set()
    for row in protected.to_dict("records"):
        when = Period(date.fromisoformat(row["period_from"]), date.fromisoformat(row["period_to"]))
        for records, count in zip(
            every(CATALOGUE[row["metric"]]), (row["numerator"], row["denominator"]), strict=False
        ):
            cell = (records, row["area"], when)
            if row["suppressed"]:
                hidden.add(cell)
            else:
                shown[cell] = int(count)
    return shown, hidden - set(shown)


def ledger(shown: Collection, hidden: Collection) -> list[PublishedCell]:
    names = {records: f"{m.id}.{part}" for m in FAMILY.metrics for records, part in
             zip(every(m), ("numerator", "denominator"), strict=False)}  # fmt: skip
    parts = [(cell, False) for cell in shown] + [(cell, True) for cell in hidden]
    return [PublishedCell(names[records], area, when, was) for (records, area, when), was in parts]


def worked_out(counts: np.ndarray, told: Reporting, shown: dict, earlier: dict) -> list:
    """The hidden cells that somebody knows too well who has seen the shown ones, and the small differences."""
    raw = frame(counts, told)
    of_metric = {metric.id: raw[raw["metric"] == metric.id] for metric in FAMILY.metrics}
    truth = _Protection(FAMILY, AREAS, told, _Counts(of_metric, FAMILY, told), earlier).whole
    seen = {cell: shown.get(cell) for cell in truth.counts}
    found = confined(seen, truth.sums, 5, least=0)
    return [cell for cell in found if cell not in truth.unpublished or 0 < truth.counts[cell] < 5]


@settings(max_examples=1, deadline=None)  # benchmarks/disclosure.py tries many more
@given(st.integers(0, 10_000), st.sampled_from([0.4, 1.0, 3.0]))
def test_no_hidden_count_is_worked_out_in_one_pack_or_between_two(seed: int, mean: float) -> None:
    counts = np.random.default_rng(seed).poisson(mean, (len(TEAMS), 8, 3))
    shown, hidden = shown_and_hidden(protect(frame(counts, SEPTEMBER), CATALOGUE, AREAS, SEPTEMBER))
    assert worked_out(counts, SEPTEMBER, shown, {}) == []
    published = ledger(shown, hidden)
    later, _ = shown_and_hidden(protect(frame(counts, NOVEMBER), CATALOGUE, AREAS, NOVEMBER, published))
    assert not hidden & set(later)
    earlier = dict.fromkeys(shown, False) | dict.fromkeys(hidden, True)
    assert worked_out(counts, NOVEMBER, shown | later, earlier) == []


def test_large_figures_of_the_nation_stay_shown() -> None:
    counts = np.random.default_rng(1).poisson(0.4, (len(TEAMS), 8, 3))
    protected = protect(frame(counts, NOVEMBER), CATALOGUE, AREAS, NOVEMBER)
    nation = protected[(protected["area"] == "England") & (protected["period_from"] == "2020-04-01")]
    nation = nation[nation["period_to"] == "2020-11-30"]
    assert counts.sum(axis=(0, 1)).min() >= 5
    assert not nation["suppressed"].any()
    assert protected["suppressed"].any()


def test_a_part_of_the_nation_is_not_measured_for_periods_that_overlap(measurements: Measurements) -> None:
    a1 = measurements.areas.named("A1")
    with pytest.raises(CatalogueError, match="is disclosive, and not measured for October 2019 in A1"):
        measurements.one("audits_met", a1, Period(date(2019, 10, 1), date(2019, 10, 31)))
    assert measurements.one("audits_met", measurements.areas.nation, Period(date(2019, 10, 1), date(2019, 10, 31)))


def test_a_metric_that_shows_what_another_hides_is_refused() -> None:
    plain = EVERY["national_audits"].model_copy(update={"disclosive": False})
    with pytest.raises(CatalogueError, match="national_audits counts records that"):
        catalogue._check_disclosive({**EVERY, "national_audits": plain})


def test_a_suppressed_figure_has_no_number_anywhere(measurements: Measurements) -> None:
    cells = [cell for family in families(measurements.catalogue.values()) for cell in measurements.disclosive(family)]
    figures = [measurements.one(metric.id, area, when) for metric, area, when in cells]
    hidden = [found for found in figures if found.suppressed]
    assert hidden
    for found in hidden:
        assert (found.numerator, found.denominator, found.value, found.change, found.share) == (None,) * 5
        assert (found.shown, found.spoken) == ("[c]", "suppressed")


def test_snapshots_of_parts_are_the_packs_own_day_and_that_of_the_years_before() -> None:
    assert reporting(date(2020, 11, 30)).same_day() == [Snapshot(date(2020, 12, 1))]


def test_the_order_of_what_is_protected_is_the_same_in_each_process() -> None:
    # Of two cells that cost the same the first is hidden; a process gives its sets an order of their own.
    orders = {
        subprocess.run(
            [sys.executable, "-c", "from tests.metrics.test_protection import order; print(order())"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(orders) == 1


def order() -> list[str]:
    """The area and time of each cell, in the order in which they are looked at."""
    return [f"{area} {when.key}" for _, area, when in structure(FAMILY, AREAS, NOVEMBER).counts]
