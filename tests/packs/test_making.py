"""Papers made side by side: a process that dies takes no other paper with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cafcass_reports.packs import making
from cafcass_reports.packs.jobs import Job, jobs_of
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.make import Made
from cafcass_reports.packs.parameters import Pack
from tests.packs.test_jobs import AREAS


def deadly(job: Job, pack: Pack, built: Path, measured: str) -> Made:
    """Stand in for making a paper: that of words ends its process, once or each time."""
    died = built / "died"
    if job.paper.notebook == "words" and not (died.exists() and (built / "once").exists()):
        died.touch()
        os._exit(1)
    return Made(None, None, [{"event": job.folder}])


@pytest.mark.parametrize("once", [True, False])
def test_only_the_paper_that_ends_its_process_each_time_fails(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, once: bool
) -> None:
    if once:
        (tmp_path / "once").touch()
    monkeypatch.setattr(making, "make", deadly)
    jobs = jobs_of(pack, AREAS)
    made = making.make_papers(pack, jobs, tmp_path, "", workers=2, log=RunLog())
    problems = {job.paper.notebook: str(one.problem) for job, one in made.items() if one.problem}
    assert list(made) == jobs
    assert list(problems) == ([] if once else ["words"])
    assert all("try fewer --workers" in said for said in problems.values())
