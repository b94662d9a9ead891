"""How a figure is divided, rounded and shown."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.measurement import Measurement, number, rounded
from cafcass_reports.periods import Period

CATALOGUE = catalogue.load()
NOW = Period(date(2020, 4, 1), date(2020, 11, 30))


def figure(
    metric: str, now: tuple[int | None, int | None], before: tuple[int | None, int | None] | None
) -> Measurement:
    area = Area(Level.NATION, "England")
    comparison = None
    if before is not None:
        comparison = Measurement(CATALOGUE[metric], "", area, NOW.year_before(), *before, sources=())
    return Measurement(CATALOGUE[metric], "", area, NOW, *now, sources=(), comparison=comparison)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 4))
def test_rounding_is_half_away_from_zero(numerator: int, denominator: int, decimals: int) -> None:
    exact = Fraction(numerator, denominator)
    shown = rounded(exact, decimals)
    assert abs(shown - exact) <= Fraction(1, 2 * 10**decimals)
    assert rounded(-exact, decimals) == -shown
    if denominator in (1, 2, 4, 5, 8, 10):
        wanted = Decimal(numerator) / Decimal(denominator)
        assert shown == Fraction(wanted.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("metric", "now", "before", "shown", "change", "direction", "improved"),
    [
        ("public_demand", (12092, None), (12377, None), "12,092", "−2.3%", "down", None),
        ("private_open", (22757, None), (18870, None), "22,757", "+20.6%", "up", False),
        ("private_duty_allocated", (533, None), (1303, None), "533", "−59.1%", "down", True),
        ("kpi_1", (995, 1000), (998, 1000), "99.5%", "−0.3 points", "down", False),
        ("kpi_2", (12, 10), (13, 10), "1.2", "−0.1 working days", "down", True),
        ("social_work_fte", (147170, None), (140300, None), "1,471.7", "+4.9%", "up", True),
        ("care_duration", (280, 1), (280, 1), "40 weeks", "0.0 weeks", "level", None),
        ("public_demand", (5, None), (0, None), "5", "+5 cases", "up", None),
        ("public_open", (1, None), (2, None), "1", "−1 case", "down", True),
        ("kpi_1", (0, 0), (1, 1), "not available", "", None, None),
        ("public_demand", (100_000, None), (100_001, None), "100,000", "0.0%", "level", None),
    ],
)
def test_a_figure_as_a_reader_sees_it(
    metric: str,
    now: tuple[int, int | None],
    before: tuple[int, int | None],
    shown: str,
    change: str,
    direction: str | None,
    improved: bool | None,
) -> None:
    found = figure(metric, now, before)
    assert (found.shown, found.change_shown, found.direction, found.improved) == (shown, change, direction, improved)


def test_a_small_fall_is_not_shown_as_minus_nothing() -> None:
    assert number(Fraction(-1, 1000), 1, signed=True) == "0.0"


def test_a_figure_before_its_definition_is_in_force_is_missing(measurements) -> None:  # type: ignore[no-untyped-def]
    metric = measurements.catalogue["kpi_1"]
    assert metric.holds(NOW.first, NOW.last)
    assert not metric.holds(date(2015, 3, 1), date(2015, 4, 30))
