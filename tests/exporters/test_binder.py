"""Papers bound into one PDF."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.calculations import APPENDIX
from cafcass_reports.exporters.summary import render_binder
from cafcass_reports.exporters.tree import Binder, Document, Section, Topic
from tests.exporters.summary_papers import (
    CHART,
    MEASUREMENT,
    PAPER,
    elements,
    headings,
    numbers,
    panels,
    paper,
    said,
    scorecard,
    valid,
)

OTHER = MEASUREMENT.model_copy(update={"measurement": "m2", "title": "Children seen", "metric": "seen"})


def a_paper(title: str, *sections: str, **changes: object) -> Document:
    blocks = (said(f"Text of {title}."), scorecard(), CHART, numbers(), panels())
    made = tuple(Section(section, (Topic("", blocks),)) for section in sections)
    return replace(paper(title=title, sections=made, measurements=(MEASUREMENT.model_copy(),)), **changes)


BINDER = Binder(
    "Board meeting",
    (a_paper("First paper", "Demand", "People"), a_paper("Second paper", "Quality", measurements=(MEASUREMENT, OTHER))),
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return render_binder(BINDER)


@pytest.fixture(scope="module")
def bound(content: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


def first(bound: list[str], title: str) -> int:
    """Return the number of the page, after the contents, that begins with a title."""
    return next(number for number, sheet in enumerate(bound, 1) if number > 1 and sheet.startswith(title))


def test_a_binder_conforms_to_pdf_ua_and_pdf_a(content: bytes) -> None:
    assert valid(content) == []


def test_the_cover_says_what_is_bound_and_its_marks(bound: list[str]) -> None:
    for part in ("Board meeting", "Demonstration organisation", "20 January 2021", "OFFICIAL", "DRAFT", "Synthetic"):
        assert part in bound[0]


def test_the_contents_name_papers_and_sections_with_their_pages(bound: list[str]) -> None:
    named = dict(re.findall(r"^(.+) (\d+)$", bound[0], re.MULTILINE))
    assert "Contents" in bound[0]
    assert int(named["First paper"]) == first(bound, "First paper")
    assert int(named["Second paper"]) == first(bound, "Second paper")
    assert {"Demand", "People", "Quality", APPENDIX} <= named.keys()


def test_each_paper_has_a_page_of_its_own_with_what_it_is_about(bound: list[str]) -> None:
    opening = bound[first(bound, "Second paper") - 1]

    for part in ("England", "1 April to 31 December 2020", "as at 31 December 2020", "Draft", "Text of Second paper."):
        assert part in opening
    assert "Text of First paper." not in opening


def test_pages_count_through_and_name_their_paper(bound: list[str]) -> None:
    second = first(bound, "Second paper")

    for number, sheet in enumerate(bound, 1):
        assert f"Page {number} of {len(bound)}" in sheet
    assert all("First paper" in sheet for sheet in bound[2 : second - 1])
    assert all("Second paper" in sheet for sheet in bound[second - 1 : first(bound, APPENDIX) - 1])


def test_one_appendix_says_each_figure_once(bound: list[str]) -> None:
    appendix = " ".join(" ".join(bound[first(bound, APPENDIX) - 1 :]).split())

    assert appendix.count("Days to allocate") == 1
    assert appendix.count("Children seen") == 1
    assert "As above (" not in appendix
    assert sum(APPENDIX in sheet for sheet in bound) == len(bound[first(bound, APPENDIX) - 1 :]) + 1


def test_bookmarks_lead_to_papers_and_below_them_to_sections(content: bytes) -> None:
    outline = pypdf.PdfReader(io.BytesIO(content)).outline

    papers = [entry.title for entry in outline if not isinstance(entry, list)]
    sections = [[entry.title for entry in below] for below in outline if isinstance(below, list)]
    assert [title for title in papers if title != "Board meeting"] == ["First paper", "Second paper", APPENDIX]
    assert sections == [["Demand", "People"], ["Quality"]]


def test_headings_begin_anew_with_each_paper(content: bytes) -> None:
    found = [(tag, title) for tag, title in headings(content) if not title.startswith("Panel")]

    assert found == [
        ("/H1", "Board meeting"),
        ("/H2", "Contents"),
        ("/H1", "First paper"),
        ("/H2", "Demand"),
        ("/H2", "People"),
        ("/H1", "Second paper"),
        ("/H2", "Quality"),
        ("/H1", APPENDIX),
    ]


def test_pictures_and_tables_of_all_papers_are_told_apart(content: bytes) -> None:
    tags = [tag for tag, _ in elements(content)]

    assert tags.count("/Figure") == 3
    assert tags.count("/Table") == 3 + 1  # the appendix


def test_a_cover_takes_the_most_careful_marks_and_the_latest_date() -> None:
    final = PAPER.model_copy(update={"status": "final", "synthetic": False, "dated": "2021-02-01"})
    reader = pypdf.PdfReader(
        io.BytesIO(render_binder(replace(BINDER, documents=(a_paper("A", "S"), a_paper("B", "T", paper=final)))))
    )

    assert reader.metadata is not None
    assert reader.metadata.creation_date_raw == "D:20210201000000Z"
    cover = reader.pages[0].extract_text()
    assert "1 February 2021" in cover
    assert "DRAFT" in cover
    assert "Synthetic data" in cover


def test_notebooks_that_are_not_ours_are_bound_too() -> None:
    plain = Document("A notebook", None, (Section("", (Topic("", (said("Text."),)),)),))

    assert valid(render_binder(Binder("Notebooks", (plain, plain)))) == []


def test_equal_binders_give_equal_bytes(content: bytes) -> None:
    assert render_binder(BINDER) == content


def test_a_character_that_cannot_be_drawn_is_named_on_the_cover() -> None:
    with pytest.raises(ExportError, match="The cover has characters"):
        render_binder(replace(BINDER, title="会議"))
