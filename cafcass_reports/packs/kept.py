"""Papers that were made before, kept with all that they were made from: one is made anew only where that changed.

They lie in ``outputs/.made/<pack>/``, also those of a run that failed or was stopped. A paper that is carried over is
byte for byte the one that a clean run would make, because what it depends on is the same. The folder may be deleted
at any time.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from cafcass_reports import theme
from cafcass_reports.checks.findings import Report
from cafcass_reports.exporters.deck.template import files as template_files
from cafcass_reports.packs.jobs import Job
from cafcass_reports.packs.make import named
from cafcass_reports.packs.measured import Measured, file_hash
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.protected import all_derived

_PACKAGE = Path(__file__).parents[1]
_MADE = "made.json"
_NAMED = 3  # reasons of one kind that are said; the others are counted


class KeptPapers:
    """The papers of a pack that were made before.

    Parameters
    ----------
    pack
        The pack.
    found
        What it measures now.
    """

    def __init__(self, pack: Pack, found: Measured) -> None:
        self._pack = pack
        self._measurements = found.measurements
        self._folder = pack.outputs.parent / ".made" / pack.name
        self._of_all = {
            "the parameters of the pack": _hashed(said_in_papers(pack)),
            "the template of its decks": _of_files(template_files(pack.template)),
            "cafcass_reports itself": _own_code(),
            "Python or a library": _libraries(),
            "the areas, periods or kind of its extracts": _hashed(
                [[repr(area) for area in found.measurements.areas], repr(found.measurements.reporting), found.synthetic]
            ),
            "a register": _hashed({name: rows.to_csv() for name, rows in found.registers.items()}),
        }
        self._asked: dict[str, dict[str, str]] = {}
        self._fingerprint = cache(found.measurements.fingerprint)

    def reasons(self, job: Job) -> list[str]:
        """Say why a paper must be made anew; nothing where it can be kept."""
        kept, now = self._made(job), self._made_from(job)
        if kept is None:
            return ["it was not made before, or what it was made from is not known"]
        changed = [name for name, was in kept["made_from"].items() if now.get(name) != was]
        files = [name for name, was in kept["files"].items() if self._of_file(name) != was]
        figures = [
            f"{m} for {area or 'all areas'}" for m, area, was in kept["figures"] if self._fingerprint(m, area) != was
        ]
        return [f"{name} changed" for name in (*changed, *files)] + _counted(figures)

    def carry_over(self, job: Job, built: Path) -> Report:
        """Put a paper that can be kept into the outputs; return what was found in it when it was made."""
        shutil.copytree(self._folder / job.folder, built / job.folder, ignore=shutil.ignore_patterns(_MADE))
        kept = self._made(job)
        return Report.from_dict(kept["checks"] if kept else {})

    def keep(self, job: Job, built: Path, record: Path, report: Report) -> None:
        """Keep a paper that was just made.

        One that shows what nobody says the metrics of comes from who knows where, and is made anew each time; so is
        one whose kernel did not say what it read.
        """
        shutil.rmtree(self._folder / job.folder, ignore_errors=True)
        if not record.is_file() or not all_derived(built / job.folder / f"{job.paper.notebook}.ipynb"):
            return
        read = json.loads(record.read_text(encoding="utf-8"))
        made = {
            "made_from": self._made_from(job),
            "files": read["files"],
            "figures": [[metric, area, self._fingerprint(metric, area)] for metric, area in read["figures"]],
            "outputs": {path.name: file_hash(path) for path in sorted((built / job.folder).iterdir())},
            "checks": report.as_dict(),
        }
        target = self._folder / job.folder
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as beside:
            copied = Path(shutil.copytree(built / job.folder, Path(beside) / target.name))
            (copied / _MADE).write_text(json.dumps(made), encoding="utf-8")
            copied.rename(target)

    def _made(self, job: Job) -> dict[str, Any] | None:
        """What was noted of a paper; None where it is not there whole, as it was made."""
        folder = self._folder / job.folder
        try:
            made: dict[str, Any] = json.loads((folder / _MADE).read_text(encoding="utf-8"))
            there = {path.name: file_hash(path) for path in folder.iterdir() if path.name != _MADE}
            return made if there == made["outputs"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _made_from(self, job: Job) -> dict[str, str]:
        """What a paper is made from before its notebook runs, as it is when this is first asked for."""
        if job.folder not in self._asked:
            notebook = self._pack.notebook(job.paper.notebook)
            own = job.paper.model_dump(mode="json", exclude={"areas"})
            self._asked[job.folder] = {
                f"notebooks/{notebook.name}": file_hash(notebook),
                "its formats, its readers or the name of its pack": _hashed([own, named(self._pack)]),
                **self._of_all,
            }
        return self._asked[job.folder]

    def _of_file(self, name: str) -> str:
        path = self._pack.project / name
        return file_hash(path) if path.is_file() else ""


def said_in_papers(pack: Pack) -> dict[str, Any]:
    """The parameters that each paper shows or is measured by; which papers there are is another matter.

    Rebases are held against the metrics that they are of; of folders and files only the name is said.
    """
    apart = {"areas", "papers", "binders", "previous", "rebases", "extracts", "template"}
    return pack.parameters.model_dump(mode="json", by_alias=True, exclude=apart)


def _counted(figures: Iterable[str]) -> list[str]:
    told = list(dict.fromkeys(figures))
    if not told:
        return []
    more = f" and {len(told) - _NAMED} others" if len(told) > _NAMED else ""
    return [f"figures moved: {', '.join(told[:_NAMED])}{more}"]


@cache
def _own_code() -> str:
    """Our package and the templates that come with it, by what is in their files: authors change them too."""
    found = [path for folder in (_PACKAGE, theme.templates_folder()) for path in folder.rglob("*") if path.is_file()]
    return _of_files(sorted(path for path in found if "__pycache__" not in path.parts))


@cache
def _libraries() -> str:
    return _hashed([platform.python_version(), sorted(f"{each.name} {each.version}" for each in distributions())])


def _of_files(paths: Iterable[Path]) -> str:
    return _hashed([[path.name, file_hash(path)] for path in paths if path.is_file()])


def _hashed(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:16]
