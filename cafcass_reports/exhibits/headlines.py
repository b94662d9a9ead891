"""Titles that say what the figures say, made by rule from the figures themselves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cafcass_reports.metrics.measurement import Measurement, rounded
from cafcass_reports.metrics.measurement import number as number_text

NOTABLE = 50
"""A percentage on a smaller base makes no headline."""

FEW = 30
"""A share of fewer is said in numbers: of 5 files each one is 20 percent."""


def verb(found: Measurement) -> str:
    """Say in one word how a figure moved; nothing where it is compared with none."""
    return {"up": "rose", "down": "fell", "level": "held level", None: ""}[found.direction]


def sentence(text: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str]) -> str:
    """Join parts as a sentence does.

    Examples
    --------
    >>> joined(["1 improved", "2 changed", "3 varied"])
    '1 improved, 2 changed and 3 varied'
    """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def spell(found: Measurement) -> str:
    """Name the time over which a figure's own change is: a year, or a week."""
    return "week" if found.metric.weekly else "year"


def against(found: Sequence[Measurement]) -> str:
    """Say what changes are against."""
    said = {"week": "the week before", "year": "the same period or day last year"}
    return " or ".join(dict.fromkeys(said[spell(figure)] for figure in found))


def moved(found: Measurement) -> str:
    """Say how a figure moved in its year (or week): ``open cases rose by 19.0% in a year``."""
    return _move(found, f"in a {spell(found)}")


def _move(found: Measurement, span: str = "") -> str:
    """How a figure moved, and since when where nothing before it says so; without a move, what it is."""
    phrase = found.metric.phrase
    if found.suppressed:
        return f"{phrase} suppressed to protect small numbers"
    if found.value is None:
        return f"{phrase}: no figure for {found.area.name}"
    if found.direction is None:
        return f"{phrase}: {found.shown}"
    since_when = f" {span}" if span else ""
    if found.direction == "level":
        return f"{phrase} held level{since_when.replace(' in a ', ' in the ')} at {found.shown}"
    return f"{phrase} {verb(found)} by {_by(found)}{since_when}"


def number(found: Measurement) -> str:
    """Say a figure that is set large: ``36,881 open cases, up 19.0% in a year``, ``19 of 21 milestones reached``.

    Shares and means of many are said as :func:`moved` says them.
    """
    if 0 < (found.denominator or 0) < FEW and found.metric.unit == "percent":
        return f"{found.numerator} of {found.denominator} {found.metric.phrase}"
    if found.metric.divided or found.metric.unit == "percent" or found.value is None:
        return sentence(moved(found))
    ago = spell(found)
    said = {None: "", "level": f", as many as a {ago} ago"}.get(found.direction, f", {_moved_by(found)} in a {ago}")
    return f"{found.shown} {found.metric.phrase}{said}"


def movement(found: Measurement) -> str:
    """Say a change in words: ``up 16.5%``, ``down 2.3%``, ``level``; empty where there is none."""
    if found.direction in (None, "level"):
        return found.direction or ""
    return f"{found.direction} {_unsigned(found)}"


def _moved_by(found: Measurement) -> str:
    """The movement beside the metric's phrase, which says the unit."""
    return f"{found.direction} {_by(found)}"


def since(found: Measurement, before: Measurement) -> str:
    """Say how a figure moved from an earlier one: ``Open cases rose by 2.0%, from 36,150 to 36,881.``."""
    return sentence(f"{found.metric.phrase} {verb(found)} by {_by(found)}, from {before.shown} to {found.shown}.")


def since_in_changes(found: Measurement, before: Measurement) -> str:
    """Say that a count's change on the year before was another in an earlier period."""
    now, then = movement(found), movement(before)
    return sentence(f"{found.metric.phrase} are {now} on the year before; in {before.when.label} they were {then}.")


def difference(found: Measurement) -> str:
    """Say a change in the metric's own unit, in words: ``369 more``, ``0.3 fewer``, ``as many``; empty without one."""
    before = found.comparison.value if found.comparison else None
    if found.value is None or before is None:
        return ""
    moved_by = rounded(found.value - before, found.metric.decimals)
    if moved_by == 0:
        return "as many"
    return f"{number_text(abs(moved_by), found.metric.decimals)} {'more' if moved_by > 0 else 'fewer'}"


def _unsigned(found: Measurement) -> str:
    """The change without its sign: the verb says the direction."""
    return found.change_shown.lstrip("+\N{MINUS SIGN}")


def _by(found: Measurement) -> str:
    """The change beside the metric's phrase, which says the unit."""
    return _unsigned(found).split(" ")[0] if found.change_unit == found.metric.unit else _unsigned(found)


def _size(found: Measurement) -> tuple[bool, Fraction]:
    """How large a change is: percentages go before changes in numbers, which are of small counts."""
    return found.change_unit == "percent", abs(found.change) if found.change is not None else Fraction(0)


