"""Columns of whole numbers become the text of an extract, and all tables reach the folder or none does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts.columns import Column, Kind
from cafcass_reports.extracts.demo.days import NEVER, day
from cafcass_reports.extracts.demo.draw import Whole
from cafcass_reports.extracts.schemas import SYNTHETIC_MARK, TABLES

NOTHING = -1
"""A code or identifier that is not there."""


@dataclass(frozen=True)
class Coded:
    """A text column: for each row the position of its value, ``NOTHING`` (or below) where it is empty."""

    codes: Whole
    values: tuple[str | None, ...]


Values = Coded | npt.NDArray[np.int64] | npt.NDArray[np.float64] | npt.NDArray[np.bool_]
Columns = Mapping[str, Values]
Row: TypeAlias = tuple[str | float | bool | None, ...]
"""A row written out by hand, in its table's order: days as ISO text, ``None`` where a cell is empty."""


def columns_of(name: str, rows: Sequence[Row]) -> Columns:
    """Return rows written out by hand as the columns of a table."""
    cells = zip(*rows, strict=True)
    return {column.name: _values(column, values) for column, values in zip(TABLES[name].columns, cells, strict=True)}


def _values(column: Column, cells: Sequence[str | float | bool | None]) -> Values:
    if column.kind is Kind.DATE:
        return np.array([NEVER if cell is None else day(str(cell)) for cell in cells])
    if column.kind is Kind.TEXT or None in cells:
        codes = [NOTHING if cell is None else place for place, cell in enumerate(cells)]
        return Coded(np.array(codes), tuple(_text(cell) for cell in cells))
    return np.array(cells)


def _text(cell: str | float | bool | None) -> str | None:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return None if cell is None else str(cell)


def _column(column: Column, values: Values) -> pa.Array:
    if isinstance(values, Coded):
        missing = values.codes < 0
        return pa.array(values.values, pa.string()).take(pa.array(values.codes, mask=missing))
    if column.kind is Kind.DATE:
        return pa.array(values.astype(np.int32), mask=values == NEVER).cast(pa.date32())
    if column.kind is Kind.YES_NO:
        return pa.array(("no", "yes"), pa.string()).take(pa.array(values.astype(np.int64)))
    if column.kind in (Kind.DECIMAL, Kind.WHOLE):
        return pa.array(values)
    digits = pa.array(values, mask=values == NOTHING).cast(pa.string())
    return pc.utf8_lpad(digits, width=18, padding="0")


def write_tables(folder: Path, tables: Mapping[str, Columns], note: str) -> list[Path]:
    """Write each table as a CSV file beside the others, and a note on what they are.

    Parameters
    ----------
    folder
        Made where it does not exist; files of the same names are replaced.
    tables
        For each table of ``TABLES`` the values of each of its columns, all of one length.

    Raises
    ------
    ExtractError
        The folder holds other extracts, or cannot be made or written to. Whatever it held is then as it was.
    """
    in_the_way = [path.name for path in folder.glob("*") if path.stem in TABLES and path.is_file()]
    if in_the_way and not (folder / SYNTHETIC_MARK).is_file():
        raise ExtractError(
            f"{folder} holds extracts that do not say they are synthetic: {', '.join(sorted(in_the_way))}.",
            valid="A new folder, or one that this command wrote before.",
            next_step="Give another folder.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as beside:
            for name, columns in tables.items():
                _write(Path(beside) / f"{name}.csv", name, columns)
            (Path(beside) / SYNTHETIC_MARK).write_text(note, encoding="utf-8", newline="\n")
            for written in Path(beside).iterdir():
                written.replace(folder / written.name)
    except OSError as error:
        raise ExtractError(
            f"The folder {folder} cannot be written to ({error.strerror or error}).",
            valid="A folder in which you may make files, with about 100 MB free.",
            next_step="Give another folder.",
        ) from error
    return [folder / f"{name}.csv" for name in tables]


def _write(path: Path, name: str, columns: Columns) -> None:
    schema = TABLES[name].columns
    table = pa.table({column.name: _column(column, columns[column.name]) for column in schema})
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        connection.register("extract", table)
        target = str(path).replace("'", "''")
        connection.execute(f"copy extract to '{target}' (format csv, header true, delimiter ',')")
