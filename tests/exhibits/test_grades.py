"""Grades: bars of 100 percent whose parts add up."""

from __future__ import annotations

import re

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.grades import grades
from cafcass_reports.exhibits.payload import ChartPayload
from cafcass_reports.metrics.measurements import Measurements

NATIONAL = ["audits_good_or_better", "audits_met", "audits_requires_improvement"]
ABUSE = ["da_audit_good", "da_audit_met", "da_audit_requires_improvement"]


def chart(measurements: Measurements, area: str = "England") -> ChartPayload:
    audits = {"national audits": NATIONAL, "domestic abuse audits": ABUSE}
    payload = grades(measurements, audits, measurements.areas.named(area)).payload
    assert isinstance(payload, ChartPayload)
    return payload


@pytest.mark.parametrize("area", ["England", "North", "A1", "A10", "A2-T2"])
def test_the_shares_of_every_bar_add_up_to_100(measurements: Measurements, area: str) -> None:
    payload = chart(measurements, area)
    for bar in range(len(payload.categories)):
        assert sum(series.values[bar] or 0 for series in payload.series) == 100
        assert sum(int(series.labels[bar].rstrip("%")) for series in payload.series) == 100


@pytest.mark.parametrize("area", ["North", "A1", "A10"])
def test_audits_with_a_suppressed_grade_have_no_bar_and_are_named(measurements: Measurements, area: str) -> None:
    place = measurements.areas.named(area)
    hidden = [
        name
        for name, metrics in (("national audits", NATIONAL), ("domestic abuse audits", ABUSE))
        if any(measurements.one(metric, place).suppressed for metric in metrics)
    ]
    payload = chart(measurements, area)
    assert {
        name for name in ("national audits", "domestic abuse audits") if f"; {name} [c]" in payload.subtitle
    } == set(hidden)
    assert not any("[c]" in category for category in payload.categories)
    assert all(f"{name[0].upper()}{name[1:]}, " in payload.alt for name in hidden)
    assert not re.search(r"(better|standard|improvement) ?[,.]", payload.alt.split(". ", 2)[2])


def test_each_share_is_within_one_point_of_its_exact_value(measurements: Measurements) -> None:
    payload = chart(measurements)
    for series, metric in zip(payload.series, NATIONAL, strict=True):
        found = measurements.one(metric, measurements.areas.nation)
        assert abs((series.values[0] or 0) - 100 * (found.numerator or 0) / (found.denominator or 1)) < 1


def test_the_title_and_alt_text_say_what_the_bars_show(measurements: Measurements) -> None:
    payload = chart(measurements)
    best = payload.series[0]
    assert payload.title == (
        f"{best.labels[0]} of national audits were good or better, and {best.labels[1]} of domestic abuse audits"
    )
    for series in payload.series:
        for label in series.labels:
            assert f"{series.name.lower()} {label}" in payload.alt
    files = measurements.one(NATIONAL[0], measurements.areas.nation).denominator
    assert f"({files} files)" in payload.categories[0]


def test_an_area_without_audits_is_said_to_have_none(nothing: Measurements) -> None:
    payload = chart(nothing)
    assert payload.title == "No audits in the period"
    assert "National audits: none." in payload.alt
    assert all(value is None for series in payload.series for value in series.values)
    assert all(label == "" for series in payload.series for label in series.labels)


@pytest.mark.parametrize(
    ("audits", "said"),
    [
        ({"national audits": NATIONAL[:2]}, "not all the shares.*audits_requires_improvement"),
        ({"national audits": [*NATIONAL, "audits_met"]}, "not all the shares"),
        ({"open cases": ["open_cases"]}, "not all the shares.*Metrics that have 'shares'"),
        ({"national audits": [NATIONAL[0], *ABUSE[1:]]}, "not all the shares"),
        ({"national audits": ["audits_god"]}, "Nearest: "),
        ({}, "without metrics"),
        ({"national audits": []}, "without metrics"),
        ({"national audits": NATIONAL, "domestic abuse audits": ABUSE[::-1]}, "not named in the same order"),
    ],
)
def test_what_is_not_one_whole_is_refused(measurements: Measurements, audits: dict[str, list[str]], said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        grades(measurements, audits, measurements.areas.nation)
