"""Find the tables' files in a folder and read each as text."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from cafcass_reports.errors import ExtractError, nearest
from cafcass_reports.extracts import delimited, excel
from cafcass_reports.extracts.cells import Cells
from cafcass_reports.extracts.schemas import TABLES

ENDINGS = (".csv", ".xlsx", ".parquet")
"""The kinds of file that a table may come as."""


def find(folder: Path, tables: Collection[str] | None = None) -> dict[str, Path]:
    """Find the file of every table.

    Parameters
    ----------
    folder
        Folder that holds one file a table, named as the table: ``cases.csv``, ``.xlsx`` or ``.parquet``.
    tables
        The tables to read, each of which must have its file; all where they are not given.

    Returns
    -------
    dict of str to Path
        Table name to file, in the tables' order. An optional table without a file is left out where all are read.

    Raises
    ------
    ExtractError
        If the folder cannot be read, a table that is not optional has no file, or a table has more than one. All
        such tables are named.
    """
    needed = [t.name for t in TABLES.values() if (not t.optional if tables is None else t.name in tables)]
    wanted = [name for name in TABLES if tables is None or name in tables]
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
    except OSError as error:
        raise ExtractError(
            f"The extracts' folder '{folder}' cannot be read ({error.strerror}).",
            valid=f"A folder with one file for each of: {', '.join(needed)}.",
            next_step="Correct the folder under `extracts` in pack.yml.",
        ) from error
    of_table = {
        name: [path for path in found if path.suffix.lower() in ENDINGS and path.stem.lower() == name]
        for name in wanted
    }
    problems = [
        f"Table '{name}' has {_several(paths)}."
        for name, paths in of_table.items()
        if len(paths) > 1 or (not paths and name in needed)
    ]
    if problems:
        names = ", ".join(path.name for path in found) or "nothing"
        raise ExtractError(
            f"{' '.join(problems)} The folder '{folder}' holds: {names}.",
            valid=f"Exactly one file a table, named as the table and ending in {', '.join(ENDINGS)}.",
            next_step="Add, rename or remove files.",
        )
    return {name: paths[0] for name, paths in of_table.items() if paths}


def read(path: Path, *, table: str, wanted: Collection[str]) -> tuple[Cells, str]:
    """Read one table's file as text.

    Parameters
    ----------
    path
        The file; its ending says what it is.
    table
        Name of the table, which a workbook's sheet may bear.
    wanted
        Column names that the header holds, as the organisation calls them.

    Returns
    -------
    Cells
        The cells.
    str
        The sha256 of the bytes that were read.

    Raises
    ------
    ExtractError
        If the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExtractError(
            f"{path.name} cannot be read ({error.strerror}).",
            valid="A file that you may read, and that no other program holds.",
            next_step="Close it elsewhere, or ask for access to it.",
        ) from error
    try:
        match path.suffix.lower():
            case ".csv":
                cells = delimited.read(data)
            case ".xlsx":
                cells = excel.read(data, sheet=table, wanted=wanted)
            case _:
                cells = _read_parquet(data)
    except ExtractError as error:
        raise ExtractError(f"{path.name}: {error.given}", valid=error.valid, next_step=error.next_step) from error
    return cells, hashlib.sha256(data).hexdigest()


def names_in_files(mapping: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Complete a column mapping: for every table and column, the name that the file has for it.

    Parameters
    ----------
    mapping
        Table name to our column name to the organisation's; what is not named keeps our name.

    Returns
    -------
    dict of str to dict of str to str
        For every table, our column names in order, each with the file's name for it.

    Raises
    ------
    ExtractError
        If a table or a column of ours is not known, or two columns are read from one.
    """
    for table, renamed in mapping.items():
        if table not in TABLES:
            raise _unknown("table", table, TABLES)
        ours = [column.name for column in TABLES[table].columns]
        for name in renamed:
            if name not in ours:
                raise _unknown(f"column of '{table}'", name, ours)
    complete = {
        table.name: {
            column.name: mapping.get(table.name, {}).get(column.name, column.name).strip() for column in table.columns
        }
        for table in TABLES.values()
    }
    for table, names in complete.items():
        taken = sorted({name for name in names.values() if list(names.values()).count(name) > 1})
        if taken:
            raise ExtractError(
                f"The column mapping of '{table}' reads two columns from '{taken[0]}'.",
                valid="Each column is read from a column of its own.",
                next_step="Correct `mapping` in pack.yml.",
            )
    return complete


def _several(paths: list[Path]) -> str:
    return " and ".join(path.name for path in paths) if paths else "no file"


def _unknown(what: str, name: str, known: Collection[str]) -> ExtractError:
    return ExtractError(
        f"The column mapping names '{name}', which is no {what}.",
        valid=nearest(name, known),
        next_step="Correct `mapping` in pack.yml.",
    )


def _read_parquet(data: bytes) -> Cells:
    try:
        table = parquet.read_table(BytesIO(data))
    except (pa.ArrowException, OSError) as error:
        raise ExtractError(
            "The file is not a Parquet file that can be read.",
            valid="A Parquet file, whole.",
            next_step="Write it again, or save the table as 'CSV UTF-8'.",
        ) from error
    # A spreadsheet would show its header as row 1 too.
    rows = pa.array(range(2, table.num_rows + 2), pa.int64())
    return Cells.of(table.columns, table.column_names, rows)
