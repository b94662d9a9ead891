"""Draws that keep exact totals."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.extracts.demo.days import at_or_before, between, day, drawn, working_days
from cafcass_reports.extracts.demo.draw import chosen, fitted, identifiers, split

weights = st.lists(st.floats(0.01, 1000), min_size=1, max_size=40)


@given(total=st.integers(0, 100_000), weights=weights)
def test_a_split_adds_up_and_no_part_is_a_whole_away_from_its_share(total: int, weights: list[float]) -> None:
    parts = split(total, weights)
    assert parts.sum() == total
    assert (np.abs(parts - total * np.array(weights) / sum(weights)) < 1 + 1e-6).all()


@given(
    values=st.lists(st.integers(0, 8), min_size=1, max_size=60), share=st.floats(0, 1), seed=st.integers(0, 2**32 - 1)
)
def test_fitted_values_meet_any_total_that_their_bounds_allow(values: list[int], share: float, seed: int) -> None:
    total = round(share * 8 * len(values))
    result = fitted(np.random.default_rng(seed), values, total, low=0, high=8)
    assert result.sum() == total
    assert result.min() >= 0
    assert result.max() <= 8


def test_fitting_leaves_the_values_given_as_they_were() -> None:
    given_values = np.array([1, 2, 3])
    fitted(np.random.default_rng(0), given_values, 9, low=0, high=8)
    assert given_values.tolist() == [1, 2, 3]


def test_identifiers_are_distinct() -> None:
    drawn_numbers = identifiers(np.random.default_rng(3), 50_000)
    assert len(np.unique(drawn_numbers)) == 50_000


def test_candidates_are_chosen_once_and_never_more_than_there_are() -> None:
    picked = chosen(np.random.default_rng(3), np.arange(10), 25, np.ones(10))
    assert sorted(picked.tolist()) == list(range(10))


@given(start=st.integers(day("2015-04-01"), day("2020-12-01")), length=st.integers(7, 60), seed=st.integers(0, 999))
def test_drawn_days_are_working_days_within_their_bounds(start: int, length: int, seed: int) -> None:
    days = drawn(np.random.default_rng(seed), np.full(20, start), start + length)
    assert np.isin(days, working_days()).all()
    assert days.min() >= start
    assert days.max() <= start + length


def test_the_christmas_holidays_are_not_working_days() -> None:
    # Christmas Eve 2020 was a Thursday; Boxing Day was a Saturday, so Monday the 28th was free instead.
    assert between(day("2020-12-24"), day("2020-12-29")) == 1
    assert at_or_before(day("2020-12-28")) == day("2020-12-24")
