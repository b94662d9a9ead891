"""Written files are read back by other readers: one changed digit is found, wherever it is."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pptx import Presentation

from cafcass_reports.checks.findings import Finding, Place
from cafcass_reports.checks.opened import Opened
from cafcass_reports.checks.shown import figures as shown_in
from cafcass_reports.checks.written import files
from cafcass_reports.checks.written.expected import Executed, Row, Shown
from cafcass_reports.checks.written.held import differences
from cafcass_reports.exhibits.commentary import commentary
from cafcass_reports.exhibits.comparison import comparison
from cafcass_reports.exhibits.dots import dots
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.numbers import numbers
from cafcass_reports.exhibits.payload import mimetype
from cafcass_reports.exhibits.trend import trend
from cafcass_reports.packs import figures, outputs
from cafcass_reports.packs.parameters import Format
from cafcass_reports.packs.render import read_paper, render
from cafcass_reports.packs.written import check_written
from tests.exporters.deck.papers import PAPER, scorecard
from tests.metrics.conftest import connect, measured, records

TEXT = "---\nowner: Head of performance\ndate: 2021-01-11\n---\n- **Why:** {{ public_open.value }} open cases.\n"
FOLDER = "england/figures"


def changed(text: str) -> str:
    """The text with the last digit of its first number changed."""
    return re.sub(r"\d(?![\d,.]*\d)", lambda digit: str((int(digit.group()) + 1) % 10), text, count=1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a pack with one paper, which shows numbers, a table, three charts and a text."""
    folder = tmp_path_factory.mktemp("outputs")
    with connect(records()) as connection:
        measurements = measured(connection)
    england = measurements.areas.nation
    text = folder / "why.md"
    text.write_text(TEXT, "utf-8")
    table = scorecard()
    shown: list[Exhibit] = [
        numbers(measurements, ["open_cases", "public_open", "private_open"], england),
        Exhibit("table", table.model_copy(update={"measurements": ()}), "", ""),
        trend(measurements, ["private_open", "public_open"], england, 12),
        comparison(measurements, "kpi_2", england, "area"),
        commentary(measurements, text, england),
        dots(measurements, "kpi_1", england, "area"),
    ]
    text.unlink()
    notebook = nbformat.v4.new_notebook()
    about = new_output("display_data", {mimetype("paper"): PAPER.model_dump(mode="json")})
    notebook.cells = [new_markdown_cell("# Figures"), new_code_cell("paper", outputs=[about])]
    for number, exhibit in enumerate(shown):
        output = new_output("display_data", exhibit._repr_mimebundle_())
        notebook.cells += [new_markdown_cell(f"### Topic {'abcdef'[number]}"), new_code_cell("x", outputs=[output])]
    for position, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{position}"
    executed = folder / FOLDER / "figures.ipynb"
    executed.parent.mkdir(parents=True)
    nbformat.write(notebook, executed)
    for wanted in (Format.DECK, Format.SUMMARY, Format.PAGE):
        render(read_paper(executed), executed, wanted)
    papers = {FOLDER: shown_in(json.loads(executed.read_bytes()))}
    rows = figures.rows(measurements, figures.shown_in(papers), synthetic=True)
    outputs.write_csv(folder / "measurements.csv", figures.COLUMNS, rows)
    return folder


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "outputs"))


def findings(folder: Path) -> tuple[Finding, ...]:
    return check_written(folder, [FOLDER], {}).findings


def edit_deck(folder: Path, edit: Callable[[Any], bool]) -> None:
    """Change the first shape that an edit takes."""
    file = folder / FOLDER / "figures.pptx"
    deck = Presentation(str(file))
    shapes = [shape for slide in deck.slides for one in slide.shapes for shape in getattr(one, "shapes", [one])]
    assert any(edit(shape) for shape in shapes)
    deck.save(str(file))


def test_what_was_written_shows_what_was_measured(written: Path) -> None:
    assert findings(written) == ()


def test_a_figure_said_behind_an_exhibit_does_not_stand_for_the_exhibit(written: Path) -> None:
    for ending, read in ((".pptx", files.deck), (".pdf", files.pdf), (".html", files.page)):
        assert any(block.behind for block in read(Opened(written / FOLDER / f"figures{ending}")).blocks)
    executed = Executed.read(Opened(written / FOLDER / "figures.ipynb").notebook)
    deck = files.deck(Opened(written / FOLDER / "figures.pptx"))
    behind = [one.cells[:2] for one in executed.shown("deck").behind]
    title, value = behind[0]
    other = replace(deck, blocks=[block for block in deck.blocks if block.behind])
    shown = Shown(rows=[Row("Scorecard", (title, value))], known=set(executed.known), said=executed.said)
    assert list(differences(other, shown, Place("figures.pptx")))


