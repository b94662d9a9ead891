"""Percentages that are shown together add up."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.statistics.percentages import largest_remainder

COUNTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=30).filter(any)


def in_units(shares: list[float | None], decimals: int) -> list[int]:
    return [round(share * 10**decimals) for share in shares if share is not None]


def test_the_published_example_is_61_31_and_8() -> None:
    assert largest_remainder([121, 62, 17]) == [61, 31, 8]


@given(COUNTS, st.integers(min_value=0, max_value=3))
def test_shares_add_up_to_100_at_the_decimals_shown(counts: list[int], decimals: int) -> None:
    assert sum(in_units(largest_remainder(counts, decimals), decimals)) == 100 * 10**decimals


@given(COUNTS, st.integers(min_value=0, max_value=3))
def test_each_share_lies_within_one_unit_of_the_exact_one(counts: list[int], decimals: int) -> None:
    total = sum(counts)
    units = in_units(largest_remainder(counts, decimals), decimals)
    assert all(
        abs(unit - Fraction(count * 100 * 10**decimals, total)) < 1 for unit, count in zip(units, counts, strict=True)
    )


@given(COUNTS)
def test_a_larger_count_never_has_a_smaller_share(counts: list[int]) -> None:
    shares = in_units(largest_remainder(sorted(counts, reverse=True)), 0)
    assert shares == sorted(shares, reverse=True)


def test_a_tie_goes_to_the_first_of_equal_counts() -> None:
    assert largest_remainder([1, 1, 1]) == [34, 33, 33]


def test_a_tie_of_remainders_goes_to_the_larger_count() -> None:
    # 12.5, 62.5 and 25 percent: the first two leave the same remainder
    assert largest_remainder([1, 5, 2]) == [12, 63, 25]


def test_decimals_are_kept_to_the_precision_asked_for() -> None:
    assert largest_remainder([1, 1, 1], decimals=1) == [33.4, 33.3, 33.3]


def test_nothing_of_nothing_has_no_share() -> None:
    assert largest_remainder([0, 0]) == [None, None]


def test_no_parts_have_no_shares() -> None:
    assert largest_remainder([]) == []


def test_the_callers_counts_are_left_as_they_were() -> None:
    counts = [3, 1, 2]
    largest_remainder(counts)
    assert counts == [3, 1, 2]


@pytest.mark.parametrize("counts", [[1.5, 2], ["1"], [True, 3], [None], [pd.NA], [float("nan")]])
def test_what_is_not_a_whole_number_is_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match=r"A count is .*; give a whole number, 0 or more"):
        largest_remainder(counts)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        largest_remainder([3, -1])


def test_negative_decimals_are_refused() -> None:
    with pytest.raises(ValueError, match="decimals"):
        largest_remainder([1], decimals=-1)
