"""What is found in the files of one paper or binder: where they are made, and once, however often a pack is run.

What speaks of one paper is checked there to its end. Of the rest, which is held against the whole pack, this keeps what
it takes: the figures shown and all that could be an identifier.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from cafcass_reports.checks import dashboards, identifiers
from cafcass_reports.checks.accessibility import ENDINGS, alternative_texts, examine_opened, place_of
from cafcass_reports.checks.accessibility.rules import CHECK
from cafcass_reports.checks.findings import Report
from cafcass_reports.checks.opened import Opened, open_all
from cafcass_reports.checks.shown import ShownFigure, figures, payloads
from cafcass_reports.checks.written.expected import Executed
from cafcass_reports.exhibits.payload import DashboardPayload, mimetype
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

    def __or__(self, other: Examined) -> Examined:
        """Return what was found in the files of a binder together."""
        hashes = dict(sorted({**self.hashes, **other.hashes}.items()))
        return replace(self, hashes=hashes, report=self.report | other.report, tokens=self.tokens | other.tokens)

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


def examine_paper(built: Path, folder: str, title: str) -> Examined:
    """Examine the files of a paper.

    Parameters
    ----------
    built
        The outputs that are being built.
    folder, title
        The paper's folder below them, and its title.
    """
    with _files(built / folder) as files:
        (notebook,) = (file.notebook for file in files if file.path.name == f"{Path(folder).name}.ipynb")
        held = [payload for kind, payload in payloads(notebook) if kind == mimetype("dashboard")]
        of_dashboards = [
            said
            for payload in held
            for said in dashboards.faults(folder, DashboardPayload.model_validate_json(json.dumps(payload)))
        ]
        found = _examined(built, folder, title, files, [notebook])
    return replace(found, figures=figures(notebook), dashboard=tuple(of_dashboards) if held else None)


def examine_bound(built: Path, file: Path, title: str, notebooks: Sequence[Path]) -> Examined:
    """Examine one file of a binder.

    Parameters
    ----------
    built
        The outputs that are being built.
    file, title
        The file, and the binder's title.
    notebooks
        The executed notebooks that are bound.
    """
    folder = file.parent.relative_to(built).as_posix()
    with open_all([file]) as files:
        return _examined(built, folder, title, files, [json.loads(path.read_bytes()) for path in notebooks])


def _files(folder: Path) -> AbstractContextManager[list[Opened]]:
    return open_all(sorted(folder.iterdir()))


def _examined(
    built: Path, folder: str, title: str, files: Sequence[Opened], notebooks: Sequence[Mapping[str, Any]]
) -> Examined:
    alts = alternative_texts(notebooks)
    places = [(file, place_of(file.path, built)) for file in files if file.path.suffix.lower() in ENDINGS]
    accessible = Report.of(CHECK, (one for file, place in places for one in examine_opened(file, place, alts)))
    report = accessible | check_files(files, folder, [Executed.read(notebook) for notebook in notebooks])
    hashes = {file.path.name: hashlib.sha256(file.content).hexdigest() for file in files}
    return Examined(title, hashes, report, identifiers.tokens(files))
