"""Text that nobody meant, in every place that takes text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation

from cafcass_reports.exhibits.payload import Cell, Series, SeriesRole, TableSection
from cafcass_reports.exporters.deck import draw, textfit
from cafcass_reports.exporters.tree import ChartBlock, Document, Section, TableBlock, Topic

from . import papers

HOSTILE = {
    "controls": "a\x00b\x0bc\x1bd\ufffe\ud800e",
    "long word": "x" * 300,
    "right to left": "שלום עולם مرحبا بالعالم",
    "emoji": "👩‍👩‍👧‍👦 done ✅",
    "markup": "<a:t>&amp;</a:t> ]]> {{x}} \\ \" ' %s",
    "line breaks": "one\r\ntwo\nthree",
    "very long": "All the words of a sentence that does not end " * 40,
    "spaces": "   \t  ",
}


def hostile_paper(words: str) -> Document:
    paper = papers.PAPER.model_copy(update={"organisation": words, "classification": words, "area": words})
    table = papers.scorecard(title=words).model_copy(
        update={
            "subtitle": words,
            "alt": words,
            "source": words,
            "sections": (TableSection(title=words, rows=((Cell(text=words), Cell(text=words), Cell(text="1")),)),),
        }
    )
    series = (Series(name=words, role=SeriesRole.ACTUAL, values=(1.0, 2.0)),)
    chart = papers.bars(title=words, subtitle=words, alt=words, source=words, categories=(words, "b"), series=series)
    topics = (
        Topic(words, (papers.text(words), papers.bullets(words, words)), (papers.text(words),)),
        Topic(words, (TableBlock(table),)),
        Topic(words, (ChartBlock(chart, ""), papers.bullets(words))),
        Topic(words, (papers.picture(title=words),)),
    )
    return Document(words, paper, (Section(words, topics), Section(words, topics)))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gives_a_valid_deck(words: str, tmp_path: Path, assert_valid_pptx: Any) -> None:
    path = tmp_path / "paper.pptx"
    path.write_bytes(draw(hostile_paper(words)))
    assert_valid_pptx(path)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_leaves_every_slide_a_title_of_its_own(words: str) -> None:
    found = papers.titles(papers.opened(hostile_paper(words)))
    assert all(title.strip() for title in found)
    assert len({title.casefold() for title in found}) == len(found)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_is_higher_than_its_box_or_below_the_slide(words: str) -> None:
    deck = Presentation(io.BytesIO(draw(hostile_paper(words))))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height + 1
            if shape.has_text_frame and shape.text_frame.text and shape.width and not shape.text_frame.text.isdigit():
                assert needed(shape) <= shape.height.pt + 1, (shape.name, shape.text_frame.text[:50])


def needed(shape: Any) -> float:
    """Measure what stands in a text frame from what the file says of it."""
    total = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs if run.font.size), default=11.0)
        margin = int(paragraph._p.pPr.get("marL", 0)) / 12700 if paragraph._p.pPr is not None else 0
        lines = textfit.count_lines(paragraph.text.replace("\v", "\n"), size, shape.width.pt - margin)
        total += lines * size * textfit.LINE + (paragraph.space_after.pt if paragraph.space_after else 0)
    last = shape.text_frame.paragraphs[-1].space_after
    return total - (last.pt if last else 0)
