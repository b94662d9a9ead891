"""Make the papers of a pack side by side, and bind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import TypeAlias

from cafcass_reports.errors import PaperError
from cafcass_reports.packs import outputs
from cafcass_reports.packs.binding import bind
from cafcass_reports.packs.cluster import Cluster, fetch, on
from cafcass_reports.packs.examined import Examined
from cafcass_reports.packs.jobs import Binding, Job
from cafcass_reports.packs.kept import KeptPapers
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.make import Made, make
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.render import BOUND
from cafcass_reports.packs.workers import executor, get_ready, processes

Papers: TypeAlias = dict[Job, Made]


def make_papers(
    pack: Pack,
    jobs: Sequence[Job],
    built: Path,
    measured: str,
    *,
    workers: int,
    cluster: Cluster | None = None,
    log: RunLog,
) -> Papers:
    """Make papers side by side; where some fail the others are still tried.

    Where a process of this machine dies, of whatever paper, those that were not done are made once more, each in a
    process of its own: then only the one that ends it fails. A cluster gives them to other workers itself.

    Parameters
    ----------
    pack, jobs
        What to make.
    built
        The folder of the outputs that are being built.
    measured
        The key of what the pack measured.
    workers
        How many processes of this machine make papers side by side; 1 makes them here.
    cluster
        The Dask cluster that makes them instead.
    log
        Where stages are noted.

    Raises
    ------
    PackError
        Where a cluster cannot be used.
    """
    made: Papers = {}
    if jobs and workers > 1:
        get_ready()  # for the binders too, where this process makes a single paper itself
    if jobs and cluster:
        with on(cluster, pack, built, measured) as (pool, task):
            lost = _make(jobs, task, pool, built, made=made, log=log)
        next_step = "Look at the logs of the workers: most often one had not enough memory."
    elif jobs:
        here = partial(make, pack=pack, built=built, measured=measured)
        with executor(min(workers, len(jobs))) as pool:
            left = _make(jobs, here, pool, built, made=made, log=log)
        lost = []
        for job in left:
            with processes(1) as pool:
                lost += _make([job], here, pool, built, made=made, log=log)
        next_step = "Most often there was not enough memory: try fewer --workers."
    else:
        return {}
    for job in lost:
        made[job] = Made(None, PaperError("The process that made it was ended, twice.", next_step=next_step), [])
    return {job: made[job] for job in jobs}


def _make(
    jobs: Iterable[Job], task: Callable[[Job], Made], pool: Executor, built: Path, *, made: Papers, log: RunLog
) -> list[Job]:
    """Make papers by an executor, and return those that were lost with one of its processes."""
    waiting: dict[Future[Made], Job] = {}
    lost = []
    for job in jobs:
        try:
            waiting[pool.submit(task, job)] = job
        except BrokenExecutor:
            lost.append(job)
    for done in as_completed(waiting):
        job = waiting[done]
        try:
            one = done.result()
        except BrokenExecutor:
            lost.append(job)
            continue
        made[job] = fetch(one, job, built) if one.files else one
        log.add(one.lines, f"made {job.paper.notebook} for {job.area.name}")
    return lost


def refuse_failed(pack: Pack, made: Mapping[Job, Made], built: Path) -> None:
    """Keep the notebooks of papers that failed where their authors look.

    Raises
    ------
    PaperError
        Where there are any, saying of each what stopped it.
    """
    problems = {job.folder: one.problem for job, one in made.items() if one.problem is not None}
    if problems:
        failed = outputs.keep_failed(pack, {folder: built / folder for folder in problems})
        said = "; ".join(f"{folder}: {problem}" for folder, problem in problems.items())
        raise PaperError(
            f"{len(problems)} of {len(made)} papers failed. {said}",
            next_step=f"What there is of their notebooks lies in {failed}; the published papers are as they were.",
        )


def bind_papers(
    bindings: Iterable[Binding],
    papers: Mapping[str, Examined],
    kept: KeptPapers,
    built: Path,
    *,
    workers: int,
    log: RunLog,
) -> dict[Binding, Examined]:
    """Bind papers, where all of a binder's are there, and return what was found in each.

    A binder is made anew whenever any of its papers is, its deck and its PDF side by side. Where a narrowed run has
    never made one of its papers, there is nothing whole to bind.

    Raises
    ------
    PaperError
        Where a process that binds is ended.
    """
    bound: dict[Binding, Examined] = {}
    for binding in bindings:
        if not papers.keys() >= set(binding.papers):
            continue
        examined = kept.carry_over_binder(binding, papers, built)
        if examined is None:
            with log.stage("bind", paper=binding.binder.name, area=binding.area.name):
                examined = _bind(binding, built, kept.pack.template, workers)
            kept.keep_binder(binding, papers, built, examined)
        bound[binding] = examined
    return bound


def _bind(binding: Binding, built: Path, template: Path | None, workers: int) -> Examined:
    (built / binding.folder).mkdir(parents=True)
    one = partial(bind, binding, built, template)
    try:
        with executor(min(workers, len(BOUND))) as pool:
            return reduce(or_, pool.map(one, BOUND))
    except BrokenExecutor:
        raise PaperError(
            f"The process that made the binder {binding.binder.name} was ended.",
            next_step="Most often there was not enough memory: try fewer --workers.",
        ) from None
