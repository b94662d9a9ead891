"""What can be worked out is what plain linear programmes find, one for each end of each hidden count."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from cafcass_reports.statistics.disclosure import Table, attack, confined, crossed, intervals, protect
from cafcass_reports.statistics.disclosure.tables import Cell, equations


@st.composite
def tables_with_holes(draw: st.DrawFn) -> tuple[Table, dict[Cell, int | None]]:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    hierarchy = {"Total": ["North", "South"], "North": list(range(rows)), "South": ["A"]}
    leaves = {cell: draw(st.integers(1, 9)) for cell in itertools.product([*range(rows), "A"], range(columns))}
    table = crossed(leaves, [hierarchy, {"Total": list(range(columns))}])
    return table, {cell: None if draw(st.booleans()) else count for cell, count in table.counts.items()}


def plainly(table: Table, shown: dict[Cell, int | None], least: int) -> dict[Cell, tuple[float, float]]:
    sums = equations(table.relations, shown).toarray()
    hidden = [at for at, count in enumerate(shown.values()) if count is None]
    right = -sums @ np.array([count or 0 for count in shown.values()], dtype=float)
    found = {}
    for place, at in enumerate(hidden):
        ends = []
        for sense in (1, -1):
            goal = np.zeros(len(hidden))
            goal[place] = sense
            end = linprog(goal, A_eq=sums[:, hidden], b_eq=right, bounds=(least, None), options={"presolve": False})
            ends.append(math.inf if end.status == 3 else round(sense * end.fun))
        found[list(shown)[at]] = (ends[0], ends[1])
    return found


@settings(max_examples=20, deadline=None)
@given(tables_with_holes(), st.sampled_from([0, 1]))
def test_lowest_and_highest_are_those_of_plain_programmes(
    holes: tuple[Table, dict[Cell, int | None]], least: int
) -> None:
    table, shown = holes
    found = plainly(table, shown, least)
    assert intervals(shown, table.relations, least=least) == found
    narrow = {cell: ends for cell, ends in found.items() if ends[1] < 5 or ends[0] == ends[1]}
    assert confined(shown, table.relations, 5, least=least) == narrow


def test_a_table_of_a_hundred_rows_is_attacked() -> None:
    protected = protect(pd.DataFrame(np.random.default_rng(5).poisson(6, (100, 20))))
    found = attack(protected.shown)
    assert len(found) == protected.hidden.to_numpy().sum() > 400
    assert (found["low"] < found["high"]).all()
    assert (found["high"] >= 5).all()


def test_counts_of_billions_are_worked_out_to_the_last_one() -> None:
    shown = pd.DataFrame(
        {
            "a": [None, None, 3_000_000_000_001],
            "b": [None, None, 9],
            "Total": [4, 3_000_000_000_006, 3_000_000_000_010],
        },
        index=["x", "y", "Total"],
    )
    assert attack(shown).loc[("y", "a")].tolist() == [2_999_999_999_998, 3_000_000_000_000]


@pytest.mark.parametrize("hidden", [True, False])
def test_figures_that_contradict_each_other_are_said_to(hidden: bool) -> None:
    shown = pd.DataFrame({"a": [None if hidden else 4, 9], "b": [5, 6], "Total": [3, 15]}, index=["x", "Total"])
    with pytest.raises(ValueError, match="agree"):
        attack(shown)
