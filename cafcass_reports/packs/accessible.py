"""The gate of accessibility: no pack is published with a file that some of its readers cannot read."""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.checks.accessibility.rules import CHECK
from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import PaperError
from cafcass_reports.packs import outputs
from cafcass_reports.packs.parameters import Pack

_NAMED = 5  # findings that the message says; all are in checks.json


def check_accessible(pack: Pack, built: Path, report: Report) -> None:
    """Hold every deck, PDF and page of a pack to the rules.

    Drafts are held as final packs are: a draft is read by people too, and mended as soon as a fault is made.

    Parameters
    ----------
    pack
        The pack.
    built
        The outputs that are being built.
    report
        What was found in them.

    Raises
    ------
    PaperError
        Where a file breaks a rule. The files lie in ``outputs/.failed/<pack>/``.
    """
    errors = [one for one in report.errors if one.check == CHECK]
    if errors:
        folders = sorted({str(Path(one.place.file).parent) for one in errors} - {"."})
        failed = outputs.keep_failed(pack, {folder: built / folder for folder in folders})
        said = " ".join(f"({number}) {one}" for number, one in enumerate(errors[:_NAMED], start=1))
        more = f" And {len(errors) - _NAMED} more." if len(errors) > _NAMED else ""
        outputs.write_json(failed / "checks.json", Report.of(CHECK, errors).as_dict())
        raise PaperError(
            f"The papers are not accessible. {said}{more}",
            next_step=f"The files, and checks.json with every finding, lie in {failed}; nothing was published.",
        )
