"""What is hidden cannot be worked out, and no more is hidden than that takes."""

import contextlib
import itertools
from collections.abc import Collection

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.statistics.disclosure import (
    Relation,
    Table,
    attack,
    confined,
    crossed,
    intervals,
    protect,
    suppress,
)
from cafcass_reports.statistics.disclosure.tables import Cell

# Zeros and small counts often, as in tables of staff and of rare events
COUNTS = st.one_of(st.integers(min_value=0, max_value=6), st.integers(min_value=0, max_value=60))
THREE_LEVELS = {"England": ["North", "South"], "North": ["A1", "A2"], "South": ["A3"], "A1": ["T1", "T2", "T3"]}

ADVISERS = pd.DataFrame(
    [[3, 12, 9], [25, 11, 14], [8, 30, 7]], index=["A1", "A2", "A3"], columns=["under 30", "30 to 49", "50 and over"]
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    rows, columns = draw(st.integers(min_value=1, max_value=5)), draw(st.integers(min_value=1, max_value=4))
    counts = draw(st.lists(COUNTS, min_size=rows * columns, max_size=rows * columns))
    return pd.DataFrame(np.reshape(counts, (rows, columns)), [f"row {n}" for n in range(rows)])


@st.composite
def cubes(draw: st.DrawFn) -> Table:
    sizes = draw(st.tuples(*[st.integers(min_value=1, max_value=3)] * 3))
    leaves = {cell: draw(COUNTS) for cell in itertools.product(*map(range, sizes))}
    return crossed(leaves, [{"Total": list(range(size))} for size in sizes])


@st.composite
def hierarchies(draw: st.DrawFn) -> Table:
    areas = ["T1", "T2", "T3", "A2", "A3"]
    grades = ["good", "met", "not met"]
    leaves = {cell: draw(COUNTS) for cell in itertools.product(areas, grades)}
    return crossed(leaves, [THREE_LEVELS, {"Total": grades}])


def with_totals(table: pd.DataFrame) -> pd.DataFrame:
    whole = table.copy()
    whole["Total"] = whole.sum(axis=1)
    whole.loc["Total"] = whole.sum()
    return whole


def assert_nothing_is_found(table: Table, hidden: Collection[Cell], threshold: int = 5) -> None:
    small = {cell for cell, count in table.counts.items() if 0 < count < threshold}
    shown = {cell: None if cell in hidden else count for cell, count in table.counts.items()}
    assert small <= set(hidden)
    assert all(table.counts[cell] > 0 for cell in hidden)
    for least in (0, 1):
        for cell, (low, high) in intervals(shown, table.relations, least=least).items():
            assert low < high
            assert low <= table.counts[cell] <= high
            assert high >= threshold or cell not in small


def test_a_small_count_takes_others_with_it_and_totals_stay() -> None:
    protected = protect(ADVISERS)
    assert protected.hidden.loc["A1", "under 30"]
    assert protected.hidden.to_numpy().sum() == 4
    assert protected.shown.loc["Total"].tolist() == [36, 53, 30, 119]


def test_hiding_only_the_small_count_gives_it_away() -> None:
    naive = with_totals(ADVISERS).astype("Int64").mask(with_totals(ADVISERS) < 5)
    assert attack(naive).loc[("A1", "under 30")].tolist() == [3, 3]


def test_what_is_not_hidden_is_as_it_was() -> None:
    protected = protect(ADVISERS)
    assert protected.shown.isna().equals(protected.hidden)
    assert protected.shown[~protected.hidden].equals(with_totals(ADVISERS).astype("Int64")[~protected.hidden])


def test_an_attacker_knows_that_what_is_hidden_is_no_zero() -> None:
    shown = pd.DataFrame({"a": [None, 7, 9], "b": [None, 4, 6], "Total": [4, 11, 15]}, index=["x", "y", "Total"])
    assert attack(shown).loc[("x", "a")].tolist() == [2, 2]
    blind = pd.DataFrame({"a": [None, None, 9], "b": [None, None, 6], "Total": [4, 11, 15]}, shown.index)
    assert attack(blind).loc[("x", "a")].tolist() == [1, 3]
    assert attack(blind, least=0).loc[("x", "a")].tolist() == [0, 4]


def test_a_protected_table_with_nothing_hidden_leaves_nothing_to_find() -> None:
    table = pd.DataFrame({"a": [0, 10], "b": [20, 30]})
    protected = protect(table)
    assert not protected.hidden.to_numpy().any()
    assert attack(protected.shown).empty


@settings(max_examples=40, deadline=None)
@given(frames(), st.sampled_from([3, 5, 10]))
def test_no_small_count_of_a_table_can_be_worked_out(table: pd.DataFrame, threshold: int) -> None:
    protected = protect(table, threshold=threshold)
    whole = with_totals(table)
    small = (whole > 0) & (whole < threshold)
    assert protected.hidden.to_numpy()[small.to_numpy()].all()
    assert not protected.hidden.to_numpy()[(whole == 0).to_numpy()].any()
    for least in (0, 1):
        found = attack(protected.shown, least=least)
        assert (found["low"] < found["high"]).all()
        for (row, column), bounds in found.iterrows():
            assert bounds["low"] <= whole.loc[row, column] <= bounds["high"]
            assert not small.loc[row, column] or bounds["high"] >= threshold


@settings(max_examples=15, deadline=None)
@given(hierarchies())
def test_no_small_count_of_a_hierarchy_can_be_worked_out(table: Table) -> None:
    assert_nothing_is_found(table, suppress(table))


@settings(max_examples=15, deadline=None)
@given(cubes())
def test_no_small_count_of_three_dimensions_can_be_worked_out(table: Table) -> None:
    assert_nothing_is_found(table, suppress(table))


@settings(max_examples=25, deadline=None)
@given(hierarchies(), st.data())
def test_where_zeros_may_be_hidden_they_could_be_the_threshold_too(table: Table, data: st.DataObject) -> None:
    some = st.sets(st.sampled_from(sorted(table.counts)), max_size=4)
    before = data.draw(some)
    shown = {cell for cell in data.draw(some) if table.counts[cell] >= 5 or not table.counts[cell]} - before
    hidden = frozenset()
    with contextlib.suppress(ValueError):  # what stays shown may give others away whatever is hidden
        hidden = suppress(table, shown=shown, hidden=before, zeros_shown=False)
    hidden = hidden or suppress(table, hidden=before, zeros_shown=False)
    assert before <= hidden
    seen = {cell: None if cell in hidden else count for cell, count in table.counts.items()}
    assert confined(seen, table.relations, 5, least=0) == {}


def test_what_was_hidden_before_takes_others_with_it_even_where_it_is_large() -> None:
    table = crossed({("A1",): 40, ("A2",): 30, ("A3",): 20}, [{"England": ["A1", "A2", "A3"]}])
    assert suppress(table, hidden=[("A1",)], zeros_shown=False) == {("A1",), ("A3",)}


def test_a_zero_hidden_before_hides_a_count_that_could_be_its_own() -> None:
    table = crossed({("A1",): 0, ("A2",): 4, ("A3",): 3, ("A4",): 30}, [{"England": ["A1", "A2", "A3", "A4"]}])
    assert suppress(table, zeros_shown=False) == {("A2",), ("A3",)}
    assert suppress(table, hidden=[("A1",)], zeros_shown=False) == {("A1",), ("A2",), ("A3",)}
    few = crossed({("A1",): 0, ("A2",): 9, ("A3",): 30}, [{"England": ["A1", "A2", "A3"]}])
    assert suppress(few, hidden=[("A1",)], zeros_shown=False) == {("A1",), ("A2",)}


@settings(max_examples=10, deadline=None)
@given(cubes())
def test_a_search_that_is_cut_short_is_as_safe(table: Table) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cafcass_reports.statistics.disclosure.suppression._ROUNDS", 0)
        assert_nothing_is_found(table, suppress(table))


@pytest.mark.parametrize(
    "counts",
    [
        [[3, 9, 6], [8, 7, 0]],
        [[1, 20], [6, 9]],
        [[2, 2], [30, 8]],
        [[4, 0, 12], [11, 5, 6]],
    ],
)
def test_no_other_choice_hides_fewer_cells_or_smaller_counts(counts: list[list[int]]) -> None:
    leaves = {(row, column): count for row, line in enumerate(counts) for column, count in enumerate(line)}
    table = crossed(leaves, [{"Total": range(len(counts))}, {"Total": range(len(counts[0]))}])
    chosen = suppress(table)
    cost = len(chosen), sum(table.counts[cell] for cell in chosen)
    small = {cell for cell, count in table.counts.items() if 0 < count < 5}
    others = [cell for cell, count in table.counts.items() if count >= 5]
    for extra in range(len(chosen) - len(small) + 1):
        for more in itertools.combinations(others, extra):
            hidden = small | set(more)
            if (len(hidden), sum(table.counts[cell] for cell in hidden)) < cost:
                shown = {cell: None if cell in hidden else count for cell, count in table.counts.items()}
                found = intervals(shown, table.relations)
                assert any(found[cell][1] < 5 for cell in small)


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (2, 2)])
def test_a_table_of_few_people_altogether_is_hidden_but_for_its_zeros(shape: tuple[int, int]) -> None:
    counts = np.zeros(shape, dtype=int)
    counts[0, 0] = 3
    protected = protect(pd.DataFrame(counts))
    assert protected.hidden.to_numpy().tolist() == (with_totals(pd.DataFrame(counts)) > 0).to_numpy().tolist()
    assert (attack(protected.shown)["high"] == np.inf).all()


