from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from cafcass_reports.checks.accessibility import examine
from tests.checks.accessibility import papers
from tests.checks.accessibility_sabotage import decks, documents, pages
from tests.checks.accessibility_sabotage.faults import Kinds

FORMATS: dict[str, tuple[Kinds[Any], Callable[[], bytes], int]] = {
    "deck.pptx": (decks.KINDS, papers.deck, 1),
    "paper.pdf": (documents.KINDS, papers.pdf, 1),
    "page.html": (pages.KINDS, lambda: papers.page().encode(), 2),
}
"""Of each format the kinds of fault, a good file, and how many faults of a kind are planted here."""

NOT_TOLD = {
    "an exhibit marked as decoration, *, without its alternative text": "a picture may be decoration",
    "figures of two series exchanged in the alternative text, *": "the figures are the chart's; no sentence is parsed",
    "language of a text is missing or another, *, None": "a run without a language takes the deck's, British English",
    "language of a chart's text, *, None": "the same in charts",
    "large text too faint, slide 14, title, C8C8C8, light": "a panel of the layout lies between it and the ground",
    "the master's or the theme's text too faint, *Style": "the layouts set their own colours over the master's",
    "a status told by colour or by a bare mark, *, '* ' to a mark": "an arrow stands beside it, and says the direction",
    "content without a tag, page 1, mark taken off": "the header of the first page is empty: nothing is untagged",
    "text marked as an artefact, page 1, at 472.* 435.*": "an arrow without words may be one",
    "no heading of level 1, or two, /H3 5 to H1": "in a binder each paper has a heading of level 1",
    "alternative text says another figure than its data, *, its end left out": "it is longer than its one figure needs",
    "merged cells, *, cell over two columns": "in a table of two columns it is the heading of a section",
    "meaning told by colour alone, *, word taken out": "an arrow stands beside it, and says the direction",
    "order on the screen is another than in the page, nav { order: 2; }": "contents may stand after what they list",
}
"""Faults that stay, as patterns of kind and place, and why no machine tells them for certain."""


@pytest.mark.parametrize("name", FORMATS)
def test_each_fault_planted_by_somebody_who_had_not_read_the_checker_is_found(name: str, tmp_path: Path) -> None:
    kinds, make, most = FORMATS[name]
    path, good = tmp_path / name, make()
    alts = documents.alts(good) if name.endswith(".pdf") else ()
    missed = []
    for fault in kinds.faults(good, most):
        path.write_bytes(fault.content())
        what = f"{fault.kind}, {fault.where}"
        if not examine(path, None, alts) and not any(fnmatchcase(what, known) for known in NOT_TOLD):
            missed.append(what)
    assert missed == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_written_back_without_a_fault_has_no_finding(name: str, tmp_path: Path) -> None:
    kinds, good, _ = FORMATS[name]
    path = tmp_path / name
    path.write_bytes(kinds.untouched(good()))
    assert examine(path) == []
