"""Controlled rounding: figures that add up, and of which nobody finds a count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.statistics.disclosure import Table, bounds, controlled, crossed
from cafcass_reports.statistics.disclosure.tables import Cell

UNITS, KINDS, GROUPS = ["A1", "A2", "HR"], ["social work", "other"], ["women", "men", "not known"]
DIMENSIONS = [{"all units": UNITS}, {"all posts": KINDS}, {"everybody": GROUPS}]
counts = st.lists(st.integers(0, 30) | st.integers(0, 4), min_size=18, max_size=18)


def cube(found: list[int]) -> Table:
    leaves = [(unit, kind, group) for unit in UNITS for kind in KINDS for group in GROUPS]
    return crossed(dict(zip(leaves, found, strict=True)), DIMENSIONS)


def inner(table: Table) -> list[Cell]:
    return [cell for cell in table.counts if not set(cell) & {"all units", "all posts", "everybody"}]


@given(counts)
@settings(max_examples=40, deadline=None)
def test_rounded_figures_add_up_and_are_less_than_the_base_off(found: list[int]) -> None:
    table = cube(found)
    shown = controlled(table)
    assert all(figure % 5 == 0 for figure in shown.values())
    for each in table.relations:
        assert shown[each.total] == sum(shown[part] for part in each.parts)
    assert all(abs(shown[cell] - count) < (5 if cell in inner(table) else 10) for cell, count in table.counts.items())


@given(counts)
@settings(max_examples=6, deadline=None)
def test_nobody_works_out_more_than_that_a_count_is_less_than_the_base_from_its_figure(found: list[int]) -> None:
    table = cube(found)
    shown = controlled(table)
    for cell, (low, high) in bounds(shown, table.relations).items():
        assert low <= table.counts[cell] <= high
        assert cell not in inner(table) or (low, high) == (max(shown[cell] - 4, 0), shown[cell] + 4)
        assert low < high


def test_true_zeros_and_multiples_stay() -> None:
    shown = controlled(cube([0, 5, 10] * 6))
    assert shown["A1", "other", "women"] == 0
    assert shown["all units", "all posts", "men"] == 30


@given(counts, st.integers(0, 17))
@settings(max_examples=25, deadline=None)
def test_figures_of_small_counts_that_did_not_change_stay(found: list[int], moved: int) -> None:
    first = cube(found)
    shown = controlled(first)
    later = cube([count + (at == moved) for at, count in enumerate(found)])
    again = controlled(later, keep={cell: shown[cell] for cell in shown if first.counts[cell] == later.counts[cell]})
    same = [cell for cell in inner(later) if later.counts[cell] == first.counts[cell] < 5]
    assert [cell for cell in same if shown[cell] != again[cell]] == []


def test_the_attacker_finds_small_counts_behind_figures_that_do_not_add_up() -> None:
    relations = crossed({}, [{"A1": ["T1", "T2"]}]).relations
    assert bounds({("T1",): 0, ("T2",): 0, ("A1",): 15}, relations)["T1",] == (2, 4)
    with pytest.raises(ValueError, match="No whole numbers"):
        bounds({("T1",): 0, ("T2",): 0, ("A1",): 20}, relations)


def test_a_base_of_one_rounds_nothing_and_is_refused() -> None:
    with pytest.raises(ValueError, match="base is 1"):
        controlled(cube([1] * 18), base=1)