def test_a_total_below_the_threshold_is_hidden_too() -> None:
    protected = protect(pd.DataFrame({"a": [1, 20, 30], "b": [2, 25, 35]}))
    assert protected.hidden.loc[0].all()
    assert (attack(protected.shown)["low"] < attack(protected.shown)["high"]).all()


def test_a_table_without_rows_has_totals_of_0() -> None:
    assert protect(pd.DataFrame({"a": [], "b": []})).shown.loc["Total"].tolist() == [0, 0, 0]


def test_equal_tables_are_hidden_alike_and_left_as_they_were() -> None:
    table = ADVISERS.copy()
    assert protect(table).hidden.equals(protect(ADVISERS).hidden)
    assert table.equals(ADVISERS)


def test_labels_of_any_kind_and_the_axes_names_are_kept() -> None:
    table = pd.DataFrame([[3, 9], [8, 7]], pd.Index([2019, 2020], name="year"), pd.Index(["f", "m"], name="sex"))
    shown = protect(table).shown
    assert shown.index.tolist() == [2019, 2020, "Total"]
    assert (shown.index.name, shown.columns.name) == ("year", "sex")


def test_whole_numbers_that_pandas_made_floats_are_counts() -> None:
    assert protect(ADVISERS.astype(float)).hidden.equals(protect(ADVISERS).hidden)


