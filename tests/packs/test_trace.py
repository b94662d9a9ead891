"""Tracing a figure: by id, metric or text, to definition, SQL, extracts and every place where it stands."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import duckdb
import lxml.html
import pptx
import pypdf
import pytest
from typer.testing import CliRunner, Result

from cafcass_reports.cli import app
from cafcass_reports.errors import PackError
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.trace import Match, Trail, trace

OPEN = "open_cases.england.2020-12-01"
PUBLIC = "open_public_cases.england.2020-12-01"
FIGURES = "england/figures/figures"
WORDS = "england/words/words"


def traced(project: Path, asked: str) -> Trail:
    found = trace(open_pack("q3", project), asked)
    assert isinstance(found, Trail)
    return found


def matched(project: Path, asked: str) -> list[Match]:
    found = trace(open_pack("q3", project), asked)
    assert isinstance(found, list)
    return found


def where(trail: Trail, file: str) -> list[str]:
    return [place.where for place in trail.places if place.file == file]


def call(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.fixture
def outputs(quarters: Path) -> Path:
    return quarters / "outputs" / "q3"


def test_an_id_gives_definition_query_parts_and_comparison(quarters: Path) -> None:
    found = traced(quarters, PUBLIC)
    assert (found.metric, found.title, found.value) == ("open_public_cases", "Open public law cases", "1")
    assert found.definition == "Public law cases open on the day."
    assert found.in_force == ("2015-04-01", "")
    assert (found.numerator, found.denominator, found.period) == ("1", "", "1 December 2020")
    assert found.sql is not None
    assert "law = 'public'" in found.sql


def test_extracts_are_named_with_the_hash_of_their_bytes_and_their_rows(quarters: Path) -> None:
    (cases,) = [source for source in traced(quarters, OPEN).extracts if source.table == "cases"]
    file = quarters / "extracts" / cases.file
    assert cases.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    with file.open(encoding="utf-8", newline="") as stream:
        assert cases.rows == len(list(csv.reader(stream))) - 1
    assert {source.table for source in traced(quarters, OPEN).extracts} == {"areas", "cases"}


def test_the_query_of_a_figure_in_a_history_gives_its_own_numerator(quarters: Path, outputs: Path) -> None:
    found = traced(quarters, "open_cases.england.2020-05-01")
    connection = duckdb.connect()
    for table in ("areas", "cases"):
        source = quarters / "extracts" / f"{table}.csv"
        connection.execute(f"create table {table} as select * from read_csv('{source}', all_varchar=true)")
    # As the extracts' readers do: days in two forms, the British one day first.
    for column in ("received_on", "allocated_on", "closed_on"):
        day = f"coalesce(try_cast({column} as date), try_strptime({column}, '%d/%m/%Y')::date)"
        connection.execute(f"alter table cases alter {column} set data type date using {day}")
    assert found.sql is not None
    row = connection.execute(found.sql).fetchone()
    assert row is not None
    assert str(row[0]) == found.numerator == found.value


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("open_public_cases", PUBLIC),
        (PUBLIC, PUBLIC),
        (PUBLIC.replace(".", ".\u200b"), PUBLIC),
        (f" {OPEN} ", OPEN),
        ("1,234.5", None),
    ],
)
def test_a_metric_or_an_id_copied_from_anywhere_means_its_figure(
    quarters: Path, asked: str, figure: str | None
) -> None:
    if figure is None:
        with pytest.raises(PackError, match="No figure of q3"):
            trace(open_pack("q3", quarters), asked)
    else:
        assert traced(quarters, asked).id == figure


def test_a_text_that_several_figures_show_lists_them_with_those_of_the_papers_first(quarters: Path) -> None:
    found = matched(quarters, "3")
    assert found[0].id == OPEN
    assert {match.matched for match in found if match.id == OPEN} == {"value"}
    assert len(found) > 1
    assert all(match.value == "3" for match in found if match.matched == "value")


def test_a_part_of_an_id_lists_every_figure_that_has_it(quarters: Path, outputs: Path) -> None:
    with (outputs / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        ids = {row["id"] for row in csv.DictReader(stream) if "cases.england.2020-0" in row["id"]}
    assert {match.id for match in matched(quarters, "cases.england.2020-0")} == ids


def test_a_slide_is_named_whose_notes_hold_the_id_and_whose_shape_bears_it(quarters: Path, outputs: Path) -> None:
    places = where(traced(quarters, OPEN), f"{FIGURES}.pptx")
    assert len(places) == 2  # the scorecard and the large numbers
    slides = list(pptx.Presentation(str(outputs / f"{FIGURES}.pptx")).slides)
    for place in places:
        said = re.fullmatch(r"slide (\d+), '(.*?)', shape '(.*?)'(?:, shape .*)?", place)
        assert said
        slide = slides[int(said[1]) - 1]
        assert slide.shapes.title.text_frame.text == said[2]
        assert said[3] in [shape.name for shape in slide.shapes]
        assert OPEN in slide.notes_slide.notes_text_frame.text.splitlines()
    assert any(f"shape 'table {OPEN}'" in place for place in places)
    assert any(f"shape 'numbers {OPEN}'" in place for place in places)


def test_a_page_of_the_pdf_is_named_that_holds_the_id(quarters: Path, outputs: Path) -> None:
    places = where(traced(quarters, OPEN), f"{FIGURES}.pdf")
    pages = pypdf.PdfReader(outputs / f"{FIGURES}.pdf").pages
    texts = ["".join(page.extract_text().replace("\u200b", "").split()) for page in pages]
    holding = [number for number, text in enumerate(texts, start=1) if OPEN in text]
    assert [f"page {number}, How each figure was calculated" for number in holding] == [
        place for place in places if "," in place
    ]
    assert holding


def test_the_page_links_each_shown_figure_to_its_anchor(quarters: Path, outputs: Path) -> None:
    page = lxml.html.document_fromstring((outputs / f"{FIGURES}.html").read_bytes())
    anchors = set(page.xpath("//@id"))
    links = page.xpath("//a[@class='figure']")
    assert [link.text_content() for link in links if link.get("href") == f"#{OPEN}"] == ["3", "3"]
    assert all(link.get("href")[1:] in anchors for link in links)
    places = where(traced(quarters, OPEN), f"{FIGURES}.html")
    assert any(f"#{OPEN}" in place for place in places)
    assert any("shown as '3'" in place for place in places)


def test_lines_of_texts_and_of_the_figures_file_are_those_that_name_it(quarters: Path, outputs: Path) -> None:
    found = traced(quarters, PUBLIC)
    (place,) = [place for place in found.places if place.file.endswith(".md")]
    line = int(place.where.removeprefix("line "))
    assert "open_public_cases.value" in (quarters / place.file).read_text(encoding="utf-8").splitlines()[line - 1]
    (row,) = where(found, "measurements.csv")
    rows = (outputs / "measurements.csv").read_text(encoding="utf-8").splitlines()
    assert rows[int(row.removeprefix("line ")) - 1].startswith(f"{PUBLIC},")
    assert where(found, f"{WORDS}.pptx")


def test_a_figure_that_stands_in_a_history_alone_is_found_on_the_page_and_on_no_slide(quarters: Path) -> None:
    found = traced(quarters, "open_cases.england.2020-05-01")
    assert where(found, f"{FIGURES}.html")
    assert not where(found, f"{FIGURES}.pptx")


def test_what_nobody_knows_is_status_1_with_the_nearest_ids(quarters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(quarters)
    said = call("trace", "q3", "open_case.england.2020-12-01")
    assert said.exit_code == 1
    assert OPEN in said.stderr
    assert "a metric, or a figure as it stands in a paper" in said.stderr
    assert said.stdout == ""


def test_json_holds_the_trail_or_the_matches(quarters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(quarters)
    one = json.loads(call("trace", "q3", OPEN, "--json").stdout)
    assert (one["id"], one["value"]) == (OPEN, "3")
    assert {"file": "measurements.csv", "where": where(traced(quarters, OPEN), "measurements.csv")[0]} in one["places"]
    several = json.loads(call("trace", "q3", "3", "--json").stdout)
    assert OPEN in [match["id"] for match in several["matches"]]


def test_the_terminal_shows_hashes_whole(quarters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(quarters)
    said = call("trace", "q3", OPEN)
    assert said.exit_code == 0
    assert all(source.sha256 in said.stdout for source in traced(quarters, OPEN).extracts)


def test_a_pack_that_was_never_run_says_so_and_how_to_run_it(project: Path) -> None:
    with pytest.raises(PackError, match=r"nothing was published there.*cafcass-reports run q3"):
        trace(open_pack("q3", project), OPEN)


@pytest.mark.parametrize("content", ["", "[]", '{"pack": "q3"}'])
def test_outputs_of_another_version_are_refused(project: Path, content: str) -> None:
    outputs = project / "outputs" / "q3"
    outputs.mkdir(parents=True)
    (outputs / "manifest.json").write_text(content, encoding="utf-8")
    (outputs / "checks.json").write_text("{}", encoding="utf-8")
    with pytest.raises(PackError, match=r"not as this version writes it.*cafcass-reports run q3"):
        trace(open_pack("q3", project), OPEN)
