"""An attacker's look at a pack: what is hidden cannot be worked out, and stands nowhere.

Nothing here knows a hidden count. What is shown goes into linear programmes, as anybody with the papers could do it;
what the papers say of suppressed figures is read back from the executed notebooks, which all formats are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, cast

from cafcass_reports.checks import dashboards
from cafcass_reports.checks.shown import ShownFigure
from cafcass_reports.metrics.counted import Family, every, families
from cafcass_reports.metrics.measurement import SUPPRESSED
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.protection import Cell, structure
from cafcass_reports.periods import covering
from cafcass_reports.statistics.disclosure import Table, apart, confined


def check(
    measurements: Measurements,
    shown: Mapping[str, Iterable[ShownFigure]],
    dashboards_of: Mapping[str, Iterable[str]] | None = None,
    before: Iterable[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """Try to find what a pack hides.

    Parameters
    ----------
    measurements
        What the pack measured, with what is suppressed missing: an attacker is taken to know all of the rest.
    shown
        The figures in each paper.
    dashboards_of
        The papers that hold a dashboard, each with what is wrong with it.
    before
        Rows of the ``measurements.csv`` of the pack before, which an attacker keeps.

    Returns
    -------
    dict
        ``hidden``, how many cells are hidden; ``known_before``, how many of all cells the pack before showed;
        ``not_compared``, how many of these do not add up with this pack, as their records were corrected since;
        ``findings``, what was found out, in words. None is as it should be.
    """
    hidden = known_before = not_compared = 0
    findings: list[str] = []
    rows = list(before)
    for family in families(measurements.catalogue.values()):
        known: dict[Cell, int] = {}
        names: dict[Cell, str] = {}
        for metric, area, when in measurements.disclosive(family):
            found = measurements.one(metric.id, area, when)
            for records, count in zip(every(metric), (found.numerator, found.denominator), strict=False):
                if found.suppressed:
                    names[records, area.name, when] = found.id
                elif count is not None:
                    known[records, area.name, when] = count
        wanted = {cell: name for cell, name in names.items() if cell not in known}
        hidden += len(wanted)
        earlier = dict(_shown_before(family, rows))
        known_before += len(earlier)
        if wanted:
            shape = measurements.areas, measurements.reporting
            both = structure(family, *shape, dict.fromkeys(earlier, False))
            found_out, corrected = _found_out(
                both, partial(structure, family, *shape), known, earlier, wanted=wanted, threshold=family.threshold
            )
            findings += found_out
            not_compared += corrected
    findings += _said(measurements, shown)
    if dashboards_of:
        figures = dict.fromkeys(one.measurement for told in shown.values() for one in told)
        findings += [*chain.from_iterable(dashboards_of.values()), *dashboards.beside(measurements, figures)]
    return {"hidden": hidden, "known_before": known_before, "not_compared": not_compared, "findings": findings}


def _shown_before(family: Family, rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[Cell, int]]:
    metrics = {metric.id: metric for metric in family.metrics}
    for row in rows:
        if row["metric"] in metrics and row["suppressed"] != "yes":
            days = [date.fromisoformat(row[day]) for day in ("period_from", "period_to", "as_at") if row[day]]
            counts = (row["numerator"], row["denominator"])
            for records, count in zip(every(metrics[row["metric"]]), counts, strict=False):
                if count:
                    yield (records, row["area"], covering(days[0], days[-1])), int(count)


def _found_out(
    both: Table,
    alone: Callable[[], Table],
    known: Mapping[Cell, int],
    earlier: Mapping[Cell, int],
    *,
    wanted: Mapping[Cell, str],
    threshold: int,
) -> tuple[list[str], int]:
    """Attack this pack with the one before in hand, and what was corrected since without it.

    Parameters
    ----------
    both, alone
        The tables of both packs, and what makes that of this one.
    known, earlier
        What this pack shows, and what the one before did.
    wanted, threshold
        What is hidden, by its name, and the lowest count that is not small.

    Returns
    -------
    list of str, int
        What was found out, and how many earlier figures do not add up with those of this pack.
    """
    found: list[str] = []
    corrected: set[Hashable] = set()
    not_compared: set[Hashable] = set()
    told = {**earlier, **known}
    for part in apart(both, told):
        try:
            found += _worked_out(part, told, wanted, threshold)
        except ValueError:
            corrected |= part.counts.keys() - told.keys()
            not_compared |= part.counts.keys() & (earlier.keys() - known.keys())
    for part in apart(alone(), known) if corrected else ():
        if corrected & part.counts.keys():
            found += _worked_out(part, known, wanted, threshold)
    return list(dict.fromkeys(found)), len(not_compared)


def _worked_out(part: Table, known: Mapping[Cell, int], wanted: Mapping[Cell, str], threshold: int) -> Iterator[str]:
    """Name the hidden figures that are known exactly, or known to be below the threshold.

    So is a count that no figure shows, where it is known to be small and not none: it says as much of a few people.
    """
    if not any(cell in wanted for cell in part.counts):
        return
    shown = {cell: known.get(cast("Cell", cell)) for cell in part.counts}
    for cell, (low, high) in confined(shown, part.relations, threshold, least=0).items():
        name = wanted.get(cast("Cell", cell))
        # The bounds themselves are not said: they would stand in a log.
        if name is not None:
            yield f"{name} can be worked out from what is shown."
        elif low > 0 and high < threshold:
            yield f"A count of {cell[1]} that no figure shows can be worked out from what is shown."


def _said(measurements: Measurements, shown: Mapping[str, Iterable[ShownFigure]]) -> Iterator[str]:
    """Find papers that say more of a suppressed figure than that it is."""
    for paper, figures in shown.items():
        for one in figures:
            if (one.more or one.value != SUPPRESSED) and measurements.by_id(one.measurement).suppressed:
                yield f"{paper} says more of {one.measurement} than that it is suppressed."
