"""Two organisations that differ only in what is hidden get the same papers, byte for byte: nothing hidden leaves."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pikepdf
import pyarrow as pa
import pytest
import typst

from cafcass_reports.checks import disclosure, identifiers
from cafcass_reports.errors import PaperError
from cafcass_reports.metrics import catalogue
from cafcass_reports.packs.ledger import FILE
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.protected import refuse_unprotected
from cafcass_reports.packs.run import run
from cafcass_reports.packs.verify import verify
from tests.extracts.small_organisation import Folder
from tests.packs import in_process, small_project

# Good, Met, Requires improvement by area, July to September 2020; in the second, one audit more and fewer
# in each of four cells that are hidden.
ONE = {"A1": (8, 3, 9), "A2": (12, 6, 10), "A3": (20, 15, 14), "A15A": (30, 22, 17)}
OTHER = {**ONE, "A1": (8, 4, 8), "A2": (12, 5, 11)}
TEAMS = {"A1": "A1 Tyne", "A2": "A2 Tees", "A3": "A3 Ouse", "A15A": "A15A Thames"}
GRADES = ("Good", "Met", "Requires improvement")
NATIONAL = '["audits_good_or_better", "audits_met", "audits_requires_improvement"]'
# What a run names of its inputs by hash, and its times, say nothing of counts and are apart.
APART = ("manifest.json", "checks.json", "run.jsonl")


def project(folder: Path, audits: dict[str, tuple[int, int, int]], *cells: str) -> Path:
    small_project.make(folder)
    extracts = Folder(folder / "extracts")
    extracts.add("areas", "England|North|A2|A2 Tees|to first hearing", "England|North|A3|A3 Ouse|to first hearing")
    rows = [
        f"audit-{area}-{grade[:3]}-{number:03d}|case-{number:05d}|2020-08-03|{TEAMS[area]}|national|{grade}||"
        for area, counts in audits.items()
        for grade, count in zip(GRADES, counts, strict=True)
        for number in range(count)
    ]
    early = "audit-early-001|case-00000|2020-04-01|A1 Wear|case planning|Met||"  # from then on audits are on record
    extracts.write("audits", [row.split("|") for row in [early, *rows]])
    small_project.change(folder, "{notebook: figures, formats: [page]}",
                         "{notebook: figures, formats: [deck, summary, page]}")  # fmt: skip
    small_project.change(folder, "\n  - {notebook: words, formats: [page]}", "")
    small_project.change(folder, "areas: [England]", "areas: [A1]")
    text = folder / "params" / "q3" / "commentary" / "audits.md"
    front = "---\nowner: Head of practice\ndate: 2021-01-11\n---\n"
    text.write_text(f"{front}Audits.\n\nOf them {{{{ audits_met.value }}}} met the standard.\n", encoding="utf-8")
    shown = (f'paper.grades({{"national audits": {NATIONAL}}})', 'paper.numbers("audits_met", "national_audits")',
             'paper.commentary("audits")', *cells)  # fmt: skip
    notebook = folder / "notebooks" / "figures.ipynb"
    small_project.notebook(notebook, (small_project.SET_UP, []), *((cell, []) for cell in shown))
    return folder


def parts(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in APART)
    return {
        name: content
        for file in files
        for name, content in identifiers.opened(file.relative_to(folder).as_posix(), file.read_bytes())
    }


def leaks(one: Path, other: Path) -> list[str]:
    """The parts of files by which somebody could tell one organisation from the other."""
    mine, theirs = parts(one), parts(other)
    return [name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)]


@pytest.fixture(scope="module", autouse=True)
def _one_catalogue() -> Iterator[None]:
    """The metrics are the package's own in every test here, and are read and tried once."""
    definitions = catalogue.load()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "load", lambda project=None: definitions)
        yield


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("disclosure")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cafcass_reports.packs.make.execute", in_process.execute)
        one, other = (run(open_pack("q3", project(folder / name, audits))) for name, audits in
                      (("one", ONE), ("other", OTHER)))  # fmt: skip
    return one, other


def test_no_part_of_any_file_tells_what_is_hidden(papers: tuple[Path, Path]) -> None:
    one, other = papers
    assert {".pptx", ".pdf", ".html", ".ipynb", ".csv"} <= {path.suffix for path in one.rglob("*")}
    assert leaks(one, other) == []


