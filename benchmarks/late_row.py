"""What one late row costs: ``python -m benchmarks.late_row``.

A pack is run whole; then one row comes in late, and it is run again. At the end stands a clean run on the same
extracts, which must publish the same bytes. The figures go into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks import page
from benchmarks.project import PACK, shipped
from cafcass_reports.packs.workers import cores

# A copy of the last row of an extract, with keys of its own.
_LATE = {
    "an answer to a survey, of which one paper speaks": ("feedback", {"feedback_id": "F999999"}),
    "a case, which moves what all areas stand beside": (
        "cases",
        {"application_id": "999999999999999991", "case_id": "999999999999999992"},
    ),
}


class Run(NamedTuple):
    """What a run took, wall clock and CPU of all its processes, and how many papers it made."""

    seconds: float
    cpu: float
    papers: int


def main() -> None:
    """Measure, print, and write the page.

    Raises
    ------
    RuntimeError
        Where a run again published other bytes than a clean one.
    """
    parser = argparse.ArgumentParser(description="What one late row costs.")
    parser.add_argument("--workers", type=int, default=cores(), help="papers made at a time (default: %(default)s)")
    given = parser.parse_args()
    with shipped() as project:
        runs = {"clean": run(project, given.workers)}
        for late, (extract, keys) in _LATE.items():
            _add_row(project / "extracts" / "demo" / f"{extract}.csv", keys)
            runs[late] = run(project, given.workers)
        again = _published(project)
        runs["clean, on the same extracts"] = run(project, given.workers, "--clean")
        if again != _published(project):
            raise RuntimeError("What was run again is not what a clean run publishes.")
    whole = runs["clean"]
    rows = [
        (what, one.papers, f"{one.seconds:.0f}", f"{one.seconds / whole.seconds:.0%}", f"{one.cpu:.0f}")
        for what, one in runs.items()
    ]
    lines = [f"{given.workers} workers.", "", *page.table(("run", "papers made", "seconds", "share", "CPU, s"), rows)]
    print("\n".join(lines))
    page.write("late row", lines)


def run(project: Path, workers: int, *options: str) -> Run:
    """Run the pack by its command, and count what it made."""
    command: list[str | Path] = [
        Path(sys.executable).with_name("cafcass-reports"),
        "run",
        PACK,
        "--workers",
        str(workers),
        *options,
    ]
    began, before = time.perf_counter(), _cpu()
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    seconds, cpu = time.perf_counter() - began, _cpu() - before
    log = (project / "outputs" / PACK / "run.jsonl").read_text(encoding="utf-8").splitlines()
    return Run(seconds, cpu, sum(json.loads(line)["event"] == "execute" for line in log))


def _cpu() -> float:
    """Seconds of CPU of all programs that have ended, with those that they started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _add_row(extract: Path, keys: dict[str, str]) -> None:
    with extract.open(encoding="utf-8", newline="") as stream:
        *_, last = csv.DictReader(stream)
    with extract.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, last, lineterminator="\n").writerow(last | keys)


def _published(project: Path) -> dict[str, bytes]:
    """Every file that was published, but for the log, which says when."""
    folder = project / "outputs" / PACK
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.jsonl")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


if __name__ == "__main__":
    main()
