"""How figures moved since the pack before, in sentences by rule."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.exhibits.payload import Since
from cafcass_reports.exhibits.provenance import provenance
from cafcass_reports.exhibits.since import since
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Period, Snapshot, When
from tests.exhibits.figures import figure
from tests.metrics.conftest import REPORTING

OCTOBER = Snapshot(date(2020, 10, 1))
SUMMER = Period(date(2020, 4, 1), date(2020, 9, 30))
SPRING = Period(date(2020, 4, 1), date(2020, 6, 30))


def earlier(found: Measurement, when: When, now: int | None, before: int | None = None) -> Measurement:
    """The same figure in the pack before."""
    assert found.comparison is not None
    return replace(found, when=when, numerator=now, comparison=replace(found.comparison, numerator=before))


def said(found: Measurement, before: Measurement | None) -> str:
    moved = since(found, before)
    return moved.said if moved else ""


def test_what_is_counted_on_a_day_is_compared_day_with_day() -> None:
    found = figure("open_cases", 36_881, 31_000)

    moved = since(found, earlier(found, OCTOBER, 36_150))

    assert moved == Since(
        measurement="open_cases.england.2020-10-01",
        value="36,150",
        said="Open cases rose by 2.0%, from 36,150 to 36,881.",
        size=2.02213,
    )


def test_a_share_moves_in_points_although_its_months_are_more() -> None:
    found = figure("kpi_1", 980, 900, of=1_000)

    assert said(found, earlier(found, SUMMER, 992)).endswith(" fell by 1.2 points, from 99.2% to 98.0%.")


def test_a_count_of_more_months_is_told_by_its_change_on_the_year_before() -> None:
    found = figure("private_demand", 982, 1_000)

    assert said(found, earlier(found, SUMMER, 755, 750)) == (
        "New private law cases are down 1.8% on the year before; in April to September 2020 they were up 0.7%."
    )


@pytest.mark.parametrize(("now", "then"), [(None, 36_150), (36_881, None), (49, 60), (60, 49)])
def test_what_is_missing_or_few_is_no_news(now: int | None, then: int | None) -> None:
    found = figure("open_cases", now, 31_000)

    assert since(found, earlier(found, OCTOBER, then)) is None


def test_what_is_suppressed_is_not_told_by_its_change() -> None:
    found = figure("open_cases", 36_881, 31_000)
    hidden = replace(earlier(found, OCTOBER, None), suppressed=True)

    assert since(found, hidden) is None
    assert since(replace(found, numerator=None, suppressed=True), earlier(found, OCTOBER, 36_150)) is None


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_every_move_that_is_told_is_one_that_a_reader_sees(now: int, then: int) -> None:
    found = figure("open_cases", now, 31_000)
    moved = since(found, earlier(found, OCTOBER, then))

    if moved is not None:
        assert found.shown in moved.said
        assert moved.value in moved.said
        assert found.shown != moved.value
        assert ("rose" in moved.said) == (now > then)
    else:
        assert now == then or min(now, then) < 50


@pytest.fixture
def quarters(measurements: Measurements) -> Measurements:
    """The small organisation, in a pack that names one before; its figures are measured as a quarter's anyhow."""
    found = copy(measurements)
    found.reporting = replace(REPORTING, previous=replace(REPORTING, period=SPRING, snapshot=OCTOBER))
    return found


def test_a_pack_knows_its_figures_for_the_period_of_the_pack_before(quarters: Measurements) -> None:
    england = quarters.areas.nation
    for metric, when in (("private_demand", SPRING), ("open_cases", OCTOBER), ("kpi_2", SPRING)):
        before = quarters.in_previous(quarters.one(metric, england))
        assert before is not None
        assert before.when == when
        assert before.value is not None


def test_what_is_no_figure_of_the_pack_s_own_period_has_none_before(quarters: Measurements) -> None:
    england = quarters.areas.nation
    last_year = quarters.one("open_cases", england, Snapshot(date(2019, 12, 1)))

    assert quarters.in_previous(last_year) is None


def test_the_move_travels_with_the_figure(quarters: Measurements, measurements: Measurements) -> None:
    england = quarters.areas.nation

    origin = provenance(quarters, quarters.one("open_cases", england))

    assert origin.since is not None
    assert quarters.by_id(origin.since.measurement).shown == origin.since.value
    assert provenance(measurements, measurements.one("open_cases", england)).since is None
