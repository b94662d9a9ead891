from __future__ import annotations

from typing import Any

import pytest

from cafcass_reports.exhibits.payload import NumbersPayload
from cafcass_reports.exporters.deck import numbers
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.exporters.tree import Block, NumbersBlock

from . import geometry, papers
from .papers import one_topic, opened, titles

BOX = Box(43, 120, 873, 330)


def tiles_of(slide: Any) -> list[Any]:
    return [shape for group in slide.shapes if group.shape_type == 6 for shape in group.shapes if shape.text_frame.text]


def slide_with(*blocks: Block) -> Any:
    deck = opened(one_topic(*blocks))
    geometry.assert_legible(deck)
    return deck.slides[-1]


@pytest.mark.parametrize("count", range(1, 7))
def test_each_figure_is_one_text_in_the_order_of_the_payload(count: int) -> None:
    slide = slide_with(NumbersBlock(papers.numbers(count)))
    payload = papers.numbers(count)
    said = [shape.text_frame.text.split("\n") for shape in tiles_of(slide)]
    assert [text[:3] for text in said] == [[number.value, number.label, number.basis] for number in payload.numbers]


def test_a_change_has_its_word_arrow_and_number() -> None:
    first, second = tiles_of(slide_with(NumbersBlock(papers.numbers(2))))
    assert first.text_frame.text.endswith("concern ▲ 16.5%")
    assert second.text_frame.text.endswith("improvement ▲ 1.2 points")


@pytest.mark.parametrize("count", range(1, 7))
def test_values_are_large_and_texts_stay_in_their_tiles(count: int) -> None:
    for shape in tiles_of(slide_with(NumbersBlock(papers.numbers(count)))):
        assert shape.text_frame.paragraphs[0].runs[0].font.size.pt >= 36
        assert geometry.text_height(shape.text_frame, shape.width.pt) <= shape.height.pt + 0.1


def test_without_text_the_tiles_fill_the_slide() -> None:
    for count in range(1, 7):
        boxes = [box for _, box in numbers.fill(papers.numbers(count), BOX).tiles]
        assert max(box.left + box.width for box in boxes) == pytest.approx(BOX.left + BOX.width)
        assert max(box.top + box.height for box in boxes) == pytest.approx(BOX.top + BOX.height)


def test_values_side_by_side_begin_at_the_same_height() -> None:
    shapes = tiles_of(slide_with(NumbersBlock(papers.numbers(3))))
    assert len({(shape.top, shape.text_frame.margin_top) for shape in shapes}) == 1


def test_a_text_stands_below_a_row_of_figures() -> None:
    slide = slide_with(NumbersBlock(papers.numbers(4)), papers.bullets("Why", "So what"))
    lowest = max(shape.top + shape.height for shape in tiles_of(slide))
    (words,) = [shape for shape in slide.shapes if shape.name == "Text"]
    assert words.top >= lowest
    order = [shape.name for shape in slide.shapes]
    assert order.index("Text") > order.index(papers.numbers().numbers[-1].label)


def test_a_brief_text_stands_above_many_figures_and_is_read_first() -> None:
    slide = slide_with(NumbersBlock(papers.numbers(6)), papers.text("More children wait."))
    order = [shape.name for shape in slide.shapes]
    assert order.index("Text") < order.index(papers.numbers(6).numbers[0].label)


def test_a_long_text_goes_on_a_slide_of_its_own_and_loses_nothing() -> None:
    said = papers.bullets(
        *[f"Reason {number}: the courts are slow, and have been since the spring" for number in range(9)]
    )
    deck = opened(one_topic(NumbersBlock(papers.numbers(6)), said))
    geometry.assert_legible(deck)
    assert titles(deck)[1:] == ["13,482 children have waited more than half a year", "The topic"]
    assert "Reason 8" in papers.words(deck.slides[-1])


def test_the_message_is_the_title_and_the_source_stands_below() -> None:
    slide = slide_with(NumbersBlock(papers.numbers()))
    assert slide.shapes.title.text == "13,482 children have waited more than half a year"
    assert "Source: Case records." in papers.words(slide)
    assert "14,124" in slide.notes_slide.notes_text_frame.text


def test_numbers_without_a_figure_are_said_in_words() -> None:
    empty = NumbersPayload(title="Waiting", subtitle="", alt="", source="", numbers=())
    assert "Waiting: no figures." in papers.words(slide_with(NumbersBlock(empty)))


def test_absurdly_long_texts_stay_on_the_slide() -> None:
    payload = papers.numbers(6)
    long = payload.numbers[0].model_copy(update={"value": "1" * 60, "label": "word " * 200, "basis": "day " * 99})
    slide_with(NumbersBlock(payload.model_copy(update={"numbers": (long, *payload.numbers[1:])})))