def test_what_is_hidden_is_marked_explained_and_left_out_of_sentences(papers: tuple[Path, Path]) -> None:
    figures = papers[0] / "a1" / "figures" / "figures.ipynb"
    text = figures.read_text(encoding="utf-8")
    assert "[c]: suppressed, a small number or one that would give it away" in text
    assert "met suppressed" in text or "suppressed" in text
    assert "audits_met.value is suppressed for A1." in text
    assert "met the standard.\\n" not in text
    rows = list(csv.DictReader((papers[0] / "measurements.csv").read_text(encoding="utf-8").splitlines()))
    hidden = [row for row in rows if row["suppressed"] == "yes"]
    assert hidden
    assert all(row["numerator"] == row["denominator"] == row["value"] == row["change"] == "" for row in hidden)


def test_the_checks_say_what_was_tried(papers: tuple[Path, Path]) -> None:
    checks = json.loads((papers[0] / "checks.json").read_text(encoding="utf-8"))["disclosure"]
    assert checks["hidden"] > 0
    assert checks["findings"] == []
    assert checks["identifiers"]["looked_for"] > 0
    assert checks["identifiers"]["parts"] > 50


@pytest.mark.parametrize("where", ["metadata", "workbook in the deck", "notes", "pdf attachment"])
def test_a_planted_count_is_found(papers: tuple[Path, Path], tmp_path: Path, where: str) -> None:
    one, other = (Path(shutil.copytree(paper, tmp_path / name)) for paper, name in
                  zip(papers, ("one", "other"), strict=True))  # fmt: skip
    for folder, count in ((one, 3), (other, 4)):
        plant(folder / "a1" / "figures", where, f"{count} of 20")
    assert leaks(one, other)


def plant(folder: Path, where: str, text: str) -> None:
    if where == "metadata":
        notebook = nbformat.read(folder / "figures.ipynb", as_version=4)
        notebook.cells[0].metadata["count"] = text
        nbformat.write(notebook, folder / "figures.ipynb")
    elif where == "pdf attachment":
        with pikepdf.open(folder / "figures.pdf", allow_overwriting_input=True) as pdf:
            pdf.attachments["counts.csv"] = text.encode()
            pdf.save(folder / "figures.pdf", deterministic_id=True)
    else:
        from pptx import Presentation

        deck = Presentation(str(folder / "figures.pptx"))
        if where == "notes":
            deck.slides[0].notes_slide.notes_text_frame.text = text
        else:
            charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
            charts[0].part.chart_workbook.update_from_xlsx_blob(text.encode())
        deck.save(str(folder / "figures.pptx"))


def test_an_identifier_in_an_output_stops_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cafcass_reports.packs.make.execute", in_process.execute)
    shown = 'import pandas as pd\npaper.table(pd.DataFrame({"Audit": ["audit-A2-Met-003"]}), title="Audits")'
    folder = project(tmp_path / "project", ONE, shown)
    small_project.change(folder, "[deck, summary, page]", "[page]")
    with pytest.raises(PaperError, match="holds 1 identifiers or dates of birth") as refused:
        run(open_pack("q3", folder))
    assert "audit-A2-Met-003" not in str(refused.value)
    assert not (folder / "outputs" / "q3").exists()


@pytest.mark.parametrize("file", ["run.jsonl", "manifest.json", "measurements.csv", "index.html", "checks.json"])
def test_every_file_of_a_pack_is_looked_into(papers: tuple[Path, Path], tmp_path: Path, file: str) -> None:
    folder = Path(shutil.copytree(papers[0], tmp_path / "pack"))
    sought = identifiers.numbered(pa.array(["audit-A2-Met-003"]))
    assert identifiers.check(folder, sought)["findings"] == []
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(" audit-A2-Met-003 ")
    assert identifiers.check(folder, sought)["findings"] == [
        f"{file} holds 1 identifiers or dates of birth of the extracts."
    ]


