"""A row of a table is there where its cells stand one after another, whole, as often as its papers show it."""

from __future__ import annotations

import pytest

from cafcass_reports.checks.findings import Place
from cafcass_reports.checks.written.expected import Row, Shown
from cafcass_reports.checks.written.files import Block, Read
from cafcass_reports.checks.written.held import differences

ROW = Row("Open cases", ("Public law", "1,250", "3.5%"))


def missing(*texts: str, row: Row = ROW, times: int = 1) -> int:
    """Return how many rows a file with these texts is said not to show."""
    known = {number for text in texts for number in ("1,250", "3.5", "11,250", "1,250.5", "7", "3.57", text)}
    read = Read(blocks=[Block(text, page=1, part="P") for text in texts])
    found = differences(read, Shown(rows=[row] * times, known=known), Place("a.pdf"))
    return sum("does not show this row" in one.found for one in found)


@pytest.mark.parametrize(
    "texts",
    [
        ("Public law", "1,250", "3.5%"),
        ("PUBLIC LAW 1,250 up 3.5%",),
        ("Public", "law", "1,250", "3.5%"),
        ("Public law" + " and" * 10, "1,250", "3.5%"),
        ("Public law", "7", "Public law", "1,250", "3.5%"),
    ],
    ids=["cells", "one line", "broken", "words between", "after another row"],
)
def test_a_row_is_found_however_its_lines_are_broken(texts: tuple[str, ...]) -> None:
    assert missing(*texts) == 0


@pytest.mark.parametrize(
    "texts",
    [
        ("Public law", "7", "1,250", "3.5%"),
        ("Public law", "11,250", "3.5%"),
        ("Public law", "1,250.5", "3.5%"),
        ("Public law", "3.5%", "1,250"),
        ("Public law" + " and" * 20, "1,250", "3.5%"),
    ],
    ids=["a number between", "begins within a number", "ends within one", "another order", "far apart"],
)
def test_a_row_with_other_numbers_is_not_taken_for_it(texts: tuple[str, ...]) -> None:
    assert missing(*texts) == 1


def test_a_row_that_is_shown_twice_stands_there_twice() -> None:
    assert missing(*ROW.cells, times=2) == 1
    assert missing(*ROW.cells, *ROW.cells, times=2) == 0


def test_a_number_ends_with_its_row() -> None:
    assert missing("Public law", "1,250", "3.57", row=Row("Open cases", ("Public law", "1,250", "3.5"))) == 1
