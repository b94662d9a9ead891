"""Whether the outputs of a pack are still what its run wrote, and show what was measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cafcass_reports.checks.accessibility import examine_folder
from cafcass_reports.checks.findings import Finding, Place, Report, Severity
from cafcass_reports.errors import PackError
from cafcass_reports.packs.measured import file_hash
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.written import check_written

CHECK = "files"

_UNNAMED = frozenset(("manifest.json", "run.jsonl"))


def verify(pack: Pack) -> Report:
    """Check the outputs of a pack as they lie there: each file's hash, the figures in the files, accessibility.

    Parameters
    ----------
    pack
        The pack; its outputs are those of its last run.

    Raises
    ------
    PackError
        Where there are no outputs, or their manifest is not of this version.
    """
    manifest = _manifest(pack)
    report = Report.of(CHECK, _changed(pack.outputs, manifest["outputs"]))
    try:
        binders = {folder: bound["papers"] for folder, bound in manifest["binders"].items()}
        report |= check_written(pack.outputs, list(manifest["papers"]), binders)
        return report | Report.of("accessibility", examine_folder(pack.outputs))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        broken = Finding(
            Place("manifest.json"), CHECK, Severity.ERROR, f"The files cannot be checked: {problem}.",
            next_step="Run the pack again.",
        )  # fmt: skip
        return report | Report.of(CHECK, [broken])


def _manifest(pack: Pack) -> dict[str, Any]:
    file = pack.outputs / "manifest.json"
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        # Named here, so that a manifest of another version is refused before anything is read.
        return {key: dict(found[key]) for key in ("outputs", "papers", "binders")}
    except OSError:
        raise PackError(
            f"{pack.name} has no outputs in {pack.outputs}.", next_step=f"Run `cafcass-reports run {pack.name}`."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise PackError(f"{file} is not a manifest of this version.", next_step="Run the pack again.") from None


def _changed(outputs: Path, named: dict[str, str]) -> Iterator[Finding]:
    there = {path.relative_to(outputs).as_posix() for path in outputs.rglob("*") if path.is_file()} - _UNNAMED
    for name in sorted(there | set(named)):
        if name not in there:
            said = "It is gone."
        elif name not in named:
            said = "The run did not write it."
        elif file_hash(outputs / name) != named[name]:
            said = "It was changed after the run."
        else:
            continue
        yield Finding(
            Place(name), CHECK, Severity.ERROR, said, "Files as the run wrote them.",
            "Run the pack again; keep edited copies elsewhere.",
        )  # fmt: skip
