"""Papers made side by side: a process that dies takes no other paper with it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from cafcass_reports.checks.findings import Report
from cafcass_reports.checks.identifiers import Tokens
from cafcass_reports.errors import PaperError
from cafcass_reports.packs import making
from cafcass_reports.packs.examined import Examined
from cafcass_reports.packs.jobs import Binding, Job, bindings_of, jobs_of
from cafcass_reports.packs.kept import KeptPapers
from cafcass_reports.packs.log import RunLog
from cafcass_reports.packs.make import Made
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import Format, Pack
from tests.packs.small_project import change
from tests.packs.test_jobs import AREAS
from tests.packs.test_run import BINDER

EMPTY = Tokens(0, np.array([], dtype=np.uint64))


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


def ended(binding: Binding, built: Path, template: Path | None, wanted: Format) -> Examined:
    """Stand in for binding papers: it ends its process."""
    os._exit(1)


def test_a_binder_that_ends_its_process_is_named(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "bind", ended)
    pack = change(pack.project, "areas: [England]", BINDER)
    made = {
        job.folder: Examined("", {f"{job.paper.notebook}.ipynb": ""}, Report(()), EMPTY) for job in jobs_of(pack, AREAS)
    }
    with pytest.raises(PaperError, match=r"binder january was ended\. .*fewer --workers"):
        making.bind_papers(
            bindings_of(pack, AREAS), made, KeptPapers(pack, measured(pack)), tmp_path, workers=2, log=RunLog()
        )
