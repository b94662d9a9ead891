"""A paper on two pages."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_markdown_cell, new_notebook

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import Arrangement
from cafcass_reports.exporters.calculations import APPENDIX
from cafcass_reports.exporters.tree import Block, Quotation, Section, Topic
from cafcass_reports.exporters.two_pages import TwoPagesExporter, render
from tests.exporters.summary_papers import (
    CHART,
    MEASUREMENT,
    bullets,
    elements,
    headings,
    numbers,
    panels,
    paper,
    said,
    scorecard,
    text_of,
    valid,
)

HIGHLIGHTS = paper(
    sections=(
        Section(
            "The year",
            (
                Topic("", (said("We listened."),)),
                Topic("Progress", (numbers(4), said("Most is done: " + "word " * 80), bullets("one", "two", "three"))),
                Topic("Open cases", (CHART, bullets("They rose.", "They will rise."))),
            ),
        ),
        Section("Together", (Topic("", (panels(), panels(Arrangement.TIMELINE), scorecard())),)),
    ),
    measurements=(MEASUREMENT,),
)


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def sizes(content: bytes) -> set[float]:
    """Return the sizes in which the word 'word' is drawn."""
    found: set[float] = set()

    def visit(text: str, _matrix: object, _text_matrix: list[float], _font: object, size: float) -> None:
        if "word" in text:
            found.add(round(size, 1))

    for sheet in reader(content).pages:
        sheet.extract_text(visitor_text=visit)
    return found


def words(count: int, *blocks: Block) -> bytes:
    paragraphs = tuple(said("word " * 50) for _ in range(count // 50))
    return render(paper(*paragraphs, *blocks))


def test_a_paper_of_all_kinds_fits_and_conforms() -> None:
    content = render(HIGHLIGHTS)

    assert len(reader(content).pages) <= 2
    assert valid(content) == []


def test_nothing_that_the_paper_says_is_lost() -> None:
    text = text_of(render(HIGHLIGHTS))

    for part in ("We listened.", "Most is done:", "three", "They will rise.", "0,881", "Panel 3", "Measure 1", "[c]"):
        assert part in text
    assert text.count("word") == 80


def test_the_head_and_the_foot_say_what_the_paper_is() -> None:
    sheets = [sheet.extract_text() for sheet in reader(words(1500)).pages]

    assert sheets[0].startswith("Demonstration organisation")
    for mark in ("Quarter 3", "England", "1 April to 31 December 2020", "Draft"):
        assert mark in sheets[0]
    for number, sheet in enumerate(sheets, 1):
        for mark in ("OFFICIAL", "DRAFT", "Synthetic data", "20 January 2021", f"Page {number} of 2"):
            assert mark in sheet


def test_it_says_where_the_calculations_are_instead_of_giving_them() -> None:
    text = text_of(render(HIGHLIGHTS))

    assert "How each figure was calculated is said in the board paper" in text
    assert APPENDIX not in text.replace("How each figure was calculated is", "")
    assert "is said in the board paper" not in text_of(render(replace(HIGHLIGHTS, measurements=())))


def test_text_is_as_large_as_two_pages_allow() -> None:
    assert sizes(words(600)) == {10.5}
    (smaller,) = sizes(words(1700))
    assert 8.5 <= smaller < 10.5


def test_what_takes_more_than_two_pages_in_the_smallest_text_is_refused() -> None:
    with pytest.raises(ExportError, match=r"'Performance report' takes \d+ pages") as refused:
        words(6000)

    pages = re.search(r"takes (\d+) pages", str(refused.value))
    assert pages is not None
    assert int(pages[1]) > 2
    assert "deck-only" in str(refused.value)


def test_text_is_read_in_its_order_though_it_stands_in_columns() -> None:
    paragraphs = tuple(said(f"paragraph{number} " + "word " * 40) for number in range(6))
    items = bullets(*(f"item{number} " + "word " * 10 for number in range(6)))

    text = text_of(render(paper(*paragraphs, items)))

    found = re.findall(r"paragraph\d|item\d", text)
    assert found == [f"paragraph{number}" for number in range(6)] + [f"item{number}" for number in range(6)]


def test_a_numbered_list_counts_on_in_the_second_column() -> None:
    items = replace(bullets(*("word " * 30 for _ in range(6))), ordered=True)

    text = text_of(render(paper(items)))

    assert [int(number) for number in re.findall(r"(\d)\. word", text)] == [1, 2, 3, 4, 5, 6]


def test_headings_follow_the_paper_without_a_jump() -> None:
    found = [(tag, title) for tag, title in headings(render(HIGHLIGHTS)) if not title.startswith("Panel")]

    assert found == [
        ("/H1", "Performance report"),
        ("/H2", "The year"),
        ("/H3", "Progress"),
        ("/H3", "Open cases"),
        ("/H2", "Together"),
    ]


def test_a_drawing_keeps_its_alternative_text() -> None:
    figures = [attributes["/Alt"] for tag, attributes in elements(render(HIGHLIGHTS)) if tag == "/Figure"]

    assert figures == ["A line that rises from 1 to 2."]


@pytest.mark.parametrize("block", [CHART, numbers(), panels(), scorecard(), bullets("a"), Quotation((said("a"),), "b")])
def test_a_paper_of_one_part_is_drawn(block: Block) -> None:
    for sections in (Section("", (Topic("", (block,)),)), Section("S", (Topic("T", (block,)), Topic("U", ())))):
        assert valid(render(paper(sections=(sections,)))) == []


def test_nbconvert_knows_the_two_pages_by_their_name_and_reads_as_the_summary_does() -> None:
    assert get_exporter("board-two-pages") is TwoPagesExporter
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Paper\n\nKept."),
            new_markdown_cell("Dropped.", metadata={"tags": ["deck-only"]}),
        ]
    )

    content, resources = TwoPagesExporter().from_notebook_node(notebook)

    assert resources["output_extension"] == ".two-pages.pdf"
    assert "Kept." in text_of(content)
    assert "Dropped." not in text_of(content)