def test_the_scan_sees_all_files_that_the_manifest_names_and_the_log(papers: tuple[Path, Path]) -> None:
    checks = json.loads((papers[0] / "checks.json").read_text(encoding="utf-8"))["disclosure"]["identifiers"]
    assert checks["parts"] == identifiers.check(papers[0], identifiers.numbered(pa.array([], pa.string())))["parts"]
    assert not verify(open_pack("q3", papers[0].parents[1])).findings


def test_what_stands_on_a_pdfs_pages_and_in_its_compressed_streams_is_read() -> None:
    made = typst.compile(b"Seen: audit-A2-Met-003")
    assert b"audit-A2-Met-003" not in made
    held = {name for name, content in identifiers.opened("a.pdf", made) if b"audit-A2-Met-003" in content}
    assert held == {"a.pdf!page 1"}
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.pages[0].contents_add(b"% audit-A2-Met-003 ".ljust(200))
        pdf.save(packed := io.BytesIO(), compress_streams=True, recompress_flate=True)
    assert b"audit-A2-Met-003" not in packed.getvalue()
    assert any("!object" in name and b"audit-A2-Met-003" in content
               for name, content in identifiers.opened("a.pdf", packed.getvalue()))  # fmt: skip


@pytest.mark.parametrize("text", ["![a chart](chart.png)", "![a chart][of]", '<img alt="" src="chart.png">', ""])
def test_a_final_pack_has_no_picture_in_a_text_and_nothing_attached(tmp_path: Path, text: str) -> None:
    cell = nbformat.v4.new_markdown_cell(f"Audits. {text}")
    if not text:
        cell["attachments"] = {"a.png": {"image/png": "aGk="}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")
    with pytest.raises(PaperError, match=r"a\.ipynb, cell 1 holds a picture in its text"):
        refuse_unprotected(tmp_path / "a.ipynb")


def test_a_text_without_pictures_may_be_final(tmp_path: Path) -> None:
    cell = nbformat.v4.new_markdown_cell("Audits! [See](https://example.org) the images of 1 < 2.")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")
    refuse_unprotected(tmp_path / "a.ipynb")


def test_a_hidden_figure_that_can_be_worked_out_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hiding the small counts alone, as many do, leaves them to be found by subtraction."""
    monkeypatch.setattr(
        "cafcass_reports.metrics.protection.suppress",
        lambda table, threshold, **given: frozenset(c for c, n in table.counts.items() if 0 < n < threshold),
    )
    found = measured(open_pack("q3", project(tmp_path / "project", ONE)))
    findings = disclosure.check(found.measurements, {})["findings"]
    assert "audits_met.a1.2020-07-01_2020-09-30 can be worked out from what is shown." in findings


def test_the_run_of_a_draft_enters_nothing(papers: tuple[Path, Path]) -> None:
    assert not (papers[0].parents[1] / FILE).exists()


def test_the_run_of_a_final_pack_enters_what_it_shows_and_hides_and_no_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cafcass_reports.packs.make.execute", in_process.execute)
    folder = project(tmp_path / "project", ONE)
    small_project.change(folder, "[deck, summary, page]", "[page]")
    final = small_project.change(folder, "status: draft", "status: final")
    published = run(final)
    manifest = (published / "manifest.json").read_bytes()
    rows = list(csv.DictReader((folder / FILE).read_text(encoding="utf-8").splitlines()))
    assert {row["state"] for row in rows} == {"shown", "hidden"}
    assert list(rows[0]) == ["pack", "measured", "cell", "area", "period", "state"]
    entered = (folder / FILE).read_bytes()
    assert (run(final) / "manifest.json").read_bytes() == manifest
    assert (folder / FILE).read_bytes() == entered


def test_what_an_earlier_pack_hid_stays_hidden(tmp_path: Path) -> None:
    large = {area: tuple(count + 40 for count in counts) for area, counts in ONE.items()}
    folder = project(tmp_path / "project", large)
    pack = open_pack("q3", folder)
    a2 = measured(pack).measurements.areas.named("A2")
    assert not measured(pack).measurements.one("audits_met", a2).suppressed
    (folder / FILE).parent.mkdir()
    line = "q2,key,audits_met.numerator,A2,2020-07-01_2020-09-30,hidden"
    (folder / FILE).write_text(f"pack,measured,cell,area,period,state\n{line}\n", encoding="utf-8")
    assert measured(pack).measurements.one("audits_met", a2).suppressed
