"""Cohen's kappa of moderated grades."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.statistics.agreement import Weights, kappa

WEIGHTS = st.sampled_from([None, "linear", "quadratic"])
TABLES = st.integers(min_value=2, max_value=4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(min_value=0, max_value=50), min_size=size, max_size=size), min_size=size, max_size=size
    )
)

# Margins 120, 60, 20 and 100, 60, 40 of 200: 140 agree, 82 would by chance
TWO_GRADERS = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa(TWO_GRADERS) == pytest.approx((0.70 - 0.41) / (1 - 0.41), abs=1e-12)


def test_weights_count_how_far_apart_grades_are() -> None:
    near, far = [[20, 5, 0], [5, 20, 5], [0, 5, 20]], [[20, 0, 5], [5, 20, 5], [5, 0, 20]]
    assert kappa(near) == pytest.approx(kappa(far), abs=0.02)
    for weights in ("linear", "quadratic"):
        assert kappa(near, weights) > kappa(far, weights) + 0.1  # type: ignore[operator]


@pytest.mark.parametrize(("weights", "expected"), [("linear", 1 - 0.4 / 0.84), ("quadratic", 1 - 0.4 / 1.2)])
def test_weighted_kappa_worked_by_hand(weights: Weights, expected: float) -> None:
    assert kappa([[2, 1, 0], [1, 2, 1], [0, 1, 2]], weights) == pytest.approx(expected)


@given(st.lists(st.integers(min_value=1, max_value=1000), min_size=2, max_size=6), WEIGHTS)
def test_perfect_agreement_is_1(grades: list[int], weights: Weights | None) -> None:
    assert kappa(np.diag(grades), weights) == 1


@given(TABLES, WEIGHTS)
def test_kappa_is_at_most_1_and_the_same_for_either_order_of_the_two(
    table: list[list[int]], weights: Weights | None
) -> None:
    value = kappa(table, weights)
    assert value is None or value <= 1
    assert kappa(np.transpose(table), weights) == value
    assert kappa([row[::-1] for row in table[::-1]], weights) == value


def test_grades_given_at_random_agree_no_more_than_chance() -> None:
    assert kappa([[4, 6], [6, 9]]) == 0


@pytest.mark.parametrize("table", [[[12, 0], [0, 0]], [[0, 0], [0, 0]], [[5]]])
def test_agreement_beyond_chance_cannot_be_told_of_one_grade(table: list[list[int]]) -> None:
    assert kappa(table) is None


def test_a_cross_table_of_pandas_is_taken() -> None:
    first, second = pd.Series(["good", "good", "poor", "poor"]), pd.Series(["good", "poor", "poor", "poor"])
    assert kappa(pd.crosstab(first, second)) == pytest.approx(0.5)


@pytest.mark.parametrize("table", [[[1, 2]], [1, 2], [[1, 2], [3, 4], [5, 6]]])
def test_a_table_that_is_not_square_is_refused(table: object) -> None:
    with pytest.raises(ValueError, match="as many rows as columns"):
        kappa(table)  # type: ignore[arg-type]


def test_counts_and_weights_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        kappa([[1, -1], [0, 1]])
    with pytest.raises(ValueError, match="'linear', 'quadratic' or None"):
        kappa([[1, 0], [0, 1]], "cubic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="whole number"):
        kappa([[0.5, 0], [0, 1]])


def test_whole_numbers_that_pandas_made_floats_are_counts() -> None:
    assert kappa([[20.0, 5.0], [10.0, 15.0]]) == kappa([[20, 5], [10, 15]])
    with pytest.raises(ValueError, match=r"A count is 1\.5"):
        kappa([[1.5, 1], [0, 1]])


def test_grades_in_two_orders_are_refused() -> None:
    table = pd.DataFrame([[3, 1], [0, 5]], index=["good", "poor"], columns=["poor", "good"])
    with pytest.raises(ValueError, match="put both in one order"):
        kappa(table)
