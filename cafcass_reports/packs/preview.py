"""One paper for one area as its author sees it while writing: the review page, and what the checks would say."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import CafcassReportsError
from cafcass_reports.kernels.warm_kernels import warm_kernels
from cafcass_reports.packs.checked import check_sources
from cafcass_reports.packs.jobs import Job, jobs_of
from cafcass_reports.packs.make import make, record_of
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import Format, Pack, open_pack

_LOOKED_AFTER = 0.2  # seconds between two looks at the files of a paper that is watched


@dataclass(frozen=True)
class Preview:
    """A paper as it would be.

    Parameters
    ----------
    page
        Its review page; where a cell stopped, there is none.
    problem
        What stopped it, or None.
    report
        What was found in the texts that it shows and in the page. Nothing is stopped by it.
    read
        The files that it was made from.
    seconds
        How long it took.
    """

    page: Path
    problem: CafcassReportsError | None
    report: Report
    read: tuple[Path, ...]
    seconds: float


def preview(pack: Pack, paper: str, area: str | None = None) -> Preview:
    """Make the review page of one paper, into ``outputs/.preview/<pack>/``; the outputs stay as they are.

    Parameters
    ----------
    pack, paper
        The pack, and the notebook's name.
    area
        The area; the first that the paper is made for where it is not given.

    Raises
    ------
    PackError
        Where the pack has no such paper, or none for that area.
    """
    began = time.perf_counter()
    found = measured(pack)
    wanted = jobs_of(pack, found.measurements.areas, [paper], [area] if area else [])[0]
    job = Job(wanted.paper.model_copy(update={"formats": (Format.PAGE,)}), wanted.area)
    # Gates are for what is published: here a final pack's paper is as free as a draft's.
    draft = replace(pack, parameters=pack.parameters.model_copy(update={"status": "draft"}))
    built = pack.outputs.parent / ".preview" / pack.name / "outputs"
    made = make(job, draft, built, found.key)
    record = record_of(job, built)
    files = [pack.notebook(paper).relative_to(pack.project).as_posix()]
    files += json.loads(record.read_text(encoding="utf-8"))["files"] if record.is_file() else []
    texts = check_sources(pack, found)
    own = Report(texts.checks, tuple(one for one in texts.findings if one.place.file in files))
    page = built / job.folder / f"{paper}.html"
    read = tuple(pack.project / file for file in files)
    report = own | made.examined.report if made.examined else own
    return Preview(page, made.problem, report, read, time.perf_counter() - began)


def watch(pack: Pack, paper: str, area: str | None = None) -> Iterator[Preview]:
    """Make a preview, and another one each time that a file it was made from is saved.

    Yields
    ------
    Preview
        The latest.
    """
    with warm_kernels("cafcass_reports.paper"):
        while True:
            began = time.time_ns()
            made = preview(open_pack(pack.file), paper, area)
            saved = _saved(made.read)
            yield made
            # What was saved while the preview was made may be too late for it.
            while _saved(made.read) == saved and max(saved, default=0) < began:
                time.sleep(_LOOKED_AFTER)


def _saved(files: tuple[Path, ...]) -> list[int]:
    return [file.stat().st_mtime_ns if file.is_file() else 0 for file in files]
