"""A folder of extracts, from its files to the database."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from openpyxl import Workbook
from pyarrow import parquet
from rich.console import Console

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import BrokenExtractsError, examine, load
from tests.extracts.small_organisation import REGISTERS, Folder


def excel(folder: Folder, table: str, rows: list[tuple[str, ...]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder.path / f"{table}.xlsx")
    folder.remove(table)


def test_a_folder_that_is_missing_is_refused_with_the_tables_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"cannot be read.*areas, cases, children"):
        examine(tmp_path / "nowhere")


def test_tables_without_a_file_are_named_together_with_what_was_found(folder: Folder) -> None:
    folder.remove("cases")
    folder.remove("audits")
    folder.write_bytes("case.csv", b"a\n")
    with pytest.raises(ExtractError, match=r"'cases' has no file.*'audits' has no file.*case\.csv"):
        examine(folder.path)


def test_a_register_may_be_missing_and_then_has_no_rows(folder: Folder) -> None:
    folder.write("strategy", folder.rows("strategy"))
    with examine(folder.path) as extracts:
        assert extracts.report.ok
        assert extracts.report.notes == ()
        assert {"strategy"} == set(extracts.files) & set(REGISTERS)
        counted = {name: extracts.connection.execute(f"select count(*) from {name}").fetchall() for name in REGISTERS}
        columns = [row[0] for row in extracts.connection.execute("describe reflections").fetchall()]
    assert counted == {name: [(3 if name == "strategy" else 0,)] for name in REGISTERS}
    assert columns == folder.header("reflections")


def test_what_is_missing_names_no_register_and_two_files_of_one_are_refused(folder: Folder) -> None:
    folder.remove("cases")
    with pytest.raises(ExtractError) as refused:
        examine(folder.path)
    assert not [name for name in REGISTERS if name in str(refused.value)]
    folder.write("cases", folder.rows("cases"))
    folder.keep_registers()
    folder.write_bytes("strategy.xlsx", b"")
    with pytest.raises(ExtractError, match=r"strategy\.csv and strategy\.xlsx"):
        examine(folder.path)


def test_two_files_for_one_table_are_refused(folder: Folder) -> None:
    folder.write_bytes("cases.xlsx", b"")
    with pytest.raises(ExtractError, match=r"cases\.csv and cases\.xlsx"):
        examine(folder.path)


def test_files_of_a_program_at_work_are_passed_over(folder: Folder) -> None:
    folder.write_bytes("~$cases.xlsx", b"")
    folder.write_bytes("README.txt", b"")
    with examine(folder.path) as extracts:
        assert extracts.report.ok


def test_all_files_that_cannot_be_read_are_named_at_once(folder: Folder) -> None:
    folder.write_bytes("cases.csv", bytes(range(256)))
    folder.write_bytes("audits.parquet", b"PAR1")
    folder.remove("audits")
    with pytest.raises(ExtractError, match=r"cases\.csv: .*audits\.parquet: "):
        examine(folder.path)


def test_an_excel_file_with_title_rows_keeps_its_zeros_dates_and_row_numbers(folder: Folder) -> None:
    rows = folder.rows("cases")
    rows[0][4] = "43922"  # 1 April 2020 as Excel keeps it, in a cell that nobody formatted
    rows[3][1] = ""
    excel(folder, "cases", [("Cases received",), (), tuple(folder.header("cases")), *map(tuple, rows)])
    with examine(folder.path) as extracts:
        (finding,) = extracts.report.findings
        assert (finding.file, finding.row, finding.column) == ("cases.xlsx, sheet Sheet", 7, "case_id")
        first = extracts.connection.execute(
            "select application_id, cast(received_on as varchar) from cases limit 1"
        ).fetchone()
    assert first == ("0071", "2020-04-01")


def test_parquet_is_read_as_the_text_that_a_spreadsheet_would_show(folder: Folder) -> None:
    rows = folder.rows("absences")
    columns = dict(zip(folder.header("absences"), zip(*rows, strict=True), strict=True))
    typed = pa.table(
        {
            **{name: pa.array(values) for name, values in columns.items()},
            "social_work": pa.array([True]),
            "started_on": pa.array([datetime(2020, 5, 4)], pa.timestamp("ms")),
            "ended_on": pa.array([date(2020, 5, 1)]),
        }
    )
    parquet.write_table(typed, folder.path / "absences.parquet")
    folder.remove("absences")
    with examine(folder.path) as extracts:
        (finding,) = extracts.report.findings
        typed_rows = extracts.connection.execute("select social_work, started_on from absences").fetchall()
    assert (finding.file, finding.row, finding.value) == ("absences.parquet", 2, "2020-05-01")
    assert typed_rows == [(True, date(2020, 5, 4))]


def test_an_organisations_own_column_names_are_mapped_and_shown(folder: Folder) -> None:
    header = ["Date Received" if name == "received_on" else name for name in folder.header("cases")]
    rows = folder.rows("cases")
    rows[2][4] = "never"
    folder.write("cases", rows, header)
    with examine(folder.path, mapping={"cases": {"received_on": "Date Received"}}) as extracts:
        (finding,) = extracts.report.findings
        assert (finding.row, finding.column, finding.value) == (4, "Date Received", "never")
        assert extracts.connection.execute("select count(received_on) from cases").fetchall() == [(3,)]


@pytest.mark.parametrize(
    ("mapping", "nearest"),
    [
        ({"case": {}}, "cases"),
        ({"cases": {"recieved_on": "x"}}, "received_on"),
        ({"cases": {"closed_on": "received_on"}}, "two columns"),
    ],
)
def test_a_mapping_of_what_there_is_not_is_refused(
    folder: Folder, mapping: dict[str, dict[str, str]], nearest: str
) -> None:
    with pytest.raises(ExtractError, match=nearest):
        examine(folder.path, mapping=mapping)


def test_an_unknown_date_order_is_refused(folder: Folder) -> None:
    with pytest.raises(ExtractError, match="dmy, ymd, mdy"):
        examine(folder.path, date_order="dym")  # type: ignore[arg-type]


def test_load_refuses_data_that_break_a_rule_and_carries_the_report(folder: Folder) -> None:
    folder.change("audits", 3, grade="Fine")
    with pytest.raises(BrokenExtractsError, match=r"audits\.csv, row 3, grade: Fine.*[a-z]\. Read") as refused:
        load(folder.path)
    assert refused.value.report.total == 1


def test_load_gives_the_typed_tables_and_closes_them_behind_it(folder: Folder) -> None:
    with load(folder.path) as extracts:
        assert extracts.connection.execute("select count(*) from cases").fetchall() == [(4,)]
    with pytest.raises(duckdb.ConnectionException):
        extracts.connection.execute("select 1")


def test_each_file_is_known_by_its_sha256(folder: Folder) -> None:
    with load(folder.path) as extracts:
        file = extracts.files["audits"]
    assert file.name == "audits.csv"
    assert file.sha256 == hashlib.sha256((folder.path / "audits.csv").read_bytes()).hexdigest()


def test_the_report_prints_values_as_they_are(folder: Folder) -> None:
    folder.change("audits", 3, grade="[bold]Fine[/bold]")
    with examine(folder.path) as extracts:
        report = extracts.report
    console = Console(width=200)
    with console.capture() as printed:
        console.print(report.table())
    assert "18 rows in 8 files, 1 finding." in printed.get()
    assert "[bold]Fine[/bold]" in printed.get()


def test_a_pack_may_read_some_tables_and_the_others_need_no_file_and_no_order(folder: Folder) -> None:
    folder.remove("cases")
    folder.write_bytes("audits.csv", b"not,audits\n")
    with examine(folder.path, tables=["areas", "workforce"]) as extracts:
        assert extracts.report.ok
        assert set(extracts.files) == {"areas", "workforce"}
        assert extracts.connection.execute("select count(*) from cases").fetchall() == [(0,)]


def test_what_refers_to_a_table_that_is_not_read_is_not_looked_up(folder: Folder) -> None:
    with examine(folder.path, tables=["areas", "absences"]) as extracts:
        assert extracts.report.ok
    folder.change("absences", 2, team="A99 Nowhere")
    with examine(folder.path, tables=["areas", "absences"]) as extracts:
        (finding,) = extracts.report.findings
    assert (finding.file, finding.column, finding.value) == ("absences.csv", "team", "A99 Nowhere")


def test_a_table_that_is_to_be_read_has_a_file_and_a_register_too(folder: Folder) -> None:
    with pytest.raises(ExtractError, match="'strategy' has no file"):
        examine(folder.path, tables=["areas", "strategy"])
