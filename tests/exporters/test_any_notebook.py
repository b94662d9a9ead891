from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter
from nbconvert.nbconvertapp import NbConvertApp
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cafcass_reports.errors import CafcassReportsError, ExportError

EXPORTERS = {name: get_exporter(f"board-{name}")() for name in ("deck", "summary", "two-pages", "review")}


def picture(kind: str) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(drawn, kind)
    return base64.b64encode(drawn.getvalue()).decode()


def shown(**bundle: str) -> Any:
    data = {key.replace("__", "/").replace("_plus_", "+"): value for key, value in bundle.items()}
    return new_code_cell("draw()", outputs=[new_output("display_data", data)])


def printed(text: str) -> Any:
    return new_code_cell("print()", outputs=[new_output("stream", name="stdout", text=text)])


FRAME = "<table><tr><th>a</th><th>b</th></tr>" + "<tr><td>1</td><td>2</td></tr>" * 90 + "</table>"
TROUBLE: dict[str, list[Any]] = {
    "nothing": [],
    "gif": [shown(image__gif=picture("GIF"))],
    "webp": [shown(image__webp=picture("WEBP"))],
    "latex": [shown(text__latex=r"$$\frac{1}{2}$$", text__plain="1/2"), new_markdown_cell(r"$$\unknown{$$ and $x$")],
    "widget": [shown(**{"application__vnd.jupyter.widget-view_plus_json": "{}", "text__plain": "Slider()"})],
    "ansi": [printed("\x1b[31mred\x1b[0m \x1b]8;;x\x07")],
    "huge": [printed("line\n" * 20_000)],
    "one line": [printed("x" * 50_000)],
    "long table": [shown(text__html=FRAME)],
    "wide table": [shown(text__html="<table>" + "<tr>" + "<td>cell</td>" * 60 + "</tr>" * 2 + "</table>")],
    "spans": [shown(text__html="<table>" + "<tr><td colspan=1000 rowspan=300>cell</td></tr>" * 300 + "</table>")],
    "headings": [new_markdown_cell("## Only"), new_markdown_cell("### Headings"), new_markdown_cell("#")],
    "raw": [new_raw_cell("\\LaTeX only")],
    "nested": [new_markdown_cell("\n".join("  " * depth + "- item" for depth in range(30)))],
    "quoted": [new_markdown_cell("> " * 60 + "deep")],
    "long word": [new_markdown_cell("w" * 3_000)],
    "script": [new_markdown_cell("العربية 日本語 🎉")],
}


def converted(name: str, notebook: Any) -> Any:
    return EXPORTERS[name].from_notebook_node(notebook, {"metadata": {"name": "somebody_s-notebook"}})[0]


def file_or_refusal(name: str, notebook: Any) -> Any:
    """Return the file, or what the refusal says; anything else that is raised fails the test."""
    try:
        return converted(name, notebook)
    except CafcassReportsError as refusal:
        return refusal.given


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_gives_a_file_or_a_refusal(name: str, trouble: str) -> None:
    notebook = new_notebook(cells=TROUBLE[trouble])
    content = file_or_refusal(name, notebook)
    assert len(content) > 20
    if name == "deck" and isinstance(content, bytes):
        assert len(Presentation(io.BytesIO(content)).slides) >= 1


def test_a_notebook_without_a_title_is_called_as_its_file() -> None:
    deck = Presentation(io.BytesIO(converted("deck", new_notebook(cells=[printed("said")]))))
    assert deck.slides[0].shapes.title.text_frame.text == "somebody s notebook"


def test_a_deck_has_no_slide_with_only_a_heading() -> None:
    cells = [new_markdown_cell("# Paper\n## Empty\n### Also empty"), new_markdown_cell("## Full\ntext")]
    deck = Presentation(io.BytesIO(converted("deck", new_notebook(cells=cells))))
    assert "Also empty" not in [slide.shapes.title.text_frame.text for slide in deck.slides]


def test_a_long_output_is_cut_with_a_note() -> None:
    deck = Presentation(io.BytesIO(converted("deck", new_notebook(cells=TROUBLE["huge"]))))
    words = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "the notebook has all 20,000 lines" in words
    assert len(deck.slides) < 12


