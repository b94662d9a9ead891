"""``manifest.json``: what a pack was made from, what it is made of, and by which versions; no times, no machine."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cafcass_reports.exporters.deck.template import files as template_files
from cafcass_reports.packs import figures, outputs
from cafcass_reports.packs.examined import Examined
from cafcass_reports.packs.jobs import Binding, Job
from cafcass_reports.packs.measured import Measured, file_hash
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.standards import TARGETS

_VERSIONED = ("cafcass_reports", "duckdb", "matplotlib", "nbconvert", "pandas", "papermill", "python-pptx", "typst")

_APART = ("manifest.json", "run.jsonl")  # the one names the files, the other differs between equal runs


def write_manifest(
    pack: Pack,
    found: Measured,
    papers: Mapping[Job, Examined],
    binders: Mapping[Binding, Examined],
    built: Path,
    *,
    shown: Mapping[str, list[str]],
) -> None:
    """Write the manifest, last: readers trust what it names.

    Parameters
    ----------
    pack, found
        The pack and what it measured.
    papers, binders
        What was found in each.
    built
        The outputs that are being built.
    shown
        The ids of the figures shown, each with its papers.
    """
    hashes = {path.name: file_hash(path) for path in built.iterdir() if path.is_file() and path.name not in _APART}
    made: list[tuple[Binding | Job, Examined]] = [*papers.items(), *binders.items()]
    for one, examined in made:
        hashes |= {f"{one.folder}/{name}": was for name, was in examined.hashes.items()}
    content = {
        "pack": pack.name,
        "synthetic": found.synthetic,
        "parameters": _parameters(pack),
        "inputs": inputs(pack, found),
        **figures.definitions(found.measurements, shown),
        "versions": versions(),
        "papers": {
            job.folder: {"status": "done", "audience": job.paper.audience, "files": files_of(job.folder, papers[job])}
            for job in sorted(papers, key=lambda job: job.folder)
        },
        "binders": {
            one.folder: {"papers": list(one.binder.papers), "files": files_of(one.folder, binders[one])}
            for one in sorted(binders, key=lambda one: one.folder)
        },
        "outputs": {path.as_posix(): hashes[path.as_posix()] for path in sorted(map(Path, hashes))},
    }
    outputs.write_json(built / "manifest.json", content)


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that papers are made by."""
    return {"python": platform.python_version(), **{name: version(name) for name in _VERSIONED}}


def files_of(folder: str, examined: Examined) -> list[str]:
    """Return the files of a paper or binder, below the outputs."""
    return sorted(f"{folder}/{name}" for name in examined.hashes)


def inputs(pack: Pack, found: Measured) -> dict[str, Any]:
    """Return what a pack is made from, as it is now: extracts, texts, notebooks and parameters, by their sha256."""
    text = sorted(pack.commentary_folder.glob("*.md"))
    notebooks = [pack.notebook(paper.notebook) for paper in pack.parameters.papers]
    own = [pack.file, pack.project / "params" / "scorecards.yml", pack.project / "params" / TARGETS, *text, *notebooks]
    return {
        "measurements": found.key,
        "extracts": {file["name"]: file["sha256"] for file in found.checks["files"]},
        "files": {path.relative_to(pack.project).as_posix(): file_hash(path) for path in own if path.is_file()},
        "template": {path.name: file_hash(path) for path in template_files(pack.template) if path.is_file()},
    }


def _parameters(pack: Pack) -> dict[str, Any]:
    """What pack.yml says; of folders and files the name alone, since the rest is of this machine."""
    said = pack.parameters.model_dump(mode="json", by_alias=True)
    template = pack.template.name if pack.template else None
    return {
        **said,
        "extracts": {**said["extracts"], "folder": pack.parameters.extracts.folder.name},
        "template": template,
    }
