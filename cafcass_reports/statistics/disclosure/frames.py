"""Disclosure control for a table as analysts hold it: a frame of counts, rows by columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cafcass_reports.statistics.disclosure.audit import intervals
from cafcass_reports.statistics.disclosure.suppression import suppress
from cafcass_reports.statistics.disclosure.tables import TOTAL, Cell, Table, crossed
from cafcass_reports.statistics.numbers import whole

_LARGEST = 2**53  # up to here floats, which the solver reckons with, are exact


@dataclass(frozen=True)
class Protected:
    """A table fit to be published.

    Parameters
    ----------
    shown
        The counts (Int64) with a row and a column "Total"; missing where hidden.
    hidden
        Which of them are hidden.
    """

    shown: pd.DataFrame
    hidden: pd.DataFrame


def protect(table: pd.DataFrame, *, threshold: int = 5) -> Protected:
    """Hide the small counts of a table, and as many others as it takes that they stay hidden.

    See :func:`suppress` for what is promised.

    Parameters
    ----------
    table
        Whole-number counts, rows by columns, without totals.
    threshold
        The lowest count above 0 that may be shown.

    Raises
    ------
    ValueError
        If a count is missing, below 0 or no whole number, or the total more than 9,007,199,254,740,992; if a row or
        column has no name or several, occurs twice or is called "Total"; or if the threshold is no whole number of 1
        or more.

    Examples
    --------
    >>> staff = pd.DataFrame({"full time": [3, 20], "part time": [12, 9]}, index=["A1", "A2"])
    >>> protect(staff).shown.loc["A1"].tolist()
    [<NA>, <NA>, 15]
    """
    margined = with_margins(table)
    secret = suppress(margined, threshold)
    hidden = as_frame({cell: cell in secret for cell in margined.counts}, table).astype(bool)
    return Protected(as_frame(margined.counts, table).astype("Int64").mask(hidden), hidden)


def attack(shown: pd.DataFrame, *, least: int = 1) -> pd.DataFrame:
    """Work out how low and how high each hidden count of a table can be.

    Parameters
    ----------
    shown
        Counts with a last row and a last column "Total", missing where hidden.
    least
        What hidden counts are known to be at least: 1 where true zeros are shown, else 0.

    Returns
    -------
    pandas.DataFrame
        ``low`` and ``high`` for each hidden cell, by row and column; ``high`` is infinite where nothing limits it.
        Equal, they give the count away.

    Raises
    ------
    ValueError
        If the totals are not there, a row or column occurs twice, what is shown is no count, or no whole numbers
        agree with the figures shown.
    """
    _refuse_names(shown)
    if shown.index[-1:].tolist() != [TOTAL] or shown.columns[-1:].tolist() != [TOTAL]:
        raise ValueError(f"The table ends in {shown.index[-1:].tolist()} and {shown.columns[-1:].tolist()}; in Total.")
    rows, columns = shown.index[:-1].tolist(), shown.columns[:-1].tolist()
    relations = crossed({}, [{TOTAL: rows}, {TOTAL: columns}]).relations
    cells: dict[Cell, int | None] = {
        (row, column): None if pd.isna(count) else whole(count, "A count")
        for row, line in zip(shown.index, shown.to_numpy(dtype=object), strict=True)
        for column, count in zip(shown.columns, line, strict=True)
    }
    _refuse_huge(cells.values())
    found = intervals(cells, relations, least=whole(least, "least"))
    index = pd.MultiIndex.from_tuples(list(found), names=["row", "column"]) if found else None
    return pd.DataFrame(list(found.values()), index=index, columns=["low", "high"], dtype=float)


def with_margins(table: pd.DataFrame) -> Table:
    """Return a frame of counts as cells that add up to totals."""
    _refuse_names(table)
    if TOTAL in table.index or TOTAL in table.columns:
        raise ValueError(f"A row or column is called {TOTAL}; each name occurs once, and {TOTAL} is added to them.")
    leaves: dict[Cell, int] = {
        (row, column): whole(count, "A count")
        for row, line in zip(table.index, table.to_numpy(dtype=object), strict=True)
        for column, count in zip(table.columns, line, strict=True)
    }
    margined = crossed(leaves, [{TOTAL: table.index.tolist()}, {TOTAL: table.columns.tolist()}])
    _refuse_huge(margined.counts.values())
    return margined


def as_frame(values: Mapping[Cell, object], table: pd.DataFrame) -> pd.DataFrame:
    """Lay cells out as a frame was, with a row and a column for the totals."""
    index = pd.Index([*table.index, TOTAL], name=table.index.name)
    columns = pd.Index([*table.columns, TOTAL], name=table.columns.name)
    return pd.DataFrame([[values[row, column] for column in columns] for row in index], index, columns)


def _refuse_names(table: pd.DataFrame) -> None:
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"The table is of type {type(table).__name__}; give a pandas DataFrame, rows by columns.")
    for names, what in ((table.index, "rows"), (table.columns, "columns")):
        if names.nlevels > 1:
            raise ValueError(f"The {what} have names of {names.nlevels} levels; give each one name.")
        if not names.is_unique or names.hasnans:
            raise ValueError(f"The {what} are {names.tolist()}; each has a name, which occurs once.")


def _refuse_huge(counts: Iterable[int | None]) -> None:
    largest = max((count for count in counts if count is not None), default=0)
    if largest > _LARGEST:
        raise ValueError(f"A count is {largest:,}; counts, totals among them, are {_LARGEST:,} or less.")
