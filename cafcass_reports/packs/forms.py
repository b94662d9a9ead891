"""Forms of a project or a pack: cells offer the metrics of its catalogue, the regions and teams of its extracts."""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.extracts import forms, load
from cafcass_reports.extracts.schemas import ALWAYS_READ
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measure import areas_of
from cafcass_reports.packs.parameters import Pack


def write(folder: Path, project: Path | None, pack: Pack | None) -> forms.Forms:
    """Write the forms of the tables that are kept by hand; see :func:`cafcass_reports.extracts.forms.write`."""
    choices = {"evidence_metric": sorted(catalogue.load(project))}
    if pack is not None:
        reading = pack.parameters.extracts.reading | {"tables": {ALWAYS_READ}}
        with load(pack.extracts_folder, **reading) as extracts:
            areas = areas_of(extracts.connection)
            for level in (Level.REGION, Level.TEAM):
                choices[level.value] = [area.name for area in areas if area.level is level]
    return forms.write(folder, choices=choices)
