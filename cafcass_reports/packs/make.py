"""Make one paper for one area: execute its notebook, and render it in each of its formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cafcass_reports.errors import CafcassReportsError
from cafcass_reports.packs.execute import execute
from cafcass_reports.packs.jobs import Job
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.protected import refuse_unprotected
from cafcass_reports.packs.render import render


def make(pack: Pack, job: Job, built: Path) -> tuple[CafcassReportsError | None, list[dict[str, Any]]]:
    """Execute and render one paper; this may happen in a process of its own.

    Parameters
    ----------
    pack, job
        What to make.
    built
        The folder of the outputs that are being built.

    Returns
    -------
    tuple
        What stopped it, or None, and the lines of its log.
    """
    log = RunLog()
    name = job.paper.notebook
    executed = built / job.folder / f"{name}.ipynb"
    # Relative to the project, in which the kernel works: papers do not say where the project lies.
    named = pack.file.relative_to(pack.project).as_posix() if _by_path(pack) else pack.name
    parameters = {"pack": named, "area": job.area.name}
    problem = None
    try:
        with log.stage("execute", paper=name, area=job.area.name):
            notebook, audience = pack.notebook(name), job.paper.audience
            execute(notebook, executed, parameters, folder=pack.project, audience=audience)
        if pack.parameters.status == "final":
            refuse_unprotected(executed)
        for wanted in job.paper.formats:
            with log.stage("render", paper=name, area=job.area.name, format=wanted.value):
                render(executed, wanted, pack.template)
    except CafcassReportsError as stopped:
        problem = stopped
    return problem, log.lines


def _by_path(pack: Pack) -> bool:
    return pack.file != pack.project / "params" / pack.name / "pack.yml"
