"""What a metric's owner may write, and what the catalogue says of mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.metrics import catalogue, listing

GOOD = """
late_reports:
  title: Section 7 reports filed late
  phrase: section 7 reports filed late
  definition: Section 7 reports filed after the day the court set.
  kind: count
  table: court_reports
  counted_on: filed_on
  where: report_type = 'section 7' and filed_on > due_on
  unit: reports
  better: lower
  period: year to date
  decimals: 0
  owner: operational performance
  in_force: {from: 2015-04-01}
"""


def project(folder: Path, text: str) -> Path:
    (folder / "params" / "metrics").mkdir(parents=True)
    (folder / "params" / "metrics" / "own.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_project_adds_a_metric_of_its_own(tmp_path: Path) -> None:
    assert "late_reports" in catalogue.load(project(tmp_path, GOOD))
    assert "late_reports" not in catalogue.load()


def test_a_day_is_written_as_sql_has_it(tmp_path: Path) -> None:
    text = GOOD.replace("filed_on > due_on", "filed_on > date '2020-04-01'")
    assert catalogue.load(project(tmp_path, text))["late_reports"].where.endswith("date '2020-04-01'")


def test_a_reported_metric_without_a_period_is_returned_for_days_of_its_own(tmp_path: Path) -> None:
    kept = [line for line in GOOD.splitlines() if not re.match(r"  (table|counted_on|where|period):", line)]
    text = "\n".join(kept).replace("kind: count", "kind: reported")
    assert catalogue.load(project(tmp_path, text))["late_reports"].returned
    assert not catalogue.load()["turnover"].returned
    assert not catalogue.load()["open_cases"].returned


def test_only_what_is_counted_on_a_day_speaks_of_the_snapshot(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no column 'snapshot_day'"):
        catalogue.load(project(tmp_path, GOOD.replace("filed_on > due_on", "filed_on > snapshot_day")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("filed_on > due_on", "filed_onn > due_on", "Nearest: filed_on, due_on, ordered_on. Correct"),
        ("report_type = 'section 7'", "report_type = section_7", "a text stands in single quotation marks"),
        ("report_type = 'section 7'", "report_type = 'section7'", "never holds 'section7'. It holds one of: "),
        ("report_type = 'section 7'", "report_type not in ('section 7', 'sektion')", "never holds 'sektion'"),
        ("filed_on > due_on", "datediff('day', due_on, filed_on) > 0", "a day less a day is a number of days"),
        ("filed_on > due_on", "filed_on > (select max(filed_on) from court_reports)", "cannot hold"),
        ("filed_on > due_on", "count(*) > 1", "cannot hold"),
        ("report_type = 'section 7' and filed_on > due_on", "filed_on = 'soon'", "late_reports cannot be run"),
        ("unit: reports", "numerator: report_id\n  unit: reports", "its numerator gives varchar"),
        ("unit: reports", "per_year: maybe\n  unit: reports", "per_year"),
        ("title: Section 7 reports filed late", "title: Late in {quarter}", "names its months in brackets"),
        ("filed_on > due_on", "cast(report_id as integer) > 1", "only a day is written so"),
        ("filed_on > due_on", "row_number() over () = 1", "cannot hold"),
        ("filed_on > due_on", "1; drop table cases", "more than one SQL expression"),
        ("filed_on > due_on", "read_csv('x') is null", "cannot hold"),
        ("filed_on > due_on", "getenv('HOME') = ''", "valid functions are working_days"),
        ("where: report_type", "were: report_type", "there is no such key. Nearest: where"),
        ("counted_on: filed_on", "counted_on: report_type", "is not a date column"),
        ("counted_on: filed_on", "as_at: open_on(ordered_on, filed_on)", "a stock (as_at) has none"),
        ("counted_on: filed_on", "periods: years\n  counted_on: filed_on", "only a spell (during)"),
        ("counted_on: filed_on", "during: [ordered_on, filed_on]\n  periods: months", "given 'months'"),
        ("table: court_reports", "table: court_report", "Nearest: court_reports"),
        ("kind: count", "kind: counts", "given 'counts'"),
        ("kind: count", "kind: ratio", "has a numerator and a denominator"),
        ("decimals: 0", "decimals: 0\n  disclosive: 1", "2 or more"),
        ("decimals: 0", "decimals: 0\n  multiplier: 1/0", "whole number or a fraction"),
        ("late_reports:", "Late reports:", "string should match pattern"),
        ("late_reports:", "kpi_1:", "the id stands twice"),
        ("  unit: reports\n", "", "unit: is missing"),
        ("  unit: reports\n", "  unit: reports\n  unit: cases\n", "'unit' stands twice"),
    ],
)
def test_a_mistake_is_named_with_what_is_valid(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as refused:
        catalogue.load(project(tmp_path, GOOD.replace(old, new)))
    assert said in str(refused.value)
    assert "own.yml" in str(refused.value)


STOCK = """
milestones:
  title: Milestones
  phrase: milestones
  definition: Milestones of the strategy that were set by the day.
  kind: stock
  table: strategy
  as_at: open_on(set_on)
  unit: milestones
  better: neither
  decimals: 0
  owner: strategy
  in_force: {from: 2015-04-01}