@pytest.mark.parametrize("count", [-1, 2.5, None, "7", True])
def test_what_is_no_count_is_refused(count: object) -> None:
    with pytest.raises(ValueError, match="a whole number, 0 or more"):
        protect(pd.DataFrame({"a": pd.Series([count, 4], dtype=object)}))


@pytest.mark.parametrize("labels", [["x", "x"], ["x", "Total"]])
def test_labels_that_cannot_be_told_apart_are_refused(labels: list[str]) -> None:
    with pytest.raises(ValueError, match="occurs once"):
        protect(pd.DataFrame({"a": [1, 2]}, index=labels))


@pytest.mark.parametrize("turned", [False, True])
def test_names_of_several_levels_are_refused(turned: bool) -> None:
    levels = pd.DataFrame({"a": [3, 9]}, index=pd.MultiIndex.from_tuples([("North", "A1"), ("North", "A2")]))
    with pytest.raises(ValueError, match=f"The {'columns' if turned else 'rows'} have names of 2 levels"):
        protect(levels.T if turned else levels)


@pytest.mark.parametrize("threshold", [0, 2.5, None, True, "5"])
def test_a_threshold_is_a_whole_number_of_1_or_more(threshold: object) -> None:
    with pytest.raises(ValueError, match="a whole number, 1 or more"):
        protect(ADVISERS, threshold=threshold)  # type: ignore[arg-type]


