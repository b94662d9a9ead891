"""What is found in the files of one paper or binder: where they are made, and once, however often a pack is run.

What speaks of one paper is checked there to its end. Of the rest, which is held against the whole pack, this keeps what
it takes: the figures shown and all that could be an identifier.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cafcass_reports.checks import dashboards, identifiers
from cafcass_reports.checks.accessibility import examine_folder
from cafcass_reports.checks.accessibility.rules import CHECK
from cafcass_reports.checks.findings import Report
from cafcass_reports.checks.shown import ShownFigure, figures, payloads
from cafcass_reports.checks.written.expected import Executed
from cafcass_reports.exhibits.payload import DashboardPayload, mimetype
from cafcass_reports.packs.front import title_of
from cafcass_reports.packs.measured import file_hash
from cafcass_reports.packs.written import check_files


@dataclass(frozen=True)
class Examined:
    """What was found in the files of a paper or binder.

    Parameters
    ----------
    title
        What readers know it by.
    hashes
        The sha256 of each file, by name.
    report
        Whether its files can be read by everybody, and show what its notebooks do.
    tokens
        What could be an identifier.
    figures
        The figures that a paper shows; a binder has none of its own.
    dashboard
        Where a paper holds a dashboard, what is wrong with its counts, in words; None where it holds none.
    """

    title: str
    hashes: Mapping[str, str]
    report: Report
    tokens: identifiers.Tokens
    figures: tuple[ShownFigure, ...] = ()
    dashboard: tuple[str, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "title": self.title,
            "hashes": dict(self.hashes),
            "checks": self.report.as_dict(),
            "parts": self.tokens.parts,
            "tokens": base64.b64encode(self.tokens.numbers.astype("<u8").tobytes()).decode("ascii"),
            "figures": self.figures,
            "dashboard": self.dashboard,
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Examined:
        """Return what :meth:`as_dict` wrote."""
        numbers = np.frombuffer(base64.b64decode(content["tokens"]), dtype="<u8")
        return cls(
            content["title"],
            content["hashes"],
            Report.from_dict(content["checks"]),
            identifiers.Tokens(content["parts"], numbers),
            tuple(ShownFigure(*one) for one in content["figures"]),
            None if content["dashboard"] is None else tuple(content["dashboard"]),
        )


def examine_paper(built: Path, folder: str) -> Examined:
    """Examine the files of a paper.

    Parameters
    ----------
    built
        The outputs that are being built.
    folder
        The paper's below them.
    """
    file = built / folder / f"{Path(folder).name}.ipynb"
    notebook = json.loads(file.read_bytes())
    held = [payload for kind, payload in payloads(notebook) if kind == mimetype("dashboard")]
    of_dashboards = [
        said
        for payload in held
        for said in dashboards.faults(folder, DashboardPayload.model_validate_json(json.dumps(payload)))
    ]
    report = _report(built, folder, [file])
    about = title_of(file), _hashes(built / folder), report, identifiers.tokens(built / folder)
    return Examined(*about, figures(notebook), tuple(of_dashboards) if held else None)


def examine_binder(built: Path, folder: str, title: str, notebooks: Sequence[Path]) -> Examined:
    """Examine the files of a binder.

    Parameters
    ----------
    built
        The outputs that are being built.
    folder, title
        The binder's folder below them, and its title.
    notebooks
        The executed notebooks that are bound.
    """
    report = _report(built, folder, notebooks)
    return Examined(title, _hashes(built / folder), report, identifiers.tokens(built / folder))


def _report(built: Path, folder: str, notebooks: Sequence[Path]) -> Report:
    accessible = Report.of(CHECK, examine_folder(built, folder, notebooks))
    return accessible | check_files(built, folder, [Executed.read(file) for file in notebooks])


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: file_hash(path) for path in sorted(folder.iterdir())}
