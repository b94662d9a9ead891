"""The papers made from what people keep by hand: what a board member must find in them, for England and an area."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from cafcass_reports.checks.findings import Report

FOR_AREAS = ("strategy_progress", "improvement_plan")
PAPERS = (*FOR_AREAS, "family_feedback")


def words(outputs: Path, paper: str, area: str = "england") -> str:
    """Everything that a paper's PDF says."""
    pages = pypdf.PdfReader(outputs / area / paper / f"{paper}.pdf").pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("paper", PAPERS)
def test_the_deck_ends_with_what_it_asks(outputs: Path, paper: str) -> None:
    last = [*Presentation(str(outputs / "england" / paper / f"{paper}.pptx")).slides][-1]
    said = [shape.text_frame.text for shape in last.shapes if shape.has_text_frame]
    assert "What we ask" in said


def test_the_strategy_is_shown_by_pillar_with_a_status_by_rule_and_what_is_off_track(outputs: Path) -> None:
    said = words(outputs, "strategy_progress")
    for fact in ("19 of 34 milestones are reached; 4 at risk", "Practice", "People", "Partners", "□ At risk",
                 "● Complete", "8 weeks later", "Now expected in November 2021", "56 of 64 teams reviewed the strategy",
                 "15 of 34 milestones lie ahead; the next is due in February 2021", "3 of 6 strategic risks are high",
                 "■ High: 20", "up from 12"):  # fmt: skip
        assert fact in said


def test_reflections_and_the_plan_say_what_was_found_who_answers_and_what_is_measured(outputs: Path) -> None:
    said = words(outputs, "improvement_plan")
    for fact in ("6 of 8 areas of practice reflection are complete", "Unregulated and unregistered placements",
                 "A plan for 12 areas of practice; 4 have a figure today", "12. Feedback that visibly shapes practice",
                 "Head of practice", "+3.2 points", "up 3.2 points in a year", "No figure yet", "Complete: July 2020",
                 "In progress: April 2020 to December 2020"):  # fmt: skip
        assert fact in said


def test_feedback_is_that_of_the_survey_with_intervals_and_what_was_done(outputs: Path) -> None:
    said = words(outputs, "family_feedback")
    for fact in ("186", "90 of 100 83% to 94%", "8.8", "Children who would rather meet remotely", "mystery callers",
                 "May 2020", "calm music", "Half of all quality audits", "listening post", "New letters",
                 "Working days to answer a complaint"):  # fmt: skip
        assert fact in said


def test_an_area_sees_its_own_teams_and_figures_beside_england(outputs: Path) -> None:
    strategy, plan = (words(outputs, paper, "a7") for paper in FOR_AREAS)
    assert "3 of 4 teams reviewed the strategy" in strategy
    assert "A7-T1" in strategy
    assert "A8-T1" not in strategy
    assert "A7 England Owner" in plan
    assert not (outputs / "a7" / "family_feedback").exists()


def test_nothing_is_found_in_what_these_papers_say_and_how_they_are_made(outputs: Path) -> None:
    report = Report.from_dict(json.loads((outputs / "checks.json").read_text(encoding="utf-8")))
    assert [found for found in report.findings if found.place.paper in PAPERS] == []
