"""Make one paper for one area: execute its notebook, render it in each of its formats, examine what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cafcass_reports.errors import CafcassReportsError
from cafcass_reports.exporters.reading import title_of
from cafcass_reports.packs.examined import Examined, examine_paper
from cafcass_reports.packs.execute import execute
from cafcass_reports.packs.jobs import Job
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.protected import refuse_unprotected
from cafcass_reports.packs.render import read_paper, render
from cafcass_reports.packs.workers import give_back


@dataclass(frozen=True)
class Made:
    """What came of one paper.

    Parameters
    ----------
    examined
        What was found in its files; None where something stopped it.
    problem
        What stopped it, or None.
    lines
        The lines of its log.
    files
        The address of its files, where it was made on another machine.
    """

    examined: Examined | None
    problem: CafcassReportsError | None
    lines: list[dict[str, Any]]
    files: str = ""


def make(job: Job, pack: Pack, built: Path, measured: str) -> Made:
    """Make one paper; this may happen in a process of its own.

    Parameters
    ----------
    job, pack
        What to make.
    built
        The folder of the outputs that are being built.
    measured
        The key of what the pack measured.
    """
    log = RunLog()
    name, area = job.paper.notebook, job.area.name
    problem, examined = None, None
    try:
        with log.stage("execute", paper=name, area=area):
            executed = execute_paper(job, pack, built, measured)
        if pack.parameters.status == "final":
            refuse_unprotected(executed)
        paper = read_paper(executed)
        for wanted in job.paper.formats:
            with log.stage("render", paper=name, area=area, format=wanted.value):
                render(paper, executed, wanted, pack.template)
        with log.stage("examine", paper=name, area=area):
            examined = examine_paper(built, job.folder, title_of(paper))
    except CafcassReportsError as stopped:
        problem = stopped
    give_back()
    return Made(examined, problem, log.lines)


def execute_paper(job: Job, pack: Pack, built: Path, measured: str) -> Path:
    """Execute the notebook of a paper, and return the executed one; parameters are those of :func:`make`.

    Raises
    ------
    PaperError
        Where a cell stopped.
    """
    name = job.paper.notebook
    executed, record = built / job.folder / f"{name}.ipynb", record_of(job, built)
    record.parent.mkdir(parents=True, exist_ok=True)
    notebook, told = pack.notebook(name), {"pack": named(pack), "area": job.area.name}
    audience = job.paper.audience
    execute(notebook, executed, told, folder=pack.project, audience=audience, record=record, measured=measured)
    return executed


def record_of(job: Job, built: Path) -> Path:
    """Return the file, beside the outputs that are being built, in which a kernel notes what a paper reads."""
    return built.parent / "read" / f"{job.folder}.json"


def named(pack: Pack) -> str:
    """Return what notebooks open a pack by.

    A path is relative to the project, in which the kernel works: papers do not say where the project lies.
    """
    by_path = pack.file != pack.project / "params" / pack.name / "pack.yml"
    return pack.file.relative_to(pack.project).as_posix() if by_path else pack.name
