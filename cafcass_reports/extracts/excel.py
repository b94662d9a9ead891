"""Excel workbooks: cells as text, with title rows above the header passed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts.cells import Cells, Malformed

_TITLE_ROWS = 50
_ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}
_TOO_LONG = r"^[0-9]{16,}$"
_LARGEST = 2_000_000_000  # bytes of a workbook's parts
_DIGITS_LOST = "an identifier of more than 15 digits is a text cell: a number in Excel keeps 15"


def read(data: bytes, *, sheet: str, wanted: Collection[str]) -> Cells:
    """Read one sheet of a workbook.

    Parameters
    ----------
    data
        The file's bytes.
    sheet
        Name of the sheet to read, in upper or lower case; without one of that name, the first sheet is read.
    wanted
        Column names that the header row holds. The header is the first row that holds them all; where none
        does, the row among the first 50 that holds most of them.

    Returns
    -------
    Cells
        Date cells stand as ``2020-02-01``, ``007`` keeps its zeros, formulas stand as their values or their errors
        (``#N/A``). Numbers of more than 15 digits are among the malformed: Excel has already lost their last digits.

    Raises
    ------
    ExtractError
        If the bytes are not a workbook that can be read.
    """
    _check_size(data)
    try:
        workbook = fastexcel.read_excel(data)
        place = next(
            (place for place, name in enumerate(workbook.sheet_names) if name.casefold() == sheet.casefold()),
            0,
        )
        # Without `skip_rows` the rows would be numbered from the first that is not empty.
        cells, errors = workbook.load_sheet(place, header_row=None, skip_rows=0, dtypes="string").to_arrow_with_errors()
    except fastexcel.FastExcelError as error:
        raise ExtractError(
            f"The file is not a workbook that can be read ({str(error).splitlines()[0]}).",
            valid="An Excel workbook (.xlsx), without a password.",
            next_step="Open it in Excel and save it again, or save the sheet as 'CSV UTF-8'.",
        ) from error
    top = [[(cell or "").strip() for cell in row.values()] for row in cells.slice(0, _TITLE_ROWS).to_pylist()]
    header_place = _header_place(top, wanted)
    header = top[header_place] if top else []
    below = _with_errors(cells, errors).slice(header_place + 1)
    columns = [_without_midnight(column) for column in below.columns]
    rows = pa.array(range(header_place + 2, header_place + 2 + below.num_rows), pa.int64())
    malformed = []
    for column, name in enumerate(header):
        # Only a second look at the column tells a number from a text of digits.
        too_long = pc.index(pc.match_substring_regex(columns[column], _TOO_LONG), True).as_py()
        if too_long >= 0 and _all_numbers(workbook, place, column, below_row=header_place + 1):
            value = columns[column][too_long].as_py()
            malformed.append(Malformed(header_place + 2 + too_long, name, value, _DIGITS_LOST))
    named = workbook.sheet_names[place]
    return Cells.of(columns, header, rows, header_row=header_place + 1, malformed=malformed, sheet=named)


def _check_size(data: bytes) -> None:
    """Refuse what a few kilobytes would unpack to more than a memory holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return  # whoever reads it says what it is
    if size > _LARGEST:
        raise ExtractError(
            f"The workbook unpacks to {size / 1e9:.1f} GB.",
            valid=f"At most {_LARGEST / 1e9:.0f} GB.",
            next_step="Save the sheet as 'CSV UTF-8', which may be of any size.",
        )


def _header_place(top: list[list[str]], wanted: Collection[str]) -> int:
    held = [len(set(wanted) & set(row)) for row in top]
    return held.index(max(held)) if held else 0


def _with_errors(cells: pa.RecordBatch, errors: fastexcel.CellErrors | None) -> pa.RecordBatch:
    """Show the errors of formulas as Excel does; without this they would be taken for empty cells."""
    shown: dict[int, dict[int, str]] = {}
    for error in errors.errors if errors else []:
        row, column = error.position
        name = next((text for named, text in _ERRORS.items() if f"({named})" in error.detail), "#ERROR")
        shown.setdefault(column, {})[row] = name
    columns = []
    for place, column in enumerate(cells.columns):
        texts = shown.get(place, {})
        mask = np.zeros(cells.num_rows, dtype=bool)
        mask[list(texts)] = True
        named = pa.array([texts[row] for row in sorted(texts)], pa.string())
        columns.append(pc.replace_with_mask(column, pa.array(mask), named) if texts else column)
    return pa.RecordBatch.from_arrays(columns, names=cells.schema.names)


def _without_midnight(column: pa.Array) -> pa.Array:
    # Excel knows no date without a time: a cell that shows 1 February 2020 comes as that day's midnight.
    return pc.replace_substring_regex(column, r"^(\d{4}-\d{2}-\d{2}) 00:00:00$", r"\1")


def _all_numbers(workbook: fastexcel.ExcelReader, sheet: int, column: int, *, below_row: int) -> bool:
    cells = workbook.load_sheet(
        sheet, header_row=None, skip_rows=below_row, use_columns=[column], schema_sample_rows=None
    )
    return all(read.dtype in ("int", "float") for read in cells.selected_columns)
