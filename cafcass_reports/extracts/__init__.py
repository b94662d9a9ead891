"""Read, check and type the extracts.

A folder holds one file a table (`schemas.TABLES`) as CSV, Excel or Parquet; optional tables may have none.
`examine` reads them into a database in memory and reports what breaks the rules; `load` is for those who go on only
where nothing does::

    with load(folder, mapping={"cases": {"received_on": "Date Received"}}) as extracts:
        extracts.connection.sql("select count(distinct case_id) from cases")
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import duckdb

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import readers
from cafcass_reports.extracts.checks import check
from cafcass_reports.extracts.report import BrokenRule, Finding, Report, SourceFile
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.extracts.staging import Duplicates, Source
from cafcass_reports.extracts.values import DateOrder, checked_order

__all__ = [
    "BrokenExtractsError",
    "BrokenRule",
    "DateOrder",
    "Duplicates",
    "Extracts",
    "Finding",
    "Report",
    "SourceFile",
    "examine",
    "load",
]

_MEMORY = "500MB"  # of the database: with all else, measuring stays under a gigabyte
_NO_MAPPING: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class BrokenExtractsError(ExtractError):
    """Extracts that break their rules; `report` says which, where and how often."""

    def __init__(self, report: Report) -> None:
        first = report.findings[0]
        super().__init__(
            f"The extracts break their rules: {report.summary} The first: {first.file}, row {first.row}"
            f"{f', {first.column}' if first.column else ''}: {first.value or '(empty)'}.",
            valid=f"Valid is: {first.rule.removesuffix('.')}.",
            next_step="Read the report of all findings with `cafcass-reports check`, and mend the extracts.",
        )
        self.report = report


@dataclass(frozen=True)
class Extracts:
    """The extracts in a database in memory, with what was found in them.

    Parameters
    ----------
    connection
        DuckDB; each table of `schemas.TABLES` stands under its name, its columns typed and in order, without
        exact duplicate rows. A cell that is not of its column's kind is missing, and is among the findings. An
        optional table without a file stands there without rows, and is not among `files`.
    report
        Findings, notes and the files.
    spilled
        Where the database puts what does not fit into memory.
    """

    connection: duckdb.DuckDBPyConnection
    report: Report
    spilled: tempfile.TemporaryDirectory[str]

    @property
    def files(self) -> Mapping[str, SourceFile]:
        """Each table's file: name, sha256 and rows."""
        return MappingProxyType({file.table: file for file in self.report.files})

    def close(self) -> None:
        """Close the database; the report stays."""
        self.connection.close()
        self.spilled.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def examine(
    folder: Path,
    *,
    tables: Collection[str] | None = None,
    mapping: Mapping[str, Mapping[str, str]] = _NO_MAPPING,
    date_order: DateOrder = "dmy",
    duplicates: Duplicates = "refuse",
) -> Extracts:
    """Read, check and type a folder of extracts, whatever its data are like.

    Parameters
    ----------
    folder
        Folder with one file a table: ``<table>.csv``, ``.xlsx`` or ``.parquet``.
    tables
        Those to read, each of which must have its file; the others stand there without rows, and what refers to them
        is not looked up. All where they are not given; only optional ones may then have no file.
    mapping
        Table name to our column name to the organisation's; what is not named keeps our name.
    date_order
        Order of day, month and year in dates that are not written as ISO 8601 has them.
    duplicates
        ``refuse`` makes exact duplicate rows findings; ``remove`` leaves them out, counted and noted, where the
        source is known to give them.

    Returns
    -------
    Extracts
        Check ``extracts.report.ok`` before figures are made from it. Close it, or use it in a ``with``
        statement.

    Raises
    ------
    ExtractError
        If the folder or a file cannot be read, or the mapping names what there is not.
    """
    order = checked_order(date_order)
    names = readers.names_in_files(mapping)
    sources: list[Source] = []
    unreadable: list[ExtractError] = []
    for name, path in readers.find(folder, tables).items():
        table = TABLES[name]
        wanted = [names[name][column.name] for column in table.columns]
        try:
            cells, sha256 = readers.read(path, table=name, wanted=wanted)
        except ExtractError as error:
            unreadable.append(error)
            continue
        sources.append(Source(table, path.name, sha256, cells, names[name]))
    if unreadable:
        first = unreadable[0]
        given = " ".join(error.given for error in unreadable)
        raise ExtractError(given, valid=first.valid, next_step=first.next_step) from first
    # Records that do not fit lie in a folder of this user alone, which goes with the database.
    spilled = tempfile.TemporaryDirectory(prefix="cafcass-reports-", ignore_cleanup_errors=True)
    connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spilled.name})
    # In a notebook DuckDB would show its progress as a widget, which stays in the outputs.
    connection.execute("set enable_progress_bar = false")
    try:
        return Extracts(connection, check(connection, sources, order, duplicates), spilled)
    except BaseException:
        connection.close()
        spilled.cleanup()
        raise


def load(
    folder: Path,
    *,
    tables: Collection[str] | None = None,
    mapping: Mapping[str, Mapping[str, str]] = _NO_MAPPING,
    date_order: DateOrder = "dmy",
    duplicates: Duplicates = "refuse",
) -> Extracts:
    """Read, check and type a folder of extracts that keep every rule.

    Parameters
    ----------
    folder, tables, mapping, date_order, duplicates
        As for `examine`.

    Returns
    -------
    Extracts
        Close it, or use it in a ``with`` statement.

    Raises
    ------
    BrokenExtractsError
        If the data break a rule; it carries the report.
    ExtractError
        If the folder or a file cannot be read, or the mapping names what there is not.
    """
    extracts = examine(folder, tables=tables, mapping=mapping, date_order=date_order, duplicates=duplicates)
    if not extracts.report.ok:
        extracts.close()
        raise BrokenExtractsError(extracts.report)
    return extracts
