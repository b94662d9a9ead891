"""A number is right at the precision that the text chose, and at no other digit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.checks.quantities import quantities
from cafcass_reports.checks.rounding import multiple, says
from cafcass_reports.checks.said import Amount, read
from cafcass_reports.metrics.measurement import number

FIGURES = st.fractions(min_value=0, max_value=10**6, max_denominator=10**4)


def amount(text: str) -> Amount:
    said = read(text)
    (only,) = said.values
    return only


@settings(deadline=None)
@given(FIGURES, st.integers(min_value=0, max_value=3))
def test_the_right_rounding_always_passes(figure: Fraction, decimals: int) -> None:
    (said,) = quantities(number(figure, decimals))
    assert says(Amount(said, ""), figure)


@settings(deadline=None)
@given(FIGURES, st.integers(min_value=0, max_value=3), st.integers(min_value=1, max_value=9), st.data())
def test_another_digit_never_passes(figure: Fraction, decimals: int, by: int, data: st.DataObject) -> None:
    text = number(figure, decimals)
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    # A number that ends in noughts may be rounded to tens; the last digit is then another precision, not another digit.
    place = data.draw(st.sampled_from(places))
    digit = str((int(text[place]) + by) % 10)
    changed = text[:place] + digit + text[place + 1 :]
    if digit == "0" and not decimals:
        return
    (said,) = quantities(f"It is {changed}")
    assert not says(Amount(said, ""), figure)


@pytest.mark.parametrize(
    ("text", "figure", "holds"),
    [
        ("37,000", 36881, True),
        ("36,900", 36881, True),
        ("36,000", 36881, False),
        ("40,000", 36881, False),
        ("nearly 37,000", 36881, True),
        ("nearly 36,000", 36881, False),
        ("over 36,000", 36881, True),
        ("over 37,000", 36881, False),
        ("about 37,000", 36881, True),
        ("about 45,000", 36881, False),
        ("at least 36,881", 36881, True),
        ("fewer than 36,881", 36881, False),
        ("just over 36,000", 36881, True),
        ("just over 30,000", 36881, False),
        ("up to 36,881", 36881, True),
    ],
)
def test_words_before_a_number_are_held_at_their_word(text: str, figure: int, holds: bool) -> None:
    assert says(amount(text), Fraction(figure)) is holds


@pytest.mark.parametrize(
    ("times", "near", "ratio", "holds"),
    [
        ("2", "", "1.8", False),
        ("2", "", "1.95", True),
        ("2", "", "2.2", True),
        ("2", "", "2.6", False),
        ("2", "above", "2.01", True),
        ("2", "above", "1.99", False),
        ("2", "just_below", "1.9", True),
        ("2", "just_below", "2.05", False),
        ("1/2", "", "0.5", True),
        ("1/2", "", "0.55", False),
        ("1/2", "", "0.3", False),
        ("1/2", "above", "0.45", True),
        ("1/2", "above", "0.51", False),
    ],
)
def test_doubled_is_twice_and_not_nearly_so(times: str, near: str, ratio: str, holds: bool) -> None:
    assert multiple(Fraction(times), near, Fraction(ratio)) is holds
