"""Titles that say what the figures say, made by rule from the figures themselves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cafcass_reports.metrics.measurement import Measurement


def verb(found: Measurement) -> str:
    """Say in one word how a figure moved."""
    return {"up": "rose", "down": "fell", "level": "held level", None: "stood"}[found.direction]


def sentence(text: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def moved(found: Measurement) -> str:
    """Say how a figure moved in the year: ``open cases rose by 19.0% in a year``."""
    phrase = found.metric.phrase
    if found.direction in (None, "level"):
        return f"{phrase} {'held level in the year' if found.direction else 'stood'} at {found.shown}"
    return f"{phrase} {verb(found)} by {_unsigned(found)} in a year"


def movement(found: Measurement) -> str:
    """Say a change in words: ``up 16.5%``, ``down 2.3%``, ``level``; empty where there is none."""
    if found.direction in (None, "level"):
        return found.direction or ""
    return f"{found.direction} {_unsigned(found)}"


def _unsigned(found: Measurement) -> str:
    """The change without its sign: the verb says the direction."""
    return found.change_shown.lstrip("+\N{MINUS SIGN}")


def _size(found: Measurement) -> Fraction:
    return abs(found.change) if found.change is not None else Fraction(0)


def scorecard(rows: Sequence[Measurement]) -> str:
    """Choose the figure that most needs the board's eye, and say how it moved.

    The largest concern by percentage change comes first; without one the largest improvement; without any
    change, how many measures there are.
    """
    changed = [row for row in rows if row.change is not None and row.change_unit == "percent"]
    for wanted in (False, True):
        of_that_kind = [row for row in changed if row.improved is wanted]
        if of_that_kind:
            return sentence(moved(max(of_that_kind, key=_size)))
    return f"{len(rows)} measures, none with a change to report"


def trend(rows: Sequence[Measurement]) -> str:
    """Say how each series moved in the year, the largest move first."""
    ordered = sorted(rows, key=_size, reverse=True)
    first, *others = ordered
    text = moved(first)
    for other in others:
        by = _unsigned(other)
        same = other.direction == first.direction and first.direction in ("up", "down")
        text += f", {other.metric.phrase} by {by}" if same else f"; {moved(other)}"
    return sentence(text)
