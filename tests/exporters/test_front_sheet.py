"""The front sheet of a board paper, and the box of what changed since the pack before."""

import io
import re
from dataclasses import replace

import pypdf

from cafcass_reports.exhibits.payload import PreviousPayload, Provenance, Since
from cafcass_reports.exporters import two_pages
from cafcass_reports.exporters.summary import render, render_binder
from cafcass_reports.exporters.tree import Binder, Document, ListBlock, ListItem, Run, Section, Topic
from tests.exporters.summary_papers import MEASUREMENT, PAPER, headings, paper, said, text_of, valid

ASKED = ListBlock((ListItem((Run("Note"), Run(" that children wait."))), ListItem((Run("Agree the plan."),))), True)
BEFORE = PreviousPayload(called="last quarter", about="October (April to September 2020, as at 1 October 2020)")
TITLE = "What changed since last quarter"


def moved(name: str, size: float, area: str = "England") -> Provenance:
    since = Since(measurement=f"{name}.before", value="1.0", said=f"{name} rose by {size:g}%.", size=size)
    return MEASUREMENT.model_copy(update={"measurement": name, "area": area, "since": since})


def submitted(*figures: Provenance) -> Document:
    about = PAPER.model_copy(
        update={"author": "Director of operations", "purpose": "To say who waits.", "previous": BEFORE}
    )
    closing = Section("Decision", (Topic("What the board is asked to do", (ASKED,)),))
    shown = (Section("Demand", (Topic("", (said("Text."),)),)), closing)
    return paper(paper=about, sections=shown, measurements=figures)


def first_page(content: bytes) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


def test_the_front_sheet_says_why_who_when_and_what_is_asked() -> None:
    content = render(submitted())

    front = first_page(content).split("Demand")[0]
    said_there = ("Quarter 3", "20 January 2021", "Director of operations", "OFFICIAL", "Draft", "To say who waits.")
    for part in (*said_there, "The board is asked to", "1. Note that children wait.", "2. Agree the plan."):
        assert part in front
    assert valid(content) == []


def test_a_day_on_the_front_sheet_stays_on_one_line_and_a_period_begins_with_a_capital() -> None:
    about = PAPER.model_copy(
        update={"pack_title": "Public Board, 20 January 2021", "period": "week to 15 January 2021"}
    )

    lines = pypdf.PdfReader(io.BytesIO(render(paper(paper=about)))).pages[0].extract_text().replace("\xa0", " ")

    assert "Public Board, 20\n" not in lines
    assert "Week to" in lines
    assert lines.count("15 January 2021") == 1


def test_a_list_that_does_not_end_the_paper_is_no_decision() -> None:
    document = submitted()
    after = Section("Later", (Topic("", (said("More text."),)),))

    assert "The board is asked to" not in text_of(render(replace(document, sections=(*document.sections, after))))


def test_the_box_names_the_six_figures_that_moved_most_the_furthest_first() -> None:
    content = render(submitted(*(moved(f"Figure {name}", size) for size, name in enumerate("abcdefgh", start=1))))

    front = first_page(content)
    assert re.findall(r"Figure (\w) rose", front) == list("hgfedc")
    assert BEFORE.about in front
    assert valid(content) == []


def test_the_box_has_a_heading_and_a_bookmark() -> None:
    content = render(submitted(moved("Open cases", 2.0)))

    assert ("/H2", TITLE) in headings(content)
    assert TITLE in str(pypdf.PdfReader(io.BytesIO(content)).outline)


def test_a_figure_of_a_part_of_the_area_is_no_news_of_the_paper() -> None:
    assert TITLE not in text_of(render(submitted(moved("Open cases", 2.0, area="A1"))))


def test_without_a_pack_before_or_a_move_there_is_no_box() -> None:
    first = submitted(moved("Open cases", 2.0))
    assert first.paper is not None
    alone = replace(first, paper=first.paper.model_copy(update={"previous": None}))

    for document in (submitted(), submitted(MEASUREMENT), alone):
        assert "What changed" not in text_of(render(document))


def test_papers_in_a_binder_keep_purpose_decision_and_box() -> None:
    text = text_of(render_binder(Binder("Papers", (submitted(moved("Open cases", 2.0)),) * 2)))

    for part in ("To say who waits.", "The board is asked to", "Open cases rose by 2%."):
        assert text.count(part) == 2


def test_two_pages_have_the_box_where_it_fits_and_leave_it_out_before_they_are_too_many() -> None:
    document = submitted(*(moved(f"Figure {name}", 2.0) for name in "abcdef"))
    found = []
    for paragraphs in (4, 20):
        words = tuple(said("word " * 120 + "end.") for _ in range(paragraphs))
        found.append(two_pages.render(replace(document, sections=(Section("Demand", (Topic("", words),)),))))

    assert [TITLE in text_of(content) for content in found] == [True, False]
    assert all(len(pypdf.PdfReader(io.BytesIO(content)).pages) <= 2 for content in found)
