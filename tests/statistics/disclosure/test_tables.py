"""Tables of any shape are cells that add up."""

import pytest

from cafcass_reports.statistics.disclosure import Relation, Table, crossed

NATION = {"England": ["North", "South"], "North": ["A1", "A2"]}


def test_a_hierarchy_adds_up_level_by_level() -> None:
    table = crossed({("A1",): 3, ("A2",): 4, ("South",): 5}, [NATION])
    assert table.counts["North",] == 7
    assert table.counts["England",] == 12
    assert set(table.relations) == {
        Relation(("North",), (("A1",), ("A2",))),
        Relation(("England",), (("North",), ("South",))),
    }


def test_dimensions_are_crossed_with_all_their_totals() -> None:
    table = crossed({("A1", "care"): 3, ("South", "adoption"): 5}, [NATION, {"All": ["care", "adoption"]}])
    assert len(table.counts) == 5 * 3
    assert table.counts["England", "All"] == 8
    assert table.counts["North", "adoption"] == 0
    assert len(table.relations) == 2 * 3 + 5


@pytest.mark.parametrize("leaf", [("North",), ("A9",)])
def test_a_count_for_no_innermost_cell_is_refused(leaf: tuple[str]) -> None:
    with pytest.raises(ValueError, match="no innermost cell"):
        crossed({leaf: 3}, [NATION])


@pytest.mark.parametrize(
    "children", [{}, {"a": ["b"], "b": ["a"]}, {"a": ["c"], "b": ["c"]}, {"a": ["b", "c"], "b": ["d"], "c": ["d"]}]
)
def test_names_that_form_no_hierarchy_are_refused(children: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="one parent"):
        crossed({}, [children])


def test_totals_that_are_not_the_sum_of_their_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 5"):
        Table({("all",): 6, ("a",): 2, ("b",): 3}, (Relation(("all",), (("a",), ("b",))),))
