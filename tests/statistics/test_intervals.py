"""Wilson's interval of a proportion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from cafcass_reports.statistics.intervals import wilson

TOTALS = st.integers(min_value=1, max_value=100_000)


@pytest.mark.parametrize(("successes", "total"), [(9, 10), (0, 10), (10, 10), (50, 100), (1, 3000)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_scipy_gives_the_same_interval(successes: int, total: int, level: float) -> None:
    theirs = binomtest(successes, total).proportion_ci(level, method="wilson")
    assert wilson(successes, total, level) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(TOTALS, st.data())
def test_the_proportion_lies_within_and_both_bounds_within_0_and_1(total: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(min_value=0, max_value=total))
    low, high = wilson(successes, total)
    assert 0 <= low <= successes / total <= high <= 1


@given(TOTALS, st.data())
def test_one_success_more_raises_both_bounds(total: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(min_value=0, max_value=total - 1))
    fewer, more = wilson(successes, total), wilson(successes + 1, total)
    assert fewer[0] < more[0]
    assert fewer[1] < more[1]


@given(st.integers(min_value=1, max_value=1000), st.data())
def test_success_and_failure_mirror_each_other(total: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(min_value=0, max_value=total))
    low, high = wilson(successes, total)
    assert wilson(total - successes, total) == pytest.approx((1 - high, 1 - low))


@given(st.integers(min_value=1, max_value=100), st.data())
def test_ten_times_the_evidence_narrows_the_interval(total: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(min_value=0, max_value=total))
    few, many = wilson(successes, total), wilson(10 * successes, 10 * total)
    assert many[1] - many[0] < few[1] - few[0]


def test_a_higher_level_widens_the_interval() -> None:
    assert wilson(3, 10, level=0.99)[0] < wilson(3, 10)[0] < wilson(3, 10, level=0.8)[0]


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(("successes", "total"), [(11, 10), (1, 0)])
def test_more_successes_than_there_were_are_refused(successes: int, total: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(successes, total)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        wilson(1, 2, level=level)


@pytest.mark.parametrize(("successes", "total"), [(1.5, 10), (None, 10), (1, 2.5), (-1, 10), ("1", 10), (True, 2)])
def test_what_counts_nothing_is_refused(successes: object, total: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        wilson(successes, total)  # type: ignore[arg-type]