"""


def test_what_is_open_begins_on_a_day_and_may_never_end(tmp_path: Path) -> None:
    assert "milestones" in catalogue.load(project(tmp_path / "good", STOCK))
    for wrong in ("open_on()", "open_on(set_on, due_on, reached_on)", "open_on(set_on, 'never')", "set_on"):
        with pytest.raises(CatalogueError, match=r"open_on\(from, to\) or open_on\(from\)"):
            catalogue.load(project(tmp_path / wrong, STOCK.replace("open_on(set_on)", wrong)))


def test_a_table_without_a_team_has_no_columns_of_areas(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no column 'region'"):
        catalogue.load(project(tmp_path, STOCK + "  where: region = 'North'\n"))


QUOTIENT = """
late_share:
  title: Late reports
  phrase: late reports
  definition: Late reports for each of something.
  kind: ratio
  numerator: {metric: section_7_demand}
  denominator: {metric: social_work_fte}
  unit: reports for each FTE
  better: lower
  period: year to date
  decimals: 1
  owner: operational performance
  in_force: {from: 2015-04-01}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{metric: social_work_fte}", "{metric: turnover}", "counts or stocks; given 'turnover'"),
        ("{metric: social_work_fte}", "{metric: kpi_1}", "counts or stocks; given 'kpi_1'"),
        ("{metric: social_work_fte}", '"true"', "names a metric above and a metric below"),
        ("  period: year to date\n", "", "section_7_demand is counted in a period"),
        ("{metric: section_7_demand}", "{metric: children_worked_with}", "measured for years alone"),
    ],
)
def test_a_quotient_is_of_counts_and_stocks(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert "late_share" in catalogue.load(project(tmp_path / "good", QUOTIENT))
    with pytest.raises(CatalogueError, match=said):
        catalogue.load(project(tmp_path / "bad", QUOTIENT.replace(old, new)))


def test_a_decimal_is_not_rounded_row_by_row(tmp_path: Path) -> None:
    posts = GOOD.replace("court_reports", "workforce").replace("filed_on\n", "started_on\n")
    posts = posts.replace("report_type = 'section 7' and filed_on > due_on", "social_work\n  numerator: fte")
    with pytest.raises(CatalogueError, match=r"its numerator gives decimal.*hundredths\(fte\) makes one"):
        catalogue.load(project(tmp_path, posts))


def test_an_unknown_metric_is_answered_with_the_nearest() -> None:
    with pytest.raises(CatalogueError, match="Nearest: kpi_2"):
        catalogue.load()["kpi2"]


def test_the_workbook_for_owners_holds_every_metric(tmp_path: Path) -> None:
    import openpyxl

    found = catalogue.load()
    listing.write_workbook(found, tmp_path / "metrics.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "metrics.xlsx")["Metrics"]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert set(found) <= cells
    assert found["kpi_2"].definition in cells


def test_the_workbook_says_what_it_is_in_which_language(tmp_path: Path) -> None:
    import openpyxl

    listing.write_workbook(catalogue.load(), tmp_path / "metrics.xlsx")
    told = openpyxl.load_workbook(tmp_path / "metrics.xlsx").properties
    assert (told.title, told.creator, told.language) == ("Catalogue of metrics", "cafcass_reports", "en-GB")


def test_the_workbook_holds_one_marked_table_that_stays_readable_while_scrolled(tmp_path: Path) -> None:
    import openpyxl

    found = catalogue.load()
    listing.write_workbook(found, tmp_path / "metrics.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "metrics.xlsx")["Metrics"]
    (marked,) = sheet.tables.values()
    head, *rows = sheet[marked.ref]
    assert [cell.value for cell in head][:2] == ["Metric", "Title"]
    assert {"Decimals", "Compared with", "Disclosive"} <= {cell.value for cell in head}
    assert len(rows) == len(found)
    assert sheet.freeze_panes == rows[0][1].coordinate
    assert not sheet.merged_cells.ranges
    assert max(column.width for column in sheet.column_dimensions.values()) < 61
    assert all(cell.alignment.wrap_text and cell.value is not None for row in rows for cell in row)


def test_the_workbook_has_titles_without_the_names_of_months_and_says_nothing_of_notes(tmp_path: Path) -> None:
    import openpyxl

    listing.write_workbook(catalogue.load(), tmp_path / "metrics.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "metrics.xlsx")["Metrics"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Practitioner PLR Compliance" in cells
    assert not [cell for cell in cells if "{" in cell or "notes" in cell]


def test_a_definition_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    import openpyxl

    own = GOOD.replace("definition: Section 7", "definition: =Section 7")
    listing.write_workbook(catalogue.load(project(tmp_path, own)), tmp_path / "metrics.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "metrics.xlsx")["Metrics"]
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=Section"))
    assert cell.data_type == "s"


def test_the_workbook_ends_in_xlsx(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"ends in \.xlsx"):
        listing.write_workbook(catalogue.load(), tmp_path / "metrics.csv")
