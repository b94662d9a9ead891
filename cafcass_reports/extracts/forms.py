"""Forms: a workbook for each table that people keep by hand, made from its schema, so that the two cannot drift.

A filled form is an extract as it is: nothing has to be saved in another way before `examine` reads it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as Marked
from openpyxl.worksheet.worksheet import Worksheet

from cafcass_reports import theme
from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import values
from cafcass_reports.extracts.columns import Column, Kind, Table
from cafcass_reports.extracts.readers import ENDINGS
from cafcass_reports.extracts.schemas import TABLES

INSTRUCTIONS, LISTS = "instructions", "lists"
_ROWS = 2_000
"""Rows of a form in which a cell offers its values; more may be filled in, and are checked like all."""

_YES_NO = ("yes", "no")
_MESSAGE, _TITLE = 255, 32  # Excel's limits for the message and the title of a cell
_DAYS = ("36526", "73050")  # 1 January 2000 and 31 December 2099, as Excel counts them
_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.TEXT: "@", Kind.YES_NO: "@", Kind.DECIMAL: "General", Kind.WHOLE: "#,##0"}
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NO_CHOICES: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Forms:
    """The forms of a folder: those written now, and the tables that were there before and were left as they are."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def write(folder: Path, *, choices: Mapping[str, Sequence[str]] = _NO_CHOICES) -> Forms:
    """Write a form for each table that is kept by hand; never over a file that is there.

    Parameters
    ----------
    folder
        Made where it does not exist.
    choices
        Values that cells of a column of this name offer, beside those of the schema: teams, metrics.

    Raises
    ------
    ExtractError
        The folder cannot be made or written to.
    """
    written, kept = [], []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {path.stem.lower(): path for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS}
        for table in TABLES.values():
            if not table.by_hand:
                continue
            if table.name in there:
                kept.append(there[table.name])
                continue
            content = workbook(table, choices)
            path = folder / f"{table.name}.xlsx"
            with path.open("xb") as form:  # refuses a file that came to be there meanwhile
                form.write(content)
            written.append(path)
    except OSError as problem:
        raise ExtractError(
            f"Forms cannot be written to {folder} ({problem.strerror or problem}).",
            valid="A folder in which you may make files.",
            next_step="Give another folder.",
        ) from problem
    return Forms(tuple(written), tuple(kept))


