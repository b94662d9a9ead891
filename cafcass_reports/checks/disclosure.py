"""An attacker's look at a pack: what is hidden cannot be worked out, and stands nowhere.

Nothing here knows a hidden count. What is shown goes into linear programmes, as anybody with the papers could do it;
what the papers say of suppressed figures is read back from the executed notebooks, which all formats are made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
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
        ``findings``, what was found out, in words. None is as it should be.
    """
    hidden = known_before = 0
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
            try:
                both = structure(family, *shape, dict.fromkeys(earlier, False))
                findings += _worked_out(both, {**earlier, **known}, wanted, family.threshold)
            except ValueError:
                # Records were corrected since: the figures of the two packs do not add up, and this one stands alone.
                findings += _worked_out(structure(family, *shape), known, wanted, family.threshold)
    findings += _said(measurements, shown)
    if dashboards_of:
        figures = dict.fromkeys(one.measurement for told in shown.values() for one in told)
        findings += [*chain.from_iterable(dashboards_of.values()), *dashboards.beside(measurements, figures)]
    return {"hidden": hidden, "known_before": known_before, "findings": findings}


def _shown_before(family: Family, rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[Cell, int]]:
    metrics = {metric.id: metric for metric in family.metrics}
    for row in rows:
        if row["metric"] in metrics and row["suppressed"] != "yes":
            days = [date.fromisoformat(row[day]) for day in ("period_from", "period_to", "as_at") if row[day]]
            counts = (row["numerator"], row["denominator"])
            for records, count in zip(every(metrics[row["metric"]]), counts, strict=False):
                if count:
                    yield (records, row["area"], covering(days[0], days[-1])), int(count)


def _worked_out(table: Table, known: Mapping[Cell, int], wanted: Mapping[Cell, str], threshold: int) -> list[str]:
    """Name the hidden figures that are known exactly, or known to be below the threshold.

    So is a count that no figure shows, where it is known to be small and not none: it says as much of a few people.
    """
    found = []
    for part in apart(table, known):
        if any(cell in wanted for cell in part.counts):
            shown = {cell: known.get(cast("Cell", cell)) for cell in part.counts}
            for cell, (low, high) in confined(shown, part.relations, threshold, least=0).items():
                name = wanted.get(cast("Cell", cell))
                # The bounds themselves are not said: they would stand in a log.
                if name is not None:
                    found.append(f"{name} can be worked out from what is shown.")
                elif low > 0 and high < threshold:
                    found.append(f"A count of {cell[1]} that no figure shows can be worked out from what is shown.")
    return found


def _said(measurements: Measurements, shown: Mapping[str, Iterable[ShownFigure]]) -> Iterator[str]:
    """Find papers that say more of a suppressed figure than that it is."""
    for paper, figures in shown.items():
        for one in figures:
            if (one.more or one.value != SUPPRESSED) and measurements.by_id(one.measurement).suppressed:
                yield f"{paper} says more of {one.measurement} than that it is suppressed."