def test_a_notebook_of_an_older_format_or_with_a_broken_kernel_is_read() -> None:
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_text_cell("markdown", "said")])]
    )
    broken = new_notebook(cells=[printed("said")])
    broken.metadata["kernelspec"] = {}
    for name in EXPORTERS:
        assert converted(name, old)
        assert converted(name, broken)


def test_a_formula_is_drawn_and_described_and_other_latex_stays_text() -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# P\n## S"), shown(text__latex=r"$$\frac{n}{m} \leq 1$$")])
    pictures = [
        shape._element.xpath(".//p:cNvPr/@descr")[0]
        for slide in Presentation(io.BytesIO(converted("deck", notebook))).slides
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert pictures == [r"Formula, in LaTeX: $$\frac{n}{m} \leq 1$$"]
    table = new_notebook(cells=[shown(text__latex=r"\begin{tabular}{l} kept \end{tabular}")])
    deck = Presentation(io.BytesIO(converted("deck", table)))
    words = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "kept" in words


def failing(*tags: str) -> Any:
    error = new_output("error", ename="ValueError", evalue="no such area", traceback=["Traceback", "deep inside"])
    cell = new_code_cell("x", outputs=[new_output("stream", name="stdout", text="before\n"), error])
    cell.metadata["tags"] = list(tags)
    return new_notebook(cells=[new_markdown_cell("# Paper\n## Errors"), cell])


def test_an_error_that_is_meant_is_shown_and_any_other_refused() -> None:
    deck = Presentation(io.BytesIO(converted("deck", failing("raises-exception"))))
    words = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "ValueError: no such area" in words
    assert "deep inside" not in words
    for name in EXPORTERS:
        assert converted(name, failing("raises-exception"))
    for name in ("deck", "summary", "two-pages"):
        with pytest.raises(ExportError, match=r"Cell 2 stopped.*ValueError.*tag its cell 'raises-exception'"):
            converted(name, failing())


def test_a_heading_with_nothing_under_it_gives_two_pages() -> None:
    assert converted("two-pages", new_notebook(cells=TROUBLE["headings"])).startswith(b"%PDF")


def test_nbconvert_says_a_refusal_without_a_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "paper.ipynb"
    nbformat.write(failing(), file)
    with pytest.raises(SystemExit) as ended:
        NbConvertApp.launch_instance(["--to", "board-deck", str(file)])
    NbConvertApp.clear_instance()
    said = capfd.readouterr().err
    assert ended.value.code == 1
    assert "Cell 2 stopped with an error" in said
    assert "Traceback" not in said


def test_what_is_no_notebook_is_refused() -> None:
    for name in EXPORTERS:
        with pytest.raises(ExportError, match="not a valid notebook"):
            converted(
                name, nbformat.NotebookNode(nbformat=4, nbformat_minor=5, metadata={}, cells=[{"cell_type": "x"}])
            )


def test_a_layout_tag_parts_words_from_exhibits_and_an_unknown_one_is_refused() -> None:
    def notebook(tag: str) -> Any:
        cells = [new_markdown_cell("# P\n## S\n### T\nwords"), shown(image__png=picture("PNG"))]
        cells[1].metadata["tags"] = [tag]
        return new_notebook(cells=cells)

    beside, apart = (
        Presentation(io.BytesIO(converted("deck", notebook(f"layout:{name}"))))
        for name in ("text-and-exhibit", "exhibit")
    )
    assert len(apart.slides) == len(beside.slides) + 1
    with pytest.raises(ExportError, match=r"Cell 2 asks for layout:sideways.*layout:text-and-exhibit"):
        converted("deck", notebook("layout:sideways"))


MIMETYPES = ["text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/svg+xml", "image/gif", "a/b"]
OUTPUTS = st.one_of(
    st.dictionaries(st.sampled_from(MIMETYPES), st.text(max_size=60), max_size=3).map(
        lambda data: new_output("display_data", data)
    ),
    st.text(max_size=80).map(lambda text: new_output("stream", name="stdout", text=text)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(OUTPUTS, max_size=3), st.text(max_size=80))
def test_random_outputs_never_give_a_traceback(outputs: list[Any], words: str) -> None:
    notebook = new_notebook(cells=[new_markdown_cell(words), new_code_cell("x", outputs=outputs)])
    for name in ("deck", "review", "summary"):
        assert file_or_refusal(name, notebook)
