"""Forms: workbooks that offer what the schema allows, come back as extracts, and are never written over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import examine, forms
from cafcass_reports.extracts.columns import Kind, Table
from cafcass_reports.extracts.schemas import TABLES
from tests.extracts.small_organisation import REGISTERS, Folder

BY_HAND = [table for table in TABLES.values() if table.by_hand]
TEAMS = ("A1 Tyne", "A1 Wear", "A15A Thames")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    forms.write(tmp_path / "forms", choices={"team": TEAMS})
    return tmp_path / "forms"


def sheet_of(file: Path, name: str) -> Worksheet:
    sheet = load_workbook(file)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def fill(file: Path, table: Table, rows: list[list[str]]) -> None:
    """Fill a form in as Excel keeps what people type: a day as a date, a number as a number."""
    book = load_workbook(file)
    for down, cells in enumerate(rows, start=2):
        for across, (column, text) in enumerate(zip(table.columns, cells, strict=True), start=1):
            value: object = text or None
            if text and column.kind is Kind.DATE:
                value = date.fromisoformat(text)
            elif text and column.kind is Kind.DECIMAL:
                value = float(text)
            elif text and column.kind is Kind.WHOLE:
                value = int(text.replace(",", ""))
            book[table.name].cell(down, across, value)
    book.save(file)


def test_there_is_a_form_for_each_table_that_is_kept_by_hand(written: Path) -> None:
    assert {path.stem for path in written.iterdir()} == {table.name for table in BY_HAND} == set(REGISTERS)


@pytest.mark.parametrize("table", BY_HAND, ids=lambda table: table.name)
def test_a_form_offers_what_its_schema_allows_and_asks_for_days(written: Path, table: Table) -> None:
    file = written / f"{table.name}.xlsx"
    book, sheet = load_workbook(file), sheet_of(file, table.name)
    assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
    assert sheet.freeze_panes == "B2"
    assert not any(each.merged_cells.ranges for each in book.worksheets)
    rules = {str(rule.sqref).split(":")[0][:-1]: rule for rule in sheet.data_validations.dataValidation}
    for cell, column in zip(sheet[1], table.columns, strict=True):
        rule = rules[cell.column_letter]
        assert rule.prompt is not None
        assert rule.prompt.startswith("Needed" if column.required else "May be empty")
        if column.allowed:
            area = str(rule.formula1).replace("lists!", "").replace("$", "")
            assert [down[0].value for down in book["lists"][area]] == list(column.allowed)
        kinds = {"date": Kind.DATE, "decimal": Kind.DECIMAL, "whole": Kind.WHOLE}
        assert kinds.get(str(rule.type)) == (column.kind if column.kind in kinds.values() else None)


@pytest.mark.parametrize("table", BY_HAND, ids=lambda table: table.name)
def test_the_instructions_name_every_column_and_every_rule(written: Path, table: Table) -> None:
    sheet = sheet_of(written / f"{table.name}.xlsx", "instructions")
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {column.name for column in table.columns} | {rule.says for rule in table.rules} <= told
    assert any(table.grain in line for line in told)


def test_a_filled_form_is_read_as_the_same_rows_from_a_csv_file(folder: Folder, tmp_path: Path) -> None:
    folder.keep_registers()
    with examine(folder.path) as extracts:
        assert extracts.report.ok
        as_csv = {table.name: extracts.connection.table(table.name).fetchall() for table in BY_HAND}
    for table in BY_HAND:
        folder.remove(table.name)
    forms.write(folder.path, choices={"team": TEAMS})
    for table in BY_HAND:
        fill(folder.path / f"{table.name}.xlsx", table, folder.rows(table.name))
    with examine(folder.path) as extracts:
        assert extracts.report.findings == ()
        assert {table.name: extracts.connection.table(table.name).fetchall() for table in BY_HAND} == as_csv


def test_what_is_wrong_in_a_form_is_named_by_sheet_row_and_column(folder: Folder) -> None:
    forms.write(folder.path)
    table = TABLES["team_reviews"]
    fill(folder.path / "team_reviews.xlsx", table, [["A1 Tyne", "2020-09-21", "Practise", *["some difference"] * 3]])
    findings = {(found.file, found.row, found.column, found.value) for found in folder.findings()}
    assert ("team_reviews.xlsx, sheet team_reviews", 2, "pillar", "Practise") in findings


def test_a_form_that_is_filled_in_is_never_written_over(folder: Folder) -> None:
    forms.write(folder.path)
    filled = folder.path / "risks.xlsx"
    fill(filled, TABLES["risks"], folder.rows("risks"))
    before = filled.read_bytes()
    (folder.path / "strategy.xlsx").unlink()
    (folder.path / "reflections.xlsx").unlink()
    folder.write("strategy", folder.rows("strategy"))
    done = forms.write(folder.path)
    assert filled.read_bytes() == before
    assert [path.name for path in done.written] == ["reflections.xlsx"]
    assert {"risks.xlsx", "strategy.csv"} <= {path.name for path in done.kept}


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(ExtractError, match="Forms cannot be written to"):
        forms.write(tmp_path / "taken")


def test_a_team_named_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    forms.write(tmp_path, choices={"team": ("=1+1",)})
    cells = [
        cell
        for file in tmp_path.glob("*.xlsx")
        for sheet in load_workbook(file).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "=1+1"
    ]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