def test_an_attack_needs_the_totals() -> None:
    with pytest.raises(ValueError, match="Total"):
        attack(ADVISERS)


def test_a_large_count_that_is_known_exactly_is_found_as_one_that_is_small() -> None:
    total, parts = ("all",), (("a",), ("b",))
    relations = [Relation(total, parts)]
    assert confined({total: 40, parts[0]: None, parts[1]: 10}, relations, 5, least=0) == {("a",): (30, 30)}
    assert confined({total: 40, parts[0]: None, parts[1]: None}, relations, 5, least=0) == {}
    assert confined({total: 4, parts[0]: None, parts[1]: None}, relations, 5, least=0).keys() == set(parts)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ([[1, 2]], "give a pandas DataFrame"),
        (with_totals(ADVISERS).rename(index={"A2": "A1"}), "each has a name, which occurs once"),
        (with_totals(ADVISERS).astype(object).replace(25, "25"), "A count is '25'"),
        (with_totals(ADVISERS).replace(25, 25.5), "A count is 25.5"),
        (with_totals(ADVISERS).replace(25, -25), "A count is -25"),
        (with_totals(ADVISERS).replace(25, 2**60), "are 9,007,199,254,740,992 or less"),
    ],
)
def test_an_attack_on_what_is_no_table_of_counts_is_refused(shown: pd.DataFrame, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        attack(shown)


def test_one_row_or_one_column_is_a_table() -> None:
    assert protect(pd.DataFrame({"a": [3, 9, 20]})).hidden["Total"].tolist() == [True, True, False, False]
    assert protect(pd.DataFrame([[3, 9, 20]])).hidden.loc["Total"].tolist() == [True, True, False, False]


def test_counts_up_to_a_million_million_are_protected() -> None:
    table = pd.DataFrame([[3, 10**12], [10**12, 7], [9, 10**12 - 1]])
    protected = protect(table)
    found = attack(protected.shown)
    assert protected.hidden.loc[0, 0]
    assert (found["low"] < found["high"]).all()
    assert found.loc[(0, 0), "high"] >= 5


@pytest.mark.parametrize("threshold", [2, 3, 10])
def test_a_large_table_is_protected(threshold: int) -> None:
    table = pd.DataFrame(np.random.default_rng(threshold).poisson(6, (18, 6)))
    protected = protect(table, threshold=threshold)
    found = attack(protected.shown)
    small = with_totals(table).where(lambda count: (count > 0) & (count < threshold)).stack().dropna()
    assert (found["low"] < found["high"]).all()
    assert (found.loc[list(small.index), "high"] >= threshold).all()


def test_a_table_of_zeros_is_shown() -> None:
    assert protect(pd.DataFrame(0, range(3), range(2))).shown.eq(0).all(axis=None)


@pytest.mark.parametrize("count", [float("nan"), pd.NA, float("inf"), np.nan])
def test_a_missing_count_is_refused(count: object) -> None:
    with pytest.raises(ValueError, match="a whole number, 0 or more"):
        protect(pd.DataFrame({"a": pd.Series([count, 4], dtype=object)}))
