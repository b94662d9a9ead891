from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.exhibits.payload import Arrangement
from cafcass_reports.exporters.deck import panels
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.exporters.tree import Block, PanelsBlock, PanelText

from . import geometry, papers
from .papers import one_topic, opened, titles

BOX = Box(43, 120, 873, 330)
MANY = (
    [(Arrangement.QUADRANTS, 4)]
    + [(Arrangement.PILLARS, count) for count in range(2, 6)]
    + [(Arrangement.TIMELINE, count) for count in (2, 5, 8)]
)


def deck_of(*blocks: Block) -> Any:
    deck = opened(one_topic(*blocks))
    geometry.assert_legible(deck)
    return deck


def groups(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.shape_type == 6]


def texts(group: Any) -> list[Any]:
    return [shape for shape in group.shapes if shape.text_frame.text]


@pytest.mark.parametrize("length", ["short", "middle", "long"])
@pytest.mark.parametrize(("arrangement", "count"), MANY)
def test_every_panel_is_there_once_in_order_and_holds_its_text(
    arrangement: Arrangement, count: int, length: str
) -> None:
    block = papers.panels(arrangement, count, length, items=1)
    found = [group for slide in deck_of(block).slides for group in groups(slide)]
    assert [texts(group)[0].text_frame.text for group in found] == [panel.title for panel in block.texts]
    for group, panel in zip(found, block.texts, strict=True):
        said = texts(group)[1].text_frame.text.split("\n")
        assert said[0] == "".join(run.text for run in panel.blocks[0].runs)
        assert said[1:] == ["New letters for children", "Feedback in half of all audits", "A listening post"]
        for shape in texts(group):
            assert geometry.text_height(shape.text_frame, shape.width.pt) <= shape.height.pt + 0.1


@pytest.mark.parametrize(("arrangement", "count"), MANY)
def test_all_texts_of_a_slide_are_of_one_size(arrangement: Arrangement, count: int) -> None:
    for slide in list(deck_of(papers.panels(arrangement, count)).slides)[1:]:
        assert len({size for group in groups(slide) for size in geometry.sizes(texts(group)[1])}) == 1


def test_quadrants_stand_two_by_two_with_equal_boxes() -> None:
    (part,) = panels.fit(papers.panels(Arrangement.QUADRANTS, 4, "short"), BOX)
    boxes = [panel.box for panel in part.panels]
    assert len({box.left for box in boxes}) == len({box.top for box in boxes}) == 2
    assert len({(box.width, box.height) for box in boxes}) == 1
    assert boxes[1].left > boxes[0].left
    assert boxes[2].top > boxes[0].top


def test_pillars_stand_side_by_side_and_their_texts_begin_level() -> None:
    (part,) = panels.fit(papers.panels(Arrangement.PILLARS, 3), BOX)
    assert len({(panel.box.top, panel.box.height) for panel in part.panels}) == 1
    assert [panel.box.left for panel in part.panels] == sorted({panel.box.left for panel in part.panels})


def test_a_timeline_runs_along_the_slide_where_its_texts_fill_it_and_else_down_it() -> None:
    (along,) = panels.fit(papers.panels(Arrangement.TIMELINE, 4, "middle"), BOX)
    assert along.line
    assert along.line.width > along.line.height
    assert all(panel.head.top < panel.mark.top < panel.box.top for panel in along.panels if panel.mark)
    for count, length in ((3, "short"), (3, "long")):  # hollow, and too long to stand side by side
        (down,) = panels.fit(papers.panels(Arrangement.TIMELINE, count, length), BOX)
        assert down.line
        assert down.line.height > down.line.width
        assert [panel.head.top for panel in down.panels] == sorted({panel.head.top for panel in down.panels})


def test_pillars_of_few_words_become_rows_and_lists_stay_side_by_side() -> None:
    (rows,) = panels.fit(papers.panels(Arrangement.PILLARS, 3, "short"), BOX)
    assert len({panel.head.left for panel in rows.panels}) == 1
    assert all(panel.head.top == panel.box.top and panel.head.left < panel.box.left for panel in rows.panels)
    (listed,) = panels.fit(papers.panels(Arrangement.PILLARS, 3, "short", items=1), BOX)
    assert len({panel.head.top for panel in listed.panels}) == 1


