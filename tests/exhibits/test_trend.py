"""Trends: lines over months, and what a reader who cannot see them hears."""

from __future__ import annotations

import re

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.payload import ChartPayload
from cafcass_reports.exhibits.trend import trend
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements


def chart(measurements: Measurements, area: Area, *metrics: str, months: int = 20) -> ChartPayload:
    payload = trend(measurements, metrics, area, months).payload
    assert isinstance(payload, ChartPayload)
    return payload


def test_the_alt_text_says_first_last_lowest_and_highest(measurements: Measurements, england: Area) -> None:
    found = measurements.series("public_open", england, 20)
    values = [(m.value, m.shown, m.when.label) for m in found if m.value is not None]
    alt = chart(measurements, england, "public_open").alt
    low, high = min(values, key=lambda v: v[0]), max(values, key=lambda v: v[0])
    assert f"from {values[0][1]} ({values[0][2]}) to {values[-1][1]} ({values[-1][2]})" in alt
    assert f"lowest {low[1]} ({low[2]}), highest {high[1]} ({high[2]})" in alt


def test_a_percentage_has_its_sign_wherever_the_alt_text_says_it(measurements: Measurements, england: Area) -> None:
    alt = chart(measurements, england, "plr_compliance").alt
    assert len(re.findall(r"\d+\.\d%", alt)) >= 4
    assert not re.search(r"(from|to|lowest|highest) \d+\.\d \(", alt)


def test_values_labels_and_months_are_those_of_the_figures(measurements: Measurements, england: Area) -> None:
    payload = chart(measurements, england, "public_open", "private_open", months=6)
    assert payload.categories == ("Jul 20", "Aug 20", "Sep 20", "Oct 20", "Nov 20", "Dec 20")
    for series, metric in zip(payload.series, ("public_open", "private_open"), strict=True):
        found = measurements.series(metric, england, 6)
        assert series.values == tuple(float(m.value) for m in found if m.value is not None)
        assert series.labels == tuple(m.shown for m in found)
    assert [series.name for series in payload.series] == ["Public law", "Private law"]


def test_what_is_returned_weekly_is_drawn_by_week_and_said_against_the_week_before(
    measurements: Measurements, england: Area
) -> None:
    payload = chart(measurements, england, "covid_absences", months=2)
    assert payload.categories == ("20 Nov 20", "27 Nov 20")
    assert payload.title == "Colleagues absent with Covid-19 rose by 3 in a week"
    assert payload.subtitle.endswith("week to 20 November 2020 to week to 27 November 2020, by week")


def test_of_shares_of_one_whole_the_largest_is_the_message(measurements: Measurements, england: Area) -> None:
    ways = ("week_by_phone_share", "week_in_person_share", "week_by_video_share")
    largest = max((measurements.one(way, england) for way in ways), key=lambda found: found.rounded or 0)
    assert chart(measurements, england, *ways).title.startswith(f"{largest.shown} {largest.metric.phrase}")


def test_missing_months_are_gaps_and_not_zero(measurements: Measurements) -> None:
    team = measurements.areas.named("A1-T1")
    found = measurements.series("plr_compliance", team, 20)
    assert any(m.value is None for m in found), "the fixture has months without a review due"
    shown = trend(measurements, ["plr_compliance"], team, 20)
    assert isinstance(shown.payload, ChartPayload)
    (series,) = shown.payload.series
    assert [value is None for value in series.values] == [m.value is None for m in found]
    assert "not available" not in shown.payload.alt.split(". ", 2)[2]


def test_a_trend_without_any_figure_says_so(nothing: Measurements) -> None:
    shown = trend(nothing, ["plr_compliance"], nothing.areas.nation, 12)
    assert "no figure for England" in shown.payload.model_dump()["title"]
    assert shown.svg is not None
    assert "None" not in shown.text


def test_a_trend_of_one_month_is_drawn(measurements: Measurements, england: Area) -> None:
    payload = chart(measurements, england, "public_open", months=1)
    assert payload.categories == ("Dec 20",)
    assert "from " in payload.alt


@pytest.mark.parametrize(
    ("metrics", "months", "said"),
    [
        ([], 24, "no metric"),
        (["public_open"] * 2, 24, "each once"),
        (["public_open", "private_open", "open_cases", "after_first_hearing_open", "open_children"], 24, "1 to 4"),
        (["public_open", "private_open"], 0, "1 month or more"),
        (["public_open", "private_open"], -3, "1 month or more"),
        (["children_worked_with"], 24, "whole years only"),
        (["public_open", "plr_compliance"], 24, r"public_open \(cases, on a day\), plr_compliance \(percent, over"),
        (["public_opn"], 24, "Nearest: public_open"),
    ],
)
def test_metrics_that_make_no_chart_are_refused(
    measurements: Measurements, england: Area, metrics: list[str], months: int, said: str
) -> None:
    with pytest.raises(CatalogueError, match=said):
        trend(measurements, metrics, england, months)


def test_every_point_can_be_traced(measurements: Measurements, england: Area) -> None:
    (figure,) = chart(measurements, england, "public_open", months=12).measurements
    ids = [point.measurement for point in figure.history] + [figure.measurement]
    assert ids == [m.id for m in measurements.series("public_open", england, 12)]
