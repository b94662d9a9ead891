"""The projection: a balance of flows, an interval of past misses, and a record that knew nothing of its future."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.statistics.projection import YEAR, History, half_width, path, project

EIGHT_OF_TEN = Fraction(4, 5)
_FLOWS = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=YEAR, max_size=40)


def history(flows: list[tuple[int, int]], start: int = 100_000) -> History:
    """A stock that is large enough never to run out."""
    opened, closed = zip(*flows, strict=True)
    stock = accumulate((came - went for came, went in flows), initial=start)
    return History(list(stock), opened, closed)


@given(_FLOWS)
def test_as_before_the_next_year_adds_what_the_last_one_did(flows: list[tuple[int, int]]) -> None:
    past = history(flows)
    projected = path(past, YEAR)
    assert projected[-1] - past.stock[-1] == past.stock[-1] - past.stock[-1 - YEAR]


@given(_FLOWS, st.integers(50, 150), st.integers(50, 150))
def test_more_throughput_never_leaves_more_and_more_intake_never_less(
    flows: list[tuple[int, int]], intake: int, throughput: int
) -> None:
    past, months = history(flows), 6
    rates = Fraction(intake, 100), Fraction(throughput, 100)
    central = path(past, months, *rates)
    faster = path(past, months, rates[0], rates[1] + Fraction(1, 10))
    busier = path(past, months, rates[0] + Fraction(1, 10), rates[1])
    assert all(less <= as_is <= more for less, as_is, more in zip(faster, central, busier, strict=True))


@given(_FLOWS)
def test_the_interval_holds_the_projection_and_never_narrows(flows: list[tuple[int, int]]) -> None:
    widths = []
    for ahead in project(history(flows), 6, EIGHT_OF_TEN):
        if ahead.low is None or ahead.high is None:
            assert ahead.low is ahead.high is None
            widths.append(10**9)
            continue
        assert ahead.low <= ahead.stock <= ahead.high
        widths.append(ahead.high - ahead.stock)
    assert widths == sorted(widths)


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=YEAR, max_size=YEAR))
def test_a_year_that_repeats_is_projected_without_a_miss(year: list[tuple[int, int]]) -> None:
    for ahead in project(history(year * 3), 6, EIGHT_OF_TEN):
        assert not any(ahead.record.misses)
        assert ahead.low == ahead.stock == ahead.high
        assert ahead.record.within == ahead.record.intervals > 0


@given(_FLOWS, st.integers(1, 10))
def test_the_record_of_a_past_projection_does_not_change_with_what_came_later(
    flows: list[tuple[int, int]], later: int
) -> None:
    longer = [*flows, *[(500, 0)] * later]
    before, after = (project(history(each), 6, EIGHT_OF_TEN) for each in (flows, longer))
    for old, new in zip(before, after, strict=True):
        assert new.record.misses[: len(old.record.misses)] == old.record.misses
        assert new.record.intervals >= old.record.intervals
        assert new.record.within >= old.record.within


def test_where_months_vary_by_chance_alone_as_many_intervals_hold_as_were_to() -> None:
    draw = np.random.default_rng(11)
    tried = held = 0
    for _ in range(40):
        flows = [(int(came), int(went)) for came, went in draw.poisson(400, (60, 2))]
        for ahead in project(history(flows), 3, EIGHT_OF_TEN):
            tried += ahead.record.intervals
            held += ahead.record.within
    assert tried > 3000
    assert 0.75 < held / tried < 0.9


def test_half_widths_are_misses_and_too_few_say_nothing() -> None:
    assert half_width([5, -1, 3, 2, -4, 9, 8, 7, 6], EIGHT_OF_TEN) == 8
    assert half_width([5, -1, 3], EIGHT_OF_TEN) is None
    assert half_width([], EIGHT_OF_TEN) is None


def test_a_stock_never_falls_below_none() -> None:
    past = History([10] * 13, [0] * 12, [0] * 11 + [4])
    assert path(past, 12, throughput=Fraction(100))[-1] == 0


def test_a_history_of_less_than_a_year_or_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="given 6 from 3 months"):
        path(History([1, 1, 1, 1], [0, 0, 0], [0, 0, 0]), 6)
    with pytest.raises(ValueError, match="given 2 stocks, 2 months opened"):
        History([1, 1], [0, 0], [0, 0])
