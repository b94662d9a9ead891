"""The performance scorecard of the shipped pack, read from its decks: England, and an area's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

PAPER = "performance_scorecard"


def tables(outputs: Path, area: str, paper: str = PAPER) -> dict[str, list[list[str]]]:
    """Every table of a deck by its slide's title, the parts of one that goes on joined."""
    found: dict[str, list[list[str]]] = {}
    for slide in Presentation(str(outputs / area / paper / f"{paper}.pptx")).slides:
        title = slide.shapes.title.text_frame.text.split(" (")[0] if slide.shapes.title is not None else ""
        for shape in slide.shapes:
            if shape.has_table:
                found.setdefault(title, []).extend([cell.text for cell in row.cells] for row in shape.table.rows)
    return found


@pytest.mark.parametrize("area", ["england", "a7"])
def test_exceptions_come_first_each_with_its_reason_and_where(outputs: Path, area: str) -> None:
    title, rows = next(iter(tables(outputs, area).items()))
    assert "need attention" in title
    assert rows[0][2] == "Why it needs attention"
    reasons = [row for row in rows if row[2] and row[2] != rows[0][2]]
    assert int(title.split(" of ")[0]) <= len(reasons)
    assert all(row[3] for row in reasons if row[0] != row[2])


@pytest.mark.parametrize(("area", "whole"), [("england", "England"), ("a7", "A7")])
def test_what_areas_or_teams_added_makes_up_the_change(outputs: Path, area: str, whole: str) -> None:
    rows = next(rows for title, rows in tables(outputs, area).items() if title.startswith("Open cases rose"))
    added = {row[0]: int(row[3].replace(",", "").replace("\N{MINUS SIGN}", "-")) for row in rows[1:]}
    total = added.pop(f"{whole}, all together")
    assert sum(added.values()) == total != 0


def test_an_area_stands_beside_england_and_shows_nothing_that_it_has_not(outputs: Path) -> None:
    own = tables(outputs, "a7")
    beside = next(rows for title, rows in own.items() if title.startswith("A7 against England"))
    assert beside[0][1:4] == ["Your area, A7", "Likely range", "England"]
    assert "not available" not in str(own)
