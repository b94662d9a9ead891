"""Counts rounded to a base."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.statistics.disclosure import percentages, rounded

STAFF = pd.DataFrame({"full time": [3, 21], "part time": [3, 0]}, index=["A1", "A2"])


def test_counts_and_totals_are_each_rounded_by_themselves() -> None:
    assert rounded(STAFF).to_numpy().tolist() == [[5, 5, 5], [20, 0, 20], [25, 5, 25]]


def test_halves_are_rounded_up() -> None:
    assert rounded(pd.DataFrame({"a": [5, 15, 25]}), base=10)["a"].tolist() == [10, 20, 30, 50]


@given(
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=4, max_size=4), st.integers(min_value=1, max_value=20)
)
def test_nothing_is_off_by_more_than_half_the_base(counts: list[int], base: int) -> None:
    table = pd.DataFrame(np.reshape(counts, (2, 2)))
    shown = rounded(table, base)
    exact = table.assign(Total=table.sum(axis=1))
    exact.loc["Total"] = exact.sum()
    assert (shown % base == 0).to_numpy().all()
    assert ((shown - exact).abs() * 2 <= base).to_numpy().all()


def test_percentages_come_from_rounded_counts_and_add_up() -> None:
    shown = percentages(rounded(STAFF))
    assert shown.loc["A1"].tolist() == [50, 50]
    assert shown.loc["Total"].tolist() == [83, 17]
    assert (percentages(rounded(STAFF), decimals=1).sum(axis=1) == 100).all()


def test_a_row_that_rounds_to_nothing_has_no_percentages() -> None:
    assert percentages(rounded(pd.DataFrame({"a": [2, 9], "b": [1, 9]}))).loc[0].isna().all()


def test_a_base_of_0_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        rounded(STAFF, base=0)
