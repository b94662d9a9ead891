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
    "deck.pptx": (decks.KINDS, papers.deck, 2),
    "paper.pdf": (documents.KINDS, papers.pdf, 1),
    "page.html": (pages.KINDS, lambda: papers.page().encode(), 2),
}
"""Of each format the kinds of fault, a good file, and how many faults of a kind are planted here."""

NOT_TOLD = {
    "meaning told by colour alone": "an arrow stands beside the colour, which says its direction, not its meaning",
    "order on the screen is another than in the page": "`order` also puts a number above its label, as our pages do",
    "figures of two series exchanged in the alternative text": "the figures are the chart's; their sentences are read",
    "language of a text is missing or another": "a run without a language takes the deck's, which is British English",
}
"""Kinds of which some faults stay, and why no machine tells them for certain."""


@pytest.mark.parametrize("name", FORMATS)
def test_each_fault_planted_by_somebody_who_had_not_read_the_checker_is_found(name: str, tmp_path: Path) -> None:
    kinds, good, most = FORMATS[name]
    path = tmp_path / name
    missed = []
    for fault in kinds.faults(good(), most):
        path.write_bytes(fault.content())
        if not examine(path) and fault.kind not in NOT_TOLD:
            missed.append(f"{fault.rule}: {fault.kind}, {fault.where}")
    assert missed == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_written_back_without_a_fault_has_no_finding(name: str, tmp_path: Path) -> None:
    kinds, good, _ = FORMATS[name]
    path = tmp_path / name
    path.write_bytes(kinds.untouched(good()))
    assert examine(path) == []
