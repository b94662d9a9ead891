"""Who works here at each quarter end, rounded so that no choice of a dashboard's slicers tells of a few people.

Posts are counted by business unit, by social work and other posts, and by one characteristic at a time. Every cell
of that, totals among them, is rounded to a multiple of five as :func:`controlled` does: whatever is chosen, the parts
shown add up to the whole shown, and no difference of two choices, or of two days between which nobody came or went,
says more than either. What a pack has published of a day, later packs show again: two roundings of the same counts
would tell more of them than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

import duckdb
import pyarrow as pa

from cafcass_reports.statistics.disclosure import Relation, Table, controlled, crossed
from cafcass_reports.statistics.disclosure.tables import Cell

NAME = "diversity"
"""What the rounded counts are called where they are kept."""

BASE = 5
ALL_POSTS, ALL_UNITS, EVERYBODY = "All posts", "All units", "Everybody"
POST_KINDS = ("Social work", "Other posts")


@dataclass(frozen=True)
class Characteristic:
    """What people are counted by: its groups with the SQL that holds for each; the last is of who is not known."""

    name: str
    groups: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its groups."""
        return tuple(name for name, _ in self.groups)


CHARACTERISTICS = (
    Characteristic(
        "Gender", (("Women", "gender = 'female'"), ("Men", "gender = 'male'"), ("Not known", "gender = 'unknown'"))
    ),
    Characteristic(
        "Disability",
        (
            ("Disabled", "disability = 'yes'"),
            ("Not disabled", "disability = 'no'"),
            ("Not known", "disability = 'unknown'"),
        ),
    ),
    Characteristic(
        "Ethnicity",
        (
            ("Ethnic minorities", "lower(ethnicity) not in ('white', 'unknown')"),
            ("White", "lower(ethnicity) = 'white'"),
            ("Not known", "lower(ethnicity) = 'unknown'"),
        ),
    ),
)


ENDS: tuple[tuple[str, str], ...] = (
    (EVERYBODY, EVERYBODY),
    *((each.name, group) for each in CHARACTERISTICS for group in each.names),
)
"""What is counted of a kind of post in a unit: everybody, then the groups of each characteristic."""

Published: TypeAlias = Mapping[date, Mapping[Cell, int]]
"""What packs have published of a day: the rounded figure of a unit, a kind of post and one of :data:`ENDS`."""


def rounded(
    connection: duckdb.DuckDBPyConnection, days: Sequence[date], published: Published = MappingProxyType({})
) -> pa.Table:
    """Count the posts held on some days, and round.

    Parameters
    ----------
    connection
        A database with the tables ``areas`` and ``workforce``.
    days
        In order.
    published
        Figures of these days that readers have. Where all of a day's could still be true they are shown again as they
        are; where records were corrected since, as many as can be.

    Returns
    -------
    pyarrow.Table
        ``as_at``, ``post_kind``, ``unit``, ``characteristic``, ``group`` and ``posts``, a multiple of :data:`BASE`:
        a row for each combination, with ``All posts``, ``All units`` and ``Everybody`` for totals. Units come in the
        order of the areas, then in that of the workforce extract. No exact count is in it.
    """
    units = _units(connection)
    rows: list[tuple[date, str, str, str, str, int]] = []
    before: Mapping[Cell, int] = {}
    shown: dict[Cell, int] = {}
    for day in days:
        table, known = _counted(connection, day, units), published.get(day, {})
        unchanged = {cell: shown[cell] for cell, count in before.items() if table.counts[cell] == count}
        shown = _shown_again(table, known) or controlled(table, BASE, keep={**unchanged, **known})
        before = table.counts
        rows += [(day, *choice, shown[choice[1], choice[0], choice[2:]]) for choice in _choices(units)]
    names = ("as_at", "post_kind", "unit", "characteristic", "group", "posts")
    return pa.table(dict(zip(names, zip(*rows, strict=True), strict=True))) if rows else pa.table({})


def _shown_again(table: Table, known: Mapping[Cell, int]) -> dict[Cell, int]:
    """What was published of a day, if that could be what its counts are rounded to; else nothing."""
    figures = {cell: known.get(cell, 0) for cell in table.counts}  # a unit that is new had nobody then
    totals = {relation.total for relation in table.relations}
    near = all(abs(figures[cell] - n) < (2 if cell in totals else 1) * BASE for cell, n in table.counts.items())
    adds_up = all(figures[each.total] == sum(figures[part] for part in each.parts) for each in table.relations)
    return figures if known and near and adds_up else {}


def _units(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    areas = [area for (area,) in connection.execute("select area from areas").fetchall()]
    at_work = {unit for (unit,) in connection.execute("select distinct business_unit from workforce").fetchall()}
    named = connection.execute("select business_unit from workforce").fetchall()
    return tuple(unit for unit in dict.fromkeys([*areas, *(unit for (unit,) in named)]) if unit in at_work)


def _choices(units: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    for kind in (ALL_POSTS, *POST_KINDS):
        for unit in (ALL_UNITS, *units):
            for characteristic, group in ENDS:
                yield kind, unit, characteristic, group


def _counted(connection: duckdb.DuckDBPyConnection, day: date, units: Sequence[str]) -> Table:
    """Count one day's posts, by unit, kind and each characteristic; these have their totals in common."""
    everybody = (EVERYBODY, EVERYBODY)
    counts: dict[Cell, int] = {}
    relations: list[Relation] = []
    for characteristic in CHARACTERISTICS:
        cases = " ".join(f"when {holds} then '{name}'" for name, holds in characteristic.groups)
        found = connection.execute(
            f"select business_unit, social_work, case {cases} end, count(*) from workforce "
            "where started_on <= $1 and (ended_on is null or ended_on > $1) group by all",
            [day],
        ).fetchall()
        groups = [(characteristic.name, name) for name in characteristic.names]
        leaves: dict[Cell, int] = {
            (unit, POST_KINDS[0] if social else POST_KINDS[1], (characteristic.name, group)): count
            for unit, social, group, count in found
        }
        part = crossed(leaves, [{ALL_UNITS: list(units)}, {ALL_POSTS: list(POST_KINDS)}, {everybody: groups}])
        counts |= part.counts
        relations += part.relations
    return Table(counts, tuple(dict.fromkeys(relations)))
