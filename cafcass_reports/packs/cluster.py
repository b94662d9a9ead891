"""Papers made by the workers of a Dask cluster, on machines that share nothing with this one but an address.

What papers need of the project goes there once, as an archive: all but its extracts, its outputs and what is hidden,
and the measurements without the numbers of identifiers. Each paper comes back as an archive of its own. An address is
one of fsspec's: a folder that all machines see, or a place such as ``s3://bucket/folder``.
"""

from __future__ import annotations

import importlib
import io
import os
import secrets
import shutil
import socket
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from cafcass_reports.errors import PackError, PaperError
from cafcass_reports.kernels import warm_kernels
from cafcass_reports.packs.jobs import Job
from cafcass_reports.packs.kept import own_code
from cafcass_reports.packs.make import Made, make, record_of
from cafcass_reports.packs.manifest import versions
from cafcass_reports.packs.measured import IDENTIFIERS, kept_in
from cafcass_reports.packs.parameters import Pack, open_pack
from cafcass_reports.parameters import read_yaml

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_ALLOWED_FAILURES = 2  # workers that may be lost with a paper before it is given up
_PATIENCE = 30  # seconds in which a scheduler answers, and has a worker
_PROJECT = "project.zip"
_RECORD = "read.json"  # no paper has a file of this name


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster.

    Parameters
    ----------
    scheduler
        The address of its scheduler, such as ``tcp://scheduler:8786``.
    through
        The address of a folder that this machine and the workers can read and write; the project's own outputs where
        it is empty.
    """

    scheduler: str
    through: str = ""


@dataclass(frozen=True)
class _Errand:
    """What a worker is told: where the project is, the pack's file in it, what was measured, and by which code."""

    address: str
    file: str
    measured: str
    made_by: Mapping[str, str]


