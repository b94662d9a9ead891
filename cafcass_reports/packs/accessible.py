"""The gate of accessibility: no pack is published with a file that some of its readers cannot read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from cafcass_reports.checks.accessibility import examine, examine_folder
from cafcass_reports.checks.accessibility.rules import CHECK
from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import PaperError
from cafcass_reports.packs import outputs
from cafcass_reports.packs.front import FRONT
from cafcass_reports.packs.parameters import Pack

_NAMED = 5  # findings that the message says; all are in checks.json


def check_accessible(pack: Pack, built: Path, papers: Report, binders: Sequence[str]) -> None:
    """Hold every deck, PDF and page of a pack to the rules; add what is found to ``checks.json``.

    Drafts are held as final packs are: a draft is read by people too, and mended as soon as a fault is made.

    Parameters
    ----------
    pack
        The pack.
    built
        The outputs that are being built.
    papers
        What was found where its papers were made.
    binders
        The folders of its binders below the outputs.

    Raises
    ------
    PaperError
        Where a file breaks a rule. The files lie in ``outputs/.failed/<pack>/``.
    """
    bound = [one for folder in binders for one in examine_folder(built, folder, folder.partition("/")[0])]
    front = examine(built / FRONT)
    report = papers | Report.of(CHECK, [*bound, *front])
    checks = built / "checks.json"
    outputs.write_json(checks, {**json.loads(checks.read_text(encoding="utf-8")), **report.as_dict()})
    if report.errors:
        folders = sorted({str(Path(one.place.file).parent) for one in report.errors} - {"."})
        failed = outputs.keep_failed(pack, {folder: built / folder for folder in folders})
        said = " ".join(f"({number}) {one}" for number, one in enumerate(report.errors[:_NAMED], start=1))
        more = f" And {len(report.errors) - _NAMED} more." if len(report.errors) > _NAMED else ""
        outputs.write_json(failed / "checks.json", report.as_dict())
        raise PaperError(
            f"The papers are not accessible. {said}{more}",
            next_step=f"The files, and checks.json with every finding, lie in {failed}; nothing was published.",
        )