def workbook(table: Table, choices: Mapping[str, Sequence[str]] = _NO_CHOICES) -> bytes:
    """Return the form of one table as a workbook: instructions, the empty table, and what its cells may hold."""
    book = Workbook()
    book.properties.title = f"Form: {table.title}"
    book.properties.creator = "cafcass_reports"
    book.properties.language = "en-GB"
    instructions, form = book.active, book.create_sheet(table.name)
    assert isinstance(instructions, Worksheet)
    offered = {column.name: _offered(column, choices) for column in table.columns}
    _instruct(instructions, table)
    _lay_out(form, table, offered)
    _list(book.create_sheet(LISTS), offered)
    for sheet in book.worksheets:
        _prints_whole(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _offered(column: Column, choices: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return _YES_NO if column.kind is Kind.YES_NO else column.allowed or tuple(choices.get(column.name, ()))


def _instruct(sheet: Worksheet, table: Table) -> None:
    sheet.title = INSTRUCTIONS
    lines = [
        f"Form: {table.title}",
        f"Fill in the sheet '{table.name}'. A row is {table.grain}.",
        "Leave its first row as it is: it names the columns. Delete no column.",
        f"No two rows have the same {' and '.join(table.key)}.",
        "Write no name of a child, of a family or of a colleague; an owner is a role.",
        f"Save the file as {table.name}.xlsx in the folder of the quarter's extracts.",
        "If your organisation keeps this table in a database, an export of the same columns as CSV serves as well.",
        "Before papers are made, the table is checked: what is wrong is named by sheet, row and column.",
    ]
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, line)
        cell.alignment, cell.font = Alignment(vertical="top"), _font()
    sheet["A1"].font = _font(bold=True, size=16, color=_title_colour())
    sheet.row_dimensions[1].height = 24
    head = len(lines) + 2
    rows = [(column.name, "yes" if column.required else "no", _holds(column)) for column in table.columns]
    for down, cells in enumerate([("Column", "Needed", "What a cell holds"), *rows], start=head):
        for across, text in enumerate(cells, start=1):
            cell = sheet.cell(down, across, text)
            cell.alignment, cell.font = _WRAPPED, _font()
            if down == head:
                _heads(cell)
    sheet.add_table(_marked("columns", f"A{head}:C{head + len(rows)}"))
    if table.rules:
        first = head + len(rows) + 2
        sheet.cell(first, 1, "Rules of a row").font = _font(bold=True)
        for row, says in enumerate(dict.fromkeys(rule.says for rule in table.rules), start=first + 1):
            sheet.cell(row, 1, says).font = _font()
    for letter, width in {"A": 26, "B": 10, "C": 115}.items():
        sheet.column_dimensions[letter].width = width


def _holds(column: Column) -> str:
    """What a cell of a column holds, in words."""
    valid = "a date, such as 2020-12-01" if column.kind is Kind.DATE else values.valid(column, "ymd")
    found = f"found in {column.references}" if column.references else ""
    return "; ".join(filter(None, (valid, found, column.note))) or "text"


def _lay_out(sheet: Worksheet, table: Table, offered: Mapping[str, Sequence[str]]) -> None:
    for place, column in enumerate(table.columns, start=1):
        letter = get_column_letter(place)
        _heads(sheet.cell(1, place, column.name))
        dimension = sheet.column_dimensions[letter]
        dimension.width = 22 if column.kind is not Kind.TEXT or offered[column.name] else 34
        dimension.number_format = _FORMATS[column.kind]
        dimension.alignment, dimension.font = _WRAPPED, _font()
        rule = _validation(column, offered)
        rule.add(f"{letter}2:{letter}{_ROWS + 1}")
        sheet.add_data_validation(rule)
    sheet.add_table(_marked(table.name, f"A1:{get_column_letter(len(table.columns))}2"))
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"


def _validation(column: Column, offered: Mapping[str, Sequence[str]]) -> DataValidation:
    """What a cell of the column offers, says when it is entered, and refuses."""
    if offered[column.name]:
        letter = get_column_letter(_listed(offered).index(column.name) + 1)
        last = len(offered[column.name]) + 1
        rule = DataValidation(type="list", formula1=f"{LISTS}!${letter}$2:${letter}${last}")
    elif column.kind is Kind.DATE:
        rule = DataValidation(type="date", operator="between", formula1=_DAYS[0], formula2=_DAYS[1])
    elif column.kind is Kind.DECIMAL:
        rule = DataValidation(type="decimal", operator="between", formula1="-1000000000", formula2="1000000000")
    elif column.kind is Kind.WHOLE:
        rule = DataValidation(type="whole", operator="between", formula1="0", formula2="1000000000")
    else:
        rule = DataValidation()
    rule.allowBlank = True
    rule.showInputMessage = rule.showErrorMessage = True
    rule.promptTitle = rule.errorTitle = column.name[:_TITLE]
    needed = "Needed" if column.required else "May be empty"
    rule.prompt = _short(f"{needed}: {_holds(column)}.")
    rule.error = _short(f"Valid is: {_holds(column)}.")
    return rule


def _short(text: str) -> str:
    return text if len(text) <= _MESSAGE else f"{text[: _MESSAGE - 1].rsplit(' ', 1)[0]}…"


def _listed(offered: Mapping[str, Sequence[str]]) -> list[str]:
    """The columns whose cells offer values, in the order of the sheet of lists."""
    return [column for column, values_offered in offered.items() if values_offered]


def _list(sheet: Worksheet, offered: Mapping[str, Sequence[str]]) -> None:
    for place, column in enumerate(_listed(offered), start=1):
        _heads(sheet.cell(1, place, column))
        sheet.column_dimensions[get_column_letter(place)].width = 26
        for row, value in enumerate(offered[column], start=2):
            cell = sheet.cell(row, place, value)
            cell.number_format, cell.font = "@", _font()
            cell.data_type = "s"  # a text such as "=1" is no formula
    sheet.freeze_panes = "A2"


def _font(*, bold: bool = False, size: int = 11, color: str | None = None) -> Font:
    """The house's font: without a name, programs choose fonts of their own."""
    return Font(name=theme.load().font.office, bold=bold, size=size, color=color)


def _title_colour() -> str:
    return theme.load().colour.title.removeprefix("#")


def _heads(cell: Cell) -> None:
    """Set a cell that names a column."""
    cell.font = _font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color=_title_colour())


def _prints_whole(sheet: Worksheet) -> None:
    """Print all columns beside each other on a page, as they are read on the screen."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _marked(name: str, cells: str) -> Marked:
    """Cells marked as a table, so that a screen reader reads the column's name with a cell."""
    return Marked(displayName=f"form_{name}", name=f"form_{name}", ref=cells)
