"""Excel workbooks."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import Workbook

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import excel
from cafcass_reports.extracts.cells import Cells

WANTED = ("id", "received_on")


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def book_of(*rows: tuple[str | float | bool | date | None, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column, value)
    return saved(book)


def read(data: bytes) -> Cells:
    return excel.read(data, sheet="cases", wanted=WANTED)


def numbered(cells: Cells) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in cells.table.to_pylist()]


def test_title_rows_above_the_header_are_passed_over_and_counted() -> None:
    data = book_of((None,), ("Cases received",), (), ("id", "received_on"), ("007", "1/2/2020"))
    cells = read(data)
    assert cells.header == ("id", "received_on")
    assert cells.header_row == 4
    assert numbered(cells) == [(5, "007", "1/2/2020")]


def test_date_cells_stand_as_iso_dates_and_keep_a_time_of_day() -> None:
    cells = read(book_of(WANTED, ("1", date(2020, 2, 1)), ("2", datetime(2020, 2, 1, 13, 5))))
    assert [row[2] for row in numbered(cells)] == ["2020-02-01", "2020-02-01 13:05:00"]


def test_numbers_and_truth_values_stand_as_text() -> None:
    cells = read(book_of(("id", "received_on", "fte", "lead"), (7, None, 0.5, True)))
    assert numbered(cells) == [(2, "7", None, "0.5", "true")]


def test_errors_of_formulas_stand_as_excel_shows_them() -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet()
    sheet.write_row(1, 0, WANTED)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_row(3, 0, ("007", "2020-02-01"))
    sheet.write_formula(4, 1, "=NA()", None, "#N/A")
    book.close()
    assert numbered(read(data.getvalue())) == [
        (3, "#DIV/0!", None),
        (4, "007", "2020-02-01"),
        (5, None, "#N/A"),
    ]


def test_the_sheet_named_as_the_table_is_read_before_the_first() -> None:
    book = Workbook()
    book.create_sheet("Cases").append(WANTED)
    book["Cases"].append(("007", "2020-02-01"))
    assert numbered(read(saved(book))) == [(2, "007", "2020-02-01")]


def test_without_the_header_the_row_nearest_to_it_is_taken() -> None:
    cells = read(book_of(("Title",), ("id", "received"), ("007", "2020-02-01")))
    assert cells.header_row == 2


def test_an_empty_sheet_has_no_columns() -> None:
    assert not any(read(saved(Workbook())).header)


def test_a_long_identifier_kept_as_a_number_has_lost_digits() -> None:
    cells = read(book_of(WANTED, ("", ""), (12345678901234567, "2020-02-01")))
    assert [(row.row, row.column) for row in cells.malformed] == [(3, "id")]
    assert "15 digits" in cells.malformed[0].rule


def test_a_long_identifier_kept_as_text_is_whole() -> None:
    cells = read(book_of(WANTED, ("12345678901234567", "2020-02-01")))
    assert cells.malformed == ()
    assert numbered(cells)[0][1] == "12345678901234567"


@pytest.mark.parametrize("data", [b"", b"rubbish", b"PK\x03\x04rubbish"])
def test_bytes_that_are_no_workbook_are_refused(data: bytes) -> None:
    with pytest.raises(ExtractError, match="not a workbook"):
        read(data)


def test_a_workbook_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_LARGEST", 1000)
    with pytest.raises(ExtractError, match="unpacks to"):
        read(book_of(WANTED, ("1", "2020-02-01")))