@pytest.mark.parametrize("length", ["short", "middle", "long"])
@pytest.mark.parametrize(("arrangement", "count"), MANY)
def test_no_text_is_smaller_than_16_points(arrangement: Arrangement, count: int, length: str) -> None:
    parts = panels.fit(papers.panels(arrangement, count, length, items=1), BOX)
    assert min(panel.text.size for part in parts for panel in part.panels) >= 16


def test_short_texts_are_large_and_fill_most_of_the_slide() -> None:
    for arrangement, count in ((Arrangement.QUADRANTS, 4), (Arrangement.PILLARS, 2), (Arrangement.TIMELINE, 4)):
        (part,) = panels.fit(papers.panels(arrangement, count, "short"), BOX)
        assert min(panel.text.size for panel in part.panels) >= 20
        lowest = max(panel.box.top + panel.box.height for panel in part.panels)
        assert lowest - BOX.top >= 0.7 * BOX.height


def test_panels_that_are_too_full_go_on_over_numbered_slides_two_by_two() -> None:
    deck = deck_of(papers.panels(Arrangement.QUADRANTS, 4, "long", items=1))
    title = "Four principles hold our framework together"
    assert titles(deck)[1:] == [f"{title} (1 of 2)", f"{title} (2 of 2)"]
    assert [len(groups(slide)) for slide in deck.slides] == [0, 2, 2]


def test_a_panel_that_is_too_full_for_a_slide_goes_on_and_loses_nothing() -> None:
    words = [f"word{number}" for number in range(900)]
    text = PanelText("Long", (papers.text(" ".join(words)),))
    block = papers.panels(Arrangement.PILLARS, 2)
    deck = deck_of(PanelsBlock(block.panels, (text, block.texts[1])))
    said = " ".join(papers.words(slide) for slide in deck.slides).split()
    assert [word for word in said if word.startswith("word")] == words
    assert "Long (continued)" in papers.words(deck.slides[2])


def test_bold_runs_and_lists_are_kept() -> None:
    group = groups(deck_of(papers.panels(Arrangement.PILLARS, 2, items=1)).slides[-1])[0]
    first, *items = texts(group)[1].text_frame.paragraphs
    assert [bool(run.font.bold) for run in first.runs] == [True, False]
    assert all(item._p.pPr.find("{*}buChar") is not None for item in items)


def test_the_message_is_the_title_and_the_topics_heading_the_kicker() -> None:
    slide = deck_of(papers.panels(Arrangement.QUADRANTS, 4)).slides[-1]
    assert slide.shapes.title.text == "Four principles hold our framework together"
    assert "The section · The topic" in papers.words(slide)


def test_a_brief_text_stands_above_panels_and_a_long_one_on_its_own_slide() -> None:
    block = papers.panels(Arrangement.PILLARS, 3, "short")
    slide = deck_of(block, papers.text("What holds us together.")).slides[-1]
    order = [shape.name for shape in slide.shapes]
    assert order.index("Text") < order.index("Strengths and risks")
    deck = deck_of(block, papers.bullets(*["Why this is so, and what it means for children"] * 8))
    assert titles(deck)[1:] == ["Four principles hold our framework together", "The topic"]


def test_a_topics_text_stands_with_its_chart_and_not_with_its_panels() -> None:
    chart = papers.ChartBlock(papers.trend(), "")
    deck = deck_of(papers.panels(Arrangement.PILLARS, 3), chart, papers.bullets("Why", "So what"))
    assert ["Why" in papers.words(slide) for slide in deck.slides] == [False, False, True]


WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30), max_size=60).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MANY), st.data())
def test_no_panel_is_larger_than_its_place_and_no_word_is_lost(
    given_: tuple[Arrangement, int], data: st.DataObject
) -> None:
    arrangement, count = given_
    said = data.draw(st.lists(WORDS, min_size=count, max_size=count))
    block = papers.panels(arrangement, count)
    texts = tuple(PanelText(f"Panel {at}", (papers.text(text),)) for at, text in enumerate(said))
    parts = panels.fit(PanelsBlock(block.panels, texts), BOX)
    shown = "".join(line.text for part in parts for panel in part.panels for line in panel.text.lines)
    assert shown == "".join(text for text in said if text.strip())
    for panel in (panel for part in parts for panel in part.panels):
        for box in (panel.head, panel.box):
            assert box.left >= BOX.left - 0.01
            assert box.left + box.width <= BOX.left + BOX.width + 0.01
            assert box.top >= BOX.top
            assert box.top + box.height <= BOX.top + BOX.height + 0.01
        assert panel.text.height(panel.box.width) <= panel.box.height + 0.01
