from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from cafcass_reports.exporters.deck import draw_binder
from cafcass_reports.exporters.tree import Binder, ChartBlock, Document, Section, TableBlock, Topic

from . import geometry, papers
from .papers import PAPER, opened, titles, whole_paper, words


def paper(title: str, sections: int = 2, **changes: Any) -> Document:
    """A paper with its own figures: a chart, then a table on two slides."""
    topics = (
        Topic("Trend", (ChartBlock(papers.trend(title=f"{title}: the trend"), ""), papers.bullets("Why", "So what"))),
        Topic("Detail", (TableBlock(papers.scorecard(30, f"{title}: the detail")),)),
    )
    named = tuple(Section(f"Part {number}", topics) for number in range(1, sections + 1))
    return Document(title, PAPER.model_copy(update=changes), named)


BINDER = Binder(
    "Board meeting, 20 January 2021",
    (whole_paper(), paper("People"), paper("Finance", 4, area="A1", dated="2021-02-01", status="final")),
)


@pytest.fixture(scope="module")
def bound() -> Any:
    return Presentation(io.BytesIO(draw_binder(BINDER)))


def opening(deck: Any, title: str) -> int:
    return titles(deck).index(title)


def contents(deck: Any) -> list[list[Any]]:
    (table,) = [shape.table for shape in deck.slides[1].shapes if shape.has_table]
    return [list(row.cells) for row in list(table.rows)[1:]]


def test_a_binder_opens_with_its_title_and_what_its_papers_say_of_themselves(bound: Any) -> None:
    first = words(bound.slides[0])
    assert bound.slides[0].shapes.title.text == "Board meeting, 20 January 2021"
    for said in ("Cafcass", "1 February 2021", "OFFICIAL", "DRAFT", "Synthetic data", "England, A1"):
        assert said in first


def test_contents_name_every_paper_with_its_first_slide_and_lead_to_it(bound: Any) -> None:
    listed = contents(bound)
    assert [name.text for name, _ in listed] == ["Performance and quality", "People", "Finance"]
    for name, number in listed:
        at = opening(bound, name.text)
        assert number.text == str(at + 1)
        for cell in (name, number):
            (link,) = cell._tc.xpath(".//a:hlinkClick")
            assert link.get("action") == "ppaction://hlinksldjump"
            key = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            assert bound.slides[1].part.related_part(key) is bound.slides[at].part


def test_every_slide_of_every_paper_is_there_in_order_with_all_that_it_shows(bound: Any) -> None:
    singles = [slide for document in BINDER.documents for slide in list(opened(document).slides)]
    agendas = [slide for slide in singles if slide.shapes.title.text == "What this paper covers"]
    assert len(agendas) == 3
    kept = [slide for slide in singles if slide not in agendas[:2]]  # the third paper has more than three sections
    slides = list(bound.slides)[2:]
    assert len(slides) == len(kept)
    for slide, single in zip(slides, kept, strict=True):
        assert _content(slide) == _content(single)


def _content(slide: Any) -> list[str]:
    """All texts of a slide but its title, which a binder may have to tell from another's."""
    shown = [shape for shape in papers.shapes(slide) if shape.name != "Title"]
    said = [shape.text_frame.text for shape in shown if shape.has_text_frame]
    cells = [cell.text for shape in shown if shape.has_table for cell in shape.table.iter_cells()]
    values = [str(tuple(s.values)) for shape in shown if shape.has_chart for s in shape.chart.plots[0].series]
    notes = [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
    return said + cells + values + notes


def test_no_two_slides_have_one_title_and_a_second_one_names_its_paper(bound: Any) -> None:
    found = titles(bound)
    assert len({title.casefold() for title in found}) == len(found)
    assert {"Part 1", "Part 1 (Finance)"} <= set(found)


def test_papers_of_one_title_are_told_apart_by_their_areas() -> None:
    documents = tuple(replace(paper("People", area=area), sections=()) for area in ("England", "A1"))
    deck = Presentation(io.BytesIO(draw_binder(Binder("B", documents))))
    assert titles(deck) == ["B", "Papers and their slides", "People, England", "People, A1"]


def test_contents_name_a_paper_without_what_is_no_text() -> None:
    deck = Presentation(io.BytesIO(draw_binder(Binder("Board", (paper("Peo\x00ple \x1b"), paper("A & B <C>"))))))
    assert [name.text for name, _ in contents(deck)] == ["People", "A & B <C>"]


def test_sections_bear_the_name_of_their_paper_and_hold_every_slide_once(bound: Any) -> None:
    root = bound.part._element
    names = root.xpath(".//*[local-name()='section']/@name")
    assert names[:3] == ["Opening", "Performance and quality", "Performance and quality: How the year has gone"]
    assert "Finance: Part 4" in names
    listed = root.xpath(".//*[local-name()='section']//*[local-name()='sldId']/@id")
    assert listed == [element.get("id") for element in root.sldIdLst]


def test_footers_are_each_papers_own(bound: Any) -> None:
    people, finance = opening(bound, "People"), opening(bound, "Finance")
    assert "OFFICIAL · England · Synthetic data · DRAFT" in words(bound.slides[people + 1])
    assert "OFFICIAL · A1 · Synthetic data" in words(bound.slides[finance + 1])
    assert "DRAFT" not in words(bound.slides[finance + 1])


def test_properties_are_the_binders(bound: Any) -> None:
    properties = bound.core_properties
    assert (properties.title, properties.author) == (BINDER.title, "Cafcass")
    assert properties.created.isoformat()[:10] == "2021-02-01"


def test_a_binder_is_legible_valid_and_the_same_each_time(tmp_path: Path, bound: Any, assert_valid_pptx: Any) -> None:
    geometry.assert_legible(bound, least=12)  # tables of many figures
    path = tmp_path / "binder.pptx"
    path.write_bytes(draw_binder(BINDER))
    assert_valid_pptx(path)
    assert path.read_bytes() == draw_binder(BINDER)


def test_many_papers_with_long_names_are_all_listed() -> None:
    documents = tuple(Document(f"Paper {number} " + "on what we do and why " * 4, None, ()) for number in range(20))
    deck = Presentation(io.BytesIO(draw_binder(Binder("B", documents))))
    geometry.assert_legible(deck)
    listed = [
        (row.cells[0].text, row.cells[1].text)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    pages = len(deck.slides) - 1 - len(documents)
    assert [number for _, number in listed] == [str(at + pages + 2) for at in range(20)]
    assert all(name.startswith(f"Paper {at} ") for at, (name, _) in enumerate(listed))
