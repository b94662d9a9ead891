"""One paper for one area as its author sees it while writing: the review page, and what the checks would say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import CafcassReportsError
from cafcass_reports.exporters.reading import title_of
from cafcass_reports.packs.checked import check_sources
from cafcass_reports.packs.examined import examine_paper
from cafcass_reports.packs.jobs import Job, jobs_of
from cafcass_reports.packs.make import execute_paper, record_of
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import Format, Pack, open_pack
from cafcass_reports.packs.reads import was_read
from cafcass_reports.packs.render import read_paper, render

_LOOKED_AFTER = 0.2  # seconds between two looks at the files of a paper that is watched


@dataclass(frozen=True)
class Preview:
    """A paper as it would be.

    Parameters
    ----------
    problem
        What stopped it, or None.
    report
        What was found in the texts that it shows and in the page. Nothing is stopped by it.
    read
        The files that it was made from.
    """

    problem: CafcassReportsError | None
    report: Report
    read: tuple[Path, ...]


Show: TypeAlias = Callable[[Path, float], None]
"""Told of a review page as soon as it can be opened, and of the seconds that it took; it is checked after that."""


def preview(pack: Pack, paper: str, area: str | None = None, *, show: Show) -> Preview:
    """Make the review page of one paper, into ``outputs/.preview/<pack>/``; the outputs stay as they are.

    Parameters
    ----------
    pack, paper
        The pack, and the notebook's name.
    area
        The area; the first that the paper is made for where it is not given.
    show
        Called when the page is there; where a cell stopped, it is not.

    Raises
    ------
    PackError
        Where the pack has no such paper, or none for that area.
    """
    began = time.perf_counter()
    found = measured(pack)
    wanted = jobs_of(pack, found.measurements.areas, [paper], [area] if area else [])[0]
    job = Job(wanted.paper.model_copy(update={"formats": (Format.PAGE,)}), wanted.area)
    built = pack.outputs.parent / ".preview" / pack.name / "outputs"
    report, problem = Report(()), None
    # Gates are for what is published: here a final pack's paper is as free as a draft's.
    try:
        executed = execute_paper(job, pack, built, found.key)
        read = read_paper(executed)
        page = render(read, executed, Format.PAGE)
        show(page, time.perf_counter() - began)
        report |= examine_paper(built, job.folder, title_of(read)).report
    except CafcassReportsError as stopped:
        problem = stopped
    files = [pack.notebook(paper).relative_to(pack.project).as_posix()]
    files += (was_read(record_of(job, built)) or ({}, []))[0]
    report |= check_sources(pack, found, only=files)
    return Preview(problem, report, tuple(pack.project / file for file in files))


def watch(pack: Pack, paper: str, area: str | None = None, *, show: Show) -> Iterator[Preview]:
    """Make a preview, and another one each time that a file it was made from is saved; the parameters are the same.

    Kernels are warm where this is called within :func:`~cafcass_reports.kernels.warm_kernels.warm_kernels`.

    Yields
    ------
    Preview
        The latest.
    """
    while True:
        began = time.time_ns()
        made = preview(open_pack(pack.file), paper, area, show=show)
        saved = _saved(made.read)
        yield made
        # What was saved while the preview was made may be too late for it.
        while _saved(made.read) == saved and max(saved, default=0) < began:
            time.sleep(_LOOKED_AFTER)


def _saved(files: tuple[Path, ...]) -> list[int]:
    return [file.stat().st_mtime_ns if file.is_file() else 0 for file in files]
