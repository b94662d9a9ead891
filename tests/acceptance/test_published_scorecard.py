"""The 20 published rows, read back from every format by readers that are not ours."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
from pathlib import Path

import lxml.html
import page as page_validation
import pypdf
import pytest
from openxml_audit import validate_pptx
from pptx import Presentation

from tests.acceptance.published import SCORECARD


def plain(text: str) -> str:
    """Text as a person would type it: true minus signs and runs of white space made plain."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("−", "-")).strip()


def titles(outputs: Path) -> dict[str, str]:
    with (outputs / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: len(row["title"]))
    return {row["metric"]: row["title"] for row in rows}  # the longest names its months, as the paper does


def check_row(cells: list[str], value: str, change: str) -> None:
    """A row says its value and its change as printed, and nothing where print says nothing."""
    _, shown, changed = (plain(cell) for cell in cells)
    assert shown.removesuffix(" weeks") == value
    if change:
        signed = change if change.startswith("-") else f"+{change}"
        assert f"{signed}%" in changed.split()
        arrow = "▼" if change.startswith("-") else "▲"
        assert arrow in changed
    else:
        assert changed in ("", "–")


def test_measurements_hold_the_published_rows(outputs: Path) -> None:
    with (outputs / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["area"] == "England"]
    wanted = {"2020-11-30": ("2020-04-01", "2020-09-01"), "2020-09-30": ("2020-07-01",)}
    for metric, value, change in SCORECARD:
        found = [
            row
            for row in rows
            if row["metric"] == metric
            and (row["as_at"] == "2020-12-01" or row["period_from"] in wanted.get(row["period_to"], ()))
        ]
        assert found, metric
        values = {float(row["value"]) for row in found}
        assert float(value.strip("%").replace(",", "")) in values, metric
        if change:
            assert float(change) in {float(row["change"]) for row in found if row["change_unit"] == "percent"}, metric


def test_the_deck_s_native_tables_hold_the_published_rows(outputs: Path, paper: Path) -> None:
    deck = Presentation(str(paper / "ofsted_self_assessment.pptx"))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    rows = {
        plain(row.cells[0].text).rstrip("*"): [cell.text for cell in row.cells]
        for table in tables
        for row in table.rows
    }
    named = titles(outputs)
    for metric, value, change in SCORECARD:
        check_row(rows[plain(named[metric])], value, change)


def test_the_page_holds_the_published_rows(outputs: Path, paper: Path) -> None:
    page = lxml.html.parse(paper / "ofsted_self_assessment.html").getroot()
    rows = {}
    for row in page.iter("tr"):
        cells = [cell.text_content() for cell in row if cell.tag in ("th", "td")]
        if len(cells) == 3:
            rows.setdefault(plain(cells[0]).rstrip("*"), cells)
    named = titles(outputs)
    for metric, value, change in SCORECARD:
        check_row(rows[plain(named[metric])], value, change)


def test_the_summary_s_text_holds_the_published_rows(outputs: Path, paper: Path) -> None:
    text = plain(" ".join(page.extract_text() for page in pypdf.PdfReader(paper / "ofsted_self_assessment.pdf").pages))
    named = titles(outputs)
    for metric, value, change in SCORECARD:
        shown = re.escape(value) + (" weeks" if metric == "care_duration" else "")
        title = re.escape(plain(named[metric])).replace(r"\ ", r"\s?").replace("/", r"/\s?")
        signed = re.escape(change if change.startswith("-") or not change else f"+{change}")
        moved = rf"\s?(?:concern|improvement)?\s?[▲▼]\s?{signed}%" if change else r"\s?–"
        assert re.search(rf"{title}\s?\*?\s?{shown}{moved}", text), metric


def test_audits_add_up_as_published(paper: Path) -> None:
    deck = Presentation(str(paper / "ofsted_self_assessment.pptx"))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    (grades,) = [chart for chart in charts if len(list(chart.plots[0].categories)) == 2]
    bars = [list(series.values) for series in grades.plots[0].series]
    assert bars == [[63, 61], [30, 31], [7, 8]]


def test_the_trend_is_native_and_has_24_months(paper: Path) -> None:
    deck = Presentation(str(paper.parent / "demand_pressures" / "demand_pressures.pptx"))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    drawn = [chart.plots[0] for chart in charts if len(list(chart.plots[0].categories)) == 24]
    (trend,) = [plot for plot in drawn if {series.name for series in plot.series} == {"Private law", "Public law"}]
    assert {series.name: series.values[-1] for series in trend.series} == {
        "Private law": 22757,
        "Public law": 14124,
    }


def test_the_deck_is_valid(paper: Path) -> None:
    found = validate_pptx(str(paper / "ofsted_self_assessment.pptx"))
    assert found.errors == []


def test_the_summary_is_accessible(paper: Path) -> None:
    found = page_validation.validate_pdf(
        paper / "ofsted_self_assessment.pdf", profile=page_validation.ValidationProfile.PDF_UA_1
    )
    assert [f"{failure.rule_id}: {failure.message}" for failure in found.failures] == []


@pytest.mark.parametrize("name", ["ofsted_self_assessment.pptx", "ofsted_self_assessment.pdf"])
def test_binary_papers_say_that_the_data_are_synthetic(paper: Path, name: str) -> None:
    if name.endswith(".pptx"):
        slides = Presentation(str(paper / name)).slides
        said = [
            "Synthetic data" in " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
            for slide in slides
        ]
    else:
        said = ["Synthetic data" in plain(page.extract_text()) for page in pypdf.PdfReader(paper / name).pages]
    assert all(said)


def test_every_text_output_says_that_the_data_are_synthetic(outputs: Path) -> None:
    for page in outputs.rglob("*.html"):
        assert "Synthetic data" in lxml.html.parse(page).getroot().text_content(), page
    for report in ("manifest.json", "checks.json"):
        assert json.loads((outputs / report).read_text(encoding="utf-8"))["synthetic"] is True
    with (outputs / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        assert all(row["source"].endswith("(synthetic data)") for row in csv.DictReader(stream))
    for notebook in outputs.rglob("*.ipynb"):
        assert "Synthetic data" in notebook.read_text(encoding="utf-8")


def test_the_manifest_names_every_file_by_its_hash(outputs: Path) -> None:
    manifest = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))
    files = {p.relative_to(outputs).as_posix() for p in outputs.rglob("*") if p.is_file()}
    assert files == set(manifest["outputs"]) | {"manifest.json", "run.jsonl"}
    for name, sha256 in manifest["outputs"].items():
        assert hashlib.sha256((outputs / name).read_bytes()).hexdigest() == sha256


def test_no_identifier_of_a_record_is_in_any_output(project: Path, outputs: Path) -> None:
    """A scan of unzipped parts for identifiers of cases, children and workers."""
    import zipfile

    identifiers: set[bytes] = set()
    for table, column in (("cases", "case_id"), ("children", "child_id"), ("workforce", "worker_id")):
        with (project / "extracts" / "demo" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            identifiers |= {row[column].encode() for _, row in zip(range(20_000), csv.DictReader(stream), strict=False)}
    long_enough = {identifier for identifier in identifiers if len(identifier) >= 8}
    assert len(long_enough) > 10_000
    for path in outputs.rglob("*"):
        if path.is_file():
            parts = [path.read_bytes()]
            if path.suffix == ".pptx":
                with zipfile.ZipFile(path) as package:
                    parts = [package.read(name) for name in package.namelist()]
            for part in parts:
                digits = set(re.findall(rb"\d{8,}", part))
                assert not digits & long_enough, path
