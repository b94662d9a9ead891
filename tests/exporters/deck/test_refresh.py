from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from cafcass_reports.exporters.deck import draw
from cafcass_reports.exporters.deck.refresh import Refreshed, refresh
from tests.exporters.deck.edited_deck import Director, figures, opened, paper, said, saved

SEQUENCES, VERSIONS, EDITS = 60, 8, 9


@cache
def deck(version: int) -> bytes:
    """The deck of a version; in those after 1 some figures moved and some did not."""
    if version < 2:
        return draw(paper(figures(version)))
    chance = random.Random(version)
    return draw(paper(figures(1, lambda: chance.random() < 0.5)))


def edited(seed: int) -> tuple[Director, Refreshed, bytes]:
    """A deck after a sequence of edits, and refreshed with a later version."""
    director = Director(opened(deck(0)), random.Random(seed))
    for _ in range(EDITS):
        director.edit()
    # What a later edit undid need not be found.
    director.kept = [holds for holds in director.kept if holds(director.deck)]
    new = deck(1 + seed % VERSIONS)
    return director, refresh(saved(director.deck), new), new


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_edits_are_kept_figures_are_new_and_conflicts_are_the_edited_figures_that_moved(seed: int) -> None:
    director, refreshed, new = edited(seed)
    result = opened(refreshed.deck)
    was, now = ({one.slide_id: said(one) for one in opened(which).slides} for which in (deck(0), new))
    expected: Counter[tuple[int, str]] = Counter()
    for number, slide in enumerate(result.slides, start=1):
        home = director.copies.get(slide.slide_id, slide.slide_id)
        if home not in now:
            continue  # the director's own
        shown = said(slide)
        for place, words in now[home].items():
            if place[0] == "notes" and slide.slide_id in director.copies:
                continue  # copies are made without notes
            written = director.written.get((slide.slide_id, place))
            assert shown[place] == (words if written is None else written), (number, place)
            if written is not None and was[home][place] != words:
                expected[number, written] += 1
        for at, place, words in director.quoted:
            if at == slide.slide_id and was[home][place] != now[home][place]:
                expected[number, words] += 1
    found = Counter((one.slide, _yours(one.yours)) for one in refreshed.conflicts)
    assert found == expected
    assert all(holds(result) for holds in director.kept)


def _yours(text: str) -> str:
    """What the director wrote; of a chart's value the number, as it is read from the chart."""
    value = text.rpartition(": ")[2]
    return str(float(value)) if value.isdecimal() else text
