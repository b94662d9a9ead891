"""Which of some texts is which of others, when all that is known of the first are digests."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def align(base: Sequence[str], other: Sequence[str]) -> list[int | None]:
    """Say where each item of a list stands in another; ``None`` where it is gone.

    Equal items are found first, in their order and then wherever they were moved. Between them, items that were
    changed take the place of those that are missing, the first the first.

    Examples
    --------
    >>> align(["a", "b", "c"], ["a", "x", "c"])
    [0, 1, 2]
    >>> align(["a", "b", "c"], ["b", "c", "new"])
    [None, 0, 1]
    >>> align(["a", "b"], ["b", "a"])
    [1, 0]
    """
    found: list[int | None] = [None] * len(base)
    gaps: list[tuple[int, int, int, int]] = []
    for what, start, end, first, last in SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        if what == "equal":
            found[start:end] = range(first, last)
        elif what == "replace":
            gaps.append((start, end, first, last))
    _find_moved(base, other, found)
    taken = set(found)
    for start, end, first, last in gaps:
        here = [at for at in range(start, end) if found[at] is None]
        there = [at for at in range(first, last) if at not in taken]
        for at, place in zip(here, there, strict=False):
            found[at] = place
    return found


def _find_moved(base: Sequence[str], other: Sequence[str], found: list[int | None]) -> None:
    taken = set(found)
    for at, item in enumerate(base):
        if found[at] is None:
            place = next((place for place, there in enumerate(other) if place not in taken and there == item), None)
            found[at] = place
            taken.add(place)
