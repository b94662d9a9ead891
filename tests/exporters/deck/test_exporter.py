from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path

import nbformat
from lxml import etree
from nbconvert.exporters import get_exporter
from nbconvert.nbconvertapp import NbConvertApp
from pptx import Presentation
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import _nsmap

from cafcass_reports.exhibits.payload import mimetype
from cafcass_reports.exporters.deck import DeckExporter
from cafcass_reports.exporters.deck.package import count_parts, to_bytes

from . import papers


def notebook() -> nbformat.NotebookNode:
    def output(kind: str, payload: str) -> nbformat.NotebookNode:
        data = {mimetype(kind): json.loads(payload)}
        return nbformat.v4.new_output("display_data", data)

    cells = [
        nbformat.v4.new_markdown_cell("# The paper", id="a"),
        nbformat.v4.new_code_cell("paper", id="b", outputs=[output("paper", papers.PAPER.model_dump_json())]),
        nbformat.v4.new_markdown_cell("## Demand\n\n### Open work", id="c"),
        nbformat.v4.new_code_cell("x", id="d", outputs=[output("table", papers.scorecard(4).model_dump_json())]),
        nbformat.v4.new_markdown_cell("Courts hear cases later.", id="e"),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_nbconvert_knows_the_format_by_its_name() -> None:
    assert get_exporter("board-deck") is DeckExporter


def test_a_notebook_becomes_a_deck() -> None:
    content, resources = DeckExporter().from_notebook_node(notebook())
    deck = Presentation(io.BytesIO(content))
    assert resources["output_extension"] == ".pptx"
    assert papers.titles(deck) == ["The paper", "Open work is a fifth higher than a year ago"]


def test_nbconvert_writes_the_deck_beside_the_notebook(tmp_path: Path) -> None:
    path = tmp_path / "paper.ipynb"
    nbformat.write(notebook(), path)
    app = NbConvertApp()
    app.initialize(["--to", "board-deck", "--log-level", "ERROR", str(path)])
    app.start()
    assert (tmp_path / "paper.pptx").read_bytes()[:2] == b"PK"


def test_new_parts_are_numbered_past_those_that_a_template_has() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.part.partname = PackURI("/ppt/slides/slide2.xml")  # type: ignore[no-untyped-call]
    count_parts(presentation)
    package = slide.part.package
    assert [package.next_partname("/ppt/slides/slide%d.xml") for _ in range(3)] == [
        "/ppt/slides/slide1.xml",
        "/ppt/slides/slide3.xml",
        "/ppt/slides/slide4.xml",
    ]


def test_a_deck_has_the_files_that_python_pptx_itself_would_save(tmp_path: Path) -> None:
    content, _ = DeckExporter().from_notebook_node(notebook())
    presentation = Presentation(io.BytesIO(content))
    presentation.save(tmp_path / "saved.pptx")
    written = to_bytes(presentation, datetime.datetime(2021, 1, 20))
    saved = zipfile.ZipFile(tmp_path / "saved.pptx")
    ours = zipfile.ZipFile(io.BytesIO(written))
    assert sorted(ours.namelist()) == sorted(saved.namelist())
    for name in ours.namelist():
        if name.endswith((".xml", ".rels")) and not name.startswith("docProps/"):
            assert ours.read(name) == saved.read(name), name


def test_queries_that_are_kept_find_what_lxml_finds() -> None:
    presentation = Presentation(io.BytesIO(DeckExporter().from_notebook_node(notebook())[0]))
    shapes = presentation.slides[1].shapes._spTree
    for query in ("./p:sp", ".//a:t", "count(.//p:sp)", ".//p:nvPr[@userDrawn]"):
        assert shapes.xpath(query) == etree.XPath(query, namespaces=_nsmap)(shapes)
