"""The workforce by characteristic, rounded: what readers have of a day, later packs show again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import duckdb
import pytest

from cafcass_reports.metrics.diversity import ALL_POSTS, ALL_UNITS, BASE, EVERYBODY, rounded
from cafcass_reports.statistics.disclosure.tables import Cell
from tests.metrics.posts import posts

FIRST, LAST = date(2017, 3, 31), date(2017, 6, 30)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with posts() as held:
        yield held


def figures(
    connection: duckdb.DuckDBPyConnection, *days: date, published: Mapping[date, Mapping[Cell, int]] | None = None
) -> dict[date, dict[Cell, int]]:
    """What is shown, by day, as what was published is given."""
    found: dict[date, dict[Cell, int]] = {}
    for row in rounded(connection, days, published or {}).to_pylist():
        end = (row["characteristic"], row["group"])
        found.setdefault(row["as_at"], {})[row["unit"], row["post_kind"], end] = row["posts"]
    return found


def test_what_was_published_of_a_day_is_shown_again_where_it_would_be_rounded_otherwise(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    published = figures(connection, FIRST, LAST)
    alone = figures(connection, LAST)
    assert alone[LAST] != published[LAST], "the test says nothing where both are rounded alike"
    assert figures(connection, LAST, published=published)[LAST] == published[LAST]


def test_after_a_small_correction_what_was_published_stays_as_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    published = figures(connection, FIRST, LAST)
    everybody = (ALL_UNITS, ALL_POSTS, (EVERYBODY, EVERYBODY))
    counted = connection.execute("select count(*) from workforce").fetchall()[0][0]
    # One person more or fewer, whichever the published total allows: an attacker would see any figure move.
    if counted < published[LAST][everybody]:
        connection.execute("insert into workforce select * from workforce order by all limit 1")
    else:
        connection.execute(
            "delete from workforce where rowid = (select max(rowid) from workforce where started_on = '2015-01-01')"
        )
    moved = {
        cell
        for cell, figure in figures(connection, FIRST, LAST, published=published)[LAST].items()
        if figure != published[LAST][cell]
    }
    assert moved == set()


def test_a_correction_that_a_published_figure_cannot_stand_for_moves_it_and_the_rest_still_adds_up(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    published = figures(connection, LAST)
    connection.execute("insert into workforce select 'HR', true, 'female', 'no', 'White', '2015-01-01', null "
                       "from range(12)")  # fmt: skip
    shown = figures(connection, LAST, published=published)[LAST]
    women = ("HR", "Social work", ("Gender", "Women"))
    assert shown[women] - published[LAST][women] >= 12 - 2 * (BASE - 1)
    stayed = [cell for cell in shown if cell[0] in ("A1", "A2") and shown[cell] == published[LAST][cell]]
    assert len(stayed) == sum(cell[0] in ("A1", "A2") for cell in shown)
    groups = [shown["HR", "Social work", ("Gender", group)] for group in ("Women", "Men", "Not known")]
    assert sum(groups) == shown["HR", "Social work", (EVERYBODY, EVERYBODY)]


def test_a_unit_that_is_new_was_empty_before_and_what_was_published_stays(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    published = figures(connection, FIRST)
    connection.execute("insert into workforce select 'IT', false, 'male', 'no', 'White', '2017-05-01', null "
                       "from range(9)")  # fmt: skip
    shown = figures(connection, FIRST, LAST, published=published)
    assert {cell: shown[FIRST][cell] for cell in published[FIRST]} == published[FIRST]
    assert shown[FIRST]["IT", ALL_POSTS, (EVERYBODY, EVERYBODY)] == 0
    assert shown[LAST]["IT", ALL_POSTS, (EVERYBODY, EVERYBODY)] in (5, 10)
