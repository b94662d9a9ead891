from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import Arrangement
from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.deck.story import FOR_CHECKING
from cafcass_reports.exporters.tree import ChartBlock, Document, NumbersBlock, Section, TableBlock, Topic

from . import geometry, papers
from .papers import PAPER, one_topic, opened, titles, whole_paper, words

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def parts(deck: bytes, folder: str) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith(folder) and name.endswith(".xml")
        }


def test_a_whole_paper_is_valid_to_the_open_xml_audit(tmp_path: Path, assert_valid_pptx: Any) -> None:
    path = tmp_path / "paper.pptx"
    path.write_bytes(draw(whole_paper()))
    assert_valid_pptx(path)


def test_a_paper_with_every_kind_of_exhibit_is_valid_and_legible(tmp_path: Path, assert_valid_pptx: Any) -> None:
    blocks = (
        NumbersBlock(papers.numbers(5)),
        papers.panels(Arrangement.QUADRANTS, 4),
        papers.panels(Arrangement.TIMELINE, 6),
        TableBlock(papers.tracker(5)),
        ChartBlock(papers.areas(), ""),
        papers.text("What all this means."),
    )
    document = Document("P", PAPER, (Section("S", (Topic("T", blocks), Topic("Said", (papers.quotation(),)))),))
    path = tmp_path / "paper.pptx"
    path.write_bytes(draw(document))
    assert_valid_pptx(path)
    geometry.assert_legible(opened(document))
    geometry.assert_legible(opened(whole_paper()))


def test_titles_of_content_slides_are_at_one_place_and_of_one_size() -> None:
    topics = (
        Topic("Figures", (NumbersBlock(papers.numbers()),)),
        Topic("Parts", (papers.panels(Arrangement.PILLARS, 3),)),
        Topic("Reviews", (TableBlock(papers.tracker(8)),)),
        Topic("Said", (papers.quotation(),)),
        Topic("Areas", (ChartBlock(papers.areas(), ""), papers.bullets("Why"))),
        Topic("Text", (papers.text("a"),)),
    )
    slides = list(opened(Document("P", PAPER, (Section("S", topics),))).slides)[1:]
    heads = [slide.shapes.title for slide in slides]
    assert len({(head.left, head.top, geometry.sizes(head)[0]) for head in heads}) == 1


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert draw(whole_paper()) == draw(whole_paper())


