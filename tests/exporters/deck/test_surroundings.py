"""Titles: where those of two lines break."""

from __future__ import annotations

import pytest

from cafcass_reports.exporters.deck import surroundings, textfit
from cafcass_reports.exporters.deck.story import Slide
from cafcass_reports.exporters.deck.template import Kind, Role, board, read


def first_line(title: str) -> str:
    texts, _ = surroundings.fit(Slide(Kind.EXHIBIT, title), read(board()).frames[Kind.EXHIBIT])
    fitted = texts[Role.TITLE]
    words = fitted.text.split(" ")
    return next(
        " ".join(words[:count])
        for count in range(len(words), 0, -1)
        if textfit.count_lines(" ".join(words[:count]), fitted.size, fitted.box.width, bold=True) == 1
    )


@pytest.mark.parametrize(
    ("title", "first"),
    [
        (
            "In November 2020 cases closed fell by 2.3% on a year before; cases opened rose by 2.0%",
            "In November 2020 cases closed fell by 2.3% on a year before;",
        ),
        (
            "Areas lie furthest apart in working days to allocate care applications: from 0.9 in A9 to 2.5 in A15B",
            "Areas lie furthest apart in working days to allocate care applications:",
        ),
        ("36,881 open cases, up 19.0% in a year", "36,881 open cases, up 19.0% in a year"),
    ],
)
def test_a_title_of_two_lines_breaks_after_a_clause(title: str, first: str) -> None:
    assert first_line(title) == first


def test_the_second_line_of_a_title_is_not_left_with_a_word_or_two() -> None:
    title = "Open cases rose by 13.5% in a year, and A16-T1 and A16-T2 added most of it, 80"
    line = first_line(title)
    assert len(title.split(" ")) - len(line.split(" ")) >= 3