def _before(found: Measurement) -> Fraction:
    """The base of a percentage; nothing where the change is in another unit."""
    before = found.comparison.value if found.comparison and found.change_unit == "percent" else None
    return before or Fraction(0)


def scorecard(rows: Sequence[Measurement], measures: int) -> str:
    """Choose the figure that most needs the board's eye, and say how it moved.

    The largest concern by percentage change, on a base of 50 or more, comes first; without one the largest
    improvement; without either, how many got better or worse on a smaller base.

    Parameters
    ----------
    rows
        The figures whose change is shown.
    measures
        How many figures the scorecard has.
    """
    changed = [row for row in rows if row.change is not None and _before(row) >= NOTABLE]
    for wanted in (False, True):
        of_that_kind = [row for row in changed if row.improved is wanted]
        if of_that_kind:
            return sentence(moved(max(of_that_kind, key=_size)))
    said = [
        f"{count} {word}"
        for wanted, word in ((False, "got worse"), (True, "improved"))
        if (count := sum(row.improved is wanted for row in rows))
    ]
    if said:
        return f"Of {measures} measures {joined(said)}, on small numbers"
    changes = any(row.change is not None for row in rows)
    none = "better or worse than a year before" if changes else "with a change to report"
    return f"{measures} {'measure' if measures == 1 else 'measures'}, none {none}"


def trend(rows: Sequence[Measurement], first: Sequence[Measurement] = ()) -> str:
    """Say how each series moved in its year (or week), the largest move first.

    Of the shares of one whole the largest is said: what one wins, the others lose. Series that moved the same way are
    said together: ``Open cases rose in a year: private law by 20.6%, public law by 16.5%``. A flow's latest month is
    named, as its year so far may have moved otherwise:
    ``In November 2020 cases closed fell by 2.3% on a year before; cases opened rose by 2.0%``.

    Parameters
    ----------
    rows
        The latest figure of each series.
    first
        Their first figures: of what has no year before, the line says how it moved.
    """
    if len(rows) > 1 and len({row.metric.shares or row.metric.id for row in rows}) == 1:
        largest = max(rows, key=lambda row: row.rounded or 0)
        change = movement(largest)
        return f"{largest.shown} {largest.metric.phrase}" + (f", {change} in a {spell(largest)}" if change else "")
    if first and all(row.direction is None for row in rows):
        return sentence("; ".join(_along(row, begun) for row, begun in zip(rows, first, strict=True)))
    ordered = sorted(rows, key=_size, reverse=True)
    directions = {row.direction for row in ordered}
    month = "" if ordered[0].metric.on_a_day or ordered[0].metric.weekly else f"In {ordered[0].when.label} "
    span = "on a year before" if month else f"in a {spell(ordered[0])}"
    if len(ordered) > 1 and len(directions) == 1 and directions <= {"up", "down"}:
        common, names = apart([row.metric.phrase for row in ordered])
        if common:
            said = ", ".join(f"{name} by {_by(row)}" for name, row in zip(names, ordered, strict=True))
            return sentence(f"{month}{common} {verb(ordered[0])} {span}: {said}")
    # Since when is said once, with the first move.
    moves = [at for at, row in enumerate(ordered) if row.direction and not row.suppressed]
    first_move = next((at for at in moves if ordered[at].direction != "level"), next(iter(moves), None))
    parts = [_move(row, span if at == first_move else "") for at, row in enumerate(ordered)]
    return sentence(f"{month if moves else ''}{'; '.join(parts)}")


def _along(last: Measurement, first: Measurement) -> str:
    """How a line runs from its first figure to its last."""
    if last.suppressed or last.rounded is None or first.rounded is None or first.when == last.when:
        return _move(last)
    if last.rounded == first.rounded:
        return f"{last.metric.phrase}: {last.shown}, as in {first.when.label}"
    way = "rose" if last.rounded > first.rounded else "fell"
    return f"{last.metric.phrase} {way} from {first.shown} to {last.shown}"


def apart(phrases: Sequence[str]) -> tuple[str, list[str]]:
    """Part phrases into what they share, first words and noun, and what tells them apart; nothing if no noun is shared.

    Examples
    --------
    >>> apart(["open private law cases", "open public law cases"])
    ('open cases', ['private law', 'public law'])
    """
    words = [phrase.split() for phrase in phrases]
    first = words[0]
    before = 0
    while all(len(each) > before + 2 and each[before] == first[before] for each in words):
        before += 1
    # Without a noun in common there is nothing that could be said of all of them.
    if (
        len(words) == 1
        or not all(each[-1] == first[-1] for each in words)
        or any(len(each) < before + 2 for each in words)
    ):
        return "", list(phrases)
    return " ".join([*first[:before], first[-1]]), [" ".join(each[before:-1]) for each in words]
