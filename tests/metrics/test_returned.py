"""Figures that other teams return for days of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pandas as pd
import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.figure_rows import FigureRows
from cafcass_reports.metrics.measure import areas_of, first_days, measure
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Period, Snapshot, Span
from cafcass_reports.reporting import Reporting
from tests.metrics.conftest import REPORTING, connect

RETURNS = [
    ("open_growth_cases", "2021-01-08", "2021-01-08", 19),
    ("open_growth_cases", "2021-01-15", "2021-01-15", 27),
    ("open_growth_cases", "2021-01-22", "2021-01-22", 40),
    ("survey_interviews", "2020-05-01", "2020-05-31", 186),
    ("live_event_staff", "2021-01-01", "2021-01-15", 1_200),
]


@pytest.fixture(scope="module")
def returned(frames: dict[str, pd.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
    figures = pd.DataFrame(RETURNS, columns=["metric", "period_from", "period_to", "value"])
    figures = figures.assign(area="England", source="A return", reported_on=figures.period_to)
    with connect({**frames, "reported_figures": figures}) as made:
        yield made


def measured(connection: duckdb.DuckDBPyConnection, dated: date | None) -> Measurements:
    definitions = catalogue.load()
    reporting: Reporting = replace(REPORTING, dated=dated)
    frame = measure(connection, definitions, reporting)
    return Measurements(frame, definitions, areas_of(connection), reporting, first_days(connection, definitions))


@pytest.fixture(scope="module")
def in_january(returned: duckdb.DuckDBPyConnection) -> Measurements:
    return measured(returned, date(2021, 1, 20))


def test_the_latest_return_up_to_the_pack_s_date_is_shown(in_january: Measurements) -> None:
    found = in_january.one("open_growth_cases", in_january.areas.nation)
    assert (found.shown, found.when) == ("27", Snapshot(date(2021, 1, 15)))


def test_a_return_is_compared_with_the_one_that_is_named(in_january: Measurements) -> None:
    week_before = Snapshot(date(2021, 1, 8))
    found = in_january.one("open_growth_cases", in_january.areas.nation, before=week_before)
    assert found.comparison is not None
    assert (found.comparison.shown, found.change_shown) == ("19", "+42.1%")
    assert [each.shown for each in in_january.earlier("open_growth_cases", in_january.areas.nation)] == ["19"]
    assert [each.shown for each in in_january.series("open_growth_cases", in_january.areas.nation, 12)] == ["19", "27"]


def test_returns_are_for_a_day_for_whole_months_or_for_any_days(in_january: Measurements) -> None:
    nation = in_january.areas.nation
    whens = [in_january.one(m, nation).when for m in ("survey_interviews", "live_event_staff")]
    assert whens == [Period(date(2020, 5, 1), date(2020, 5, 31)), Span(date(2021, 1, 1), date(2021, 1, 15))]
    for metric in ("open_growth_cases", "survey_interviews", "live_event_staff"):
        found = in_january.one(metric, nation)
        assert in_january.by_id(found.id) == found
        assert in_january.frame(metric, nation, by="month")["value"].notna().all()


def test_the_returns_of_a_metric_are_read_once_however_often_they_are_looked_up(
    returned: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, read = measured(returned, date(2021, 1, 20)), FigureRows._numbers
    reads: list[slice] = []
    monkeypatch.setattr(FigureRows, "_numbers", lambda self, rows: reads.append(rows) or read(self, rows))
    nation, metric = found.areas.nation, found.catalogue["open_growth_cases"]
    once = [found.when(metric), found.series(metric.id, nation, 2), found.earlier(metric.id, nation)]
    before = len(reads)
    assert [found.when(metric), found.series(metric.id, nation, 2), found.earlier(metric.id, nation)] == once
    assert len(reads) == before == 2  # when it was returned, and its numbers


def test_what_is_not_yet_returned_is_missing(returned: duckdb.DuckDBPyConnection) -> None:
    before = measured(returned, None)
    found = before.one("open_growth_cases", before.areas.nation)
    assert (found.shown, found.sources) == ("not available", ("not returned",))
    with pytest.raises(CatalogueError, match="15 January 2021"):
        before.one("open_growth_cases", before.areas.nation, Snapshot(date(2021, 1, 15)))


def test_a_count_is_compared_with_any_day_that_is_measured(in_january: Measurements) -> None:
    nation, day = in_january.areas.nation, Snapshot(date(2020, 6, 1))
    found = in_january.one("open_cases", nation, before=day)
    then = in_january.one("open_cases", nation, day)
    assert found.comparison is not None
    assert (found.comparison.when, found.comparison.value) == (day, then.value)
    with pytest.raises(CatalogueError, match="not measured for 2 June 2020"):
        in_january.one("open_cases", nation, before=Snapshot(date(2020, 6, 2)))


def test_what_is_open_for_long_is_so_on_each_snapshot(
    in_january: Measurements, frames: dict[str, pd.DataFrame]
) -> None:
    for day in (date(2020, 12, 1), date(2020, 6, 1)):
        at = pd.Timestamp(day)
        cases = frames["cases"]
        still = cases[(cases.law == "public") & (cases.received_on < at - pd.Timedelta(days=252))]
        still = still[~(still.closed_on <= at)]
        found = in_january.one("over_36_weeks", in_january.areas.nation, Snapshot(day))
        assert found.numerator == still.case_id.nunique() > 0
