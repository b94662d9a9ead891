"""Make papers by one runner, in a program of its own, and print what that took; `benchmarks.cost` starts it.

The clock begins when each worker has made a paper: imports, warm processes and exporters are then there for every
runner alike, and what that took is told apart.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from benchmarks.project import chosen
from benchmarks.runners import COLD, RUNNERS
from cafcass_reports.packs.jobs import Job


def main(runner: str, project: Path, name: str, papers: int, *, workers: int, built: Path) -> None:
    """Make so many papers; print seconds to begin, seconds, seconds of CPU and a digest of the files as JSON.

    Parameters
    ----------
    runner
        A name of :data:`benchmarks.runners.RUNNERS`.
    project, name
        The project's folder and its pack, measured already.
    papers
        How many papers, in the order of :func:`benchmarks.project.chosen`; where there are not so many, again.
    workers
        How many are made at a time.
    built
        The folder that they are written to.
    """
    pack, jobs = chosen(project, name)
    began = time.perf_counter()
    with RUNNERS[runner](workers) as make:
        if runner not in COLD:
            make(pack, jobs[:workers], built / "before")
        ready, cpu = time.perf_counter(), _cpu_seconds()
        for again in range(0, papers, len(jobs)):
            made = make(pack, jobs[: papers - again], built / f"made-{again}")
        took = {"seconds": time.perf_counter() - ready, "cpu": _cpu_seconds() - cpu, "start": ready - began}
    print(json.dumps({**took, "files": _digest(made, jobs[: papers - again])}))


def _cpu_seconds() -> float:
    """Seconds of CPU of this process and all below it, also of those that have ended."""
    own = psutil.Process()
    times = [each.cpu_times() for each in (own, *own.children(recursive=True))]
    return float(sum(t.user + t.system + t.children_user + t.children_system for t in times))


def _digest(made: Path, jobs: Sequence[Job]) -> str:
    """Of all decks, PDFs and pages; in the notebooks papermill notes when each cell ran."""
    found = hashlib.sha256()
    for job in jobs:
        for path in sorted((made / job.folder).iterdir()):
            if path.suffix != ".ipynb":
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    _runner, _project, _name, _papers, _workers, _built = sys.argv[1:]
    main(_runner, Path(_project), _name, int(_papers), workers=int(_workers), built=Path(_built))
