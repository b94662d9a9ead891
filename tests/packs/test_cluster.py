"""Papers made by a Dask cluster: a scheduler and two workers, of which one dies while it makes a paper."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import cast

import pytest

from cafcass_reports.errors import PackError, PaperError
from cafcass_reports.kernels import warm_kernels
from cafcass_reports.packs import cluster
from cafcass_reports.packs.cluster import Cluster
from cafcass_reports.packs.jobs import Job
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.packs.small_project import SET_UP, make, notebook

# The first time it is executed it takes its worker with it.
DEADLY = """\
import pathlib, psutil
mark = pathlib.Path({mark!r})
if not mark.exists():
    mark.touch()
    next(each for each in psutil.Process().parents() if "dask_worker" in " ".join(each.cmdline())).kill()"""


@contextmanager
def started(folder: Path, program: str, *arguments: str) -> Iterator[None]:
    """A process of Dask's command line, ended with the block."""
    command = [sys.executable, "-m", f"distributed.cli.{program}", "--host", "127.0.0.1", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != warm_kernels.ADDRESS}
    with (folder / f"{program}.log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def scheduler(folder: Path, stack: ExitStack) -> str:
    """Start a scheduler and return its address."""
    about = folder / "scheduler.json"
    stack.enter_context(
        started(folder, "dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(about))
    )
    until = time.monotonic() + 60
    while not about.is_file() and time.monotonic() < until:
        time.sleep(0.1)
    return str(json.loads(about.read_text(encoding="utf-8"))["address"])


def worker(folder: Path, address: str, stack: ExitStack, threads: int = 1) -> None:
    own = ("--no-nanny", "--no-dashboard", "--nthreads", str(threads), "--local-directory", str(folder))
    stack.enter_context(started(folder, "dask_worker", address, *own))


def outputs_of(project: Path) -> dict[str, bytes]:
    outputs = project / "outputs" / "q3"
    files = {p.relative_to(outputs).as_posix(): p.read_bytes() for p in outputs.rglob("*") if p.is_file()}
    del files["run.jsonl"]
    return files


@pytest.mark.filterwarnings("default::ResourceWarning")  # of Dask's own sockets, where a worker was killed
def test_a_pack_is_whole_and_as_if_made_here_where_a_worker_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, shared = make(tmp_path / "project"), tmp_path / "shared"
    deadly = DEADLY.format(mark=str(tmp_path / "mark"))
    shown = 'paper.commentary("open-cases")'
    notebook(project / "notebooks" / "words.ipynb", (SET_UP, []), (deadly, []), (shown, []))
    pack = open_pack("q3", project)
    with ExitStack() as stack:
        address = scheduler(tmp_path, stack)
        with monkeypatch.context() as patch:
            patch.setattr(cluster, "_PATIENCE", 1)
            with pytest.raises(PackError, match="has no workers"):
                run(pack, cluster=Cluster(address, str(shared)))
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            worker(tmp_path / name, address, stack)
        for nowhere in ("/dev/null/folder", "nosuch://bucket/folder"):
            with pytest.raises(PackError, match=rf"cannot use {nowhere}/.*Give another with --through"):
                run(pack, cluster=Cluster(address, nowhere))
        with pytest.raises(PaperError, match=r"2 of 2 papers failed.*cannot use memory://of-one-process/"):
            run(pack, cluster=Cluster(address, "memory://of-one-process"))
        run(pack, cluster=Cluster(address, str(shared)))
    assert (tmp_path / "mark").exists()
    assert list(shared.iterdir()) == []
    elsewhere = outputs_of(project)
    run(pack, clean=True)
    assert outputs_of(project) == elsewhere


def test_what_workers_are_given_holds_no_extract_and_no_identifier(tmp_path: Path) -> None:
    project = make(tmp_path / "project")
    pack = open_pack("q3", project)
    kept = cluster.kept_in(pack, "key")
    kept.mkdir(parents=True)
    for name in ("identifiers.npy", "measurements.arrow"):
        (kept / name).touch()
    (project / ".env").write_text("secret", encoding="utf-8")
    with cluster.zipfile.ZipFile(cluster.io.BytesIO(cluster._packed(pack, "key"))) as archive:
        assert sorted(archive.namelist()) == [
            "notebooks/figures.ipynb",
            "notebooks/words.ipynb",
            "outputs/.measured/q3/key/measurements.arrow",
            "params/q3/commentary/open-cases.md",
            "params/q3/pack.yml",
            "params/scorecards.yml",
        ]


@pytest.mark.parametrize("problem", [OSError("no room"), cluster.zipfile.BadZipFile("no archive")])
def test_a_worker_that_cannot_unpack_the_project_is_named(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(address: str) -> Path:
        raise problem

    monkeypatch.setattr(cluster, "_unpacked", fail)
    errand = cluster._Errand("/shared", "params/q3/pack.yml", "key", cluster._made_by())
    made = cluster._make_there(errand, cast("Job", None))
    assert made.examined is None
    assert re.search(
        r"Worker on .* cannot work in its own folder: no (room|archive)\..*--local-directory", str(made.problem)
    )


def test_a_scheduler_that_is_not_there_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(PackError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9.*docs/cluster\.md"):
        run(open_pack("q3", make(tmp_path / "project")), cluster=Cluster("tcp://127.0.0.1:9"))


@pytest.mark.filterwarnings("default::ResourceWarning")
def test_a_worker_with_several_threads_is_refused(tmp_path: Path) -> None:
    with ExitStack() as stack:
        address = scheduler(tmp_path, stack)
        worker(tmp_path, address, stack, threads=2)
        with pytest.raises(PackError, match=r"has 2 threads.*`dask worker --nthreads 1"):
            run(open_pack("q3", make(tmp_path / "project")), cluster=Cluster(address))
