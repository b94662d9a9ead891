"""Columns with a line on them, and small charts on one scale."""

from __future__ import annotations

import re

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.combo import combo
from cafcass_reports.exhibits.multiples import multiples
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, SeriesRole
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements


def compared(measurements: Measurements, area: Area) -> ChartPayload:
    payload = combo(measurements, "public_demand", area, 12).payload
    assert isinstance(payload, ChartPayload)
    return payload


def small(measurements: Measurements, area: Area) -> ChartPayload:
    payload = multiples(measurements, "kpi_1", area, "area", 12).payload
    assert isinstance(payload, ChartPayload)
    return payload


def test_columns_are_the_latest_months_and_the_line_those_of_the_year_before(
    measurements: Measurements, england: Area
) -> None:
    chart = compared(measurements, england)
    now, before = chart.series
    assert (chart.form, now.role, before.role) == (ChartForm.COMBO, SeriesRole.ACTUAL, SeriesRole.COMPARISON)
    months = measurements.series("public_demand", england, 12)
    assert now.labels == tuple(found.shown for found in months)
    assert before.labels == tuple(found.comparison.shown if found.comparison else "" for found in months)


def test_all_months_shown_are_vouched_for(measurements: Measurements, england: Area) -> None:
    chart = compared(measurements, england)
    (figure,) = chart.measurements
    vouched = {figure.measurement, *(point.measurement for point in figure.history)}
    assert {found for series in chart.series for found in series.measurements if found} <= vouched


@pytest.mark.parametrize(("metric", "months"), [("public_demand", 0), ("public_demand", 25), ("section_7_growth", 12)])
def test_what_has_no_year_before_or_no_room_is_refused(
    measurements: Measurements, england: Area, metric: str, months: int
) -> None:
    with pytest.raises(CatalogueError, match=r"no month of the year before|do not go into one chart"):
        combo(measurements, metric, england, months)


def test_each_part_has_a_small_chart_of_its_own_months(measurements: Measurements, england: Area) -> None:
    chart = small(measurements, england)
    assert chart.form is ChartForm.MULTIPLES
    for series in chart.series:
        months = measurements.series("kpi_1", measurements.areas.named(series.name), 12)
        assert series.labels == tuple(found.shown for found in months)
        assert f"{series.name}: " in chart.alt


def test_the_title_counts_where_the_figure_rose_and_fell(measurements: Measurements, england: Area) -> None:
    chart = small(measurements, england)
    known = [[value for value in series.values if value is not None] for series in chart.series]
    rose = sum(len(values) > 1 and values[-1] > values[0] for values in known)
    said = re.search(r"rose in (\d+)", chart.title)
    assert (int(said[1]) if said else 0) == rose


def test_counts_of_areas_are_not_put_on_one_scale(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="areas of different sizes"):
        multiples(measurements, "open_cases", england, "area", 12)
