"""The cells of one file, all of them text, with the row that a person would see them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Malformed:
    """A row that cannot be taken apart into the header's columns, or that was damaged before it came here.

    Parameters
    ----------
    row
        Row as a spreadsheet numbers it.
    column
        Name of the column, empty where the whole row is meant.
    value
        The raw text.
    rule
        What is valid, in words.
    """

    row: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True)
class Cells:
    """One file as text.

    Parameters
    ----------
    header
        Column names as the file has them, trimmed; empty where a header cell is.
    header_row
        The header's row in the file.
    table
        A column ``row`` (int64) with each row's number in the file, then ``c0``, ``c1``, ... in the header's
        order. Column names of a file never become names in a query.
    malformed
        Rows left out of `table`, and rows in it that are damaged.
    sheet
        The workbook's sheet; empty for other files.
    """

    header: tuple[str, ...]
    header_row: int
    table: pa.Table
    malformed: tuple[Malformed, ...] = ()
    sheet: str = ""

    @classmethod
    def of(
        cls,
        columns: Sequence[pa.ChunkedArray],
        header: Sequence[str | None],
        rows: pa.Array,
        *,
        header_row: int = 1,
        malformed: Sequence[Malformed] = (),
        sheet: str = "",
    ) -> Cells:
        """Put a file's columns, its header and its rows' numbers together."""
        names = ["row", *(f"c{place}" for place in range(len(header)))]
        table = pa.Table.from_arrays([rows, *columns[: len(header)]], names=names)
        return cls(tuple((name or "").strip() for name in header), header_row, table, tuple(malformed), sheet)
