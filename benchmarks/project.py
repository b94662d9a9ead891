"""Projects to measure in: the shipped papers on the synthetic organisation, and many copies of a short paper."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cafcass_reports.packs.jobs import Job, jobs_of
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import Pack, open_pack

ROOT = Path(__file__).parents[1]
PACK = "2020-21-q3"
PAPER = "performance_scorecard"


@contextmanager
def shipped() -> Iterator[Path]:
    """Give a copy of this project with synthetic extracts, its pack measured already."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("params", "notebooks"):
            shutil.copytree(ROOT / name, project / name)
        command = Path(sys.executable).with_name("cafcass-reports")
        subprocess.run([command, "demo", project / "extracts" / "demo"], check=True, capture_output=True)
        measured(open_pack(PACK, project))
        yield project


def chosen(project: Path, name: str) -> tuple[Pack, list[Job]]:
    """Return a pack and its papers: first the performance scorecard for the nation and each area, then all others."""
    pack = open_pack(name, project)
    jobs = jobs_of(pack, measured(pack).measurements.areas)
    return pack, sorted(jobs, key=lambda job: job.paper.notebook != PAPER)
