"""A look at dashboards: every figure is rounded, all of them add up, and no exact one stands beside them.

As long as that is so, nobody finds a count: see :mod:`cafcass_reports.statistics.disclosure.controlled`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from cafcass_reports.exhibits.payload import DashboardPayload
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.disclosure import Relation
from cafcass_reports.statistics.disclosure.tables import Cell

Choice: TypeAlias = Cell
"""What is chosen, then a characteristic and a group; of all people the choice alone."""

_TABLE = "workforce"


def cells(dashboard: DashboardPayload) -> dict[Choice, int]:
    """Return every count that a dashboard can show, by choice."""
    found: dict[Choice, int] = {}
    for state in dashboard.states:
        found[state.chosen] = state.posts
        for kind, counts in zip(dashboard.characteristics, state.counts, strict=True):
            found |= {(*state.chosen, kind.name, group): n for group, n in zip(kind.groups, counts, strict=True)}
    return found


def relations(dashboard: DashboardPayload) -> tuple[Relation, ...]:
    """Return how everybody knows that these add up: groups to all people, the options of a slicer to the first."""
    ends: list[Choice] = [(), *((kind.name, group) for kind in dashboard.characteristics for group in kind.groups)]
    found = [
        Relation(state.chosen, tuple((*state.chosen, kind.name, group) for group in kind.groups))
        for state in dashboard.states
        for kind in dashboard.characteristics
    ]
    for at, slicer in enumerate(dashboard.slicers):
        whole, *parts = slicer.options
        if not slicer.adds_up or not parts:
            continue
        others = [one.options if place != at else ("",) for place, one in enumerate(dashboard.slicers)]
        for chosen, end in itertools.product(itertools.product(*others), ends):
            before, after = chosen[:at], (*chosen[at + 1 :], *end)
            found.append(Relation((*before, whole, *after), tuple((*before, part, *after) for part in parts)))
    return tuple(found)


def faults(paper: str, dashboard: DashboardPayload) -> Iterator[str]:
    """Yield, in words, where a dashboard of a paper shows an exact count, or counts that do not add up."""
    counts = cells(dashboard)
    exact = [choice for choice, count in counts.items() if count % dashboard.rounded_to]
    if exact:
        yield f"{paper}: the dashboard shows a count that is not rounded ({', '.join(map(str, exact[0]))})."
    for each in relations(dashboard):
        if counts[each.total] != sum(counts[part] for part in each.parts):
            yield f"{paper}: the dashboard's counts do not add up to that of {', '.join(map(str, each.total))}."
            break


def beside(measurements: Measurements, shown: Iterable[str]) -> Iterator[str]:
    """Yield, in words, which figures that papers show are exact counts of the people whom a dashboard counts too."""
    for figure in shown:
        found = measurements.by_id(figure)
        if found.metric.table == _TABLE and found.metric.disclosive and not found.suppressed:
            yield f"{figure} is exact, and stands beside a dashboard's rounded counts of the same people."
