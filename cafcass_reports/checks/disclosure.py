"""An attacker's look at a pack: what is hidden cannot be worked out, and stands nowhere.

Nothing here knows a hidden count. What is shown goes into linear programmes, as anybody with the papers could do it;
what the papers say of suppressed figures is read back from the executed notebooks, which all formats are made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from cafcass_reports.checks import dashboards
from cafcass_reports.exhibits.payload import EXHIBITS, DashboardPayload, mimetype
from cafcass_reports.metrics.counted import Family, every, families
from cafcass_reports.metrics.measurement import SUPPRESSED
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.protection import Cell, structure
from cafcass_reports.periods import covering
from cafcass_reports.statistics.disclosure import Table, apart, confined

_OURS = [mimetype(kind) for kind in EXHIBITS]
_SILENT = ("numerator", "denominator", "calculation", "change")


def check(
    measurements: Measurements, notebooks: Mapping[str, Path], before: Iterable[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """Try to find what a pack hides.

    Parameters
    ----------
    measurements
        What the pack measured, with what is suppressed missing: an attacker is taken to know all of the rest.
    notebooks
        Executed notebooks by paper.
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
    said = [*_said(measurements, notebooks), *dashboards.check(measurements, *_dashboards(notebooks))]
    return {"hidden": hidden, "known_before": known_before, "findings": [*findings, *said]}


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


def _said(measurements: Measurements, notebooks: Mapping[str, Path]) -> Iterator[str]:
    """Find papers that say more of a suppressed figure than that it is."""
    for paper, path in notebooks.items():
        for figure in _figures(json.loads(path.read_text(encoding="utf-8"))):
            if measurements.by_id(figure["measurement"]).suppressed and (
                figure["value"] != SUPPRESSED or any(figure.get(field) for field in _SILENT)
            ):
                yield f"{paper} says more of {figure['measurement']} than that it is suppressed."


def _dashboards(notebooks: Mapping[str, Path]) -> tuple[list[str], dict[str, DashboardPayload]]:
    """The ids of all figures that papers show, and the dashboards by paper."""
    figures: list[str] = []
    found: dict[str, DashboardPayload] = {}
    for paper, path in notebooks.items():
        notebook = json.loads(path.read_text(encoding="utf-8"))
        figures += [figure["measurement"] for figure in _figures(notebook)]
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                if (held := output.get("data", {}).get(mimetype("dashboard"))) is not None:
                    found[paper] = DashboardPayload.model_validate_json(json.dumps(held))
    return figures, found


def _figures(notebook: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            for kind in _OURS:
                for figure in output.get("data", {}).get(kind, {}).get("measurements", []):
                    yield figure
                    yield from figure["history"]
