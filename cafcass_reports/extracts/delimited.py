"""Comma-separated files, as spreadsheets and case systems write them.

The comma and the double quotation mark are fixed: a guess that goes wrong moves figures into other columns.
"""

from __future__ import annotations

import codecs
import re
from io import BytesIO

import numpy as np
import pyarrow as pa
from pyarrow import csv

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts.cells import Cells, Malformed

_NEVER_IN_TEXT = bytes([*range(9), *range(14, 32), 127])
_LINE_END = re.compile(rb"\r\n|\n|\r")
# A quoted value that begins where a value may: its closing mark (group 1), and what follows it (group 2)
_QUOTED = re.compile(rb'(?<![^,\r\n])"[^"]*+(?:""[^"]*+)*+("?)([^,\r\n]?)')
_LARGEST_BLOCK = 2**30


def read(data: bytes) -> Cells:
    """Read a comma-separated file in UTF-8, UTF-16 with its mark, or Windows-1252.

    Parameters
    ----------
    data
        The file's bytes.

    Returns
    -------
    Cells
        Rows with too few or too many values are among the malformed, and not among the cells.

    Raises
    ------
    ExtractError
        If the bytes are not text.
    """
    text = _as_utf8(data)
    body = text.lstrip(b"\r\n")
    rows_before = len(_LINE_END.findall(text[: len(text) - len(body)]))
    if not body:
        return Cells.of([], [], pa.array([], pa.int64()))
    if not body.endswith((b"\n", b"\r")):
        body += b"\n"

    malformed: list[Malformed] = []

    def leave_out(invalid: csv.InvalidRow) -> str:
        expected, actual = invalid.expected_columns, invalid.actual_columns
        rule = f"a row has as many values as the header: {expected}, not {actual}"
        malformed.append(Malformed(invalid.number + rows_before, "", invalid.text, rule))
        return "skip"

    first_line = _LINE_END.split(body, maxsplit=1)[0]
    table = csv.read_csv(
        BytesIO(body),
        # One thread and one block: only so are rows numbered, and may a value hold line breaks anywhere.
        read_options=csv.ReadOptions(
            use_threads=False,
            autogenerate_column_names=True,
            block_size=min(len(body) + 1, _LARGEST_BLOCK),
        ),
        parse_options=csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=leave_out
        ),
        convert_options=csv.ConvertOptions(
            column_types={f"f{place}": pa.string() for place in range(first_line.count(b",") + 1)},
            strings_can_be_null=False,
        ),
    )
    left_out = np.array([row.row - rows_before for row in malformed], dtype=np.int64)
    numbers = np.setdiff1d(np.arange(1, table.num_rows + len(left_out) + 1), left_out, assume_unique=True)
    header = [column[0].as_py() for column in table.columns]
    # Marks that do not pair matter where they join rows, which only shows in the count of lines or of marks.
    if body.count(b"\n") != len(numbers) + len(left_out) or body.count(b'"') % 2:
        malformed.extend(_broken_quotation(body, rows_before))
    return Cells.of(
        table.slice(1).columns,
        header,
        pa.array(numbers[1:] + rows_before),
        header_row=1 + rows_before,
        malformed=malformed,
    )


def _as_utf8(data: bytes) -> bytes:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise _not_text("It begins as UTF-16, and is not.") from error
    if len(data.translate(None, _NEVER_IN_TEXT)) < len(data):
        raise _not_text("It holds bytes that no text has.")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode("windows-1252").encode()
        except UnicodeDecodeError as error:
            raise _not_text("It is neither UTF-8 nor Windows-1252.") from error
    return data


def _not_text(why: str) -> ExtractError:
    return ExtractError(
        f"The file is not a text of comma-separated values. {why}",
        valid="UTF-8, UTF-16 with its byte-order mark, or Windows-1252.",
        next_step="Save it as 'CSV UTF-8', or give the workbook itself its own ending, .xlsx.",
    )


def _broken_quotation(body: bytes, rows_before: int) -> list[Malformed]:
    """Find the first value whose quotation marks do not pair: it may have swallowed the rows after it."""
    lines_within = 0
    for quoted in _QUOTED.finditer(body):
        closing, after = quoted.groups()
        if closing and not after:
            lines_within += len(_LINE_END.findall(quoted[0]))
            continue
        lines_before = len(_LINE_END.findall(body, 0, quoted.start()))
        return [
            Malformed(
                1 + rows_before + lines_before - lines_within,
                "",
                _LINE_END.split(quoted[0], maxsplit=1)[0].decode(),
                'a value that opens with " closes with ", and a " within it is doubled',
            )
        ]
    return []
