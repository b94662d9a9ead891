"""The paper on demand, for England and for an area: what is national says so, what is local stands beside England."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from .test_performance_scorecard import tables

PAPER = "demand_pressures"


def sentences(outputs: Path, area: str) -> list[str]:
    """Every paragraph of a deck's slides and notes."""
    slides = Presentation(str(outputs / area / PAPER / f"{PAPER}.pptx")).slides
    frames = [shape.text_frame for slide in slides for shape in slide.shapes if shape.has_text_frame]
    frames += [slide.notes_slide.notes_text_frame for slide in slides if slide.has_notes_slide]
    return [paragraph.text for frame in frames for paragraph in frame.paragraphs]


def test_an_area_s_demand_stands_beside_england_with_likely_ranges(outputs: Path) -> None:
    rows = next(rows for title, rows in tables(outputs, "a7", PAPER).items() if title.startswith("A7 against England"))
    assert rows[0][1:4] == ["Your area, A7", "Likely range", "England"]
    shares = [row for row in rows if row[0].startswith("KPI 1")]
    assert shares
    assert all(" to " in row[2] for row in shares)


@pytest.mark.parametrize("said", ["The busiest December on record", "of qualified staff more than 20"])
def test_what_is_said_of_england_is_the_same_in_an_area_s_paper_and_names_england(outputs: Path, said: str) -> None:
    (national,) = {sentence for sentence in sentences(outputs, "england") if said in sentence}
    (local,) = {sentence for sentence in sentences(outputs, "a7") if said in sentence}
    assert local == national
    assert "in England" in local or local.startswith("In England")