def test_a_title_that_comes_twice_is_told_apart_by_its_number() -> None:
    title = "Cases over 26 weeks old rose by 0.4 points"
    shown = Shown(known={"26", "0.4", "36"}, said=title)

    def said_of(*titles: str) -> list[str]:
        blocks = [files.Block(text, slide=slide, part="Title") for slide, text in enumerate(titles, start=1)]
        return [one.found for one in differences(files.Read(blocks=blocks), shown, Place("figures.pptx"))]

    assert said_of(title, f"{title} (2)") == []
    assert said_of(title.replace("26", "36"), f"{title} (2)")
    assert said_of(f"{title} (36)")


def test_a_digit_of_a_table_is_found_with_its_slide(copy: Path) -> None:
    def edit(shape: Any) -> bool:
        if not getattr(shape, "has_table", False):
            return False
        run = shape.table.cell(3, 1).text_frame.paragraphs[0].runs[0]
        run.text = changed(run.text)
        return True

    edit_deck(copy, edit)
    found = findings(copy)
    assert found
    assert {one.place.file for one in found} == {f"{FOLDER}/figures.pptx"}
    assert any(one.place.slide for one in found)


def test_a_binder_that_is_gone_hides_nothing_of_the_papers(copy: Path) -> None:
    (copy / FOLDER / "figures.pdf").write_bytes(b"broken")
    found = check_written(copy, [FOLDER], {"england/board_papers": ["figures"]}).findings
    assert {one.place.file for one in found} == {f"{FOLDER}/figures.pdf"}


def test_a_digit_of_a_big_number_is_found(copy: Path) -> None:
    def edit(shape: Any) -> bool:
        if not shape.has_text_frame or not re.fullmatch(r"\d[\d,]*", shape.text_frame.paragraphs[0].text):
            return False
        run = shape.text_frame.paragraphs[0].runs[0]
        run.text = changed(run.text)
        return True

    edit_deck(copy, edit)
    assert findings(copy)


def test_a_digit_of_a_sentence_is_found(copy: Path) -> None:
    def edit(shape: Any) -> bool:
        runs = [run for line in shape.text_frame.paragraphs for run in line.runs] if shape.has_text_frame else []
        with_number = [run for run in runs if "open cases." in run.text]
        for run in with_number:
            run.text = changed(run.text)
        return bool(with_number)

    edit_deck(copy, edit)
    assert findings(copy)


def test_a_digit_of_a_chart_is_found_with_what_was_measured(copy: Path) -> None:
    def edit(shape: Any) -> bool:
        if not getattr(shape, "has_chart", False):
            return False
        points = shape.chart._chartSpace.xpath("//c:val//c:v")
        points[4].text = f"{float(points[4].text) + 1:g}"
        return True

    edit_deck(copy, edit)
    said = " ".join(one.found for one in findings(copy))
    assert "was measured" in said
    assert "workbook differs" in said


def test_an_error_bar_that_is_not_its_interval_s_is_found(copy: Path) -> None:
    def edit(shape: Any) -> bool:
        bars = shape.chart._chartSpace.xpath("//c:errBars//c:v") if getattr(shape, "has_chart", False) else []
        for bar in bars[:1]:
            bar.text = f"{float(bar.text) + 1:g}"
        return bool(bars)

    edit_deck(copy, edit)
    (one,) = findings(copy)
    assert "error bars" in one.found


def test_a_digit_of_a_chart_s_workbook_is_found(copy: Path) -> None:
    def edit(shape: Any) -> bool:
        if not getattr(shape, "has_chart", False):
            return False
        part = shape.chart.part.chart_workbook.xlsx_part
        book = openpyxl.load_workbook(io.BytesIO(part.blob))
        cell = book.worksheets[0].cell(3, 2)
        cell.value = float(cell.value or 0) + 1  # type: ignore[arg-type]
        target = io.BytesIO()
        book.save(target)
        part._blob = target.getvalue()
        return True

    edit_deck(copy, edit)
    (one,) = findings(copy)
    assert "workbook differs from the chart" in one.found
    assert one.place.slide


def test_a_digit_of_the_page_is_found(copy: Path) -> None:
    file = copy / FOLDER / "figures.html"
    text = file.read_text(encoding="utf-8")
    big = re.search(r'(<dd class="big">(?:<[^<>]*>)?)([^<]+)', text)
    assert big
    file.write_text(text.replace(big.group(), big[1] + changed(big[2]), 1), "utf-8")
    assert {one.place.file for one in findings(copy)} == {f"{FOLDER}/figures.html"}