class _Lossy(Executor):
    """Dask's executor, whose papers are lost with their workers as with the processes of a machine."""

    def __init__(self, executor: Executor, lost: type[Exception]) -> None:
        self._executor = executor
        self._lost = lost

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Hand a task to a worker."""
        told: Future[_Result] = Future()
        self._executor.submit(fn, *args, **kwargs).add_done_callback(partial(self._tell, told))
        return told

    def _tell(self, told: Future[_Result], done: Future[_Result]) -> None:
        problem = None if done.cancelled() else done.exception()
        if done.cancelled() or isinstance(problem, self._lost):
            told.set_exception(BrokenExecutor(str(problem)))
        elif problem is not None:
            told.set_exception(problem)
        else:
            told.set_result(done.result())


@contextmanager
def on(cluster: Cluster, pack: Pack, built: Path, measured: str) -> Iterator[tuple[Executor, Callable[[Job], Made]]]:
    """Give an executor of a cluster, and what it does for each paper; what it still does is cancelled with the block.

    Parameters
    ----------
    cluster, pack
        Where, and what.
    built
        The folder of the outputs that are being built.
    measured
        The key of what the pack measured.

    Raises
    ------
    PackError
        Where the cluster, or the folder that its machines share, cannot be used.
    """
    dask = _library("distributed")
    client = _connected(dask, cluster.scheduler)
    address = f"{cluster.through or built.parent}/{secrets.token_hex(8)}"
    try:
        with _folder(address):
            _write(f"{address}/{_PROJECT}", _packed(pack, measured))
            errand = _Errand(address, pack.file.relative_to(pack.project).as_posix(), measured, _made_by())
            executor = client.get_executor(pure=False)
            try:
                yield _Lossy(executor, dask.scheduler.KilledWorker), partial(_make_there, errand)
            finally:
                executor.shutdown(wait=False)
    finally:
        client.close()


def fetch(made: Made, job: Job, built: Path) -> Made:
    """Bring the files of a paper that was made elsewhere into the outputs that are being built."""
    with zipfile.ZipFile(io.BytesIO(_read(made.files))) as archive:
        for name in archive.namelist():
            target = record_of(job, built) if name == _RECORD else built / job.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
    return replace(made, files="")


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise PackError(
            f"--dask needs {name}, which is not installed.",
            next_step="pip install 'cafcass_reports[dask]', here and on the cluster.",
        ) from None


def _connected(dask: Any, scheduler: str) -> Any:
    """A client of a cluster that can make papers."""
    try:
        client = dask.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise PackError(
            f"No Dask scheduler answers at {scheduler}: {problem}.",
            valid="An address such as tcp://scheduler:8786.",
            next_step="docs/cluster.md says how to start one.",
        ) from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        threads = max(worker["nthreads"] for worker in workers)
        if threads > 1:
            raise PackError(
                f"A worker of {scheduler} has {threads} threads.",
                valid="One thread a worker: notebooks and charts share a process badly.",
                next_step="Start them with `dask worker --nthreads 1 --nworkers CORES`.",
            )
        allowed = _ALLOWED_FAILURES
        client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", allowed))
    except TimeoutError:
        client.close()
        raise PackError(
            f"The scheduler at {scheduler} has no workers.", next_step="docs/cluster.md says how to start them."
        ) from None
    except BaseException:
        client.close()
        raise
    return client


@contextmanager
def _folder(address: str) -> Iterator[None]:
    """Make a folder for the block."""
    with _place(address) as (files, path):
        files.makedirs(path, exist_ok=True)
    try:
        yield
    finally:
        with _place(address) as (files, path):
            if files.exists(path):
                files.rm(path, recursive=True)


@contextmanager
def _place(address: str) -> Iterator[tuple[Any, str]]:
    """Give the file system and the path of an address; whatever its library raises is said of the address."""
    try:
        yield _library("fsspec").core.url_to_fs(address)
    except PackError:
        raise
    except Exception as problem:
        raise PackError(
            f"{socket.gethostname()} cannot use {address}: {problem}.",
            valid="A folder, or an address of fsspec such as s3://bucket/folder, that all machines read and write.",
            next_step="Give another with --through, or install there what is missing.",
        ) from None


def _write(address: str, content: bytes) -> None:
    with _place(address) as (files, path):
        files.pipe_file(path, content)


def _read(address: str) -> bytes:
    with _place(address) as (files, path):
        content: bytes = files.cat_file(path)
        return content


def _packed(pack: Pack, measured: str) -> bytes:
    """What papers of a pack need of its project: no extracts, of whichever pack, and no identifiers."""
    folders = [pack.extracts_folder]
    for file in (pack.project / "params").glob("*/pack.yml"):
        said = read_yaml(file, PackError).get("extracts")
        folders += [pack.project / str(said["folder"])] if isinstance(said, dict) and "folder" in said else []
    kept = kept_in(pack, measured)
    folders += [pack.project / "outputs", pack.project / "records"]
    found = list(_own(pack.project, {folder.resolve() for folder in folders}))
    found += [path for path in kept.iterdir() if path.name != IDENTIFIERS]
    return _zipped({path.relative_to(pack.project).as_posix(): path for path in found})


def _own(folder: Path, without: Iterable[Path]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__pycache__")) or path.resolve() in without:
            continue
        if path.is_dir():
            yield from _own(path, without)
        elif path.is_file():
            yield path


def _zipped(files: Mapping[str, Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in files.items():
            archive.writestr(name, path.read_bytes())
    return packed.getvalue()


def _made_by() -> dict[str, str]:
    return {"cafcass_reports' own code": own_code(), **versions()}


def _make_there(errand: _Errand, job: Job) -> Made:
    """In a worker: make a paper, and leave its files at the address."""
    host, here = socket.gethostname(), _made_by()
    other = [name for name, was in errand.made_by.items() if here.get(name) != was]
    if other:
        problem = PaperError(
            f"Worker on {host} makes papers otherwise: {', '.join(other)} differ.",
            next_step="Install the same cafcass_reports there, with the versions of constraints.txt.",
        )
        return Made(None, problem, [])
    try:
        return _made_in(_unpacked(errand.address), errand, job)
    except PackError as problem:
        return Made(None, problem, [])
    except (OSError, zipfile.BadZipFile) as problem:
        given = PaperError(
            f"Worker on {host} cannot work in its own folder: {problem}.",
            next_step="Give it another with `dask worker --local-directory`, with a gigabyte of room.",
        )
        return Made(None, given, [])


def _made_in(project: Path, errand: _Errand, job: Job) -> Made:
    if warm_kernels.POSSIBLE and warm_kernels.ADDRESS not in os.environ:
        warm_kernels.start("cafcass_reports.rehearsed")
    pack = open_pack(project / errand.file)
    built = project / "outputs" / secrets.token_hex(8) / "new"
    made = make(job, pack, built, errand.measured)
    files = {path.name: path for path in (built / job.folder).iterdir()} if (built / job.folder).is_dir() else {}
    if record_of(job, built).is_file():
        files[_RECORD] = record_of(job, built)
    # Of two workers with the same paper, one taken for lost, neither writes over the other.
    address = f"{errand.address}/{secrets.token_hex(8)}.zip"
    _write(address, _zipped(files))
    shutil.rmtree(built.parent)
    return replace(made, files=address)


@lru_cache(maxsize=1)
def _unpacked(address: str) -> Path:
    """In a worker: the project of a run, in the worker's own folder, where that of the run before is removed."""
    project = Path(_library("distributed").get_worker().local_directory) / "project"
    with zipfile.ZipFile(io.BytesIO(_read(f"{address}/{_PROJECT}"))) as archive:
        shutil.rmtree(project, ignore_errors=True)
        archive.extractall(project)
    return project
