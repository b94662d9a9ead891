"""What a metric's owner may write, and what the catalogue says of mistakes."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("filed_on > due_on", "filed_onn > due_on", "there is no column 'filed_onn'. Nearest: filed_on"),
        ("filed_on > due_on", "filed_on > (select max(filed_on) from court_reports)", "cannot hold"),
        ("filed_on > due_on", "count(*) > 1", "cannot hold"),
        ("filed_on > due_on", "row_number() over () = 1", "cannot hold"),
        ("filed_on > due_on", "1; drop table cases", "more than one SQL expression"),
        ("filed_on > due_on", "read_csv('x') is null", "cannot hold"),
        ("filed_on > due_on", "getenv('HOME') = ''", "valid functions are working_days"),
        ("where: report_type", "were: report_type", "there is no such key. Nearest: where"),
        ("counted_on: filed_on", "counted_on: report_type", "is not a date column"),
        ("counted_on: filed_on", "as_at: open_on(ordered_on, filed_on)", "a stock (as_at) has none"),
        ("table: court_reports", "table: court_report", "Nearest: court_reports"),
        ("kind: count", "kind: counts", "given 'counts'"),
        ("kind: count", "kind: ratio", "has a numerator and a denominator"),
        ("decimals: 0", "decimals: 0\n  disclosive: true", "disclosure control"),
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


def test_the_workbook_ends_in_xlsx(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"ends in \.xlsx"):
        listing.write_workbook(catalogue.load(), tmp_path / "metrics.csv")
