"""One thing broken at a time in extracts that otherwise keep every rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cafcass_reports.extracts import DateOrder, Finding, examine
from cafcass_reports.extracts.report import SHOWN
from tests.extracts.small_organisation import ROWS, Folder

Only = Callable[[], Finding]


def test_extracts_that_keep_every_rule_have_no_findings_and_are_typed(folder: Folder) -> None:
    with examine(folder.path) as extracts:
        assert extracts.report.ok
        assert extracts.report.notes == ()
        assert {name: file.rows for name, file in extracts.files.items()} == {
            name: len(rows) for name, rows in ROWS.items()
        }
        cases = extracts.connection.execute("select application_id, received_on, lead from cases").fetchall()
    assert cases == [
        ("0071", date(2020, 4, 1), True),
        ("0072", date(2020, 4, 2), False),
        ("0073", date(2020, 5, 3), None),
        ("0074", date(2020, 6, 1), None),
    ]


@pytest.mark.parametrize(
    "day", ["31/02/2020", "2020-02-31", "01/02/20", "1-2/2020", "13/13/2020", "soon", "43862", "01/02/0202"]
)
def test_what_the_calendar_does_not_have_is_not_a_date(folder: Folder, only_finding: Only, day: str) -> None:
    folder.change("cases", 4, received_on=day)
    finding = only_finding()
    assert (finding.file, finding.row, finding.column, finding.value) == ("cases.csv", 4, "received_on", day)
    assert "dd/mm/yyyy" in finding.rule


def test_a_time_of_day_is_refused_and_midnight_is_not(folder: Folder, only_finding: Only) -> None:
    folder.change("cases", 4, received_on="2020-05-03 00:00:00")
    assert folder.findings() == ()
    folder.change("cases", 4, received_on="2020-05-03 09:30:00")
    assert only_finding().value == "2020-05-03 09:30:00"


@pytest.mark.parametrize(
    ("order", "written"), [("dmy", "09.01.2020"), ("mdy", "1/9/2020"), ("ymd", "2020/1/9"), ("mdy", "2020-01-09")]
)
def test_dates_are_read_in_the_order_that_the_pack_says(folder: Folder, order: DateOrder, written: str) -> None:
    folder.change("audits", 2, audited_on=written)
    with examine(folder.path, date_order=order) as extracts:
        assert "audits.csv" not in {finding.file for finding in extracts.report.findings}
        days = extracts.connection.execute("select audited_on from audits where audit_id = 'Q1'").fetchall()
    assert days == [(date(2020, 1, 9),)]


def test_an_unknown_grade_is_named_with_the_nearest(folder: Folder, only_finding: Only) -> None:
    folder.change("audits", 3, grade="good")
    finding = only_finding()
    assert (finding.file, finding.row, finding.column, finding.value) == ("audits.csv", 3, "grade", "good")
    assert finding.rule.startswith("one of: Outstanding, Good")
    assert finding.rule.endswith("Nearest: Good.")


def test_a_finer_group_than_the_metrics_know_is_refused_and_not_counted_as_another(
    folder: Folder, only_finding: Only
) -> None:
    folder.change("workforce", 2, ethnicity="White British")
    finding = only_finding()
    assert (finding.column, finding.value) == ("ethnicity", "White British")
    assert finding.rule.startswith("one of: White, Mixed, Asian, Black, Other, unknown")


def test_a_case_allocated_before_it_was_received_is_found(folder: Folder, only_finding: Only) -> None:
    folder.change("cases", 2, allocated_on="2020-03-31")
    assert only_finding() == Finding(
        "cases.csv", 2, "allocated_on", "2020-03-31", "allocated on or after the day of receipt"
    )


def test_a_rule_is_not_tried_where_another_cell_of_the_row_is_wrong(folder: Folder, only_finding: Only) -> None:
    folder.change("cases", 2, allocated_on="2020-03-31", closed_on="31/02/2020")
    assert only_finding().column == "closed_on"


def test_an_area_in_two_regions_is_found_in_each_of_its_teams(folder: Folder) -> None:
    folder.change("areas", 3, region="South")
    assert [(found.row, found.column) for found in folder.findings()] == [(2, "region"), (3, "region")]


def test_an_unknown_judgement_among_several_is_found(folder: Folder, only_finding: Only) -> None:
    folder.change("audits", 2, judgements="diverse needs identified; diverse needs guessed")
    assert only_finding().column == "judgements"


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"absent": "2.5"}, "absent", "a whole number, 0 or more"),
        ({"absent": "-1"}, "absent", "a whole number, 0 or more"),
        ({"week_ending": "2021-01-07"}, "week_ending", "a week ends on a Friday"),
        ({"seen_by_video": "800"}, "children_due", "no more children are seen than were to be seen"),
        ({"region": "Nort"}, "region", "is found in areas.csv"),
    ],
)
def test_what_is_wrong_in_a_weekly_return_is_found(
    cells: dict[str, str], column: str, said: str, folder: Folder
) -> None:
    folder.change("weekly_returns", 2, **cells)
    assert (2, column) in {(found.row, found.column) for found in folder.findings() if said in found.rule}


def test_a_week_without_one_of_the_regions_is_found(folder: Folder, only_finding: Only) -> None:
    folder.write("weekly_returns", folder.rows("weekly_returns")[:1])
    assert only_finding().rule == "every region returns every week; a week that is not complete yet is left out"


def test_a_required_cell_of_spaces_is_empty(folder: Folder, only_finding: Only) -> None:
    folder.change("children", 3, gender=" \u00a0\t")
    finding = only_finding()
    assert (finding.file, finding.row, finding.column, finding.value) == ("children.csv", 3, "gender", None)
    assert finding.rule.startswith("not empty")


def test_values_are_trimmed(folder: Folder) -> None:
    folder.change("children", 3, gender="  male\u00a0")
    assert folder.findings() == ()


def test_a_missing_column_is_named_with_the_nearest(folder: Folder, only_finding: Only) -> None:
    header = ["received" if name == "received_on" else name for name in folder.header("cases")]
    folder.write("cases", folder.rows("cases"), header)
    finding = only_finding()
    assert (finding.file, finding.row, finding.column, finding.value) == ("cases.csv", 1, "received_on", None)
    assert "Nearest: received." in finding.rule


@pytest.mark.parametrize("column", ["lead", "closed_on"])
def test_a_column_is_there_even_where_its_cells_may_be_empty(folder: Folder, only_finding: Only, column: str) -> None:
    """Without closed_on every case would be open: a column that is left out is not one that is empty."""
    header = [name.title() if name == column else name for name in folder.header("cases")]
    folder.write("cases", folder.rows("cases"), header)
    finding = only_finding()
    assert (finding.row, finding.column) == (1, column)
    assert f"Nearest: {column.title()}." in finding.rule


def test_a_column_that_nobody_asked_for_is_noted_and_cannot_harm(folder: Folder) -> None:
    name = '"; drop table cases; --'
    folder.write("cases", [[*row, "x"] for row in folder.rows("cases")], [*folder.header("cases"), name])
    with examine(folder.path) as extracts:
        assert extracts.report.ok
        assert extracts.report.notes == (f"cases.csv: not read, since no column of 'cases': {name}.",)
        assert extracts.connection.execute("select count(*) from cases").fetchall() == [(4,)]


def test_a_column_that_stands_twice_is_found(folder: Folder, only_finding: Only) -> None:
    folder.write("cases", [[*row, "x"] for row in folder.rows("cases")], [*folder.header("cases"), "law"])
    assert (only_finding().column, only_finding().row) == ("law", 1)


def test_one_key_with_two_contents_is_found(folder: Folder, only_finding: Only) -> None:
    folder.add("children", "0071|K1|2015-06-08|female")
    finding = only_finding()
    assert (finding.file, finding.row, finding.column) == ("children.csv", 5, "application_id, child_id")
    assert finding.value == "0071, K1"
    assert "row 2" in finding.rule


def test_an_exact_duplicate_is_found(folder: Folder, only_finding: Only) -> None:
    folder.add("children", ROWS["children"][0])
    finding = only_finding()
    assert (finding.file, finding.row) == ("children.csv", 5)
    assert "row 2 has it too" in finding.rule


def test_where_the_source_gives_them_exact_duplicates_are_removed_counted_and_noted(folder: Folder) -> None:
    folder.add("children", ROWS["children"][0], ROWS["children"][0])
    with examine(folder.path, duplicates="remove") as extracts:
        assert extracts.report.ok
        assert extracts.files["children"].rows == 3
        assert extracts.files["children"].duplicates == 2
        assert extracts.report.notes == ("children.csv: 2 exact duplicate rows were removed (row 5 first).",)
        assert extracts.connection.execute("select count(*) from children").fetchall() == [(3,)]


def test_an_unknown_team_is_found(folder: Folder, only_finding: Only) -> None:
    folder.change("cases", 5, team="A1 Wera")
    rule = "is found in areas.csv, column 'team'. Nearest: A1 Wear."
    assert only_finding() == Finding("cases.csv", 5, "team", "A1 Wera", rule)


def test_numbers_may_have_commas_and_no_other_adornment(folder: Folder) -> None:
    with examine(folder.path) as extracts:
        (value,) = extracts.connection.execute("select value from reported_figures").fetchall()
    assert value == (Decimal("1234.5000"),)


@pytest.mark.parametrize("number", ["[c]", "low", "-", "£5", "12%", "1,23", "1e3", "nan", "infinity"])
def test_shorthand_and_adorned_numbers_are_refused(folder: Folder, only_finding: Only, number: str) -> None:
    folder.change("reported_figures", 2, value=number)
    assert (only_finding().column, only_finding().value) == ("value", number)


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_the_error_of_a_formula_is_no_value(folder: Folder, only_finding: Only, error: str) -> None:
    folder.change("workforce", 2, business_unit=error)
    assert (only_finding().column, only_finding().value) == ("business_unit", error)


@pytest.mark.parametrize("answer", ["yes", "Y", "TRUE", "1"])
def test_yes_is_written_in_several_ways(folder: Folder, answer: str) -> None:
    folder.change("absences", 2, social_work=answer)
    with examine(folder.path) as extracts:
        assert extracts.connection.execute("select social_work from absences").fetchall() == [(True,)]


def test_perhaps_is_neither_yes_nor_no(folder: Folder, only_finding: Only) -> None:
    folder.change("absences", 2, social_work="perhaps")
    assert only_finding().rule.startswith("yes or no")


def test_a_ragged_row_is_found_and_the_others_are_read(folder: Folder, only_finding: Only) -> None:
    folder.write("audits", [["Q9", "C1"], *folder.rows("audits")])
    finding = only_finding()
    assert (finding.file, finding.row, finding.value) == ("audits.csv", 2, "Q9,C1")
    with examine(folder.path) as extracts:
        assert extracts.files["audits"].rows == 2


def test_an_empty_file_is_one_finding_that_lists_the_columns(folder: Folder) -> None:
    folder.write_bytes("court_reports.csv", b"")
    (finding,) = folder.findings()
    assert (finding.file, finding.row, finding.value) == ("court_reports.csv", 1, None)
    assert "report_id, application_id" in finding.rule


def test_a_header_alone_is_noted(folder: Folder) -> None:
    folder.write("court_reports", [])
    with examine(folder.path) as extracts:
        assert extracts.report.ok
        assert extracts.report.notes == ("court_reports.csv: no rows below the column names.",)


def test_all_findings_are_counted_and_every_broken_rule_has_its_examples(folder: Folder) -> None:
    case = folder.rows("cases")[2]
    many = [[f"9{number:05}", *case[1:8], "A99", *case[9:]] for number in range(SHOWN + 200)]
    folder.write("cases", [*folder.rows("cases"), *many])
    folder.change("workforce", 2, fte="2")
    with examine(folder.path) as extracts:
        report = extracts.report
    assert report.total == SHOWN + 201
    assert len(report.findings) == SHOWN
    assert any(finding.file == "workforce.csv" for finding in report.findings)
    assert {rule.column: rule.count for rule in report.broken} == {"team": SHOWN + 200, "fte": 1}
    assert f"cases.csv, team: {SHOWN + 200:,} times" in str(report.table().caption)


def test_findings_stand_in_the_order_of_file_and_row(folder: Folder) -> None:
    folder.change("workforce", 3, fte="2")
    folder.change("audits", 3, grade="Fine")
    rows = folder.rows("cases")
    rows[3][8], rows[0][8] = "A98", "A99"
    folder.write("cases", rows)
    places = [(finding.file, finding.row) for finding in folder.findings()]
    assert places == [("audits.csv", 3), ("cases.csv", 2), ("cases.csv", 5), ("workforce.csv", 3)]


def test_equal_files_give_an_equal_report_that_names_no_folder(folder: Folder) -> None:
    folder.change("audits", 3, grade="Fine")
    with examine(folder.path) as one, examine(folder.path) as other:
        written = json.dumps(one.report.as_dict())
        assert written == json.dumps(other.report.as_dict())
    assert str(folder.path) not in written


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12))
def test_no_text_in_a_cell_stops_the_check(folder: Folder, text: str) -> None:
    rows = folder.rows("workforce")
    for column in ("role", "fte", "started_on", "social_work", "team"):
        rows[1][folder.header("workforce").index(column)] = text
    folder.write("workforce", rows)
    assert all(finding.file == "workforce.csv" for finding in folder.findings())


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "rule"),
    [
        ("reflections", 2, {"completed_on": "2020-05-28"}, "completed_on", "after the last day of its review"),
        ("reflections", 3, {"completed_on": "2020-05-01", "findings": "x"}, "completed_on", "day it was identified"),
        ("reflections", 2, {"reviewed_to": "2020-05-03"}, "reviewed_to", "ends on or after the day it starts"),
        ("reflections", 2, {"reviewed_from": "2020-03-30"}, "reviewed_from", "reviewed on or after"),
        ("reflections", 2, {"findings": ""}, "findings", "says what it found"),
        ("improvement_plan", 3, {"number": "1"}, "number", "once in the file: a row is an area"),
        ("improvement_plan", 3, {"number": "2a"}, "number", "numbered 1, 2, 3"),
        ("improvement_plan", 3, {"closed_on": "2020-08-31"}, "closed_on", "after the day it started"),
        ("strategy", 2, {"reached_on": "2020-03-31"}, "reached_on", "reached on or after the day it was set"),
        ("strategy", 2, {"due_on": "2020-03-31"}, "due_on", "due on or after the day it was set"),
        ("strategy", 2, {"pillar": "people"}, "pillar", "Nearest: People"),
        ("strategy", 2, {"strategy_year": "4"}, "strategy_year", "one of: 1, 2, 3"),
    ],
)
def test_a_slip_in_a_register_is_found(
    folder: Folder, only_finding: Only, table: str, row: int, cells: dict[str, str], column: str, rule: str
) -> None:
    folder.keep_registers()
    assert folder.findings() == ()
    folder.change(table, row, **cells)
    finding = only_finding()
    assert (finding.file, finding.row, finding.column) == (f"{table}.csv", row, column)
    assert rule in finding.rule
