from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.util import Pt

from cafcass_reports.exporters.deck import body, textfit
from cafcass_reports.exporters.deck.body import Line, Marker
from cafcass_reports.exporters.tree import ListBlock, ListItem, Preformatted, Quotation, Run

from . import geometry, papers
from .papers import one_topic, opened, titles

SIZES = (24, 20, 18, 16)
WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40), max_size=40).map(" ".join)


def test_a_list_within_a_list_is_indented_beneath_its_item() -> None:
    block = ListBlock((ListItem((Run("a"),), (ListItem((Run("b"),)),)), ListItem((Run("c"),))), ordered=True)
    found = body.lines((block,))
    assert [(line.text, line.marker, line.level, line.number) for line in found] == [
        ("a", Marker.NUMBER, 0, 1),
        ("b", Marker.BULLET, 1, 1),
        ("c", Marker.NUMBER, 0, 2),
    ]


def test_printed_text_keeps_its_lines() -> None:
    assert [line.text for line in body.lines((Preformatted("a\nb"),))] == ["a", "b"]


def test_short_text_is_large_and_long_text_small() -> None:
    short = body.fit(body.lines((papers.bullets("One", "Two"),)), 800, 300, SIZES)
    assert [part.size for part in short] == [24]
    long = body.fit(body.lines((papers.bullets(*["word " * 20] * 7),)), 800, 350, SIZES)
    assert long[0].size < 20


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.floats(60, 900), st.floats(60, 400))
def test_text_that_is_split_fits_its_boxes_and_loses_nothing(texts: list[str], room: float, height: float) -> None:
    lines = tuple(Line((Run(text),), Marker.BULLET) for text in texts)
    parts = body.fit(lines, room, height, SIZES)
    assert all(part.height(room) <= height + 0.01 for part in parts)
    assert all(part.size >= 16 for part in parts)
    assert "".join(line.text for part in parts for line in part.lines) == "".join(texts)


@given(WORDS, st.floats(-10, 900), st.integers(1, 3))
def test_a_shortened_text_takes_no_more_lines_than_allowed(text: str, room: float, allowed: int) -> None:
    short = body.shorten(text, 20, room, allowed)
    assert short == "…" or textfit.count_lines(short, 20, room) <= allowed


def test_a_long_text_goes_on_over_numbered_slides_with_every_word() -> None:
    words = [f"word{number}" for number in range(900)]
    deck = opened(one_topic(papers.text(" ".join(words))))
    pages = list(deck.slides)[1:]
    assert titles(deck)[1:] == [f"The topic ({n} of {len(pages)})" for n in range(1, len(pages) + 1)]
    said = " ".join(papers.words(page) for page in pages).split()
    assert [word for word in said if word.startswith("word")] == words


def test_styles_and_links_of_a_run_are_kept_and_a_link_to_nowhere_is_not() -> None:
    block = papers.Paragraph(
        (Run("bold", bold=True), Run("site", link="https://example.org/a b"), Run("bad", link="file:///c"))
    )
    slide = opened(one_topic(block)).slides[-1]
    runs = {run.text: run for shape in slide.placeholders for p in shape.text_frame.paragraphs for run in p.runs}
    assert runs["bold"].font.bold
    assert runs["site"].hyperlink.address == "https://example.org/a%20b"
    assert runs["bad"].hyperlink.address is None


def test_text_read_from_the_right_is_marked_so() -> None:
    slide = opened(one_topic(papers.text("שלום"), papers.text("left"))).slides[-1]
    marked = {
        paragraph.text: paragraph._p.pPr.get("rtl")
        for shape in slide.placeholders
        for paragraph in shape.text_frame.paragraphs
        if paragraph._p.pPr is not None
    }
    assert marked["שלום"] == "1"
    assert marked["left"] is None


def test_a_quotation_alone_is_a_slide_of_large_words_with_a_rule_and_its_speaker() -> None:
    slide = opened(one_topic(papers.quotation())).slides[-1]
    (words,) = [shape for shape in slide.shapes if shape.name == "Text"]
    said, speaker = words.text_frame.paragraphs
    assert said.text == "“My worker listened, and told the judge what I had said.”"
    assert speaker.text == "– A girl of twelve, in the survey of May 2020"
    assert said.runs[0].font.size.pt >= 28 > speaker.runs[0].font.size.pt >= 16
    (rule,) = [shape for shape in slide.shapes if shape.name == "Rule"]
    assert (rule.top, rule.height) == (words.top, words.height)


def test_a_quotation_within_a_text_is_set_apart_and_followed_by_its_speaker() -> None:
    slide = opened(one_topic(papers.text("They say:"), papers.quotation(), papers.text("We listen."))).slides[-1]
    (words,) = [shape for shape in slide.shapes if shape.name == "Text"]
    before, said, speaker, after = words.text_frame.paragraphs
    margins = [int(paragraph._p.pPr.get("marL")) for paragraph in (before, said, speaker, after)]
    assert margins[0] == margins[3] == 0 < margins[1] == margins[2]
    assert all(run.font.italic for run in said.runs)
    assert not any(run.font.italic for run in speaker.runs)
    assert not any(shape.name == "Rule" for shape in slide.shapes)


def test_a_quotation_whose_speaker_the_text_names_has_no_marks_added() -> None:
    found = body.lines((Quotation((papers.text("We listen."),)),))
    assert [line.text for line in found] == ["We listen."]


def test_a_long_quotation_goes_on_and_loses_nothing() -> None:
    words = [f"word{number}" for number in range(500)]
    deck = opened(one_topic(papers.quotation(" ".join(words))))
    geometry.assert_legible(deck)
    said = " ".join(papers.words(page) for page in deck.slides).replace("“", "").replace("”", "").split()
    assert [word for word in said if word.startswith("word")] == words


def test_three_bullets_alone_on_a_slide_are_set_large() -> None:
    items = ("Children first. In every room somebody asked how a child would notice it. " * 2,) * 3
    (slide,) = list(opened(one_topic(papers.bullets(*items))).slides)[1:]
    said = next(shape for shape in slide.placeholders if shape.has_text_frame and "Children" in shape.text_frame.text)
    assert min(run.font.size for each in said.text_frame.paragraphs for run in each.runs) >= Pt(26)
