"""What parts add to the change of a whole adds up to it, whatever the parts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.statistics.contributions import Rate, of_counts, of_rates, rounded_together

COUNTS = st.integers(0, 10_000).map(Fraction)
PAIRS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=20)
RATES = st.builds(Rate, COUNTS, COUNTS)
RATE_PAIRS = st.lists(st.tuples(RATES, RATES), min_size=1, max_size=20).filter(
    lambda pairs: all(sum(pair[side].denominator for pair in pairs) for side in (0, 1))
)


def rate(parts: list[Rate]) -> Fraction:
    return sum((p.numerator for p in parts), Fraction(0)) / sum((p.denominator for p in parts), Fraction(0))


@given(PAIRS)
def test_counts_add_up_to_the_change_of_their_sum(pairs: list[tuple[Fraction, Fraction]]) -> None:
    before, after = [list(side) for side in zip(*pairs, strict=True)]
    assert sum(part.total for part in of_counts(before, after)) == sum(after) - sum(before)


@given(RATE_PAIRS)
def test_rates_add_up_to_the_change_of_the_whole_with_nothing_left_over(pairs: list[tuple[Rate, Rate]]) -> None:
    before, after = [list(side) for side in zip(*pairs, strict=True)]
    assert sum(part.total for part in of_rates(before, after)) == rate(after) - rate(before)


@given(RATE_PAIRS, st.integers(0, 19))
def test_a_part_that_stays_as_large_adds_by_its_own_rate_alone(pairs: list[tuple[Rate, Rate]], place: int) -> None:
    same = [(first, Rate(last.numerator, first.denominator)) for first, last in pairs]
    before, after = [list(side) for side in zip(*same, strict=True)]
    part = place % len(same)
    if before[part].denominator:
        assert of_rates(before, after)[part].size == 0


@given(RATE_PAIRS)
def test_before_and_after_changed_places_change_the_sign_of_each(pairs: list[tuple[Rate, Rate]]) -> None:
    before, after = [list(side) for side in zip(*pairs, strict=True)]
    back = [part.total for part in of_rates(after, before)]
    assert [-part.total for part in of_rates(before, after)] == back


def test_a_worse_part_that_grows_makes_the_whole_worse_though_no_rate_moved() -> None:
    good, bad = Rate(Fraction(90), Fraction(100)), Rate(Fraction(50), Fraction(100))
    grown = Rate(Fraction(150), Fraction(300))
    parts = of_rates([good, bad], [good, grown])
    assert [part.own for part in parts] == [0, 0]
    assert parts[1].size < 0


def test_a_new_part_adds_by_its_size() -> None:
    there, new = Rate(Fraction(90), Fraction(100)), Rate(Fraction(10), Fraction(100))
    none = Rate(Fraction(0), Fraction(0))
    parts = of_rates([there, none], [there, new])
    assert parts[1].own == 0
    assert sum(part.total for part in parts) == Fraction(1, 2) - Fraction(9, 10)


def test_a_whole_without_a_denominator_has_no_rate() -> None:
    with pytest.raises(ValueError, match="no rate"):
        of_rates([Rate(Fraction(0), Fraction(0))], [Rate(Fraction(1), Fraction(2))])


@given(st.lists(st.fractions(-1000, 1000), max_size=20), st.integers(0, 3))
def test_values_rounded_together_add_up_and_stay_close(values: list[Fraction], decimals: int) -> None:
    shown = rounded_together(values, decimals)
    unit = Fraction(1, 10**decimals)
    assert abs(sum(shown) - sum(values)) <= unit / 2
    assert all(abs(one - value) < unit for one, value in zip(shown, values, strict=True))
