"""Parts of an area with their intervals against the whole."""

from __future__ import annotations

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.dots import dots
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, SeriesRole, Standing, TablePayload
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.intervals import wilson


def shown(measurements: Measurements, area: Area) -> ChartPayload:
    payload = dots(measurements, "kpi_1", area, "area").payload
    assert isinstance(payload, ChartPayload)
    assert payload.form is ChartForm.DOT
    return payload


def test_each_part_has_its_figure_and_wilson_interval_in_one_series(measurements: Measurements, england: Area) -> None:
    chart = shown(measurements, england)
    parts = [series for series in chart.series if series.role is SeriesRole.ACTUAL]
    for at, name in enumerate(chart.categories):
        (series,) = (series for series in parts if series.values[at] is not None)
        found = measurements.one("kpi_1", measurements.areas.named(name))
        interval = series.intervals[at]
        assert interval is not None
        low, high = wilson(found.numerator or 0, found.denominator or 0)
        assert (interval.low, interval.high) == pytest.approx((100 * low, 100 * high))
        assert series.told(at) == f"{found.shown} ({interval.shown[0]} to {interval.shown[1]})"


def test_a_part_differs_only_where_its_interval_leaves_the_whole_out(measurements: Measurements, england: Area) -> None:
    chart = shown(measurements, england)
    whole = float(measurements.one("kpi_1", england).value or 0)
    for series in chart.series[:-1]:
        for interval in filter(None, series.intervals):
            assert (interval.low <= whole <= interval.high) is (series.standing is Standing.SIMILAR)
            assert (interval.low > whole) is (series.standing is Standing.BETTER)


def test_the_whole_is_a_line_through_all_parts(measurements: Measurements, england: Area) -> None:
    line = shown(measurements, england).series[-1]
    assert (line.name, line.role) == ("England", SeriesRole.COMPARISON)
    assert set(line.labels) == {measurements.one("kpi_1", england).shown}


def test_the_title_counts_the_parts_that_differ(measurements: Measurements, england: Area) -> None:
    chart = shown(measurements, england)
    differ = [
        name
        for series in chart.series[:-1]
        for name, value in zip(chart.categories, series.values, strict=True)
        if value is not None and series.standing is not Standing.SIMILAR
    ]
    assert ("no area clearly differs" in chart.title) is (not differ)
    assert all(f"{name} " in chart.alt for name in chart.categories)


@pytest.mark.parametrize("metric", ["open_cases", "kpi_2"])
def test_what_is_no_share_has_no_interval(measurements: Measurements, england: Area, metric: str) -> None:
    with pytest.raises(CatalogueError, match="has no interval"):
        dots(measurements, metric, england, "area")


def test_where_all_parts_are_suppressed_there_is_nothing_to_compare(measurements: Measurements) -> None:
    metric = "audits_good_or_better"
    area = next(
        place for place in measurements.areas
        if place.level == "area"
        and (teams := [measurements.one(metric, part) for part in measurements.parts_of(place, "team")])
        and all(team.suppressed for team in teams)
    )  # fmt: skip
    payload = dots(measurements, metric, area, "team").payload
    assert isinstance(payload, TablePayload)
    assert payload.title == f"Nothing to compare: figures of {area.name}'s teams cannot be shown"
    assert [row[1].text for row in payload.sections[0].rows[:-1]] == ["[c]"] * (len(payload.sections[0].rows) - 1)
    assert "[c]: suppressed" in payload.source