def test_no_time_of_making_stands_in_the_deck_or_in_its_workbooks() -> None:
    with zipfile.ZipFile(io.BytesIO(draw(one_topic(ChartBlock(papers.trend(), ""))))) as deck:
        assert {entry.date_time for entry in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2021-01-20T00:00:00Z" in deck.read("docProps/core.xml")
        (book,) = [name for name in deck.namelist() if name.endswith(".xlsx")]
        with zipfile.ZipFile(io.BytesIO(deck.read(book))) as workbook:
            assert b">2021-01-20T00:00:00Z<" in workbook.read("docProps/core.xml")


def test_every_slide_has_a_title_and_no_two_have_the_same() -> None:
    section = Section("Same", (Topic("Same", (papers.text("a"),)), Topic("Same", (papers.text("b"),))))
    found = titles(opened(Document("Same", None, (section,))))
    assert all(found)
    assert len({title.casefold() for title in found}) == len(found) == 3


def test_every_run_says_that_it_is_british_english() -> None:
    deck = draw(whole_paper())
    roots = {**parts(deck, "ppt/slides/"), **parts(deck, "ppt/charts/"), **parts(deck, "ppt/notesSlides/")}
    for name, root in roots.items():
        properties = list(root.iter(f"{A}rPr", f"{A}endParaRPr", f"{A}defRPr"))
        assert properties
        assert {element.get("lang") for element in properties} == {"en-GB"}, name
        assert all(run.find(f"{A}rPr") is not None for run in root.iter(f"{A}r"))


def test_every_exhibit_has_its_alt_text() -> None:
    described = [
        shape._element.xpath(".//p:cNvPr/@descr")
        for slide in opened(whole_paper()).slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == 13
    ]
    assert len(described) == 6
    assert ["Line chart of open cases by month."] in described
    assert all(alt and alt[0] for alt in described)


def test_notes_say_where_the_figures_come_from_and_what_the_speaker_adds() -> None:
    share = papers.provenance("kpi_1").model_copy(
        update={"title": "KPI 1", "value": "99.5%", "numerator": "8,819", "denominator": "8,863"}
    )
    table = papers.scorecard().model_copy(update={"measurements": (papers.provenance(), share)})
    topic = one_topic(TableBlock(table), notes=(papers.text("Thank the teams."),))
    notes = opened(topic).slides[-1].notes_slide.notes_text_frame.text
    assert notes.split("\n") == [
        "Shown: Board scorecard, England.",
        "Thank the teams.",
        "* on the day",
        "Open public law cases: 14,124. cases extract.",
        "KPI 1: 99.5% (8,819 of 8,863). cases extract.",
        "",
        FOR_CHECKING,
        "public_open",
        "kpi_1",
    ]


def test_notes_say_where_the_figures_in_a_text_come_from() -> None:
    topic = Topic("The numbers", (papers.text("14,124 cases are open."),), measurements=(papers.provenance(),))
    slide = opened(Document("P", PAPER, (Section("S", (topic,)),))).slides[-1]
    assert "Open public law cases: 14,124. cases extract." in slide.notes_slide.notes_text_frame.text


def test_every_slide_of_an_exhibit_that_needs_several_has_its_notes() -> None:
    words = papers.bullets(*["Why the figures are what they are. " * 6] * 12)
    for block in (TableBlock(papers.scorecard(60)), ChartBlock(papers.trend(), "")):
        slides = list(opened(one_topic(block, words)).slides)[1:]
        assert len(slides) > 2
        assert slides[-1].shapes.title.text.startswith("The topic (")
        assert all("14,124" in slide.notes_slide.notes_text_frame.text for slide in slides)


def test_a_figure_of_the_chart_is_not_said_again_for_the_text_beside_it() -> None:
    blocks = (ChartBlock(papers.trend(), ""), papers.text("14,124 cases are open."))
    other = papers.provenance("other").model_copy(update={"title": "Another figure"})
    topic = Topic("The numbers", blocks, measurements=(papers.provenance(), other))
    notes = opened(Document("P", PAPER, (Section("S", (topic,)),))).slides[-1].notes_slide.notes_text_frame.text
    assert notes.count("Open public law cases: 14,124") == 1
    assert "Another figure" in notes


def test_the_source_stands_on_the_slide_and_says_that_it_is_one() -> None:
    slide = opened(one_topic(TableBlock(papers.scorecard()))).slides[-1]
    assert "\n* on the day\nSource: cases extract.\n" in words(slide)


def test_every_slide_but_the_first_has_classification_marks_and_number() -> None:
    for slide in list(opened(whole_paper()).slides)[1:]:
        assert "OFFICIAL · England · Synthetic data · DRAFT" in words(slide)
        assert slide._element.xpath(".//a:fld[@type='slidenum']")


def test_a_final_paper_bears_no_draft_mark() -> None:
    final = PAPER.model_copy(update={"status": "final", "synthetic": False})
    deck = opened(Document("P", final, (Section("S", (Topic("T", (papers.text("a"),)),)),)))
    assert not any("DRAFT" in words(slide) or "Synthetic" in words(slide) for slide in deck.slides)


def test_no_placeholder_is_left_empty() -> None:
    for slide in opened(whole_paper()).slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_a_slide_is_read_title_first_then_exhibit_then_text_then_source() -> None:
    slide = opened(one_topic(ChartBlock(papers.trend(), ""), papers.bullets("Why"))).slides[-1]
    order = [shape.name for shape in slide.shapes]
    expected = ["Title", "Kicker", "Subtitle", f"chart {papers.trend().measurements[0].measurement}", "Text", "Source"]
    assert order[: len(expected)] == expected


def test_shape_ids_are_unique_on_every_slide() -> None:
    for slide in opened(whole_paper()).slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_powerpoint_sections_hold_every_slide_once() -> None:
    deck = opened(whole_paper())
    root = deck.part._element
    listed = root.xpath(".//*[local-name()='section']//*[local-name()='sldId']/@id")
    assert listed == [element.get("id") for element in root.sldIdLst]
    names = root.xpath(".//*[local-name()='section']/@name")
    assert names == ["Opening", "How the year has gone", "Demand", "Decisions"]


def test_properties_come_from_the_paper() -> None:
    properties = opened(whole_paper()).core_properties
    assert (properties.title, properties.author) == ("Performance and quality", "Cafcass")
    assert properties.created.isoformat()[:10] == "2021-01-20"
    assert properties.comments == ""


def test_extended_properties_are_those_of_this_deck() -> None:
    deck = draw(whole_paper())
    (root,) = parts(deck, "docProps/app").values()
    said = {etree.QName(element).localname: element.text for element in root}
    assert said["Slides"] == str(len(opened(whole_paper()).slides))
    assert said["PresentationFormat"] == "Widescreen"
    assert "Macintosh" not in etree.tostring(root).decode()


def test_a_date_that_is_none_is_named_in_the_error() -> None:
    wrong = PAPER.model_copy(update={"dated": "20/01/2021"})
    with pytest.raises(ExportError, match="20/01/2021"):
        draw(Document("P", wrong, ()))


def test_a_notebook_that_is_not_ours_and_an_empty_one_give_a_deck() -> None:
    assert titles(opened(Document("", None, ()))) == ["Untitled paper"]
    assert titles(opened(Document("P", None, (Section("", (Topic("", (papers.text("a"),)),)),)))) == ["P", "P (2)"]


def test_the_document_is_not_changed() -> None:
    document = whole_paper()
    draw(document)
    assert document == whole_paper()
