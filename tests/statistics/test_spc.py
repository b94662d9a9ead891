"""Limits and special causes agree with the R package, and mean what a board takes them to mean."""

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cafcass_reports.statistics.spc import (
    Assurance,
    SpecialCause,
    Variation,
    Xmr,
    assurance,
    variation,
    xmr,
)

CASES = json.loads((Path(__file__).parent / "data" / "spc.json").read_text(encoding="utf-8"))["cases"]

CAUSES = {
    "Common Cause": SpecialCause.NONE,
    "Above UCL": SpecialCause.OUTSIDE_LIMITS,
    "Below LCL": SpecialCause.OUTSIDE_LIMITS,
    "7 Point Trend (Increasing)": SpecialCause.TREND,
    "7 Point Trend (Decreasing)": SpecialCause.TREND,
    "2 in 3 Above CL": SpecialCause.TWO_OF_THREE,
    "2 in 3 Below CL": SpecialCause.TWO_OF_THREE,
    "7 Points Above CL": SpecialCause.SHIFT,
    "7 Points Below CL": SpecialCause.SHIFT,
}
TYPES = {
    "common_cause": Variation.COMMON_CAUSE,
    "special_cause_improvement": Variation.IMPROVEMENT,
    "special_cause_concern": Variation.CONCERN,
    "special_cause_neutral_high": Variation.NEITHER,
    "special_cause_neutral_low": Variation.NEITHER,
    "consistent_pass": Assurance.PASS,
    "consistent_fail": Assurance.FAIL,
    "inconsistent": Assurance.INCONSISTENT,
    None: None,
}
WAYS = {"increase": "increase", "decrease": "decrease", "neutral": None}

STEADY = [5, 7, 4, 6, 5, 7, 4, 6, 5, 7, 4, 6, 5]
# Whole numbers, so that shifting and doubling them is exact and no point changes sides by rounding
SERIES = st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=40)


def causes(chart: Xmr) -> list[SpecialCause]:
    return [point.special_cause for point in chart.points]


