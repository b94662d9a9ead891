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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from cafcass_reports import theme
from cafcass_reports.exporters.deck.template import files as template_files
from cafcass_reports.packs.examined import Examined
from cafcass_reports.packs.jobs import Binding, Job
from cafcass_reports.packs.make import named
from cafcass_reports.packs.measured import Measured, file_hash
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.protected import all_derived
from cafcass_reports.packs.reads import was_read

_PACKAGE = Path(__file__).parents[1]
_MADE = "made.json"
_NAMED = 3  # reasons of one kind that are said; the others are counted


class KeptPapers:
    """The papers and binders of a pack that were made before.

    Parameters
    ----------
    pack
        The pack.
    found
        What it measures now.
    """

    def __init__(self, pack: Pack, found: Measured) -> None:
        self.pack = pack
        self._store = _Store(pack.outputs.parent / ".made" / pack.name)
        self._of_binders = {
            "the template of its decks": _of_files(template_files(pack.template)),
            "cafcass_reports itself": own_code(),
            "Python or a library": _libraries(),
        }
        self._of_papers = {
            "the parameters of the pack": _hashed(said_in_papers(pack)),
            **self._of_binders,
            "the areas, periods or kind of its extracts": _hashed(
                [[repr(area) for area in found.measurements.areas], repr(found.measurements.reporting), found.synthetic]
            ),
            "a register": _hashed({name: rows.to_csv() for name, rows in found.registers.items()}),
        }
        self._asked: dict[str, dict[str, str]] = {}
        self._fingerprint = cache(found.measurements.fingerprint)

    def reasons(self, job: Job) -> list[str]:
        """Say why a paper must be made anew; nothing where it can be kept."""
        kept, now = self._store.about(job.folder), self._made_from(job)
        if "again" in kept:
            return [str(kept["again"])]
        changed = [name for name, was in kept["made_from"].items() if now.get(name) != was]
        files = [name for name, was in kept["files"].items() if self._of_file(name) != was]
        figures = [
            f"{m} for {area or 'all areas'}" for m, area, was in kept["figures"] if self._fingerprint(m, area) != was
        ]
        return [f"{name} changed" for name in (*changed, *files)] + _counted(figures)

    def carry_over(self, job: Job, built: Path) -> Examined:
        """Put a paper that can be kept into the outputs; return what was found in it when it was made."""
        return self._store.take(job.folder, built)

    def keep(self, job: Job, built: Path, record: Path, examined: Examined) -> None:
        """Keep a paper that was just made.

        One that shows what nobody says the metrics of comes from who knows where, and is made anew each time; so is
        one whose kernel did not say what it read.
        """
        if not all_derived(built / job.folder / f"{job.paper.notebook}.ipynb"):
            self._store.refuse(job.folder, "it shows what is derived from no metric: nobody knows if that changed")
        elif (read := was_read(record)) is None:
            self._store.refuse(job.folder, "its kernel did not say what it read: nobody knows if that changed")
        else:
            files, looked_up = read
            figures = [[metric, area, self._fingerprint(metric, area)] for metric, area in looked_up]
            made = {"made_from": self._made_from(job), "files": files, "figures": figures}
            self._store.put(job.folder, built, made, examined)

    def carry_over_binder(self, binding: Binding, papers: Mapping[str, Examined], built: Path) -> Examined | None:
        """Put a binder into the outputs and return what was found in it; None where one of its papers is another."""
        kept = self._store.about(binding.folder)
        same = kept.get("made_from") == self._bound_from(binding, papers)
        return self._store.take(binding.folder, built) if same else None

    def keep_binder(self, binding: Binding, papers: Mapping[str, Examined], built: Path, examined: Examined) -> None:
        """Keep a binder that was just made."""
        self._store.put(binding.folder, built, {"made_from": self._bound_from(binding, papers)}, examined)

    def _bound_from(self, binding: Binding, papers: Mapping[str, Examined]) -> dict[str, Any]:
        return {
            "title": binding.binder.title,
            "papers": [papers[folder].hashes[f"{Path(folder).name}.ipynb"] for folder in binding.papers],
            **self._of_binders,
        }

    def _made_from(self, job: Job) -> dict[str, str]:
        """What a paper is made from before its notebook runs, as it is when this is first asked for."""
        if job.folder not in self._asked:
            notebook = self.pack.notebook(job.paper.notebook)
            own = job.paper.model_dump(mode="json", exclude={"areas"})
            self._asked[job.folder] = {
                f"notebooks/{notebook.name}": file_hash(notebook),
                "its formats, its readers or the name of its pack": _hashed([own, named(self.pack)]),
                **self._of_papers,
            }
        return self._asked[job.folder]

    def _of_file(self, name: str) -> str:
        path = self.pack.project / name
        return file_hash(path) if path.is_file() else ""


class _Store:
    """Folders as they were made, each with a note of what it was made from and of what was found in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, dict[str, Any]] = {}

    def about(self, name: str) -> dict[str, Any]:
        """What was noted; under ``again`` why it cannot be kept: a folder counts only whole, as it was made."""
        if name not in self._read:
            folder = self._folder / name
            try:
                noted: dict[str, Any] = json.loads((folder / _MADE).read_text(encoding="utf-8"))
                there = {path.name: file_hash(path) for path in folder.iterdir() if path.name != _MADE}
                whole = "again" in noted or there == noted["examined"]["hashes"]
                self._read[name] = noted if whole else {"again": "what was kept of it was changed"}
            except FileNotFoundError:
                return {"again": "it was not made before"}
            except (OSError, ValueError, KeyError, TypeError):
                return {"again": "what was kept of it cannot be read"}
        return self._read[name]

    def take(self, name: str, built: Path) -> Examined:
        """Copy a folder that is whole into the outputs."""
        shutil.copytree(self._folder / name, built / name, ignore=shutil.ignore_patterns(_MADE))
        return Examined.from_dict(self.about(name)["examined"])

    def put(self, name: str, built: Path, made: Mapping[str, Any], examined: Examined) -> None:
        """Keep a folder of the outputs."""
        with self._replaced(name) as beside:
            shutil.copytree(built / name, beside, dirs_exist_ok=True)
            noted = json.dumps({**made, "examined": examined.as_dict()})
            (beside / _MADE).write_text(noted, encoding="utf-8")

    def refuse(self, name: str, reason: str) -> None:
        """Note why a folder is not kept."""
        with self._replaced(name) as beside:
            (beside / _MADE).write_text(json.dumps({"again": reason}), encoding="utf-8")

    @contextmanager
    def _replaced(self, name: str) -> Iterator[Path]:
        """Give an empty folder, which takes the place of the old one when the block ends."""
        target = self._folder / name
        self._read.pop(name, None)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as room:
            beside = Path(room) / target.name
            beside.mkdir()
            yield beside
            beside.rename(target)


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
def own_code() -> str:
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
