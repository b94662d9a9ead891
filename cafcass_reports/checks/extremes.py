"""Records, in time or among areas, and who moved furthest: a claim against all the other figures of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cafcass_reports.checks import history
from cafcass_reports.checks.judge import Figure
from cafcass_reports.checks.said import Said
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better
from cafcass_reports.periods import Period, When


def extreme_faults(stated: Said, figure: Measurement, measurements: Measurements) -> Iterator[str]:
    """Say why a figure is not the highest, second lowest, best and so on of its history, or of all parts."""
    if stated.step and months_of(figure.when) not in (stated.step, 0):
        yield f"the figure is of {figure.when.label}, not of one {unit(stated.step)}"
        return
    others = history.parts(measurements, figure) if stated.among_parts else history.like(measurements, figure)
    if figure.when == measurements.when(figure.metric) and not stated.among_parts:
        # The pack speaks as at its own day, though later months may be known.
        others = [one for one in others if one.when.last <= figure.when.last]
    if stated.same_month:
        others = [one for one in others if one.when.first.month == figure.when.first.month]
    others = [one for one in others if one.id != figure.id]
    if stated.since:
        # "The lowest since July": July itself may have been lower.
        others = [one for one in others if one.when.first > stated.since.ended(figure.when)]
    if stated.months:
        others = [one for one in others if 0 < months_apart(one.when.last, figure.when.last) <= stated.months]
    if not others:
        yield "there is no other figure to hold it against"
        return
    highest = _is_high(stated.extreme, figure)
    if highest is None:
        yield "the catalogue does not say which way is better"
        return
    shown = [(one.rounded, one) for one in others if one.rounded is not None]
    value = figure.rounded
    beyond = [one for other, one in shown if value is not None and (other > value if highest else other < value)]
    level = [one for other, one in shown if other == value]
    fails = len(beyond) != stated.rank - 1 or bool(level)
    if fails == stated.negated:
        return
    if beyond and len(beyond) >= stated.rank:
        furthest = max(beyond, key=lambda one: (one.value or 0) * (1 if highest else -1))
        where = furthest.area.name if stated.among_parts else furthest.when.label
        yield f"{where} was {furthest.shown}"
    elif level:
        yield f"{level[-1].area.name if stated.among_parts else level[-1].when.label} was {level[-1].shown} too"
    elif stated.negated:
        yield f"none of {len(others)} others is beyond it"
    else:
        yield f"{len(beyond)} of {len(others)} others are beyond it"


def pull_faults(stated: Said, figure: Measurement, measurements: Measurements) -> Iterator[str]:
    """Say why a figure did not move further, or less, than that of every other part."""
    furthest = (stated.pull == "most") == (stated.direction == "up")
    moves = [(_moved(one), one) for one in history.parts(measurements, figure) if one.id != figure.id]
    others = [(move, one) for move, one in moves if move is not None]
    own = _moved(figure)
    if own is None or not others:
        yield "there is no other change to hold it against"
        return
    move, other = (max if furthest else min)(others, key=lambda found: found[0])
    if move >= own if furthest else move <= own:
        yield f"{other.area.name} was {other.change_shown}"


def _moved(figure: Measurement) -> Fraction | None:
    """How far a figure moved: a count in percent, a percentage in points."""
    own = Figure.of(figure)
    return own.change if figure.metric.unit == "percent" else own.percent


def _is_high(extreme: str, figure: Measurement) -> bool | None:
    if extreme in ("highest", "lowest"):
        return extreme == "highest"
    if figure.metric.better is Better.NEITHER:
        return None
    return (figure.metric.better is Better.HIGHER) == (extreme == "best")


def months_apart(first: date, last: date) -> int:
    """How many months lie between two days' months."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_of(when: When) -> int:
    """The months that a figure is of; 0 for a day."""
    return when.months if isinstance(when, Period) else 0


def unit(months: int) -> str:
    """What so many months are called."""
    return {1: "month", 3: "quarter", 12: "year"}[months]
