"""The quality paper of the shipped pack, read from its decks: England, and an area with few audits."""

from __future__ import annotations

import re
from pathlib import Path

from pptx import Presentation

PAPER = "quality_audit"


def titles(outputs: Path, area: str) -> list[str]:
    slides = Presentation(str(outputs / area / PAPER / f"{PAPER}.pptx")).slides
    return [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title is not None]


def test_the_nation_s_paper_says_grades_places_and_agreement(outputs: Path) -> None:
    said = " | ".join(titles(outputs, "england"))
    assert re.search(r"\d+% of national audits were good or better in Jul–Sep 2020, \d+% in Apr–Jun 2019", said)
    assert re.search(r"areas? better than England", said)
    assert re.search(r"Moderators kept \d+% of first grades; agreement beyond chance is 0\.\d\d \(kappa\)", said)


def test_what_goes_well_and_what_must_be_better_is_said_of_all_audits_and_of_domestic_abuse(outputs: Path) -> None:
    said = " | ".join(titles(outputs, "england"))
    for title in (
        "Families value our work; we must challenge unsafe orders more",
        "Children’s words and needs are at the heart of our best reports",
        "Show each child’s experience, and why we recommend what we do",
        "We teach, look again, and follow up in every region",
    ):
        assert title in said
    assert re.search(r"review of the case plan: .*than England", said)


def test_an_area_s_paper_has_its_own_grades_and_no_slide_of_what_is_suppressed_alone(outputs: Path) -> None:
    said = titles(outputs, "a7")
    assert any(re.match(r"\d+% of national audits were good or better", title) for title in said)
    assert not any("suppressed" in title or "not available" in title for title in said)