def test_a_digit_of_attached_data_is_found_with_its_file(copy: Path) -> None:
    edit_attached(copy, 1, changed)

    found = findings(copy)

    assert any(one.place.part == "02-topic-b.csv" and "is no figure of its papers" in one.found for one in found)


def test_a_row_that_attached_data_lack_is_found(copy: Path) -> None:
    edit_attached(copy, 1, lambda text: "\r\n".join(text.splitlines()[:-1]))

    assert any("No file attached to it holds this row" in one.found for one in findings(copy))


def test_numbers_within_a_text_of_attached_data_keep_their_commas() -> None:
    """The label of a row holds one: it is the same number as in the paper."""
    read = files.Read(attached=[files.Attached("01-audits.csv", ("Audits\n(2,550 files)", "63%"))])
    expected = Shown(rows=[Row("Audits", ("Audits (2,550 files)", "63%"))], known={"2,550", "63"})

    assert list(differences(read, expected, Place("figures.pdf"), whole=False)) == []


def test_a_large_number_s_basis_may_begin_with_a_capital() -> None:
    shown = Row("Absences", ("27", "Colleagues absent", "week to 15 January 2021"))
    read = files.Read(blocks=[files.Block("27 Colleagues absent Week to 15 January 2021")])
    expected = Shown(numbers=[shown], known={"27", "15", "2021"}, said="Week to 15 January 2021, 27")
    assert list(differences(read, expected, Place("covid_update.pdf"))) == []


@pytest.mark.parametrize(
    ("shown", "missing"), [("R16.4 Demand 4 4", 0), ("R16.4 Demand 4", 1), ("R16.4 Demand 4 5", 1)]
)
def test_a_number_within_a_title_neither_stands_for_a_figure_nor_lies_over_it(shown: str, missing: int) -> None:
    read = files.Read(blocks=[files.Block(shown, behind=True)])
    expected = Shown(behind=[Row("Scorecard", ("R16.4 Demand", "4", "4", "A7"))], known={"16.4", "4", "5"})
    assert len(list(differences(read, expected, Place("figures.pdf"), whole=True))) == missing


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("A7 – 540 1.1 (197 ÷ 184)", 0),
        ("A7 – 1,540 1.1 (197 ÷ 184)", 1),
        ("A7 – 541 1.1 (197 ÷ 184)\nA8 540", 1),
        ("A17 540", 1),
    ],
)
def test_a_count_in_a_table_of_areas_stands_in_the_line_of_its_area(line: str, missing: int) -> None:
    read = files.Read(blocks=[files.Block(f"Area by area\n{line}\n", behind=True)])
    expected = Shown(
        behind=[Row("Cases", ("Open cases", "540", "540", "A7"))],
        known={"540", "541", "1,540", "1.1", "197", "184", "7", "8", "17"},
    )
    assert len(list(differences(read, expected, Place("figures.pdf"), whole=True))) == missing


def edit_attached(folder: Path, which: int, edit: Callable[[str], str]) -> None:
    """Change the text of a file that the PDF carries."""
    file = folder / FOLDER / "figures.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        held = list(pdf.attachments.values())[which]
        stream = held.obj.EF.F
        stream.write(edit(stream.read_bytes().decode("utf-8-sig")).encode("utf-8"))
        pdf.save(file)


@pytest.mark.parametrize("ending", [".pdf", ".pptx", ".html"])
def test_a_file_of_another_figure_is_found(copy: Path, ending: str) -> None:
    executed = copy / FOLDER / "figures.ipynb"
    right = executed.read_text(encoding="utf-8")
    big = re.search(r'("label": "Open cases",[^{}]*"value": )("\d[\d,]*")', right)
    assert big
    executed.write_text(right.replace(big.group(), big[1] + changed(big[2]), 1), "utf-8")
    wanted = {".pdf": Format.SUMMARY, ".pptx": Format.DECK, ".html": Format.PAGE}[ending]
    render(read_paper(executed), executed, wanted)
    executed.write_text(right, "utf-8")
    assert {one.place.file for one in findings(copy)} == {f"{FOLDER}/figures{ending}"}


def test_a_paper_that_differs_from_the_measurements_is_found(copy: Path) -> None:
    file = copy / "measurements.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("open_cases.england.2020-12-01"))
    cells = lines[place].split(",")
    cells[9] = changed(cells[9])
    file.write_text("\n".join([*lines[:place], ",".join(cells), *lines[place + 1 :]]) + "\n", "utf-8")
    found = findings(copy)
    assert found
    assert all("open_cases.england.2020-12-01" in one.found for one in found)


def test_a_file_that_no_reader_opens_is_a_finding(copy: Path) -> None:
    (copy / FOLDER / "figures.pptx").write_bytes(b"no deck")
    (one,) = findings(copy)
    assert "cannot be read" in one.found
