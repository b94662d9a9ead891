"""Figures set large, and the parts of an area beside the whole."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.beyond import beyond
from cafcass_reports.exhibits.comparison import comparison
from cafcass_reports.exhibits.dots import dots
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.multiples import multiples
from cafcass_reports.exhibits.numbers import numbers
from cafcass_reports.exhibits.payload import ChartPayload, NumbersPayload, SeriesRole, TablePayload
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements


def test_big_numbers_are_the_figures_as_shown_elsewhere(measurements: Measurements, england: Area) -> None:
    payload = numbers(measurements, ["open_cases", "kpi_1"], england).payload
    assert isinstance(payload, NumbersPayload)
    found = [measurements.one(metric, england) for metric in ("open_cases", "kpi_1")]
    assert [number.value for number in payload.numbers] == [figure.shown for figure in found]
    assert [number.label for number in payload.numbers] == ["Open cases", "Care applications allocated"]
    changes = [number.change.text if number.change else "" for number in payload.numbers]
    assert changes == [figure.change_shown for figure in found]
    assert payload.title.startswith(found[0].shown)
    assert all(figure.shown in payload.alt for figure in found)


def test_a_share_of_few_says_of_how_many(measurements: Measurements, england: Area) -> None:
    found = measurements.one("kpi_1", england)
    payload = numbers(measurements, ["kpi_1"], england).payload
    assert isinstance(payload, NumbersPayload)
    few = (found.denominator or 0) < 30
    assert payload.numbers[0].basis.startswith(f"{found.numerator} of {found.denominator}") is few


@pytest.mark.parametrize("metrics", [[], ["open_cases", "open_cases"], ["open_cases"] * 7])
def test_none_too_many_or_one_twice_is_refused(measurements: Measurements, england: Area, metrics: list[str]) -> None:
    with pytest.raises(CatalogueError, match="Big numbers show"):
        numbers(measurements, metrics, england)


def bars(measurements: Measurements, area: Area) -> ChartPayload:
    payload = comparison(measurements, "kpi_2", area, "area").payload
    assert isinstance(payload, ChartPayload)
    return payload


def test_each_bar_is_of_one_series_and_the_whole_stands_among_them(measurements: Measurements, england: Area) -> None:
    chart = bars(measurements, england)
    parts, whole = chart.series
    assert (parts.role, whole.role) == (SeriesRole.ACTUAL, SeriesRole.COMPARISON)
    for name, part, all_ in zip(chart.categories, parts.values, whole.values, strict=True):
        assert (part is None) != (all_ is None)
        assert (all_ is not None) == (name == england.name)


def test_bars_fall_and_show_the_figures_of_their_areas(measurements: Measurements, england: Area) -> None:
    chart = bars(measurements, england)
    values = [
        part if part is not None else whole for part, whole in zip(*(s.values for s in chart.series), strict=True)
    ]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    labels = [part or whole for part, whole in zip(*(s.labels for s in chart.series), strict=True)]
    for name, label in zip(chart.categories, labels, strict=True):
        assert measurements.one("kpi_2", measurements.areas.named(name)).shown == label
    assert chart.title.endswith(f"England {measurements.one('kpi_2', england).shown}")


def test_counts_of_areas_of_different_size_are_not_compared(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="grows with an area's size"):
        comparison(measurements, "open_cases", england, "area")


@pytest.mark.parametrize(
    "shown",
    [
        lambda measurements, area: comparison(measurements, "kpi_2", area, "area"),
        lambda measurements, area: dots(measurements, "kpi_1", area, "area"),
        lambda measurements, area: multiples(measurements, "kpi_2", area, "area", 12),
    ],
)
def test_of_fewer_than_two_parts_there_is_nothing_to_compare_and_the_exhibit_says_so(
    measurements: Measurements, shown: Callable[[Measurements, Area], Exhibit]
) -> None:
    area = next(place for place in measurements.areas if place.level == "area")
    payload = shown(measurements, area).payload
    assert isinstance(payload, TablePayload)
    assert payload.title == f"Nothing to compare: no area of {area.name} has a figure"
    (row,) = payload.sections[0].rows
    assert [cell.text for cell in row] == [area.name, measurements.by_id(row[1].measurement).shown]


def test_a_level_that_is_none_is_refused(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="is not known"):
        comparison(measurements, "kpi_2", england, "month")


@pytest.mark.parametrize(("metric", "worse"), [("kpi_2", 1), ("kpi_1", -1)])
def test_what_is_beyond_a_limit_is_at_it_or_worse_and_nothing_else_is(
    measurements: Measurements, england: Area, metric: str, worse: int
) -> None:
    teams = [measurements.one(metric, team) for team in measurements.parts_of(england, "team")]
    known = [team for team in teams if team.rounded is not None]
    limit = sorted(team.rounded or 0 for team in known)[len(known) // 2]
    payload = beyond(measurements, metric, float(limit), england, "team").payload
    assert isinstance(payload, TablePayload)
    shown = [row[0].text for row in payload.sections[0].rows]
    expected = {team.area.name for team in known if worse * ((team.rounded or 0) - limit) >= 0}
    assert set(shown) == expected
    values = [row[2].value or 0 for row in payload.sections[0].rows]
    assert values == sorted(values, reverse=worse > 0)
    side = "or more" if worse > 0 else "or less"
    assert re.fullmatch(
        rf"{len(shown)} of {len(teams)} teams (is|are) at [\d.]+(%| working days) {side}", payload.title
    )
    assert len(payload.measurements) == len(shown)


def test_where_none_is_so_far_the_nearest_is_listed(measurements: Measurements, england: Area) -> None:
    payload = beyond(measurements, "kpi_2", 300, england, "team").payload
    assert isinstance(payload, TablePayload)
    assert payload.title == "No team is at 300 working days or more"
    assert "the team nearest to it" in payload.subtitle
    teams = [measurements.one("kpi_2", team) for team in measurements.parts_of(england, "team")]
    (row,) = payload.sections[0].rows
    assert row[2].value == max(float(team.rounded or 0) for team in teams)
    assert all(cell.text for cell in row)


def test_a_list_of_one_team_without_a_figure_has_no_empty_column(nothing: Measurements) -> None:
    payload = beyond(nothing, "kpi_2", 3, nothing.areas.named("A1-T1"), "team").payload
    assert isinstance(payload, TablePayload)
    assert [[cell.text for cell in row] for row in payload.sections[0].rows] == [
        ["None", "A1-T1", "not available", "0"]
    ]


def test_a_metric_without_a_better_side_has_no_side_to_be_beyond(measurements: Measurements, england: Area) -> None:
    with pytest.raises(CatalogueError, match="no better side"):
        beyond(measurements, "public_demand", 3, england, "team")