def as_the_package_ran(case: dict[str, Any]) -> Xmr:
    return xmr(case["values"], screen_outliers=case["screen_outliers"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
class TestAgreesWithNhsrplotthedots:
    def test_in_its_limits(self, case: dict[str, Any]) -> None:
        for segment, expected in zip(as_the_package_ran(case).segments, case["segments"], strict=True):
            assert segment.mean == pytest.approx(expected["mean"], abs=1e-6)
            assert segment.lower == pytest.approx(expected["lpl"], abs=1e-6)
            assert segment.upper == pytest.approx(expected["upl"], abs=1e-6)
            assert (segment.count, segment.short) == (expected["n"], expected["short_group_warning"])

    def test_in_every_point_s_special_cause(self, case: dict[str, Any]) -> None:
        assert causes(as_the_package_ran(case)) == [CAUSES[label] for label in case["special_cause_type"]]

    def test_in_what_each_point_would_say_as_the_latest(self, case: dict[str, Any]) -> None:
        chart = as_the_package_ran(case)
        said = [
            variation(Xmr(chart.segments, chart.points[:end]), improvement=WAYS[case["improvement"]])
            for end in range(1, len(chart.points) + 1)
        ]
        assert said == [TYPES[label] for label in case["point_type"]]

    def test_in_assurance(self, case: dict[str, Any]) -> None:
        given_way = WAYS[case["improvement"]]
        assert assurance(as_the_package_ran(case), case["target"], improvement=given_way) is TYPES[case["assurance"]]


def test_limits_are_2_66_mean_moving_ranges_from_the_mean() -> None:
    (segment,) = xmr([10, 12, 11, 15]).segments
    assert segment.mean == 12
    assert segment.upper == pytest.approx(12 + 2.66 * 7 / 3)
    assert segment.lower == pytest.approx(12 - 2.66 * 7 / 3)


def test_limits_start_again_at_a_rebase() -> None:
    before, after = xmr([*STEADY, *(value + 100 for value in STEADY)], rebase=[13]).segments
    assert (before.start, before.count, after.start, after.count) == (0, 13, 13, 13)
    assert after.mean - before.mean == pytest.approx(100)
    assert after.upper - after.mean == pytest.approx(before.upper - before.mean)


def test_no_run_reaches_across_a_rebase() -> None:
    rising = [*STEADY[:9], 1, 2, 3, 4, 5, 6, 7, *STEADY[:9]]
    assert causes(xmr(rising)).count(SpecialCause.TREND) == 7
    assert SpecialCause.TREND not in causes(xmr(rising, rebase=[12]))


def test_limits_fixed_after_some_points_do_not_follow_later_ones() -> None:
    later = [value + 3 for value in STEADY]
    fixed = xmr([*STEADY, *later], fix_after=13)
    assert fixed.segments[0].mean == xmr(STEADY).segments[0].mean
    assert fixed.segments[0].upper == xmr(STEADY).segments[0].upper
    assert fixed.segments[0].count == 26
    assert SpecialCause.SHIFT in causes(fixed)[13:]


def test_limits_are_fixed_in_each_segment_by_its_own_points() -> None:
    series = [*STEADY, 90, *(value + 50 for value in STEADY), 200]
    first, second = xmr(series, rebase=[14], fix_after=13).segments
    assert second.mean - first.mean == pytest.approx(50)


def test_screening_leaves_out_a_range_that_dwarfs_the_others_once() -> None:
    series = [*STEADY, 90, *STEADY]
    assert xmr(series, screen_outliers=True).segments[0].upper < xmr(series).segments[0].upper
    assert causes(xmr(series, screen_outliers=True))[13] is SpecialCause.OUTSIDE_LIMITS


def test_a_constant_series_has_limits_unless_its_ranges_are_screened() -> None:
    assert xmr([4] * 13).segments[0].upper == 4
    assert xmr([4] * 13, screen_outliers=True).segments[0].upper is None
    assert set(causes(xmr([4] * 13, screen_outliers=True))) == {SpecialCause.NONE}


def test_a_single_point_has_no_limits() -> None:
    (segment,) = xmr([3]).segments
    assert (segment.lower, segment.upper) == (None, None)


def test_a_point_on_its_limit_is_within_it() -> None:
    # mean 0, one moving range of 2: limits at 5.32
    fixed = [1.0, -1.0] * 6
    for way in (1, -1):
        assert causes(xmr([*fixed, way * 5.32], fix_after=12))[-1] is SpecialCause.NONE
        assert causes(xmr([*fixed, way * 5.33], fix_after=12))[-1] is SpecialCause.OUTSIDE_LIMITS


def test_a_point_on_the_mean_ends_a_run_on_one_side() -> None:
    fixed = [1.0, -1.0] * 6
    assert causes(xmr([*fixed, 2, 1, 2, 1, 2, 1, 2], fix_after=12))[-1] is SpecialCause.SHIFT
    assert causes(xmr([*fixed, 2, 1, 2, 0, 2, 1, 2], fix_after=12))[-1] is SpecialCause.NONE


def test_two_equal_points_end_a_trend() -> None:
    assert SpecialCause.TREND in causes(xmr([1, 2, 3, 4, 5, 6, 7]))
    assert SpecialCause.TREND not in causes(xmr([1, 2, 3, 3, 4, 5, 6]))


def test_two_points_near_opposite_limits_are_not_two_of_three() -> None:
    fixed = [1.0, -1.0] * 6
    assert causes(xmr([*fixed, 4, 1, 4], fix_after=12))[12:] == [
        SpecialCause.TWO_OF_THREE,
        SpecialCause.NONE,
        SpecialCause.TWO_OF_THREE,
    ]
    assert set(causes(xmr([*fixed, 4, 1, -4], fix_after=12))) == {SpecialCause.NONE}


def test_thirteen_points_are_enough() -> None:
    assert xmr(STEADY[:12]).segments[0].short
    assert not xmr(STEADY).segments[0].short


@pytest.mark.parametrize(
    ("target", "rising_is_better", "falling_is_better"),
    [
        (9, Assurance.FAIL, Assurance.PASS),
        (-9, Assurance.PASS, Assurance.FAIL),
        (0, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
    ],
)
def test_a_target_is_assured_where_the_limits_lie_beyond_it(
    target: float, rising_is_better: Assurance, falling_is_better: Assurance
) -> None:
    chart = xmr([1.0, -1.0] * 7)  # limits at 5.32 either side of 0
    assert assurance(chart, target, improvement="increase") is rising_is_better
    assert assurance(chart, target, improvement="decrease") is falling_is_better


def test_a_target_equal_to_a_limit_is_met_at_times() -> None:
    chart = xmr(STEADY)
    assert assurance(chart, chart.segments[0].upper, improvement="increase") is Assurance.INCONSISTENT
    assert assurance(chart, chart.segments[0].lower, improvement="increase") is Assurance.INCONSISTENT


def test_the_last_segment_s_limits_are_held_against_the_target() -> None:
    chart = xmr([*STEADY, *(value + 100 for value in STEADY)], rebase=[13])
    assert assurance(chart, 50, improvement="increase") is Assurance.PASS


def test_without_target_or_direction_nothing_is_assured() -> None:
    assert assurance(xmr(STEADY), None, improvement="increase") is None
    assert assurance(xmr(STEADY), 5, improvement=None) is None


def test_a_rise_is_neither_good_nor_bad_without_a_direction() -> None:
    chart = xmr([*STEADY, 60])
    assert variation(chart, improvement="increase") is Variation.IMPROVEMENT
    assert variation(chart, improvement="decrease") is Variation.CONCERN
    assert variation(chart, improvement=None) is Variation.NEITHER


@given(SERIES, st.integers(min_value=-100, max_value=100), st.sampled_from([1, 2, 8]))
def test_other_units_change_no_special_cause(series: list[int], shift: int, scale: int) -> None:
    (segment,) = xmr(series).segments
    if segment.lower is not None and segment.upper is not None:
        third = (segment.upper - segment.lower) / 6
        edges = (segment.mean + step * third for step in (-3, -2, 2, 3))
        assume(all(not math.isclose(value, edge, abs_tol=1e-9) for edge in edges for value in series))
    assume(all(value == segment.mean or abs(value - segment.mean) > 1e-9 for value in series))
    moved = xmr([value * scale + shift for value in series])
    assert causes(moved) == causes(xmr(series))
    assert moved.segments[0].mean == pytest.approx(segment.mean * scale + shift)


@given(SERIES, st.booleans())
def test_the_other_way_up_improvement_is_concern(series: list[int], screened: bool) -> None:
    upright = xmr(series, screen_outliers=screened)
    upside_down = xmr([-value for value in series], screen_outliers=screened)
    assert causes(upside_down) == causes(upright)
    assert variation(upside_down, improvement="decrease") is variation(upright, improvement="increase")
    assert assurance(upside_down, -20, improvement="decrease") is assurance(upright, 20, improvement="increase")
    turned = {Variation.IMPROVEMENT: Variation.CONCERN, Variation.CONCERN: Variation.IMPROVEMENT}
    said = variation(upright, improvement="increase")
    assert variation(upright, improvement="decrease") is turned.get(said, said)


@given(SERIES, st.data())
def test_segments_are_charts_of_their_own(series: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=0, max_value=len(series) - 1))
    whole = xmr(series, rebase=[at])
    apart = [xmr(part) for part in (series[:at], series[at:]) if part]
    assert whole.points == tuple(point for chart in apart for point in chart.points)
    assert sum(segment.count for segment in whole.segments) == len(series)


@pytest.mark.parametrize(
    ("values", "options", "said"),
    [
        ([], {}, "one number or more"),
        ([1, math.nan, 2], {}, "Point 1 of the series is nan; give a finite number"),
        ([1, "2"], {}, "Point 1 of the series is '2'"),
        ([True, 2], {}, "Point 0 of the series is True"),
        (5, {}, "The series is 5; give a list"),
        ([1, 2, 3], {"rebase": [3]}, "numbered 0 to 2"),
        ([1, 2, 3], {"rebase": [-1]}, "0 or more"),
        ([1, 2, 3], {"rebase": ["2020-01"]}, "An index of rebase is '2020-01'"),
        ([1, 2, 3], {"rebase": 2}, "rebase is 2; give a list"),
        ([1, 2, 3], {"fix_after": 11}, "12 or more"),
        ([1, 2, 3], {"fix_after": "12"}, "12 or more"),
    ],
)
def test_what_cannot_be_charted_is_refused(values: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        xmr(values, **options)


def test_a_direction_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="'increase', 'decrease' or None"):
        variation(xmr(STEADY), improvement="lower")  # type: ignore[arg-type]


def test_a_point_outside_the_limits_is_not_one_of_two_of_three() -> None:
    fixed = [1.0, -1.0] * 6  # limits at 5.32, two thirds of the way at 3.55
    assert causes(xmr([*fixed, 6, 4, 1], fix_after=12))[12:] == [
        SpecialCause.OUTSIDE_LIMITS,
        SpecialCause.NONE,
        SpecialCause.NONE,
    ]


def test_two_of_three_have_all_three_on_one_side_of_the_mean() -> None:
    fixed = [1.0, -1.0] * 6
    assert set(causes(xmr([*fixed, 4, -1, 4], fix_after=12))) == {SpecialCause.NONE}
    assert causes(xmr([*fixed, 4, 0, 4], fix_after=12))[-1] is SpecialCause.NONE
    assert causes(xmr([*fixed, 4, 1, 4], fix_after=12))[-1] is SpecialCause.TWO_OF_THREE


def test_ranges_of_3_267_times_the_mean_are_screened() -> None:
    # Twelve ranges of 1 and one of R: it is 3.267 times their mean at R = 4.028.
    for jump, kept in ((4.02, True), (4.03, False)):
        series = [0.0, 1.0] * 6 + [0.0, jump]
        assert (xmr(series, screen_outliers=True).segments == xmr(series).segments) is kept


def by_definition(values: list[float], fixed: int | None, screened: bool) -> list[SpecialCause]:
    """The rules as the package's documentation words them, point by point; independent of how they are coded here."""
    own = values[:fixed]
    mean = math.fsum(own) / len(own)
    ranges = [abs(a - b) for a, b in pairwise(own)]
    if screened and ranges:
        most = 3.267 * math.fsum(ranges) / len(ranges)
        ranges = [each for each in ranges if each < most]
    spread = math.fsum(ranges) / len(ranges) if ranges else math.inf
    assume(all(value == mean or abs(value - mean) > 1e-9 for value in values))
    edges = [mean + way * factor * spread for way in (-1, 1) for factor in (2.66, 2.66 * 2 / 3) if ranges]
    assume(all(value == edge or abs(value - edge) > 1e-9 for value in values for edge in edges))

    def beyond(value: float, factor: float) -> bool:
        return bool(ranges) and abs(value - mean) > factor * spread

    def near(value: float) -> bool:
        return beyond(value, 2.66 * 2 / 3) and not beyond(value, 2.66)

    def windows(at: int, size: int) -> list[list[float]]:
        starts = range(max(0, at - size + 1), min(at, len(values) - size) + 1)
        return [values[start : start + size] for start in starts]

    def one_side(window: list[float]) -> bool:
        return all(value > mean for value in window) or all(value < mean for value in window)

    def one_way(window: list[float]) -> bool:
        steps = [b - a for a, b in pairwise(window)]
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)

    found = []
    for at, value in enumerate(values):
        if beyond(value, 2.66):
            found.append(SpecialCause.OUTSIDE_LIMITS)
        elif any(map(one_way, windows(at, 7))):
            found.append(SpecialCause.TREND)
        elif near(value) and any(one_side(w) and sum(map(near, w)) >= 2 for w in windows(at, 3)):
            found.append(SpecialCause.TWO_OF_THREE)
        elif any(map(one_side, windows(at, 7))):
            found.append(SpecialCause.SHIFT)
        else:
            found.append(SpecialCause.NONE)
    return found


@given(
    st.lists(st.integers(min_value=0, max_value=12), min_size=1, max_size=60),
    st.sampled_from([None, 12, 13, 20]),
    st.booleans(),
    st.data(),
)
def test_every_segment_follows_the_rules_by_definition(
    values: list[int], fixed: int | None, screened: bool, data: st.DataObject
) -> None:
    rebase = data.draw(st.sets(st.integers(min_value=0, max_value=len(values) - 1), max_size=2))
    chart = xmr(values, rebase=rebase, fix_after=fixed, screen_outliers=screened)
    expected: list[SpecialCause] = []
    for segment in chart.segments:
        part = [float(value) for value in values[segment.start : segment.start + segment.count]]
        expected += by_definition(part, fixed, screened)
    assert causes(chart) == expected


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), pd.NA, "97"])
def test_a_gap_in_the_series_and_a_target_that_is_no_number_are_refused(missing: Any) -> None:
    with pytest.raises(ValueError, match=r"Point 1 of the series is .*; give a finite number"):
        xmr([1.0, missing, 2.0])
    if missing is not None:
        with pytest.raises(ValueError, match=r"target is .*; give a finite number"):
            assurance(xmr([1.0, 2.0, 1.5]), missing, "increase")


def test_series_of_numpy_and_pandas_are_charted_alike() -> None:
    for series in (np.array(STEADY), pd.Series(STEADY, dtype="Int64"), tuple(map(float, STEADY))):
        assert xmr(series, rebase=np.array([6])) == xmr(STEADY, rebase=[6])  # type: ignore[arg-type]
