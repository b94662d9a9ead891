"""The gate of disclosure: a pack that gives away what it must not is not published, draft or final."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cafcass_reports.checks import disclosure, identifiers
from cafcass_reports.errors import PaperError
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.packs import outputs
from cafcass_reports.packs.examined import Examined
from cafcass_reports.packs.parameters import Pack, open_pack


def check_disclosure(pack: Pack, measurements: Measurements, papers: Mapping[str, Examined]) -> dict[str, Any]:
    """Try to find what is hidden, with this pack and the pack before in hand.

    Parameters
    ----------
    pack
        The pack; the outputs of the one before it are looked at where they are here.
    measurements
        What it measured.
    papers
        What was found in its papers, by folder.

    Raises
    ------
    PaperError
        Where something can be found.
    """
    shown = {folder: one.figures for folder, one in papers.items()}
    dashboards = {folder: one.dashboard for folder, one in papers.items() if one.dashboard is not None}
    checked = disclosure.check(measurements, shown, dashboards, _published_before(pack))
    _refuse(pack, checked["findings"])
    return checked


def check_identifiers(
    pack: Pack, looked_for: identifiers.Numbers, built: Path, examined: Mapping[str, Examined]
) -> None:
    """Look into every file that would be published, and add to ``checks.json`` for how many, and where.

    Parameters
    ----------
    pack, looked_for, built
        The pack, the numbers of its identifiers, and the outputs that are being built.
    examined
        What was found in its papers and binders, by folder.

    Raises
    ------
    PaperError
        Where a file holds an identifier or a date of birth.
    """
    looked = identifiers.check(built, looked_for, {folder: one.tokens for folder, one in examined.items()})
    _refuse(pack, looked["findings"])
    file = built / "checks.json"
    checks = json.loads(file.read_text(encoding="utf-8"))
    checks["disclosure"]["identifiers"] = looked
    outputs.write_json(file, checks)


def _published_before(pack: Pack) -> list[dict[str, str]]:
    if pack.parameters.previous is None:
        return []
    file = open_pack(pack.parameters.previous, pack.project).outputs / "measurements.csv"
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))) if file.is_file() else []


def _refuse(pack: Pack, findings: Sequence[str]) -> None:
    if findings:
        others = f" And {len(findings) - 1} others." if len(findings) > 1 else ""
        raise PaperError(
            f"{pack.name} would give away what it must not. {findings[0]}{others}",
            next_step="docs/disclosure.md says what to do; the published papers are as they were.",
        )
