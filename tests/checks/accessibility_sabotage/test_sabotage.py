from __future__ import annotations

from collections.abc import Callable
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
    "meaning told by colour alone": "an arrow stands beside the colour: it says the direction, not whether it is good",
    "a status told by colour or by a bare mark": "the same in decks",
    "order on the screen is another than in the page": "`order` also puts a number above its label, as our pages do",
    "figures of two series exchanged in the alternative text": "the figures are the chart's; no sentence is parsed",
    "language of a text is missing or another": "a run without a language takes the deck's, which is British English",
    "language of a chart's text": "the same in charts",
    "an exhibit marked as decoration": "a picture may be decoration",
    "text marked as an artefact": "an arrow without words may be one",
    "page 1, mark taken off": "the header of the first page is empty: nothing is untagged",
    "/H3 5 to H1": "in a binder each paper has a heading of level 1, and so has the appendix",
    "cell over two columns": "in a table of two columns it is the heading of a section",
    "its end left out": "the alternative text of the small page is longer than its one figure needs",
    "large text too faint": "a panel of the layout lies between the title and the background that was changed",
    "the master's or the theme's text too faint": "the layouts set their own colours over the master's",
}
"""Faults of which some stay, by kind or place, and why no machine tells them for certain."""


@pytest.mark.parametrize("name", FORMATS)
def test_each_fault_planted_by_somebody_who_had_not_read_the_checker_is_found(name: str, tmp_path: Path) -> None:
    kinds, make, most = FORMATS[name]
    path, good = tmp_path / name, make()
    alts = documents.alts(good) if name.endswith(".pdf") else ()
    missed = []
    for fault in kinds.faults(good, most):
        path.write_bytes(fault.content())
        what = f"{fault.rule}: {fault.kind}, {fault.where}"
        if not examine(path, None, alts) and not any(known in what for known in NOT_TOLD):
            missed.append(what)
    assert missed == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_written_back_without_a_fault_has_no_finding(name: str, tmp_path: Path) -> None:
    kinds, good, _ = FORMATS[name]
    path = tmp_path / name
    path.write_bytes(kinds.untouched(good()))
    assert examine(path) == []
