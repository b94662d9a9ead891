"""Bring the files' cells into a database: trimmed, without exact duplicates, typed.

Three schemas of the database hold a table for each file: ``raw`` the trimmed text, ``typed`` the typed cells,
both with their row in the file, and ``main`` the typed cells alone, which rules and metrics see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import duckdb

from cafcass_reports.extracts import values
from cafcass_reports.extracts.cells import Cells
from cafcass_reports.extracts.columns import Column, Kind, Table
from cafcass_reports.extracts.sql import identifier
from cafcass_reports.extracts.values import DateOrder

Duplicates: TypeAlias = Literal["refuse", "remove"]


@dataclass(frozen=True)
class Source:
    """A table's file, read.

    Parameters
    ----------
    table
        The table it holds.
    file
        The file's name.
    sha256
        Of its bytes.
    cells
        Its cells.
    names
        Our column names, each with the file's name for it.
    """

    table: Table
    file: str
    sha256: str
    cells: Cells
    names: Mapping[str, str]

    @property
    def shown(self) -> str:
        """The file, and of a workbook the sheet, as whoever mends it looks for them."""
        return f"{self.file}, sheet {self.cells.sheet}" if self.cells.sheet else self.file

    @property
    def raw(self) -> str:
        """SQL for its table of trimmed text."""
        return f"raw.{identifier(self.table.name)}"

    @property
    def typed(self) -> str:
        """SQL for its table of typed cells."""
        return f"typed.{identifier(self.table.name)}"

    def place(self, column: str) -> int | None:
        """Return where a column of ours stands in the file, or None where it is not there."""
        name = self.names[column]
        return self.cells.header.index(name) if name in self.cells.header else None

    @property
    def present(self) -> tuple[Column, ...]:
        """The table's columns that the file has."""
        return tuple(column for column in self.table.columns if self.place(column.name) is not None)

    @property
    def absent(self) -> tuple[Column, ...]:
        """The table's columns that the file does not have."""
        return tuple(column for column in self.table.columns if self.place(column.name) is None)

    @property
    def whole(self) -> bool:
        """Whether the file has every column."""
        return not self.absent


@dataclass(frozen=True)
class Staged:
    """How many rows a table has, and which of its file were left out.

    Parameters
    ----------
    rows
        Rows kept.
    duplicates
        Exact duplicate rows removed, by their row in the file, in order.
    """

    rows: int
    duplicates: tuple[int, ...]


def stage(
    connection: duckdb.DuckDBPyConnection, source: Source, date_order: DateOrder, duplicates: Duplicates
) -> Staged:
    """Create a file's tables in the three schemas, which are there.

    Parameters
    ----------
    connection
        The database.
    source
        The file.
    date_order
        Order of dates that are not written as ISO 8601 has them.
    duplicates
        ``remove`` leaves out exact duplicate rows; ``refuse`` leaves them, for the check of keys to find.

    Returns
    -------
    Staged
        Rows that are blank in all columns of ours are not counted: spreadsheets end in them.
    """
    _bring_in(connection, source)
    removed = _remove_duplicates(connection, source) if duplicates == "remove" else ()
    _type(connection, source, date_order)
    [(rows,)] = connection.execute(f"select count(*) from {source.raw}").fetchall()
    return Staged(rows, removed)


def stage_empty(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Create tables that have no file in ``main``, so that a query over them finds no rows."""
    for table in tables:
        columns = ", ".join(f"{identifier(column.name)} {column.kind.sql_type}" for column in table.columns)
        connection.execute(f"create table main.{identifier(table.name)} ({columns})")


def _columns(source: Source) -> str:
    return ", ".join(identifier(column.name) for column in source.table.columns)


def _bring_in(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    texts = []
    for column in source.table.columns:
        place = source.place(column.name)
        text = "cast(null as varchar)" if place is None else values.trimmed(f"c{place}")
        if column.kind is Kind.DATE and source.file.lower().endswith(".xlsx"):
            text = values.excel_day(text)
        texts.append(f"{text} as {identifier(column.name)}")
    connection.register("incoming", source.cells.table)
    connection.execute(
        f'create table {source.raw} as select * from (select "row", {", ".join(texts)} from incoming) '
        f"where coalesce({_columns(source)}) is not null"
    )
    connection.unregister("incoming")


def _remove_duplicates(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[int, ...]:
    """Keep the first of rows that are alike in every column of ours.

    A file without one of them keeps all: rows that differ there would look alike.
    """
    if not source.whole:
        return ()
    firsts = f'select min("row") from {source.raw} group by {_columns(source)}'
    removed = connection.execute(f'delete from {source.raw} where "row" not in ({firsts}) returning "row"').fetchall()
    return tuple(sorted(row for (row,) in removed))


def _type(connection: duckdb.DuckDBPyConnection, source: Source, date_order: DateOrder) -> None:
    columns = ", ".join(
        f"{values.typed(column.kind, identifier(column.name), date_order)} as {identifier(column.name)}"
        for column in source.table.columns
    )
    connection.execute(f'create table {source.typed} as select "row", {columns} from {source.raw} order by "row"')
    connection.execute(
        f'create view main.{identifier(source.table.name)} as select * exclude ("row") from {source.typed}'
    )
