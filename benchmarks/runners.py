"""The ways to make the same papers: the same notebooks, exporters and files, only what runs them differs.

============== =========================================================================================
`command_line` the commands of papermill and nbconvert, so many papers at a time
`papermill`    papermill and nbconvert by their API: a cold kernel for each paper, a pool of processes
`ours`         what a run of this project does for each paper: a kernel forked from a warm process
`limit`        no kernel at all: cells are run in the worker itself, where everything is imported already
`run`          ``cafcass-reports run --clean``: beside the papers also checks, binders and publishing
============== =========================================================================================

The limit is what no runner of notebooks on so many processes can beat, and none that people may use: what one
notebook leaves behind (names, patches, settings of matplotlib) reaches the next.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import chdir, contextmanager, redirect_stdout
from functools import lru_cache, partial
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import nbformat
import papermill as stock
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbconvert.exporters import Exporter, get_exporter
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from cafcass_reports.exporters import closed_session
from cafcass_reports.kernels.warm_kernels import warm_kernels
from cafcass_reports.packs.formats import FORMATS
from cafcass_reports.packs.jobs import Job
from cafcass_reports.packs.make import execute_paper, named
from cafcass_reports.packs.measured import key
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.render import read_paper, render
from cafcass_reports.packs.run import run as run_pack
from cafcass_reports.packs.workers import executor

Make: TypeAlias = Callable[[Pack, Sequence[Job], Path], Path]
"""Makes papers of a pack below a folder, and returns the folder that they are in."""

_One: TypeAlias = Callable[[Pack, Job, Path], None]


@contextmanager
def command_line(workers: int) -> Iterator[Make]:
    """Start the commands, each a process that imports everything anew."""
    with ThreadPoolExecutor(workers) as pool:
        yield partial(_each, pool, _by_commands)


@contextmanager
def papermill(workers: int) -> Iterator[Make]:
    """Call papermill and nbconvert; their own processes, with our exporters, are as warm as ours."""
    with executor(workers) as pool:
        yield partial(_each, pool, _by_papermill)


@contextmanager
def ours(workers: int) -> Iterator[Make]:
    """Fork kernels from a warm process."""
    with warm_kernels("cafcass_reports.rehearsed"), executor(workers) as pool:

        def make(pack: Pack, jobs: Sequence[Job], built: Path) -> Path:
            # A run names to each paper what it has measured.
            return _each(pool, partial(_by_warm_kernel, measured=key(pack)), pack, jobs, built / "outputs")

        yield make


@contextmanager
def limit(workers: int) -> Iterator[Make]:
    """Run cells in the workers themselves."""
    with executor(workers) as pool:
        yield partial(_each, pool, _in_process)


@contextmanager
def run(workers: int) -> Iterator[Make]:
    """Run the whole command; it publishes where it always does."""

    def make(pack: Pack, jobs: Sequence[Job], _: Path) -> Path:
        papers = dict.fromkeys(job.paper.notebook for job in jobs)
        areas = dict.fromkeys(job.area.name for job in jobs)
        return run_pack(pack, papers=list(papers), areas=list(areas), clean=True, workers=workers)

    yield make


RUNNERS = MappingProxyType({each.__name__: each for each in (command_line, papermill, ours, limit, run)})

COLD = frozenset({"command_line", "run"})
"""Runners of which nothing stays warm from one paper, or one run, to the next."""


def _each(pool: Executor, make: _One, pack: Pack, jobs: Sequence[Job], built: Path) -> Path:
    for made in [pool.submit(make, pack, job, built) for job in jobs]:
        made.result()
    return built


def _by_commands(pack: Pack, job: Job, built: Path) -> None:
    target = _target(job, built)
    parameters = [part for pair in _parameters(pack, job).items() for part in ("-p", *pair)]
    source = pack.notebook(job.paper.notebook)
    _command("papermill", source, target, *parameters, "--cwd", pack.project, "--no-progress-bar")
    for wanted in job.paper.formats:
        _command("jupyter-nbconvert", "--to", FORMATS[wanted].exporter, target)


def _command(name: str, *arguments: str | Path) -> None:
    command = [Path(sys.executable).with_name(name), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name} ended with status {done.returncode}: {done.stderr}")


def _by_papermill(pack: Pack, job: Job, built: Path) -> None:
    target = _target(job, built)
    source = pack.notebook(job.paper.notebook)
    stock.execute_notebook(source, target, _parameters(pack, job), cwd=pack.project, progress_bar=False)
    for wanted in job.paper.formats:
        content, _ = _exporter(FORMATS[wanted].exporter).from_filename(str(target))
        file = target.with_name(target.stem + FORMATS[wanted].ending)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@lru_cache
def _exporter(name: str) -> Exporter:
    """Exporters are kept, as whoever calls their API many times would do."""
    exporter: Exporter = get_exporter(name)()
    return exporter


def _by_warm_kernel(pack: Pack, job: Job, built: Path, measured: str) -> None:
    _render(job, execute_paper(job, pack, built, measured))


def _in_process(pack: Pack, job: Job, built: Path) -> None:
    target = _target(job, built)
    source = load_notebook_node(str(pack.notebook(job.paper.notebook)))
    notebook = parameterize_notebook(source, _parameters(pack, job))
    notebook.metadata["cafcass"] = closed_session.metadata(job.paper.audience)
    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    with chdir(pack.project):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = _outputs(shell, cell.source)
    nbformat.write(notebook, target)
    _render(job, target)


def _outputs(shell: InteractiveShell, source: str) -> list[nbformat.NotebookNode]:
    shown: list[dict[str, Any]] = []
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=shown)
    shell.display_pub = CapturingDisplayPublisher()
    shell.display_pub.outputs = shown
    with redirect_stdout(StringIO()) as printed:
        shell.run_cell(source).raise_error()
    text = printed.getvalue()
    return ([nbformat.v4.new_output("stream", name="stdout", text=text)] if text else []) + [
        nbformat.v4.new_output("display_data", data=one["data"], metadata=one["metadata"] or {}) for one in shown
    ]


def _render(job: Job, target: Path) -> None:
    paper = read_paper(target)
    for wanted in job.paper.formats:
        render(paper, target, wanted)


def _target(job: Job, built: Path) -> Path:
    folder = built / job.folder
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{job.paper.notebook}.ipynb"


def _parameters(pack: Pack, job: Job) -> dict[str, Any]:
    return {"pack": named(pack), "area": job.area.name}
