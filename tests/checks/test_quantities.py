"""Numbers in texts, as figures and in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.checks.quantities import Kind, quantities


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("36,881", 36881, Kind.NUMBER),
        ("up 5%", 5, Kind.PERCENT),
        ("5 per cent", 5, Kind.PERCENT),
        ("3.2 percentage points", Fraction(16, 5), Kind.POINTS),
        ("twenty-two", 22, Kind.NUMBER),
        ("two hundred and five children", 205, Kind.NUMBER),
        ("three thousand", 3000, Kind.NUMBER),
        ("1.2 million", 1_200_000, Kind.NUMBER),
        ("a third of children", Fraction(1, 3), Kind.FRACTION),
        ("rose by a fifth", Fraction(1, 5), Kind.FRACTION),
        ("three quarters", Fraction(3, 4), Kind.FRACTION),
        ("two-thirds", Fraction(2, 3), Kind.FRACTION),
        ("half of them", Fraction(1, 2), Kind.FRACTION),
        ("twenty percent", 20, Kind.PERCENT),
    ],
)
def test_a_number_is_found_with_its_value_and_kind(text: str, value: Fraction, kind: Kind) -> None:
    (found,) = quantities(text)
    assert (found.value, found.kind) == (value, kind)


@pytest.mark.parametrize("text", ["one voice", "a third lockdown", "the second half", "Covid", "the first hearing"])
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert quantities(text) == []


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=3))
def test_any_numeral_is_read_as_it_is_written(whole: int, decimals: int) -> None:
    text = f"{whole / 10**decimals:,.{decimals}f}"
    (found,) = quantities(f"It is {text} today")
    assert found.value == Fraction(text.replace(",", ""))
    assert found.decimals == decimals
