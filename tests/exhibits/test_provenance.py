"""Provenance: how a figure came about, such that a reviewer can do it again."""

from __future__ import annotations

import duckdb
import pytest

from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Kind
from cafcass_reports.metrics.scope import speaks_for
from cafcass_reports.periods import from_key
from tests.exhibits.figures import METRICS

MEASURED = [m for m in METRICS if METRICS[m].kind is not Kind.REPORTED]


@pytest.mark.parametrize("metric", MEASURED)
def test_the_sql_gives_the_counts_that_stand_beside_it(
    measurements: Measurements, connection: duckdb.DuckDBPyConnection, metric: str
) -> None:
    for name in ("England", "A2") if METRICS[metric].down_to is not Level.NATION else ("England",):
        found = measurements.one(metric, measurements.areas.named(name))
        shown = provenance(measurements, found)
        if not speaks_for(found.metric, found.area):
            assert (found.numerator, found.denominator, shown.sql) == (None, None, None)
            continue
        assert shown.sql is not None
        rows = [connection.execute(part).fetchall()[0] for part in shown.sql.split(";\n\n")]
        if found.metric.of_metrics:
            counted = (rows[0][0], rows[1][0])
        else:
            ((numerator, denominator),) = rows
            counted = (numerator, denominator)
        assert found.suppressed or counted == (found.numerator, found.denominator)


def test_fte_is_shown_in_ones_and_not_in_hundredths(measurements: Measurements) -> None:
    england = measurements.areas.nation
    posts = measurements.one("social_work_fte", england)
    assert posts.numerator is not None
    assert float(provenance(measurements, posts).numerator) == pytest.approx(posts.numerator / 100, abs=0.051)
    caseload = measurements.one("average_caseload", england)
    assert caseload.denominator is not None
    shown = provenance(measurements, caseload)
    assert float(shown.denominator) == pytest.approx(caseload.denominator / 100, abs=0.051)
    assert shown.numerator == f"{caseload.numerator:,}"


@pytest.mark.parametrize("metric", METRICS)
def test_history_holds_other_figures_of_the_metric_each_once(measurements: Measurements, metric: str) -> None:
    deepest = measurements.catalogue[metric].down_to.depth
    for area in (area for area in measurements.areas if area.level.depth <= deepest):
        found = measurements.one(metric, area)
        history = provenance(measurements, found).history
        ids = [point.measurement for point in history]
        assert len(ids) == len(set(ids))
        assert found.id not in ids
        for point in history:
            named, _, when = point.measurement.split(".")
            again = measurements.one(named, area, from_key(when))
            assert (again.id, again.shown, again.when.label) == (point.measurement, point.value, point.period)


def test_a_reported_figure_has_its_source_and_no_query(measurements: Measurements) -> None:
    shown = provenance(measurements, measurements.one("turnover", measurements.areas.nation))
    assert (shown.kind, shown.sql, shown.numerator, shown.denominator) == ("reported", None, "", "")
    assert shown.source == "Human resources return, 4 December 2020"
    elsewhere = provenance(measurements, measurements.one("turnover", measurements.areas.named("A1")))
    assert (elsewhere.value, elsewhere.source) == ("not available", "Not returned")


def test_sources_name_each_extract_once_and_the_latest_snapshot(measurements: Measurements) -> None:
    england = measurements.areas.nation
    found = [measurements.one(metric, england) for metric in ("kpi_1", "open_cases", "public_open", "social_work_fte")]
    said = sources(found)
    assert said.lower().count("case records") == 1
    assert said.endswith("as at 1 December 2020")
    assert sources([]) == ""
    assert "as at" not in sources([measurements.one("private_demand", england)])
